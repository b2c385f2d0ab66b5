"""Reports in the course of time: the late share of 13 months, what falls due in the next days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_desk.domain.figures import DUE, READY, Figure, Origin, Period
from cchc_desk.domain.late_share import SHARE_LATE, SHARE_TOTAL, LateShare
from cchc_desk.domain.law.regime import regime_on
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import Head, ReportColumn, table
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import figures
from cchc_desk.store.engine.database import Connection

MONTHS = 13  # the same month of the year before is among them
DAYS = 10
LATELY = 20  # working days over which a day's work is averaged


def _sum(connection: Connection, counted: Sequence[Figure], within: Period, origin: Origin) -> int:
    return sum(figures.count(connection, figure, within, origin) for figure in counted)


def _codes(
    connection: Connection, counted: Sequence[Figure], within: Period, origin: Origin
) -> tuple[str, ...]:
    return tuple(
        code for figure in counted for code in figures.codes(connection, figure, within, origin)
    )


# --- 13 months ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Month:
    """The late share of one month."""

    first: date
    share: LateShare


def months_until(last: date) -> tuple[date, ...]:
    """Return the first days of the months that end with that of `last`."""
    number = last.year * 12 + last.month - 1
    numbers = range(number - MONTHS + 1, number + 1)
    return tuple(date(one // 12, one % 12 + 1, 1) for one in numbers)


def _whole(first: date, desk: Desk) -> Period:
    """Return the period of the month, up to now."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period.until_now(first, last, desk.now())


class TrendReport:
    """Makes the late share of each of the 13 months that end with the period."""

    name = "trend"
    title = "Tỷ lệ trễ hẹn 13 tháng"
    columns: tuple[ReportColumn[_Month], ...] = (
        ReportColumn(
            Head("month", "Tháng", width=0.3, align="left"), lambda row: f"{row.first:%m/%Y}"
        ),
        ReportColumn(Head("late", "Trễ hẹn", width=0.2), lambda row: row.share.late),
        ReportColumn(Head("total", "Tổng số", width=0.2), lambda row: row.share.total),
        ReportColumn(Head("share", "Tỷ lệ trễ hẹn", width=0.2), lambda row: row.share.share),
    )
    definitions = (
        "Mười ba tháng đến tháng cuối của kỳ, mỗi tháng đếm riêng theo cách của công văn; tháng "
        "này tính đến lúc lập.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        line = regime_on(desk.regimes, max(asked.last, desk.regimes[0].valid_from)).late_share
        with desk.read() as connection:
            rows = tuple(
                _Month(
                    first,
                    LateShare(
                        _sum(connection, SHARE_LATE, _whole(first, desk), asked.origin),
                        _sum(connection, SHARE_TOTAL, _whole(first, desk), asked.origin),
                        line,
                    ),
                )
                for first in months_until(within.end.date())
            )
        made = table(self.columns, rows, lambda row: f"{row.first:%Y-%m}")
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a number; behind a share the late ones."""
        desk.require(Permission.READ)
        counted = {"late": SHARE_LATE, "share": SHARE_LATE, "total": SHARE_TOTAL}.get(column)
        if key is None or counted is None:
            return ()
        month = _whole(date.fromisoformat(f"{key}-01"), desk)
        with desk.read() as connection:
            return _codes(connection, counted, month, asked.origin)


# --- the next days --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Day:
    """How many dossiers fall due on a day, and on it or before it from today."""

    day: date
    due: int
    until: int


_WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def weekday_name(number: int) -> str:
    """Return the name of a weekday as papers write it; 0 is Monday."""
    return f"Thứ {_WEEKDAYS[number]}" if number < len(_WEEKDAYS) else "Chủ nhật"


class DueReport:
    """Makes what falls due in the next days, beside what was done lately in a day."""

    name = "due"
    title = "Đến hạn trong mười ngày tới"
    columns: tuple[ReportColumn[_Day], ...] = (
        ReportColumn(
            Head("day", "Ngày", width=0.4, align="left"),
            lambda row: f"{weekday_name(row.day.weekday())} {row.day:%d/%m}",
        ),
        ReportColumn(Head("due", "Đến hạn", width=0.2), lambda row: row.due),
        ReportColumn(Head("until", "Cộng dồn từ hôm nay", width=0.2), lambda row: row.until),
    )
    definitions = (
        "Hồ sơ đang giải quyết theo ngày hẹn hiện nay, từ hôm nay; không phụ thuộc kỳ. Ngày nghỉ "
        "không có hồ sơ đến hạn thì không ghi.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report, its last line what the office has done in a day lately."""
        desk.require(Permission.READ)
        now = desk.now()
        with desk.read() as connection:
            rows = tuple(self._days(desk, connection, asked.origin))
            done = figures.count(connection, READY, _lately(desk), asked.origin)
        made = table(self.columns, rows, lambda row: row.day.isoformat())
        lines = (*self.definitions, _done_lately(done))
        return Report(self.name, self.title, asked, now, made, lines)

    def _days(self, desk: Desk, connection: Connection, origin: Origin) -> Iterator[_Day]:
        today, until = desk.now().date(), 0
        for day in (today + timedelta(days=number) for number in range(DAYS)):
            one_day = Period.of_days(day, day, desk.now())
            due = figures.count(connection, DUE, one_day, origin)
            until += due
            if due or desk.calendar.is_working_day(day):
                yield _Day(day, due, until)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a number."""
        desk.require(Permission.READ)
        if key is None or column not in ("due", "until"):
            return ()
        last = date.fromisoformat(key)
        first = desk.now().date() if column == "until" else last
        with desk.read() as connection:
            return _codes(connection, (DUE,), Period.of_days(first, last, desk.now()), asked.origin)


def _lately(desk: Desk) -> Period:
    """Return the last working days before today."""
    last = first = desk.calendar.previous_working_day(desk.now().date())
    for _number in range(LATELY - 1):
        first = desk.calendar.previous_working_day(first)
    return Period.of_days(first, last, desk.now())


def _done_lately(done: int) -> str:
    each = f"{done / LATELY:.1f}".replace(".", ",")
    return (
        f"{LATELY} ngày làm việc vừa qua cơ quan làm xong {done} hồ sơ, trung bình {each} hồ sơ "
        "một ngày."
    )
