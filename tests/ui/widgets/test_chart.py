"""The chart: asks for one drawing at a time, off its own hands, and shows what it is given."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cchc_desk.domain.chart import Bars, ChartLook
from ui.look import style
from ui.widgets.display.chart import Chart

MONTHS = Bars("Từng tháng", ("1", "2"), (1.0, 2.0), ("1/100", "2/100"))
BLUE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">\
<rect width="10" height="10" fill="#0000ff"/></svg>'


@pytest.fixture
def chart(qtbot: QtBot, qapp: QApplication) -> Chart:
    style.apply(qapp, practice=False)
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(240, 120)
    return chart


def middle(chart: Chart) -> QColor:
    return chart.grab().toImage().pixelColor(120, 60)


def test_a_chart_without_bars_asks_for_nothing_and_is_not_there(chart: Chart) -> None:
    asked: list[ChartLook] = []
    chart.wanted.connect(lambda _bars, look: asked.append(look))
    chart.show_bars(None)
    chart.grab()
    assert not asked
    assert not chart.isVisible()


def test_one_drawing_is_asked_for_and_stays_until_the_next_is_there(chart: Chart) -> None:
    asked: list[tuple[Bars, ChartLook]] = []
    chart.wanted.connect(lambda bars, look: asked.append((bars, look)))
    chart.show_bars(MONTHS)
    for _ in range(3):
        assert middle(chart) != QColor("blue")
    ((bars, look),) = asked
    assert bars == MONTHS
    assert look.width / look.height == pytest.approx(2)
    chart.show_svg(BLUE.encode())
    assert middle(chart) == QColor("blue")
    assert len(asked) == 1, "what is drawn already is not drawn again"
    chart.resize(240, 130)
    assert middle(chart) == QColor("blue"), "the last drawing stands in until the next is there"
    assert [one.height for _, one in asked] == [
        look.height,
        pytest.approx(look.height * 130 / 120),
    ]


def test_a_drawing_of_other_bars_is_never_shown_under_a_new_title(chart: Chart) -> None:
    asked: list[Bars] = []
    chart.wanted.connect(lambda bars, _look: asked.append(bars))
    chart.show_bars(MONTHS)
    chart.grab()
    years = Bars("Từng năm", ("2025",), (1.0,), ("1/100",))
    chart.show_bars(years)
    chart.show_svg(BLUE.encode())  # the answer for the months comes late
    assert middle(chart) != QColor("blue")
    assert asked == [MONTHS, years]
