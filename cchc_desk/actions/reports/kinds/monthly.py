"""Figures of the monthly reform report: this period, the one before, the same of last year."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from cchc_desk.domain.figures import (
    APOLOGISED,
    CARRIED_OVER,
    DUE_LATE,
    OPEN,
    OPEN_LATE,
    READY_EARLY,
    READY_LATE,
    RECEIVED_ON_PAPER,
    RECEIVED_ONLINE,
    TOLD_IN_TIME,
    Figure,
    Period,
)
from cchc_desk.domain.late_share import SHARE_LATE, SHARE_TOTAL
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.counts import Figures
from cchc_desk.domain.reports.declared import RECEIVED_IN_PERIOD, SOLVED, SOLVED_ON_TIME
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import Head, ReportColumn, table
from cchc_desk.domain.table import Cell
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import figures


@dataclass(frozen=True)
class _Measured:
    """One figure of the report: a count, or where `whole` is given a share."""

    key: str
    name: str
    part: Figures
    whole: Figures = ()


# The late share here is the dispatch's; the national portal's and form II.06's have reports of
# their own.
_MEASURED = (
    _Measured("received", "Hồ sơ tiếp nhận trong kỳ", RECEIVED_IN_PERIOD),
    _Measured("online", "– nộp trực tuyến", (RECEIVED_ONLINE,)),
    _Measured("on_paper", "– nộp trực tiếp, bưu chính", (RECEIVED_ON_PAPER,)),
    _Measured("online_share", "Tỷ lệ nộp trực tuyến", (RECEIVED_ONLINE,), RECEIVED_IN_PERIOD),
    _Measured("carried_over", "Hồ sơ kỳ trước chuyển sang", (CARRIED_OVER,)),
    _Measured("solved", "Hồ sơ đã giải quyết", SOLVED),
    _Measured("early", "– trước hạn", (READY_EARLY,)),
    _Measured("on_time", "– đúng hạn", SOLVED_ON_TIME),
    _Measured("late", "– quá hạn", (READY_LATE,)),
    _Measured("open", "Hồ sơ đang giải quyết", (OPEN,)),
    _Measured("open_late", "– quá hạn", (OPEN_LATE,)),
    _Measured("late_share", "Tỷ lệ trễ hẹn theo công văn", SHARE_LATE, SHARE_TOTAL),
    _Measured("due_late", "Hồ sơ trễ có hạn hẹn trong kỳ", (DUE_LATE,)),
    _Measured("apologised", "– đã trao thư xin lỗi", (APOLOGISED,)),
    _Measured("told", "– báo trước kịp", (TOLD_IN_TIME,)),
)


_FIGURES = tuple(dict.fromkeys(figure for one in _MEASURED for figure in (*one.part, *one.whole)))


@dataclass(frozen=True)
class _Line:
    """One figure in the three periods."""

    measured: _Measured
    values: tuple[Cell, ...]


_PERIODS = ("this", "before", "last_year")
_PERIOD_TITLES = ("Kỳ này", "Kỳ trước", "Cùng kỳ năm trước")


def _value(place: int) -> Callable[[_Line], Cell]:
    return lambda line: line.values[place]


class MonthlyReport:
    """Makes the figures of the reform report (báo cáo cải cách hành chính)."""

    name = "monthly"
    title = "Số liệu báo cáo cải cách hành chính"
    columns: tuple[ReportColumn[_Line], ...] = (
        ReportColumn(
            Head("what", "Nội dung", width=0.4, align="left"), lambda line: line.measured.name
        ),
        *(
            ReportColumn(Head(name, title, width=0.15), _value(place))
            for place, (name, title) in enumerate(zip(_PERIODS, _PERIOD_TITLES, strict=True))
        ),
    )
    definitions = (
        "Tỷ lệ trễ hẹn theo công văn = (có kết quả trễ + rút, dừng khi đã trễ + đang giải quyết "
        "quá hạn) / (có kết quả + rút, dừng khi đã trễ + đang giải quyết quá hạn).",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        periods = tuple(self._periods(desk, asked))
        with desk.read() as connection:
            counted = [
                figures.count_all(connection, _FIGURES, period, asked.origin) for period in periods
            ]
        lines = tuple(
            _Line(one, tuple(_value_of(one, counts) for counts in counted)) for one in _MEASURED
        )
        made = table(self.columns, lines, lambda line: line.measured.key)
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a number; behind a share those of its part."""
        desk.require(Permission.READ)
        measured = next((one for one in _MEASURED if one.key == key), None)
        if measured is None or column not in _PERIODS:
            return ()
        period = tuple(self._periods(desk, asked))[_PERIODS.index(column)]
        with desk.read() as connection:
            return tuple(
                code
                for figure in measured.part
                for code in figures.codes(connection, figure, period, asked.origin)
            )

    def _periods(self, desk: Desk, asked: Asked) -> Iterator[Period]:
        now = desk.now()
        before, last_year = before_it(asked.first, asked.last), year_before(asked.first, asked.last)
        for first, last in ((asked.first, asked.last), before, last_year):
            yield Period.until_now(first, last, now)


def _value_of(measured: _Measured, counts: Mapping[Figure, int]) -> Cell:
    """Return the count, or the share of it in the whole; None of nothing."""
    part = sum(counts[figure] for figure in measured.part)
    if not measured.whole:
        return part
    whole = sum(counts[figure] for figure in measured.whole)
    return Fraction(part, whole) if whole else None


def before_it(first: date, last: date) -> tuple[date, date]:
    """Return the period before: whole months before whole months, else as many days."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return _months_back(first, months), first - timedelta(days=1)
    days = (last - first).days + 1
    return first - timedelta(days=days), last - timedelta(days=days)


def _months_back(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def year_before(first: date, last: date) -> tuple[date, date]:
    """Return the same days of the year before; of 29 February the 28th, of its month's end that."""
    ends_month = (last + timedelta(days=1)).day == 1
    end = _same_day(last.year - 1, last)
    if ends_month:
        end = _months_back(last.replace(day=1), 11) - timedelta(days=1)
    return _same_day(first.year - 1, first), end


def _same_day(year: int, day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if is_leap_day else day.day)
