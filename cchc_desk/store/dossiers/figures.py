"""The figures of domain/figures.py counted over a desk's dossiers; the number and the list behind it
are of the very same condition.
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
from cchc_desk.store.engine.database import run

_COUNT = {
    figure: f"SELECT count(*) FROM dossiers d WHERE {sql_of(figure.condition)}"  # noqa: S608 - our own words
    for figure in PERIOD_FIGURES
}
_CAUSES = f"""
SELECT coalesce(r.cause, ''), count(*)
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
    """How many dossiers one of PERIOD_FIGURES counts."""
    (number,) = run(connection, _COUNT[figure], bounds(within)).fetchone()
    return int(number)


def counts(connection: Connection, within: Period) -> PeriodCounts:
    """All counts of a period at once."""
    return PeriodCounts(
        ready=count(connection, READY, within),
        ready_late=count(connection, READY_LATE, within),
        open=count(connection, OPEN, within),
        open_late=count(connection, OPEN_LATE, within),
        gone=count(connection, GONE, within),
        gone_late=count(connection, GONE_LATE, within),
    )


def causes(connection: Connection, within: Period) -> tuple[tuple[str, int], ...]:
    """(code of the cause, how many late dossiers of the period), the most frequent first; "" where
    none is fixed.
    """
    rows = run(connection, _CAUSES, bounds(within))
    return tuple((cause, int(number)) for cause, number in rows)


def faults(connection: Connection, within: Period) -> tuple[tuple[str, str], ...]:
    """(official, dossier code) of every dossier due in the period that is late through that
    person's own fault.
    """
    return tuple((official, code) for official, code in run(connection, _FAULTS, bounds(within)))
