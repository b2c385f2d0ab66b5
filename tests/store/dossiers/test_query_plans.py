"""No line of a list goes through all that the desk ever stored, whichever index SQLite prefers."""

from itertools import permutations

import pytest

from cchc_desk.session import Desk
from cchc_desk.store import courtesy
from cchc_desk.store.dossiers import lists
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
