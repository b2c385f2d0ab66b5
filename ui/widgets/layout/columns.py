"""Columns side by side, or one below another where there is no room; they scroll down."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout

from ui.look.texts import Inside, Scrolled


class _Inside(Inside):
    """The columns, and the content below them all."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.columns.setSpacing(16)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(16, 12, 16, 10)
        self.whole.setSpacing(8)
        self.whole.addLayout(self.columns, 1)

    def heightForWidth(self, width: int) -> int:
        stacked = self.columns.direction() is QBoxLayout.Direction.TopToBottom
        # Qt gives a column under another the height it would like, and shrinks all alike where
        # there is less.
        return self.whole.heightForWidth(width) if stacked else super().heightForWidth(width)


class Columns(Scrolled):
    """With less room than `letters` of width the columns stand under one another."""

    turned = Signal(bool)  # True: they stand under one another from now on

    def __init__(self, letters: int = 80) -> None:
        self._letters = letters
        self._inside = _Inside()
        super().__init__(self._inside)

    def add(self, column: QLayout, stretch: int = 1) -> None:
        """The next column, `stretch` parts of the width."""
        self._inside.columns.addLayout(column, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._turn()

    def _turn(self) -> None:
        narrow = self.width() < self.fontMetrics().averageCharWidth() * self._letters
        directions = QBoxLayout.Direction
        wanted = directions.TopToBottom if narrow else directions.LeftToRight
        if self._inside.columns.direction() is not wanted:
            self._inside.columns.setDirection(wanted)
            self.turned.emit(narrow)
