"""A chart shown as SVG, drawn elsewhere in the colours of the window."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desk.domain.chart import Bars, ChartLook
from ui.look import style

_LINES_STANDING, _LINES_LYING = 9, 2  # of text: the height of standing bars, and of each lying one
_POINTS = 12.0  # the chart's own type size


class Chart(QWidget):
    """Shows bars, or nothing; the figures stand in its accessible description.

    Where bars or look changed, `wanted` asks for a drawing; `show_svg` takes it. One is asked for
    at a time, and the last one stays until the next is there.
    """

    wanted = Signal(Bars, ChartLook)

    def __init__(self) -> None:
        super().__init__()
        self.bars: Bars | None = None
        self._asked: tuple[Bars, ChartLook] | None = None
        self._drawn: tuple[Bars, ChartLook] | None = None
        self._renderer = QSvgRenderer(self)
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

    def show_svg(self, svg: bytes) -> None:
        """Shows the drawing that was asked for."""
        self._drawn, self._asked = self._asked, None
        self._renderer.load(QByteArray(svg))
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        lying = self.bars is not None and not self.bars.upright
        lines = 3 + _LINES_LYING * len(self.bars.names) if lying and self.bars else _LINES_STANDING
        return QSize(line * 24, line * lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.bars is None:
            return
        self._ask(self.bars)
        if self._drawn is not None and self._drawn[0] == self.bars:
            painter = QPainter(self)
            self._renderer.render(painter, QRectF(0, 0, self.width(), self.height()))
            painter.end()

    def _ask(self, bars: Bars) -> None:
        now = (bars, self._look())
        if self._asked is None and self._drawn != now:
            self._asked = now
            self.wanted.emit(*now)

    def _look(self) -> ChartLook:
        worn, scale = style.worn(), self.fontMetrics().height() / (_POINTS * 1.36)
        return ChartLook(
            width=self.width() / scale,
            height=self.height() / scale,
            bar=worn.accent,
            alarm=worn.late,
            ink=worn.ink,
            family=self.font().family(),
        )
