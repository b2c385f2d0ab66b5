"""Days as people type them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.fields.date_field import DayField, read_day

BIRTHDAY = date(1990, 5, 17)


@pytest.mark.parametrize(
    "typed", ["17051990", "17/05/1990", "17/5/1990", "17-5-90", "17.5.90", "170590", "17 5 90 "]
)
def test_the_ways_to_type_a_day(typed: str) -> None:
    assert read_day(typed, 2026) == BIRTHDAY


def test_two_figures_of_a_year_lie_in_the_past() -> None:
    assert read_day("1/1/26", 2026) == date(2026, 1, 1)
    assert read_day("1/1/27", 2026) == date(1927, 1, 1)


@pytest.mark.parametrize(
    "typed", ["31/2/1990", "32051990", "29/2/2023", "17/5", "1990", "hôm qua", "17/13/1990"]
)
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_day(typed, 2026)


def test_nothing_typed_is_no_day() -> None:
    assert read_day("  ", 2026) is None


def test_the_field_is_put_in_order_when_it_is_left_and_not_before(qtbot: QtBot) -> None:
    window, day, other = QWidget(), DayField("Ngày sinh", 2026), QLineEdit()
    column = QVBoxLayout(window)
    for field in (day, other):
        column.addWidget(field)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    day.setFocus()
    QTest.keyClicks(day, "17051990")
    assert day.text() == "17051990"
    QTest.keyClick(day, Qt.Key.Key_Tab)
    assert (day.text(), day.day()) == ("17/05/1990", BIRTHDAY)


def test_what_is_no_day_stays_as_it_was_typed(qtbot: QtBot) -> None:
    day = DayField("Ngày sinh", 2026)
    qtbot.addWidget(day)
    QTest.keyClicks(day, "31/2/1990")
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert day.text() == "31/2/1990"
