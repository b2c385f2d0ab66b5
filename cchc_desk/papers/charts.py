"""Bar charts by ReportLab's own chart library, as SVG for the window and for paper."""

import re
from collections.abc import Sequence
from typing import TypeVar

from reportlab.graphics import renderSVG
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.shapes import Drawing, Line, Polygon, String
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from cchc_desk.domain.chart import Bars, ChartLook
from cchc_desk.papers.layout.fonts import REGULAR, fonts, width

_SIZE, _SMALL = 12.0, 9.5
_NAMES = 0.45  # of the width, at most, for the names beside lying bars
_WIDER = 1.3  # a family of the window may run wider than that of the papers
_BREAK, _GAP, _SLANT = 0.8, 0.05, 4.0  # of the scale: where a bar breaks; of the end, in points
_Part = TypeVar("_Part")
_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)  # Qt would draw it as a black square


def bars_svg(bars: Bars, look: ChartLook) -> bytes:
    """Return the chart as SVG in this look."""
    fonts()
    drawing = Drawing(look.width, look.height)
    highest = max([*bars.values, bars.line or 0, 1e-9])
    top = (highest if bars.most is None else min(highest, bars.most)) * 1.08
    chart = _chart(bars, look, top)
    drawing.add(chart)
    for number, line in enumerate(_title_lines(bars, look)):
        y = look.height - (number + 1) * (_SIZE + 2)
        title = String(8, y, line, fontName=REGULAR, fontSize=_SIZE)
        title.fillColor = HexColor(look.ink)
        drawing.add(title)
    if bars.most is not None and highest > bars.most:
        _break_high_bars(drawing, chart, bars, look)
    if bars.line is not None:
        _line(drawing, chart, bars, top, look)
    svg = _CLIP.sub("", str(renderSVG.drawToString(drawing)))
    return svg.replace(f"font-family: {REGULAR}", f"font-family: {look.family}").encode()


def _title_lines(bars: Bars, look: ChartLook) -> list[str]:
    """Return the title in lines that fit the width of the chart."""
    return list(simpleSplit(bars.title, REGULAR, _SIZE, (look.width - 16) / _WIDER))


def _chart(bars: Bars, look: ChartLook, top: float) -> VerticalBarChart:
    """Return the bars and their axes; `top` is the value at the upper edge."""
    chart = VerticalBarChart() if bars.upright else HorizontalBarChart()
    names = list(bars.names)
    if not bars.upright:
        names = [_broken(name, look.width * _NAMES / _WIDER) for name in names]
    longest = max(width(line, REGULAR, _SIZE) for name in names for line in name.splitlines())
    chart.x = 8.0 if bars.upright else longest * _WIDER + 16
    chart.y = 24.0 if bars.upright else 6.0
    above = 40 + (len(_title_lines(bars, look)) - 1) * (_SIZE + 2)
    chart.width, chart.height = look.width - chart.x - 60, look.height - chart.y - above
    chart.valueAxis.valueMin, chart.valueAxis.valueMax = 0, top
    chart.valueAxis.visible = False
    ink = HexColor(look.ink)
    ranked = not bars.upright  # the first one on top
    chart.categoryAxis.categoryNames = list(_turned(names, ranked))
    chart.categoryAxis.strokeColor = ink
    labels = chart.categoryAxis.labels
    labels.fontName, labels.fontSize, labels.fillColor = REGULAR, _SIZE, ink
    labels.dx = 0 if bars.upright else -longest * (_WIDER - 1)
    values = _turned(bars.values, ranked)
    chart.data = [tuple(_shown(value, bars.most) for value in values)]
    chart.bars[0].strokeColor = None
    for place, value in enumerate(values):
        alarmed = bars.line is not None and value >= bars.line
        chart.bars[(0, place)].fillColor = HexColor(look.alarm if alarmed else look.bar)
    texts = chart.barLabels
    texts.fontName, texts.fontSize, texts.fillColor = REGULAR, _SMALL, ink
    texts.nudge = 9 if bars.upright else 14
    over = [bars.most is not None and value > bars.most for value in bars.values]
    written = ["" if broken else text for text, broken in zip(bars.texts, over, strict=True)]
    chart.barLabelFormat, chart.barLabelArray = "values", [list(_turned(written, ranked))]
    return chart


def _shown(value: float, most: float | None) -> float:
    """Return how high a bar is drawn: one over `most` up to its break."""
    return value if most is None or value <= most else most * _BREAK


def _break_high_bars(
    drawing: Drawing, chart: VerticalBarChart, bars: Bars, look: ChartLook
) -> None:
    """Draw the end of each bar over the scale beyond a gap, its text, and the end of the scale."""
    most = bars.most or 0
    top = most * 1.08
    wide = chart.width / len(bars.values)
    half = wide * chart.barWidth / (chart.barWidth + chart.groupSpacing) / 2
    ink = HexColor(look.ink)
    high = chart.y + chart.height * most / top
    for place, (value, text) in enumerate(zip(bars.values, bars.texts, strict=True)):
        if value <= most:
            continue
        middle = chart.x + (place + 0.5) * wide
        low = chart.y + chart.height * most * (_BREAK + _GAP) / top
        end = [middle - half, low, middle + half, low + _SLANT, middle + half, high]
        alarmed = bars.line is not None and value >= bars.line
        fill = HexColor(look.alarm if alarmed else look.bar)
        drawing.add(Polygon([*end, middle - half, high], fillColor=fill, strokeColor=None))
        words = String(middle, high + 4, text, fontName=REGULAR, fontSize=_SMALL, fillColor=ink)
        words.textAnchor = "middle"
        drawing.add(words)
    right = chart.x + chart.width
    drawing.add(Line(right, high, right + 3, high, strokeColor=ink))
    drawing.add(
        String(right + 4, high - 4, bars.most_text, fontName=REGULAR, fontSize=_SIZE, fillColor=ink)
    )


def _broken(name: str, widest: float) -> str:
    """Return a long name in lines of its own, so that room is left for the bars."""
    return "\n".join(simpleSplit(name, REGULAR, _SIZE, widest))


def _turned(parts: Sequence[_Part], turned: bool) -> tuple[_Part, ...]:
    return tuple(reversed(parts)) if turned else tuple(parts)


def _line(
    drawing: Drawing, chart: VerticalBarChart, bars: Bars, top: float, look: ChartLook
) -> None:
    """Draw the line that must not be reached, across the standing bars."""
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
