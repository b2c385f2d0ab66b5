"""Name of a paper, completed from those certified before: Enter or Alt+1 to Alt+9 takes one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from cchc_desk.domain.dossiers.certifications import matching_papers
from cchc_desk.i18n import _
from ui.look import texts

PAUSE_MS = 80
_PAPER = Qt.ItemDataRole.UserRole
NUMBERED = 9  # lines that Alt and a digit take


class PaperField(QLineEdit):
    """The field; `list` shows what fits and never takes the focus.

    Enter takes the highlighted line, or what is typed where none is. `taken`: the name is complete.
    """

    taken = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._papers: Sequence[str] = ()
        self.setAccessibleName(_("Tên giấy tờ"))
        self.setPlaceholderText(_("vài chữ, ↑ ↓ Enter; hoặc Alt+1…9"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Giấy tờ thường chứng thực"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts.lines(self.list, 8)
        self.list.itemClicked.connect(lambda item: self._complete(item.data(_PAPER)))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)  # a letter waits for no list
        self._pause.timeout.connect(self._look_up)
        self.textEdited.connect(self._pause.start)
        self.returnPressed.connect(self._enter)
        for key, by in (("Up", -1), ("Down", 1)):
            texts.shortcut(self, key, partial(self._move, by))
        for number in range(1, NUMBERED + 1):
            texts.shortcut(page, f"Alt+{number}", partial(self._take, number - 1))

    def know(self, papers: Sequence[str]) -> None:
        """Offer these names, the most frequent first."""
        self._papers = papers
        self._look_up()

    def forget(self) -> None:
        """Empty the field for the next paper."""
        self.setText("")  # unlike clear(), it leaves Ctrl+Z to the page
        self._look_up()

    def keep_as_typed(self) -> bool:
        """Take the highlight away, so that Enter takes what is typed; False where there is none."""
        self._look_up_now()
        had = bool(self.text()) and self.list.currentRow() >= 0
        self.list.setCurrentRow(-1)
        return had

    def _look_up_now(self) -> None:
        """Show what fits where the last letters were not looked up yet."""
        if self._pause.isActive():
            self._look_up()

    def _look_up(self) -> None:
        self._pause.stop()
        found = matching_papers(self._papers, self.text())
        self.list.clear()
        for place, paper in enumerate(found, 1):
            self.list.addItem(f"{place}   {paper}" if place <= NUMBERED else f"     {paper}")
            self.list.item(place - 1).setData(_PAPER, paper)
            self.list.item(place - 1).setToolTip(texts.tip(paper))
        self.list.setCurrentRow(0 if found and self.text().strip() else -1)

    def _move(self, by: int) -> None:
        self._look_up_now()
        if self.list.count():
            row = max(0, min(self.list.count() - 1, self.list.currentRow() + by))
            self.list.setCurrentRow(row)

    def _enter(self) -> None:
        self._look_up_now()
        if self.list.currentRow() >= 0:
            self._take(self.list.currentRow())
        elif self.text().strip():
            self.taken.emit()

    def _take(self, row: int) -> None:
        self._look_up_now()
        item = self.list.item(row)
        if item is not None:
            self._complete(item.data(_PAPER))

    def _complete(self, paper: str) -> None:
        self.setText(paper)
        self.textEdited.emit(paper)  # chosen as if typed: what was wrong is mended
        self._look_up()
        self.taken.emit()
