"""A chart drawn as SVG by the papers' room, in the colours of the window."""

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desk.papers.charts import Bars, Colours, bars_svg
from ui.look import style

_LINES_STANDING, _LINES_LYING = 9, 2  # of text: the height of standing bars, and of each lying one
_POINTS = 12.0  # the chart's own type size


class Chart(QWidget):
    """Shows bars, or nothing; the figures stand in its accessible description."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: Bars | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_bars(self, bars: Bars | None) -> None:
        self.bars = bars
        self.setVisible(bars is not None)
        self.setAccessibleName(bars.title if bars else "")
        self.setAccessibleDescription(bars.in_words if bars else "")
        self.setToolTip(bars.in_words.replace("; ", "\n") if bars else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        lying = self.bars is not None and not self.bars.upright
        lines = 3 + _LINES_LYING * len(self.bars.names) if lying and self.bars else _LINES_STANDING
        return QSize(line * 24, line * lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.bars is None:
            return
        worn, scale = style.worn(), self.fontMetrics().height() / (_POINTS * 1.36)
        colours = Colours(bar=worn.accent, alarm=worn.late, ink=worn.ink)
        family = self.font().family()
        drawn = bars_svg(self.bars, self.width() / scale, self.height() / scale, colours, family)
        painter = QPainter(self)
        QSvgRenderer(QByteArray(drawn)).render(painter, QRectF(0, 0, self.width(), self.height()))
        painter.end()
