"""Numbers: never twice, whatever the process; what is rolled back was never printed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desk.store.engine import migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.office import registers

TAKE = """
import sys
from pathlib import Path
from cchc_desk.store.office import registers
from cchc_desk.store.engine.database import Database
database = Database(Path(sys.argv[1]))
for _ in range(100):
    with database.write() as connection:
        print(registers.take_number(connection, "dossier", "261123", 1))
"""


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "desk.db", create=True)
    with made.write() as connection:
        migrations.create(connection, "test")
    yield made
    made.close()


def take(made: Database, period: str = "261123", first: int = 1) -> int:
    with made.write() as connection:
        return registers.take_number(connection, "dossier", period, first)


def test_numbers_follow_and_restart_with_the_period(fresh: Database) -> None:
    assert [take(fresh), take(fresh), take(fresh, "261124"), take(fresh)] == [1, 2, 1, 3]


def test_a_block_moved_up_starts_at_its_new_first_and_never_goes_back(fresh: Database) -> None:
    assert [take(fresh), take(fresh, first=2000), take(fresh, first=1)] == [1, 2000, 2001]


def test_what_is_rolled_back_is_not_spent(fresh: Database) -> None:
    def power_cut() -> None:
        with fresh.write() as connection:
            registers.take_number(connection, "dossier", "261123", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        power_cut()
    assert take(fresh) == 1


def test_two_processes_at_once_never_take_the_same_number(fresh: Database) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, str(fresh.file)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    taken = [int(line) for process in both for line in process.communicate(timeout=60)[0].split()]
    assert sorted(taken) == list(range(1, 201))
