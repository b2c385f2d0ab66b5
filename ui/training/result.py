"""A lesson on the page: its story, its tasks, and after it has ended what it came to."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.training.lessons import Listed, Result
from cchc_desk.domain.training import Lesson, Rule
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.look.tokens import SPACE

# By the mark of a rule's source; a source that was read leaves none.
_DOUBTS = {
    "[I]": later("biết gián tiếp, chưa đọc văn bản gốc"),
    "[G]": later("chưa kiểm chứng"),
}


class LessonPanel(QWidget):
    """Right half of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.story = texts.words("", "big"), texts.words()
        self.mistakes = texts.words("", "warning")
        self.tasks_title, self.tasks = texts.words(_("Việc phải làm"), "section"), texts.words()
        self.rules_title, self.rules = texts.words(_("Vì sao"), "section"), texts.words("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in (self.title, self.mistakes, self.story, self.tasks_title, self.tasks):
            column.addWidget(part)
        for part in (self.rules_title, self.rules):
            column.addWidget(part)
        column.addStretch(1)

    def show_lesson(self, listed: Listed, last: Result | None) -> None:
        """The lesson; `last` is what it came to when it was last done."""
        lesson = last.lesson if last else listed.lesson
        self.title.setText(
            _("Bài {number}. {title}").format(number=lesson.number, title=lesson.title)
        )
        self.story.setText(lesson.story)
        self.tasks.setText("\n".join(f"{n}. {task.text}" for n, task in enumerate(lesson.tasks, 1)))
        self.rules.setText("\n".join(_rules(lesson)))
        mistakes = (
            "\n".join(f"⚠ {mistake.said} {rule_text(mistake.rule)}" for mistake in last.mistakes)
            if last
            else ""
        )
        self.mistakes.setText(mistakes)
        self.mistakes.setVisible(bool(mistakes))


def outcome_text(result: Result) -> str:
    """`✓ Bài 1 xong: 9/10 điểm, 4 phút (dự kiến 5), 1 bước sai.`"""
    sentence = _(
        "✓ Bài {number} xong: {score}/10 điểm, {minutes} phút (dự kiến {planned}), {wrong} bước "
        "sai."
    )
    left = _(
        "✗ Bài {number} chưa xong ({done}/{all} việc): {score}/10 điểm, {minutes} phút (dự kiến "
        "{planned}), {wrong} bước sai."
    )
    figures = {
        "number": result.lesson.number,
        "score": result.score,
        "minutes": result.minutes,
        "planned": result.lesson.minutes,
        "wrong": len(result.mistakes),
    }
    if result.passed:
        return sentence.format(**figures)
    return left.format(done=result.done, all=len(result.lesson.tasks), **figures)


def _rules(lesson: Lesson) -> list[str]:
    """Each rule behind the tasks once, with its source."""
    rules = dict.fromkeys(task.rule for task in lesson.tasks)
    return [f"• {rule_text(rule)}" for rule in rules]


def rule_text(rule: Rule) -> str:
    """A rule with its source in words, and what is not certain about it."""
    doubt = _(_DOUBTS[rule.mark]) if rule.mark in _DOUBTS else ""
    return f"{rule.text} ({'; '.join(filter(None, (rule.source, doubt)))})"
