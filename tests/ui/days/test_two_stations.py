"""A counter and the leader's room on one server: what the one drafts, the other sees and signs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import LetterState, Status
from tests.actions.conftest import MONDAY
from tests.engines import join
from tests.ui.conftest import MakeWindow, log_in, press, write
from tests.ui.days.pictures import Pictures
from tests.ui.overdue.test_letters_by_keys import drafted_all, in_state, signed_all
from tests.ui.questions import answer, panel_in
from tests.ui.questions import press as press_key
from tools.postgres import running_postgres
from ui.dossiers.dossier_page import DossierPage
from ui.overdue.page import OverduePage
from ui.shell import pages
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def stations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Two folders of stations of one practice ward with some weeks of work behind it."""
    counter, room = tmp_path_factory.mktemp("counter"), tmp_path_factory.mktemp("room")
    with running_postgres() as server:
        join(counter, server)
        url = json.loads((counter / "ward.json").read_text())["url"]
        for folder, name in ((counter, "Quầy 1"), (room, "Phòng 4")):
            (folder / "ward.json").write_text(json.dumps({"url": url, "station": name}))
        practice.make_practice_ward(counter, 40, seed=4, clock=lambda: MONDAY).close()
        yield counter, room


def letters_page(qtbot: QtBot, window: Window) -> OverduePage:
    """Whoever sits there comes back to the page of letters."""
    with qtbot.waitActive(window):
        window.activateWindow()
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F5)
    page = window.page("overdue")
    assert isinstance(page, OverduePage)
    return page


def test_the_leader_signs_in_another_room(
    stations: tuple[Path, Path], make_window: MakeWindow, qtbot: QtBot
) -> None:
    first, second = stations
    counter, room = make_window(first, "an"), make_window(second, "chi")
    room.open_page("today")
    letters_page(qtbot, counter)
    drafted_all(counter)
    qtbot.waitUntil(lambda: "thư chờ ký" in room.windowTitle())  # he works in another program
    assert "thư chờ ký" not in counter.windowTitle()
    owed = in_state(counter, LetterState.DRAFTED)
    assert len(owed) > 2

    page = letters_page(qtbot, room)
    assert {line.row.code for line in page.list.lines} >= owed
    signed_all(room)
    assert in_state(room, LetterState.SIGNED) >= owed
    qtbot.waitUntil(lambda: "thư chờ ký" not in room.windowTitle())

    letters_page(qtbot, counter)
    press(counter, Qt.Key.Key_T, ALT)
    answer(counter)
    assert not in_state(room, LetterState.SIGNED)


@pytest.fixture
def both(stations: tuple[Path, Path], make_window: MakeWindow) -> tuple[Window, Window, str]:
    """The clerk at the counter and the processor in his room, who both have one dossier open."""
    counter, room = make_window(stations[0], "an"), make_window(stations[1], "binh")
    states = frozenset({Status.RECEIVED, Status.PROCESSING})
    found = progress.find_dossiers(counter.desk, status=states)
    code = next(row.code for row in found if row.holder_name != "Trần Quốc Bình")
    steps.hand_over(counter.desk, [code], "binh")
    for window in (counter, room):
        window.open_dossier(code)
    return counter, room, code


def dossier_page(window: Window) -> DossierPage:
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    return page


def place_of(window: Window) -> str:
    view = dossier_page(window).view
    assert view is not None
    return view.dossier.place


def ward_line(window: Window) -> str:
    """The line over the page on the other stations, "" where it does not show."""
    words = window.frame.ward_line
    return "" if words.isHidden() else words.text()


def asked_for_the_place(qtbot: QtBot, window: Window, typed: str) -> QWidget:
    """The question where the folder lies, with this typed into its field."""
    with qtbot.waitActive(window):
        window.activateWindow()
    press(window, Qt.Key.Key_H)
    field = QApplication.focusWidget()
    assert field is not None
    write(field, typed)
    return field


def test_what_is_done_in_the_room_shows_at_the_counter(
    both: tuple[Window, Window, str], qtbot: QtBot
) -> None:
    counter, room, code = both
    look, look_there = Pictures(counter, "counter"), Pictures(room, "room")
    look.wear()
    look_there.wear()
    qtbot.waitUntil(lambda: "Trần Quốc Bình (Phòng 4) cũng đang mở" in ward_line(counter))
    qtbot.waitUntil(lambda: "(Quầy 1) cũng đang mở" in ward_line(room))
    assert "Phòng 4" in room.frame.unit.text()
    field = asked_for_the_place(qtbot, counter, "kệ 3, ngăn ")

    steps.mark_ready(room.desk, code)
    qtbot.waitUntil(lambda: "có kết quả" in counter.notices.text)
    assert "Phòng 4 · Trần Quốc Bình lúc" in counter.notices.text
    view = dossier_page(counter).view
    assert view is not None
    assert view.dossier.status is Status.READY
    look.look("another-was-faster")
    assert QApplication.focusWidget() is field  # the hand goes on where it was
    write(field, "2")
    press_key(Qt.Key.Key_F9)
    assert "có kết quả" in panel_in(counter).error.text()  # told before anything is written
    look.look("told-once")
    press_key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: place_of(room) == "kệ 3, ngăn 2")
    assert "Quầy 1 · " in room.notices.text
    look_there.look("seen-in-the-room")


def test_who_locked_the_screen_has_no_dossier_open(
    both: tuple[Window, Window, str], qtbot: QtBot
) -> None:
    counter, room, _code = both
    qtbot.waitUntil(lambda: "(Phòng 4) cũng đang mở" in ward_line(counter))
    room.access.lock()
    qtbot.waitUntil(lambda: "cũng đang mở" not in ward_line(counter))
    log_in(room, "binh")
    qtbot.waitUntil(lambda: "(Phòng 4) cũng đang mở" in ward_line(counter))


def test_the_line_breaks_and_comes_back(
    both: tuple[Window, Window, str], stations: tuple[Path, Path], qtbot: QtBot
) -> None:
    counter, room, _code = both
    asked_for_the_place(qtbot, counter, "kệ 5")
    with unreachable(stations[0]):
        qtbot.waitUntil(lambda: "Mất mạng tới máy chủ" in ward_line(counter))
        press_key(Qt.Key.Key_F9)
        assert "Chưa nối được máy chủ" in panel_in(counter).error.text()
        said = counter.notices.text
        counter.daily.count()
        assert counter.notices.text == said  # it stands over the page
        Pictures(counter, "line").look("broken")
    qtbot.waitUntil(lambda: "Mất mạng" not in ward_line(counter), timeout=10_000)
    press_key(Qt.Key.Key_F9)
    assert place_of(counter) == "kệ 5"
    qtbot.waitUntil(lambda: place_of(room) == "kệ 5", timeout=10_000)


@contextmanager
def unreachable(folder: Path) -> Iterator[None]:
    """Let nobody reach the ward's database, and cut off who is there, until the block is left."""
    url = json.loads((folder / "ward.json").read_text())["url"]
    name = str(conninfo_to_dict(url)["dbname"])
    with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            yield
        finally:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_every_page_opens_at_a_station(
    stations: tuple[Path, Path], make_window: MakeWindow
) -> None:
    window = make_window(stations[0], "dung")
    for name in pages.BY_NAME:
        window.open_page(name)
        assert "✗" not in window.notices.text, name
    window.open_page("today")
    assert not [words.text() for words in window.findChildren(QLabel) if "Alt+R" in words.text()]


def test_a_station_opens_once_its_server_is_there(
    stations: tuple[Path, Path], make_window: MakeWindow, qtbot: QtBot
) -> None:
    with unreachable(stations[0]):
        window = make_window(stations[0])
        login = window.login
        assert "Chưa nối được máy chủ" in login.error.text()
        assert login.to_copies.isHidden()
        Pictures(window, "morning").look("no-server-yet")
    qtbot.waitUntil(lambda: not login.password.isHidden(), timeout=10_000)  # by itself
    assert not login.error.text()
    log_in(window, "an")
    assert window.frame.current == "today"
