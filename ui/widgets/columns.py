"""Columns beside each other, or under one another where the window is narrow or the type is large; they scroll down."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QScrollArea

from ui.look.texts import Inside


class _Inside(Inside):
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        stacked = isinstance(layout, QBoxLayout) and layout.direction() is QBoxLayout.Direction.TopToBottom
        # Qt gives a column under another the height it would like, and shrinks all alike where there is less.
        return layout.heightForWidth(width) if layout and stacked else super().heightForWidth(width)


class Columns(QScrollArea):
    """With less room than `letters` of width the columns stand under one another."""

    def __init__(self, letters: int = 80) -> None:
        super().__init__()
        self._letters = letters
        inside = _Inside()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._row.setContentsMargins(16, 12, 16, 10)
        self._row.setSpacing(16)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def add(self, column: QLayout, stretch: int = 1) -> None:
        """The next column, `stretch` parts of the width."""
        self._row.addLayout(column, stretch)

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
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
