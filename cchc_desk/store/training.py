"""Lessons of the practice ward on disk: the one that runs, and the outcome of each."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.training import Happening, LessonRun, Note
from cchc_desk.store.engine.database import add, run, stored_moment
from cchc_desk.store.engine.tables import lesson_runs

_COLUMNS = (
    "SELECT n, lesson, trainee, began, after, given, notes, ended, seconds, outcome "
    "FROM lesson_runs"
)


def begin(
    connection: Connection,
    lesson: str,
    trainee: str,
    began: datetime,
    after: int,
    given: Mapping[str, str],
) -> None:
    facts = {
        "lesson": lesson,
        "trainee": trainee,
        "began": began.isoformat(timespec="seconds"),
        "after": after,
    }
    add(connection, lesson_runs, [facts | {"given": _text(given), "notes": "[]"}])


def running(connection: Connection) -> LessonRun | None:
    """Return the lesson that was begun and has not ended; there is one at most."""
    row = run(connection, f"{_COLUMNS} WHERE ended IS NULL ORDER BY n DESC LIMIT 1").fetchone()
    return _run(row) if row else None


def ended(connection: Connection) -> tuple[LessonRun, ...]:
    """Return every lesson that has ended, in the order in which they were begun."""
    return tuple(map(_run, run(connection, f"{_COLUMNS} WHERE ended IS NOT NULL ORDER BY n")))


def note(connection: Connection, lesson: LessonRun, what: Note) -> None:
    notes = [[noted.happening.value, noted.what] for noted in (*lesson.notes, what)]
    run(connection, "UPDATE lesson_runs SET notes = ? WHERE n = ?", (_text(notes), lesson.n))


def end(
    connection: Connection,
    lesson: LessonRun,
    at: datetime,
    seconds: int,
    outcome: Mapping[str, Any],
) -> None:
    sql = "UPDATE lesson_runs SET ended = ?, seconds = ?, outcome = ? WHERE n = ?"
    run(connection, sql, (at.isoformat(timespec="seconds"), seconds, _text(outcome), lesson.n))


def _run(row: Any) -> LessonRun:
    n, lesson, trainee, began, after, given, notes, ended_at, seconds, outcome = row
    return LessonRun(
        n=n,
        lesson=lesson,
        trainee=trainee,
        began=stored_moment(began),
        after=after,
        given=json.loads(given),
        notes=tuple(Note(Happening(kind), what) for kind, what in json.loads(notes)),
        ended=stored_moment(ended_at) if ended_at else None,
        seconds=seconds or 0,
        outcome=json.loads(outcome) if outcome else {},
    )


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
