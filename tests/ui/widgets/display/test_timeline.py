"""The promise as a line in time: many marks go on in a next row, and none runs into another."""

from datetime import datetime, timedelta

from pytestqt.qtbot import QtBot

from ui.widgets.display.timeline import Mark, Timeline

BEGAN = datetime(2026, 11, 2, 8, 0)


def test_many_marks_go_on_below_instead_of_running_into_one_another(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_marks([Mark(BEGAN + timedelta(days=day), "tạm dừng") for day in range(3)])
    one_row = timeline.heightForWidth(900)
    marks = [Mark(BEGAN + timedelta(days=day), "tạm dừng", bad=day == 11) for day in range(12)]
    timeline.show_marks(marks)
    assert timeline.heightForWidth(4000) == one_row
    narrow = timeline.fontMetrics().horizontalAdvance("✗ tạm dừng") * 4
    assert timeline.heightForWidth(narrow) >= 3 * one_row
