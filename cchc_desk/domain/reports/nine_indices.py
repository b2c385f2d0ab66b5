"""The nine indices by which NĐ 61/2018 had a desk score itself: 0 to 2 points each, 18 in all.

An elective scheme: the decree is repealed since 1/7/2025. What a desk can count it counts; the
office scores the others itself (the setting SCORES).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cchc_desk.domain.figures import (
    OPEN_LATE,
    READY,
    READY_EARLY,
    READY_LATE,
    READY_ON_TIME,
    RECEIVED,
    RECEIVED_ONLINE,
    Facts,
    Figure,
)

SCORES = "nine_indices"  # the setting: {"4": 2, …}, the points that the office gives itself
COUNTED = (1, 3, 9)  # of the dossiers; the others SCORED_BY_OFFICE

READY_ASKED = Figure("ready_asked", READY.condition & Facts.asked.true)
READY_ASKED_TWICE = Figure("ready_asked_twice", READY.condition & Facts.asked_twice.true)
ONLINE_LATE = Figure(
    "online_late", (READY_LATE.condition | OPEN_LATE.condition) & Facts.online.true
)
FIGURES = (
    READY,
    READY_EARLY,
    READY_ON_TIME,
    READY_ASKED,
    READY_ASKED_TWICE,
    RECEIVED,
    RECEIVED_ONLINE,
    ONLINE_LATE,
)
_MUCH, _SOME = Fraction(30, 100), Fraction(15, 100)  # of the dossiers came online


@dataclass(frozen=True)
class Index:
    """One index, and what gives it two points, one, none."""

    number: int
    name: str
    two: str
    one: str
    none: str


@dataclass(frozen=True)
class Rank:
    """A rank, and the points from which on it is reached."""

    least: int
    name: str


def points(number: int, counts: Mapping[Figure, int]) -> Fraction | None:
    """Return the points of an index that is counted, the mean of its dossiers; None of none."""
    ready, received = counts[READY], counts[RECEIVED]
    if number == 1 and ready:
        return Fraction(2 * counts[READY_EARLY] + counts[READY_ON_TIME], ready)
    if number == 3 and ready:
        asked, twice = counts[READY_ASKED], counts[READY_ASKED_TWICE]
        return Fraction(2 * (ready - asked) + (asked - twice), ready)
    if number == 9 and received:
        online = Fraction(counts[RECEIVED_ONLINE], received)
        if counts[ONLINE_LATE] or online < _SOME:
            return Fraction(0)
        return Fraction(2 if online >= _MUCH else 1)
    return None


def rank(total: Fraction, ranks: Sequence[Rank]) -> str:
    """Return the name of the highest rank that these points reach: exactly on its line is in it."""
    return next(one.name for one in ranks if total >= one.least)
