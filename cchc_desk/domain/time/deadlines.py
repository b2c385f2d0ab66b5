"""The promise: the due moment of a time limit, and the walk that explains it.

The rules are docs/promise.md, "The promise", points 2-9; the numbers in the comments are its
points. The whole program promises by due_moment() alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from cchc_desk.domain.text.vietnamese import clean_line, fold
from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, _, _n, in_vietnamese, later

# "Trong ngày": from here on the next working day [V, portal texts of hộ tịch and chứng thực].
CUT_OFF = time(15, 0)
DAY_MINUTES = 480  # half a working day is four hours (5)
MOST_DAYS = 1000  # longer than any limit of the catalogue: a slip of the key
# later years are a slip of the key, and a long promise would leave the years that a date can hold
_LAST_YEAR = 9000
_ONE_DAY = timedelta(days=1)
_ONE_MINUTE = timedelta(minutes=1)


class LimitUnit(Enum):
    """Unit of a time limit."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WORKING_MINUTES = "working_minutes"
    WITHIN_DAY = "within_day"


@dataclass(frozen=True)
class TimeLimit:
    """A time limit: `amount` days, or minutes for WORKING_MINUTES; 0 for WITHIN_DAY.

    Raises ValueError beyond MOST_DAYS.
    """

    unit: LimitUnit
    amount: int

    def __post_init__(self) -> None:
        if self.amount not in _AMOUNTS[self.unit]:
            raise ValueError(f"no limit of {self.amount} {self.unit.value}")

    @property
    def text(self) -> str:
        """The limit as stored and printed, always Vietnamese; parse_limit() reads it back."""
        return _stored(self)

    @property
    def words(self) -> str:
        """The limit in the language in use."""
        if self.unit is LimitUnit.WITHIN_DAY:
            return _("trong ngày")
        if self.unit is LimitUnit.WORKING_DAYS:
            return _n("{n} ngày làm việc", self.amount).format(n=self.amount)
        if self.unit is LimitUnit.CALENDAR_DAYS:
            return _n("{n} ngày", self.amount).format(n=self.amount)
        hours, minutes = divmod(self.amount, 60)
        parts = [_n("{n} giờ", hours).format(n=hours)] * bool(hours)
        parts += [_n("{n} phút", minutes).format(n=minutes)] * bool(minutes)
        return " ".join(parts)

    @property
    def within_one_day(self) -> bool:
        """True for "trong ngày" and hours up to a day of work.

        Notice is then owed before the due moment itself.
        """
        in_hours = self.unit is LimitUnit.WORKING_MINUTES and self.amount <= DAY_MINUTES
        return in_hours or self.unit is LimitUnit.WITHIN_DAY


@lru_cache(maxsize=512)  # a list of another system asks for the same few many times
def _stored(limit: TimeLimit) -> str:
    with in_vietnamese():
        return limit.words


_AMOUNTS: dict[LimitUnit, range] = {
    LimitUnit.WORKING_DAYS: range(1, MOST_DAYS + 1),
    LimitUnit.CALENDAR_DAYS: range(1, MOST_DAYS + 1),
    LimitUnit.WORKING_MINUTES: range(1, MOST_DAYS * DAY_MINUTES + 1),
    LimitUnit.WITHIN_DAY: range(1),
}


class WalkWhat(Enum):
    """Kind of a line of the walk."""

    ACCEPTED = "accepted"  # the papers were handed in: always the first line
    START = "start"  # acceptance was outside office hours: the clock starts here (2)
    FORWARDED = "forwarded"  # taken in for another agency: the clock starts here
    COUNTED = "counted"  # one more day of the limit
    REST = "rest"  # not a working day, and not counted
    WORKED = "worked"  # minutes of an hour limit were spent on this day
    DUE = "due"  # the promise: always the last line


@dataclass(frozen=True)
class WalkStep:
    """One line of the walk; a day has one, the day on which the clock starts up to three.

    `counted`: the day, or minutes of it, is part of the limit. `name`: of the holiday or swapped
    day, if any. `number`: which day of the limit. `minutes`: of an hour limit, spent on the day,
    on its last line. `at`: the hour of acceptance, start or promise.
    """

    day: date
    what: WalkWhat
    counted: bool
    name: str = ""
    number: int | None = None
    minutes: int | None = None
    at: time | None = None


@dataclass(frozen=True)
class Due:
    """A promise: the printed moment, and the facts from which its walk is made on demand.

    `provisional`: an unconfirmed year was touched ("tạm tính"). `start`: acceptance moved inside
    office hours, or when another agency is to have the papers where they are `forwarded`.
    """

    moment: datetime
    provisional: bool
    accepted: datetime
    start: datetime
    limit: TimeLimit
    calendar: Calendar
    forwarded: bool = False

    @property
    def walk(self) -> tuple[WalkStep, ...]:
        """Every calendar day from acceptance to the due day, with its kind (10)."""
        walk = _explain(self.accepted, self.start, self.moment, self.limit, self.calendar)
        if not self.forwarded:
            return walk
        return tuple(
            replace(step, what=WalkWhat.FORWARDED) if step.what is WalkWhat.START else step
            for step in walk
        )


class Timing(Enum):
    """A result against its promise."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


# --- the notation ---------------------------------------------------------------------------------

_UNREADABLE = later(
    "Thời hạn «{text}» chưa đọc được; hãy viết như: 3 ngày làm việc, 0,5 ngày làm việc, 15 ngày, "
    "8 giờ, 4 giờ 45 phút, trong ngày."
)
_SHOWN = 60  # letters of what was typed: the sentence stays a sentence
_NUMBER = r"([0-9]{1,4}(?:[.,][0-9]{1,2})?)"
_WORD = re.compile(r"[^\W\d_]+")
_WITHIN_DAY = re.compile(r"trong ngay(?: lam viec)?")
_DAYS = re.compile(rf"{_NUMBER} ?ngay( lam viec)?")
_HOURS = re.compile(rf"{_NUMBER} ?gio(?: lam viec)?")
_MINUTES = re.compile(r"([0-9]{1,3}) ?phut(?: lam viec)?")
_HOURS_AND_MINUTES = re.compile(r"([0-9]{1,4}) ?gio ?([0-5]?[0-9]) ?phut(?: lam viec)?")


def working_time(minutes: int) -> str:
    """Return working minutes in days of eight hours and the rest: `12 ngày làm việc 5 giờ`."""
    days, rest = divmod(minutes, DAY_MINUTES)
    parts = ((LimitUnit.WORKING_DAYS, days), (LimitUnit.WORKING_MINUTES, rest))
    return " ".join(TimeLimit(unit, amount).words for unit, amount in parts if amount)


@lru_cache(maxsize=512)  # few notations exist, and every line of every list reads one
def parse_limit(text: str) -> TimeLimit:
    """Read a time limit as the desk writes it, in any case and with or without marks.

    `3 ngày làm việc`, `15 ngày`, `8 giờ`, `4 giờ 45 phút`, `0,5 ngày làm việc`, `trong ngày`,
    `3 ngay lam viec`. Raises Refused("limit-unreadable", field "limit") for anything else, for
    nothing, and for more than MOST_DAYS.
    """
    line = clean_line(text)
    limit = _read(_WORD.sub(_bare, line))
    if limit is None:
        raise Refused("limit-unreadable", Message(_UNREADABLE, text=line[:_SHOWN]), "limit")
    return limit


def _bare(word: re.Match[str]) -> str:
    # A raised figure is no letter and stays unread.
    return fold(word[0]) if word[0].isalpha() else word[0]


def _read(line: str) -> TimeLimit | None:
    if _WITHIN_DAY.fullmatch(line):
        return TimeLimit(LimitUnit.WITHIN_DAY, 0)
    if match := _DAYS.fullmatch(line):
        return _days(_exact(match[1]), bool(match[2]))
    if match := _HOURS_AND_MINUTES.fullmatch(line):
        return _limit(LimitUnit.WORKING_MINUTES, Fraction(int(match[1]) * 60 + int(match[2])))
    if match := _HOURS.fullmatch(line):
        return _limit(LimitUnit.WORKING_MINUTES, _exact(match[1]) * 60)
    match = _MINUTES.fullmatch(line)
    return _limit(LimitUnit.WORKING_MINUTES, Fraction(match[1])) if match else None


def _days(days: Fraction, working: bool) -> TimeLimit | None:
    """Return a limit in days, or in minutes for a part of a working day (5).

    `0,5 ngày làm việc` is four hours, `1,25` a day and two hours; a part of a calendar day is None.
    """
    if working and days.denominator > 1:
        return _limit(LimitUnit.WORKING_MINUTES, days * DAY_MINUTES)
    return _limit(LimitUnit.WORKING_DAYS if working else LimitUnit.CALENDAR_DAYS, days)


def _limit(unit: LimitUnit, amount: Fraction) -> TimeLimit | None:
    """Return the limit; None for no amount, a part of a minute, or an amount beyond MOST_DAYS."""
    possible = amount.denominator == 1 and int(amount) in _AMOUNTS[unit]
    return TimeLimit(unit, int(amount)) if possible else None


def _exact(number: str) -> Fraction:
    return Fraction(number.replace(",", "."))


# --- the due moment -------------------------------------------------------------------------------


def due_moment(
    accepted: datetime,
    limit: TimeLimit,
    calendar: Calendar,
    *,
    cut_off: time = CUT_OFF,
    at_closing: bool = False,
) -> Due:
    """Return the due moment of `limit` for papers handed in at `accepted`, with its walk.

    `cut_off` concerns WITHIN_DAY only (6). `at_closing` makes limits in days end when the office
    closes, instead of at the hour of acceptance (3). Raises Refused("accepted-year", field
    "received") for a year that is a slip of the key.
    """
    if accepted.year > _LAST_YEAR:
        raise Refused(
            "accepted-year",
            Message("Năm tiếp nhận {year} không đúng; hãy sửa lại ngày.", year=accepted.year),
            "received",
        )
    accepted = accepted.replace(second=0, microsecond=0)  # cut to the minute, no rounding (2)
    start = inside_office_hours(accepted, calendar)
    moment = _MOMENTS[limit.unit](start, limit.amount, calendar, cut_off)
    if at_closing and limit.unit in (LimitUnit.WORKING_DAYS, LimitUnit.CALENDAR_DAYS):
        moment = _closing(moment.date(), calendar)  # Bộ luật Dân sự 2015, Điều 147–148 (3)
    years = range(accepted.year, moment.year + 1)
    provisional = not all(calendar.is_confirmed(date(year, 1, 1)) for year in years)
    return Due(moment, provisional, accepted, start, limit, calendar)


def due_as_printed(
    moment: datetime, accepted: datetime, limit: TimeLimit, calendar: Calendar
) -> Due | None:
    """Return the Due by which `calendar` comes to `moment`; None when it does not.

    By the hour of acceptance or at closing, whichever was printed.
    """
    ways = (
        due_moment(accepted, limit, calendar, at_closing=at_closing) for at_closing in (False, True)
    )
    return next((due for due in ways if due.moment == moment), None)


def walk_between(accepted: datetime, ends: datetime, calendar: Calendar) -> tuple[WalkStep, ...]:
    """Return the walk to a moment that another system set: its working days, counted one by one.

    () where it lies before acceptance, or further off than any limit.
    """
    days, day = 0, accepted.date()
    while day < ends.date() and days <= MOST_DAYS:
        day, days = calendar.next_working_day(day), days + 1
    start = inside_office_hours(accepted, calendar)
    if ends < accepted or days > MOST_DAYS:
        return ()
    if not days or ends < start:
        limit = TimeLimit(LimitUnit.WITHIN_DAY, 0)
        return _explain(accepted, min(start, ends), ends, limit, calendar)
    limit = TimeLimit(LimitUnit.WORKING_DAYS, days)
    return _explain(accepted, start, ends, limit, calendar)


def inside_office_hours(moment: datetime, calendar: Calendar) -> datetime:
    """Return `moment` when the office is open, else the next opening (2).

    The end of a session is still inside.
    """
    for session in calendar.sessions_on(moment.date()):
        if moment.time() <= session.closes:
            return max(moment, datetime.combine(moment.date(), session.opens))
    return _opening(calendar.next_working_day(moment.date()), calendar)


def rest_until(moment: datetime, calendar: Calendar) -> datetime | None:
    """Return when the office opens again, for a moment on a day of rest; None on a working day."""
    if calendar.is_working_day(moment.date()):
        return None
    return inside_office_hours(moment, calendar)


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
    """Return `at` on `day`, else the end of the session before it, else the opening (3)."""
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


# --- pauses ---------------------------------------------------------------------------------------

Interval = tuple[datetime, datetime]


def paused_due(
    due: datetime, limit: TimeLimit, stood: Iterable[Interval], calendar: Calendar
) -> datetime:
    """Return `due` moved by the intervals `stood` in which the clock stood still (8).

    All intervals are added up, then placed once: working time for most limits; calendar days, then
    on to a working day, for limits in calendar days. An interval that begins after the due moment
    it would move never moves it.
    """
    moved, counted = due, 0
    for began, ended in sorted(stood):
        if began <= moved:
            counted += _stood(began, ended, limit, calendar)
            moved = _moved(due, counted, limit, calendar)
    return moved


def _stood(began: datetime, ended: datetime, limit: TimeLimit, calendar: Calendar) -> int:
    if limit.unit is LimitUnit.CALENDAR_DAYS:
        return max(0, (ended.date() - began.date()).days)
    return calendar.working_minutes(began, ended)


def _moved(due: datetime, counted: int, limit: TimeLimit, calendar: Calendar) -> datetime:
    if not counted:
        return due
    move = _calendar_days if limit.unit is LimitUnit.CALENDAR_DAYS else _working_minutes
    return move(due, counted, calendar, CUT_OFF)


# --- the walk -------------------------------------------------------------------------------------


def _explain(
    accepted: datetime, start: datetime, due: datetime, limit: TimeLimit, calendar: Calendar
) -> tuple[WalkStep, ...]:
    """Return every calendar day from acceptance to the due day, with its kind."""
    numbers = _numbers(start.date(), due.date(), limit, calendar)
    lines = _lines(accepted, start, due, numbers, calendar)
    next_days = [*(day for day, _, _ in lines[1:]), None]
    steps = []
    for (day, what, at), next_day in zip(lines, next_days, strict=True):
        in_minutes = limit.unit is LimitUnit.WORKING_MINUTES and day != next_day
        minutes = _spent(day, start, due, calendar) if in_minutes else None
        number = numbers.get(day)
        steps.append(
            WalkStep(
                day, what, bool(number or minutes), calendar.rest_name(day), number, minutes, at
            )
        )
    return tuple(steps)


def _lines(
    accepted: datetime,
    start: datetime,
    due: datetime,
    numbers: Mapping[date, int],
    calendar: Calendar,
) -> list[tuple[date, WalkWhat, time | None]]:
    lines: list[tuple[date, WalkWhat, time | None]] = [
        (accepted.date(), WalkWhat.ACCEPTED, accepted.time())
    ]
    lines += [(day, WalkWhat.REST, None) for day in _between_days(accepted.date(), start.date())]
    if start != accepted:
        lines.append((start.date(), WalkWhat.START, start.time()))
    for day in _between_days(start.date(), due.date()):
        worked = WalkWhat.WORKED if calendar.is_working_day(day) else WalkWhat.REST
        lines.append((day, WalkWhat.COUNTED if day in numbers else worked, None))
    return [*lines, (due.date(), WalkWhat.DUE, due.time())]


def _numbers(start: date, due: date, limit: TimeLimit, calendar: Calendar) -> dict[date, int]:
    """Return which day of the limit each day is.

    The day of acceptance is none (3), nor those after the last (4).
    """
    if limit.unit in (LimitUnit.WORKING_MINUTES, LimitUnit.WITHIN_DAY):
        return {}
    every = limit.unit is LimitUnit.CALENDAR_DAYS
    days = (
        day for day in _between_days(start, due + _ONE_DAY) if every or calendar.is_working_day(day)
    )
    return {day: number for number, day in enumerate(islice(days, limit.amount), start=1)}


def _between_days(first: date, last: date) -> list[date]:
    """Return the days after `first` and before `last`."""
    return [first + n * _ONE_DAY for n in range(1, (last - first).days)]


def _spent(day: date, start: datetime, due: datetime, calendar: Calendar) -> int:
    midnight = datetime.combine(day, time())
    return calendar.working_minutes(max(start, midnight), min(due, midnight + _ONE_DAY))


# --- against the promise --------------------------------------------------------------------------


def timing(ready: datetime, due: datetime, limit: TimeLimit) -> Timing:
    """Compare `ready`, the moment of the result, with the promise (9).

    Limits in hours compare moments; all others, "trong ngày" too, compare dates.
    """
    if limit.unit is LimitUnit.WORKING_MINUTES:
        gap = ready.replace(second=0, microsecond=0) - due
    else:
        gap = ready.date() - due.date()
    if not gap:
        return Timing.ON_TIME
    return Timing.LATE if gap > timedelta() else Timing.EARLY


def last_minute(due: datetime, limit: TimeLimit) -> datetime:
    """Return the last minute at which a result is not late (9), for lists and counts."""
    return due if limit.unit is LimitUnit.WORKING_MINUTES else last_minute_of_day(due)


def last_minute_of_day(due: datetime) -> datetime:
    """Return the last minute at which a re-appointment to `due` is kept: dates are compared (9)."""
    return due.replace(hour=23, minute=59)


def notice_deadline(
    due: datetime, limit: TimeLimit, calendar: Calendar, days_before: int = 1
) -> datetime:
    """Return the last moment at which notice is in time (docs/promise.md, "No surprise").

    Closing of the N-th working day before the due day; for limits within one day the minute before
    the due moment itself. Raises ValueError for fewer than one day: notice on the due day is the
    surprise that the dispatch forbids.
    """
    if days_before < 1:
        raise ValueError(f"notice cannot be {days_before} days before")
    if limit.within_one_day:
        return due - _ONE_MINUTE
    day = due.date()
    for _day in range(days_before):
        day = calendar.previous_working_day(day)
    return _closing(day, calendar)
