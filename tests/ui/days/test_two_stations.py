"""A counter and the leader's room on one server: what the one drafts, the other sees and signs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import LetterState
from tests.actions.conftest import MONDAY
from tests.engines import join
from tests.ui.conftest import MakeWindow, press
from tests.ui.overdue.test_letters_by_keys import drafted_all, in_state, signed_all
from tests.ui.questions import answer
from tools.postgres import running_postgres
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
        (room / "ward.json").write_bytes((counter / "ward.json").read_bytes())
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
    letters_page(qtbot, counter)
    drafted_all(counter)
    owed = in_state(counter, LetterState.DRAFTED)
    assert len(owed) > 2

    page = letters_page(qtbot, room)
    assert {line.row.code for line in page.list.lines} >= owed
    signed_all(room)
    assert in_state(room, LetterState.SIGNED) >= owed

    letters_page(qtbot, counter)
    press(counter, Qt.Key.Key_T, ALT)
    answer(counter)
    assert not in_state(room, LetterState.SIGNED)


def test_every_page_opens_at_a_station(
    stations: tuple[Path, Path], make_window: MakeWindow
) -> None:
    window = make_window(stations[0], "dung")
    for name in pages.BY_NAME:
        window.open_page(name)
        assert "✗" not in window.notices.text, name
    window.open_page("today")
    assert not [words.text() for words in window.findChildren(QLabel) if "Alt+R" in words.text()]
