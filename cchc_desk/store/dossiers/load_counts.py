"""Counts over dossiers by cause and by the hour in which they were taken in."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection

from cchc_desk.domain.figures import RECEIVED, Origin, Period, of_origin
from cchc_desk.domain.late_share import SHARE_LATE
from cchc_desk.store.dossiers.conditions import bounds, sql_of
from cchc_desk.store.dossiers.dossiers import LETTERS_CAUSE
from cchc_desk.store.engine.database import run, sound


class HourLine(NamedTuple):
    """Dossiers that were taken in within one hour of one day."""

    hour: datetime
    dossiers: int


_HOUR = "substr(d.accepted, 1, 13)"  # of `2026-11-23T10:05`


@cache
def _by_hour(origin: Origin) -> str:
    received = sql_of(of_origin(RECEIVED, origin).condition)
    return f"SELECT {_HOUR}, count(*) FROM dossiers d WHERE {received} GROUP BY 1"  # noqa: S608 - our own names


@cache
def _hour_codes(origin: Origin) -> str:
    received = sql_of(of_origin(RECEIVED, origin).condition)
    return f"SELECT d.code, {_HOUR} FROM dossiers d WHERE {received} ORDER BY +d.due, d.n"  # noqa: S608 - our own names


@cache
def _cause_codes(origin: Origin, one_cause: bool) -> str:
    of_cause = f"AND coalesce(r.cause, {LETTERS_CAUSE}, '') = :cause" if one_cause else ""
    late = (sql_of(of_origin(figure, origin).condition) for figure in SHARE_LATE)
    return f"""
    SELECT d.code FROM dossiers d LEFT JOIN responsibilities r ON r.dossier = d.n
    WHERE ({" OR ".join(late)}) {of_cause}
    ORDER BY +d.due, d.n
    """  # noqa: S608 - our own words


def by_hour(connection: Connection, within: Period, origin: Origin) -> tuple[HourLine, ...]:
    """Return how many dossiers of a period were taken in within each hour of each day."""
    rows = run(connection, _by_hour(origin), bounds(within))
    return sound(connection, "dossiers", rows, lambda row: HourLine(_hour(row[0]), int(row[1])))


def hour_codes(
    connection: Connection, within: Period, origin: Origin
) -> tuple[tuple[str, datetime], ...]:
    """Return (code, hour in which it was taken in) of the dossiers of a period, by due moment."""
    rows = run(connection, _hour_codes(origin), bounds(within))
    return sound(connection, "dossiers", rows, lambda row: (str(row[0]), _hour(row[1])))


def cause_codes(
    connection: Connection, cause: str | None, within: Period, origin: Origin
) -> tuple[str, ...]:
    """Return the codes of the late dossiers of a period, by due moment.

    `cause`: with this one ("" where none is fixed); None for all of them.
    """
    values = bounds(within) | ({} if cause is None else {"cause": cause})
    rows = run(connection, _cause_codes(origin, cause is not None), values)
    return sound(connection, "dossiers", rows, lambda row: str(row[0]))


def _hour(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00")
