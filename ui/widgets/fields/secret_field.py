"""A password or code that is shown once, whole, to be read and copied by hand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from ui.look import style, texts
from ui.look.tokens import TITLE

_AROUND = 44  # points: frame and padding


class SecretField(QLineEdit):
    """Large where there is room for all of it, in the usual type where there is not."""

    def __init__(self, secret: str = "") -> None:
        super().__init__(secret)
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textChanged.connect(lambda _text: self._fit())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        large = QFont(self.font())
        large.setBold(True)
        large.setPointSizeF(TITLE * style.size() / 100)
        wide = QFontMetrics(large).horizontalAdvance(self.text()) + _AROUND
        texts.role(self, "secret" if wide <= self.width() else "secret-long")
