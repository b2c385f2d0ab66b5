"""Number series in any file of a desk: the highest ever given, raised in one that is put back."""

import mmap
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.certifications import CertificationBook
from cchc_desk.domain.ledger.numbers import TakenNumber, highest
from cchc_desk.settings import Settings
from cchc_desk.store.engine import backup, database
from cchc_desk.store.engine.database import run, sqlite_errors
from cchc_desk.store.office import registers

DOSSIER, PAPER_RECEIPT = "dossier", "paper-receipt"
# What is written on papers outranks the row that counts them: that may have been lost or set back.
_GIVEN = (
    "SELECT series, period, next - 1 FROM numbers WHERE series != 'facts'",
    "SELECT 'dossier', substr(code, -11, 6), max(CAST(substr(code, -4) AS INTEGER)) FROM dossiers "
    "WHERE code GLOB '*-[0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]' "
    "AND CAST(substr(code, -4) AS INTEGER) <= :last GROUP BY 2",
    "SELECT 'paper-receipt', substr(number, 4, 6), max(CAST(substr(number, 11) AS INTEGER)) "
    "FROM paper_receipts GROUP BY 2",
    "SELECT symbol, CAST(year AS TEXT), max(number) FROM letters "
    "WHERE number <= :letter_last GROUP BY 1, 2",
    "SELECT symbol, CAST(year AS TEXT), max(number) FROM slips "
    "WHERE number <= :letter_last GROUP BY 1, 2",
)
_BOOKS = "SELECT book, CAST(year AS TEXT), max(number) FROM certifications GROUP BY 1, 2"
_REVISION = "SELECT next FROM numbers WHERE series = 'facts'"
_RAISE = (
    "INSERT INTO numbers (series, period, next) VALUES (?, ?, ?) "
    "ON CONFLICT (series, period) DO UPDATE SET next = max(numbers.next, excluded.next)"
)


def numbers_in(file: Path) -> tuple[TakenNumber, ...]:
    """Return the highest number of each series in a file that is only read.

    What cannot be read of it is passed over: each table that can counts. Numbers behind the desk's
    own blocks are those of away desks: none of its series goes on there.
    """
    settings = Settings(backup.settings_in(file))
    blocks = {"last": settings["block_last"], "letter_last": settings["letter_block_last"]}
    found: list[TakenNumber] = []
    try:
        with closing(database.open_file(file, "ro")) as connection:
            for sql in (*_GIVEN, _BOOKS):
                try:
                    rows = connection.execute(sql, blocks).fetchall()
                except sqlite_errors():
                    continue  # a table that an older version did not have, or damaged pages
                found += _read(rows, of_books=sql is _BOOKS)
    except sqlite_errors():
        return ()
    return highest(found)


def _read(rows: Iterable[tuple[object, ...]], *, of_books: bool) -> Iterator[TakenNumber]:
    for series, period, number in rows:
        if isinstance(number, int) and isinstance(series, str) and number > 0:
            if of_books:
                known = series in set(CertificationBook)
                series = CertificationBook(series).symbol if known else series
            yield TakenNumber(series, str(period), number)


def revision_in(file: Path) -> int:
    """Return the revision of settings, calendar and regimes in a file; 0 where it is not read."""
    try:
        with closing(database.open_file(file, "ro")) as connection:
            row = connection.execute(_REVISION).fetchone()
    except sqlite_errors():
        return 0
    return int(row[0]) if row and isinstance(row[0], int) else 0


def codes_among_bytes(file: Path, unit_code: str, first: int, last: int) -> tuple[TakenNumber, ...]:
    """Return the highest codes that stand anywhere in the bytes of a file that cannot be opened.

    Of dossiers only those in the desk's block, `first` to `last`. Raises OSError.
    """
    patterns = (
        (DOSSIER, re.compile(re.escape(unit_code).encode() + rb"-(\d{6})-(\d{4})(?!\d)")),
        (PAPER_RECEIPT, re.compile(rb"GT-(\d{6})-(\d{4})(?!\d)")),
    )
    if not file.stat().st_size:
        return ()
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as text:
        return highest(
            TakenNumber(series, found[1].decode(), int(found[2]))
            for series, pattern in patterns
            for found in pattern.finditer(text)
            if series != DOSSIER or first <= int(found[2]) <= last
        )


def raise_numbers(connection: Connection, numbers: Iterable[TakenNumber], revision: int) -> None:
    """Make every series go on behind `numbers`; the caller holds the transaction."""
    for taken in numbers:
        registers.raise_number(connection, taken)
    run(connection, _RAISE, ("facts", "", revision + 1))
