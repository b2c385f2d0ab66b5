"""The chance that an open dossier will be late: a count of past ones that stood in its place.

Of the past dossiers that were still open when as much of their time was used, and were in the same
step, how many were late? The count of a few is drawn towards that of a wider kind, as if WEIGHT
dossiers more had been seen that went as those of the wider kind did:

    ward        (late + 1/2) / (open + 1)
    step        (late + WEIGHT × the ward's chance) / (open + WEIGHT)
    field       (late + WEIGHT × the chance of the step) / (open + WEIGHT)
    procedure   (late + WEIGHT × the field's chance) / (open + WEIGHT)

Field and procedure are those in the step. Of another system's dossiers no step is known: theirs are
all of the field, of the procedure. Late is what it is everywhere (domain/figures.py). Time is
working time without that of pauses. What counts as past, what is left out and how good it is:
docs/decisions/099-forecast.md.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache, cached_property
from statistics import fmean
from typing import NamedTuple

from cchc_desk.domain.time.calendar import Calendar, Sessions

WEIGHT = 10  # past dossiers as many as the wider kind's chance weighs
ENOUGH = 30  # past dossiers of the ward; with fewer no chance is given
PROBABLE = 0.5  # from here on it will probably be late
BANDS = 10
_MINUTES = 24 * 60
_NEVER = float("inf")
_UNTIL_NOW = 2**62  # working minutes: the end of a pause that lasts
_YEARS = timedelta(days=6 * 366)  # before and after a forecast: the longest limit fits in

Interval = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Course:
    """Course of one dossier as far as it was known at some moment.

    `last_minute`: of its first promise, as pauses had moved it by then. `pauses`: when its clock
    stood still, in order and apart; None for the end of one that lasts. `steps`: since when it was
    in which step; () for a watched dossier. `reappointed`: a second date was promised already.
    """

    code: str
    procedure: str
    field: str
    accepted: datetime
    last_minute: datetime
    finished: datetime | None
    pauses: tuple[Interval, ...] = ()
    steps: tuple[tuple[datetime, str], ...] = ()
    reappointed: bool = False

    @property
    def step(self) -> str:
        """The step that it is in; "" before the first hand-over and for a watched dossier."""
        return self.steps[-1][1] if self.steps else ""

    @property
    def stands_since(self) -> datetime | None:
        """Since when its clock stands; a pause that began after the promise stops nothing."""
        since = next((began for began, ended in self.pauses if ended is None), None)
        return since if since is not None and since <= self.last_minute else None

    def late(self, at: datetime) -> bool | None:
        """Return whether it was late by `at`; None while its promise is not over."""
        if self.last_minute >= at or (self.finished is None and self.stands_since is not None):
            return None
        return self.finished is None or self.finished > self.last_minute

    def is_open(self, at: datetime) -> bool:
        """Return True where it may still be in time: it is forecast. A second date says enough."""
        return self.finished is None and self.late(at) is None and not self.reappointed


class WorkingClock:
    """Working minutes of an office, looked up: a sum over days would take longer than all else."""

    def __init__(self, calendar: Calendar, at: datetime) -> None:
        """For moments some years around `at`; further ones count as the edge."""
        self._first = (at - _YEARS).toordinal()
        days = range(self._first, (at + _YEARS).toordinal() + 1)
        self._worked = [_minutes_of(calendar.sessions_on(date.fromordinal(n))) for n in days]
        self._before = [0]
        for worked in self._worked:
            self._before.append(self._before[-1] + worked[-1])

    def at(self, moment: datetime) -> int:
        """Return the working minutes from the first day of the clock until a moment."""
        day = moment.toordinal() - self._first
        if 0 <= day < len(self._worked):
            return self._before[day] + self._worked[day][moment.hour * 60 + moment.minute]
        return 0 if day < 0 else self._before[-1]


@cache
def _minutes_of(sessions: Sessions) -> tuple[int, ...]:
    """Return the minutes worked until each minute of a day with these sessions, its end too."""
    worked = [0] * (_MINUTES + 1)
    for session in sessions:
        opens = session.opens.hour * 60 + session.opens.minute
        length = session.closes.hour * 60 + session.closes.minute - opens
        for minute in range(opens, _MINUTES + 1):
            worked[minute] += min(minute - opens, length)
    return tuple(worked)


class _Time:
    """The working time of one dossier: how much of it was used by when, of how much."""

    __slots__ = ("_began", "_clock", "_due", "_pauses", "_promised")

    def __init__(self, course: Course, clock: WorkingClock) -> None:
        self._clock, self._began = clock, clock.at(course.accepted)
        self._due = clock.at(course.last_minute)
        self._promised = self._due - self._began
        self._pauses: tuple[tuple[int, int], ...] = ()
        if course.pauses:  # few have any
            self._pauses = tuple(
                (clock.at(began), clock.at(ended) if ended else _UNTIL_NOW)
                for began, ended in course.pauses
                if began <= course.last_minute
            )
            # A pause that lasts has not moved the promise yet.
            self._promised -= sum(
                min(end, self._due) - began for began, end in self._pauses if end != _UNTIL_NOW
            )

    def _used(self, at: int) -> int:
        stood = sum(min(end, at) - began for began, end in self._pauses if began < at)
        return at - self._began - stood

    def share(self, moment: datetime) -> float:
        """Return the used part of the promised time: 0 to 1, and beyond; 1 of no time at all."""
        if self._promised <= 0:
            return 1.0
        return max(0.0, self._used(self._clock.at(moment)) / self._promised)

    def left(self, moment: datetime) -> int:
        """Return the working minutes that are left of the promised time."""
        return max(0, self._promised - self._used(self._clock.at(moment)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A past dossier, the share of its time at which it was finished, and whether it was late.

    One that was late was open at every share of its time.
    """

    course: Course
    time: _Time
    end: float
    late: bool


_Stretch = tuple[float, float, bool]  # its ends, and whether its dossier was late
_Procedure = tuple[str, str]  # its field and its code
_Stretches = Mapping[_Procedure, list[_Stretch]]


class _Kind:
    """Stretches of past dossiers of one kind, each from one share of its time to another."""

    def __init__(self, stretches: Iterable[_Stretch]) -> None:
        found = list(stretches)
        self._late = _sorted((start, end) for start, end, late in found if late)
        self._in_time = _sorted((start, end) for start, end, late in found if not late)

    def at(self, share: float) -> tuple[int, int]:
        """Return (late, all) of those that were going on at this share, its ends included."""
        late, in_time = _around(share, *self._late), _around(share, *self._in_time)
        return late, late + in_time


class _KindName(NamedTuple):
    """Which past dossiers a kind has; None: of every field, procedure, step."""

    step: str | None = None
    field: str | None = None
    procedure: str | None = None


def _narrower(course: Course) -> tuple[_KindName, ...]:
    """Return the kinds of a dossier below the ward, the widest first."""
    step = course.step if course.steps else None
    of_field = _KindName(step, course.field)
    of_procedure = _KindName(step, course.field, course.procedure)
    return (_KindName(step), of_field, of_procedure) if course.steps else (of_field, of_procedure)


_Ends = tuple[list[float], list[float]]


def _sorted(stretches: Iterable[tuple[float, float]]) -> _Ends:
    found = list(stretches)
    return sorted(start for start, _end in found), sorted(end for _start, end in found)


def _around(share: float, starts: list[float], ends: list[float]) -> int:
    return bisect_right(starts, share) - bisect_left(ends, share)


@dataclass(frozen=True)
class Outlook:
    """What is foreseen for one open dossier.

    `chance` that it will be late, None where the ward's past is too short. `past`: dossiers of its
    procedure that stood in its place. `left`: working minutes until the promise is over. `step`: ""
    before the first one and for a watched dossier. `clock_stands`: a pause stops the clock, so that
    no time is lost by waiting.
    """

    code: str
    chance: float | None
    past: int
    left: int
    step: str
    clock_stands: bool

    @property
    def is_probable(self) -> bool:
        """True where it will probably be late."""
        return self.chance is not None and self.chance >= PROBABLE

    @property
    def saving(self) -> float:
        """The chance that it is late if all goes on as usual, times that it still can be in time.

        0 of what is certain and of what is hopeless, greatest in the middle.
        """
        return self.chance * (1 - self.chance) if self.chance is not None else 0.0


def most_to_save_first(outlooks: Iterable[Outlook]) -> list[Outlook]:
    """Return them by what can still be saved, in per cent; of equals, the most time left first.

    Where a pause stops the clock they stand last among equals: they wait for somebody else.
    """
    return sorted(
        outlooks,
        key=lambda one: (-round(one.saving * 100), one.clock_stands, -one.left, one.code),
    )


class Past:
    """What became of the dossiers whose promise was over at a moment, as it was known then."""

    def __init__(
        self,
        courses: Iterable[Course],
        clock: WorkingClock,
        *,
        since: datetime,
        at: datetime,
        most: int,
    ) -> None:
        """Count those that fell due from `since` to `at`, of each procedure the `most` newest."""
        self._at, self._clock = at, clock
        self._seen: defaultdict[_Procedure, list[_Seen]] = defaultdict(list)
        self._kinds: dict[_KindName, _Kind] = {}
        for course in sorted(courses, key=lambda course: course.last_minute, reverse=True):
            late, seen = course.late(at), self._seen[course.field, course.procedure]
            if late is not None and course.last_minute >= since and len(seen) < most:
                time = _Time(course, clock)
                end = _NEVER if late or not course.finished else time.share(course.finished)
                seen.append(_Seen(course, time, end, late))
        self._dossiers = sum(map(len, self._seen.values()))

    @property
    def is_enough(self) -> bool:
        """True where the ward's past is long enough for a chance."""
        return self._dossiers >= ENOUGH

    def outlook(self, course: Course) -> Outlook:
        """Return what is foreseen for a dossier that is open at the moment of this past."""
        time, at = _Time(course, self._clock), course.stands_since or self._at
        share = min(1.0, time.share(at))
        return Outlook(
            code=course.code,
            chance=self._chance(course, share) if self.is_enough else None,
            past=self._kind(_narrower(course)[-1]).at(share)[1],
            left=time.left(at),
            step=course.step,
            clock_stands=course.stands_since is not None,
        )

    def _chance(self, course: Course, share: float) -> float:
        late, still_open = self._kind(_KindName()).at(share)
        chance = (late + 0.5) / (still_open + 1)
        for name in _narrower(course):
            wider = still_open
            late, still_open = self._kind(name).at(share)
            if still_open != wider:  # the same dossiers once more would weigh twice
                chance = (late + WEIGHT * chance) / (still_open + WEIGHT)
        return chance

    def _kind(self, name: _KindName) -> _Kind:
        if name not in self._kinds:
            stretches = self._whole if name.step is None else self._steps.get(name.step, {})
            self._kinds[name] = _Kind(
                stretch
                for (field, procedure), found in stretches.items()
                if name.field in (None, field) and name.procedure in (None, procedure)
                for stretch in found
            )
        return self._kinds[name]

    @cached_property
    def _whole(self) -> _Stretches:
        """The whole time of each past dossier, by procedure."""
        return {
            procedure: [(0.0, one.end, one.late) for one in seen]
            for procedure, seen in self._seen.items()
        }

    @cached_property
    def _steps(self) -> Mapping[str, _Stretches]:
        """The time that past dossiers were in each step, by procedure."""
        steps: defaultdict[str, defaultdict[_Procedure, list[_Stretch]]]
        steps = defaultdict(lambda: defaultdict(list))
        for procedure, seen in self._seen.items():
            for one in seen:
                starts = [one.time.share(since) for since, _step in one.course.steps]
                ends = [*starts[1:], one.end] if starts else []
                for (_since, step), start, end in zip(one.course.steps, starts, ends, strict=True):
                    steps[step][procedure].append((start, end, one.late))
        return steps


@dataclass(frozen=True)
class Decile:
    """Dossiers whose chance lay in one band of ten points: its mean, and how many were late."""

    band: int  # 0: from 0 to below 10 %, 9: from 90 to 100 %
    forecast: float
    happened: Fraction
    dossiers: int


def band_of(chance: float) -> int:
    """Return the band of ten points in which a chance lies."""
    return min(int(chance * BANDS), BANDS - 1)


def deciles(foreseen: Iterable[tuple[float, bool]]) -> tuple[Decile, ...]:
    """Return each band that has dossiers, from pairs of the chance and whether it was late."""
    bands: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, late in foreseen:
        bands[band_of(chance)].append((chance, late))
    return tuple(
        Decile(
            band=band,
            forecast=fmean(chance for chance, _late in pairs),
            happened=Fraction(sum(late for _chance, late in pairs), len(pairs)),
            dossiers=len(pairs),
        )
        for band, pairs in sorted(bands.items())
    )
