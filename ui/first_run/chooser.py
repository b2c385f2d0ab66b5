"""A list narrowed by typed letters, for provinces and communes."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.tables.list_lines import add_line


@dataclass(frozen=True)
class Choices:
    """Lines of a chooser with their values: the names of today, older ones that lead to them."""

    today: list[tuple[str, object]]
    former: list[tuple[str, object]] = field(default_factory=list)


class Chooser(QWidget):
    """List narrowed by typed letters, marks or none; Up, Down and Enter work from the field."""

    picked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(_("gõ vài chữ (có dấu hay không), ↑ ↓ chọn, Enter"))
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.nothing = texts.words("", "error")
        column.addWidget(self.nothing)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self.pick)
        texts.shortcut(self, "Down", lambda: self._move(1))
        texts.shortcut(self, "Up", lambda: self._move(-1))
        self.list.clicked.connect(lambda _line: self.pick())
        self.setFocusProxy(self.field)
        self._former: list[tuple[str, object]] = []  # not yet in the list

    def offer(self, choices: "Choices") -> None:
        """List the choices; those of older names come once something is typed."""
        self._former = []
        self.field.clear()
        self.list.clear()
        for text, value in choices.today:
            add_line(self.list, text, {Qt.ItemDataRole.UserRole: value})
        self._former = choices.former
        self.list.setCurrentRow(0)

    def _narrow(self, text: str) -> None:
        wanted = fold(text).split()
        first = None
        if wanted and self._former:
            for words, value in self._former:
                add_line(self.list, words, {Qt.ItemDataRole.UserRole: value})
            self._former = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            syllables = fold(item.text()).split()
            fits = all(
                any(syllable.startswith(start) for syllable in syllables) for start in wanted
            )
            item.setHidden(not fits)
            first = item if fits and first is None else first
        if first is not None:
            self.list.setCurrentItem(first)
        self.nothing.setText(
            "" if first is not None else _("Không có tên nào như vậy; thử ít chữ hơn.")
        )

    def _move(self, by: int) -> None:
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count() and self.list.item(row).isHidden():
            row += by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def pick(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
