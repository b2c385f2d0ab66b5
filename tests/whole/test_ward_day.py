"""A ward whose stations are killed, whose server stops, whose lines lose answers: make ward."""

from pathlib import Path

import psycopg
import pytest

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.time.pauses import PauseKind
from tests.actions.conftest import MONDAY, make_intake
from tests.engines import join
from tools.postgres import running_postgres
from tools.ward import bad_day, recount
from tools.ward.bad_day import DONE, NOT_DONE, UNKNOWN, Kept, Tried
from tools.ward.window_station import Standstill


@pytest.mark.sweep
def test_a_short_bad_day_loses_and_doubles_nothing() -> None:
    assert bad_day.play(stations=4, acts=120, seed=7) == 0


ACCEPT, SHELVE = Kept("accept", "0001", "a"), Kept("shelve", "0001", "")


@pytest.mark.parametrize(
    ("tried", "kept", "found"),
    [
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", DONE)], [ACCEPT, SHELVE], ""),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", NOT_DONE)], [ACCEPT], ""),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", UNKNOWN)], [ACCEPT], ""),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", UNKNOWN)], [ACCEPT, SHELVE], ""),
        (
            [("shelve", "0001", "b", UNKNOWN), ("shelve", "0001", "c", DONE)],
            [SHELVE],
            "",  # the first never came through
        ),
        ([("accept", "", "a", DONE), ("shelve", "0001", "b", DONE)], [ACCEPT], "lost"),
        ([("accept", "", "a", DONE)], [Kept("accept", "0002", "x")], "lost"),
        ([("accept", "", "a", NOT_DONE)], [ACCEPT], "nobody did it"),
        ([("accept", "", "a", DONE)], [ACCEPT, ACCEPT], "nobody did it, or twice"),
        (
            [("shelve", "0001", "b", UNKNOWN), ("shelve", "0001", "c", DONE)],
            [SHELVE, SHELVE, SHELVE],
            "nobody did it, or twice",
        ),
    ],
)
def test_the_recount_finds_what_is_lost_or_doubled(
    tried: list[tuple[str, str, str, str]], kept: list[Kept], found: str
) -> None:
    told = "; ".join(bad_day.differences([Tried(*one) for one in tried], kept))
    assert told.startswith(found) if found else not told


def test_figures_that_are_not_those_of_ledger_promises_and_pauses_are_found(
    tmp_path: Path,
) -> None:
    with running_postgres() as server:
        url = join(tmp_path, server)
        people = bad_day._officials(2)
        desk = new_desk.set_up(tmp_path, practice.plan(people), lambda: MONDAY, practice=True)
        desk.official = Official(people[0].id, people[0].name, people[0].role, people[0].title)
        first, second, third, _open = (
            intake.accept_dossier(desk, make_intake()).code for _n in range(4)
        )
        steps.mark_ready(desk, first)
        steps.pause(desk, second, PauseKind.OPINION, "Chờ ý kiến")
        steps.request_supplement(desk, third, "Thiếu bản sao", ["Bản sao"])
        desk.close()
        assert list(recount.differences(url, tmp_path, MONDAY)) == []
        with psycopg.connect(url) as by_hand:
            by_hand.execute("UPDATE dossiers SET ready = NULL, paused_since = NULL")
        found = "; ".join(recount.differences(url, tmp_path, MONDAY))
    assert "late: the desk shows 4, counted 2" in found
    assert "total of the year: the desk shows 4, counted 3" in found
    assert "strikes of nv0" not in found


@pytest.mark.parametrize(
    ("stood", "ran", "beside", "own"),
    [
        (132.0, 46.0, 206.0, 46.0),  # held up by a thread that had no core itself
        (132.0, 46.0, 30.0, 102.0),
        (70.0, 75.0, 80.0, 70.0),  # it ran all the while
    ],
)
def test_a_standstill_is_the_programs_but_for_what_a_thread_of_it_waited_for_a_core(
    stood: float, ran: float, beside: float, own: float
) -> None:
    assert Standstill(stood, ran, beside).own == own
