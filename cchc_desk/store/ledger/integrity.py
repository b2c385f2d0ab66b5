"""Seals: one hash over all rows of a dossier, stored in its ledger entries.

By it a row that was changed in silence shows.

A seal leaves out what is empty at the end of a row: a column that a later schema adds, last and
empty, does not break the seals of before.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import metadata

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
_EMPTY = (None, "")
_Values = tuple[Any, ...]  # of a row, in the order of its table's columns
# The entry that carries a seal has its number only after the sealing: the row's note of it stands
# outside.
_OUTSIDE = "last_entry"
# The columns of each table in the order of the seal.
_COLUMNS = {
    name: tuple(column.name for column in table.columns if column.name != _OUTSIDE)
    for name, table in metadata.tables.items()
}
_IN_ORDER = {name: itemgetter(*columns) for name, columns in _COLUMNS.items()}
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
    ("certifications", "dossier", "ordinal"),
    ("scans", "dossier", "number"),
    ("reminders", "dossier", "time"),
)
_BLOCK = 500  # dossiers
_FIRST = -(2**63)  # of SQLite's row numbers
# What stands under an id of its own: before anything is accepted, and the years of the calendar.
_BY_ID = ("slips", "registrations", "visitors", "calendar_years")


# The tables of the desk itself whose every change is an act: what of them is sealed, in which
# order.
_DESK_TABLES = {
    "settings": "SELECT key, value FROM settings WHERE key NOT GLOB '*_paper' "
    "AND key NOT GLOB '*_offset' AND key NOT GLOB '*_printer' ORDER BY key",
    "officials": "SELECT id, name, role, title, active FROM officials ORDER BY id",
    "passwords": "SELECT id, password_hash FROM officials ORDER BY id",
    "passwords_to_change": "SELECT id, must_change FROM officials ORDER BY id",
    "paper_sizes": "SELECT key, value FROM settings WHERE key GLOB '*_paper' ORDER BY key",
    "absences": "SELECT * FROM absences ORDER BY number",
    "report_sets": "SELECT * FROM report_sets ORDER BY number",
    "report_bundles": "SELECT * FROM report_bundles ORDER BY number",
    "paper_receipts": "SELECT number, printed, void FROM paper_receipts ORDER BY number",
    "process_steps": "SELECT * FROM process_steps ORDER BY procedure_code, ordinal",
    "procedures": "SELECT code, effective_from, effective_to, facts FROM procedures "
    "ORDER BY code, effective_from",
}


# What is sealed with a table of the same rows: another seal, as older entries seal the first alone.
_WITH = {"officials": ("passwords", "passwords_to_change"), "settings": ("paper_sizes",)}


def sealed_with(tables: Iterable[str]) -> tuple[str, ...]:
    """Return these of the desk's own tables and what is sealed together with them."""
    return tuple(dict.fromkeys(part for table in tables for part in (table, *_WITH.get(table, ()))))


def desk_tables() -> tuple[str, ...]:
    """Return the names of the desk's own tables that are sealed."""
    return tuple(_DESK_TABLES)


def table_seal(connection: Connection, table: str) -> str:
    """Return the hash over one table of the desk itself (_DESK_TABLES) as it stands now."""
    hashed = hashlib.sha256(b"[")  # a list in JSON, row by row: the catalogue as one text is 1.7 MB
    for ordinal, row in enumerate(run(connection, _DESK_TABLES[table])):
        hashed.update((("," if ordinal else "") + _ENCODER.encode(list(row))).encode())
    hashed.update(b"]")
    return hashed.hexdigest()


def seal(parts: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> str:
    """Return the hash over (table, rows as they lie on disk: truth as 0 and 1).

    Tables without rows count for nothing.
    """
    return _hash([_full(_IN_ORDER[table](row)) for row in rows] for table, rows in parts)


def new_seals(many: Iterable[Mapping[str, Sequence[Mapping[str, Any]]]]) -> list[str]:
    """Return seal() of the rows of each of many new dossiers, by their tables.

    A row has no fractions. msgspec writes what json does, six times as fast, but for those.
    """
    import msgspec

    encode = msgspec.json.Encoder().encode
    return [
        hashlib.sha256(
            encode([[_new(table, row) for row in rows] for table, rows in parts.items() if rows])
        ).hexdigest()
        for parts in many
    ]


def _new(table: str, row: Mapping[str, Any]) -> _Values:
    values = _full(_IN_ORDER[table](row))
    if bytes in map(type, values):
        return tuple(value.hex() if type(value) is bytes else value for value in values)
    return values


def _hash(parts: Iterable[Sequence[_Values]]) -> str:
    filled = [rows for rows in parts if rows]
    return hashlib.sha256(_ENCODER.encode(filled).encode()).hexdigest()


def _full(row: _Values) -> _Values:
    """Return the row without what is empty at its end."""
    end = len(row)
    while row[end - 1] in _EMPTY:
        end -= 1
    return row[:end]


def seal_of(connection: Connection, code: str) -> str | None:
    """Return the seal of this dossier, or of the row with this id (_BY_ID), as it stands now.

    None where there is neither.
    """
    dossier = run(connection, "SELECT n FROM dossiers WHERE code = ?", (code,)).fetchone()
    if dossier:
        return _hash(
            _rows(connection, table, f"WHERE {key} = ? ORDER BY {order}", dossier[0])
            for table, key, order in _PARTS
        )
    parts = [_rows(connection, table, "WHERE id = ? ORDER BY id", code) for table in _BY_ID]
    return _hash(parts) if any(parts) else None


def _rows(connection: Connection, table: str, which: str, value: int | str) -> list[_Values]:
    return [_full(row) for row in run(connection, _select(table, which), (value,))]


def dossier_seals(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield the code and the seal of every dossier by number.

    Each table is read once, a block at a time.
    """
    sql = "SELECT n, code FROM dossiers WHERE n > ? ORDER BY n LIMIT ?"
    block = run(connection, sql, (_FIRST, _BLOCK)).fetchall()
    while block:
        first, last = block[0][0], block[-1][0]
        yield from _seals(connection, block, "BETWEEN ? AND ?", (first, last))
        block = run(connection, sql, (last, _BLOCK)).fetchall()


def seals_of(connection: Connection, codes: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each code with what seal_of() says of it, each table read once for many of them."""
    wanted = list(codes)
    for begin in range(0, len(wanted), _BLOCK):
        block = wanted[begin : begin + _BLOCK]
        among = f"IN ({', '.join('?' * len(block))})"
        found = run(connection, f"SELECT n, code FROM dossiers WHERE code {among}", block)  # noqa: S608 - constants
        numbered = found.fetchall()
        among = f"IN ({', '.join('?' * len(numbered))})"
        seals = dict(_seals(connection, numbered, among, [n for n, _code in numbered]))
        for code in block:
            yield code, seals[code] if code in seals else seal_of(connection, code)


def _seals(
    connection: Connection, block: Iterable[tuple[int, str]], which: str, values: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Yield code and seal of the dossiers in `block`, whose numbers are `which` `values`."""
    parts = [_by_dossier(connection, *part, which, values) for part in _PARTS]
    for n, code in block:
        yield code, _hash([rows[n] for rows in parts if n in rows])


def _by_dossier(
    connection: Connection, table: str, key: str, order: str, which: str, values: Sequence[int]
) -> dict[Any, list[_Values]]:
    """Return the rows of the dossiers whose numbers are `which` `values`, by number."""
    which = f"WHERE {key} {which} ORDER BY {key}, {order}"
    place = _COLUMNS[table].index(key)
    rows = defaultdict[Any, list[_Values]](list)
    for row in run(connection, _select(table, which), values):
        rows[row[place]].append(_full(row) if row[-1] in _EMPTY else row)  # a call costs more
    return rows


@cache
def _select(table: str, which: str) -> str:
    return f"SELECT {', '.join(_COLUMNS[table])} FROM {table} {which}"  # noqa: S608 - constants
