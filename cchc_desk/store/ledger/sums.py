"""Sums: the seal of tables that grow with every day, kept up to date by each act that changes rows.

A sum adds the hashes of all rows of a table. An act adds those of its new rows and takes away those
of the old ones, so it costs the same in a table of ten rows and of a million; a row changed, added
or deleted in silence makes it wrong for good. The ledger holds a hash of the sum before and after
each act (docs/decisions/089).

Which rows a transaction changes, engine/dialects/row_changes.py says.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.ledger.facts.base import TableSum
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.dialects import row_changes
from cchc_desk.store.engine.dialects.row_changes import RowChange
from cchc_desk.store.engine.tables import SUMMED, metadata

# A sum is taken modulo this. 2048 bits, not 256: with as many rows to choose from as he likes, a
# forger would find a few hundred whose hashes add up to what he needs (Wagner 2002).
_BYTES = 256
_MODULUS = 1 << (8 * _BYTES)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
_INFO = "sums"  # key of Connection.info
# What is summed of each table, and which of its rows.
_SUMMED: Mapping[str, tuple[tuple[str, ...], str]] = {
    **{table: (tuple(metadata.tables[table].columns.keys()), "") for table in SUMMED},
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
    row_changes.begin(connection, _SUMMED, partial(_note, known))


def changed(connection: Connection) -> tuple[str, ...]:
    """Return the tables whose rows changed since their sums were sealed."""
    return _wrong(_noted(connection))


def _wrong(noted: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(table for table, delta in noted.items() if delta % _MODULUS)


def _noted(connection: Connection) -> dict[str, int]:
    noted: dict[str, int] = connection.info.setdefault(_INFO, {})
    for change in row_changes.taken(connection, _SUMMED):
        _note(noted, change)
    return noted


def _note(noted: dict[str, int], change: RowChange) -> None:
    delta = change.sign * _hash(change.table, change.row)
    noted[change.table] = noted.get(change.table, 0) + delta


def seal(connection: Connection, *, every: bool = False) -> tuple[TableSum, ...]:
    """Bring the stored sums up to the rows as they are; return those that changed, or `every`."""
    sealed, noted = [], _noted(connection)
    for table in _SUMMED if every else _wrong(noted):
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


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _hash(table: str, row: tuple[Any, ...]) -> int:
    text = _ENCODER.encode([table, *row]).encode()
    return int.from_bytes(hashlib.shake_256(text).digest(_BYTES))
