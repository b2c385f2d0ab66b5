"""Verification is the tool for damage: whatever lies in the ledger's rows, it says so in words."""

from contextlib import suppress

import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.domain.ledger.facts.office import SettingsChanged
from cchc_desk.errors import Trouble
from cchc_desk.session import Desk
from tests.actions.conftest import make_intake
from tests.actions.test_tampering import forge, rows
from tests.engines import by_hand

NONSENSE = (
    "'hôm qua'",
    "''",
    "x'ff00'",
    "CAST(x'ff' AS TEXT)",
    "9223372036854775807",
    "-1.5e300",
    "'[]'",
    "'null'",
    '\'{"sums": 3, "taken": [1], "tables": [2], "seal": {}}\'',
    '\'{"sums": [{}], "taken": [{"series": 1}]}\'',
    '\'{"tables": {"sqlite_master": "x", "passwords": 1}}\'',
    '\'{"sums": [{"table": "x", "before": "", "after": "y"}]}\'',
    f"'{'[' * 4000}'",
    "'9999-99-99T99:99'",
)
COLUMNS = [
    ("journal", column)
    for column in ("desk", "at", "event", "official", "act", "code", "details_hash", "previous",
                   "hash")
] + [("journal_details", "salt"), ("journal_details", "details")]  # fmt: skip


SHORT = NONSENSE[:6]  # of the columns that hold no JSON


@pytest.mark.parametrize("which", ["(SELECT max(seq) FROM journal)", "1"])
def test_damage_in_the_ledgers_own_rows_is_a_problem_in_words(desk: Desk, which: str) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    desk.database.wait_for_disk(False)
    for table, column in COLUMNS if which != "1" else COLUMNS[-1:]:
        where = f"WHERE seq = {which}"
        ((before,),) = rows(desk, f"SELECT {column} FROM {table} {where}")
        for value in NONSENSE if column == "details" else SHORT[:5]:
            forge(desk, f"UPDATE {table} SET {column} = {value} {where}")

            problems = upkeep.verify_ledger(desk).problems
            assert any("sổ cái" in problem for problem in problems) or value == f"'{before}'"
            with desk.read() as connection:
                upkeep.dossier_problems(connection, code)
            with suppress(Trouble), desk.write() as connection:  # in words, if at all
                desk.record(connection, SettingsChanged({}))
                raise Trouble("enough", "nothing of it is kept")

            with by_hand(desk.folder) as other:
                other.execute(f"UPDATE {table} SET {column} = ? {where}", (before,))
