"""Days that the city has yet to hear of, the parcels packed for it, and its arrivals."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.city import Arrival, ArrivalState, DayState, PackedDay, ParcelRow, ParcelState
from cchc_desk.store.engine.database import add, iso, run, sound, stored_day, stored_moment
from cchc_desk.store.engine.tables import arrivals, parcels

_EVERY_DAY = """
WITH RECURSIVE days (day) AS (
  SELECT :first UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < :today)
INSERT INTO outbox (day) SELECT day FROM days WHERE true ON CONFLICT (day) DO NOTHING
"""
_PARCEL = (
    "SELECT id, made, state, days, line, hash, tries, next_try, refusal, trouble, number, length, "
    "answered, difference FROM parcels"
)


# --- days -----------------------------------------------------------------------------------------


def note_every_day(connection: Connection, first: date, today: date) -> None:
    """Add a row for each day from `first` to today: a day without any act is sent too."""
    run(connection, _EVERY_DAY, {"first": first.isoformat(), "today": today.isoformat()})


def days_to_pack(connection: Connection, today: date) -> tuple[DayState, ...]:
    """Return the days that changed since they were packed, or had not ended then, oldest first.

    Today is always among them: what is due by the hour becomes late by time alone.
    """
    sql = (
        "SELECT day, revision, hash FROM outbox WHERE day <= :today AND (changed = 1 OR over = 0) "
        "ORDER BY day"
    )
    rows = run(connection, sql, {"today": today.isoformat()})
    return sound(connection, "outbox", rows, lambda row: DayState(stored_day(row[0]), *row[1:]))


def settled_days(connection: Connection) -> tuple[DayState, ...]:
    """Return the days that had ended when they were packed and are not marked since, by day."""
    rows = run(
        connection,
        "SELECT day, revision, hash FROM outbox WHERE over = 1 AND changed = 0 ORDER BY day",
    )
    return sound(connection, "outbox", rows, lambda row: DayState(stored_day(row[0]), *row[1:]))


def has_changes(connection: Connection, today: date) -> bool:
    """Return True when something happened since the days were packed, or one of them ended."""
    sql = (
        "SELECT 1 FROM outbox WHERE day <= :today AND (changed = 1 OR over = 0 AND day < :today) "
        "LIMIT 1"
    )
    return run(connection, sql, {"today": today.isoformat()}).fetchone() is not None


def waiting_days(connection: Connection, today: date) -> int:
    """Return the number of days not packed yet, or packed and not acknowledged."""
    sql = (
        "SELECT count(*) FROM outbox o LEFT JOIN parcels p ON p.id = o.parcel "
        "WHERE o.day <= :today "
        "AND (o.changed = 1 OR o.over = 0 AND o.day < :today "
        "OR coalesce(p.state, '') <> 'acknowledged')"
    )
    (count,) = run(connection, sql, {"today": today.isoformat()}).fetchone()
    return int(count)


def day_unchanged(connection: Connection, day: date, *, over: bool) -> None:
    """Clear the mark of a day whose content is what the city has already."""
    run(
        connection, "UPDATE outbox SET changed = 0, over = ? WHERE day = ?", (over, day.isoformat())
    )


def keep_packed(
    connection: Connection, packed: PackedDay, content: bytes, *, over: bool, parcel: str
) -> None:
    run(
        connection,
        "UPDATE outbox SET changed = 0, over = ?, revision = ?, hash = ?, parcel = ?, content = ? "
        "WHERE day = ?",
        (over, packed.revision, packed.hash, parcel, content, packed.day.isoformat()),
    )


def pack_again(connection: Connection, days: Iterable[date], least_revision: int = 0) -> None:
    """Mark these days to be sent again, with new revisions above `least_revision`."""
    for day in days:
        run(
            connection,
            "UPDATE outbox SET changed = 1, hash = '', revision = max(revision, ?) WHERE day = ?",
            (least_revision, day.isoformat()),
        )


def pack_all_again(connection: Connection) -> None:
    """Mark every day to be sent again: the city does not know this ledger."""
    run(connection, "UPDATE outbox SET changed = 1, hash = ''")


def forget_city(connection: Connection) -> None:
    """Forget what the city acknowledged: the desk is enrolled anew."""
    pack_all_again(connection)
    run(connection, "UPDATE parcels SET length = NULL")
    run(
        connection,
        "UPDATE parcels SET state = 'cancelled', line = NULL WHERE state IN ('waiting', 'refused')",
    )


def is_all_acknowledged(connection: Connection) -> bool:
    """Return True when the city acknowledged every day as it was packed last."""
    sql = (
        "SELECT 1 FROM outbox o LEFT JOIN parcels p ON p.id = o.parcel "
        "WHERE o.revision > 0 AND (o.hash = '' OR coalesce(p.state, '') <> 'acknowledged') LIMIT 1"
    )
    return run(connection, sql).fetchone() is None


def day_hashes(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return (day, hash) of every day as it was packed last."""
    return tuple(run(connection, "SELECT day, hash FROM outbox WHERE revision > 0 ORDER BY day"))


def contents(connection: Connection) -> tuple[bytes, ...]:
    """Return the content of every day as it was packed last."""
    return tuple(
        row[0]
        for row in run(
            connection, "SELECT content FROM outbox WHERE content IS NOT NULL ORDER BY day"
        )
    )


# --- parcels --------------------------------------------------------------------------------------


def add_parcel(
    connection: Connection,
    parcel_id: str,
    made: datetime,
    days: Iterable[PackedDay],
    line: str,
    line_hash: str,
) -> None:
    row = {
        "id": parcel_id,
        "made": iso(made),
        "state": "waiting",
        "days": json.dumps([[day.isoformat(), *rest] for day, *rest in days]),
        "line": line,
        "hash": line_hash,
    }
    add(connection, parcels, [row])


def parcel(connection: Connection, parcel_id: str) -> ParcelRow | None:
    row = run(connection, f"{_PARCEL} WHERE id = ?", (parcel_id,)).fetchone()
    return _parcel(row) if row else None


def parcel_with(connection: Connection, line_hash: str) -> ParcelRow | None:
    """Return the parcel whose bytes have this hash, None when there is none."""
    row = run(connection, f"{_PARCEL} WHERE hash = ?", (line_hash,)).fetchone()
    return _parcel(row) if row else None


def parcels_in(connection: Connection, state: ParcelState) -> tuple[ParcelRow, ...]:
    """Return the parcels in one state, in the order they were made."""
    rows = run(connection, f"{_PARCEL} WHERE state = ? ORDER BY n", (state,))
    return sound(connection, "parcels", rows, _parcel)


def last_parcels(connection: Connection, most: int) -> tuple[ParcelRow, ...]:
    """Return the newest parcels, `most` at most, newest first."""
    rows = run(connection, f"{_PARCEL} ORDER BY n DESC LIMIT ?", (most,))
    return sound(connection, "parcels", rows, _parcel)


def known_length(connection: Connection) -> int:
    """Return the length of the ledger in the city's latest answer; 0 for none."""
    sql = (
        "SELECT length FROM parcels WHERE length IS NOT NULL ORDER BY answered DESC, n DESC LIMIT 1"
    )
    row = run(connection, sql).fetchone()
    return int(row[0]) if row else 0


def keep_parcel(connection: Connection, parcel_id: str, **facts: Any) -> None:
    """Set columns of a parcel; a moment becomes ISO text."""
    values = {
        key: iso(value) if isinstance(value, datetime) else value for key, value in facts.items()
    }
    names = ", ".join(f"{name} = ?" for name in values)
    sql = f"UPDATE parcels SET {names} WHERE id = ?"  # noqa: S608 - our own names
    run(connection, sql, (*values.values(), parcel_id))


def keep_only_line_of(connection: Connection, parcel_id: str) -> None:
    """Drop the bytes of every acknowledged parcel but this: with its receipt it is a proof."""
    sql = "UPDATE parcels SET line = NULL WHERE state = 'acknowledged' AND id != ?"
    run(connection, sql, (parcel_id,))


def last_proof(connection: Connection) -> tuple[str, str, int] | None:
    """Return the newest receipt whose parcel is kept, that parcel, and the receipt's number."""
    sql = (
        "SELECT receipt, line, number FROM parcels WHERE state = 'acknowledged' "
        "AND receipt IS NOT NULL AND line IS NOT NULL ORDER BY n DESC LIMIT 1"
    )
    row = run(connection, sql).fetchone()
    return (str(row[0]), str(row[1]), int(row[2])) if row else None


def _parcel(row: Any) -> ParcelRow:
    at = stored_moment
    return ParcelRow._make(row)._replace(
        made=at(row[1]),
        days=tuple(
            PackedDay(stored_day(day), revision, hash_)
            for day, revision, hash_ in json.loads(row[3])
        ),
        next_try=at(row[7]) if row[7] else None,
        answered=at(row[12]) if row[12] else None,
    )


# --- arrivals -------------------------------------------------------------------------------------


_ARRIVAL = (
    "SELECT number, kind, title, at, came, body, state, decided, decided_by, before FROM arrivals"
)


def last_number(connection: Connection) -> int:
    """Return the number of the last arrival; 0 for none."""
    (number,) = run(connection, "SELECT coalesce(max(number), 0) FROM arrivals").fetchone()
    return int(number)


def add_arrival(connection: Connection, arrived: Arrival, line: str) -> bool:
    """Store an arrival; return False where it had come before.

    Number 0 (the ward's totals) takes the place of the one before.
    """
    if arrived.number == 0:
        run(connection, "DELETE FROM arrivals WHERE number = 0")
    elif run(connection, "SELECT 1 FROM arrivals WHERE number = ?", (arrived.number,)).fetchone():
        return False
    row = arrived._asdict() | {
        "at": iso(arrived.at),
        "came": iso(arrived.came),
        "body": json.dumps(arrived.body, ensure_ascii=False),
        "line": line,
    }
    add(connection, arrivals, [row])
    return True


def arrival(connection: Connection, number: int) -> Arrival | None:
    row = run(connection, f"{_ARRIVAL} WHERE number = ?", (number,)).fetchone()
    return _arrival(row) if row else None


def all_arrivals(connection: Connection) -> tuple[Arrival, ...]:
    """Return the arrivals, newest first."""
    rows = run(connection, f"{_ARRIVAL} ORDER BY number DESC")
    return sound(connection, "arrivals", rows, _arrival)


def decide(
    connection: Connection,
    number: int,
    state: ArrivalState,
    at: datetime,
    by: str,
    before: str = "",
) -> None:
    sql = "UPDATE arrivals SET state = ?, decided = ?, decided_by = ?, before = ? WHERE number = ?"
    run(connection, sql, (state, iso(at), by, before, number))


def _arrival(row: Any) -> Arrival:
    at = stored_moment
    return Arrival._make(row)._replace(
        at=at(row[3]),
        came=at(row[4]),
        body=json.loads(row[5]),
        decided=at(row[7]) if row[7] else None,
    )
