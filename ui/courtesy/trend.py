"""Eight weeks at a glance: a bar for the self-score, a dot for the citizens' mean."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desk.domain.courtesy import WeekPoint
from cchc_desk.i18n import _
from ui.courtesy.figures import mean_text, percent


class TrendChart(QWidget):
    """Drawn in the colours of the palette; the same figures stand in its accessible description."""

    def __init__(self) -> None:
        super().__init__()
        self.points: Sequence[WeekPoint] = ()
        self.setAccessibleName(_("Tám tuần qua"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_points(self, points: Sequence[WeekPoint]) -> None:
        self.points = points
        lines = [
            f"{point.monday:%d/%m}: {percent(point.score.value)}, {mean_text(point.citizens.mean)}"
            for point in points
        ]
        self.setAccessibleDescription("; ".join(lines))
        self.setToolTip("\n".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("00/00  ") * 8, metrics.lineSpacing() * 7)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("00/00") * 8, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, wide = self.fontMetrics().lineSpacing(), self.width() / len(self.points)
        floor, high = self.height() - line * 1.3, self.height() - line * 3.6
        painter.setPen(QPen(self._ink(quiet=True)))
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))
        for number, point in enumerate(self.points):
            middle = (number + 0.5) * wide
            self._label(painter, f"{point.monday:%d/%m}", middle, floor + 1, wide, quiet=True)
            if point.score.value is not None:
                self._bar(painter, point.score.value, middle, floor, high, wide)
            if point.citizens.mean is not None:
                self._label(
                    painter, f"☺ {mean_text(point.citizens.mean)}", middle, 0, wide, quiet=False
                )
        painter.end()

    def _bar(
        self,
        painter: QPainter,
        share: Fraction,
        middle: float,
        floor: float,
        high: float,
        wide: float,
    ) -> None:
        tall, thick = (
            max(2.0, float(share) * high),
            min(wide * 0.5, self.fontMetrics().averageCharWidth() * 5.0),
        )
        fill = self.palette().color(QPalette.ColorRole.Highlight)
        painter.fillRect(QRectF(middle - thick / 2, floor - tall, thick, tall), fill)
        above = floor - tall - self.fontMetrics().lineSpacing()
        self._label(painter, percent(share), middle, above, wide, quiet=False)

    def _label(
        self, painter: QPainter, text: str, middle: float, top: float, wide: float, *, quiet: bool
    ) -> None:
        painter.setPen(QPen(self._ink(quiet=quiet)))
        box = QRectF(middle - wide / 2, top, wide, self.fontMetrics().lineSpacing())
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)

    def _ink(self, *, quiet: bool) -> QColor:
        role = QPalette.ColorRole.PlaceholderText if quiet else QPalette.ColorRole.WindowText
        return self.palette().color(role)
