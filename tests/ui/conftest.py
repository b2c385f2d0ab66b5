"""The real window over a real practice ward at a fixed moment; jobs run straight away, so no test
waits.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.training import practice
from cchc_desk.i18n import language
from cchc_desk.store.engine import database
from tests.actions.conftest import become
from tests.engines import ON_POSTGRESQL, connect, copy_desk, new_place
from tests.ui import database_guard
from ui.look import style, texts
from ui.shell import jobs
from ui.shell.preferences import appearance
from ui.shell.window import Window
from ui.widgets.keys.scanner import ScannerFilter
from ui.widgets.tables.line_table import LineTable

MONDAY = datetime(2026, 11, 23, 10, 0)


class MakeWindow(Protocol):
    """Makes a window on a folder; somebody named is at the desk before it shows."""

    def __call__(self, where: Path, official: str = "", /) -> Window: ...


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
    new_place(folder)
    desk = practice.make_practice_ward(folder, 40, seed=4, clock=lambda: MONDAY)
    become(desk, "an")
    if not desk.on_server:
        upkeep.backup(desk)
    assert upkeep.verify_ledger(desk).ok
    desk.close()
    appearance.save(folder, appearance.load(folder), practice=True)
    return folder


@pytest.fixture
def folder(ward: Path, tmp_path: Path) -> Path:
    """The ward's own copy for one test."""
    copy_folder(ward, tmp_path)
    return tmp_path


def copy_folder(ward: Path, folder: Path) -> None:
    """Copy all of a desk's folder, and the database that it has on a server."""
    shutil.copytree(ward, folder, dirs_exist_ok=True)
    if ON_POSTGRESQL:
        copy_desk(ward, folder)


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

    def make(where: Path, official: str = "") -> Window:
        window = Window(where, lambda: MONDAY)
        qtbot.addWidget(window)
        made.append(window)
        if official:
            window.begin()
            window.screens.password_given.emit(official, practice.PASSWORD)
        with qtbot.waitActive(window):  # keys reach the active window only
            window.show()
        if not official:
            window.begin()
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
    delete_what_was_closed()  # before a fixture of the test styles all widgets there are


_COUNT = (
    "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
    if ON_POSTGRESQL
    else "PRAGMA data_version"
)


class Shared:
    """A window for several tests of a module, for as long as none of them changes anything."""

    def __init__(self, folder: Path) -> None:
        self.window = Window(folder, lambda: MONDAY)
        self.window.begin()
        self.window.screens.password_given.emit("an", practice.PASSWORD)
        self.window.show()
        self._looking = connect(folder)
        self._before = self._state()

    def _state(self) -> tuple[object, ...]:
        """All but its pages; the database itself counts what others have written."""
        window = self.window
        (written,) = self._looking.execute(_COUNT).fetchone()
        beside = [one for one in QApplication.topLevelWidgets() if not isinstance(one, QFrame)]
        at_desk = window.screens.at_work and window.desk.official
        look = style.worn(), style.size(), style.density(), language()
        return written, beside, at_desk, window.frame, window.size(), look

    def is_unchanged(self) -> bool:
        """Nothing was written, nothing else is open, the same official sees the same look."""
        return self._state() == self._before

    def tidy(self) -> None:
        """Drop the pages, each with what was typed in it, and open the first one anew."""
        frame = self.window.frame
        for page in frame.pages.values():
            frame.stack.removeWidget(page)
            page.deleteLater()
        frame.pages.clear()
        frame.notices.official_changed()
        delete_what_was_closed()
        self.window.open_page("today")

    def close(self) -> None:
        self._looking.close()
        self.window.close()
        self.window.deleteLater()
        delete_what_was_closed()


@pytest.fixture(scope="module")
def shared() -> Iterator[list[Shared]]:
    """The window that the tests of the module share just now, in a list of at most one."""
    open_now: list[Shared] = []
    yield open_now
    for one in open_now:
        one.close()


@pytest.fixture
def shared_window(
    shared: list[Shared],
    ward: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qtbot: QtBot,
    qapp: QApplication,
    straight_away: None,
    slow_hands: None,
) -> Iterator[Window]:
    """The clerk An's window, the same one for as long as tests only look."""
    if shared and not shared[0].is_unchanged():  # by a fixture that ended after it
        shared.pop().close()
    if not shared:
        style.load_fonts(qapp)
        folder = tmp_path_factory.mktemp("shared")
        copy_folder(ward, folder)
        shared.append(Shared(folder))
    (one,) = shared
    with qtbot.waitActive(one.window):
        one.window.activateWindow()
    yield one.window
    delete_what_was_closed()
    if one.is_unchanged():
        one.tidy()
    else:
        shared.pop().close()


@pytest.fixture
def window(request: pytest.FixtureRequest) -> Window:
    """The window with the clerk An at the desk: one of its own for a test that names its folder.

    Else the one that the test before has left as it was: half of the tests of a page only look, and
    a window costs more than what they do in it.
    """
    if {"make_window", "folder", "tmp_path"} & set(request.fixturenames):
        make: MakeWindow = request.getfixturevalue("make_window")
        return make(request.getfixturevalue("folder"), "an")
    shared: Window = request.getfixturevalue("shared_window")
    return shared


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
