"""The head of the chosen line: name, rule or refusal, procedure, promises, holder, letter."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from ui import formatting
from ui.look import texts
from ui.overdue.letter_list import Line, Part

_BROKEN = later(
    "✗ Lỡ cả hẹn lại (hẹn trả {due}). Không hẹn thêm lần nữa: hẹn lại tối đa không quá 01 lần"
    "{order}. Việc tiếp theo: báo lãnh đạo (Alt+B), {letter}, trả "
    "kết quả sớm nhất."
)
_BROKEN_DONE = later("✗ Lỡ cả hẹn lại (hẹn trả {due}), có kết quả muộn. Việc tiếp theo: {letter}.")
_SECOND_LETTER = later("soạn thư xin lỗi thứ hai, không đặt ngày hẹn (F9)")


class LetterHead(QWidget):
    """Words on the chosen line, and the button for a re-appointment that was missed.

    Its key works anywhere in `page`.
    """

    report_wanted = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.title = texts.words("", "section")
        self.rule = texts.words("", "warning")  # of role "error" it would scroll the list away
        self.report = texts.button(
            _("Báo lãnh đạo"), self.report_wanted.emit, "Alt+B", page, "primary"
        )
        self.about = texts.words("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.rule, self.report, self.about):
            column.addWidget(part)

    def show_nothing(self, words: str) -> None:
        """No line is chosen: show `words` alone."""
        self.title.setText(words)
        self.about.setText("")
        self.rule.setText("")
        self.rule.hide()
        self.report.hide()

    def show_letter(self, desk: Desk, view: DossierView, line: Line, order: str) -> None:
        """Show the dossier, the letter of the line, the rule broken twice or why none is drafted.

        `order`: the one behind the rule of one re-appointment, in brackets.
        """
        self.title.setText(f"{view.dossier.applicant.name} · {view.dossier.code}")
        self.about.setText(_about(desk, view, line))
        self.about.setToolTip(texts.tip(view.dossier.procedure_name))
        broken, refusal = line.part is Part.BROKEN, view.allowed["apologise"]
        second, open_ = view.dossier.second_due, view.dossier.finished is None
        if broken and second is not None:
            due = formatting.moment_text(second)
            letter = _(_SECOND_LETTER) if refusal is None else _("trao thư")
            rule = _(_BROKEN if open_ else _BROKEN_DONE)
            self.rule.setText(rule.format(due=due, letter=letter, order=order))
            texts.role(self.rule, "error")
        else:
            self.rule.setText("" if line.is_mistake else refusal or "")
            # Why no other letter is drafted is no warning about the one that goes out.
            texts.role(self.rule, "quiet" if line.part is Part.TO_DELIVER else "warning")
        self.rule.setVisible(bool(self.rule.text()))
        self.report.setVisible(broken and open_)
        texts.allow(self.report, view.allowed["hand-over"])


def _about(desk: Desk, view: DossierView, line: Line) -> str:
    """Lines on the dossier: procedure, promises, holder and state, the letter of the line."""
    dossier, letter = view.dossier, line.letter
    lines = [
        desk.short_name(dossier.procedure_code, dossier.procedure_name),
        _("Hẹn trả lần đầu: {due}").format(due=formatting.moment_text(dossier.first.due)),
    ]
    if dossier.second_due:
        again = formatting.moment_text(dossier.second_due)
        lines.append(_("Đã hẹn lại: {second_due}").format(second_due=again))
    lines.append(
        _("Đang giữ hồ sơ: {holder_name} · {state}").format(
            holder_name=view.row.holder_name, state=formatting.state(view.row)
        )
    )
    if letter is not None:
        words = _(formatting.LETTER[letter.state])
        named = _("Thư {number}: {state}") if letter.number_text else _("Thư: {state}")
        said = named.format(number=letter.number_text, state=words)
        lines.append(f"{said} · {letter.reason}")
    return "\n".join(lines)
