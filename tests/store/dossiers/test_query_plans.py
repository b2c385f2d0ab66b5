"""No list and no figure reads all rows of the desk, whichever index SQLite prefers."""

from itertools import permutations

import pytest

from cchc_desk.domain.figures import DUE, GONE_LATE, OPEN_LATE, READY_LATE
from cchc_desk.session import Desk
from cchc_desk.store import courtesy
from cchc_desk.store.dossiers import figures, lists
from tests.actions.conftest import clock as clock
from tests.actions.conftest import desk as desk
from tests.actions.conftest import ward as ward

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
        (figures._COUNT[READY_LATE], "dossiers_ready (ready>? AND ready<?)"),
        (figures._COUNT[GONE_LATE], "dossiers_ended (ended>? AND ended<?)"),
        (figures._COUNT[OPEN_LATE], "dossiers_ready (ready=? AND last_minute<?)"),
        (figures._FAULTS, "responsibilities_fault (own_fault=? AND official>?)"),
        (lists._BEHIND[READY_LATE], "dossiers_ready (ready>? AND ready<?)"),
        (lists._BEHIND[DUE], "dossiers_due (status=? AND due>? AND due<?)"),
        (lists._MAY_BE_LATE["due"], "dossiers_open (closed=? AND last_minute<?)"),
    ],
)
def test_a_figure_is_found_by_its_index(desk: Desk, statement: str, index: str) -> None:
    with desk.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", YEAR).fetchall()
    steps = [step[3] for step in plan]
    assert any(step.endswith(index) for step in steps)
    assert not [step for step in steps if step.startswith("SCAN d")]
