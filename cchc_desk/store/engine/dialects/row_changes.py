"""The rows that a transaction changes in tables with a sum (store/ledger/sums.py).

In the file of one PC triggers of the connection tell them, which are not in the file; PostgreSQL
has no such ones: its own triggers keep them in a table until they are taken.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cchc_desk.store.engine.database import add_function, run
from cchc_desk.store.engine.dialects import is_postgresql

# All of them: those of another transaction were written without this program.
_TAKE = (
    "DELETE FROM row_changes RETURNING name, sign, facts, xmin = pg_current_xact_id()::xid AS own"
)
# The columns of each table, and the one without which a row does not count ("": every row does).
Watched = Mapping[str, tuple[tuple[str, ...], str]]


class RowChange(NamedTuple):
    """A row that came (1) or went (-1); one that was changed did both."""

    table: str
    sign: int
    row: tuple[Any, ...]


def begin(connection: Connection, watched: Watched, note: Callable[[RowChange], None]) -> None:
    """Note the rows that change from here on; the caller has just begun a write transaction.

    `note` is called for each at once, or by taken().
    """
    if is_postgresql(connection):  # taken() knows what was written without this program
        return
    # Made once, and again where the transaction that made them was rolled back.
    if run(connection, "SELECT 1 FROM temp.sqlite_master LIMIT 1").fetchone() is None:
        _listen(connection, watched, note)


def forget(connection: Connection) -> None:
    """Forget the rows that were kept and not taken."""
    if is_postgresql(connection):
        run(connection, "DELETE FROM row_changes")


def taken(connection: Connection, watched: Watched) -> Iterator[RowChange]:
    """Yield what was kept since the last time, where it was not noted at once."""
    if not is_postgresql(connection):
        return
    for table, sign, facts, own in run(connection, _TAKE).fetchall():
        columns, needed = watched[table]
        if own and (not needed or facts[needed] is not None):
            yield RowChange(table, sign, tuple(facts[column] for column in columns))


def _listen(connection: Connection, watched: Watched, note: Callable[[RowChange], None]) -> None:
    def changed(table: str, sign: int, *row: Any) -> None:
        note(RowChange(table, sign, row))

    add_function(connection, "cchc_row_changed", changed)
    for table, (columns, needed) in watched.items():
        for event, row, sign in (
            ("INSERT", "NEW.", 1),
            ("DELETE", "OLD.", -1),
            ("UPDATE", "OLD.", -1),
            ("UPDATE", "NEW.", 1),
        ):
            when = f"WHEN {row}{needed} IS NOT NULL" if needed else ""
            name, on = f"{table}_{event}_{row[:3]}", f"{event} ON main.{table} {when}"
            names = ", ".join(f'{row}"{column}"' for column in columns)
            run(
                connection,
                f"CREATE TEMP TRIGGER {name} AFTER {on} "
                f"BEGIN SELECT cchc_row_changed('{table}', {sign}, {names}); END",
            )
