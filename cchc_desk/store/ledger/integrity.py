"""Seals: one hash over all rows of a dossier, kept in its ledger entries, so that a fact changed in
silence shows.

A seal leaves out what is empty at the end of a row: a column that a later schema adds, last and
empty, does not break the seals of before.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import metadata

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
_EMPTY = (None, "")
# The entry that carries a seal has its number only after the sealing: the row's note of it stands
# outside.
_OUTSIDE = "last_entry"
# The values of a row in the order of its table's columns.
_IN_ORDER = {
    name: itemgetter(*(column.name for column in table.columns if column.name != _OUTSIDE))
    for name, table in metadata.tables.items()
}
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
# What stands under an id of its own: before anything is accepted, and the years of the calendar.
_BY_ID = ("slips", "registrations", "visitors", "calendar_years")


# The tables of the desk itself whose every change is an act: what of them is sealed, in which
# order.
_DESK_TABLES = {
    "settings": "SELECT key, value FROM settings WHERE key NOT GLOB '*_paper' AND key NOT GLOB '*_offset' "
    "AND key NOT GLOB '*_printer' ORDER BY key",
    "officials": "SELECT id, name, role, title, active FROM officials ORDER BY id",
    "paper_receipts": "SELECT number, printed, void FROM paper_receipts ORDER BY number",
    "process_steps": "SELECT * FROM process_steps ORDER BY procedure_code, ordinal",
    "procedures": "SELECT code, effective_from, effective_to, facts FROM procedures ORDER BY code, effective_from",
}


def desk_tables() -> tuple[str, ...]:
    """The names of those tables."""
    return tuple(_DESK_TABLES)


def table_seal(connection: Connection, table: str) -> str:
    """The hash over one table of the desk itself (_DESK_TABLES) as it stands now."""
    told = [list(row) for row in run(connection, _DESK_TABLES[table])]
    return hashlib.sha256(_ENCODER.encode(told).encode()).hexdigest()


def seal(parts: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> str:
    """The hash over (table, rows as they lie on disk: truth as 0 and 1); tables without rows count
    for nothing.
    """
    told = [[_values(row, table) for row in rows] for table, rows in parts if rows]
    return hashlib.sha256(_ENCODER.encode(told).encode()).hexdigest()


def _values(row: Mapping[str, Any], table: str) -> list[Any]:
    """The whole row, but for what is empty at its end."""
    values = list(_IN_ORDER[table](row))
    while values[-1] in _EMPTY:
        values.pop()
    return values


def seal_of(connection: Connection, code: str) -> str | None:
    """The seal of the dossier with this code, or of what has this id (_BY_ID), as it stands now;
    else None.
    """
    found = run(connection, "SELECT n FROM dossiers WHERE code = ?", (code,)).fetchone()
    if found:
        return seal(
            (table, _rows(connection, table, key, order, found[0])) for table, key, order in _PARTS
        )
    parts = [(table, _rows(connection, table, "id", "id", code)) for table in _BY_ID]
    return seal(parts) if any(rows for _, rows in parts) else None


def _rows(
    connection: Connection, table: str, key: str, order: str, n: int | str
) -> list[dict[str, Any]]:
    cursor = run(connection, f"SELECT * FROM {table} WHERE {key} = ? ORDER BY {order}", (n,))  # noqa: S608 - constants
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
