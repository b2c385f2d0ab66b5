"""Reports that are sent to the same receiver again and again: a set of them, its periods, what is
due next, and the bundles that were made.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from cchc_desk.i18n import _

_MONTHS_A_YEAR = 12
_ROMAN = ("I", "II", "III", "IV")
LAST_DAY = 31  # of a month, however many it has


class Every(Enum):
    """How often a set is sent; the value is stored."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return _MONTHS[self]


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: _MONTHS_A_YEAR}


@dataclass(frozen=True)
class ReportPeriod:
    """The days of one report of a set, both included; it is named by the month that it ends in."""

    every: Every
    first: date
    last: date

    @property
    def words(self) -> str:
        """The period in words, as letters name it, in the language in use."""
        year, number = self.last.year, -(-self.last.month // self.every.months)
        if self.every is Every.MONTH:
            return _("tháng {month:02}/{year}").format(month=number, year=year)
        if self.every is Every.QUARTER:
            return _("quý {quarter}/{year}").format(quarter=_ROMAN[number - 1], year=year)
        if self.every is Every.YEAR:
            return _("năm {year}").format(year=year)
        half = _("6 tháng đầu năm {year}") if number == 1 else _("6 tháng cuối năm {year}")
        return half.format(year=year)

    @property
    def code(self) -> str:
        """The month that it ends in, such as `2026-11`: part of a file's name."""
        return f"{self.last:%Y-%m}"


@dataclass(frozen=True)
class Schedule:
    """When a set is due: how often, the day of a month on which a period closes, and the day of a
    month, after that, by which it is sent; in a shorter month either is its last day.
    """

    every: Every
    closing: int
    due_day: int

    def period_of(self, day: date) -> ReportPeriod:
        """Return the period in which a day lies."""
        month = day.replace(day=1)
        while month.month % self.every.months or _in_month(month, self.closing) < day:
            month = _months_on(month, 1)
        before = _months_on(month, -self.every.months)
        first = _in_month(before, self.closing) + timedelta(days=1)
        return ReportPeriod(self.every, first, _in_month(month, self.closing))

    def closes(self, month: date) -> date:
        """Return the day of a month on which a period may close."""
        return _in_month(month, self.closing)

    def after(self, period: ReportPeriod) -> ReportPeriod:
        """Return the next period."""
        return self.period_of(period.last + timedelta(days=1))

    def before(self, period: ReportPeriod) -> ReportPeriod:
        """Return the period before."""
        return self.period_of(period.first - timedelta(days=1))

    def due(self, period: ReportPeriod) -> date:
        """Return the first day after the period by which it is due."""
        day = _in_month(period.last, self.due_day)
        return day if day > period.last else _in_month(_months_on(period.last, 1), self.due_day)


def _in_month(month: date, day: int) -> date:
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def _months_on(month: date, by: int) -> date:
    years, place = divmod(month.month - 1 + by, _MONTHS_A_YEAR)
    return date(month.year + years, place + 1, 1)


@dataclass(frozen=True)
class ReportSet:
    """Reports by their names, whom they go to, and when; the office's own words.

    `since`: the day from which on it is asked for; what was due earlier is nobody's.
    """

    number: int
    name: str
    receiver: str
    reports: tuple[str, ...]
    schedule: Schedule
    since: date

    def next_period(self, sent: Collection[tuple[date, date]]) -> ReportPeriod:
        """Return the earliest period that was not sent; `sent` are first and last days."""
        plan = self.schedule
        period = plan.period_of(self.since)
        while plan.due(plan.before(period)) >= self.since:
            period = plan.before(period)
        while (period.first, period.last) in sent:
            period = plan.after(period)
        return period


@dataclass(frozen=True)
class Bundle:
    """One time that a set was made into a file; name and receiver are those of that day.

    `sent` is the day on which it went, None while nobody said so, and `how` in which way.
    """

    number: int
    report_set: int
    name: str
    receiver: str
    first: date
    last: date
    made: datetime
    made_by: str
    file: str
    sha256: str
    sent: date | None = None
    sent_by: str = ""
    how: str = ""


class State(Enum):
    """How the next period of a set stands."""

    RUNNING = "running"  # it is not over
    NOT_MADE = "not-made"
    MADE = "made"  # and not sent
    OVERDUE = "overdue"  # not sent, whether made or not


@dataclass(frozen=True)
class NextDue:
    """A set with its earliest period that was not sent; `bundle` is the last one made of it."""

    report_set: ReportSet
    period: ReportPeriod
    due: date
    state: State
    bundle: Bundle | None
    last_sent: Bundle | None


def next_due(report_set: ReportSet, bundles: Collection[Bundle], today: date) -> NextDue:
    """Return how a set stands today; `bundles` are those of the set, oldest first."""
    own = [one for one in bundles if one.report_set == report_set.number]
    sent = [one for one in own if one.sent]
    period = report_set.next_period({(one.first, one.last) for one in sent})
    due = report_set.schedule.due(period)
    made = [one for one in own if (one.first, one.last) == (period.first, period.last)]
    if today <= period.last:
        state = State.RUNNING
    elif today > due:
        state = State.OVERDUE
    else:
        state = State.MADE if made else State.NOT_MADE
    return NextDue(
        report_set,
        period,
        due,
        state,
        made[-1] if made else None,
        max(sent, key=lambda one: (one.last, one.number), default=None),
    )
