"""Years of the office calendar entered at this desk: added, confirmed once, never changed."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from cchc_desk.domain.time.calendar import CalendarYear, DayKind, SpecialDay
from cchc_desk.store.engine.database import add, sound, stored_day, stored_moment
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
        "entered": _iso(entered.entered),
    }
    add(connection, calendar_years, [row])


def confirm(connection: Connection, year_id: str, by: str, at: datetime) -> None:
    """Put a year in force and raise the facts' revision; the caller holds the transaction."""
    statement = update(calendar_years).where(calendar_years.c.id == year_id)
    connection.execute(statement.values(confirmed_by=by, confirmed=_iso(at)))
    registers.raise_revision(connection)


def years(connection: Connection) -> tuple[CalendarYear, ...]:
    """Return every year entered, in the order of entering."""
    rows = connection.execute(
        select(calendar_years).order_by(calendar_years.c.entered, calendar_years.c.id)
    )
    return sound(connection, "calendar_years", rows, _year)


def in_force(connection: Connection) -> tuple[CalendarYear, ...]:
    """Return the entered year in force for each year: the one confirmed last."""
    confirmed = [entered for entered in years(connection) if entered.confirmed]
    confirmed.sort(key=lambda entered: (entered.confirmed, entered.id))
    return tuple({entered.year: entered for entered in confirmed}.values())


def _year(row: Row[Any]) -> CalendarYear:
    days = (
        SpecialDay(stored_day(day), DayKind(kind), name, document, mark)
        for day, kind, name, document, mark in json.loads(row.days)
    )
    return CalendarYear(
        id=row.id,
        year=row.year,
        document=row.document,
        days=tuple(days),
        entered=stored_moment(row.entered),
        entered_by=row.entered_by,
        confirmed=stored_moment(row.confirmed) if row.confirmed else None,
        confirmed_by=row.confirmed_by,
    )


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
