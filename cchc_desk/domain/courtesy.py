"""The eight items of "4 xin, 4 luôn", the visits and ratings scored by them, the week's card.

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
    """Occasions for the words: somebody comes, a dossier is late, somebody waits, somebody goes."""

    GREETING = "greeting"
    LATE = "late"
    WAIT = "wait"
    THANKS = "thanks"


@dataclass(frozen=True)
class Item:
    """One of the eight; `when` is the moment that calls for it ("late", "wait"), or "always"."""

    key: str
    text: str
    when: str = "always"


@dataclass(frozen=True)
class Phrase:
    """A sentence to say; `mark` grades the certainty of its source ([V], [I], [G])."""

    text: str
    mark: str


@dataclass(frozen=True)
class Avoided:
    """Words that hurt, and better ones in their place."""

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
    """One citizen served, scored by the clerk: `done` holds keys of items.

    `code` is the dossier's, "" for none.
    """

    at: datetime
    official: str
    moment: Moment
    done: frozenset[str]
    code: str = ""


class Stage(Enum):
    """Moments of a rating: the dossier taken in or on its way, and its result returned."""

    INTAKE = "intake"
    RETURN = "return"


@dataclass(frozen=True)
class Rating:
    """One rating, 1 to 5 faces: no name, only the dossier's code.

    `told`: whether the delay was announced and apologised for; None where that was not asked or not
    answered. `official` is who was at the counter. `typed`: that official typed it in; False from
    the citizen's own screen, None where an earlier program did not tell the two apart.
    """

    code: str
    stage: Stage
    at: datetime
    official: str
    faces: int
    told: bool | None = None
    typed: bool | None = None


class Mark(Enum):
    """Marks of an observed item: done, to be done better, or no occasion for it."""

    DONE = "done"
    BETTER = "better"
    NO_OCCASION = "no-occasion"


@dataclass(frozen=True)
class Observation:
    """A supervisor's sheet: a mark for each item, what was good, what could be better."""

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
    """Return `items` in the wording and order that a desk wants.

    Raises Refused("courtesy-items") unless they are the eight, each once; Refused("courtesy-text").
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
    """Return the keys of items. Raises Refused("courtesy-item") for one that is none."""
    chosen, known = frozenset(keys), [item.key for item in items]
    if unknown := sorted(chosen.difference(known)):
        sentence = Message(
            "Không có điều «{key}»; có: {known}.", key=unknown[0], known=", ".join(known)
        )
        raise Refused("courtesy-item", sentence, "items")
    return chosen


def asked_of(visit: Visit, items: Iterable[Item]) -> frozenset[str]:
    """Return the keys that count for this visit: those its moment calls for, and those done."""
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
    """Return the items done of those that counted, over all visits."""
    scored = list(visits)
    done = sum(len(visit.done) for visit in scored)
    return Share(done, sum(len(asked_of(visit, items)) for visit in scored))


class ItemShare(NamedTuple):
    """One item, and at how many of the visits that called for it it was done."""

    item: Item
    share: Share


def by_item(visits: Iterable[Visit], items: Sequence[Item]) -> tuple[ItemShare, ...]:
    """Return for each item, in order, the visits that called for it and those where it was done."""
    scored = list(visits)
    return tuple(
        ItemShare(
            item,
            Share(
                sum(item.key in visit.done for visit in scored),
                sum(item.key in asked_of(visit, items) for visit in scored),
            ),
        )
        for item in items
    )


@dataclass(frozen=True)
class CitizensScore:
    """Ratings by face (1 … 5), and `told`: of those asked, who had word of the delay."""

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
    """Count the ratings; an unanswered question about the delay does not count."""
    rated = list(ratings)
    by_face = Counter(rating.faces for rating in rated)
    answers = [rating.told for rating in rated if rating.told is not None]
    faces = (by_face[1], by_face[2], by_face[3], by_face[4], by_face[5])
    return CitizensScore(faces, Share(sum(answers), len(answers)))


@dataclass(frozen=True)
class Tally:
    """Figures of one clerk or of the desk; `letters` are the late dossiers apologised for."""

    visits: int
    score: Share
    items: tuple[ItemShare, ...]
    citizens: CitizensScore
    letters: Share


def tally(
    visits: Iterable[Visit], ratings: Iterable[Rating], letters: Share, items: Sequence[Item]
) -> Tally:
    """Count visits and ratings."""
    scored = list(visits)
    return Tally(
        len(scored),
        self_score(scored, items),
        by_item(scored, items),
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
    """Return the Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def trend_mondays(monday: date) -> tuple[date, ...]:
    """Return the Mondays of the trend, the oldest first, `monday` last."""
    return tuple(monday - timedelta(weeks=back) for back in reversed(range(TREND_WEEKS)))


def trend(
    monday: date, visits: Sequence[Visit], ratings: Sequence[Rating], items: Sequence[Item]
) -> tuple[WeekPoint, ...]:
    """Return the weeks up to the one of `monday`, each by itself, also those without visits."""
    return tuple(
        WeekPoint(
            start,
            self_score(in_week(visits, start), items),
            citizens_score(in_week(ratings, start)),
        )
        for start in trend_mondays(monday)
    )


Dated = TypeVar("Dated", Visit, Rating)


def in_week(visits_or_ratings: Iterable[Dated], monday: date) -> list[Dated]:
    """Return those of the week that begins on `monday`."""
    return [dated for dated in visits_or_ratings if monday_of(dated.at.date()) == monday]
