"""The promise: the due moment of a limit, and the walk that explains it. One function for the whole program.

The rules are product.md, "The promise", points 2-7 and 9; the numbers in the comments are its points.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from cchc_desk.domain.calendar import Calendar
from cchc_desk.domain.vietnamese import clean_line
from cchc_desk.errors import Refused

CUT_OFF = time(15, 0)  # "trong ngày": from here on the next working day [V, portal texts of hộ tịch and chứng thực]
HALF_DAY_MINUTES = 240  # half a working day is four hours (5)
MOST_DAYS = 1000
_ONE_DAY = timedelta(days=1)


class LimitUnit(Enum):
    """How a limit counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WORKING_MINUTES = "working_minutes"
    WITHIN_DAY = "within_day"


@dataclass(frozen=True)
class TimeLimit:
    """A time limit: `amount` days, or minutes for WORKING_MINUTES; 0 for WITHIN_DAY."""

    unit: LimitUnit
    amount: int

    @property
    def text(self) -> str:
        """The limit as the desk writes it; parse_limit() reads it back."""
        if self.unit is LimitUnit.WITHIN_DAY:
            return "trong ngày"
        if self.unit is LimitUnit.WORKING_MINUTES:
            hours, minutes = divmod(self.amount, 60)
            parts = [f"{hours} giờ"] * bool(hours) + [f"{minutes} phút"] * bool(minutes)
            return " ".join(parts)
        return f"{self.amount} ngày làm việc" if self.unit is LimitUnit.WORKING_DAYS else f"{self.amount} ngày"

    @property
    def within_one_day(self) -> bool:
        """Hours and "trong ngày": notice is then owed before the due moment itself."""
        return self.unit in (LimitUnit.WITHIN_DAY, LimitUnit.WORKING_MINUTES)


class WalkWhat(Enum):
    """What a line of the walk says of its day."""

    ACCEPTED = "accepted"  # the papers were handed in
    START = "start"  # the clock starts here, later than acceptance: it was outside office hours
    COUNTED = "counted"  # one more day of the limit
    REST = "rest"  # not a working day
    WORKED = "worked"  # minutes of an hour limit were spent on this day
    DUE = "due"  # the last counted day


@dataclass(frozen=True)
class WalkStep:
    """One calendar day of the walk. `number`: which day of the limit; `minutes`: of an hour limit, spent that day."""

    day: date
    what: WalkWhat
    counted: bool
    name: str = ""
    number: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Due:
    """The printed moment, whether an unconfirmed year was touched ("tạm tính"), and the walk from acceptance to it."""

    moment: datetime
    provisional: bool
    walk: tuple[WalkStep, ...]


class Timing(Enum):
    """A result against its promise."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


# --- the notation ---------------------------------------------------------------------------------------------------

_UNREADABLE = (
    "Thời hạn «{text}» chưa đọc được; hãy viết như: 3 ngày làm việc, 15 ngày, 8 giờ, 4 giờ 45 phút, trong ngày."
)
_DAYS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))? ngày( làm việc)?", re.IGNORECASE)
_HOURS = re.compile(r"(?:(\d{1,4})(?:[.,](5|25|50|75))? giờ)?(?: ?(\d{1,3}) phút)?(?: làm việc)?", re.IGNORECASE)


def parse_limit(text: str) -> TimeLimit:
    """Reads `3 ngày làm việc`, `15 ngày`, `8 giờ`, `4 giờ 45 phút`, `0,5 ngày làm việc`, `trong ngày`.

    Refused ("limit-unreadable", field "limit") for anything else, for nothing, and for more than MOST_DAYS.
    """
    line = clean_line(text)
    if re.fullmatch(r"trong ngày(?: làm việc)?", line, re.IGNORECASE):
        return TimeLimit(LimitUnit.WITHIN_DAY, 0)
    limit = _in_days(line) or _in_hours(line)
    if limit is None:
        raise Refused("limit-unreadable", _UNREADABLE.format(text=line), "limit")
    return limit


def _in_days(line: str) -> TimeLimit | None:
    found = _DAYS.fullmatch(line)
    if not found:
        return None
    whole, fraction, working = int(found[1]), found[2], found[3]
    if fraction and int(fraction):
        return _day_and_a_part(whole, fraction) if working else None
    unit = LimitUnit.WORKING_DAYS if working else LimitUnit.CALENDAR_DAYS
    return TimeLimit(unit, whole) if 1 <= whole <= MOST_DAYS else None


def _day_and_a_part(whole: int, fraction: str) -> TimeLimit | None:
    """`0,5` is half a day of eight hours, `1,25` a day and two hours: working minutes (5)."""
    minutes, rest = divmod((whole * 100 + int(fraction.ljust(2, "0"))) * 2 * HALF_DAY_MINUTES, 100)
    return TimeLimit(LimitUnit.WORKING_MINUTES, minutes) if not rest and whole <= MOST_DAYS else None


def _in_hours(line: str) -> TimeLimit | None:
    found = _HOURS.fullmatch(line)
    if not found or not line:
        return None
    quarters = {None: 0, "5": 30, "50": 30, "25": 15, "75": 45}[found[2]]
    minutes = int(found[1] or 0) * 60 + quarters + int(found[3] or 0)
    return TimeLimit(LimitUnit.WORKING_MINUTES, minutes) if 1 <= minutes <= MOST_DAYS * 8 * 60 else None


# --- the due moment -------------------------------------------------------------------------------------------------


def due_moment(
    accepted: datetime,
    limit: TimeLimit,
    calendar: Calendar,
    *,
    cut_off: time = CUT_OFF,
    at_closing: bool = False,
) -> Due:
    """The due moment of `limit` for papers handed in at `accepted`, with its walk.

    `at_closing` makes limits in days end when the office closes, instead of at the hour of acceptance (3).
    """
    accepted = accepted.replace(second=0, microsecond=0)  # cut to the minute, no rounding (2)
    start = inside_office_hours(accepted, calendar)
    moment = _MOMENTS[limit.unit](start, limit.amount, calendar, cut_off)
    if at_closing and limit.unit in (LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS):
        moment = _closing(moment.date(), calendar)
    years = range(accepted.year, moment.year + 1)
    provisional = not all(calendar.is_confirmed(date(year, 1, 1)) for year in years)
    return Due(moment, provisional, _explain(accepted, start, moment, limit, calendar))


def inside_office_hours(moment: datetime, calendar: Calendar) -> datetime:
    """`moment` itself when the office is open (the end of a session is still inside), else the next opening (2)."""
    for session in calendar.sessions_on(moment.date()):
        if moment.time() <= session.closes:
            return max(moment, datetime.combine(moment.date(), session.opens))
    return _opening(calendar.next_working_day(moment.date()), calendar)


def _working_days(start: datetime, amount: int, calendar: Calendar, _: time) -> datetime:
    day = start.date()
    for _count in range(amount):  # the day of acceptance is not counted (3)
        day = calendar.next_working_day(day)
    return _same_hour(day, start.time(), calendar)


def _calendar_days(start: datetime, amount: int, calendar: Calendar, _: time) -> datetime:
    day = start.date() + amount * _ONE_DAY
    if not calendar.is_working_day(day):  # a last day that is a rest day moves on (4)
        day = calendar.next_working_day(day)
    return _same_hour(day, start.time(), calendar)


def _working_minutes(start: datetime, amount: int, calendar: Calendar, _: time) -> datetime:
    day, at, left = start.date(), start.time(), amount
    while True:
        for session in calendar.sessions_on(day):
            begins = max(at, session.opens)
            worked = _between(begins, session.closes)
            if 0 < left <= worked:  # as a result the end of a session stays (5)
                return datetime.combine(day, begins) + timedelta(minutes=left)
            left -= max(0, worked)
        day, at = calendar.next_working_day(day), time()


def _within_day(start: datetime, _: int, calendar: Calendar, cut_off: time) -> datetime:
    day = start.date() if start.time() < cut_off else calendar.next_working_day(start.date())
    return _closing(day, calendar)


_MOMENTS: dict[LimitUnit, Callable[[datetime, int, Calendar, time], datetime]] = {
    LimitUnit.WORKING_DAYS: _working_days,
    LimitUnit.CALENDAR_DAYS: _calendar_days,
    LimitUnit.WORKING_MINUTES: _working_minutes,
    LimitUnit.WITHIN_DAY: _within_day,
}


def _same_hour(day: date, at: time, calendar: Calendar) -> datetime:
    """`at` on `day`; outside its sessions the end of the session before it, else the opening (3)."""
    sessions = calendar.sessions_on(day)
    if any(session.opens <= at <= session.closes for session in sessions):
        return datetime.combine(day, at)
    ended = [session.closes for session in sessions if session.closes < at]
    return datetime.combine(day, ended[-1] if ended else sessions[0].opens)


def _opening(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, calendar.sessions_on(day)[0].opens)


def _closing(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, calendar.sessions_on(day)[-1].closes)


def _between(start: time, end: time) -> int:
    return (end.hour - start.hour) * 60 + end.minute - start.minute


# --- the walk -------------------------------------------------------------------------------------------------------


def _explain(
    accepted: datetime, start: datetime, due: datetime, limit: TimeLimit, calendar: Calendar
) -> tuple[WalkStep, ...]:
    """Every calendar day from acceptance to the due day, each with what it was."""
    steps: list[WalkStep] = []
    number, day = 0, accepted.date()
    while day <= due.date():
        first, begins, last = day == accepted.date(), day == start.date(), day == due.date()
        minutes = _spent(day, start, due, calendar) if limit.unit is LimitUnit.WORKING_MINUTES else None
        counts = day > start.date() and _counts(day, limit.unit, calendar)
        number += counts
        what = _what(first, begins, last, counts, calendar.is_working_day(day))
        counted = counts or bool(minutes)
        steps.append(WalkStep(day, what, counted, calendar.rest_name(day), number if counts else None, minutes))
        day += _ONE_DAY
    return tuple(steps)


def _what(first: bool, begins: bool, last: bool, counted: bool, works: bool) -> WalkWhat:
    if first:
        return WalkWhat.ACCEPTED
    if last:
        return WalkWhat.DUE
    if begins:
        return WalkWhat.START
    if not works and not counted:
        return WalkWhat.REST
    return WalkWhat.COUNTED if counted else WalkWhat.WORKED


def _counts(day: date, unit: LimitUnit, calendar: Calendar) -> bool:
    if unit is LimitUnit.CALENDAR_DAYS:
        return True
    return unit is LimitUnit.WORKING_DAYS and calendar.is_working_day(day)


def _spent(day: date, start: datetime, due: datetime, calendar: Calendar) -> int:
    midnight = datetime.combine(day, time())
    return calendar.working_minutes(max(start, midnight), min(due, midnight + _ONE_DAY))


# --- against the promise --------------------------------------------------------------------------------------------


def timing(ready: datetime, due: datetime, limit: TimeLimit) -> Timing:
    """Early, on time or late: limits in hours compare moments, all others dates (9)."""
    if limit.unit is LimitUnit.WORKING_MINUTES:
        a, b = ready.replace(second=0, microsecond=0), due
    else:
        a, b = datetime.combine(ready.date(), time()), datetime.combine(due.date(), time())
    return Timing.EARLY if a < b else Timing.ON_TIME if a == b else Timing.LATE


def notice_deadline(due: datetime, limit: TimeLimit, calendar: Calendar, days_before: int = 1) -> datetime:
    """The last moment at which notice is in time: closing of the N-th working day before the due day.

    For limits within one day: the minute before the due moment itself (product.md, "No surprise").
    """
    if limit.within_one_day:
        return due - timedelta(minutes=1)
    day = due.date()
    for _ in range(days_before):
        day = calendar.previous_working_day(day)
    return _closing(day, calendar)
