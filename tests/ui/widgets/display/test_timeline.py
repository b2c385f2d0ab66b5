"""The promise as a line in time: every mark at its true place, and no words over one another."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.look import style
from ui.widgets.display.timeline import Mark, Timeline

BEGAN = datetime(2026, 11, 2, 8, 0)


def timeline(qtbot: QtBot, *marks: Mark) -> Timeline:
    made = Timeline()
    qtbot.addWidget(made)
    made.show_marks(marks)
    return made


def test_on_the_first_day_now_stands_at_its_true_place(qtbot: QtBot) -> None:
    shown = timeline(
        qtbot,
        Mark(BEGAN, "nhận"),
        Mark(BEGAN + timedelta(days=10), "hẹn trả"),
        Mark(BEGAN + timedelta(hours=6), "bây giờ", is_now=True),
    )
    assert shown.places() == pytest.approx({"nhận": 0, "bây giờ": 0.025, "hẹn trả": 1})


def test_words_stand_in_further_rows_instead_of_running_into_one_another(qtbot: QtBot) -> None:
    marks = [Mark(BEGAN + timedelta(days=day), "tạm dừng", bad=day == 11) for day in range(12)]
    shown = timeline(qtbot, *marks)
    one_row = shown.heightForWidth(4000)
    narrow = shown.fontMetrics().horizontalAdvance("✗ tạm dừng") * 4
    assert shown.heightForWidth(narrow) > one_row + 3 * shown.fontMetrics().height()
    assert timeline(qtbot, *marks[:3]).heightForWidth(narrow) == one_row


def test_words_of_moments_that_are_close_move_aside_within_the_width(qtbot: QtBot) -> None:
    marks = [Mark(BEGAN + timedelta(minutes=minute), f"việc {minute}") for minute in range(4)]
    shown = timeline(qtbot, *marks, Mark(BEGAN + timedelta(days=40), "hẹn trả"))
    shown.resize(700, 100)
    labels = sorted(shown._labels(1), key=lambda label: label.centre)
    wide = shown._wide()
    for one, following in pairwise(labels):
        assert following.centre - one.centre >= wide - 0.01
    assert labels[0].centre >= wide / 2
    assert labels[-1].centre <= 700 - wide / 2 + 0.01


def test_no_thread_crosses_words(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = replace(
        style.worn(), line="#ff0000", quiet="#000000", accent_dark="#000000", ground="#ffffff"
    )
    monkeypatch.setattr(style, "worn", lambda: plain)
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.show_marks(
        [
            Mark(datetime(2026, 11, 2, 8), "nhận"),
            *(Mark(datetime(2026, 11, 23, 8, minute), "tạm dừng") for minute in range(0, 45, 3)),
            Mark(datetime(2026, 11, 24, 8), "hẹn trả"),
        ]
    )
    timeline.resize(420, timeline.heightForWidth(420))
    image = timeline.grab().toImage()
    line = timeline.fontMetrics().height() * 2 + 18
    touching = [
        (x, y)
        for y in range(image.height())
        if abs(y - line) > 10  # the dots
        for x in range(1, image.width() - 1)
        if is_red(image.pixelColor(x, y))
        and any(image.pixelColor(x + by, y).lightness() < 60 for by in (-1, 1))
    ]
    assert touching == []


def is_red(colour: QColor) -> bool:
    return colour.red() - colour.green() > 60
