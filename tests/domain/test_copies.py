"""Thinning of copies: by the order of their making, never by the clock alone."""

from datetime import datetime, timedelta

from cchc_desk.domain.copies import kept

START = datetime(2026, 1, 5, 7, 30)


def made_each(step: timedelta, count: int) -> list[datetime]:
    """Moments of copies, the last made first."""
    return [START + step * n for n in range(count)][::-1]


def test_a_day_of_hourly_copies_is_kept_whole() -> None:
    made = made_each(timedelta(hours=1), 24)
    assert kept(made) == set(range(24))


def test_of_two_years_of_hours_24_hours_30_days_12_months_are_left() -> None:
    made = made_each(timedelta(hours=1), 24 * 730)
    left = [made[place] for place in sorted(kept(made))]
    assert left[:24] == made[:24]
    assert len({at.date() for at in left}) <= 30 + 12 + 1
    assert len({(at.year, at.month) for at in left}) == 12
    assert len(left) <= 24 + 30 + 12


def test_of_copies_within_one_hour_the_last_is_left() -> None:
    made = made_each(timedelta(minutes=5), 6)
    assert kept(made) == {0}


def test_a_clock_set_back_or_ahead_deletes_nothing() -> None:
    made = made_each(timedelta(days=1), 60)
    for wrong in (datetime(2019, 1, 1), datetime(2098, 1, 1), made[0] - timedelta(minutes=1)):
        assert kept([wrong, *made]) == set(range(61))


def test_under_a_clock_that_stays_behind_what_was_made_before_is_not_taken_for_the_same_hour() -> (
    None
):
    before = made_each(timedelta(hours=1), 10)
    again = [before[-1] + timedelta(hours=n, minutes=1) for n in range(10)][::-1]
    places = kept([*again, *before])
    assert set(range(20)) == places
