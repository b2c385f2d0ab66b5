"""Counts of each day, field and system, kept by blocks of dossiers, so that a report reads days.

A trigger forgets the days of a block as soon as one of its dossiers changes; a block without days
is counted dossier by dossier, so that a report is the same whatever is summed (docs/decisions/100).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection

from cchc_desk.domain.figures import (
    CARRIED_OVER,
    CLOCK_RUNS,
    COUNTED,
    GONE,
    OPEN_IN_TIME,
    OPEN_LATE,
    READY_EARLY,
    READY_LATE,
    READY_ON_TIME,
    RECEIVED_ON_PAPER,
    RECEIVED_ONLINE,
    Figure,
    Origin,
    Period,
)
from cchc_desk.store.dossiers.conditions import sql_of
from cchc_desk.store.engine.database import iso, run, sound
from cchc_desk.store.engine.tables import DOSSIERS_PER_BLOCK

WORTH_SUMMING = 2 * DOSSIERS_PER_BLOCK  # so many without days are counted in a moment

# --- what a dossier adds to which day -------------------------------------------------------------

_ACCEPTED_DAY = "substr(d.accepted, 1, 10)"
_FINISHED_DAY = "substr(coalesce(d.ready, d.ended), 1, 10)"
# The first day at whose end it is late: that of its last minute, unless that is the day's own last.
_FIRST_DAY_LATE = """CASE WHEN substr(d.last_minute, 12) = '23:59'
  THEN date(d.last_minute, '+1 day') ELSE substr(d.last_minute, 1, 10) END"""
_LATE_FROM = f"max({_ACCEPTED_DAY}, {_FIRST_DAY_LATE})"
# What follows from its moments holds only where they come one after the other.
_IS_REGULAR = f"""d.accepted GLOB '[12][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*'
  AND d.last_minute GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T*'
  AND (d.ready IS NULL OR d.ended IS NULL)
  AND ({_FINISHED_DAY} IS NULL OR coalesce(d.ready, d.ended) >= d.accepted)"""
_FLOWS = (RECEIVED_ONLINE, RECEIVED_ON_PAPER, READY_EARLY, READY_ON_TIME, READY_LATE, GONE)
_EVER = {"start": "0000", "end": "9999", "now": "9999"}  # the bounds of a flow on any day
# Of the last two: the days at whose end a dossier begins (1) and ceases (-1) to stand there.
_COLUMNS = (*(figure.name for figure in _FLOWS), "open", "open_late")
_COUNTED = sql_of(COUNTED)
_IS_LATE = (
    f"{_COUNTED} AND {sql_of(CLOCK_RUNS)} "
    f"AND ({_FINISHED_DAY} IS NULL OR {_FINISHED_DAY} > {_LATE_FROM})"
)


def _added(day: str, condition: str, added: dict[str, str]) -> str:
    """Return SQL with what each dossier of the condition adds to this day of it, by column."""
    columns = ", ".join(f"{added.get(name, '0')} AS {name}" for name in _COLUMNS)
    return (
        f"SELECT {day} AS day, d.field AS field, d.system AS system, {columns} "  # noqa: S608 - our own words
        f"FROM dossiers d WHERE d.n BETWEEN :first AND :last AND {condition}"
    )


def _flows(*figures: Figure) -> dict[str, str]:
    return {one.name: f"CASE WHEN {sql_of(one.condition)} THEN 1 ELSE 0 END" for one in figures}


_ON_ACCEPTANCE = _added(
    _ACCEPTED_DAY, _COUNTED, _flows(RECEIVED_ONLINE, RECEIVED_ON_PAPER) | {"open": "1"}
)
_ON_RESULT = _added(
    _FINISHED_DAY,
    f"{_COUNTED} AND {_FINISHED_DAY} IS NOT NULL",
    _flows(READY_EARLY, READY_ON_TIME, READY_LATE, GONE)
    | {"open": "-1", "open_late": f"CASE WHEN {_IS_LATE} THEN -1 ELSE 0 END"},
)
_ON_LATENESS = _added(_LATE_FROM, _IS_LATE, {"open_late": "1"})
_DAYS = f"""
SELECT day, field, system, {", ".join(f"sum({name})" for name in _COLUMNS)}
FROM ({_ON_ACCEPTANCE} UNION ALL {_ON_RESULT} UNION ALL {_ON_LATENESS}) added
GROUP BY day, field, system
"""  # noqa: S608 - our own words

# --- summing --------------------------------------------------------------------------------------

_ADD = (
    f"INSERT INTO day_summaries (block, day, field, system, {', '.join(_COLUMNS)}) "  # noqa: S608 - our own words
    f"SELECT :block, days.* FROM ({_DAYS}) days"
)
_IRREGULAR = f"""
SELECT 1 FROM dossiers d WHERE d.n BETWEEN :first AND :last AND NOT coalesce({_IS_REGULAR}, false)
LIMIT 1
"""  # noqa: S608 - our own words
_KEPT = f"""
SELECT day, field, system, {", ".join(_COLUMNS)} FROM day_summaries WHERE block = :block
"""  # noqa: S608 - our own words


class Rows(NamedTuple):
    """Row numbers of dossiers, both included."""

    first: int
    last: int


def unsummed(connection: Connection) -> tuple[Rows, ...]:
    """Return the rows of the blocks without days, in order."""
    found, after = [], 0
    for block in (*summed_blocks(connection), None):
        last = _END if block is None else block * DOSSIERS_PER_BLOCK - 1
        if after <= last:
            found.append(Rows(after, last))
        after = last + 1 + DOSSIERS_PER_BLOCK
    return tuple(found)


_END = 2**62  # behind every row number
_LAST_BLOCK = _END // DOSSIERS_PER_BLOCK - 1
_NO_BLOCK = f"typeof(block) <> 'integer' OR block NOT BETWEEN 0 AND {_LAST_BLOCK}"


def summed_blocks(connection: Connection) -> tuple[int, ...]:
    """Return the blocks that have days, in order."""
    rows = run(connection, "SELECT DISTINCT block FROM day_summaries ORDER BY block")
    return sound(connection, "day_summaries", rows, _block)


def _block(row: tuple[object]) -> int:
    (block,) = row
    if type(block) is not int or not 0 <= block <= _LAST_BLOCK:
        raise TypeError(block)
    return block


def blocks_to_sum(connection: Connection) -> tuple[int, ...]:
    """Return the blocks with dossiers and without days; none where they are few dossiers."""
    blocks, count = [], 0
    for rows in unsummed(connection):
        first = rows.first
        while (number := _next_dossier(connection, first, rows.last)) is not None:
            block = number // DOSSIERS_PER_BLOCK
            blocks.append(block)
            count += _dossiers(connection, block)
            first = (block + 1) * DOSSIERS_PER_BLOCK
    return tuple(blocks) if count >= WORTH_SUMMING else ()


def _next_dossier(connection: Connection, first: int, last: int) -> int | None:
    sql = "SELECT min(n) FROM dossiers WHERE n BETWEEN ? AND ?"
    (number,) = run(connection, sql, (first, last)).fetchone()
    return None if number is None else int(number)


def _dossiers(connection: Connection, block: int) -> int:
    sql = "SELECT count(*) FROM dossiers WHERE n BETWEEN :first AND :last"
    (number,) = run(connection, sql, _rows_of(block)).fetchone()
    return int(number)


def _rows_of(block: int) -> dict[str, int]:
    first = block * DOSSIERS_PER_BLOCK
    return {"first": first, "last": first + DOSSIERS_PER_BLOCK - 1}


def sum_block(connection: Connection, block: int) -> None:
    """Sum the days of a block anew; the caller holds the write transaction.

    One with a dossier whose moments cannot be, such as a result before its acceptance, stays
    without days.
    """
    run(connection, "DELETE FROM day_summaries WHERE block = ?", (block,))
    rows = _rows_of(block)
    if run(connection, _IRREGULAR, rows).fetchone() is None:
        run(connection, _ADD, {**rows, **_EVER, "block": block})


def differing_blocks(connection: Connection) -> Iterator[int]:
    """Yield the summed blocks of which a recount of the dossiers gives other days."""
    for block in summed_blocks(connection):
        kept = run(connection, _KEPT, {"block": block})
        counted = run(connection, _DAYS, {**_rows_of(block), **_EVER})
        own = {(*row[:3], *map(int, row[3:])) for row in counted.fetchall()}
        if set(sound(connection, "day_summaries", kept, tuple)) != own:
            yield block


def is_damaged(connection: Connection) -> bool:
    """True where a row is of no block that there can be."""
    sql = f"SELECT 1 FROM day_summaries WHERE {_NO_BLOCK} LIMIT 1"  # noqa: S608 - our own words
    return run(connection, sql).fetchone() is not None


def mend(connection: Connection, blocks: Iterable[int]) -> None:
    """Sum these blocks anew, and drop what is damaged; the caller holds the write transaction."""
    run(connection, f"DELETE FROM day_summaries WHERE {_NO_BLOCK}")  # noqa: S608 - our own words
    for block in blocks:
        sum_block(connection, block)


# --- counting -------------------------------------------------------------------------------------

_OF_DAYS: dict[Figure, str] = {
    **{
        figure: f"sum({figure.name}) FILTER (WHERE day BETWEEN :first AND :last)"
        for figure in _FLOWS
    },
    CARRIED_OVER: "sum(open) FILTER (WHERE day < :first)",
    OPEN_IN_TIME: "sum(open) FILTER (WHERE day <= :last) "
    "- sum(open_late) FILTER (WHERE day <= :last)",
    OPEN_LATE: "sum(open_late) FILTER (WHERE day <= :last)",
}
KNOWN = frozenset(_OF_DAYS)
_OF_ORIGIN = {
    Origin.ALL: "",
    Origin.DESK: "WHERE system = ''",
    Origin.LIST: "WHERE system <> ''",
}


@cache
def _summed(column: str, figures: tuple[Figure, ...], origin: Origin) -> str:
    sums = ", ".join(f"coalesce({_OF_DAYS[figure]}, 0)" for figure in figures)
    return (
        f"SELECT {column}, {sums} FROM day_summaries "  # noqa: S608 - our own words
        f"{_OF_ORIGIN[origin]} GROUP BY {column}"
    )


Counts = dict[str, Counter[Figure]]


def counts(
    connection: Connection, column: str, figures: tuple[Figure, ...], within: Period, origin: Origin
) -> Counts:
    """Return the counts of the summed blocks by `column`, the days of the period taken whole."""
    days = {"first": f"{within.start:%Y-%m-%d}", "last": f"{within.end:%Y-%m-%d}"}

    def counted(row: tuple[str, int]) -> tuple[str, Counter[Figure]]:
        key, *numbers = row
        return key, Counter({f: int(n) for f, n in zip(figures, numbers, strict=True)})

    rows = run(connection, _summed(column, figures, origin), days)
    return dict(sound(connection, "day_summaries", rows, counted))


# The dossiers of summed blocks to which something comes after a moment of its day, in four indexes.
LATER_THAT_DAY = """d.n IN (
  SELECT n FROM dossiers WHERE accepted > :at AND accepted <= :midnight
  UNION SELECT n FROM dossiers WHERE ready > :at AND ready <= :midnight
  UNION SELECT n FROM dossiers WHERE ended > :at AND ended <= :midnight
  UNION SELECT n FROM dossiers WHERE closed IS NULL AND last_minute >= :at
    AND last_minute < :midnight)
AND EXISTS (SELECT 1 FROM day_summaries s WHERE s.block = d.n / :block)"""


def whole_day(within: Period) -> Period:
    """Return the period with its last day whole."""
    return within._replace(end=within.end.replace(hour=23, minute=59))


def later_bounds(within: Period) -> dict[str, str | int]:
    """Return the parameters of LATER_THAT_DAY."""
    return {
        "at": iso(within.end),
        "midnight": f"{within.end:%Y-%m-%d}T23:59",
        "block": DOSSIERS_PER_BLOCK,
    }
