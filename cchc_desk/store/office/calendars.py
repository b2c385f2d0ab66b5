"""Years of the office calendar entered at this desk: added, confirmed once, never changed."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from cchc_desk.domain.time.calendar import CalendarYear, DayKind, SpecialDay
from cchc_desk.store.engine.database import add, iso, run, sound, stored_day, stored_moment
from cchc_desk.store.engine.tables import calendar_years
from cchc_desk.store.office import registers


def add_year(connection: Connection, entered: CalendarYear) -> None:
    """Add a year as entered, not yet in force."""
    days = [
        [day.day.isoformat(), day.kind.value, day.name, day.document, day.mark]
        for day in entered.days
    ]
    row = {
        "id": entered.id,
        "year": entered.year,
        "document": entered.document,
        "days": json.dumps(days, ensure_ascii=False),
        "entered_by": entered.entered_by,
        "entered": iso(entered.entered),
    }
    add(connection, calendar_years, [row])


def confirm(connection: Connection, year_id: str, by: str, at: datetime) -> None:
    """Put a year in force and raise the facts' revision; the caller holds the transaction."""
    statement = update(calendar_years).where(calendar_years.c.id == year_id)
    connection.execute(statement.values(confirmed_by=by, confirmed=iso(at)))
    registers.raise_revision(connection)


def years(connection: Connection) -> tuple[CalendarYear, ...]:
    """Return every year entered, in the order of entering."""
    sql = (
        "SELECT id, year, document, days, entered, entered_by, confirmed, confirmed_by "
        "FROM calendar_years ORDER BY entered, id"
    )
    return sound(connection, "calendar_years", run(connection, sql), _year)


def in_force(connection: Connection) -> tuple[CalendarYear, ...]:
    """Return the entered year in force for each year: the one confirmed last."""
    confirmed = [entered for entered in years(connection) if entered.confirmed]
    confirmed.sort(key=lambda entered: (entered.confirmed, entered.id))
    return tuple({entered.year: entered for entered in confirmed}.values())


def _year(row: Any) -> CalendarYear:
    year_id, year, document, days, entered, entered_by, confirmed, confirmed_by = row
    "".join((year_id, document, entered_by, confirmed_by or ""))
    return CalendarYear(
        id=year_id,
        year=int(year),
        document=document,
        days=tuple(
            SpecialDay(stored_day(day), DayKind(kind), name, paper, mark)
            for day, kind, name, paper, mark in json.loads(days)
        ),
        entered=stored_moment(entered),
        entered_by=entered_by,
        confirmed=stored_moment(confirmed) if confirmed else None,
        confirmed_by=confirmed_by,
    )
