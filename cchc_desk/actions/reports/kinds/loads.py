"""Reports of load and of causes: when dossiers come in, and why they were late."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.reports.kinds.trends import weekday_name
from cchc_desk.domain.figures import Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.counts import TOTAL
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import Head, ReportColumn, table
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import figures, load_counts

_WORKING_DAYS = 5
_FIRST, _LAST = 7, 16  # hours that stand there even where nothing came in

# --- load -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Weekday:
    """What was taken in on one weekday by the hour; `weekday` is None for the totals."""

    weekday: int | None
    hours: Counter[int]


def _of_hour(hour: int) -> Callable[[_Weekday], int]:
    return lambda row: row.hours[hour]


def _load_columns(hours: range) -> tuple[ReportColumn[_Weekday], ...]:
    width = 0.7 / len(hours)
    return (
        ReportColumn(
            Head("weekday", "Thứ", width=0.18, align="left"),
            lambda row: TOTAL if row.weekday is None else weekday_name(row.weekday),
        ),
        *(
            ReportColumn(Head(f"h{hour:02d}", f"{hour} giờ", width=width), _of_hour(hour))
            for hour in hours
        ),
        ReportColumn(Head("day", "Cả ngày", width=0.1), lambda row: row.hours.total()),
    )


class LoadReport:
    """Makes how many dossiers were taken in by weekday and hour."""

    name = "load"
    title = "Tiếp nhận theo thứ và giờ"
    definitions = (
        "Hồ sơ tiếp nhận trong kỳ theo giờ tiếp nhận: «8 giờ» là từ 8 giờ 00 đến 8 giờ 59.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        by_day: dict[int, Counter[int]] = {day: Counter() for day in range(_WORKING_DAYS)}
        whole: Counter[int] = Counter()
        with desk.read() as connection:
            for line in load_counts.by_hour(connection, within, asked.origin):
                for hours in (by_day.setdefault(line.hour.weekday(), Counter()), whole):
                    hours[line.hour.hour] += line.dossiers
        rows = [_Weekday(day, hours) for day, hours in sorted(by_day.items())]
        shown = range(min([_FIRST, *whole]), max([_LAST, *whole]) + 1)
        made = table(
            _load_columns(shown),
            rows if whole else (),
            lambda row: str(row.weekday),
            _Weekday(None, whole),
        )
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a number."""
        desk.require(Permission.READ)
        hour = int(column[1:]) if column[1:].isdecimal() else None
        if hour is None and column != "day":
            return ()
        with desk.read() as connection:
            found = load_counts.hour_codes(connection, within, asked.origin)
        return tuple(
            code
            for code, taken_in in found
            if key in (None, str(taken_in.weekday())) and hour in (None, taken_in.hour)
        )


# --- causes ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cause:
    """Late dossiers of one cause, and of it and all more frequent ones."""

    code: str
    late: int
    until: int
    whole: int


class CausesReport:
    """Makes the causes of late dossiers, the most frequent first."""

    name = "causes"
    title = "Nguyên nhân trễ hẹn"
    columns: tuple[ReportColumn[_Cause], ...] = (
        ReportColumn(
            Head("cause", "Nguyên nhân", width=0.4, align="left"),
            lambda row: _(catalogue.cause_label(row.code)) if row.code else _("Chưa xác định"),
        ),
        ReportColumn(Head("late", "Hồ sơ trễ", width=0.15), lambda row: row.late),
        ReportColumn(Head("share", "Tỷ lệ", width=0.15), lambda row: Fraction(row.late, row.whole)),
        ReportColumn(
            Head("until", "Cộng dồn", width=0.15), lambda row: Fraction(row.until, row.whole)
        ),
    )
    definitions = (
        "Hồ sơ trễ theo cách đếm của công văn; nguyên nhân đã kết luận, hoặc ghi trong thư xin "
        "lỗi. Cộng dồn: nguyên nhân ấy và các nguyên nhân gặp nhiều hơn.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        with desk.read() as connection:
            found = figures.causes(connection, within, asked.origin)
        made = table(self.columns, tuple(_causes(found)), lambda row: row.code)
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a number; behind a sum of shares those of its own cause."""
        desk.require(Permission.READ)
        if column not in ("late", "share", "until"):
            return ()
        with desk.read() as connection:
            return load_counts.cause_codes(connection, key, within, asked.origin)


def _causes(found: tuple[tuple[str, int], ...]) -> Iterator[_Cause]:
    whole, until = sum(count for _code, count in found), 0
    for code, count in found:
        until += count
        yield _Cause(code, count, until, whole)
