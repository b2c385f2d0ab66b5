"""A secret that is read from the screen once: read-only, large, and always whole."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from ui.look import texts

_BESIDE = 2  # letters of room that the frame and its padding take


class SecretField(QLineEdit):
    """A line whose letters are smaller where it is narrow for its text."""

    def __init__(self, secret: str = "") -> None:
        super().__init__(secret)
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        texts.role(self, "secret")
        self.textChanged.connect(lambda _text: self._fit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setStyleSheet("")  # as large as its role asks for, if the line has the room
        metrics, pixels = self.fontMetrics(), QFontInfo(self.font()).pixelSize()
        wide = metrics.horizontalAdvance(self.text())
        room = self.width() - 2 * _BESIDE * metrics.averageCharWidth()
        if wide > room > 0:
            self.setStyleSheet(f"font-size: {max(1, pixels * room // wide)}px")
