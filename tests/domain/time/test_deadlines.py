"""The promise: notation of limits, due moments at every edge, the walk, timing, and what holds for
all of them.
"""

import csv
import io
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import resources
from cchc_desk.domain.time.calendar import (
    STANDARD_WEEK,
    Calendar,
    DayKind,
    Session,
    SpecialDay,
    Week,
    calendar_from_rows,
)
from cchc_desk.domain.time.deadlines import (
    DAY_MINUTES,
    MOST_DAYS,
    Due,
    LimitUnit,
    TimeLimit,
    Timing,
    WalkStep,
    WalkWhat,
    due_moment,
    inside_office_hours,
    last_minute,
    notice_deadline,
    parse_limit,
    rest_until,
    timing,
    working_time,
)
from cchc_desk.errors import Refused

WORKING_DAYS, CALENDAR_DAYS = LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS
WORKING_MINUTES, WITHIN_DAY = LimitUnit.WORKING_MINUTES, LimitUnit.WITHIN_DAY
SHIPPED = calendar_from_rows(
    csv.DictReader(io.StringIO(resources.read_text("calendar/holidays.csv"))),
    STANDARD_WEEK,
    frozenset(range(2020, 2027)),
    "thử",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def promise(accepted: str, limit: str, calendar: Calendar = SHIPPED) -> Due:
    return due_moment(at(accepted), parse_limit(limit), calendar)


def special(day: date, kind: DayKind) -> SpecialDay:
    return SpecialDay(day, kind, "ngày thử", "", "[G]")


# --- the notation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("3 ngày làm việc", WORKING_DAYS, 3),
        ("05 ngày làm việc", WORKING_DAYS, 5),
        ("3,0 ngày làm việc", WORKING_DAYS, 3),
        ("1000 ngày làm việc", WORKING_DAYS, 1000),
        ("15 ngày", CALENDAR_DAYS, 15),
        ("15ngày", CALENDAR_DAYS, 15),
        ("8 giờ", WORKING_MINUTES, 480),
        ("8 giờ làm việc", WORKING_MINUTES, 480),
        ("1,5 giờ", WORKING_MINUTES, 90),
        ("4 giờ 45 phút", WORKING_MINUTES, 285),
        ("4 giờ 5 phút", WORKING_MINUTES, 245),
        ("90 phút", WORKING_MINUTES, 90),
        ("0,5 ngày làm việc", WORKING_MINUTES, 240),
        ("0.5 ngày làm việc", WORKING_MINUTES, 240),
        ("0,25 ngày làm việc", WORKING_MINUTES, 120),
        ("1,5 ngày làm việc", WORKING_MINUTES, 720),
        ("trong ngày", WITHIN_DAY, 0),
        ("Trong ngày làm việc", WITHIN_DAY, 0),
        ("3 ngay", CALENDAR_DAYS, 3),
        ("3 ngay lam viec", WORKING_DAYS, 3),
        ("3 ngày lam việc", WORKING_DAYS, 3),
        ("0,5 ngay lam viec", WORKING_MINUTES, 240),
        ("8 gio", WORKING_MINUTES, 480),
        ("4 gio 45 phut", WORKING_MINUTES, 285),
        ("trong ngay", WITHIN_DAY, 0),
    ],
)
def test_a_limit_is_read_in_any_case_form_and_spacing(
    text: str, unit: LimitUnit, amount: int
) -> None:
    for typed in (
        text,
        text.upper(),
        unicodedata.normalize("NFD", text),
        f"  {text.replace(' ', '  ')}\u00a0",
    ):
        assert parse_limit(typed) == TimeLimit(unit, amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "ngày làm việc",
        "làm việc",
        "0 ngày làm việc",
        "00 ngày",
        "0,0 ngày làm việc",
        "0 giờ",
        "0 giờ 0 phút",
        "0 phút",
        "-3 ngày",
        "1001 ngày làm việc",
        "1000,5 ngày làm việc",
        "99999 ngày",
        "8000 giờ 01 phút",
        "0,33 ngày làm việc",  # not a whole number of minutes
        "1,33 phút",
        "1,5 ngày",  # a part of a calendar day
        "4 giờ 60 phút",
        "4,5 giờ 30 phút",
        "3",
        "3 tuần",
        "3 ngày làm việc kể từ ngày nhận",
        "5 ngày làm việc; 2 ngày làm việc",
        "³ ngày",
        "trong ngày mai",
        "{text}",
    ],
)
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_limit(text)
    assert (refused.value.code, refused.value.field) == ("limit-unreadable", "limit")
    assert f"«{text.strip()}»" in refused.value.message
    assert (
        "3 ngày làm việc, 0,5 ngày làm việc, 15 ngày, 8 giờ, 4 giờ 45 phút, trong ngày"
        in refused.value.message
    )


def test_the_refusal_of_a_whole_page_stays_a_sentence() -> None:
    with pytest.raises(Refused) as refused:
        parse_limit("hồ sơ " * 10_000)
    assert len(refused.value.message) < 300


def test_a_notation_is_read_once_however_many_lines_show_it() -> None:
    assert parse_limit("3 ngày làm việc") is parse_limit("3 ngày làm việc")


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (TimeLimit(WORKING_DAYS, 3), "3 ngày làm việc"),
        (TimeLimit(CALENDAR_DAYS, 15), "15 ngày"),
        (TimeLimit(WORKING_MINUTES, 480), "8 giờ"),
        (TimeLimit(WORKING_MINUTES, 285), "4 giờ 45 phút"),
        (TimeLimit(WORKING_MINUTES, 45), "45 phút"),
        (TimeLimit(WITHIN_DAY, 0), "trong ngày"),
    ],
)
def test_a_limit_as_the_desk_writes_it(limit: TimeLimit, text: str) -> None:
    assert limit.text == text


@pytest.mark.parametrize(
    ("unit", "amount"),
    [
        (WORKING_DAYS, 0),
        (CALENDAR_DAYS, -1),
        (WORKING_DAYS, MOST_DAYS + 1),
        (WORKING_MINUTES, 0),
        (WORKING_MINUTES, MOST_DAYS * DAY_MINUTES + 1),
        (WITHIN_DAY, 1),
    ],
)
def test_an_impossible_limit_cannot_be_made(unit: LimitUnit, amount: int) -> None:
    with pytest.raises(ValueError, match="no limit of"):
        TimeLimit(unit, amount)


# --- edges of the due moment ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "limit", "due"),
    [
        # A holiday that others do not know yet: 24/11, since 2026.
        ("2026-11-23T10:00", "1 ngày làm việc", "2026-11-25T10:00"),
        (
            "2026-11-23T15:30",
            "1 ngày làm việc",
            "2026-11-25T15:30",
        ),  # the cut-off is no matter of working days
        ("2025-11-24T10:00", "1 ngày làm việc", "2025-11-25T10:00"),
        # Edges of the day: the end of a session is inside it, a minute later is the next opening.
        ("2026-03-05T06:00", "1 ngày làm việc", "2026-03-06T07:30"),
        ("2026-03-05T07:29", "1 ngày làm việc", "2026-03-06T07:30"),
        ("2026-03-05T07:30", "1 ngày làm việc", "2026-03-06T07:30"),
        ("2026-03-05T08:07", "1 ngày làm việc", "2026-03-06T08:07"),
        ("2026-03-05T11:30", "1 ngày làm việc", "2026-03-06T11:30"),
        ("2026-03-05T11:31", "1 ngày làm việc", "2026-03-06T13:00"),
        ("2026-03-05T12:59", "1 ngày làm việc", "2026-03-06T13:00"),
        ("2026-03-05T13:00", "1 ngày làm việc", "2026-03-06T13:00"),
        ("2026-03-05T17:00", "1 ngày làm việc", "2026-03-06T17:00"),
        ("2026-03-05T17:01", "1 ngày làm việc", "2026-03-09T07:30"),
        ("2026-03-05T00:00", "1 ngày làm việc", "2026-03-06T07:30"),
        ("2026-03-05T23:59", "1 ngày làm việc", "2026-03-09T07:30"),
        (
            "2026-03-07T09:00",
            "1 ngày làm việc",
            "2026-03-10T07:30",
        ),  # Saturday: Monday is not counted
        # The swapped Saturday and its Monday.
        ("2026-08-21T10:00", "1 ngày làm việc", "2026-08-22T10:00"),
        ("2026-08-22T16:00", "1 ngày làm việc", "2026-08-24T16:00"),
        ("2026-08-24T10:00", "6 ngày làm việc", "2026-09-04T10:00"),
        # Tết Bính Ngọ: 16-20/02/2026.
        ("2026-02-13T17:00", "1 ngày làm việc", "2026-02-23T17:00"),
        ("2026-02-13T17:01", "1 ngày làm việc", "2026-02-24T07:30"),
        ("2026-02-17T09:00", "1 ngày làm việc", "2026-02-24T07:30"),
        # Year's end and leap day.
        ("2025-12-31T10:00", "1 ngày làm việc", "2026-01-05T10:00"),
        ("2025-12-31T10:00", "6 ngày làm việc", "2026-01-10T10:00"),  # a worked Saturday
        ("2026-12-31T10:00", "1 ngày làm việc", "2027-01-04T10:00"),
        ("2024-02-28T10:00", "1 ngày làm việc", "2024-02-29T10:00"),
        ("2024-02-29T10:00", "1 ngày làm việc", "2024-03-01T10:00"),
        # Calendar days: all count, a last day of rest moves on.
        ("2026-04-02T09:00", "15 ngày", "2026-04-17T09:00"),
        ("2026-04-03T09:00", "15 ngày", "2026-04-20T09:00"),
        ("2026-08-17T09:00", "5 ngày", "2026-08-22T09:00"),  # a Saturday that is worked
        (
            "2026-02-01T09:00",
            "15 ngày",
            "2026-02-23T07:30",
        ),  # accepted on a Sunday, the last day in Tết
        ("2026-10-23T09:00", "32 ngày", "2026-11-25T09:00"),  # the last day on 24/11
        ("2026-10-23T17:01", "1 ngày", "2026-10-27T07:30"),
        # Hours: working minutes only.
        ("2026-03-02T08:30", "3 giờ", "2026-03-02T11:30"),  # as a result the end of a session stays
        ("2026-03-02T11:30", "1 giờ", "2026-03-02T14:00"),  # as a start it is the next opening
        ("2026-03-02T12:15", "30 phút", "2026-03-02T13:30"),
        ("2026-03-02T16:00", "1 giờ", "2026-03-02T17:00"),
        ("2026-03-02T16:00", "6 giờ", "2026-03-03T14:00"),
        ("2026-03-02T17:00", "1 giờ", "2026-03-03T08:30"),
        ("2026-03-02T17:01", "1 giờ", "2026-03-03T08:30"),
        ("2026-03-02T10:50", "4 giờ 45 phút", "2026-03-03T07:35"),
        ("2026-03-02T07:30", "8 giờ", "2026-03-02T17:00"),
        ("2026-03-02T07:31", "8 giờ", "2026-03-03T07:31"),
        ("2026-03-02T10:00", "0,5 ngày làm việc", "2026-03-02T15:30"),
        ("2026-03-02T10:00", "1,5 ngày làm việc", "2026-03-03T15:30"),
        ("2026-11-23T16:30", "1 giờ", "2026-11-25T08:00"),
        # Within the day: the cut-off is told after acceptance is put inside office hours.
        ("2026-03-05T07:00", "trong ngày", "2026-03-05T17:00"),
        ("2026-03-05T11:45", "trong ngày", "2026-03-05T17:00"),
        ("2026-03-05T14:59", "trong ngày", "2026-03-05T17:00"),
        ("2026-03-05T15:00", "trong ngày", "2026-03-06T17:00"),
        ("2026-03-05T17:00", "trong ngày", "2026-03-06T17:00"),
        ("2026-03-05T17:01", "trong ngày", "2026-03-06T17:00"),
        ("2026-03-06T15:00", "trong ngày", "2026-03-09T17:00"),
        ("2026-03-07T09:00", "trong ngày", "2026-03-09T17:00"),
        ("2026-11-23T15:00", "trong ngày", "2026-11-25T17:00"),
    ],
)
def test_the_due_moment(accepted: str, limit: str, due: str) -> None:
    assert promise(accepted, limit).moment == at(due)


LAST_DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("kind", "accepted", "limit", "due"),
    [
        (DayKind.HALF_MORNING, "2026-12-30T10:00", "1 ngày làm việc", "2026-12-31T10:00"),
        (
            DayKind.HALF_MORNING,
            "2026-12-30T15:00",
            "1 ngày làm việc",
            "2026-12-31T11:30",
        ),  # the end before it
        (
            DayKind.HALF_AFTERNOON,
            "2026-12-30T10:00",
            "1 ngày làm việc",
            "2026-12-31T13:00",
        ),  # else the opening
        (DayKind.HALF_AFTERNOON, "2026-12-30T15:00", "1 ngày làm việc", "2026-12-31T15:00"),
        (DayKind.HALF_MORNING, "2026-12-29T15:00", "2 ngày", "2026-12-31T11:30"),
        (
            DayKind.HALF_MORNING,
            "2026-12-30T15:00",
            "2 ngày làm việc",
            "2027-01-01T15:00",
        ),  # counts as one day
        (DayKind.HALF_MORNING, "2026-12-31T11:30", "1 ngày làm việc", "2027-01-01T11:30"),
        (DayKind.HALF_MORNING, "2026-12-31T13:30", "1 ngày làm việc", "2027-01-04T07:30"),
        (DayKind.HALF_MORNING, "2026-12-31T10:30", "2 giờ", "2027-01-01T08:30"),
        (DayKind.HALF_MORNING, "2026-12-31T10:00", "trong ngày", "2026-12-31T11:30"),
        (DayKind.HALF_MORNING, "2026-12-30T16:00", "trong ngày", "2026-12-31T11:30"),
    ],
)
def test_the_due_moment_around_a_half_day(
    kind: DayKind, accepted: str, limit: str, due: str
) -> None:
    calendar = Calendar(STANDARD_WEEK, {LAST_DAY: special(LAST_DAY, kind)}, frozenset(), "thử")
    assert promise(accepted, limit, calendar).moment == at(due)


def test_an_hour_in_the_lunch_break_of_another_day_becomes_the_end_of_that_morning() -> None:
    long_lunch = (Session(time(7), time(11)), Session(time(14), time(17)))
    calendar = Calendar((*STANDARD_WEEK[:4], long_lunch, (), ()), {}, frozenset(), "thử")
    assert promise("2026-03-05T13:15", "1 ngày làm việc", calendar).moment == at("2026-03-06T11:00")
    assert promise("2026-03-06T07:10", "1 ngày làm việc", calendar).moment == at("2026-03-09T07:30")


def test_an_evening_hour_becomes_the_closing_of_a_day_without_evening() -> None:
    with_evening = (*STANDARD_WEEK[3], Session(time(18), time(20)))
    calendar = Calendar(
        (*STANDARD_WEEK[:3], with_evening, *STANDARD_WEEK[4:]), {}, frozenset(), "thử"
    )
    assert promise("2026-03-05T18:30", "1 ngày làm việc", calendar).moment == at("2026-03-06T17:00")


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("1 ngày làm việc", "2026-11-25T17:00"),
        ("2 ngày", "2026-11-25T17:00"),
        ("1 giờ", "2026-11-23T11:00"),
        ("trong ngày", "2026-11-23T17:00"),
    ],
)
def test_a_setting_prints_closing_time_for_limits_in_days_only(limit: str, due: str) -> None:
    printed = due_moment(at("2026-11-23T10:00"), parse_limit(limit), SHIPPED, at_closing=True)
    assert printed.moment == at(due)
    assert printed.walk[-1].at == at(due).time()


@pytest.mark.parametrize(
    ("accepted", "due"), [("2026-03-05T09:59", "2026-03-05"), ("2026-03-05T10:00", "2026-03-06")]
)
def test_a_procedure_may_have_its_own_cut_off(accepted: str, due: str) -> None:
    within = due_moment(at(accepted), TimeLimit(WITHIN_DAY, 0), SHIPPED, cut_off=time(10))
    assert within.moment == at(f"{due}T17:00")


@pytest.mark.parametrize(
    ("accepted", "limit", "provisional"),
    [
        (
            "2026-12-30T10:00",
            "1 ngày làm việc",
            False,
        ),  # due 31/12/2026: the confirmed year's last day
        ("2026-12-31T10:00", "1 ngày làm việc", True),  # reaches into 2027
        ("2026-12-30T10:00", "3 ngày", True),
        ("2026-12-31T17:30", "trong ngày", True),
        ("2027-03-01T10:00", "1 giờ", True),
        ("2020-01-02T10:00", "1 ngày làm việc", False),
        ("2019-12-31T10:00", "2 ngày làm việc", True),  # the start counts as well
    ],
)
def test_a_promise_that_touches_an_unconfirmed_year_is_provisional(
    accepted: str, limit: str, provisional: bool
) -> None:
    assert promise(accepted, limit).provisional is provisional


def test_every_year_on_the_way_must_be_confirmed() -> None:
    calendar = Calendar(STANDARD_WEEK, {}, frozenset({2025, 2027}), "thử")
    assert promise("2025-12-01T10:00", "500 ngày", calendar).provisional


def test_a_year_that_is_a_slip_of_the_key_is_refused() -> None:
    with pytest.raises(Refused, match="Năm tiếp nhận 9026") as refused:
        promise("9026-11-23T10:00", "1 ngày làm việc")
    assert (refused.value.code, refused.value.field) == ("accepted-year", "received")
    assert promise("1926-11-23T10:00", "1 ngày làm việc").provisional


# --- the walk -------------------------------------------------------------------------------------


def told(walk: tuple[WalkStep, ...]) -> list[tuple[object, ...]]:
    """The walk as short lines: day of the month, what, what is counted, name, hour."""
    return [
        (
            step.day.day,
            step.what.value,
            step.number or step.minutes or step.counted,
            step.name,
            step.at,
        )
        for step in walk
    ]


def test_the_walk_of_working_days_names_the_rest() -> None:
    assert told(promise("2026-11-23T10:00", "4 ngày làm việc").walk) == [
        (23, "accepted", False, "", time(10)),
        (24, "rest", False, "Ngày Văn hóa Việt Nam", None),
        (25, "counted", 1, "", None),
        (26, "counted", 2, "", None),
        (27, "counted", 3, "", None),
        (28, "rest", False, "", None),
        (29, "rest", False, "", None),
        (30, "due", 4, "", time(10)),
    ]


def test_the_walk_tells_where_the_clock_starts_after_a_rest_day() -> None:
    assert told(promise("2026-08-29T09:00", "1 ngày làm việc").walk) == [
        (29, "accepted", False, "", time(9)),
        (30, "rest", False, "", None),
        (31, "rest", False, "Hoán đổi với T7 22/8", None),
        (1, "rest", False, "Quốc khánh", None),
        (2, "rest", False, "Quốc khánh", None),
        (3, "start", False, "", time(7, 30)),
        (4, "due", 1, "", time(7, 30)),
    ]


def test_the_walk_of_calendar_days_counts_to_the_last_and_then_only_moves() -> None:
    assert told(promise("2026-04-23T09:00", "3 ngày").walk) == [
        (23, "accepted", False, "", time(9)),
        (24, "counted", 1, "", None),
        (25, "counted", 2, "", None),
        (26, "counted", 3, "", None),  # the last day: a Sunday
        (27, "rest", False, "Nghỉ bù Giỗ Tổ (CN 26/4)", None),
        (28, "due", False, "", time(9)),
    ]


def test_the_walk_of_hours_tells_the_minutes_of_each_day() -> None:
    assert told(promise("2026-03-06T12:10", "1,5 ngày làm việc").walk) == [
        (6, "accepted", False, "", time(12, 10)),
        (6, "start", 240, "", time(13)),
        (7, "rest", False, "", None),
        (8, "rest", False, "", None),
        (9, "due", 480, "", time(17)),
    ]


def test_the_walk_of_long_hours_has_whole_days_between() -> None:
    assert told(promise("2026-03-02T16:00", "10 giờ").walk) == [
        (2, "accepted", 60, "", time(16)),
        (3, "worked", 480, "", None),
        (4, "due", 60, "", time(8, 30)),
    ]


def test_the_walk_within_one_day_still_ends_in_the_promise() -> None:
    assert told(promise("2026-03-05T10:00", "trong ngày").walk) == [
        (5, "accepted", False, "", time(10)),
        (5, "due", False, "", time(17)),
    ]
    assert told(promise("2026-03-05T10:00", "2 giờ").walk) == [
        (5, "accepted", False, "", time(10)),
        (5, "due", 120, "", time(13, 30)),
    ]


# --- against the promise --------------------------------------------------------------------------

DUE = at("2026-11-25T10:00")


@pytest.mark.parametrize(
    ("limit", "ready", "expected"),
    [
        ("1 ngày làm việc", "2026-11-23T17:00", Timing.EARLY),
        ("1 ngày làm việc", "2026-11-24T23:59", Timing.EARLY),
        ("1 ngày làm việc", "2026-11-25T00:00", Timing.ON_TIME),
        ("1 ngày làm việc", "2026-11-25T16:59", Timing.ON_TIME),  # dates, not hours
        ("15 ngày", "2026-11-25T10:01", Timing.ON_TIME),
        ("15 ngày", "2026-11-26T07:30", Timing.LATE),
        ("trong ngày", "2026-11-25T17:30", Timing.ON_TIME),
        ("trong ngày", "2026-11-26T07:30", Timing.LATE),
        ("2 giờ", "2026-11-25T09:59", Timing.EARLY),
        ("2 giờ", "2026-11-25T10:00:59", Timing.ON_TIME),  # cut to the minute
        ("2 giờ", "2026-11-25T10:01", Timing.LATE),
        ("2 giờ", "2026-11-26T09:00", Timing.LATE),
    ],
)
def test_early_on_time_or_late(limit: str, ready: str, expected: Timing) -> None:
    assert timing(at(ready), DUE, parse_limit(limit)) is expected
    assert (at(ready).replace(second=0) > last_minute(DUE, parse_limit(limit))) is (
        expected is Timing.LATE
    )


@pytest.mark.parametrize(
    ("limit", "due", "days_before", "latest"),
    [
        ("5 ngày làm việc", "2026-11-27T10:00", 1, "2026-11-26T17:00"),
        ("5 ngày làm việc", "2026-11-27T10:00", 2, "2026-11-25T17:00"),
        ("1 ngày làm việc", "2026-11-25T10:00", 1, "2026-11-23T17:00"),  # 24/11 rests
        ("15 ngày", "2026-02-23T09:00", 1, "2026-02-13T17:00"),  # Tết between
        ("5 ngày làm việc", "2026-08-24T09:00", 1, "2026-08-22T17:00"),  # a worked Saturday
        ("trong ngày", "2026-11-25T17:00", 1, "2026-11-25T16:59"),
        ("2 giờ", "2026-11-25T10:00", 1, "2026-11-25T09:59"),
        ("0,5 ngày làm việc", "2026-11-25T10:00", 3, "2026-11-25T09:59"),
        ("8 giờ", "2026-11-25T10:00", 1, "2026-11-25T09:59"),
        (
            "8 giờ 01 phút",
            "2026-11-25T10:00",
            1,
            "2026-11-23T17:00",
        ),  # longer than a day: the day before
    ],
)
def test_notice_is_in_time_until(limit: str, due: str, days_before: int, latest: str) -> None:
    assert notice_deadline(at(due), parse_limit(limit), SHIPPED, days_before) == at(latest)


def test_notice_on_the_due_day_is_no_setting() -> None:
    with pytest.raises(ValueError, match="0 days before"):
        notice_deadline(DUE, TimeLimit(WORKING_DAYS, 1), SHIPPED, 0)


# --- what holds for every calendar, start and limit -----------------------------------------------

EARLY_MORNING, LATE_AFTERNOON = Session(time(7), time(11, 30)), Session(time(13, 30), time(17))
WORKDAYS: list[tuple[Session, ...]] = [
    STANDARD_WEEK[0],
    (EARLY_MORNING, LATE_AFTERNOON),
    (EARLY_MORNING,),
    (Session(time(8), time(16)),),
]
FIRST, LAST = datetime(2026, 1, 1), datetime(2026, 12, 31, 23, 59)

moments = st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(second=0, microsecond=0))
day_limits = st.builds(
    TimeLimit, st.sampled_from([WORKING_DAYS, CALENDAR_DAYS]), st.integers(1, 40)
)
hour_limits = st.builds(TimeLimit, st.just(WORKING_MINUTES), st.integers(1, 3000))
limits = st.one_of(day_limits, hour_limits, st.just(TimeLimit(WITHIN_DAY, 0)))
cut_offs = st.times(time(7), time(17)).map(lambda cut: cut.replace(second=0, microsecond=0))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any office: some of the days worked, each with its own hours, and some special days in the
    year.
    """
    week: Week = tuple(
        draw(st.lists(st.sampled_from([(), *WORKDAYS]), min_size=7, max_size=7).filter(any))
    )
    days = draw(st.sets(st.dates(FIRST.date(), LAST.date()), max_size=8))
    kinds: Mapping[date, SpecialDay] = {
        day: special(day, draw(st.sampled_from(DayKind))) for day in days
    }
    return Calendar(week, kinds, frozenset({2026}), "thử")


@given(moments, limits, calendars(), cut_offs, st.booleans())
def test_a_promise_never_falls_into_rest_nor_before_acceptance(
    accepted: datetime, limit: TimeLimit, calendar: Calendar, cut_off: time, at_closing: bool
) -> None:
    due = due_moment(accepted, limit, calendar, cut_off=cut_off, at_closing=at_closing).moment
    assert any(s.opens <= due.time() <= s.closes for s in calendar.sessions_on(due.date()))
    assert due >= inside_office_hours(accepted, calendar)


@given(moments, limits, calendars(), st.integers(0, 59), st.integers(0, 999_999))
def test_seconds_are_cut(
    accepted: datetime, limit: TimeLimit, calendar: Calendar, second: int, micro: int
) -> None:
    spoken = accepted.replace(second=second, microsecond=micro)
    assert due_moment(spoken, limit, calendar) == due_moment(accepted, limit, calendar)


@given(moments, limits, st.integers(1, 500), calendars())
def test_a_longer_limit_is_never_due_earlier(
    accepted: datetime, limit: TimeLimit, more: int, calendar: Calendar
) -> None:
    assume(limit.unit is not WITHIN_DAY)
    longer = TimeLimit(limit.unit, limit.amount + more)
    assert (
        due_moment(accepted, limit, calendar).moment
        <= due_moment(accepted, longer, calendar).moment
    )


@given(st.dates(FIRST.date(), date(2026, 11, 1)), moments, st.integers(1, 10), calendars())
def test_a_notice_is_due_for_what_falls_due_by_so_many_working_days_on(
    today: date, due: datetime, days: int, calendar: Calendar
) -> None:
    """The day board asks by this day, and not every open dossier."""
    last = today
    for _day in range(days):
        last = calendar.next_working_day(last)
    deadline = notice_deadline(due, TimeLimit(WORKING_DAYS, 10), calendar, days)
    assert (deadline.date() <= today) == (due.date() <= last)


@given(moments, st.timedeltas(timedelta(), timedelta(days=20)), limits, calendars(), cut_offs)
def test_papers_handed_in_later_are_never_due_earlier(
    accepted: datetime, later: timedelta, limit: TimeLimit, calendar: Calendar, cut_off: time
) -> None:
    first = due_moment(accepted, limit, calendar, cut_off=cut_off).moment
    second = due_moment(accepted + later, limit, calendar, cut_off=cut_off).moment
    if (
        limit.unit is CALENDAR_DAYS
    ):  # two rest days move to one working day, each with its own hour (4)
        assert first.date() <= second.date()
    else:
        assert first <= second


@given(moments, st.integers(1, 40), calendars(), st.data())
def test_a_holiday_inside_the_span_moves_a_limit_in_working_days_by_exactly_one(
    accepted: datetime, amount: int, calendar: Calendar, data: st.DataObject
) -> None:
    limit = TimeLimit(WORKING_DAYS, amount)
    before = due_moment(accepted, limit, calendar)
    new = data.draw(st.sampled_from([step.day for step in before.walk if step.counted]))
    with_holiday = Calendar(
        calendar.week,
        {**calendar.special, new: special(new, DayKind.OFF)},
        calendar.confirmed_years,
        "mới",
    )
    after = due_moment(accepted, limit, with_holiday)
    assert after.moment.date() == calendar.next_working_day(before.moment.date())
    assert (
        after.moment == due_moment(accepted, TimeLimit(WORKING_DAYS, amount + 1), calendar).moment
    )
    assert WalkStep(new, WalkWhat.REST, counted=False, name="ngày thử") in after.walk


@given(moments, st.integers(1, 2000), st.integers(1, 2000), calendars())
def test_hours_can_be_split_anywhere(
    accepted: datetime, first: int, rest: int, calendar: Calendar
) -> None:
    halfway = due_moment(accepted, TimeLimit(WORKING_MINUTES, first), calendar).moment
    whole = due_moment(accepted, TimeLimit(WORKING_MINUTES, first + rest), calendar).moment
    assert due_moment(halfway, TimeLimit(WORKING_MINUTES, rest), calendar).moment == whole
    assert calendar.working_minutes(accepted, whole) == first + rest


@given(moments, limits, calendars())
def test_the_walk_is_whole(accepted: datetime, limit: TimeLimit, calendar: Calendar) -> None:
    due = due_moment(accepted, limit, calendar)
    days = [step.day for step in due.walk]
    span = (due.moment.date() - accepted.date()).days
    assert days == sorted(days)
    assert sorted(set(days)) == [accepted.date() + timedelta(days=n) for n in range(span + 1)]
    whats = [step.what for step in due.walk]
    assert (whats[0], whats[-1]) == (WalkWhat.ACCEPTED, WalkWhat.DUE)
    assert (whats.count(WalkWhat.ACCEPTED), whats.count(WalkWhat.DUE)) == (1, 1)
    assert (WalkWhat.START in whats) == (inside_office_hours(accepted, calendar) != accepted)
    assert not any(
        calendar.is_working_day(step.day) for step in due.walk if step.what is WalkWhat.REST
    )


@given(moments, day_limits, calendars())
def test_the_walk_counts_each_day_of_the_limit_once(
    accepted: datetime, limit: TimeLimit, calendar: Calendar
) -> None:
    counted = [step for step in due_moment(accepted, limit, calendar).walk if step.counted]
    assert [step.number for step in counted] == list(range(1, limit.amount + 1))
    if limit.unit is WORKING_DAYS:
        assert all(calendar.is_working_day(step.day) for step in counted)


@given(moments, hour_limits, calendars())
def test_the_minutes_of_the_walk_add_up(
    accepted: datetime, limit: TimeLimit, calendar: Calendar
) -> None:
    walk = due_moment(accepted, limit, calendar).walk
    assert sum(step.minutes or 0 for step in walk) == limit.amount
    assert all(step.counted == bool(step.minutes) for step in walk)


@given(
    st.one_of(
        st.builds(
            TimeLimit, st.sampled_from([WORKING_DAYS, CALENDAR_DAYS]), st.integers(1, MOST_DAYS)
        ),
        st.builds(TimeLimit, st.just(WORKING_MINUTES), st.integers(1, MOST_DAYS * DAY_MINUTES)),
        st.just(TimeLimit(WITHIN_DAY, 0)),
    )
)
def test_every_limit_is_read_back_from_its_own_text(limit: TimeLimit) -> None:
    assert parse_limit(limit.text) == limit


near_limits = st.from_regex(
    r"[0-9]{1,5}([.,][0-9]{1,3})? ?(ngày( làm việc)?|giờ( [0-9]{1,3} phút)?|phút)", fullmatch=True
)


@given(near_limits | st.text())
def test_any_text_is_a_limit_that_can_be_written_or_a_refusal(text: str) -> None:
    limit = read(text)
    assert limit is None or parse_limit(limit.text) == limit


def read(text: str) -> TimeLimit | None:
    try:
        return parse_limit(text)
    except Refused:
        return None


@given(moments, moments, limits)
def test_a_result_is_early_on_time_or_late_and_never_better_later(
    a: datetime, b: datetime, limit: TimeLimit
) -> None:
    order = [Timing.EARLY, Timing.ON_TIME, Timing.LATE]
    ready = sorted((a, b))
    due = ready[0]
    assert order.index(timing(ready[0], due, limit)) <= order.index(timing(ready[1], due, limit))
    assert timing(due, due, limit) is Timing.ON_TIME


@given(moments, limits, calendars(), st.integers(1, 5))
def test_notice_ends_before_the_promise_within_office_hours_or_the_minute_before(
    accepted: datetime, limit: TimeLimit, calendar: Calendar, days_before: int
) -> None:
    due = due_moment(accepted, limit, calendar).moment
    latest = notice_deadline(due, limit, calendar, days_before)
    assert latest < due
    if limit.within_one_day:
        assert latest == due - timedelta(minutes=1)
    else:
        assert latest.time() == calendar.sessions_on(latest.date())[-1].closes
        between = [
            latest.date() + timedelta(days=n) for n in range((due.date() - latest.date()).days)
        ]
        assert sum(calendar.is_working_day(day) for day in between) == days_before


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (6060, "12 ngày làm việc 5 giờ"),
        (480, "1 ngày làm việc"),
        (90, "1 giờ 30 phút"),
        (1, "1 phút"),
        (1021, "2 ngày làm việc 1 giờ 1 phút"),
    ],
)
def test_working_minutes_are_told_as_days_of_eight_hours(minutes: int, words: str) -> None:
    assert working_time(minutes) == words


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23T10:00", None),
        ("2026-11-23T20:00", None),  # closed for today, no day of rest
        ("2026-11-22T10:00", "2026-11-23T07:30"),
        ("2026-11-24T10:00", "2026-11-25T07:30"),  # Ngày Văn hóa Việt Nam
    ],
)
def test_a_day_of_rest_says_when_the_office_opens_again(moment: str, opens: str | None) -> None:
    assert rest_until(at(moment), SHIPPED) == (at(opens) if opens else None)
