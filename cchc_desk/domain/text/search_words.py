"""The words of a query, and the other ways in which the same name or number may be stored."""

from functools import lru_cache

from cchc_desk.domain.text.numbers import (
    ascii_digits,
    joined_passports,
    spelt_numbers,
    without_labels,
)
from cchc_desk.domain.text.vietnamese import fold, unified, without_apostrophes


@lru_cache(maxsize=16)  # asked for each line of a list
def ways_to_search(query: str) -> tuple[tuple[str, ...], ...]:
    """Return the folded words of the query, and those with names and numbers in one piece.

    "h'nhon 0912 345 678" -> (h, nhon, 0912, 345, 678), (hnhon, 0912345678), and with one joined.
    """
    query = without_labels(unified(query))
    whole = joined_passports(ascii_digits(query))
    for spelt, number in sorted(spelt_numbers(query), key=lambda pair: -len(pair[0])):
        whole = whole.replace(spelt, number)
    texts = (query, whole, without_apostrophes(query), without_apostrophes(whole))
    ways = dict.fromkeys(tuple(fold(text).split()) for text in texts)
    return tuple(filter(None, ways))
