"""Absences of officials on disk, and the steps that their absence leaves to nobody."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cchc_desk.domain.people.absences import Absence
from cchc_desk.store.engine.database import (
    Connection,
    add_numbered,
    iso,
    run,
    sound,
    stored_day,
    stored_moment,
)
from cchc_desk.store.engine.tables import absences

# A stand-in who works here no more is none.
_ABSENCES = (
    "SELECT number, official, first, last, "
    "(SELECT id FROM officials WHERE id = stand_in AND active = 1), reason, entered, "
    "entered_by, ended FROM absences"
)


def add_absence(connection: Connection, absence: Absence) -> int:
    """Store an absence under the next number, which is returned."""
    row = {
        "official": absence.official,
        "first": absence.first.isoformat(),
        "last": absence.last.isoformat(),
        "stand_in": absence.stand_in or None,
        "reason": absence.reason,
        "entered": iso(absence.entered),
        "entered_by": absence.entered_by,
    }
    return add_numbered(connection, absences, row)


def end_absence(connection: Connection, number: int, at: datetime) -> None:
    """Store when somebody came back before the last day."""
    values = (iso(at), number)
    run(connection, "UPDATE absences SET ended = ? WHERE number = ?", values)


def absences_from(connection: Connection, day: date) -> tuple[Absence, ...]:
    """Return the absences of this day and later ones, by their first day."""
    return _absences(connection, "WHERE last >= ? ORDER BY first, number", (day.isoformat(),))


def absences_in(connection: Connection, first: date, last: date) -> tuple[Absence, ...]:
    """Return the absences of which a day lies in a period, by their first day."""
    within = (last.isoformat(), first.isoformat())
    return _absences(connection, "WHERE first <= ? AND last >= ? ORDER BY first, number", within)


def _absences(connection: Connection, where: str, values: Sequence[str]) -> tuple[Absence, ...]:
    return sound(connection, "absences", run(connection, f"{_ABSENCES} {where}", values), _absence)


def _absence(row: Any) -> Absence:
    number, official, first, last, stand_in, reason, entered, entered_by, ended = row
    "".join((official, stand_in or "", reason, entered_by))
    return Absence(
        number=int(number),
        official=official,
        first=stored_day(first),
        last=stored_day(last),
        stand_in=stand_in or "",
        reason=reason,
        entered=stored_moment(entered),
        entered_by=entered_by,
        ended=stored_moment(ended) if ended else None,
    )


def steps_by_official(connection: Connection) -> dict[str, int]:
    """Return how many steps of processes name each official."""
    sql = (
        "SELECT official, count(*) FROM process_steps WHERE official IS NOT NULL GROUP BY official"
    )
    return {str(official): int(count) for official, count in run(connection, sql)}
