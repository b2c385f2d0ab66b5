"""Five faces to press, drawn so that they look the same on every machine."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

_BEND = (
    -0.30,
    -0.16,
    0.0,
    0.18,
    0.34,
)  # how the mouth bends, from very dissatisfied to very satisfied

_GAP = 8  # points of the screen, under the face and around it
_MOST_LINES = 3  # of the words under a face
_SMALLEST = 9  # points of the screen


class Face(QPushButton):
    """A face from 1 to 5 with its words under it; the chosen one is filled as well as coloured."""

    def __init__(self, value: int, words: str, all_words: Sequence[str]) -> None:
        """`all_words` stand under the five faces: each is written in the type that all have."""
        super().__init__()
        self._all_words = tuple(all_words)
        self.value = value
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(f"{value} – {words}")
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(line * 2, line * 4)

    def words_font(self) -> tuple[QFont, int]:
        """Return the type in which the words of every face have room, and the lines they take."""
        font, flags = QFont(self.font()), int(Qt.TextFlag.TextWordWrap)
        while True:
            metrics = QFontMetrics(font)
            most = QRect(0, 0, self.width(), metrics.lineSpacing() * _MOST_LINES)
            taken = [metrics.boundingRect(most, flags, words) for words in self._all_words]
            fits = all(most.contains(rect) for rect in taken)
            if fits or font.pixelSize() <= _SMALLEST:
                return font, max(round(rect.height() / metrics.lineSpacing()) for rect in taken)
            font.setPixelSize(font.pixelSize() - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, lines = self.words_font()
        painter.setFont(font)
        text = QFontMetrics(font).lineSpacing() * lines
        side = min(self.width() * 0.86, self.height() - text - _GAP)
        top = (self.height() - side - _GAP - text) / 2
        self._head(painter, QPointF(self.width() / 2, top + side / 2), side / 2 - _GAP / 2)
        below = QRectF(0, top + side + _GAP, self.width(), text)
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
