"""The recovery sheets that were printed: their numbers and fingerprints, never their codes."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from cchc_desk.store.engine.database import iso, readable, run, stored_moment


class SheetRow(NamedTuple):
    """A sheet: its number, the fingerprint of its code, the day on which it was made."""

    number: int
    fingerprint: str
    made: date


def in_force(connection: Connection) -> SheetRow | None:
    """Return the newest sheet unless it was used; older ones hold no more."""
    sql = "SELECT number, fingerprint, made, used FROM recovery_sheets ORDER BY number DESC LIMIT 1"
    row = run(connection, sql).fetchone()
    if row is None or row[3] is not None:
        return None
    with readable(f"recovery_sheets {row[0]}"):
        return SheetRow(row[0], row[1], stored_moment(row[2]).date())


def add(connection: Connection, fingerprint: str, made: datetime) -> int:
    """Store a new sheet and return its number."""
    sql = (
        "INSERT INTO recovery_sheets (number, fingerprint, made) "
        "SELECT coalesce(max(number), 0) + 1, ?, ? FROM recovery_sheets"
    )
    run(connection, sql, (fingerprint, iso(made)))
    return int(run(connection, "SELECT max(number) FROM recovery_sheets").fetchone()[0])


def mark_used(connection: Connection, number: int, at: datetime) -> None:
    used = iso(at)
    run(connection, "UPDATE recovery_sheets SET used = ? WHERE number = ?", (used, number))
