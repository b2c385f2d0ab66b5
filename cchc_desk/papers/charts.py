"""Bar charts by ReportLab's own chart library, as SVG for the window and for paper; their figures
in words too.
"""

import re
from collections.abc import Sequence

from reportlab.graphics import renderSVG
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from cchc_desk.domain.chart import Bars, ChartLook
from cchc_desk.papers.layout.fonts import REGULAR, fonts, width

_SIZE, _SMALL = 12.0, 9.5
_NAMES = 0.45  # of the width, at most, for the names beside lying bars
_WIDER = 1.3  # a family of the window may run wider than that of the papers
_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)  # Qt would draw it as a black square


def bars_svg(bars: Bars, look: ChartLook) -> bytes:
    """The chart as SVG in this look."""
    fonts()
    wide, high = look.width, look.height
    drawing = Drawing(wide, high)
    chart = VerticalBarChart() if bars.upright else HorizontalBarChart()
    names = (
        bars.names
        if bars.upright
        else [_broken(name, wide * _NAMES / _WIDER) for name in bars.names]
    )
    longest = max(width(line, REGULAR, _SIZE) for name in names for line in name.splitlines())
    left = 8.0 if bars.upright else longest * _WIDER + 16
    chart.x, chart.y = left, 24.0 if bars.upright else 6.0
    chart.width, chart.height = wide - left - 60, high - chart.y - 40
    top = max([*bars.values, bars.line or 0, 1e-9]) * 1.08
    chart.valueAxis.valueMin, chart.valueAxis.valueMax = 0, top
    chart.valueAxis.visible = False
    ranked = not bars.upright  # the first one on top
    chart.data = [_turned(bars.values, ranked)]
    chart.categoryAxis.categoryNames = list(_turned(names, ranked))
    labels = chart.categoryAxis.labels
    labels.fontName, labels.fontSize, labels.fillColor = REGULAR, _SIZE, HexColor(look.ink)
    labels.dx = 0 if bars.upright else -longest * (_WIDER - 1)
    chart.categoryAxis.strokeColor = HexColor(look.ink)
    chart.bars[0].strokeColor = None
    texts = list(_turned(bars.texts, ranked))
    for place, value in enumerate(chart.data[0]):
        alarmed = bars.line is not None and value >= bars.line
        chart.bars[(0, place)].fillColor = HexColor(look.alarm if alarmed else look.bar)
    bar_labels = chart.barLabels
    bar_labels.fontName, bar_labels.fontSize, bar_labels.fillColor = (
        REGULAR,
        _SMALL,
        HexColor(look.ink),
    )
    chart.barLabelFormat, chart.barLabelArray = "values", [texts]
    bar_labels.nudge = 9 if bars.upright else 14
    drawing.add(chart)
    ink = HexColor(look.ink)
    drawing.add(
        String(8, high - _SIZE - 2, bars.title, fontName=REGULAR, fontSize=_SIZE, fillColor=ink)
    )
    if bars.line is not None:
        _line(drawing, chart, bars, top, look)
    svg = _CLIP.sub("", str(renderSVG.drawToString(drawing)))
    return svg.replace(f"font-family: {REGULAR}", f"font-family: {look.family}").encode()


def _broken(name: str, widest: float) -> str:
    """A long name on lines of its own, so that bars are left to see."""
    return "\n".join(simpleSplit(name, REGULAR, _SIZE, widest))


def _turned(parts: Sequence[object], turned: bool) -> tuple[object, ...]:
    return tuple(reversed(parts)) if turned else tuple(parts)


def _line(
    drawing: Drawing, chart: VerticalBarChart, bars: Bars, top: float, look: ChartLook
) -> None:
    """The line that must not be reached, across the standing bars."""
    y = chart.y + chart.height * (bars.line or 0) / top
    ink = HexColor(look.alarm)
    drawing.add(Line(chart.x, y, chart.x + chart.width, y, strokeColor=ink, strokeDashArray=(4, 3)))
    words = String(
        chart.x + chart.width + 4,
        y - 4,
        bars.line_text,
        fontName=REGULAR,
        fontSize=_SIZE,
        fillColor=ink,
    )
    drawing.add(words)
