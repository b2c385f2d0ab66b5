"""All rows of one desk's database into another's, whatever the engines of the two."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Table

from cchc_desk.store.engine.database import run, run_many
from cchc_desk.store.engine.dialects import row_changes
from cchc_desk.store.engine.tables import metadata

_BLOCK = 2_000  # rows


def copy_rows(source: Connection, target: Connection) -> int:
    """Copy every row of every table into a database that has none; return how many.

    The caller holds the write transactions of both; `target` has its schema already. The index of
    the search is none of them.
    """
    count = 0
    for table in _tables():
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join("?" * len(table.columns))
        add = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        for rows in _blocks(source, table):
            run_many(target, add, rows)
            count += len(rows)
    row_changes.forget(target)  # the sums were copied with the rows
    return count


def differing_tables(first: Connection, second: Connection) -> tuple[str, ...]:
    """Return the names of the tables whose rows are not the same in both, value by value."""
    return tuple(
        table.name for table in _tables() if _digest(first, table) != _digest(second, table)
    )


def _tables() -> Iterator[Table]:
    """Yield the tables, each behind those that it refers to; each file has its own `schema`.

    The days are summed anew from the dossiers.
    """
    own = ("schema", "day_summaries")
    return (table for table in metadata.sorted_tables if table.name not in own)


def _blocks(connection: Connection, table: Table) -> Iterator[list[tuple[object, ...]]]:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
    rows = run(connection, f"SELECT {names} FROM {table.name} ORDER BY {keys}")  # noqa: S608
    while block := rows.fetchmany(_BLOCK):
        yield block


def _digest(connection: Connection, table: Table) -> str:
    digest = hashlib.sha256()
    for rows in _blocks(connection, table):
        digest.update(repr(rows).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
