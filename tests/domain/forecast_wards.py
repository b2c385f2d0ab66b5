"""Wards made up with known odds: when each dossier was taken in, how its work went, when it ended.

What is known of them at a moment is cut off there, so that a forecast is made as a desk makes it.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cchc_desk.domain.forecast import Course, Decile, Past, WorkingClock, deciles
from cchc_desk.domain.time.calendar import STANDARD_WEEK, Calendar
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, due_moment, last_minute

CALENDAR = Calendar(STANDARD_WEEK, {}, frozenset(), "test")
FIRST, LAST = datetime(2024, 5, 1, 7, 30), datetime(2026, 6, 1, 7, 30)
CLOCK = WorkingClock(CALENDAR, datetime(2025, 6, 1))
STEPS = ("Tiếp nhận", "Xác minh", "Trình ký")


@dataclass(frozen=True)
class Procedure:
    """A procedure of a ward: dossiers a working day, its limit, the odds of each of them."""

    code: str
    field: str
    a_day: float
    days: int
    late: Callable[[datetime], float]
    held_up: float = 0.0  # the odds that its second step does not go on in time


@dataclass(frozen=True)
class Shape:
    """A kind of ward."""

    name: str
    procedures: Callable[[random.Random], list[Procedure]]


def _steady(rng: random.Random) -> list[Procedure]:
    return [_usual(rng, n, rng.betavariate(1, 15)) for n in range(30)]


def _usual(rng: random.Random, n: int, odds: float, a_day: float | None = None) -> Procedure:
    often = a_day if a_day is not None else 2 / (1 + n % 7)
    return Procedure(
        f"1.{n:06d}", f"Lĩnh vực {n % 5}", often, rng.choice((10, 15, 20)), lambda _: odds
    )


def _short(rng: random.Random) -> list[Procedure]:
    """Procedures of which one comes every other month."""
    return [_usual(rng, n, rng.betavariate(1, 9), 0.025) for n in range(1000)]


def _one_bad(rng: random.Random) -> list[Procedure]:
    return [_usual(rng, n, 0.4 if n == 7 else 0.03, 3 if n == 7 else None) for n in range(30)]


def _seasonal(rng: random.Random) -> list[Procedure]:
    def odds(at: datetime) -> float:
        return 0.09 if at.month in (11, 12, 1) else 0.04

    return [replace(_usual(rng, n, 0.0), late=odds) for n in range(30)]


def _held_up(rng: random.Random) -> list[Procedure]:
    return [replace(_usual(rng, n, 0.02), held_up=0.15) for n in range(30)]


def _mixed(rng: random.Random) -> list[Procedure]:
    return [_usual(rng, n, (0.05, 0.2, 0.4, 0.6, 0.8)[n * 3 % 5]) for n in range(30)]


SHAPES = (
    Shape("steady", _steady),
    Shape("short", _short),
    Shape("one bad", _one_bad),
    Shape("seasonal", _seasonal),
    Shape("held up", _held_up),
    Shape("mixed", _mixed),
)


def ward(shape: Shape, rng: random.Random) -> list[Course]:
    """Return every dossier of a ward to its end."""
    procedures = shape.procedures(rng)
    often = [one.a_day for one in procedures]
    found: list[Course] = []
    day = FIRST
    while day < LAST:
        if CALENDAR.is_working_day(day.date()):
            for procedure in rng.choices(procedures, often, k=round(sum(often))):
                at = day + timedelta(
                    minutes=rng.choice((rng.randrange(240), rng.randrange(330, 570)))
                )
                found.append(_dossier(procedure, at, len(found), rng))
        day += timedelta(days=1)
    return found


def _dossier(procedure: Procedure, at: datetime, n: int, rng: random.Random) -> Course:
    limit = TimeLimit(LimitUnit.WORKING_DAYS, procedure.days)
    last = last_minute(due_moment(at, limit, CALENDAR).moment, limit)
    promised = CLOCK.at(last) - CLOCK.at(at)
    held_up = rng.random() < procedure.held_up
    late = rng.random() < (0.8 if held_up else procedure.late(at))
    end = 1 + rng.expovariate(2) if late else rng.betavariate(3, 2)
    begun = min(rng.uniform(0.05, 0.2), end * 0.3)
    signed = end * 0.95 if held_up else min(end * rng.uniform(0.4, 0.8), 0.9)
    moments = [_after(at, promised * share) for share in (begun, signed)]
    # A late one ends beyond the closing of its last day.
    finished = _after(at, promised + 1 + promised * (end - 1) if late else promised * end)
    return Course(
        code=f"H13-{n:06d}",
        procedure=procedure.code,
        field=procedure.field,
        accepted=at,
        last_minute=last,
        finished=finished,
        steps=tuple(zip((at, *moments), STEPS, strict=True)),
    )


def _after(at: datetime, minutes: float) -> datetime:
    """Return the moment after so many working minutes."""
    limit = TimeLimit(LimitUnit.WORKING_MINUTES, max(1, round(minutes)))
    return due_moment(at, limit, CALENDAR).moment


def known(dossiers: list[Course], at: datetime) -> list[Course]:
    """Return the dossiers as they are known at a moment."""
    return [
        replace(
            one,
            finished=one.finished if one.finished and one.finished <= at else None,
            steps=tuple(step for step in one.steps if step[0] <= at),
        )
        for one in dossiers
        if one.accepted <= at
    ]


def foreseen(dossiers: list[Course], at: datetime) -> Iterator[tuple[float, bool]]:
    """Yield the chance of each dossier that is open at a moment, and whether it was late."""
    so_far = known(dossiers, at)
    past = Past(so_far, CLOCK, since=at - timedelta(days=365), at=at, most=1000)
    for course, whole in zip(so_far, (one for one in dossiers if one.accepted <= at), strict=True):
        if course.is_open(at):
            chance = past.outlook(course).chance
            assert chance is not None
            assert whole.finished is not None
            yield chance, whole.finished > whole.last_minute


def came_true(shape: Shape, seeds: range, moments: int = 13) -> tuple[Decile, ...]:
    """Return how forecasts of wards of this shape came true: one every four weeks, for a year."""
    found: list[tuple[float, bool]] = []
    for seed in seeds:
        dossiers = ward(shape, random.Random(seed))
        for n in range(moments):
            found += foreseen(dossiers, datetime(2025, 5, 1, 9, 40) + timedelta(days=28 * n))
    return deciles(found)
