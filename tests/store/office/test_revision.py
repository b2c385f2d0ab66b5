"""The revision of the facts: raised by whoever changes a setting or puts a year in force."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.time.calendar import CalendarYear, DayKind, SpecialDay
from cchc_desk.store.engine import migrations
from cchc_desk.store.engine.database import Connection, Database
from cchc_desk.store.ledger import integrity
from cchc_desk.store.office import calendars, officials, registers

NOW = datetime(2026, 11, 23, 10, 0)
YEAR = CalendarYear(
    "lich-2026-1",
    2026,
    "TB 99/TB-UBND",
    (SpecialDay(date(2026, 9, 2), DayKind.OFF, "Quốc khánh", "TB", ""),),
    NOW,
    "dung",
)


@pytest.fixture
def fresh(tmp_path: Path) -> Database:
    made = Database(tmp_path / "desk.db", create=True)
    with made.write() as connection:
        migrations.create(connection, "test")
        officials.add_official(
            connection, Official("dung", "Phạm Tiến Dũng", Role.ADMINISTRATOR, ""), ""
        )
        registers.keep_setting(connection, "hotline", "1")
        calendars.add_year(connection, YEAR)
    return made


def revision(database: Database) -> int:
    with database.read() as connection:
        return registers.revision(connection)


@pytest.mark.parametrize(
    "change",
    [
        lambda connection: registers.keep_setting(connection, "block_first", 500),
        lambda connection: registers.drop_setting(connection, "hotline"),
        lambda connection: calendars.confirm(connection, YEAR.id, "dung", NOW),
    ],
)
def test_each_change_raises_it_once_it_is_kept(
    fresh: Database, change: Callable[[Connection], None]
) -> None:
    def power_cut() -> None:
        with fresh.write() as connection:
            change(connection)
            raise ZeroDivisionError

    before = revision(fresh)
    with pytest.raises(ZeroDivisionError):
        power_cut()
    assert revision(fresh) == before
    with fresh.write() as connection:
        change(connection)
    assert revision(fresh) == before + 1
    fresh.close()


def test_what_is_no_fact_leaves_it_and_it_leaves_the_seal_of_the_settings(fresh: Database) -> None:
    before = revision(fresh)
    with fresh.write() as connection:
        sealed = integrity.table_seal(connection, "settings")
        registers.take_number(connection, "dossier", "261123", 1)
        assert registers.revision(connection) == before
        registers.raise_revision(connection)
        assert integrity.table_seal(connection, "settings") == sealed
    fresh.close()
