"""The internal deadline: some working days before a promise the office wants to be done.

A reminder of the office to itself, set per field of work; it is never a lateness.
"""

from collections.abc import Mapping
from datetime import date, datetime

from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.deadlines import TimeLimit

OTHER_FIELDS = "*"  # in the setting: every field without days of its own


def days_before(by_field: Mapping[str, int], field: str) -> int:
    """Return how many working days before the promise a field is to be done; 0 for none set."""
    return by_field.get(field, by_field.get(OTHER_FIELDS, 0))


def internal_day(
    accepted: datetime, due: datetime, limit: TimeLimit, calendar: Calendar, days: int
) -> date | None:
    """Return the working day that is so many before the due day.

    None where none is set, for work within one day, and where it would not lie after the day of
    acceptance.
    """
    if not days or limit.within_one_day:
        return None
    day = due.date()
    for _day in range(days):
        day = calendar.previous_working_day(day)
    return day if day > accepted.date() else None
