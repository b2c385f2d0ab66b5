"""Why a dossier was found: the words of a query within its name, code and numbers."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Protocol

from cchc_desk.domain.text.numbers import ascii_digits, spelt_numbers
from cchc_desk.domain.text.search_words import ways_to_search
from cchc_desk.domain.text.vietnamese import APOSTROPHES, fold, without_apostrophes

FEWEST_LAST_DIGITS = 3  # fewer would be the end of every tenth number
_WORD = re.compile(rf"[^\W{APOSTROPHES}]+")
_JOINED = re.compile(rf"[^\W{APOSTROPHES}]+(?:[{APOSTROPHES}]+[^\W{APOSTROPHES}]+)+")


class Part(Enum):
    """A part of a dossier that its search looks at, in the order in which a reason is looked for.

    The value is the attribute of a row of a list.
    """

    NAME = "name"
    CODE = "code"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    SUBMITTER = "submitter_name"


class Searched(Protocol):
    """The parts of a dossier that its search looks at."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def id_number(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def submitter_name(self) -> str: ...


@dataclass(frozen=True)
class Match:
    """A word of the query in a part: its letters from `start` up to `end`."""

    part: Part
    start: int
    end: int


def matches(row: Searched, query: str) -> tuple[Match, ...]:
    """Return where each word of the query stands, as store/dossiers/search.py finds it.

    Each in the first part that has it; a word of digits may be the end of a number. Of the ways to
    read the query the first all of whose words stand somewhere, else the first.
    """
    ways = ways_to_search(query)
    readings = [_matches(row, words) for words in ways]
    whole = (found for found, words in zip(readings, ways, strict=True) if len(found) == len(words))
    return next(whole, readings[0] if readings else ())


def _matches(row: Searched, words: tuple[str, ...]) -> tuple[Match, ...]:
    found = (_match(row, word, is_last=place == len(words) - 1) for place, word in enumerate(words))
    return tuple(match for match in found if match)


def _match(row: Searched, word: str, *, is_last: bool) -> Match | None:
    for part in Part:
        span = _span(part, getattr(row, part.value), word, is_last=is_last)
        if span:
            return Match(part, *span)
    return None


def _span(part: Part, text: str, word: str, *, is_last: bool) -> tuple[int, int] | None:
    for start, folded in _folded_words(text):
        if folded == word or (is_last and folded.startswith(word)):
            return start, start + len(word)
    if part in _NUMBERS and word.isdigit():
        return _number_span(part, text, word, is_last=is_last)
    for there in _JOINED.finditer(text):
        folded = fold(without_apostrophes(there[0]))
        if folded == word or (is_last and folded.startswith(word)):
            return there.start(), there.end()
    return None


@lru_cache(maxsize=2048)  # the lines of an answer, each asked for each word
def _folded_words(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((there.start(), fold(there[0])) for there in _WORD.finditer(text))


def _number_span(part: Part, text: str, word: str, *, is_last: bool) -> tuple[int, int] | None:
    if part is not Part.CODE:
        for spelt, number in spelt_numbers(text):
            if number == word or (is_last and number.startswith(word)):
                start = ascii_digits(text).find(spelt)
                return start, start + len(spelt)
    if len(word) < FEWEST_LAST_DIGITS:
        return None
    for there in re.finditer(r"\d+", text) if part is Part.PHONE else ():  # one of two
        if ascii_digits(there[0]).endswith(word):
            return there.end() - len(word), there.end()
    digits = [place for place, letter in enumerate(text) if letter.isdecimal()]
    group = text.rpartition("-")[2] if part is Part.CODE else text
    if "".join(filter(str.isdecimal, ascii_digits(group))).endswith(word):
        return digits[-len(word)], len(text.rstrip())
    return None


_NUMBERS = frozenset({Part.CODE, Part.ID_NUMBER, Part.PHONE})
