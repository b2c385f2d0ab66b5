"""The numbers that letters and slips bear."""

from sqlalchemy import Connection

from cchc_desk.store.engine.database import run


def symbols(connection: Connection, year: int) -> list[str]:
    """Return every symbol under which a paper was numbered in that year."""
    asked = (
        "SELECT symbol FROM letters WHERE year = ? UNION SELECT symbol FROM slips WHERE year = ?"
    )
    return [row[0] for row in run(connection, asked, (year, year))]


def void_of(connection: Connection, symbol: str, year: int) -> tuple[int, ...]:
    """Return the numbers of the slips of this symbol and year that are void, in order."""
    asked = "SELECT number FROM slips WHERE symbol = ? AND year = ? AND void IS NOT NULL ORDER BY 1"
    return tuple(row[0] for row in run(connection, asked, (symbol, year)))


def numbers_of(connection: Connection, symbol: str, year: int) -> frozenset[int]:
    """Return the numbers that letters and slips of this symbol and year bear."""
    asked = (
        "SELECT number FROM letters WHERE symbol = ? AND year = ? UNION "
        "SELECT number FROM slips WHERE symbol = ? AND year = ?"
    )
    return frozenset(row[0] for row in run(connection, asked, (symbol, year) * 2))
