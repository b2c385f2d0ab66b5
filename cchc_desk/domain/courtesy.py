""" "4 xin, 4 luôn": the eight items, the visits that a clerk scores, what citizens say of them, the
card of a week.

A score is for the clerk to learn from. What was not called for is not missed: an apology only where
the dossier was late, asking leave only where somebody had to wait. Nothing counted is None, never
100 %.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, TypeVar

from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.deadlines import TimeLimit
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message

FACES = (1, 2, 3, 4, 5)  # from very dissatisfied to very satisfied
CORRECTABLE = timedelta(minutes=2)  # a rating pressed by mistake may be put right for so long
LONGEST_ITEM = 40
TREND_WEEKS = 8


class Moment(Enum):
    """When the words are spoken: somebody comes, a dossier is late, somebody must wait, somebody
    goes.
    """

    GREETING = "greeting"
    LATE = "late"
    WAIT = "wait"
    THANKS = "thanks"


@dataclass(frozen=True)
class Item:
    """One of the eight. `when`: the moment that calls for it ("late", "wait"), or "always"."""

    key: str
    text: str
    when: str = "always"


@dataclass(frozen=True)
class Phrase:
    """A sentence to say; `mark` tells how well its source is known ([V], [I], [G])."""

    text: str
    mark: str


@dataclass(frozen=True)
class Avoided:
    """Words that hurt, and what to say in their place."""

    avoid: str
    prefer: str
    mark: str


@dataclass(frozen=True)
class Words:
    """The right words of one moment."""

    moment: Moment
    say: tuple[Phrase, ...]
    avoid: tuple[Avoided, ...]


@dataclass(frozen=True)
class Visit:
    """One citizen served, as the clerk scored it: the keys of what was done. `code` is the
    dossier's, "" for none.
    """

    at: datetime
    official: str
    moment: Moment
    done: frozenset[str]
    code: str = ""


class Stage(Enum):
    """When a citizen rates: as the dossier is taken in and on its way, and once the result was
    returned.
    """

    INTAKE = "intake"
    RETURN = "return"


@dataclass(frozen=True)
class Rating:
    """What a citizen pressed: 1 to 5 faces. No name, only the dossier's code.

    `told`: whether the delay was announced and apologised for; None where that was not asked or not
    answered. `official` is who was at the counter.
    """

    code: str
    stage: Stage
    at: datetime
    official: str
    faces: int
    told: bool | None = None


class Mark(Enum):
    """What a supervisor saw of one item: done, to be done better, or there was no occasion."""

    DONE = "done"
    BETTER = "better"
    NO_OCCASION = "no-occasion"


@dataclass(frozen=True)
class Observation:
    """A supervisor's sheet: who was observed and when, a mark for each item, what was good, what
    could be better.
    """

    official: str
    at: datetime
    marks: tuple[tuple[str, Mark], ...]
    good: str = ""
    better: str = ""
    observer: str = ""
    id: str = ""


class LateApology(NamedTuple):
    """A late dossier; `apologised` is when its first apology letter reached the citizen."""

    code: str
    due: datetime
    limit: TimeLimit
    apologised: datetime | None


# --- checks ---------------------------------------------------------------------------------------


def checked_items(items: Iterable[Item], known: Sequence[Item]) -> tuple[Item, ...]:
    """`items` in the wording and order that a desk wants; Refused unless they are the eight, each
    once.
    """
    wanted = {item.key: item for item in known}
    chosen = tuple(items)
    if sorted(item.key for item in chosen) != sorted(wanted):
        raise Refused(
            "courtesy-items",
            Message("Phải đủ tám điều «4 xin, 4 luôn», mỗi điều một lần."),
            "items",
        )
    texts = [clean_line(item.text) for item in chosen]
    if not all(0 < len(text) <= LONGEST_ITEM for text in texts):
        raise Refused(
            "courtesy-text",
            Message("Mỗi điều viết từ 1 đến {most} ký tự.", most=LONGEST_ITEM),
            "items",
        )
    return tuple(
        Item(item.key, text, wanted[item.key].when)
        for item, text in zip(chosen, texts, strict=True)
    )


def checked_keys(keys: Iterable[str], items: Iterable[Item]) -> frozenset[str]:
    """The keys of items; Refused for one that is none."""
    chosen, known = frozenset(keys), [item.key for item in items]
    if unknown := sorted(chosen.difference(known)):
        sentence = Message(
            "Không có điều «{key}»; có: {known}.", key=unknown[0], known=", ".join(known)
        )
        raise Refused("courtesy-item", sentence, "items")
    return chosen


def asked_of(visit: Visit, items: Iterable[Item]) -> frozenset[str]:
    """The items that count for this visit: what its moment called for, and whatever was done
    besides.
    """
    called = {item.key for item in items if item.when in ("always", visit.moment.value)}
    return visit.done | called


# --- counting -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> Fraction | None:
        """The exact share; None of nothing."""
        return Fraction(self.part, self.whole) if self.whole else None


def self_score(visits: Iterable[Visit], items: Sequence[Item]) -> Share:
    """How many of the items that counted were done, over all visits."""
    found = list(visits)
    return Share(
        sum(len(visit.done) for visit in found), sum(len(asked_of(visit, items)) for visit in found)
    )


class ItemShare(NamedTuple):
    """One item, and at how many of the visits that called for it it was done."""

    item: Item
    share: Share


def by_item(visits: Iterable[Visit], items: Sequence[Item]) -> tuple[ItemShare, ...]:
    """For each item in order: at how many of the visits that called for it it was done."""
    found = list(visits)
    return tuple(
        ItemShare(
            item,
            Share(
                sum(item.key in visit.done for visit in found),
                sum(item.key in asked_of(visit, items) for visit in found),
            ),
        )
        for item in items
    )


@dataclass(frozen=True)
class CitizensScore:
    """What citizens said: how many pressed each face (1 … 5), and of those asked who was told of
    the delay.
    """

    faces: tuple[int, int, int, int, int]
    told: Share

    @property
    def count(self) -> int:
        return sum(self.faces)

    @property
    def mean(self) -> Fraction | None:
        """The exact mean on the scale of 1 to 5; None where nobody rated."""
        total = sum(face * count for face, count in zip(FACES, self.faces, strict=True))
        return Fraction(total, self.count) if self.count else None


def citizens_score(ratings: Iterable[Rating]) -> CitizensScore:
    """The ratings counted; who did not answer about the delay is not counted there."""
    found = list(ratings)
    pressed = Counter(rating.faces for rating in found)
    answers = [rating.told for rating in found if rating.told is not None]
    one, two, three, four, five = (pressed[face] for face in FACES)
    return CitizensScore((one, two, three, four, five), Share(sum(answers), len(answers)))


@dataclass(frozen=True)
class Tally:
    """The figures of one clerk or of the desk. `letters`: of the late dossiers, how many apologies
    came in time.
    """

    visits: int
    score: Share
    items: tuple[ItemShare, ...]
    citizens: CitizensScore
    letters: Share


def tally(
    visits: Iterable[Visit], ratings: Iterable[Rating], letters: Share, items: Sequence[Item]
) -> Tally:
    """Visits and ratings counted."""
    found = list(visits)
    return Tally(
        len(found),
        self_score(found, items),
        by_item(found, items),
        citizens_score(ratings),
        letters,
    )


@dataclass(frozen=True)
class WeekPoint:
    """One week of the trend."""

    monday: date
    score: Share
    citizens: CitizensScore


def monday_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def trend_mondays(monday: date) -> tuple[date, ...]:
    """The Mondays of the trend, the oldest first, `monday` last."""
    return tuple(monday - timedelta(weeks=back) for back in reversed(range(TREND_WEEKS)))


def trend(
    monday: date, visits: Sequence[Visit], ratings: Sequence[Rating], items: Sequence[Item]
) -> tuple[WeekPoint, ...]:
    """The weeks up to the one of `monday`, each by itself; a week without anything stands there as
    nothing.
    """
    return tuple(
        WeekPoint(
            start,
            self_score(in_week(visits, start), items),
            citizens_score(in_week(ratings, start)),
        )
        for start in trend_mondays(monday)
    )


Dated = TypeVar("Dated", Visit, Rating)


def in_week(found: Iterable[Dated], monday: date) -> list[Dated]:
    """Those of the week that begins on `monday`."""
    return [one for one in found if monday_of(one.at.date()) == monday]
