"""Five faces to press, drawn so that they look the same on every machine."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

_BEND = (
    -0.30,
    -0.16,
    0.0,
    0.18,
    0.34,
)  # how the mouth bends, from very dissatisfied to very satisfied


class Face(QPushButton):
    """A face from 1 to 5 with its words under it; the chosen one is filled as well as coloured."""

    def __init__(self, value: int, words: str) -> None:
        super().__init__()
        self.value = value
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(f"{value} – {words}")
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(line * 5, line * 7)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.fontMetrics().lineSpacing() * 2
        side = min(self.width(), self.height() - text) * 0.86
        middle = QPointF(self.width() / 2, (self.height() - text) / 2)
        self._head(painter, middle, side / 2)
        below = QRectF(0, self.height() - text, self.width(), text)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(
            below, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), self._words
        )
        painter.end()

    def _head(self, painter: QPainter, middle: QPointF, radius: float) -> None:
        roles = QPalette.ColorRole
        chosen = self.isChecked()
        ink = self.palette().color(roles.HighlightedText if chosen else roles.Highlight)
        painter.setPen(
            QPen(
                self.palette().color(roles.Highlight),
                max(2.0, radius * (0.12 if self.hasFocus() else 0.06)),
            )
        )
        painter.setBrush(self.palette().color(roles.Highlight if chosen else roles.Base))
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for side in (-1, 1):
            painter.drawEllipse(
                middle + QPointF(side * radius * 0.36, -radius * 0.26), radius * 0.1, radius * 0.1
            )
        bend = _BEND[self.value - 1] * 2 * radius
        left, right = (
            middle + QPointF(-radius * 0.45, radius * 0.38),
            middle + QPointF(radius * 0.45, radius * 0.38),
        )
        mouth = QPainterPath(left)
        mouth.quadTo(middle + QPointF(0, radius * 0.38 + bend), right)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, max(2.0, radius * 0.09), c=Qt.PenCapStyle.RoundCap))
        painter.drawPath(mouth)
