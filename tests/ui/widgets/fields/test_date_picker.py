"""A day picked from a month beside the field, by the mouse or by keys."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from cchc_desk.vietnam_time import vietnam_now
from ui.widgets.fields.date_field import DayField

Key = Qt.Key


@pytest.fixture
def field(qtbot: QtBot) -> DayField:
    made = DayField("Từ ngày", 2026)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.set_day(date(2026, 11, 23))
    made.setFocus()
    return made


def month() -> QCalendarWidget:
    popup = QApplication.activePopupWidget()
    assert popup is not None
    (found,) = popup.findChildren(QCalendarWidget)
    return found


def test_a_day_is_picked_by_keys(field: DayField, qtbot: QtBot) -> None:
    QTest.keyClick(field, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    days = month().findChildren(QTableView)[0]
    assert month().selectedDate() == QDate(2026, 11, 23)
    QTest.keyClick(days, Key.Key_Right)
    QTest.keyClick(days, Key.Key_Down)
    with qtbot.waitSignal(field.editingFinished):
        QTest.keyClick(days, Key.Key_Return)
    assert field.day() == date(2026, 12, 1)
    assert QApplication.activePopupWidget() is None


def test_a_day_is_picked_by_the_mouse(field: DayField) -> None:
    (button,) = field.findChildren(QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    days = month().findChildren(QTableView)[0]
    first = days.visualRect(days.model().index(1, 0)).center()  # the first Monday shown
    QTest.mouseClick(days.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert field.day() == date(2026, 10, 26)
    assert QApplication.activePopupWidget() is None


def test_esc_leaves_the_day_and_a_day_that_cannot_be_read_opens_on_today(field: DayField) -> None:
    field.setText("45/13/2026")
    QTest.keyClick(field, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    today = vietnam_now().date()
    assert month().selectedDate() == QDate(today.year, today.month, today.day)
    QTest.keyClick(month().findChildren(QTableView)[0], Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert field.text() == "45/13/2026"
