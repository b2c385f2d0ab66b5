"""Addresses proposed under a field while it is typed in; nothing is taken but by ↓ and Enter."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from cchc_desk.domain.people.addresses import AddressBook
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.tables.list_lines import add_line, value_of

PAUSE_MS = 120
_MOVES = {"Down": 1, "Up": -1}
_TAKES = ("Return", "Enter")


class AddressList(QListWidget):
    """Lies over the page below its field; takes no focus."""

    def __init__(self, field: QLineEdit, page: QWidget) -> None:
        super().__init__(page)
        self._field, self._page = field, page
        self._book: AddressBook | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Địa chỉ gợi ý"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.propose)
        self._moves = [self._key(key, step) for key, step in _MOVES.items()]
        self._takes = [self._key(key, 0) for key in _TAKES]
        self.clicked.connect(lambda _line: self._take())
        field.textEdited.connect(self._edited)
        field.editingFinished.connect(self.close_list)
        self.close_list()

    def _key(self, key: str, step: int) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self._field)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        if step:
            shortcut.activated.connect(lambda: self._move(step))
        else:
            shortcut.activated.connect(self._take)
        return shortcut

    def know(self, book: AddressBook) -> None:
        """Propose by this book from now on."""
        self._book = book

    def _edited(self) -> None:
        if self._book is not None:
            self._soon.start()

    def propose(self) -> None:
        """Show what the typed text may become."""
        typed = self._field.text()
        found = self._book.proposals(typed) if self._book is not None else ()
        self.clear()
        for proposal in found:
            was = _("{text}  (trước là {was})").format(text=proposal.text, was=proposal.was)
            words = was if proposal.was else proposal.text
            roles = {
                Qt.ItemDataRole.UserRole: proposal.text,
                Qt.ItemDataRole.ToolTipRole: texts.tip(words),
            }
            add_line(self, words, roles)
        if not found or not self._field.hasFocus():
            self.close_list()
            return
        self.setCurrentRow(-1)
        self._lie_below()
        self._listen()

    def renewed(self) -> str:
        """Return the typed address with the commune of today; "" where it is not certain."""
        found = self._book.renewed(self._field.text()) if self._book is not None else ()
        return found[0].text if len(found) == 1 else ""

    def follow(self) -> None:
        """Go where the field went: the page was scrolled, or has another size."""
        if self.isHidden():
            return
        if self._field.visibleRegion().isEmpty():
            self.close_list()
        else:
            self._lie_below()

    def close_list(self) -> None:
        """Nothing is proposed until the next letter."""
        self._soon.stop()
        self.hide()
        self._listen()

    def _listen(self) -> None:
        """The keys are the list's while it shows, Enter only once one of its lines is chosen."""
        is_open = not self.isHidden()
        for shortcut in self._moves:
            shortcut.setEnabled(is_open)
        for shortcut in self._takes:
            shortcut.setEnabled(is_open and self.currentRow() >= 0)

    def _lie_below(self) -> None:
        page = self._page
        high = self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth() + 4
        wide = max(self._field.width(), self.sizeHintForColumn(0) + 2 * self.frameWidth() + 12)
        below = self._field.mapTo(page, QPoint(0, self._field.height()))
        wide = min(wide, page.width() - below.x() - 4)
        if below.y() + high > page.height():
            below.setY(below.y() - self._field.height() - high)
        self.setGeometry(below.x(), below.y(), wide, high)
        self.show()
        self.raise_()

    def _move(self, step: int) -> None:
        self.setCurrentRow(max(-1, min(self.count() - 1, self.currentRow() + step)))
        self._listen()

    def _take(self) -> None:
        address = value_of(self)
        if address is None:
            return
        self._field.selectAll()
        self._field.insert(address)  # Ctrl+Z brings back what was typed
        self.close_list()
        self._field.textEdited.emit(self._field.text())
        self._soon.stop()
