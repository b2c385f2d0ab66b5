"""Lines of the certification books on disk; people stand with their dossiers."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain.dossiers.certifications import BookLine, Certification, CertificationBook
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.store.dossiers.dossiers import number_of
from cchc_desk.store.engine.database import add, iso, run, sound, stored_moment, stored_number
from cchc_desk.store.engine.tables import certifications
from cchc_desk.store.papers import given_numbers

_VOID = (Status.NOT_RECEIVED, Status.WITHDRAWN, Status.STOPPED)
_LINE = (
    "SELECT c.book, c.year, c.volume, c.number, c.at, c.paper, c.pages, c.copies, c.fee, "
    "c.signer, c.signer_title, c.note, d.code, a.name, a.id_number, o.name, d.status "
    "FROM certifications c JOIN dossiers d ON d.n = c.dossier "
    "JOIN applicants a ON a.dossier = c.dossier JOIN officials o ON o.id = c.signer "
)
_USUAL = (
    "SELECT paper FROM (SELECT paper, at FROM certifications WHERE book = ? "
    "ORDER BY at DESC LIMIT 3000) newest "
    "GROUP BY paper ORDER BY count(*) DESC, max(at) DESC, paper LIMIT ?"
)
_LAST_SIGNER = (
    "SELECT signer FROM certifications WHERE book = ? ORDER BY at DESC, number DESC LIMIT 1"
)


def add_certifications(connection: Connection, code: str, lines: Sequence[Certification]) -> None:
    """Store the lines of a dossier that has none yet."""
    dossier = number_of(connection, code)
    rows = [
        vars(line) | {"dossier": dossier, "ordinal": ordinal, "at": iso(line.at)}
        for ordinal, line in enumerate(lines, 1)
    ]
    add(connection, certifications, [row | {"book": row["book"].value} for row in rows])


def of_dossier(connection: Connection, code: str) -> tuple[BookLine, ...]:
    """Return a dossier's lines, in the order of their numbers."""
    rows = run(connection, f"{_LINE} WHERE d.code = ? ORDER BY c.ordinal", (code,))
    return sound(connection, "certifications", rows, _line)


def in_book(
    connection: Connection, book: CertificationBook, start: str, end: str
) -> tuple[BookLine, ...]:
    """Return the lines of a book from `start` to `end` (ISO minutes), by year and number."""
    sql = f"{_LINE} WHERE c.book = ? AND c.at BETWEEN ? AND ? ORDER BY c.year, c.number"
    rows = run(connection, sql, (book.value, start, end))
    return sound(connection, "certifications", rows, _line)


def numbers_of_year(connection: Connection, year: int) -> dict[CertificationBook, frozenset[int]]:
    """Return the numbers given in that year, by book; a book without any is left out."""
    rows = run(connection, "SELECT book, number FROM certifications WHERE year = ?", (year,))
    numbers: dict[CertificationBook, set[int]] = {}
    for book, number in sound(connection, "certifications", rows, _book_and_number):
        numbers.setdefault(book, set()).add(number)
    return {book: frozenset(given) for book, given in numbers.items()}


def _book_and_number(row: Any) -> tuple[CertificationBook, int]:
    return CertificationBook(row[0]), stored_number(row[1], given_numbers.MOST)


def usual_papers(connection: Connection, book: CertificationBook, most: int) -> tuple[str, ...]:
    """Return the names of papers in the newest lines of a book, the most frequent first."""
    return tuple(row[0] for row in run(connection, _USUAL, (book.value, most)))


def last_signer(connection: Connection, book: CertificationBook) -> str:
    """Return the log-in name of who signed last, "" in an empty book."""
    row = run(connection, _LAST_SIGNER, (book.value,)).fetchone()
    return row[0] if row else ""


def _line(row: Sequence[Any]) -> BookLine:
    book, year, volume, number, at, *others, code, name, id_number, signer, status = row
    line = Certification(CertificationBook(book), year, volume, number, stored_moment(at), *others)
    "".join((line.volume_text, line.paper, line.note, code, name, id_number, signer))
    return BookLine(line, code, name, id_number, signer, status in _VOID)
