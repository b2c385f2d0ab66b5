"""Numbers of new rows: the next of each table; at an away desk behind all those of its home."""

from sqlalchemy import Column, Connection, Integer

from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import metadata

_INFO = "first row number"  # key of Connection.info


def begin_at(connection: Connection, first: int) -> None:
    """Number the rows of the transaction that has just begun from `first` on, at least."""
    connection.info[_INFO] = first


def next_number(connection: Connection, *keys: Column[int]) -> int:
    """Return the number behind the highest in these columns; the caller holds the transaction."""
    highest = ", ".join(f"(SELECT max({key.name}) FROM {key.table.name})" for key in keys)  # noqa: S608
    found = run(connection, f"SELECT {highest}").fetchone()
    first: int = connection.info.get(_INFO, 1)
    return max(first, *(int(last or 0) + 1 for last in found))


def highest_number(connection: Connection) -> int:
    """Return the highest number of a row of any table whose rows are numbered."""
    tables = (table for table in metadata.sorted_tables if table.name not in ("schema", "journal"))
    keys = [
        key
        for table in tables
        for key in (list(table.primary_key) if len(table.primary_key) == 1 else ())
        if isinstance(key.type, Integer) and not key.foreign_keys
    ]
    return next_number(connection, *keys) - 1
