"""Reports of the forecast: what will probably be late, and how past forecasts came true."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from cchc_desk.actions.boards import forecast
from cchc_desk.actions.boards.forecast import CameTrue, ForecastRow
from cchc_desk.domain.figures import Period
from cchc_desk.domain.forecast import BANDS, Decile, band_of
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import Head, ReportColumn, half_up, table
from cchc_desk.domain.table import Cell
from cchc_desk.i18n import _, decimal_text
from cchc_desk.session import Desk

_AN_HOUR = 60


def _share(part: float) -> Fraction:
    """Return a chance in whole per cent: a count of few dossiers says no more."""
    return Fraction(round(part * 100), 100)


def _left(row: ForecastRow) -> Cell:
    hours = decimal_text(str(half_up(Fraction(row.outlook.left, _AN_HOUR), 1)))
    return _("{hours} giờ, đang dừng").format(hours=hours) if row.outlook.clock_stands else hours


class ForecastReport:
    """Makes the list of the open dossiers that will probably be late, most to save first."""

    name = "forecast"
    title = "Hồ sơ có lẽ sẽ trễ hẹn"
    columns: tuple[ReportColumn[ForecastRow], ...] = (
        ReportColumn(Head("code", "Mã hồ sơ", width=0.2, align="left"), lambda row: row.row.code),
        ReportColumn(
            Head("procedure", "Thủ tục", width=0.3, align="left"),
            lambda row: row.row.procedure_name,
        ),
        ReportColumn(Head("due", "Hẹn trả", width=0.12), lambda row: row.row.first_due),
        ReportColumn(Head("chance", "Khả năng trễ"), lambda row: _share(row.outlook.chance or 0.0)),
        ReportColumn(Head("past", "Hồ sơ trước cùng cảnh"), lambda row: row.outlook.past),
        ReportColumn(Head("left", "Còn giờ làm việc", width=0.1), _left),
        ReportColumn(Head("step", "Bước", width=0.12, align="left"), lambda row: row.outlook.step),
    )
    definitions = (
        "Khả năng trễ: trong các hồ sơ trước từng ở bước ấy, đã dùng bấy nhiêu thời hạn, bao nhiêu "
        "phần đã trễ; ít hồ sơ thì dựa vào lĩnh vực, rồi cả phường. Liệt kê từ 50 % trở lên, hồ sơ "
        "còn cứu được nhất đứng đầu. Là số đếm, không phải kết luận về ai.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report; it says how the forecast of the last month came true."""
        desk.require(Permission.READ)
        foreseen = forecast.forecast(desk, asked.origin)
        made = table(self.columns, foreseen.probable, lambda row: row.row.code)
        this_month = desk.now().date().replace(day=1)
        last_month = (this_month - timedelta(days=1)).replace(day=1)
        told = _told(forecast.came_true(desk, last_month, asked.origin))
        few = () if foreseen.enough else (_("Quầy chưa có đủ hồ sơ cũ để dự báo."),)
        return Report(
            self.name, self.title, asked, desk.now(), made, (*few, *self.definitions, told)
        )

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the dossier of the row."""
        desk.require(Permission.READ)
        return (key,) if key else ()


def _told(seen: CameTrue) -> str:
    """Return in a sentence how the forecast of the beginning of a month came true."""
    month = f"{seen.month:%m/%Y}"
    if not seen.enough:
        return _("Đầu tháng {month} quầy chưa có đủ hồ sơ cũ để dự báo.").format(month=month)
    known = sum(one.dossiers for one in seen.deciles)
    return _(
        "Dự báo đầu tháng {month}: {expected} trong {known} hồ sơ sẽ trễ; thật ra {late} hồ sơ đã "
        "trễ, {undecided} hồ sơ chưa biết."
    ).format(
        month=month,
        expected=decimal_text(str(half_up(Fraction(seen.expected), 1))),
        known=known,
        late=seen.late,
        undecided=seen.undecided,
    )


@dataclass(frozen=True)
class _Band:
    """Dossiers whose chance lay in one band of ten points at the beginning of the month."""

    decile: Decile

    @property
    def name(self) -> str:
        first, last = self.decile.band * 100 // BANDS, (self.decile.band + 1) * 100 // BANDS
        return f"{first}–{last} %"

    @property
    def late(self) -> int:
        return round(self.decile.happened * self.decile.dossiers)


class CameTrueReport:
    """Makes the comparison of the forecast of the beginning of a month with what happened."""

    name = "came-true"
    title = "Dự báo đầu tháng đã đúng đến đâu"
    columns: tuple[ReportColumn[_Band], ...] = (
        ReportColumn(Head("band", "Khả năng trễ", width=0.2, align="left"), lambda row: row.name),
        ReportColumn(Head("dossiers", "Số hồ sơ"), lambda row: row.decile.dossiers),
        ReportColumn(Head("forecast", "Dự báo"), lambda row: _share(row.decile.forecast)),
        ReportColumn(Head("late", "Đã trễ"), lambda row: row.late),
        ReportColumn(Head("happened", "Thật ra"), lambda row: row.decile.happened),
    )
    definitions = (
        "Dự báo làm lại đúng như ở phút cuối trước tháng đầu của kỳ, từ những gì quầy biết lúc ấy, "
        "cho hồ sơ khi ấy đang giải quyết và nay đã biết có trễ hay không.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report. Raises Refused("month-not-begun")."""
        desk.require(Permission.READ)
        seen = forecast.came_true(desk, asked.first, asked.origin)
        bands = tuple(map(_Band, seen.deciles))
        made = table(self.columns, bands, lambda row: str(row.decile.band))
        return Report(
            self.name, self.title, asked, desk.now(), made, (*self.definitions, _told(seen))
        )

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a number of a band."""
        desk.require(Permission.READ)
        if column not in ("dossiers", "late"):
            return ()
        return tuple(
            one.code
            for one in forecast.judged(desk, asked.first, asked.origin)
            if key == str(band_of(one.chance)) and (one.was_late or column == "dossiers")
        )
