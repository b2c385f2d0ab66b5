"""Numbers that papers bear, as the ledger and its witness keep them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class TakenNumber:
    """A number of a series ("dossier", a letter's symbol …) in its period ("261129", "2026")."""

    series: str
    period: str
    number: int


@dataclass(frozen=True)
class Blocks:
    """Numbers of dossiers in a day and of apology letters in a year, first and last, of a desk."""

    first: int
    last: int
    letter_first: int
    letter_last: int


def highest(numbers: Iterable[TakenNumber]) -> tuple[TakenNumber, ...]:
    """Return the highest number of each series and period, in the order of both."""
    found: dict[tuple[str, str], TakenNumber] = {}
    for taken in numbers:
        key = taken.series, taken.period
        if key not in found or taken.number > found[key].number:
            found[key] = taken
    return tuple(found[key] for key in sorted(found))
