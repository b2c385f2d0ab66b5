"""The guard that keeps the window's own thread from the database."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import opening
from cchc_desk.actions.people import accounts
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk
from ui.shell import jobs
from ui.shell.entry import recovering

Officials = tuple[Official, ...]


@pytest.fixture
def desk(folder: Path) -> Desk:
    return opening.open_desk(folder)


def test_code_of_the_window_may_not_read_on_its_own_thread(desk: Desk) -> None:
    with pytest.raises(AssertionError, match=r"ui\.shell\.entry\.recovering:\d+ uses the database"):
        recovering.officials_of(desk)
    assert accounts.list_officials(desk)  # a test's own look is free
    desk.close()


@pytest.mark.parametrize("straight", [True, False])
def test_a_job_reads_on_the_worker_or_straight_away(
    qtbot: QtBot, desk: Desk, straight: bool
) -> None:
    owner, read = QObject(), list[Officials]()
    jobs.immediately(straight)
    try:
        jobs.run(owner, lambda: recovering.officials_of(desk), read.append)
        qtbot.waitUntil(lambda: bool(read))
    finally:
        jobs.immediately(False)
        jobs.finish()
    assert read == [accounts.list_officials(desk)]
    desk.close()


def test_what_waits_for_the_network_may_not_read_nor_what_follows_a_job(
    qtbot: QtBot, desk: Desk, straight_away: None
) -> None:
    owner, ended = QObject(), list[object]()
    with qtbot.capture_exceptions() as caught:
        jobs.run_outside(owner, lambda: recovering.officials_of(desk), ended.append)
    assert [kind for kind, *_ in caught] == [AssertionError]
    with pytest.raises(AssertionError, match="outside a job"):
        jobs.run(owner, lambda: None, lambda _: ended.append(recovering.officials_of(desk)))
    assert ended == []
    desk.close()
