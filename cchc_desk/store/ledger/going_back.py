"""The ledger of two files of one desk: where they part, and what stands behind that place."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from cchc_desk.store.engine import database
from cchc_desk.store.engine.database import sqlite_errors

_BLOCK = 500
_PAST = "SELECT seq, hash FROM journal WHERE seq <= ? ORDER BY seq DESC LIMIT ?"


def last_common(copy: Path, other: Path) -> int | None:
    """Return the last entry that both ledgers have; None where one of them cannot be read."""
    try:
        with (
            closing(database.open_file(copy, "ro")) as first,
            closing(database.open_file(other, "ro")) as second,
        ):
            (upper,) = first.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
            while upper > 0:
                theirs = dict(second.execute(_PAST, (upper, _BLOCK)).fetchall())
                own = first.execute(_PAST, (upper, _BLOCK)).fetchall()
                for seq, hash_ in own:
                    if theirs.get(seq) == hash_:
                        return int(seq)
                upper = own[-1][0] - 1 if own else 0
    except sqlite_errors(ValueError, TypeError):
        return None
    return 0


def acts_behind(file: Path, seq: int) -> tuple[tuple[str, int], ...] | None:
    """Return each act behind entry `seq` with how often; None where the ledger cannot be read."""
    sql = "SELECT act, count(*) FROM journal WHERE seq > ? GROUP BY act ORDER BY 2 DESC, 1"
    try:
        with closing(database.open_file(file, "ro")) as connection:
            return tuple((str(act), int(n)) for act, n in connection.execute(sql, (seq,)))
    except sqlite_errors():
        return None


def missing(file: Path, entries: Sequence[tuple[int, str]]) -> int:
    """Return how many of these entries (number, hash) the ledger of a file does not have."""
    if not entries:
        return 0
    numbers = [seq for seq, _hash in entries]
    sql = "SELECT seq, hash FROM journal WHERE seq BETWEEN ? AND ?"
    try:
        with closing(database.open_file(file, "ro")) as connection:
            there = set(connection.execute(sql, (min(numbers), max(numbers))).fetchall())
    except sqlite_errors():
        return len(entries)
    return sum(entry not in there for entry in entries)


def hash_in(file: Path, seq: int) -> str | None:
    """Return the hash of one entry in a file; None where it is not there or cannot be read."""
    try:
        with closing(database.open_file(file, "ro")) as connection:
            row = connection.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()
    except sqlite_errors():
        return None
    return str(row[0]) if row else None


def finish_file(file: Path) -> None:
    """Make one whole file of a database that nobody has open: no -wal stays beside it.

    Raises sqlite3.Error.
    """
    connection: sqlite3.Connection = database.open_file(file, "rw")
    with closing(connection):
        connection.execute("PRAGMA journal_mode=DELETE")
