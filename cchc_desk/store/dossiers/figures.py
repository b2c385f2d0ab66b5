"""Figures of domain/figures.py counted over a desk's dossiers.

A number and the list behind it are of the very same condition.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from cchc_desk.domain.figures import (
    FAULT,
    GONE,
    GONE_LATE,
    OPEN,
    OPEN_LATE,
    PERIOD_FIGURES,
    READY,
    READY_LATE,
    Figure,
    Period,
)
from cchc_desk.domain.late_share import SHARE_LATE
from cchc_desk.store.dossiers.conditions import bounds, sql_of
from cchc_desk.store.dossiers.dossiers import LETTERS_CAUSE
from cchc_desk.store.engine.database import run

_ALL = "SELECT count(*) FROM dossiers d"
_COUNT = {figure: f"{_ALL} WHERE {sql_of(figure.condition)}" for figure in PERIOD_FIGURES}
_CAUSES = f"""
SELECT coalesce(r.cause, {LETTERS_CAUSE}, ''), count(*)
FROM dossiers d LEFT JOIN responsibilities r ON r.dossier = d.n
WHERE {" OR ".join(sql_of(figure.condition) for figure in SHARE_LATE)}
GROUP BY 1 ORDER BY 2 DESC, 1
"""  # noqa: S608 - our own words
_FAULTS = f"""
SELECT r.official, d.code FROM responsibilities r JOIN dossiers d ON d.n = r.dossier
WHERE {sql_of(FAULT.condition)} ORDER BY r.official, d.first_due, d.n
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


def count(connection: Connection, figure: Figure, within: Period) -> int:
    """Return the number of dossiers that one of PERIOD_FIGURES counts."""
    (number,) = run(connection, _COUNT[figure], bounds(within)).fetchone()
    return int(number)


def counts(connection: Connection, within: Period) -> PeriodCounts:
    """Return all counts of a period."""
    return PeriodCounts(
        ready=count(connection, READY, within),
        ready_late=count(connection, READY_LATE, within),
        open=count(connection, OPEN, within),
        open_late=count(connection, OPEN_LATE, within),
        gone=count(connection, GONE, within),
        gone_late=count(connection, GONE_LATE, within),
    )


def causes(connection: Connection, within: Period) -> tuple[tuple[str, int], ...]:
    """Return (code of the cause, late dossiers of the period), the most frequent first.

    The code is "" where none is fixed.
    """
    rows = run(connection, _CAUSES, bounds(within))
    return tuple((cause, int(number)) for cause, number in rows)


def faults(connection: Connection, within: Period) -> tuple[tuple[str, str], ...]:
    """Return (official, dossier code) of every strike of the period.

    A strike is a dossier due in the period and late through that person's own fault.
    """
    return tuple((official, code) for official, code in run(connection, _FAULTS, bounds(within)))
