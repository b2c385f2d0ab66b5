"""The office calendar: working hours of each day. Pure data, without files or documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from cchc_desk.i18n import later

_ONE_DAY = timedelta(days=1)
_ONE_MINUTE = timedelta(minutes=1)
_COLUMNS = ("date", "kind", "name", "document", "mark")
_LONGEST_REST = 366  # days; a calendar that rests longer is a mistake, not a holiday


@dataclass(frozen=True)
class Session:
    """One stretch of working time in a day. Raises ValueError unless it opens before it closes."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"a session must open before it closes: {self.opens}-{self.closes}")


Sessions = tuple[Session, ...]
Week = tuple[Sessions, ...]

_MORNING, _AFTERNOON = Session(time(7, 30), time(11, 30)), Session(time(13), time(17))
STANDARD_WEEK: Week = ((_MORNING, _AFTERNOON),) * 5 + ((), ())


class DayKind(Enum):
    """Reason why a day differs from its weekday."""

    OFF = "off"
    SUBSTITUTE = "substitute"
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"
    ESTIMATE = "estimate"
    HALF_MORNING = "half_morning"  # only the morning is worked
    HALF_AFTERNOON = "half_afternoon"


KIND_NAMES = {
    DayKind.OFF: later("nghỉ lễ"),
    DayKind.SUBSTITUTE: later("nghỉ bù"),
    DayKind.SWAP_OFF: later("nghỉ hoán đổi"),
    DayKind.SWAP_WORK: later("làm việc hoán đổi"),
    DayKind.ESTIMATE: later("nghỉ (ước tính)"),
    DayKind.HALF_MORNING: later("chỉ làm buổi sáng"),
    DayKind.HALF_AFTERNOON: later("chỉ làm buổi chiều"),
}


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from its weekday, with the document that set it.

    `mark`: how sure the fact is (docs/sources.md).
    """

    day: date
    kind: DayKind
    name: str
    document: str
    mark: str


@dataclass(frozen=True)
class CalendarYear:
    """A year entered at the desk: its special days, their document, and the two officials."""

    id: str
    year: int
    document: str
    days: tuple[SpecialDay, ...]
    entered: datetime
    entered_by: str
    confirmed: datetime | None = None
    confirmed_by: str | None = None


@dataclass(frozen=True)
class Calendar:
    """The week pattern (Monday first) and its exceptions; estimated holidays rest (promise.md 7).

    Raises ValueError when a promise could never end or never be explained: a week without working
    time, sessions that overlap, a special day under another date.
    """

    week: Week
    special: Mapping[date, SpecialDay]
    confirmed_years: frozenset[int]
    version: str

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days, at least one of them worked")
        for sessions in self.week:
            if any(a.closes > b.opens for a, b in pairwise(sessions)):
                raise ValueError("sessions of a day must follow each other")
        if misplaced := [day for day, special in self.special.items() if special.day != day]:
            raise ValueError(f"special days under another date: {misplaced}")

    def with_year(self, entered: CalendarYear) -> "Calendar":
        """Return this calendar with the days of `entered` in their year, now confirmed."""
        special = {day: rest for day, rest in self.special.items() if day.year != entered.year}
        special |= {day.day: day for day in entered.days}
        confirmed = self.confirmed_years | {entered.year}
        return Calendar(
            self.week, MappingProxyType(special), confirmed, f"{self.version}+{entered.id}"
        )

    def days_of(self, year: int) -> tuple[SpecialDay, ...]:
        """Return the special days of a year, in order."""
        return tuple(self.special[day] for day in sorted(self.special) if day.year == year)

    def sessions_on(self, day: date) -> Sessions:
        """Return the working sessions of `day`, in order; none on a rest day."""
        special = self.special.get(day)
        usual = self.week[day.weekday()]
        if special is None:
            return usual
        if special.kind is DayKind.SWAP_WORK:
            # A swapped Saturday keeps Monday's hours (docs/promise.md 3), or those of the next day
            # that is worked.
            return next(filter(None, self.week))
        if special.kind is DayKind.HALF_MORNING:
            return usual[:1]
        return usual[1:] if special.kind is DayKind.HALF_AFTERNOON else ()

    def is_working_day(self, day: date) -> bool:
        return bool(self.sessions_on(day))

    def rest_name(self, day: date) -> str:
        """Return the name of a special day (swapped and half days have one too), else ""."""
        special = self.special.get(day)
        return special.name if special else ""

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`. Raises ValueError for none within a year."""
        return self._walk(day, _ONE_DAY)

    def previous_working_day(self, day: date) -> date:
        """Return the last working day before `day`. Raises ValueError for none within a year."""
        return self._walk(day, -_ONE_DAY)

    def _walk(self, day: date, by: timedelta) -> date:
        for _ in range(_LONGEST_REST):
            day += by
            if self.is_working_day(day):
                return day
        raise ValueError(f"no working day within a year of {day}")

    def is_confirmed(self, day: date) -> bool:
        """True when the calendar of that day's year is confirmed."""
        return day.year in self.confirmed_years

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Count the working minutes from `start` to `end`, both cut to the minute.

        0 when `end` is not after `start`.
        """
        start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
        first, last = start.date(), end.date()
        total, day = 0, first
        while day <= last:
            sessions = self.sessions_on(day)
            if first < day < last:
                total += _whole(sessions)
            else:
                total += sum(_overlap(day, session, start, end) for session in sessions)
            day += _ONE_DAY
        return total


def calendar_from_rows(
    rows: Iterable[Mapping[str, str]], week: Week, confirmed_years: frozenset[int], version: str
) -> Calendar:
    """Build a calendar from rows with date, kind, name, document, mark.

    Raises ValueError naming the wrong row.
    """
    special: dict[date, SpecialDay] = {}
    for row in rows:
        day = _special(row)
        if day.day in special:
            raise ValueError(f"{day.day} stands twice in the calendar")
        special[day.day] = day
    return Calendar(week, MappingProxyType(special), confirmed_years, version)


def special_days(rows: Iterable[Mapping[str, str]]) -> tuple[SpecialDay, ...]:
    """Read the special days of such rows. Raises ValueError naming the wrong row."""
    return tuple(_special(row) for row in rows)


def _special(row: Mapping[str, str]) -> SpecialDay:
    try:
        day, kind, name, document, mark = (row[column] for column in _COLUMNS)
        if not (day and name):
            raise ValueError("a special day needs its date and its name")
        return SpecialDay(date.fromisoformat(day), DayKind(kind), name, document or "", mark or "")
    except (KeyError, ValueError) as error:
        raise ValueError(f"calendar row {dict(row)}: {error}") from error


@cache
def _whole(sessions: Sessions) -> int:
    """Return the minutes of a whole day of these sessions."""
    start, end = (datetime.combine(date.min, moment) for moment in (time.min, time.max))
    return sum(_overlap(date.min, session, start, end) for session in sessions)


def _overlap(day: date, session: Session, start: datetime, end: datetime) -> int:
    opens, closes = datetime.combine(day, session.opens), datetime.combine(day, session.closes)
    return max(0, (min(closes, end) - max(opens, start)) // _ONE_MINUTE)
