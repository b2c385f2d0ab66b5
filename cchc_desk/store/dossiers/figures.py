"""Counts over all dossiers, each said once as a condition: the number and the list behind it use
the very same words.

Moments are ISO text, so SQL compares them as time does. `last_minute` is the last minute at which
the first promise is not late; a clock that stands still since before the due moment is not late,
however long it stands.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.store.dossiers import lists
from cchc_desk.store.dossiers.dossiers import iso
from cchc_desk.store.engine.database import run

STANDS = "d.paused_since IS NOT NULL AND d.paused_since <= d.first_due"
# Open at the end of a period: taken in by then, and neither ready nor withdrawn nor stopped by
# then.
_OPEN = "d.accepted <= :end AND (d.ready IS NULL OR d.ready > :end) AND (d.ended IS NULL OR d.ended > :end)"
_READY = "d.ready BETWEEN :start AND :end"
_GONE = "d.ended BETWEEN :start AND :end"
_TWICE = "SELECT dossier FROM pauses WHERE kind = 'supplement' GROUP BY dossier HAVING count(*) > 1"

CONDITIONS = {
    "ready": _READY,
    "ready late": f"{_READY} AND d.ready > d.last_minute",
    "open": _OPEN,
    "open late": f"{_OPEN} AND d.last_minute < :end AND NOT ({STANDS})",
    "gone": _GONE,
    "gone late": f"{_GONE} AND d.ended > d.last_minute",
    "twice": f"d.n IN ({_TWICE}) AND ({_READY} OR {_OPEN} OR {_GONE})",
}
LATE = ("ready late", "open late", "gone late")
_STRIKES = f"""
SELECT r.official, d.code FROM responsibilities r JOIN dossiers d ON d.n = r.dossier
WHERE r.own_fault = 1 AND r.official IS NOT NULL AND substr(d.first_due, 1, 4) = :year
  AND coalesce(d.ready, d.ended, CASE WHEN {STANDS} THEN d.paused_since END, :now) > d.last_minute
ORDER BY r.official, d.first_due, d.n
"""  # noqa: S608 - our own words


@dataclass(frozen=True)
class Period:
    """From the first minute of a day to the last of another, or to now where that is earlier."""

    start: str
    end: str


def period(first: date, last: date, now: datetime) -> Period:
    return Period(f"{first.isoformat()}T00:00", min(f"{last.isoformat()}T23:59", iso(now)))


def count(connection: Connection, condition: str, within: Period) -> int:
    """How many dossiers fit one of CONDITIONS in the period."""
    sql = f"SELECT count(*) FROM dossiers d WHERE {CONDITIONS[condition]}"  # noqa: S608 - our own words
    (number,) = run(connection, sql, vars(within)).fetchone()
    return int(number)


@dataclass(frozen=True)
class PeriodCounts:
    """The counts of a period that shares are made of."""

    ready: int
    ready_late: int
    open: int
    open_late: int
    gone: int
    gone_late: int


def counts(connection: Connection, within: Period) -> PeriodCounts:
    """All counts of a period at once."""
    return PeriodCounts(
        ready=count(connection, "ready", within),
        ready_late=count(connection, "ready late", within),
        open=count(connection, "open", within),
        open_late=count(connection, "open late", within),
        gone=count(connection, "gone", within),
        gone_late=count(connection, "gone late", within),
    )


def behind(
    connection: Connection, condition: str, within: Period, now: datetime
) -> tuple[DossierRow, ...]:
    """The dossiers behind the count, by due moment."""
    return lists.where(connection, now, CONDITIONS[condition], vars(within))


def causes(connection: Connection, within: Period) -> tuple[tuple[str, int], ...]:
    """(code of the cause, how many late dossiers of the period), the most frequent first; "" where
    none is fixed.
    """
    late = " OR ".join(f"({CONDITIONS[name]})" for name in LATE)
    sql = (
        "SELECT coalesce(r.cause, ''), count(*) FROM dossiers d LEFT JOIN responsibilities r ON r.dossier = d.n "  # noqa: S608 - our own words
        f"WHERE {late} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return tuple((cause, int(number)) for cause, number in run(connection, sql, vars(within)))


def strikes(connection: Connection, year: int, now: datetime) -> tuple[tuple[str, str], ...]:
    """(official, dossier code) of every dossier of the year's due days that is late through that
    person's own fault.
    """
    rows = run(connection, _STRIKES, {"year": str(year), "now": iso(now)})
    return tuple((official, code) for official, code in rows)
