"""Sums: the seal of tables that grow with every day, kept up to date by each act that changes rows.

A sum adds the hashes of all rows of a table. An act adds those of its new rows and takes away those
of the old ones, so it costs the same in a table of ten rows and of a million; a row changed, added
or deleted in silence makes it wrong for good. The ledger holds a hash of the sum before and after
each act (docs/decisions/089).

The rows of a transaction are noted by triggers of the connection, which are not in the file.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.ledger.facts.base import TableSum
from cchc_desk.store.engine.database import add_function, run
from cchc_desk.store.engine.tables import metadata

# A sum is taken modulo this. 2048 bits, not 256: with as many rows to choose from as he likes, a
# forger would find a few hundred whose hashes add up to what he needs (Wagner 2002).
_BYTES = 256
_MODULUS = 1 << (8 * _BYTES)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
_INFO = "sums"  # key of Connection.info
_WHOLE = (
    "courtesy_visits",
    "courtesy_ratings",
    "courtesy_observations",
    "recovery_sheets",
    "citizen_requests",
    "lists",
    "list_layouts",
    "list_officials",
    "list_codes",
)
# What is summed of each table, and which of its rows.
_SUMMED: Mapping[str, tuple[tuple[str, ...], str]] = {
    **{table: (tuple(metadata.tables[table].columns.keys()), "") for table in _WHOLE},
    "lesson_runs": (  # its notes grow until it ends
        ("n", "lesson", "trainee", "began", "after", "given", "ended", "seconds", "outcome"),
        "ended",
    ),
}


def summed_tables() -> tuple[str, ...]:
    """Return the names of the tables that have a sum."""
    return tuple(_SUMMED)


def begun(connection: Connection) -> bool:
    """True where this file has been sealed whole since it has sums."""
    return run(connection, "SELECT 1 FROM row_sums LIMIT 1").fetchone() is not None


def begin(connection: Connection) -> None:
    """Note the rows that change from here on; the caller has just begun a write transaction."""
    known: dict[str, int] = connection.info.setdefault(_INFO, {})
    known.clear()
    # Made once, and again where the transaction that made them was rolled back.
    if run(connection, "SELECT 1 FROM temp.sqlite_master LIMIT 1").fetchone() is None:
        _listen(connection, known)


def changed(connection: Connection) -> tuple[str, ...]:
    """Return the tables whose rows changed since their sums were sealed."""
    noted: dict[str, int] = connection.info.get(_INFO, {})
    return tuple(table for table, delta in noted.items() if delta % _MODULUS)


def seal(connection: Connection, *, every: bool = False) -> tuple[TableSum, ...]:
    """Bring the stored sums up to the rows as they are; return those that changed, or `every`."""
    noted: dict[str, int] = connection.info.get(_INFO, {})
    sealed = []
    for table in _SUMMED if every else changed(connection):
        stored = stored_sum(connection, table)
        before = "" if stored is None else digest(stored)
        if stored is None or every:
            total = sum_of(connection, table)
        else:
            total = (stored + noted[table]) % _MODULUS
        run(
            connection,
            "INSERT INTO row_sums (name, total) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET total = excluded.total",
            (table, f"{total:x}"),
        )
        sealed.append(TableSum(table, before, digest(total)))
    noted.clear()
    return tuple(sealed)


def sum_of(connection: Connection, table: str) -> int:
    """Return the sum over all rows of a table as they are now."""
    columns, needed = _SUMMED[table]
    which = f" WHERE {needed} IS NOT NULL" if needed else ""
    rows = run(connection, f"SELECT {_names(columns)} FROM {table}{which}")  # noqa: S608 - constants
    return sum(_hash(table, row) for row in rows) % _MODULUS


def stored_sum(connection: Connection, table: str) -> int | None:
    """Return the stored sum of a table; None where there is none that can be read."""
    row = run(connection, "SELECT total FROM row_sums WHERE name = ?", (table,)).fetchone()
    try:
        return int(row[0], 16) if row else None
    except (ValueError, TypeError):
        return None


def digest(total: int) -> str:
    """Return the hash of a sum, as the ledger holds it."""
    return hashlib.sha256(f"{total:x}".encode()).hexdigest()


def _names(columns: tuple[str, ...], row: str = "") -> str:
    return ", ".join(f'{row}"{column}"' for column in columns)


def _hash(table: str, row: tuple[Any, ...]) -> int:
    text = _ENCODER.encode([table, *row]).encode()
    return int.from_bytes(hashlib.shake_256(text).digest(_BYTES))


def _listen(connection: Connection, noted: dict[str, int]) -> None:
    def note(table: str, sign: int, *row: Any) -> None:
        noted[table] = noted.get(table, 0) + sign * _hash(table, row)

    add_function(connection, "cchc_row_changed", note)
    for table, (columns, needed) in _SUMMED.items():
        for event, row, sign in (
            ("INSERT", "NEW.", 1),
            ("DELETE", "OLD.", -1),
            ("UPDATE", "OLD.", -1),
            ("UPDATE", "NEW.", 1),
        ):
            when = f"WHEN {row}{needed} IS NOT NULL" if needed else ""
            name, on = f"{table}_{event}_{row[:3]}", f"{event} ON main.{table} {when}"
            run(
                connection,
                f"CREATE TEMP TRIGGER {name} AFTER {on} "
                f"BEGIN SELECT cchc_row_changed('{table}', {sign}, {_names(columns, row)}); END",
            )
