"""The real window over a real practice ward at a fixed moment; jobs run straight away, so no test
waits.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.training import practice
from cchc_desk.store.engine import database
from tests.actions.conftest import become
from tests.ui import database_guard
from ui.look import style, texts
from ui.shell import jobs
from ui.shell.preferences import appearance
from ui.shell.window import Window
from ui.widgets.keys.scanner import ScannerFilter
from ui.widgets.tables.line_table import LineTable

MONDAY = datetime(2026, 11, 23, 10, 0)
MakeWindow = Callable[[Path], Window]


@pytest.fixture(scope="session", autouse=True)
def guarded_database() -> Iterator[None]:
    """The window's code uses the database within its jobs only."""
    database.set_guard(database_guard.check)
    yield
    database.set_guard(None)


@pytest.fixture(autouse=True)
def letters_act_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of an act waits for no scanner, so no test waits for the act."""
    monkeypatch.setattr(texts.Alone, "wait_ms", 0)


@pytest.fixture(autouse=True)
def widgets_are_gone() -> Iterator[None]:
    """A closed widget is deleted with its test: what styles the program later styles it no more."""
    yield
    delete_what_was_closed()


def delete_what_was_closed() -> None:
    if QApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice ward with some weeks of work behind it, copied and verified today, made once.

    Its window was open before.
    """
    folder = tmp_path_factory.mktemp("ward")
    desk = practice.make_practice_ward(folder, 40, seed=4, clock=lambda: MONDAY)
    become(desk, "an")
    upkeep.backup(desk)
    assert upkeep.verify_ledger(desk).ok
    desk.close()
    appearance.save(folder, appearance.load(folder), practice=True)
    return folder


@pytest.fixture
def folder(ward: Path, tmp_path: Path) -> Path:
    """The ward's own copy for one test."""
    shutil.copytree(ward, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def straight_away() -> Iterator[None]:
    jobs.immediately(True)
    yield
    jobs.immediately(False)


@pytest.fixture
def slow_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test keys carry no time; without this clock their pace would be a scanner's."""
    ticks = count(step=100)
    monkeypatch.setattr(ScannerFilter.__init__, "__defaults__", (lambda: float(next(ticks)),))


@pytest.fixture
def make_window(
    qtbot: QtBot, qapp: QApplication, straight_away: None, slow_hands: None
) -> Iterator[MakeWindow]:
    made: list[Window] = []
    style.load_fonts(qapp)

    def make(where: Path) -> Window:
        window = Window(where, lambda: MONDAY)
        qtbot.addWidget(window)
        made.append(window)
        with qtbot.waitActive(window):  # keys reach the active window only
            window.show()
        window.begin()
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    delete_what_was_closed()  # before a fixture of the test styles all widgets there are


@pytest.fixture
def window(make_window: MakeWindow, folder: Path) -> Window:
    """The window with the clerk An at the desk."""
    made = make_window(folder)
    log_in(made, "an")
    return made


def log_in(window: Window, official: str, password: str = practice.PASSWORD) -> None:
    """Chooses the name with the arrows and types the password."""
    login = window.login
    for _ in range(login.who.count()):
        QTest.keyClick(login.password, Qt.Key.Key_Up)
    for _ in range(login.who.findData(official)):
        QTest.keyClick(login.password, Qt.Key.Key_Down)
    write(login.password, password)
    QTest.keyClick(login.password, Qt.Key.Key_Return)


def write(field: QWidget, text: str) -> None:
    """Types `text` letter by letter, Vietnamese letters as an input method hands them over."""
    field.setFocus()
    for letter in text:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(
                field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            )


def cells_of(table: LineTable) -> list[tuple[str, ...]]:
    """The lines as they are shown."""
    return [tuple(cells) for cells in table.model_.listing.cells()]


def press(
    window: Window, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """One key wherever the focus is."""
    QTest.keyClick(window.focusWidget() or window, key, with_)
