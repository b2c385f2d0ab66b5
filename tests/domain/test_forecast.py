"""The chance that an open dossier will be late: by hand, and on wards made up with known odds."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain.forecast import (
    Course,
    Outlook,
    Past,
    WorkingClock,
    deciles,
    most_to_save_first,
)
from cchc_desk.domain.time.calendar import DayKind, SpecialDay
from tests.domain import forecast_wards as wards
from tests.domain.forecast_wards import CALENDAR, CLOCK

MONDAY = datetime(2026, 3, 2, 7, 30)  # 4 sessions of 4 hours to Tuesday's closing
AT = datetime(2026, 5, 4, 9, 30)


def course(share: float | None, **other: object) -> Course:
    """A dossier of two working days, from Monday's opening; done at this share of them."""
    facts: dict[str, object] = {
        "code": "H13-1",
        "procedure": "1.000001",
        "field": "Hộ tịch",
        "accepted": MONDAY,
        "last_minute": datetime(2026, 3, 3, 23, 59),
        "finished": None if share is None else after(share),
    }
    return Course(**(facts | other))  # type: ignore[arg-type]


def after(share: float) -> datetime:
    return wards._after(MONDAY, 960 * share)


def today(share: float, **other: object) -> Course:
    """A dossier of the same kind that is open at AT, with this share of its time used."""
    accepted = AT
    while CLOCK.at(AT) - CLOCK.at(accepted) < share * 960:
        accepted -= timedelta(minutes=1)
    last = accepted
    while CLOCK.at(last) - CLOCK.at(accepted) < 960:
        last += timedelta(minutes=1)
    return course(None, accepted=accepted, last_minute=last, **other)


def past_of(*courses: Course, at: datetime = AT, most: int = 1000) -> Past:
    return Past(courses, CLOCK, since=at - timedelta(days=730), at=at, most=most)


def chance(past: Past, of: Course) -> float:
    found = past.outlook(of).chance
    assert found is not None
    return found


@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    length=st.timedeltas(timedelta(), timedelta(days=40)),
)
def test_the_clock_is_the_calendar(start: datetime, length: timedelta) -> None:
    special = {
        day.day: day
        for day in (
            SpecialDay(datetime(2026, 4, 30).date(), DayKind.OFF, "Lễ", "", ""),
            SpecialDay(datetime(2026, 5, 9).date(), DayKind.SWAP_WORK, "Làm bù", "", ""),
            SpecialDay(datetime(2026, 6, 1).date(), DayKind.HALF_MORNING, "Nửa ngày", "", ""),
        )
    }
    calendar = replace(CALENDAR, special=special)
    clock = WorkingClock(calendar, datetime(2026, 5, 1))
    found = clock.at(start + length) - clock.at(start)
    assert found == calendar.working_minutes(start, start + length)


def test_moments_far_away_are_the_edge_of_the_clock() -> None:
    assert CLOCK.at(datetime(1950, 1, 1)) == 0
    assert CLOCK.at(datetime(2190, 1, 1)) == CLOCK.at(datetime(2150, 1, 1))


def test_the_chance_is_the_count_of_those_that_stood_in_its_place() -> None:
    """Ten past ones were open at half their time, four of them late; thirty were quick."""
    quick, slow = [course(0.3)] * 30, [course(0.7)] * 6
    past = past_of(*quick, *slow, *[course(1.5)] * 4)
    assert chance(past, today(0.5)) == pytest.approx((4 + 0.5) / (10 + 1))
    assert past.outlook(today(0.5)).past == 10
    assert past.outlook(today(0.1)).past == 40
    assert chance(past, today(0.9)) > chance(past, today(0.5)) > chance(past, today(0.1))


def test_a_procedure_without_a_past_has_its_fields_chance() -> None:
    late = [course(1.5, field="Đất đai", procedure="2.1")] * 20
    in_time = [course(0.8)] * 200
    past = past_of(*late, *in_time)
    new = chance(past, today(0.5, field="Đất đai", procedure="2.9"))
    ward = (20 + 0.5) / (220 + 1)
    assert new == pytest.approx((20 + 10 * ward) / (20 + 10))
    assert past.outlook(today(0.5, field="Đất đai", procedure="2.9")).past == 0
    unknown = chance(past, today(0.5, field="Y tế", procedure="3.1"))
    assert unknown == pytest.approx(ward)


def test_the_step_that_it_is_in_tells_more_than_its_procedure() -> None:
    """Those that are still being verified at half their time are late, the others never."""
    held = course(1.4, steps=((MONDAY, "Tiếp nhận"), (after(0.2), "Xác minh")))
    on = course(0.8, steps=((MONDAY, "Tiếp nhận"), (after(0.2), "Xác minh"), (after(0.4), "Ký")))
    past = past_of(*[held] * 20, *[on] * 80)
    started = today(0.5).accepted
    verified = chance(past, today(0.5, steps=((started, "Xác minh"),)))
    signing = chance(past, today(0.5, steps=((started, "Ký"),)))
    assert verified > 0.7
    assert signing < 0.1
    assert signing < chance(past, today(0.5)) < verified


def test_what_is_open_beyond_its_promise_was_late_and_what_stands_still_is_not_known() -> None:
    assert course(None).late(AT) is True
    assert course(None, pauses=((after(0.5), None),)).late(AT) is None
    assert course(None, pauses=((datetime(2026, 3, 5), None),)).late(AT) is True
    assert course(1.2).late(AT) is True
    assert course(0.9).late(AT) is False
    assert course(0.9).late(datetime(2026, 3, 3, 12)) is None  # its promise is not over


def test_one_that_was_promised_a_second_date_is_not_forecast() -> None:
    assert today(0.5).is_open(AT)
    assert not replace(today(0.5), reappointed=True).is_open(AT)
    assert not course(None).is_open(AT)  # late already


def test_the_time_of_pauses_is_not_used() -> None:
    """An hour of the promise was used; then the clock stood for a week, and stands now."""
    past = past_of(*[course(0.5)] * 40)
    accepted = AT - timedelta(days=7)
    paused = course(
        None,
        accepted=accepted,
        last_minute=AT + timedelta(days=1),
        pauses=((accepted + timedelta(hours=1), None),),
    )
    outlook = past.outlook(paused)
    assert outlook.clock_stands
    assert outlook.left == CLOCK.at(paused.last_minute) - CLOCK.at(accepted) - 60
    ended = replace(paused, pauses=((accepted + timedelta(hours=1), AT),))
    assert past.outlook(ended).left == CLOCK.at(paused.last_minute) - CLOCK.at(AT)
    assert not past.outlook(ended).clock_stands


def test_a_promise_of_no_working_time_is_used_up() -> None:
    saturday = datetime(2026, 5, 2, 9)
    none = course(None, accepted=saturday, last_minute=datetime(2026, 5, 3, 23, 59))
    past = past_of(*[course(0.5)] * 40, *[course(1.5)] * 2, at=datetime(2026, 5, 2, 12))
    assert past.outlook(none).left == 0
    assert chance(past, none) > 0.5


@pytest.mark.parametrize(("dossiers", "enough"), [(0, False), (29, False), (30, True)])
def test_a_ward_without_a_past_gets_no_number(dossiers: int, enough: bool) -> None:
    past = past_of(*[course(0.5)] * dossiers)
    assert past.is_enough is enough
    assert (past.outlook(today(0.5)).chance is not None) is enough


def test_of_a_procedure_the_newest_count_and_none_before_the_beginning() -> None:
    old = course(1.5, accepted=MONDAY - timedelta(days=7))
    old = replace(old, last_minute=old.last_minute - timedelta(days=7))
    past = past_of(*[course(0.9)] * 40, *[old] * 40, most=40)
    assert past.outlook(today(0.5)).past == 40
    assert chance(past, today(0.5)) < 0.05
    since = Past([old] * 40, CLOCK, since=MONDAY, at=AT, most=1000)
    assert not since.is_enough


def outlook(code: str, chance: float | None, left: int, *, stands: bool = False) -> Outlook:
    return Outlook(code, chance, past=50, left=left, step="", clock_stands=stands)


def test_first_stands_what_can_still_be_saved_then_what_has_most_time() -> None:
    foreseen = [
        outlook("hopeless", 0.97, 900),
        outlook("certain", 0.02, 900),
        outlook("no time", 0.5, 30),
        outlook("time", 0.5, 300),
        outlook("stands", 0.5, 600, stands=True),
        outlook("unknown", None, 900),
        outlook("likely", 0.8, 60),
    ]
    order = [one.code for one in most_to_save_first(foreseen)]
    assert order == ["time", "no time", "stands", "likely", "hopeless", "certain", "unknown"]
    assert [one.code for one in foreseen if one.is_probable] == [
        *("hopeless", "no time", "time", "stands", "likely"),
    ]


def test_deciles_are_bands_of_the_chance() -> None:
    found = deciles([(0.02, False), (0.04, True), (0.31, False), (1.0, True), (0.95, True)])
    assert [(one.band, one.dossiers, float(one.happened)) for one in found] == [
        (0, 2, 0.5),
        (3, 1, 0.0),
        (9, 2, 1.0),
    ]
    assert found[0].forecast == pytest.approx(0.03)
    assert deciles([]) == ()


# Of 400 dossiers whose chance is one half the share that is late has a standard error of 2.5
# points, of those near 0 or 1 of less: a band with fewer says nothing of five points.
ENOUGH_IN_A_BAND = 400


@pytest.mark.parametrize("shape", wards.SHAPES, ids=lambda shape: shape.name)
def test_a_forecast_is_within_five_points_in_every_decile(shape: wards.Shape) -> None:
    found = wards.came_true(shape, range(1, 3), moments=9)
    judged = [one for one in found if one.dossiers >= ENOUGH_IN_A_BAND]
    assert judged
    for one in judged:
        assert one.forecast == pytest.approx(float(one.happened), abs=0.05), one


def test_what_becomes_known_later_changes_no_forecast() -> None:
    """The same forecast, whatever became of the dossiers afterwards."""
    at, rng = datetime(2025, 9, 1, 9, 0), random.Random(5)
    dossiers = wards.ward(wards.SHAPES[4], rng)
    other = [
        replace(one, finished=at + timedelta(minutes=rng.randint(1, 90 * 1440)))
        if one.finished and one.finished > at
        else one
        for one in dossiers
    ]
    assert [odds for odds, _late in wards.foreseen(dossiers, at)] == [
        odds for odds, _late in wards.foreseen(other, at)
    ]
