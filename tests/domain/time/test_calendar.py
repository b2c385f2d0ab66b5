"""The office calendar: what is worked and what rests, and that the shipped days agree with a source
of their own.
"""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import cast

import holidays
import pytest

import resources
from cchc_desk.domain.time.calendar import (
    STANDARD_WEEK,
    Calendar,
    DayKind,
    Session,
    SpecialDay,
    Week,
    calendar_from_rows,
    special_days,
)
from cchc_desk.domain.time.deadlines import due_moment, parse_limit
from tools.estimated_holidays import FIRST, LAST, lunar_day, with_estimates

MORNING, AFTERNOON = Session(time(7, 30), time(11, 30)), Session(time(13), time(17))
SATURDAY_MORNING: Week = (*STANDARD_WEEK[:5], (Session(time(8), time(11)),), ())
FACTS = json.loads(resources.read_text("calendar/confirmed_years.json"))


def shipped_rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(resources.read_text("calendar/holidays.csv"))))


def shipped(week: Week = STANDARD_WEEK) -> Calendar:
    return calendar_from_rows(
        shipped_rows(), week, frozenset(FACTS["confirmed_years"]), FACTS["version"]
    )


def with_day(kind: DayKind, day: date, week: Week = STANDARD_WEEK) -> Calendar:
    return Calendar(week, {day: SpecialDay(day, kind, "ngày thử", "", "[G]")}, frozenset(), "thử")


# --- what is worked -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "sessions"),
    [
        ("2026-11-23", (MORNING, AFTERNOON)),
        ("2026-11-24", ()),  # Ngày Văn hóa Việt Nam, since 2026
        ("2025-11-24", (MORNING, AFTERNOON)),  # a Monday before it was a holiday
        ("2026-11-28", ()),  # Saturday
        ("2026-08-22", (MORNING, AFTERNOON)),  # swapped Saturday
        ("2026-08-31", ()),  # the Monday it was swapped with
        ("2026-04-26", ()),  # Hùng Kings' day on a Sunday ...
        ("2026-04-27", ()),  # ... and its substitute
        ("2023-05-02", ()),
        ("2023-05-03", ()),
        ("2028-02-29", (MORNING, AFTERNOON)),
    ],
)
def test_the_shipped_day_has_these_sessions(day: str, sessions: tuple[Session, ...]) -> None:
    calendar = shipped()
    assert calendar.sessions_on(date.fromisoformat(day)) == sessions
    assert calendar.is_working_day(date.fromisoformat(day)) == bool(sessions)


def test_a_swapped_saturday_keeps_mondays_hours_where_saturday_has_its_own() -> None:
    calendar = shipped(SATURDAY_MORNING)
    assert calendar.sessions_on(date(2026, 8, 15)) == (Session(time(8), time(11)),)
    assert calendar.sessions_on(date(2026, 8, 22)) == (MORNING, AFTERNOON)


def test_a_swapped_day_is_worked_even_where_monday_always_rests() -> None:
    calendar = with_day(DayKind.SWAP_WORK, date(2026, 8, 22), ((), (MORNING,), *STANDARD_WEEK[2:]))
    assert calendar.sessions_on(date(2026, 8, 22)) == (MORNING,)


@pytest.mark.parametrize(
    ("kind", "sessions"),
    [
        (DayKind.HALF_MORNING, (MORNING,)),
        (DayKind.HALF_AFTERNOON, (AFTERNOON,)),
        (DayKind.OFF, ()),
        (DayKind.ESTIMATE, ()),  # an estimated holiday counts as rest
    ],
)
def test_a_special_working_day(kind: DayKind, sessions: tuple[Session, ...]) -> None:
    assert with_day(kind, date(2026, 12, 31)).sessions_on(date(2026, 12, 31)) == sessions


def test_the_afternoon_of_a_day_that_has_none_is_rest() -> None:
    calendar = with_day(DayKind.HALF_AFTERNOON, date(2026, 8, 15), SATURDAY_MORNING)
    assert not calendar.is_working_day(date(2026, 8, 15))


def test_special_days_have_names_and_others_none() -> None:
    calendar = shipped()
    assert calendar.rest_name(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"
    assert calendar.rest_name(date(2026, 11, 28)) == ""


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        ("2026-11-23", "2026-11-25"),
        ("2026-02-13", "2026-02-23"),  # Tết Bính Ngọ
        ("2026-01-09", "2026-01-10"),  # a Saturday worked for 02/01
        ("2025-12-31", "2026-01-05"),
        ("2024-02-28", "2024-02-29"),
    ],
)
def test_neighbouring_working_days(day: str, next_day: str) -> None:
    before, after = date.fromisoformat(day), date.fromisoformat(next_day)
    assert shipped().next_working_day(before) == after
    assert shipped().previous_working_day(after) == before


def test_a_rest_without_end_is_an_error_not_a_hang() -> None:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range(800)]
    special = {day: SpecialDay(day, DayKind.OFF, "nghỉ", "", "[G]") for day in days}
    calendar = Calendar(STANDARD_WEEK, special, frozenset(), "thử")
    with pytest.raises(ValueError, match="within a year of 2027"):
        calendar.next_working_day(first)
    with pytest.raises(ValueError, match="within a year of"):
        calendar.previous_working_day(days[-1])


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-23T00:00", "2026-11-24T00:00", 480),
        ("2026-11-23T11:30", "2026-11-23T13:00", 0),
        ("2026-11-23T11:00", "2026-11-23T13:30", 60),
        ("2026-11-23T16:00", "2026-11-25T08:00", 90),  # the holiday between adds nothing
        ("2026-02-13T17:00", "2026-02-23T07:30", 0),  # Tết
        ("2026-11-23T08:00:59", "2026-11-23T09:00:01", 60),  # clocks are cut to the minute
        ("2026-11-23T10:00", "2026-11-23T09:00", 0),
        ("2026-11-25T10:00", "2026-11-23T10:00", 0),
    ],
)
def test_working_minutes(start: str, end: str, minutes: int) -> None:
    assert (
        shipped().working_minutes(datetime.fromisoformat(start), datetime.fromisoformat(end))
        == minutes
    )


# --- what a calendar may not be -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "reason"),
    [
        (((),) * 7, "at least one of them worked"),
        (STANDARD_WEEK[:6], "seven days"),
        (((AFTERNOON, MORNING), *STANDARD_WEEK[1:]), "follow each other"),
        (((MORNING, Session(time(11), time(12))), *STANDARD_WEEK[1:]), "follow each other"),
    ],
)
def test_an_impossible_week_is_rejected(week: Week, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Calendar(week, {}, frozenset(), "thử")


def test_a_special_day_under_another_date_is_rejected() -> None:
    holiday = SpecialDay(date(2026, 11, 24), DayKind.OFF, "nghỉ", "", "[V]")
    with pytest.raises(ValueError, match="another date"):
        Calendar(STANDARD_WEEK, {date(2026, 11, 25): holiday}, frozenset(), "thử")


@pytest.mark.parametrize("closes", [time(7, 30), time(7)])
def test_a_session_must_open_before_it_closes(closes: time) -> None:
    with pytest.raises(ValueError, match="open before it closes"):
        Session(time(7, 30), closes)


GOOD_ROW = {"date": "2026-11-24", "kind": "off", "name": "Nghỉ", "document": "NQ", "mark": "[V]"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date": "24/11/2026"}, "Invalid isoformat"),
        ({"date": "2026-02-30"}, "day is out of range"),
        ({"date": ""}, "needs its date"),
        ({"kind": "holiday"}, "holiday"),
        ({"name": ""}, "its name"),
        ({"name": None}, "its name"),  # a row that ends too early
    ],
)
def test_a_bad_row_is_named(change: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=rf"calendar row .*{reason}"):
        calendar_from_rows([GOOD_ROW | change], STANDARD_WEEK, frozenset(), "thử")


def test_a_row_without_a_column_is_named() -> None:
    with pytest.raises(ValueError, match=r"calendar row .*mark"):
        calendar_from_rows(
            [{key: GOOD_ROW[key] for key in GOOD_ROW if key != "mark"}],
            STANDARD_WEEK,
            frozenset(),
            "t",
        )


def test_a_day_may_stand_once() -> None:
    with pytest.raises(ValueError, match="2026-11-24 stands twice"):
        calendar_from_rows([GOOD_ROW, GOOD_ROW], STANDARD_WEEK, frozenset(), "thử")


def test_nobody_can_slip_a_holiday_into_a_calendar_that_is_in_use() -> None:
    special = cast(dict[date, SpecialDay], shipped().special)
    with pytest.raises(TypeError):
        special[date(2026, 11, 25)] = special[date(2026, 11, 24)]


# --- the shipped days -----------------------------------------------------------------------------


def test_confirmed_years_say_why_and_no_later_one_is_confirmed() -> None:
    calendar = shipped()
    assert calendar.version == FACTS["version"]
    assert all(calendar.is_confirmed(date(year, 6, 1)) for year in range(2020, 2027))
    assert not calendar.is_confirmed(date(2027, 1, 1))
    assert not calendar.is_confirmed(date(2019, 12, 31))
    assert set(FACTS["why"]) == {"2020", "2021-2026", "2027-2040"}


def test_each_row_is_marked_by_how_sure_it_is() -> None:
    assert list(shipped().special) == sorted(shipped().special)
    for special in shipped().special.values():
        is_estimate = special.day.year > 2026
        expected = "[G]" if special.day.year == 2020 else "[I]" if is_estimate else "[V]"
        assert (special.mark, special.kind is DayKind.ESTIMATE) == (expected, is_estimate), special


def test_each_day_swapped_off_is_worked_on_a_saturday_of_the_same_year() -> None:
    def years(kind: DayKind) -> list[int]:
        return [special.day.year for special in shipped().special.values() if special.kind is kind]

    worked = [
        special.day for special in shipped().special.values() if special.kind is DayKind.SWAP_WORK
    ]
    assert years(DayKind.SWAP_OFF) == years(DayKind.SWAP_WORK) == [2024, 2025, 2026, 2026]
    assert {day.weekday() for day in worked} == {5}


# The package gives 24/11 back: it stands outside article 112 (law of 2026), so nobody has to.
CULTURE_DAY_GIVEN_BACK = {date(2029, 11, 26), date(2030, 11, 25), date(2035, 11, 26)} | {
    date(2040, 11, 26)
}


@pytest.mark.parametrize("year", range(FIRST, LAST + 1))
def test_estimated_rest_days_are_those_of_a_source_of_its_own(year: int) -> None:
    ours = {special.day for special in shipped().days_of(year)}
    theirs = {day for day in holidays.country_holidays("VN", years=year) if day.year == year}
    assert theirs - ours == CULTURE_DAY_GIVEN_BACK & theirs
    assert ours <= theirs


def test_the_lunar_calendar_is_the_vietnamese_one() -> None:
    """Another one, over a century; where it differs from the Chinese calendar too."""
    known = holidays.country_holidays("VN", years=range(1990, 2100), observed=False, language="vi")
    new_years = [day for day, name in known.items() if name == "Tết Nguyên Đán"]
    kings = [day for day, name in known.items() if name.startswith("Ngày Giỗ Tổ")]
    assert len(new_years) == 110
    assert [lunar_day(day.year, 1, 1) for day in new_years] == new_years
    assert [lunar_day(day.year, 3, 10) for day in kings] == kings
    assert lunar_day(2007, 1, 1) == date(2007, 2, 17)  # in China the 18th
    assert lunar_day(2030, 1, 1) == date(2030, 2, 2)  # in China the 3rd


def test_the_shipped_estimates_are_those_of_the_tool() -> None:
    text = resources.read_text("calendar/holidays.csv")
    assert with_estimates(text) == text


def test_a_promise_across_tet_of_a_year_nobody_has_announced_is_provisional() -> None:
    limit = parse_limit("5 ngày làm việc")
    due = due_moment(datetime(2028, 1, 21, 10, 0), limit, shipped())
    assert due.moment == datetime(2028, 2, 4, 10, 0)  # Tết Mậu Thân 24 to 28/01/2028
    assert due.provisional


# Where the `holidays` package does not know what the government decided for the year.
PACKAGE_DIFFERS: Mapping[date, str] = {
    date(2026, 1, 2): "rests here: swapped by 12729/VPCP-KGVX, announced late; the package works",
    date(2026, 1, 10): "worked here: the Saturday swapped with 02/01; the package rests",
}


def test_the_shipped_days_agree_with_the_holidays_package() -> None:
    """2020 too, whose rows are general knowledge: a second source that agrees is why the year
    counts as confirmed.
    """
    calendar, package = shipped(), holidays.country_holidays("VN", years=range(2020, 2027))
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(7 * 365 + 2)]
    assert days[-1] == date(2026, 12, 31)
    differing = [day for day in days if calendar.is_working_day(day) != package.is_working_day(day)]
    assert differing == sorted(PACKAGE_DIFFERS)


def test_days_sent_by_another_office_are_read_in_their_order() -> None:
    rows = [
        {
            "date": "2027-01-04",
            "kind": "off",
            "name": "Nghỉ bù",
            "document": "12/TB-UBND",
            "mark": "[V]",
        },
        {"date": "2027-01-02", "kind": "half_morning", "name": "Họp", "document": "", "mark": ""},
    ]
    assert special_days(rows) == (
        SpecialDay(date(2027, 1, 4), DayKind.OFF, "Nghỉ bù", "12/TB-UBND", "[V]"),
        SpecialDay(date(2027, 1, 2), DayKind.HALF_MORNING, "Họp", "", ""),
    )


@pytest.mark.parametrize(
    "wrong", [{"date": "2027-02-30"}, {"date": ""}, {"kind": "party"}, {"name": ""}]
)
def test_a_day_that_is_none_is_named(wrong: dict[str, str]) -> None:
    row = {"date": "2027-01-04", "kind": "off", "name": "Nghỉ bù", "document": "", "mark": ""}
    with pytest.raises(ValueError, match="calendar row"):
        special_days([row | wrong])
