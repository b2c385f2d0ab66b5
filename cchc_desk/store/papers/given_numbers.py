"""The numbers that letters and slips bear."""

from sqlalchemy import Connection

from cchc_desk.store.engine.database import run

MOST = 99_999  # in a year, of one symbol or one book


def symbols(connection: Connection, year: int) -> list[str]:
    """Return every symbol under which a paper was numbered in that year."""
    asked = (
        "SELECT symbol FROM letters WHERE year = ? UNION SELECT symbol FROM slips WHERE year = ?"
    )
    return [row[0] for row in run(connection, asked, (year, year)) if isinstance(row[0], str)]


def void_of(connection: Connection, symbol: str, year: int) -> tuple[int, ...]:
    """Return the numbers of the slips of this symbol and year that are void, in order."""
    asked = "SELECT number FROM slips WHERE symbol = ? AND year = ? AND void IS NOT NULL ORDER BY 1"
    numbers = (row[0] for row in run(connection, asked, (symbol, year)))
    return tuple(number for number in numbers if _is_number(number))


def numbers_of(connection: Connection, symbol: str, year: int) -> frozenset[int]:
    """Return the numbers that letters and slips of this symbol and year bear."""
    asked = (
        "SELECT number FROM letters WHERE symbol = ? AND year = ? UNION "
        "SELECT number FROM slips WHERE symbol = ? AND year = ?"
    )
    numbers = (row[0] for row in run(connection, asked, (symbol, year) * 2))
    return frozenset(number for number in numbers if _is_number(number))


def _is_number(value: object) -> bool:
    """True for what a paper can bear: a damaged one would make gaps without end."""
    return isinstance(value, int) and 0 < value <= MOST
