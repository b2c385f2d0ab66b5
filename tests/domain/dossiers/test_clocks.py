"""The process limit beside the promise: how long the process is, when it ends, who is late."""

from datetime import date, datetime

import pytest

from cchc_desk.domain.dossiers.clocks import process_due, process_is_late, process_minutes
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.time.calendar import STANDARD_WEEK, Calendar, DayKind, SpecialDay
from cchc_desk.domain.time.deadlines import MOST_DAYS, WalkWhat, walk_between
from cchc_desk.domain.time.pauses import Pause, PauseKind

HOLIDAY = date(2026, 3, 11)  # a Wednesday
CALENDAR = Calendar(
    STANDARD_WEEK,
    {HOLIDAY: SpecialDay(HOLIDAY, DayKind.OFF, "nghỉ lễ", "thử", "[G]")},
    frozenset({2026}),
    "thử",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("steps", "minutes"),
    [
        ((), None),
        ((60,), 60),
        ((60, 480, 30), 570),
        ((60, None, 30), None),
        ((MOST_DAYS * 480, 1), None),
    ],
)
def test_a_process_has_a_limit_where_each_step_has_one(
    steps: tuple[int | None, ...], minutes: int | None
) -> None:
    process = [ProcessStep(str(n), "processor", minutes=one) for n, one in enumerate(steps)]
    assert process_minutes(process) == minutes


@pytest.mark.parametrize(
    ("accepted", "minutes", "paused", "due"),
    [
        ("03-09T08:00", 120, None, "03-09T10:00"),
        ("03-09T10:30", 120, None, "03-09T14:00"),  # over the noon rest
        ("03-09T16:00", 120, None, "03-10T08:30"),
        ("03-10T16:00", 120, None, "03-12T08:30"),  # over the holiday
        ("03-13T16:00", 120, None, "03-16T08:30"),  # over the weekend
        ("03-14T09:00", 120, None, "03-16T09:30"),  # handed in on a Saturday
        ("03-09T08:00", 480, ("03-09T09:00", "03-09T10:00"), "03-10T09:00"),
        ("03-10T08:00", 480, ("03-10T16:30", "03-12T08:00"), "03-12T09:00"),
    ],
)
def test_the_process_ends_after_so_many_working_minutes(
    accepted: str, minutes: int, paused: tuple[str, str] | None, due: str
) -> None:
    pauses = (
        [Pause(1, PauseKind.OPINION, at(paused[0]), at(paused[1]), "hỏi", stops_clock=True)]
        if paused
        else []
    )
    assert process_due(at(accepted), minutes, pauses, CALENDAR) == at(due)


@pytest.mark.parametrize(
    ("last", "finished", "paused", "now", "late"),
    [
        (None, None, None, "03-30T10:00", False),
        ("03-10T10:00", None, None, "03-10T10:00", False),
        ("03-10T10:00", None, None, "03-10T10:01", True),
        ("03-10T10:00", "03-10T10:00", None, "03-30T10:00", False),
        ("03-10T10:00", "03-10T10:01", None, "03-30T10:00", True),
        ("03-10T10:00", None, "03-10T10:00", "03-30T10:00", False),
        ("03-10T10:00", None, "03-10T10:01", "03-30T10:00", True),
    ],
)
def test_it_is_over_its_limit_after_the_last_minute(
    last: str | None, finished: str | None, paused: str | None, now: str, late: bool
) -> None:
    ends, done, stands = (at(text) if text else None for text in (last, finished, paused))
    assert process_is_late(ends, done, stands, at(now)) is late


@pytest.mark.parametrize(
    ("accepted", "ends", "numbers"),
    [
        ("03-09T10:00", "03-12T17:00", [1, 2]),  # the 11th is a holiday
        ("03-12T10:00", "03-16T08:00", [1, 2]),  # over a weekend
        ("03-09T10:00", "03-09T17:00", []),
        ("03-09T18:00", "03-10T08:00", []),  # handed in after closing
        ("03-14T09:00", "03-16T17:00", []),
    ],
)
def test_the_days_to_a_moment_of_another_system_are_walked(
    accepted: str, ends: str, numbers: list[int]
) -> None:
    walk = walk_between(at(accepted), at(ends), CALENDAR)
    assert (walk[0].what, walk[-1].what) == (WalkWhat.ACCEPTED, WalkWhat.DUE)
    assert (walk[-1].day, walk[-1].at) == (at(ends).date(), at(ends).time())
    assert [step.number for step in walk if step.number] == numbers


def test_there_is_no_walk_backwards_or_beyond_all_limits() -> None:
    assert walk_between(at("03-12T10:00"), at("03-11T10:00"), CALENDAR) == ()
    assert walk_between(at("03-12T10:00"), datetime(2036, 3, 12), CALENDAR) == ()
