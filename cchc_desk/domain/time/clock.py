"""The machine's clock against the last entries of the ledger: whether it can be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_desk.domain.time.calendar import Calendar

SLACK = timedelta(minutes=5)  # so far clocks are set back by themselves
QUIET_DAYS = 1  # working days without an act that are nothing to ask about
_LONGEST = 400  # days: what lies further apart needs no counting


@dataclass(frozen=True)
class ClockDoubt:
    """The clock says `now`, and the last act that is beyond doubt was at `last`."""

    last: datetime
    now: datetime

    @property
    def is_behind(self) -> bool:
        return self.now < self.last


def clock_doubt(last: datetime, now: datetime, calendar: Calendar) -> ClockDoubt | None:
    """Return the doubt about a clock that says `now` after an act at `last`; None for none.

    Days of rest are no doubt, however many: the office closes for Tết.
    """
    is_behind = now < last - SLACK
    if is_behind or _working_days_between(last.date(), now.date(), calendar) > QUIET_DAYS:
        return ClockDoubt(last, now)
    return None


def _working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Count the working days after `first` and before `last`."""
    days = min((last - first).days, _LONGEST)
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range(1, days))


def last_beyond_doubt(moments: Iterable[datetime], calendar: Calendar) -> datetime | None:
    """Return the last of these moments of the ledger that follows from those before; None of none.

    What a wrong clock wrote, such as a log-in, is passed over.
    """
    trusted: datetime | None = None
    for at in moments:
        if trusted is None or clock_doubt(trusted, at, calendar) is None:
            trusted = at if trusted is None else max(trusted, at)
    return trusted
