"""The data looked through before figures are sent, as a report and as one line on the others."""

from cchc_desk.actions.exports import quality
from cchc_desk.actions.exports.quality import CheckRow
from cchc_desk.domain.figures import Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.quality import CHECKS
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import Head, ReportColumn, table
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk


class QualityReport:
    """Makes the list of the checks with what stands open of each."""

    name = "quality"
    title = "Kiểm tra dữ liệu trước khi gửi"
    columns: tuple[ReportColumn[CheckRow], ...] = (
        ReportColumn(
            Head("check", "Điều cần xem", width=0.36, align="left"), lambda row: _(row.check.title)
        ),
        ReportColumn(Head("open", "Còn vướng", width=0.1), lambda row: row.open),
        ReportColumn(
            Head("what_to_do", "Phải làm gì", width=0.5, align="left"),
            lambda row: _(row.check.what_to_do),
        ),
    )
    definitions = (
        "Hồ sơ có việc trong kỳ: tiếp nhận, có kết quả, trả hoặc còn giải quyết. Một hồ sơ có thể "
        "vướng nhiều điều; ô số mở các hồ sơ, số trống của sổ thì không có hồ sơ nào.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report, the checks with something open first."""
        desk.require(Permission.READ)
        rows = quality.checks(desk, asked.first, asked.last, asked.origin)
        made = table(
            self.columns, sorted(rows, key=lambda row: not row.open), lambda row: row.check.name
        )
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes that a check finds; numbers that are missing are no dossiers."""
        desk.require(Permission.READ)
        check = next((one for one in CHECKS if one.name == key), None)
        if check is None or column != "open" or check.numbers:
            return ()
        return quality.found(desk, check, asked.first, asked.last, asked.origin)


def open_line(desk: Desk, asked: Asked) -> str:
    """Return in a sentence how much stands open of the checks in the period of a report."""
    desk.require(Permission.READ)
    rows = quality.checks(desk, asked.first, asked.last, asked.origin)
    found = [row for row in rows if row.open]
    if not found:
        return _("Kiểm tra dữ liệu lúc lập: không vướng điều nào.")
    return _n(
        "Kiểm tra dữ liệu lúc lập: còn {count} điều phải xem (báo cáo «{title}»).", len(found)
    ).format(count=len(found), title=QualityReport.title)
