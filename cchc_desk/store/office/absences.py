"""Absences of officials on disk, and the steps that their absence leaves to nobody."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from cchc_desk.domain.people.absences import Absence
from cchc_desk.store.engine.database import Connection, add, run, sound, stored_day, stored_moment
from cchc_desk.store.engine.tables import absences

_ABSENCES = (
    "SELECT number, official, first, last, stand_in, reason, entered, entered_by, ended "
    "FROM absences"
)


def add_absence(connection: Connection, absence: Absence) -> int:
    """Store an absence under the next number, which is returned."""
    row = {
        "official": absence.official,
        "first": absence.first.isoformat(),
        "last": absence.last.isoformat(),
        "stand_in": absence.stand_in or None,
        "reason": absence.reason,
        "entered": absence.entered.isoformat(timespec="minutes"),
        "entered_by": absence.entered_by,
    }
    return add(connection, absences, [row])


def end_absence(connection: Connection, number: int, at: datetime) -> None:
    values = (at.isoformat(timespec="minutes"), number)
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


def held_by(connection: Connection, officials: Iterable[str]) -> dict[str, int]:
    """Return the number of open dossiers that each of these officials holds."""
    wanted = list(officials)
    sql = (
        "SELECT holder, count(*) FROM dossiers WHERE closed IS NULL AND ready IS NULL "  # noqa: S608
        f"AND ended IS NULL AND holder IN ({', '.join('?' * len(wanted))}) GROUP BY holder"
    )
    return {holder: int(count) for holder, count in run(connection, sql, wanted)}


def named_steps(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Return (official, step, procedure) of each step of a process that one official does."""
    sql = (
        "SELECT official, name, procedure_code FROM process_steps WHERE official IS NOT NULL "
        "ORDER BY procedure_code, ordinal"
    )
    return tuple((official, name, code) for official, name, code in run(connection, sql))
