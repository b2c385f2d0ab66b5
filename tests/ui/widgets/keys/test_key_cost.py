"""What a key costs until its letter is painted: who is asked, and what is painted with it."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import press
from ui.dossiers.page import DossiersPage
from ui.intake.page import IntakePage
from ui.shell import jobs
from ui.shell.window import Window

Key = Qt.Key


class Painted(QObject):
    """Everything that is painted or laid out, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[QEvent.Type, QObject]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() in (QEvent.Type.Paint, QEvent.Type.LayoutRequest):
            self.seen.append((event.type(), watched))
        return False

    def widgets(self, kind: QEvent.Type) -> list[QObject]:
        return [widget for seen, widget in self.seen if seen is kind]


FIRST_MS, NEXT_MS = 1000, 1200  # when keys were pressed, at a hand's pace


def type_letter(field: QLineEdit, stamp: int) -> None:
    """Qt offers it to the shortcuts itself."""
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    event.setTimestamp(stamp)
    QApplication.sendEvent(field, event)


@contextmanager
def watched() -> Iterator[Painted]:
    application, spy = QApplication.instance(), Painted()
    assert application is not None
    application.installEventFilter(spy)
    yield spy
    application.removeEventFilter(spy)


@contextmanager
def calls_of_ours() -> Iterator[Counter[str]]:
    """Count the calls of functions of the window, by name."""
    found: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _value: object) -> None:
        code: CodeType = frame.f_code
        if event == "call" and "/ui/" in code.co_filename and "/tests/" not in code.co_filename:
            found[code.co_qualname] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    yield found
    sys.setprofile(before)


def in_use(window: Window, field: QLineEdit) -> QLineEdit:
    """The field with the focus, in which something was typed, with nothing left to paint."""
    field.setFocus()
    type_letter(field, FIRST_MS)
    for _turn in range(3):
        QApplication.processEvents()
    assert QApplication.focusWidget() is field
    assert window.isVisible()
    return field


def dossiers(window: Window) -> DossiersPage:
    press(window, Key.Key_F3)
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    return page


def intake(window: Window) -> IntakePage:
    press(window, Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    return page


def line_of(window: Window, place: str) -> QLineEdit:
    if place == "search":
        return dossiers(window).search
    page = intake(window)
    return page.person.fields["name"] if place == "name" else page.procedure.search


def button_of(field: QLineEdit) -> QToolButton:
    button = field.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    return button


# Calls of functions of the window, from the key to the end of its slots; 30, 46 and 38 once.
MOST = {"search": 21, "name": 23, "procedure": 23}


@pytest.mark.parametrize("place", list(MOST))
def test_a_letter_asks_few(window: Window, place: str) -> None:
    """Filters and slots in Python are dear: each waits in front of the letter."""
    field = in_use(window, line_of(window, place))
    QTest.qWait(50)
    with calls_of_ours() as calls:
        type_letter(field, NEXT_MS)
    del calls["IdleTimer.eventFilter"]  # which listens to the next sign of life, and then rests
    # Another test's window may be alive, whose watch is asked as well.
    calls["KeyWatch.eventFilter"] = min(calls["KeyWatch.eventFilter"], 2)
    assert calls.total() <= MOST[place], sorted(calls.items())
    for for_commands in ("_keep_out", "ReceiptBar._sees", "NoticeBar._key"):
        assert not calls[for_commands]


@pytest.mark.parametrize("place", ["search", "procedure"])
def test_the_first_letter_of_a_search_lays_out_no_page(window: Window, place: str) -> None:
    """Nor does the last Backspace: the button that empties it comes and goes by itself."""
    field = line_of(window, place)
    field.setFocus()
    for _turn in range(3):
        QApplication.processEvents()
    page = field.parentWidget()
    button = button_of(field)
    with watched() as spy:
        QTest.keyPress(field, Key.Key_A)
        assert button.isVisible()
        QApplication.processEvents()
        QTest.keyPress(field, Key.Key_Backspace)
        assert not button.isVisible()
        QApplication.processEvents()
    assert field in spy.widgets(QEvent.Type.Paint)
    assert page not in spy.widgets(QEvent.Type.LayoutRequest)


def test_the_button_of_a_search_empties_it_as_by_hand(window: Window, qtbot: QtBot) -> None:
    field = dossiers(window).search
    in_use(window, field)
    with qtbot.waitSignal(field.textEdited):
        QTest.mouseClick(button_of(field), Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert field.hasFocus()
    field.undo()
    assert field.text() == "a"


def test_no_letter_waits_for_a_list_that_it_overtook(window: Window, qtbot: QtBot) -> None:
    page = dossiers(window)
    in_use(window, page.search)
    page.refresh()
    rows = page.table.dossiers.rows
    page._pause.setInterval(60_000)  # the letters to come are looked for when the test says so
    answered: list[None] = []
    jobs.immediately(False)
    try:
        page.refresh()  # found by the worker, for the letters of now
        type_letter(page.search, NEXT_MS)
        jobs.run(page, lambda: None, answered.append)  # behind it
        qtbot.waitUntil(lambda: bool(answered))
    finally:
        jobs.immediately(True)
    assert page.table.dossiers.rows is rows
    page.refresh()
    assert page.table.dossiers.rows is not rows
