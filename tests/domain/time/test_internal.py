"""The internal deadline: some working days before the promise, never the day of acceptance."""

from datetime import date, datetime

import pytest

from cchc_desk.domain.time.calendar import STANDARD_WEEK, Calendar, DayKind, SpecialDay
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.domain.time.internal import days_before, internal_day

HOLIDAY = date(2026, 3, 11)
CALENDAR = Calendar(
    STANDARD_WEEK,
    {HOLIDAY: SpecialDay(HOLIDAY, DayKind.OFF, "nghỉ", "thử", "[G]")},
    frozenset({2026}),
    "thử",
)


@pytest.mark.parametrize(
    ("accepted", "due", "limit", "days", "day"),
    [
        ("2026-03-02T10:00", "2026-03-13T10:00", "9 ngày làm việc", 1, "2026-03-12"),
        ("2026-03-02T10:00", "2026-03-13T10:00", "9 ngày làm việc", 2, "2026-03-10"),  # holiday
        ("2026-03-02T10:00", "2026-03-09T10:00", "5 ngày làm việc", 1, "2026-03-06"),  # weekend
        ("2026-03-02T10:00", "2026-03-13T10:00", "9 ngày làm việc", 0, None),
        ("2026-03-02T10:00", "2026-03-04T10:00", "2 ngày làm việc", 1, "2026-03-03"),
        ("2026-03-02T10:00", "2026-03-04T10:00", "2 ngày làm việc", 2, None),  # accepted then
        ("2026-03-02T10:00", "2026-03-04T10:00", "2 ngày làm việc", 9, None),
        ("2026-03-02T16:00", "2026-03-03T17:00", "trong ngày", 1, None),
        ("2026-03-02T08:00", "2026-03-02T16:00", "7 giờ", 1, None),
    ],
)
def test_it_lies_so_many_working_days_before_the_due_day(
    accepted: str, due: str, limit: str, days: int, day: str | None
) -> None:
    found = internal_day(
        datetime.fromisoformat(accepted),
        datetime.fromisoformat(due),
        parse_limit(limit),
        CALENDAR,
        days,
    )
    assert found == (date.fromisoformat(day) if day else None)


def test_a_field_without_days_of_its_own_has_those_of_all_others() -> None:
    assert days_before({"Hộ tịch": 2, "*": 1}, "Hộ tịch") == 2
    assert days_before({"Hộ tịch": 0, "*": 1}, "Hộ tịch") == 0
    assert days_before({"Hộ tịch": 2, "*": 1}, "Đất đai") == 1
    assert days_before({"Hộ tịch": 2}, "Đất đai") == 0
    assert days_before({}, "") == 0
