"""A line that a list is searched by, with a button that empties it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton

_SIDE = 22  # points of the button
_MARGIN = 5  # between it and the edge


class SearchLine(QLineEdit):
    """Its button shows while something is typed.

    Qt's own (`setClearButtonEnabled`) changes the margins of the text as it comes and goes: the
    first letter and the last Backspace would lay out the whole page.
    """

    def __init__(self) -> None:
        super().__init__()
        self._clear = QToolButton(self)
        self._clear.setProperty("role", "clear")
        self._clear.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_LineEditClearButton))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFixedSize(_SIDE, _SIDE)
        self._clear.clicked.connect(self._empty)
        self._clear.hide()
        self.setTextMargins(0, 0, _SIDE, 0)
        self.textChanged.connect(self._show_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._clear.move(
            self.width() - _SIDE - _MARGIN,
            (self.height() - _SIDE) // 2,
        )

    def _empty(self) -> None:
        """As if the text were chosen and rubbed out, which can be taken back."""
        self.selectAll()
        self.del_()

    def _show_button(self, text: str) -> None:
        if self._clear.isHidden() is bool(text):
            self._clear.setVisible(bool(text))
