"""Until when papers taken in for another agency are to be with it (NĐ 309/2026/NĐ-CP, Điều 9)."""

from datetime import date, datetime, time

import pytest

import resources
from cchc_desk.domain.law.forwarding import forward_by, rule_on, rules_from_json
from cchc_desk.domain.time.calendar import STANDARD_WEEK, Calendar, DayKind, SpecialDay

HOLIDAY = date(2026, 9, 2)  # a Wednesday
MORNING = date(2026, 9, 8)  # worked in the morning alone
CALENDAR = Calendar(
    STANDARD_WEEK,
    {
        HOLIDAY: SpecialDay(HOLIDAY, DayKind.OFF, "Quốc khánh", "thử", "[G]"),
        MORNING: SpecialDay(MORNING, DayKind.HALF_MORNING, "nghỉ chiều", "thử", "[G]"),
    },
    frozenset({2026}),
    "thử",
)
THREE = time(15, 0)


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("08-31T07:30", "08-31T17:00"),
        ("08-31T12:15", "08-31T17:00"),  # in the noon rest
        ("08-31T14:59", "08-31T17:00"),
        ("08-31T15:00", "08-31T17:00"),  # not after 15:00
        ("08-31T15:00:59", "08-31T17:00"),  # to the minute
        ("08-31T15:01", "09-01T11:30"),
        ("08-31T18:00", "09-01T11:30"),  # after closing
        ("08-31T06:00", "08-31T17:00"),  # before opening
        ("09-01T15:01", "09-03T11:30"),  # over the holiday
        ("09-02T10:00", "09-03T17:00"),  # on the holiday: as if received at the next opening
        ("09-04T15:01", "09-07T11:30"),  # over a weekend
        ("09-05T16:00", "09-07T17:00"),  # on a Saturday
        ("09-08T11:30", "09-08T11:30"),  # half a day: its closing
        ("09-08T11:31", "09-09T11:30"),
        ("09-07T15:01", "09-08T11:30"),  # the morning of half a day
    ],
)
def test_the_same_day_and_after_three_the_next_working_morning(received: str, by: str) -> None:
    found = forward_by(datetime.fromisoformat(f"2026-{received}"), THREE, CALENDAR)
    assert found == datetime.fromisoformat(f"2026-{by}")


def test_the_rule_is_data_with_its_day_and_source() -> None:
    rules = rules_from_json(resources.read_text("law/forwarding.json"))
    assert rule_on(rules, date(2026, 8, 4)) is None
    rule = rule_on(rules, date(2026, 8, 5))
    assert rule is not None
    assert (rule.cut_off, "309/2026" in rule.basis, "[V]" in rule.mark) == (THREE, True, True)
