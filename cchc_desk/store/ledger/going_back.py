"""The ledger of two files of one desk: where they part, and what stands behind that place."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from cchc_desk.store.engine import database
from cchc_desk.store.engine.database import sqlite_errors, trouble_of

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


def missing(file: Path, noted: Sequence[tuple[int, str]]) -> int:
    """Return how many entries the ledger of a file does not have, of those that were noted.

    `noted`: number and hash of the last entry of each transaction, in their order.
    """
    if not noted:
        return 0
    numbers = [seq for seq, _hash in noted]
    sql = "SELECT seq, hash FROM journal WHERE seq BETWEEN ? AND ?"
    try:
        with closing(database.open_file(file, "ro")) as connection:
            there = set(connection.execute(sql, (min(numbers), max(numbers))).fetchall())
            (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
    except sqlite_errors():
        there, last = set(), 0
    count, before, was_there = 0, 0, False
    for entry in noted:
        seq = entry[0]
        if entry not in there:
            behind = last if was_there and before < last < seq else before
            count += seq - behind if 0 < behind < seq else 1
        before, was_there = seq, entry in there
    return count


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

    Raises as trouble_of().
    """
    try:
        with closing(database.open_file(file, "rw")) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite_errors() as error:
        raise trouble_of(error) from error
