"""No list and no figure reads all rows of the desk, whichever index SQLite prefers."""

from datetime import date, datetime
from itertools import permutations

import pytest

from cchc_desk.domain.dossiers.filters import Chip
from cchc_desk.domain.figures import (
    APOLOGISED,
    ASKED_TWICE,
    DUE,
    DUE_LATE,
    GONE_LATE,
    OPEN_LATE,
    READY_LATE,
    TOLD_IN_TIME,
    Origin,
)
from cchc_desk.domain.ledger.facts.office import Drilled
from cchc_desk.domain.quality import CHECKS, Bounds
from cchc_desk.session import Desk
from cchc_desk.store import courtesy
from cchc_desk.store.city import day_counts
from cchc_desk.store.dossiers import courses, figures, lists, quality, search
from cchc_desk.store.engine.dialects.words import Fts5Words
from cchc_desk.store.ledger import journal
from tests.actions.conftest import clock as clock
from tests.actions.conftest import desk as desk
from tests.actions.conftest import ward as ward

pytestmark = pytest.mark.one_pc("query plans of SQLite")

INDEXES = {
    "ix_letters_dossier": "CREATE INDEX ix_letters_dossier ON letters (dossier)",
    "ix_letters_state": "CREATE INDEX ix_letters_state ON letters (state)",
}
YEAR = {"start": "2026-01-01T00:00", "end": "2026-12-31T23:59", "now": "2026-12-31T23:59"}


@pytest.mark.parametrize("order", list(permutations(INDEXES)))
def test_the_letters_of_a_line_are_found_by_its_dossier(desk: Desk, order: tuple[str, ...]) -> None:
    with desk.write() as connection:
        for name in order:
            connection.exec_driver_sql(f"DROP INDEX {name}")
        for name in order:
            connection.exec_driver_sql(INDEXES[name])
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {lists._ROW}").fetchall(),
            connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {courtesy._LATE}", YEAR | {"official": ""}
            ).fetchall(),
        ]
    for plan in plans:
        (letters,) = [step[3] for step in plan if step[3].split()[1] == "l"]
        assert "dossier=?" in letters


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (figures._count(READY_LATE), "dossiers_ready (ready>? AND ready<?)"),
        (figures._count(GONE_LATE), "dossiers_ended (ended>? AND ended<?)"),
        (figures._count(OPEN_LATE), "dossiers_ready (ready=? AND last_minute<?)"),
        *(
            (figures._count(figure), "dossiers_late (first_due>? AND first_due<?)")
            for figure in (DUE_LATE, APOLOGISED, TOLD_IN_TIME)
        ),
        (day_counts._LATE, "dossiers_late (first_due>? AND first_due<?)"),
        (figures._faults(Origin.ALL), "responsibilities_fault (own_fault=? AND official>?)"),
        (figures._codes(READY_LATE), "dossiers_ready (ready>? AND ready<?)"),
        (lists._behind(DUE), "dossiers_due (status=? AND due>? AND due<?)"),
        (lists._MAY_BE_LATE["due"], "dossiers_open (closed=? AND last_minute<?)"),
    ],
)
def test_a_figure_is_found_by_its_index(desk: Desk, statement: str, index: str) -> None:
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", YEAR).fetchall()
    steps = [step[3] for step in plan]
    assert any(step.endswith(index) for step in steps)
    assert not [step for step in steps if step.startswith("SCAN d")]


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("due", "SCAN d USING INDEX dossiers_by_due"),
        ("name", "SCAN a USING INDEX applicants_by_name"),
        ("accepted", "SCAN d"),
    ],
)
def test_a_whole_list_is_read_in_its_order_as_far_as_it_shows(
    desk: Desk, order: str, first: str
) -> None:
    """By the index of the order, else every dossier is read and sorted to show two hundred."""
    statement = f"{lists._ROW} ORDER BY {lists._ORDERS[order]} LIMIT 200"
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    steps = [step[3] for step in plan]
    assert steps[0] == first
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps


def test_who_was_asked_twice_is_found_among_the_requests_alone(desk: Desk) -> None:
    statement = figures._count(ASKED_TWICE)
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", YEAR).fetchall()
    steps = [step[3] for step in plan]
    assert "SEARCH pauses USING COVERING INDEX pauses_kind (kind=?)" in steps


def test_the_last_drill_is_found_without_reading_the_ledger(desk: Desk) -> None:
    statement = f"EXPLAIN QUERY PLAN {journal._WRITTEN} WHERE j.act = ? ORDER BY j.seq DESC"
    with desk.read() as connection:
        plan = connection.exec_driver_sql(statement, (Drilled.act.value,)).fetchall()
    assert plan[0][3] == "SCAN j USING INDEX journal_drill"


def test_the_register_book_reads_its_days_alone(desk: Desk) -> None:
    with desk.read() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {lists._BOOK}", ("2026-01-01T00:00", "2026-01-07T23:59", "")
        ).fetchall()
    assert "dossiers_accepted (accepted>? AND accepted<?)" in plan[0][3]


@pytest.mark.parametrize("condition", ["d.closed IS NULL", "d.status IN (1, 2)"])
@pytest.mark.parametrize("order", ["due", "name"])
def test_a_filtered_list_is_found_by_its_filter(desk: Desk, condition: str, order: str) -> None:
    statement = f"{lists._ROW} WHERE {condition} ORDER BY {lists._FILTERED[order]} LIMIT 200"
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    assert plan[0][3].startswith("SEARCH d USING INDEX")


@pytest.mark.parametrize("words", [["dao"], ["1234"], ["dao", "678"]])
def test_last_digits_are_found_by_the_index_of_the_search(desk: Desk, words: list[str]) -> None:
    ours = Fts5Words()
    asked = {"matching": search.match(ours, "folded", words), "limit": 200}
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {ours.find}", asked).fetchall()
    steps = [step[3] for step in plan]
    assert [step.startswith("SCAN dossier_search VIRTUAL TABLE INDEX") for step in steps] == [True]


@pytest.mark.parametrize("chip", list(Chip), ids=lambda chip: chip.value)
def test_a_filter_reads_what_fits_and_not_every_dossier(desk: Desk, chip: Chip) -> None:
    wanted = lists.Wanted(frozenset({chip}), me="an", stands_for=("binh",))
    values = wanted.values(datetime(2026, 11, 23, 10, 0))
    statement = f"{lists._ROW} WHERE {wanted.condition} ORDER BY {lists._FILTERED['due']}"
    found = Fts5Words.find_fitting.format(condition=wanted.condition)
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
        searched = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {found}", values | {"matching": '"dao"', "limit": 200}
        ).fetchall()
    steps = [step[3] for step in plan]
    by_number = chip is Chip.URGED  # those that wait stand in an index of their own
    wanted_by = "SEARCH d USING INTEGER PRIMARY KEY" if by_number else "SEARCH d USING INDEX"
    assert any(step.startswith(wanted_by) for step in steps)
    assert not any(step.startswith("SCAN d") for step in steps)
    assert searched[0][3].startswith("SCAN s VIRTUAL TABLE INDEX")
    assert searched[1][3] == "SEARCH d USING INTEGER PRIMARY KEY (rowid=?)"


def test_the_counts_of_a_day_read_that_day_alone(desk: Desk) -> None:
    with desk.read() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {lists._day_counts(Origin.ALL)}", YEAR
        ).fetchall()
    steps = [step[3] for step in plan if " INDEX " in step[3]]
    assert [step.split(" INDEX ")[1] for step in steps] == [
        "dossiers_accepted (accepted>? AND accepted<?)",
        "dossiers_returned (returned>? AND returned<?)",
    ]


def test_watched_dossiers_are_read_from_their_own_index(desk: Desk) -> None:
    """Of a desk that watches none nothing is read."""
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {lists._WATCHED}").fetchall()
    assert [step[3] for step in plan] == ["SCAN d USING INDEX dossiers_watched"]


@pytest.mark.parametrize("whole_ward", [False, True])
def test_all_checks_of_the_data_together_read_the_dossiers_once(
    desk: Desk, whole_ward: bool
) -> None:
    some = (check for check in CHECKS if quality.is_condition(check))
    chosen = tuple(check for check in some if check.whole_ward is whole_ward)
    statement = quality._statement(chosen, whole_ward)
    within = quality._bounds(Bounds.of_days(date(2026, 1, 1), date(2026, 12, 31), desk.now()))
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", within).fetchall()
    steps = [step[3] for step in plan]
    assert [step for step in steps if step.split()[:2] == ["SCAN", "d"]] == ["SCAN d"]


PAST = {"since": "2024-11-23T10:00", "at": "2026-11-23T10:00"}


@pytest.mark.parametrize(
    ("statement", "read_by"),
    [
        (courses._FINISHED, "SEARCH d USING INDEX dossiers_by_due (due>?)"),
        (courses._UNFINISHED, "SEARCH d USING INTEGER PRIMARY KEY (rowid=?)"),
        (courses._STEPS, "SEARCH h USING INDEX sqlite_autoindex_hand_overs_1 (dossier>?)"),
        (courses._PAUSES, "SEARCH p USING INDEX sqlite_autoindex_pauses_1 (dossier>?)"),
    ],
)
def test_the_forecast_reads_its_years_alone(desk: Desk, statement: str, read_by: str) -> None:
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", PAST).fetchall()
    steps = [step[3] for step in plan]
    assert read_by in steps
    assert not [step for step in steps if step.startswith(("SCAN d", "SCAN h", "SCAN p", "SCAN j"))]
