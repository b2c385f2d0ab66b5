"""Seals: one hash over all rows of a dossier, kept in its ledger entries, so that a fact changed in silence shows.

A seal leaves out what is empty: a column that a later schema adds does not break the seals of before.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from cchc_desk.store.database import run

_ROWS, _FACTS = "\x1e", "\x1f"  # no text has them: no control character passes clean_line
# The tables of a dossier in the order of the seal, each with what puts its rows in order.
_PARTS = (
    ("dossiers", "n", "n"),
    ("applicants", "dossier", "dossier"),
    ("papers", "dossier", "ordinal"),
    ("promises", "dossier", "ordinal"),
    ("pauses", "dossier", "ordinal"),
    ("due_moves", "dossier", "ordinal"),
    ("hand_overs", "dossier", "ordinal"),
    ("letters", "dossier", "kind, ordinal"),
    ("notices", "dossier", "id"),
    ("responsibilities", "dossier", "dossier"),
    ("slips", "dossier", "year, symbol, number"),
)
_BEFORE = ("slips", "registrations", "visitors")  # what stands under its own id before anything is accepted


def seal(parts: Iterable[Sequence[Mapping[str, Any]]]) -> str:
    """The hash over rows as they lie on disk (truth as 0 and 1); tables without rows count for nothing."""
    told = _ROWS.join([_told(row) for rows in parts for row in rows])
    return hashlib.sha256(told.encode()).hexdigest()


def _told(row: Mapping[str, Any]) -> str:
    return _FACTS.join([f"{key}={value}" for key, value in sorted(row.items()) if value is not None and value != ""])


def seal_of(connection: Connection, code: str) -> str | None:
    """The seal of the dossier with this code, or the slip or registration with this id, as it stands now; else None."""
    found = run(connection, "SELECT n FROM dossiers WHERE code = ?", (code,)).fetchone()
    if found:
        return seal(_rows(connection, table, key, order, found[0]) for table, key, order in _PARTS)
    parts = [_rows(connection, table, "id", "id", code) for table in _BEFORE]
    return seal(parts) if any(parts) else None


def _rows(connection: Connection, table: str, key: str, order: str, n: int | str) -> list[dict[str, Any]]:
    cursor = run(connection, f"SELECT * FROM {table} WHERE {key} = ? ORDER BY {order}", (n,))  # noqa: S608 - constants
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
