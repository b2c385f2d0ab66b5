"""Figures of domain/figures.py counted over a desk's dossiers.

A number and the list behind it are of the very same condition.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from cchc_desk.domain.figures import (
    APOLOGISED,
    DUE_LATE,
    FAULT,
    GONE,
    GONE_LATE,
    OPEN,
    OPEN_LATE,
    READY,
    READY_LATE,
    TOLD_IN_TIME,
    Figure,
    Origin,
    Period,
    of_origin,
)
from cchc_desk.domain.late_share import SHARE_LATE, ApologyCoverage
from cchc_desk.store.dossiers.conditions import bounds, sql_of
from cchc_desk.store.dossiers.dossiers import LETTERS_CAUSE
from cchc_desk.store.engine.database import run, sound


@cache
def _count(figure: Figure) -> str:
    return f"SELECT count(*) FROM dossiers d WHERE {sql_of(figure.condition)}"  # noqa: S608


@cache
def _codes(figure: Figure) -> str:
    return f"SELECT d.code FROM dossiers d WHERE {sql_of(figure.condition)} ORDER BY +d.due, d.n"  # noqa: S608


@cache
def _causes(origin: Origin) -> str:
    late = (sql_of(of_origin(figure, origin).condition) for figure in SHARE_LATE)
    return f"""
    SELECT coalesce(r.cause, {LETTERS_CAUSE}, ''), count(*)
    FROM dossiers d LEFT JOIN responsibilities r ON r.dossier = d.n
    WHERE {" OR ".join(late)}
    GROUP BY 1 ORDER BY 2 DESC, 1
    """  # noqa: S608 - our own words


@cache
def _faults(origin: Origin) -> str:
    return f"""
    SELECT r.official, d.code FROM responsibilities r JOIN dossiers d ON d.n = r.dossier
    WHERE {sql_of(of_origin(FAULT, origin).condition)} ORDER BY r.official, d.first_due, d.n
    """  # noqa: S608 - our own words


@dataclass(frozen=True)
class PeriodCounts:
    """The counts of a period that shares are made of."""

    ready: int
    ready_late: int
    open: int
    open_late: int
    gone: int
    gone_late: int


def count(
    connection: Connection, figure: Figure, within: Period, origin: Origin = Origin.ALL
) -> int:
    """Return the number of dossiers of this origin that a figure counts, FAULT excepted."""
    (number,) = run(connection, _count(of_origin(figure, origin)), bounds(within)).fetchone()
    return int(number)


@cache
def _counts(figures: tuple[Figure, ...], origin: Origin) -> str:
    each = (
        f"count(*) FILTER (WHERE {sql_of(of_origin(figure, origin).condition)})"
        for figure in figures
    )
    return f"SELECT {', '.join(each)} FROM dossiers d"  # noqa: S608 - our own words


def count_all(
    connection: Connection, figures: tuple[Figure, ...], within: Period, origin: Origin
) -> dict[Figure, int]:
    """Return the number of dossiers of each figure, FAULT excepted, in one reading of them all."""
    numbers = run(connection, _counts(figures, origin), bounds(within)).fetchone()
    return dict(zip(figures, map(int, numbers), strict=True))


def codes(
    connection: Connection, figure: Figure, within: Period, origin: Origin = Origin.ALL
) -> tuple[str, ...]:
    """Return the codes of the dossiers that a figure counts, FAULT excepted, by due moment."""
    rows = run(connection, _codes(of_origin(figure, origin)), bounds(within))
    return sound(connection, "dossiers", rows, lambda row: str(row[0]))


def counts(connection: Connection, within: Period, origin: Origin = Origin.ALL) -> PeriodCounts:
    """Return all counts of a period."""
    return PeriodCounts(
        ready=count(connection, READY, within, origin),
        ready_late=count(connection, READY_LATE, within, origin),
        open=count(connection, OPEN, within, origin),
        open_late=count(connection, OPEN_LATE, within, origin),
        gone=count(connection, GONE, within, origin),
        gone_late=count(connection, GONE_LATE, within, origin),
    )


def coverage(
    connection: Connection, within: Period, origin: Origin = Origin.ALL
) -> ApologyCoverage:
    """Return how many of the late dossiers of a period were apologised for, or told in time."""
    return ApologyCoverage(
        late=count(connection, DUE_LATE, within, origin),
        apologised=count(connection, APOLOGISED, within, origin),
        told=count(connection, TOLD_IN_TIME, within, origin),
    )


def causes(
    connection: Connection, within: Period, origin: Origin = Origin.ALL
) -> tuple[tuple[str, int], ...]:
    """Return (code of the cause, late dossiers of the period), the most frequent first.

    The code is "" where none is fixed.
    """
    rows = run(connection, _causes(origin), bounds(within))
    return tuple((cause, int(number)) for cause, number in rows)


def faults(
    connection: Connection, within: Period, origin: Origin = Origin.ALL
) -> tuple[tuple[str, str], ...]:
    """Return (official, dossier code) of every strike of the period.

    A strike is a dossier due in the period and late through that person's own fault.
    """
    rows = run(connection, _faults(origin), bounds(within))
    return tuple((official, code) for official, code in rows)
