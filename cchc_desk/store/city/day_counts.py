"""Counts of many days in one pass each: flows, state at their ends, late dossiers, courtesy.

No query here reads a table of people, or a text that somebody typed. The conditions are those of
domain/figures.py; a day ends at its 23:59, or now where that is earlier.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cchc_desk.domain.figures import (
    CLOCK_RUNS,
    COUNTED,
    DUE_LATE,
    ENDED_AFTER_PROMISE,
    FLOWS,
    GONE,
    GONE_LATE,
    PROMISE_OVER,
    READY,
    READY_AFTER_PROMISE,
    READY_LATE,
    RECEIVED,
    Figure,
    Origin,
    Period,
)
from cchc_desk.store.dossiers.conditions import bounds, origin_sql, sql_of
from cchc_desk.store.dossiers.dossiers import DECIDED, LETTERS_CAUSE
from cchc_desk.store.engine.database import run, sound, stored_day, stored_moment

# A list may name a procedure that is not in the catalogue, in whatever words: they stay here.
_PROCEDURE = f"""CASE WHEN d.procedure_version = '' AND {origin_sql(Origin.LIST)}
  THEN 'unknown' ELSE d.procedure_code END"""
_FIELD = "coalesce(nullif(d.field, ''), 'chưa rõ')"

# --- flows: one line for each dossier and each thing that happened to it, summed by day -----------


def _happened(moment: str, figure: Figure, counted: dict[Figure, str]) -> str:
    """Return SQL with a row per dossier of `figure` on the day of `moment`: 0 or 1 a column.

    `counted`: the condition of each flow that is 1 on that day.
    """
    columns = ", ".join(
        f"CASE WHEN {counted[flow]} THEN 1 ELSE 0 END AS {flow.name}"
        if flow in counted
        else f"0 AS {flow.name}"
        for flow in FLOWS
    )
    return (
        f"SELECT substr({moment}, 1, 10) AS day, {_FIELD} AS field, "  # noqa: S608
        f"{_PROCEDURE} AS procedure_code, channel, {columns} "
        f"FROM dossiers d WHERE {sql_of(figure.condition)}"
    )


_ACCEPTED = _happened("d.accepted", RECEIVED, {RECEIVED: "true"})
_BECAME_READY = _happened(
    "d.ready", READY, {READY: "true", READY_LATE: sql_of(READY_AFTER_PROMISE)}
)
_ENDED = _happened("d.ended", GONE, {GONE: "true", GONE_LATE: sql_of(ENDED_AFTER_PROMISE)})
_FLOWS = f"""
SELECT day, field, procedure_code, channel, {", ".join(f"sum({flow.name})" for flow in FLOWS)}
FROM ({_ACCEPTED} UNION ALL {_BECAME_READY} UNION ALL {_ENDED}) flows
GROUP BY day, field, procedure_code, channel ORDER BY day, procedure_code, field, channel
"""  # noqa: S608 - our own words

# --- what stood at the end of a day: (first day at whose end it stands, first at whose end it no
# longer does, how many dossiers) ------------------------------------------------------------------

_FIRST_DAY_OPEN = "substr(d.accepted, 1, 10)"
# The day of whichever was first, the result or the withdrawal; min() of two is NULL where one is.
_FIRST_DAY_DONE = "substr(min(coalesce(d.ready, d.ended), coalesce(d.ended, d.ready)), 1, 10)"
# The day of the last minute ends late, unless that minute is the day's own last.
_FIRST_DAY_LATE = """CASE WHEN substr(d.last_minute, 12) = '23:59'
  THEN date(d.last_minute, '+1 day') ELSE substr(d.last_minute, 1, 10) END"""
_OPEN = f"""
SELECT {_FIRST_DAY_OPEN}, {_FIRST_DAY_DONE}, count(*) FROM dossiers d
WHERE {sql_of(COUNTED)} GROUP BY 1, 2
"""  # noqa: S608 - our own words
_OPEN_LATE = f"""
SELECT max({_FIRST_DAY_OPEN}, {_FIRST_DAY_LATE}), {_FIRST_DAY_DONE}, count(*)
FROM dossiers d WHERE {sql_of(COUNTED & PROMISE_OVER & CLOCK_RUNS)} GROUP BY 1, 2
"""  # noqa: S608 - our own words

# --- the late dossiers ----------------------------------------------------------------------------

_LATE = f"""
SELECT substr(d.first_due, 1, 10), d.code, {_PROCEDURE}, d.first_due,
       coalesce(d.ready, d.ended),
       CASE WHEN EXISTS (SELECT 1 FROM promises p WHERE p.dossier = d.n AND p.ordinal = 2)
            THEN d.due END,
       d.paused_since, coalesce(r.cause, {LETTERS_CAUSE}, ''), coalesce(r.official, ''),
       r.own_fault,
       (SELECT max(n.in_time) FROM notices n WHERE n.dossier = d.n), d.n
FROM dossiers d
LEFT JOIN responsibilities r ON r.dossier = d.n AND (r.official IS NULL OR {DECIDED})
WHERE {sql_of(DUE_LATE.condition)} ORDER BY d.first_due, d.code
"""  # noqa: S608 - our own words
_LETTERS = (
    "SELECT signed, delivered FROM letters "
    "WHERE dossier = ? AND kind = 'late' AND signed IS NOT NULL ORDER BY ordinal"
)
_VISITS = "SELECT substr(at, 1, 10), done FROM courtesy_visits WHERE at BETWEEN :start AND :end"
_RATINGS = (
    "SELECT substr(at, 1, 10), faces, told FROM courtesy_ratings WHERE at BETWEEN :start AND :end"
)
_TOLD = {None: "none", 0: "late", 1: "in-time"}


class FlowCount(NamedTuple):
    """Flows of a day in one procedure and channel."""

    field: str
    procedure: str
    channel: str
    received: int
    ready: int
    ready_late: int
    gone: int
    gone_late: int


class LateFacts(NamedTuple):
    """A late dossier without a word about its people."""

    code: str
    procedure: str
    due: datetime
    done: datetime | None
    second: datetime | None
    paused: datetime | None
    cause: str
    official: str
    own_fault: bool | None
    told: str
    signed: tuple[datetime, ...]
    delivered: tuple[datetime, ...]


@dataclass
class DayCount:
    """All that is counted of one day."""

    open: int = 0
    open_late: int = 0
    flows: list[FlowCount] = field(default_factory=list)
    late: list[LateFacts] = field(default_factory=list)
    visits: int = 0
    items: Counter[str] = field(default_factory=Counter)
    faces: Counter[int] = field(default_factory=Counter)
    told: Counter[bool] = field(default_factory=Counter)


def count_days(
    connection: Connection, first: date, last: date, now: datetime
) -> dict[date, DayCount]:
    """Count every day from `first` to `last` as things stand `now`."""
    within = bounds(Period.of_days(first, last, now))
    days: defaultdict[date, DayCount] = defaultdict(DayCount)

    def flow(row: Any) -> None:
        days[stored_day(row[0])].flows.append(FlowCount(*row[1:]))

    def late(row: Any) -> None:
        days[stored_day(row[0])].late.append(_late(connection, *row[1:]))

    def visit(row: Any) -> None:
        counted, items = days[stored_day(row[0])], [str(item) for item in json.loads(row[1])]
        counted.visits += 1
        counted.items.update(items)

    def rating(row: Any) -> None:
        day, faces, told = row
        counted = days[stored_day(day)]
        counted.faces[faces] += 1
        if told is not None:
            counted.told[bool(told)] += 1

    sound(connection, "dossiers", run(connection, _FLOWS, within), flow)
    sound(connection, "dossiers", run(connection, _LATE, within).fetchall(), late)
    sound(connection, "courtesy_visits", run(connection, _VISITS, within), visit)
    sound(connection, "courtesy_ratings", run(connection, _RATINGS, within), rating)
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    standing = (
        _standing(run(connection, _OPEN), every),
        _standing(run(connection, _OPEN_LATE, within), every),
    )
    for day, is_open, is_late in zip(every, *standing, strict=True):
        days[day].open, days[day].open_late = is_open, is_late
    return {day: days[day] for day in every}


def first_day(connection: Connection) -> date | None:
    """Return the first day with anything to count; None for a desk that never did anything."""
    sql = (
        "SELECT min(day) FROM "
        "(SELECT min(accepted) AS day FROM dossiers WHERE accepted GLOB '[12][0-9][0-9][0-9]-*' "
        "UNION ALL SELECT min(at) FROM journal WHERE at GLOB '[12][0-9][0-9][0-9]-*') first"
    )
    (day,) = run(connection, sql).fetchone()
    return stored_day(day[:10]) if day else None


def _late(connection: Connection, code: str, procedure: str, due: str, *facts: Any) -> LateFacts:
    done, second, paused, cause, official, fault, told, n = facts
    at = stored_moment
    letters = run(connection, _LETTERS, (n,)).fetchall()
    return LateFacts(
        code,
        procedure,
        at(due),
        at(done) if done else None,
        at(second) if second else None,
        at(paused) if paused else None,
        cause,
        official,
        None if fault is None else bool(fault),
        _TOLD[told],
        tuple(at(signed) for signed, _delivered in letters),
        tuple(at(delivered) for _signed, delivered in letters if delivered),
    )


def _standing(spans: Iterator[tuple[str, str | None, int]], days: list[date]) -> Iterator[int]:
    """Yield the number that stand at the end of each of `days`.

    `spans`: (first day at whose end they stand, first at whose end they no longer do, how many).
    """
    changes: Counter[str] = Counter()
    first = days[0].isoformat()
    for begin, end, count in spans:
        if end is None or begin < end:
            changes[max(begin, first)] += count
            changes[max(end, first) if end else ""] -= count
    return accumulate(changes[day.isoformat()] for day in days)
