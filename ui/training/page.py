"""Bài tập: the lessons of the practice ward and their states, last result, certificate."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.training import lessons
from cchc_desk.actions.training.certificate import certificate
from cchc_desk.actions.training.lessons import Listed, Look, Result
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from ui.documents.printing import Paper
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.training.result import LessonPanel, outcome_text
from ui.training.strip import signals
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import is_narrow, with_foot
from ui.widgets.tables.line_table import LineTable


class PracticePage(Page):
    """The lessons, and the chosen one with its result."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._listed: Sequence[Listed] = ()
        self._last: Mapping[int, Result] = {}
        self.trainee = QLineEdit()
        self.trainee.setAccessibleName(_("Họ và tên người học"))
        self.trainee.setPlaceholderText(_("Họ và tên người học (in trên giấy chứng nhận)"))
        self.trainee.setMaxLength(lessons.LONGEST_NAME)
        self.trainee.editingFinished.connect(self.refresh)
        self.table = LineTable(later("Các bài tập"), ordered=True, giving=(0,))
        self.table.chosen.connect(lambda _number: self.begin())
        self.table.selectionModel().currentRowChanged.connect(
            lambda _now, _before: self._show_current()
        )
        self.panel, self.outcome = LessonPanel(), texts.words("", "section")
        self.begin_button = texts.button(_("Bắt đầu bài này"), self.begin, "F9", self, "primary")
        self.certificate = texts.button(
            _("Xem, in giấy chứng nhận"), self.show_certificate, "Alt+C", self
        )
        self._lay_out()
        signals().changed.connect(self._changed)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(texts.words(_("Bài tập"), "title"))
        left.addWidget(
            texts.words(
                _("Người giả, giấy tờ giả: cứ thử, sai thì dải bài tập nói vì sao."), "quiet"
            )
        )
        left.addWidget(self.outcome)
        left.addWidget(self.trainee)
        left.addWidget(self.table, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(2 * SPACE)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.panel, 1)
        self._columns.setContentsMargins(16, 12, 16, 0)
        inside = QWidget()
        inside.setLayout(self._columns)
        keys = Flow()
        for made in (self.begin_button, self.certificate):
            keys.add(made)
        with_foot(self, texts.scrolled(inside), keys)

    def fit(self) -> None:
        directions = QBoxLayout.Direction
        narrow = is_narrow(self)
        self._columns.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    # --- showing ----------------------------------------------------------------------------------

    def shown(self) -> None:
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the state of every lesson again."""
        desk, trainee = self.desk, self.trainee.text()
        jobs.run(
            self,
            lambda: (lessons.list_lessons(desk, trainee), lessons.results(desk, trainee)),
            lambda answer: self._show(*answer),
        )

    def _changed(self) -> None:
        """A lesson has ended while the page is in front."""
        if self.isVisible():
            self.refresh()

    def _show(self, listed: Sequence[Listed], results: Sequence[Result]) -> None:
        here = max(0, self.table.currentIndex().row())
        if not self._listed and results:
            here = (
                results[-1].lesson.number - 1
            )  # the page is new: what was done last is what is asked for
        self._listed, self._last = listed, {result.lesson.number: result for result in results}
        self.table.fill(Listing(_COLUMNS, listed), lambda listed: str(listed.lesson.number))
        self.table.choose_row(here)
        self._show_current()
        passed = any(result.passed for result in results)
        texts.allow(
            self.certificate,
            None if passed else _("Chưa làm xong bài nào; F9 bắt đầu bài đang chọn."),
        )

    def _show_current(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._listed):
            last = self._last.get(row + 1)
            self.panel.show_lesson(self._listed[row], last)
            self.outcome.setText(outcome_text(last) if last else "")
            self.outcome.setVisible(last is not None)

    # --- keys -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the chosen lesson; the strip above shows its first task."""
        row, desk, trainee = self.table.currentIndex().row(), self.desk, self.trainee.text()
        if row >= 0:
            jobs.run(self, lambda: lessons.begin_lesson(desk, row + 1, trainee), self._begun)

    def _begun(self, look: Look) -> None:
        notices.say(
            _("Bắt đầu bài {number}; việc tiếp theo ghi ở dải phía trên.").format(
                number=look.lesson.number
            )
        )
        signals().changed.emit()

    def show_certificate(self) -> None:
        desk, trainee = self.desk, self.trainee.text()
        make = Paper(
            _("Giấy chứng nhận tập huấn"),
            "giay-chung-nhan-tap-huan",
            lambda: certificate(desk, trainee),
        )
        self.shell.show_paper(make)


def _best(listed: Listed) -> str:
    """The best result of a lesson, or how far the trainee is with it."""
    if listed.is_running:
        return _("đang làm")
    if listed.best is None:
        return _("chưa làm")
    return f"{'✓' if listed.best.passed else '✗'} {listed.best.score}/10"


_COLUMNS: tuple[Column[Listed], ...] = (
    Column(later("Tên bài"), lambda listed: f"{listed.lesson.number}. {listed.lesson.title}"),
    Column(
        later("Dự kiến"), lambda listed: _("{minutes} phút").format(minutes=listed.lesson.minutes)
    ),
    Column(later("Tốt nhất"), _best),
)
