"""A search whose answer waits behind other work: Enter takes what the letters find."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import press, write
from tests.ui.shell.palette.test_palette import lines, palette
from ui.intake.page import IntakePage
from ui.shell import jobs
from ui.shell.window import Window


@pytest.fixture
def busy(window: Window) -> Iterator[threading.Event]:
    """The worker is held up, as by the day's copy, from its first use until this is set."""
    go_on = threading.Event()
    yield go_on
    go_on.set()
    jobs.finish()
    jobs.immediately(True)


def hold_up(window: Window, go_on: threading.Event) -> None:
    jobs.immediately(False)
    jobs.run(window, lambda: go_on.wait(5), lambda _: None)  # a failed test ends all the same


def chosen(page: IntakePage) -> str:
    return page.procedure.version.code if page.procedure.version else ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_1])
def test_khai_tu_is_the_death_at_intake_however_late_the_answer(
    qtbot: QtBot, window: Window, busy: threading.Event, key: Qt.Key
) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    panel = page.procedure
    write(panel.search, "khai sinh")
    panel.look_up()
    hold_up(window, busy)
    panel.search.selectAll()
    write(panel.search, "khai tu")
    panel.look_up()  # the pause behind the letters is over; the answer waits
    held = Qt.KeyboardModifier.AltModifier if key == Qt.Key.Key_1 else Qt.KeyboardModifier(0)
    QTest.keyClick(panel.search, key, held)
    assert chosen(page) == ""
    busy.set()
    qtbot.waitUntil(lambda: chosen(page) != "")
    assert chosen(page) == "1.000656"


def test_ctrl_k_takes_nothing_that_was_found_before(
    qtbot: QtBot, window: Window, busy: threading.Event
) -> None:
    shown = palette(window, "khai sinh")
    assert "khai sinh" in lines(shown)[0]
    hold_up(window, busy)
    shown.search.selectAll()
    write(shown.search, "tre hen")
    shown.look_up()
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.isVisible()
    busy.set()
    qtbot.waitUntil(lambda: not shown.isVisible())
    assert window.frame.current == "overdue"
