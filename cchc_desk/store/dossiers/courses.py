"""Courses of dossiers as they were known at a moment, for the forecast.

What became known later is not in them: a dossier entered later is missing, one that was finished
later is open, a promise that was moved later stands where it stood. Of a watched dossier it is
known from the list on that says so.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.figures import LATE, Period
from cchc_desk.domain.forecast import Course, Interval
from cchc_desk.domain.ledger.facts.lists import FinishedThere
from cchc_desk.domain.time.deadlines import last_minute, parse_limit
from cchc_desk.store.dossiers.conditions import bounds, sql_of
from cchc_desk.store.engine.database import iso, run, sound, stored_moment

MOST_OF_WARD = 60_000  # past dossiers that are read, the newest
_COLUMNS = """d.code, d.n, coalesce(nullif(d.procedure_code, ''), d.procedure_name) AS procedure,
       d.field, d.accepted, d.last_minute, d.first_step, d.system"""
# That a watched dossier is finished is known from the list on that says so.
_LATER_TOLD = f"""d.system <> '' AND EXISTS (
         SELECT 1 FROM journal j
         WHERE j.code = d.code AND j.act = '{FinishedThere.act.value}' AND j.at > :at)"""  # noqa: S608 - our own words
_FINISHED = f"""
SELECT {_COLUMNS}, coalesce(d.ready, d.ended) FROM dossiers d
WHERE d.due >= :since AND d.last_minute >= :since AND d.last_minute < :at
  AND coalesce(d.ready, d.ended) <= :at AND d.entered <= :at AND d.cancelled IS NULL
  AND NOT ({_LATER_TOLD})
ORDER BY d.last_minute DESC, d.n DESC LIMIT {MOST_OF_WARD}
"""  # noqa: S608 - our own words
_UNFINISHED = f"""
SELECT {_COLUMNS}, d.limit_text,
       EXISTS (SELECT 1 FROM promises p
               WHERE p.dossier = d.n AND p.ordinal = 2 AND p.made <= :at)
FROM dossiers d
WHERE d.n IN (SELECT n FROM dossiers WHERE closed IS NULL AND ready IS NULL AND ended IS NULL
              UNION SELECT n FROM dossiers WHERE ready > :at
              UNION SELECT n FROM dossiers WHERE ended > :at
              UNION SELECT d.n FROM dossiers d WHERE d.due >= :since AND {_LATER_TOLD})
  AND d.entered <= :at AND d.cancelled IS NULL ORDER BY d.n
"""  # noqa: S608 - our own words
# Where the first promise stood before the first of the moves that came later.
_MOVED_LATER = """
SELECT m.dossier, m.before FROM due_moves m
WHERE m.promise = 1 AND m.at > :at ORDER BY m.dossier, m.ordinal DESC
"""
_PAUSES = """
SELECT p.dossier, p.began, CASE WHEN p.ended <= :at THEN p.ended END
FROM pauses p
WHERE p.stops_clock = 1 AND p.undone IS NULL AND p.began <= :at
  AND p.dossier >= (SELECT min(n) FROM dossiers WHERE due >= :since)
ORDER BY p.dossier, p.began
"""
_STEPS = """
SELECT h.dossier, h.at, h.step FROM hand_overs h
WHERE h.at <= :at AND h.dossier >= (SELECT min(n) FROM dossiers WHERE due >= :since)
ORDER BY h.dossier, h.ordinal
"""
_OUTCOMES = f"""
SELECT d.code, CASE WHEN {sql_of(LATE)} THEN 1 ELSE 0 END FROM dossiers d
WHERE d.code IN (SELECT value FROM json_each(:codes))
  AND ({sql_of(LATE)} OR d.ready IS NOT NULL OR d.ended IS NOT NULL)
"""  # noqa: S608 - our own words


def courses(connection: Connection, since: datetime, at: datetime, most: int) -> tuple[Course, ...]:
    """Return, as known at `at`, the dossiers whose promise was over and those that were open.

    Of the finished ones those that fell due from `since` on, of each procedure the `most` newest.
    What was finished by `at` and fell due later is left out: these are the quick ones of dossiers
    of which the slow ones are not known yet.
    """
    values = {"since": iso(since), "at": iso(at)}
    events, seen = _events(connection, values), Counter[str]()

    def newest(row: Any) -> Course | None:
        seen[row[2]] += 1
        return events.course(row) if seen[row[2]] <= most else None

    finished = sound(connection, "dossiers", run(connection, _FINISHED, values), newest)
    unfinished = run(connection, _UNFINISHED, values)
    return (
        *(course for course in finished if course is not None),
        *sound(connection, "dossiers", unfinished, events.open_course),
    )


def outcomes(connection: Connection, codes: Iterable[str], now: datetime) -> dict[str, bool]:
    """Return which of these dossiers were late by now, without those of which nobody knows yet."""
    values = bounds(Period.at(now)) | {"codes": json.dumps(list(codes))}
    return {str(code): bool(late) for code, late in run(connection, _OUTCOMES, values)}


@dataclass(frozen=True)
class _Events:
    """What happened to dossiers, by their number, as it is stored."""

    pauses: Mapping[int, list[tuple[str, str | None]]]
    steps: Mapping[int, list[tuple[str, str]]]
    moved_later: Mapping[int, str]

    def course(self, row: Any) -> Course:
        """Make one row of _FINISHED."""
        code, n, procedure, field, accepted, last, first_step, system, finished = row
        done = stored_moment(finished)
        steps = self._steps(n, accepted, first_step, system)
        return Course(
            code=code,
            procedure=procedure,
            field=field,
            accepted=stored_moment(accepted),
            last_minute=stored_moment(last),
            finished=done,
            pauses=_apart(self.pauses.get(n, ())),
            steps=tuple(step for step in steps if step[0] <= done),
        )

    def open_course(self, row: Any) -> Course:
        """Make one row of _UNFINISHED."""
        code, n, procedure, field, accepted, last, first_step, system, limit, reappointed = row
        due = self.moved_later.get(n)
        return Course(
            code=code,
            procedure=procedure,
            field=field,
            accepted=stored_moment(accepted),
            last_minute=(
                last_minute(stored_moment(due), parse_limit(limit)) if due else stored_moment(last)
            ),
            finished=None,
            pauses=_apart(self.pauses.get(n, ())),
            steps=self._steps(n, accepted, first_step, system),
            reappointed=bool(reappointed),
        )

    def _steps(
        self, n: int, accepted: str, first_step: str, system: str
    ) -> tuple[tuple[datetime, str], ...]:
        """Return since when it was in which step; of another system's work no step is known."""
        steps = () if system else ((accepted, first_step), *self.steps.get(n, ()))
        return tuple((stored_moment(since), step) for since, step in steps)


def _events(connection: Connection, values: Mapping[str, str]) -> _Events:
    pauses: defaultdict[int, list[tuple[str, str | None]]] = defaultdict(list)
    for n, began, ended in run(connection, _PAUSES, values):
        pauses[n].append((began, ended))
    steps: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for n, since, step in run(connection, _STEPS, values):
        steps[n].append((since, step))
    return _Events(pauses, steps, dict(run(connection, _MOVED_LATER, {"at": values["at"]})))


def _apart(pauses: Iterable[tuple[str, str | None]]) -> tuple[Interval, ...]:
    """Return pauses, which begin in order, without what two of them share."""
    found: list[Interval] = []
    for began_text, ended_text in pauses:
        began, ended = stored_moment(began_text), stored_moment(ended_text) if ended_text else None
        if found and (found[-1][1] is None or began <= found[-1][1]):
            first, last = found.pop()
            began, ended = first, None if last is None or ended is None else max(last, ended)
        found.append((began, ended))
    return tuple(found)
