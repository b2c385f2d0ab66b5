"""Numbers of papers: one series per symbol and year, from the desk's own block; its gaps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from cchc_desk.actions.away.trips import trips_in
from cchc_desk.domain.away import at_home
from cchc_desk.domain.ledger.numbers import Blocks
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import registers
from cchc_desk.store.papers import certifications, given_numbers

_LAST_NUMBER = 99999


@dataclass(frozen=True)
class Series:
    """The numbers of one symbol in one year; no paper has those in `gaps`, a void one `void`."""

    symbol: str
    year: int
    given: int
    last: int
    gaps: tuple[int, ...]
    void: tuple[int, ...] = ()


def paper_number(desk: Desk, connection: Connection, symbol: str, now: datetime) -> int:
    """Return the next number of `symbol` this year, taken in the caller's transaction.

    Raises Refused("block-full").
    """
    settings, year = desk.settings, f"{now:%Y}"
    used = given_numbers.numbers_of(
        connection, symbol, now.year
    )  # some by hand, from the registrar
    number = registers.take_number(connection, symbol, year, settings["letter_block_first"])
    while number in used:
        number = registers.take_number(connection, symbol, year, settings["letter_block_first"])
    if number > settings["letter_block_last"]:
        raise Refused(
            "block-full",
            _("Quầy đã dùng hết dải số {symbol} năm {year}; hãy nới dải số trong Cài đặt.").format(
                symbol=symbol, year=year
            ),
        )
    return number


def letter_number(desk: Desk, connection: Connection, now: datetime, typed: int | None) -> int:
    """Return the number of an apology letter: typed from the registrar (văn thư), else the next.

    Raises Refused: "number-missing", "number-used", "block-full", "away".
    """
    symbol = desk.settings["letter_symbol"]
    if not desk.settings["letter_by_registrar"]:
        return paper_number(desk, connection, symbol, now)
    if desk.away is not None:  # the registrar's book lies at the ward
        raise at_home(desk.away)
    if typed is None or not 1 <= typed <= _LAST_NUMBER:
        raise Refused("number-missing", _("Văn thư cấp số: hãy nhập số của thư xin lỗi."), "number")
    if typed in given_numbers.numbers_of(connection, symbol, now.year):
        raise Refused(
            "number-used",
            _("Số {typed} đã dùng trong năm {year}; hãy hỏi lại văn thư.").format(
                typed=f"{typed:02d}", year=now.year
            ),
            "number",
        )
    return typed


def coming_numbers(desk: Desk, connection: Connection, now: datetime, most: int) -> tuple[int, ...]:
    """Return the next numbers of apology letters, none taken: `most`, or what the block has left.

    None where the registrar (văn thư) gives them.
    """
    settings, symbol = desk.settings, desk.settings["letter_symbol"]
    if settings["letter_by_registrar"]:
        return ()
    used = given_numbers.numbers_of(connection, symbol, now.year)
    first = registers.next_number(connection, symbol, f"{now:%Y}", settings["letter_block_first"])
    free = (n for n in range(first, settings["letter_block_last"] + 1) if n not in used)
    return tuple(islice(free, most))


def series(desk: Desk, year: int) -> tuple[Series, ...]:
    """Return every series of the year with its gaps since the desk's first number.

    The registrar's series begins at the first used number; the numbers of each away desk are a
    part of their own.
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        given = {
            symbol: numbers
            for symbol in given_numbers.symbols(connection, year)
            if (numbers := given_numbers.numbers_of(connection, symbol, year))
        }  # a damaged symbol, as it is shown, has none
        void = {symbol: given_numbers.void_of(connection, symbol, year) for symbol in given}
        certified = certifications.numbers_of_year(connection, year)
        away = tuple(dict.fromkeys(trip.blocks for trip in trips_in(connection)))
    by_hand = {desk.settings["letter_symbol"]} if desk.settings["letter_by_registrar"] else set()
    first = desk.settings["letter_block_first"]
    letters = tuple(
        replace(
            _series(
                symbol,
                year,
                numbers,
                min(numbers) if symbol in by_hand else min(first, *numbers),
                () if symbol in by_hand else away,
            ),
            void=void[symbol],
        )
        for symbol, numbers in sorted(given.items())
    )
    books = tuple(
        _series(book.symbol, year, numbers, min(desk.settings[f"{book}_first"], *numbers))
        for book, numbers in sorted(certified.items())
    )
    return (*letters, *books)


def _series(
    symbol: str, year: int, numbers: frozenset[int], first: int, away: Iterable[Blocks] = ()
) -> Series:
    parts, own = [], numbers
    for block in away:
        given = {number for number in numbers if block.letter_first <= number <= block.letter_last}
        parts.append((block.letter_first, given))
        own -= given
    missing = {
        number
        for begin, given in ((first, own), *parts)
        if given
        for number in set(range(begin, max(given))) - given
    }
    return Series(symbol, year, len(numbers), max(own or numbers), tuple(sorted(missing)))
