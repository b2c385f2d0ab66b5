"""Visits, citizens' ratings, cards seen by officials, supervisors' observations."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.courtesy import LateApology, Mark, Moment, Observation, Rating, Stage, Visit
from cchc_desk.domain.figures import DUE_LATE_BY_NOW, Period
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.store.dossiers.conditions import bounds, sql_of
from cchc_desk.store.dossiers.dossiers import number_of
from cchc_desk.store.engine import row_numbers
from cchc_desk.store.engine.database import add, iso, run, sound, stored_moment
from cchc_desk.store.engine.tables import courtesy_observations, courtesy_visits

_EVERYBODY = "? IN ('', official)"


def add_visit(connection: Connection, visit: Visit) -> None:
    row = {
        "n": row_numbers.next_number(connection, courtesy_visits.c.n),
        "at": iso(visit.at),
        "official": visit.official,
        "moment": visit.moment.value,
        "done": json.dumps(sorted(visit.done)),
        "dossier": number_of(connection, visit.code) if visit.code else None,
    }
    add(connection, courtesy_visits, [row])


def visits(
    connection: Connection, first: date, until: datetime, official: str = ""
) -> tuple[Visit, ...]:
    """Return the visits from `first` to `until`, of one official or of all (""), in order."""
    sql = (
        "SELECT v.at, v.official, v.moment, v.done, d.code "  # noqa: S608 - our own words
        "FROM courtesy_visits v LEFT JOIN dossiers d ON d.n = v.dossier "
        f"WHERE v.at BETWEEN ? AND ? AND {_EVERYBODY} ORDER BY v.at, v.n"
    )
    rows = run(connection, sql, (first.isoformat(), iso(until), official))
    return sound(connection, "courtesy_visits", rows, _visit)


def _visit(row: Any) -> Visit:
    at, who, moment, done, code = row
    return Visit(stored_moment(at), who, Moment(moment), frozenset(json.loads(done)), code or "")


_RATINGS = (
    "SELECT d.code, r.stage, r.at, r.official, r.faces, r.told, r.typed FROM courtesy_ratings r "
    "JOIN dossiers d ON d.n = r.dossier "
)


def keep_rating(connection: Connection, rating: Rating) -> None:
    """Store the one rating of this dossier and stage; it replaces the one before."""
    sql = (
        "INSERT INTO courtesy_ratings (dossier, stage, at, official, faces, told, typed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier, stage) DO UPDATE "
        "SET faces = excluded.faces, told = excluded.told, typed = excluded.typed"
    )
    number = number_of(connection, rating.code)
    stage, at = rating.stage.value, iso(rating.at)
    values = number, stage, at, rating.official, rating.faces, rating.told, rating.typed
    run(connection, sql, values)


def rating_of(connection: Connection, code: str, stage: Stage) -> Rating | None:
    """Return the rating of this dossier at this stage, None when there is none."""
    row = run(
        connection, f"{_RATINGS} WHERE d.code = ? AND r.stage = ?", (code, stage.value)
    ).fetchone()
    return _rating(row) if row else None


def ratings(
    connection: Connection, first: date, until: datetime, official: str = ""
) -> tuple[Rating, ...]:
    """Return the ratings from `first` to `until`, at one official's counter or at all ("")."""
    sql = f"{_RATINGS} WHERE r.at BETWEEN ? AND ? AND ? IN ('', r.official) ORDER BY r.at, d.code"
    rows = run(connection, sql, (first.isoformat(), iso(until), official))
    return sound(connection, "courtesy_ratings", rows, _rating)


def _rating(row: Any) -> Rating:
    code, stage, at, official, faces, told, typed = row
    answer, by_hand = (None if one is None else bool(one) for one in (told, typed))
    return Rating(code, Stage(stage), stored_moment(at), official, faces, answer, by_hand)


_LATE = f"""
SELECT d.code, d.first_due, d.limit_text,
       (SELECT min(l.delivered) FROM letters l
        WHERE l.dossier = d.n AND l.kind = 'late' AND l.delivered <= :now)
FROM dossiers d WHERE {sql_of(DUE_LATE_BY_NOW.condition)} AND :official IN ('', d.accepted_by)
ORDER BY d.first_due, d.n
"""  # noqa: S608 - our own words


def late(connection: Connection, within: Period, official: str = "") -> tuple[LateApology, ...]:
    """Return the dossiers due within that were late by `now`, of one accepting official or all."""
    values = bounds(within) | {"official": official}
    return sound(connection, "dossiers", run(connection, _LATE, values), _late_apology)


def _late_apology(row: Any) -> LateApology:
    code, due, limit, delivered = row
    told = stored_moment(delivered) if delivered else None
    return LateApology(code, stored_moment(due), parse_limit(limit), told)


def seen_until(connection: Connection, official: str, monday: date) -> datetime | None:
    """Return the moment until which that official has seen this week's card, None for never."""
    sql = "SELECT until FROM courtesy_seen WHERE official = ? AND monday = ?"
    row = run(connection, sql, (official, monday.isoformat())).fetchone()
    rows = [row] if row else []
    seen = sound(connection, "courtesy_seen", rows, lambda row: stored_moment(row[0]))
    return seen[0] if seen else None


def keep_seen(connection: Connection, official: str, monday: date, until: datetime) -> None:
    sql = (
        "INSERT INTO courtesy_seen (official, monday, until) VALUES (?, ?, ?) "
        "ON CONFLICT (official, monday) DO UPDATE SET until = excluded.until"
    )
    run(connection, sql, (official, monday.isoformat(), iso(until)))


def add_observation(connection: Connection, observation: Observation) -> None:
    marks = json.dumps({key: mark.value for key, mark in observation.marks})
    add(
        connection,
        courtesy_observations,
        [vars(observation) | {"at": iso(observation.at), "marks": marks}],
    )


_OBSERVATIONS = "SELECT id, at, official, observer, marks, good, better FROM courtesy_observations "


def observations(
    connection: Connection, first: date, until: datetime, official: str = ""
) -> tuple[Observation, ...]:
    """Return the sheets about one official or about all (""), the newest first."""
    sql = f"{_OBSERVATIONS} WHERE at BETWEEN ? AND ? AND {_EVERYBODY} ORDER BY at DESC, id"
    rows = run(connection, sql, (first.isoformat(), iso(until), official))
    return sound(connection, "courtesy_observations", rows, _observation)


def observation_of(connection: Connection, observation_id: str) -> Observation | None:
    """Return the sheet with this id, None when unknown."""
    row = run(connection, f"{_OBSERVATIONS} WHERE id = ?", (observation_id,)).fetchone()
    return _observation(row) if row else None


def _observation(row: Any) -> Observation:
    id_, at, official, observer, marks, good, better = row
    stored: Iterable[tuple[str, str]] = json.loads(marks).items()
    typed = tuple((key, Mark(mark)) for key, mark in stored)
    return Observation(official, stored_moment(at), typed, good, better, observer, id_)
