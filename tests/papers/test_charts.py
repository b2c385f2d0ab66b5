"""Charts: every name and figure stands in them, an alarm is coloured, and Qt draws what ReportLab
wrote.
"""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from cchc_desk.domain.chart import Bars, ChartLook
from cchc_desk.papers.charts import bars_svg

LOOK = ChartLook(600, 200, bar="#0b6470", alarm="#a61b1b", ink="#1b2429", family="Noto Sans")
MONTHS = Bars(
    "Tỷ lệ trễ hẹn từng tháng",
    ("1", "2", "3"),
    (0.0, 4.99, 5.0),
    ("—", "499/10000", "1/20"),
    5.0,
    "5 %",
)
CAUSES = Bars(
    "Nguyên nhân", ("Số lượng hồ sơ tăng đột biến", "Ốm"), (3.0, 1.0), ("3", "1"), upright=False
)


def drawn(bars: Bars) -> str:
    return bars_svg(bars, LOOK).decode()


@pytest.mark.parametrize("bars", [MONTHS, CAUSES])
def test_every_name_and_figure_is_written(bars: Bars) -> None:
    svg = drawn(bars)
    for text in (bars.title, *bars.names, *bars.texts, bars.line_text):
        assert f">{text}</text>" in svg or not text
    assert "Noto Sans" in svg
    assert bars.in_words.startswith(f"{bars.names[0]}: {bars.texts[0]}")


def test_a_long_title_stands_in_lines_that_fit() -> None:
    title = "Tỷ lệ trễ hẹn từng tháng của năm 2026 (số trễ/tổng số; cột gãy: quá 20 %)"
    svg = bars_svg(replace(MONTHS, title=title), replace(LOOK, width=300)).decode()
    lines = [line for line in re.findall(r">([^<]+)</text>", svg) if line in title and " " in line]
    assert " ".join(lines) == title
    assert len(lines) > 1


def test_only_a_bar_that_reaches_the_line_is_an_alarm() -> None:
    fills = re.findall(r"<rect[^>]*fill: rgb\((\d+)%", drawn(MONTHS))
    assert [int(red) > 50 for red in fills[-2:]] == [False, True]


@pytest.mark.parametrize("bars", [MONTHS, CAUSES])
def test_qt_draws_it_on_the_ground_it_stands_on(qapp: QApplication, bars: Bars) -> None:
    image = QImage(600, 200, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(drawn(bars).encode()))
    assert renderer.isValid()
    renderer.render(painter)
    painter.end()
    assert image.pixelColor(1, 1) == QColor("white")
    colours = {image.pixelColor(x, y).name() for x in range(0, 600, 3) for y in range(0, 200, 3)}
    assert len(colours) > 2


def test_a_bar_over_the_scale_is_broken_and_squashes_nothing() -> None:
    few = Bars("Ít hồ sơ", ("1", "2"), (100.0, 4.0), ("1/1", "4/100"), 5.0, "5 %")
    cut = replace(few, most=20.0, most_text="20 %")
    heights = [
        [float(high) for high in re.findall(r"<rect[^>]*height=\"([\d.]+)\"", drawn(bars))[-2:]]
        for bars in (few, cut)
    ]
    assert heights[0][1] < heights[0][0] / 20  # 4 % cannot be told from nothing
    assert heights[1][1] > heights[1][0] / 5
    svg = drawn(cut)
    assert svg.count("<polygon") == drawn(few).count("<polygon") + 1
    for text in ("1/1", "4/100", "20 %", "5 %"):
        assert f">{text}</text>" in svg
