"""Periods of sets of reports: which days, when due, which one is next, and how it stands."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain.reports.sets import (
    LAST_DAY,
    Bundle,
    Every,
    ReportSet,
    Schedule,
    State,
    next_due,
)

SCHEDULES = st.builds(
    Schedule, st.sampled_from(Every), st.integers(1, LAST_DAY), st.integers(1, LAST_DAY)
)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MONTHLY = Schedule(Every.MONTH, LAST_DAY, 5)


def a_set(schedule: Schedule = MONTHLY, since: date = date(2026, 11, 23)) -> ReportSet:
    return ReportSet(1, "Báo cáo tháng", "Sở Nội vụ", ("ii-06a",), schedule, since)


def a_bundle(first: date, last: date, sent: date | None = None, number: int = 1) -> Bundle:
    made = datetime(2026, 12, 1, 9, 0)
    return Bundle(number, 1, "Tháng", "Sở", first, last, made, "chi", "a.zip", "ab", sent, "chi")


@pytest.mark.parametrize(
    ("schedule", "day", "first", "last", "due", "words"),
    [
        (MONTHLY, "2026-11-30", "2026-11-01", "2026-11-30", "2026-12-05", "tháng 11/2026"),
        (MONTHLY, "2026-12-01", "2026-12-01", "2026-12-31", "2027-01-05", "tháng 12/2026"),
        (
            Schedule(Every.MONTH, 14, 17),
            *("2026-11-15", "2026-11-15", "2026-12-14", "2026-12-17", "tháng 12/2026"),
        ),
        (
            Schedule(Every.MONTH, 14, 14),
            *("2026-11-14", "2026-10-15", "2026-11-14", "2026-12-14", "tháng 11/2026"),
        ),
        (
            Schedule(Every.QUARTER, LAST_DAY, 10),
            *("2026-11-23", "2026-10-01", "2026-12-31", "2027-01-10", "quý IV/2026"),
        ),
        (
            Schedule(Every.QUARTER, 14, 20),
            *("2026-12-15", "2026-12-15", "2027-03-14", "2027-03-20", "quý I/2027"),
        ),
        (
            Schedule(Every.HALF_YEAR, 14, 31),
            *("2026-06-14", "2025-12-15", "2026-06-14", "2026-06-30", "6 tháng đầu năm 2026"),
        ),
        (
            Schedule(Every.HALF_YEAR, LAST_DAY, 31),
            *("2026-07-01", "2026-07-01", "2026-12-31", "2027-01-31", "6 tháng cuối năm 2026"),
        ),
        (
            Schedule(Every.YEAR, LAST_DAY, 30),
            *("2028-02-29", "2028-01-01", "2028-12-31", "2029-01-30", "năm 2028"),
        ),
        (
            Schedule(Every.MONTH, 30, 29),
            *("2027-02-10", "2027-01-31", "2027-02-28", "2027-03-29", "tháng 02/2027"),
        ),
    ],
)
def test_a_period_and_its_day(
    schedule: Schedule, day: str, first: str, last: str, due: str, words: str
) -> None:
    period = schedule.period_of(date.fromisoformat(day))
    assert [period.first.isoformat(), period.last.isoformat()] == [first, last]
    assert schedule.due(period).isoformat() == due
    assert period.words == words


@given(SCHEDULES, DAYS)
def test_periods_follow_one_another_without_a_gap(schedule: Schedule, day: date) -> None:
    period = schedule.period_of(day)
    after = schedule.after(period)
    assert period.first <= day <= period.last < schedule.due(period)
    assert after.first == period.last + timedelta(days=1)
    assert schedule.before(after) == period
    assert schedule.due(period) <= period.last + timedelta(days=31)


@given(SCHEDULES, DAYS, st.integers(0, 5))
def test_the_next_one_is_the_earliest_that_was_not_sent(
    schedule: Schedule, since: date, sent: int
) -> None:
    """Nothing that was due before a set was entered is ever asked for."""
    one = a_set(schedule, since)
    expected = one.next_period(())
    assert schedule.due(expected) >= since
    assert schedule.due(schedule.before(expected)) < since
    gone = []
    for _period in range(sent):
        gone.append((expected.first, expected.last))
        expected = schedule.after(expected)
    assert one.next_period(gone) == expected


def test_how_a_set_stands_day_by_day() -> None:
    one, november = a_set(), (date(2026, 11, 1), date(2026, 11, 30))
    made = a_bundle(*november)
    sent = a_bundle(*november, sent=date(2026, 12, 3), number=2)
    assert next_due(one, (), date(2026, 11, 30)).state is State.RUNNING
    assert next_due(one, (), date(2026, 12, 1)).state is State.NOT_MADE
    assert next_due(one, (made,), date(2026, 12, 5)).state is State.MADE
    late = next_due(one, (made,), date(2026, 12, 6))
    assert (late.state, late.bundle, late.due) == (State.OVERDUE, made, date(2026, 12, 5))
    then = next_due(one, (made, sent), date(2026, 12, 6))
    assert (then.period.words, then.state) == ("tháng 12/2026", State.RUNNING)
    assert (then.bundle, then.last_sent) == (None, sent)
    assert next_due(one, (made, sent), date(2027, 1, 6)).state is State.OVERDUE


def test_a_month_sent_out_of_turn_does_not_hide_the_one_before() -> None:
    one = a_set()
    december = a_bundle(date(2026, 12, 1), date(2026, 12, 31), sent=date(2027, 1, 4))
    stands = next_due(one, (december,), date(2027, 1, 10))
    assert (stands.period.words, stands.state) == ("tháng 11/2026", State.OVERDUE)
    assert stands.last_sent == december
