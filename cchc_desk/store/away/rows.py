"""Rows of dossiers, and of papers with an id of their own, compared and taken over.

A unit is what an entry of the ledger names by its code: a dossier with all its rows, or a slip,
registration or visitor by id. Rows have the same numbers in both databases: those of an away desk
are numbered behind all of its home (engine/row_numbers.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import metadata

Row = tuple[Any, ...]
Rows = Mapping[str, Mapping[Row, Row]]  # by table and primary key

# The tables of a dossier, each with what names the dossier in it by its number.
_OF_DOSSIER = {
    "dossiers": "n = ?",
    **dict.fromkeys(
        (
            *("applicants", "papers", "promises", "letters", "notices", "pauses", "due_moves"),
            *("hand_overs", "responsibilities", "slips", "reminders", "certifications", "scans"),
        ),
        "dossier = ?",
    ),
    "scan_contents": "scan IN (SELECT number FROM scans WHERE dossier = ?)",
}
_OF_ID = dict.fromkeys(("registrations", "slips", "visitors"), "id = ?")
_IN_ORDER = [table for table in metadata.sorted_tables if table.name in {**_OF_DOSSIER, **_OF_ID}]
# Rows that nothing takes away and, but for the end of a pause, nothing changes.
_KEPT = ("promises", "pauses", "due_moves")
_NUMBERED = ("letters", "slips", "certifications")  # a number once given is not taken away
_ADDED = ("scans", "scan_contents")  # where both sides worked, those of both
_LEDGERS = "last_entry"  # which entry it names is each ledger's own


@dataclass(frozen=True)
class Difference:
    """What makes the rows of one unit those of another database."""

    missing: Mapping[str, Sequence[Row]]
    changed: Mapping[str, Sequence[Row]]
    gone: Mapping[str, Sequence[Row]]  # primary keys


def number_of(connection: Connection, code: str) -> int | None:
    """Return the number of the dossier with this code; None where it is none's."""
    row = run(connection, "SELECT n FROM dossiers WHERE code = ?", (code,)).fetchone()
    return int(row[0]) if row else None


def rows_of(connection: Connection, code: str, n: int | None) -> Rows:
    """Return the rows of dossier number `n`, or where that is None of the id `code`."""
    wheres, value = (_OF_ID, code) if n is None else (_OF_DOSSIER, n)
    return {
        table.name: _keyed(connection, table, wheres[table.name], value)
        for table in _IN_ORDER
        if table.name in wheres
    }


def _keyed(connection: Connection, table: Table, where: str, value: object) -> dict[Row, Row]:
    sql = f"SELECT {_names(table)} FROM {table.name} WHERE {where}"  # noqa: S608 - our own names
    rows = run(connection, sql, (value,)).fetchall()
    return {_key(table, tuple(row)): tuple(row) for row in rows}


def difference(ours: Rows, theirs: Rows) -> Difference:
    """Return what makes `ours` the rows that `theirs` are."""
    missing, changed, gone = {}, {}, {}
    for name, rows in theirs.items():
        known = ours[name]
        missing[name] = [row for key, row in rows.items() if key not in known]
        changed[name] = [
            row
            for key, row in rows.items()
            if key in known and _facts(name, row) != _facts(name, known[key])
        ]
        gone[name] = [key for key in known if key not in rows]
    return Difference(missing, changed, gone)


def without_loss(found: Difference) -> Difference:
    """Return the difference without what it would take away of scans."""
    return Difference(
        found.missing,
        found.changed,
        {name: () if name in _ADDED else keys for name, keys in found.gone.items()},
    )


def only_scans(found: Difference) -> Difference:
    """Return of the difference the scans that are missing alone: they take nobody's place."""
    return Difference({name: found.missing.get(name, ()) for name in _ADDED}, {}, {})


def may_replace(ours: Rows, found: Difference) -> bool:
    """Return False where the difference would take away or change what is kept for ever.

    A promise, a pause, a move of a due moment, the number of a letter, slip or line of a book; a
    pause that goes on may have ended.
    """
    if any(_loses_number(ours, found, name) for name in _NUMBERED):
        return False
    if any(found.gone.get(name) for name in _KEPT):
        return False
    for name in _KEPT:
        table = metadata.tables[name]
        for row in found.changed.get(name, ()):
            if name != "pauses" or not _only_ends(ours[name][_key(table, row)], row):
                return False
    return True


def _loses_number(ours: Rows, found: Difference, name: str) -> bool:
    table = metadata.tables[name]
    place = table.columns.keys().index("number")
    after = {_key(table, row): row[place] for row in found.changed.get(name, ())}
    after |= dict.fromkeys(found.gone.get(name, ()))
    return any(ours[name][key][place] not in (None, number) for key, number in after.items())


def _only_ends(before: Row, after: Row) -> bool:
    columns = metadata.tables["pauses"].columns.keys()
    old, new = dict(zip(columns, before, strict=True)), dict(zip(columns, after, strict=True))
    fixed = ("kind", "began", "stops_clock")
    return old["ended"] is None and all(old[column] == new[column] for column in fixed)


def take_over(connection: Connection, differences: Sequence[Difference]) -> None:
    """Make the rows of many units those of the other database; the caller holds the transaction.

    Table by table, each behind those that it refers to.
    """
    for table in reversed(_IN_ORDER):
        for key in _all(differences, "gone", table):
            _delete(connection, table, key)
    for table in _IN_ORDER:
        for row in _all(differences, "missing", table):
            add_row(connection, table, row)
        for row in _all(differences, "changed", table):
            _update(connection, table, row)


def _all(differences: Iterable[Difference], part: str, table: Table) -> Iterator[Row]:
    for found in differences:
        yield from getattr(found, part).get(table.name, ())


def add_row(connection: Connection, table: Table, row: Row) -> None:
    """Add a row as it lies in the other database."""
    marks = ", ".join("?" * len(row))
    sql = f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks})"  # noqa: S608 - our own names
    run(connection, sql, row)


def _update(connection: Connection, table: Table, row: Row) -> None:
    values = dict(zip(table.columns.keys(), row, strict=True))
    keys = table.primary_key.columns.keys()
    others = [name for name in values if name not in keys and name != _LEDGERS]
    changes = ", ".join(f'"{name}" = ?' for name in others)
    sql = f"UPDATE {table.name} SET {changes} WHERE {_where(table)}"  # noqa: S608 - our own names
    run(connection, sql, [values[name] for name in (*others, *keys)])


def _delete(connection: Connection, table: Table, key: Row) -> None:
    run(connection, f"DELETE FROM {table.name} WHERE {_where(table)}", key)  # noqa: S608 - our own names


def _where(table: Table) -> str:
    return " AND ".join(f'"{key.name}" = ?' for key in table.primary_key)


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _key(table: Table, row: Row) -> Row:
    values = dict(zip(table.columns.keys(), row, strict=True))
    return tuple(values[key.name] for key in table.primary_key)


def _facts(name: str, row: Row) -> Row:
    columns = metadata.tables[name].columns.keys()
    return tuple(value for column, value in zip(columns, row, strict=True) if column != _LEDGERS)
