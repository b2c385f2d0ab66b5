"""Every report by its name: made of a period, and the dossiers behind each of its cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.reports.catalogued import FeesReport, HandledReport
from cchc_desk.actions.reports.counted import CountedReport
from cchc_desk.actions.reports.listed import LATE, OFFICIALS, REGISTER
from cchc_desk.actions.reports.loads import CausesReport, LoadReport
from cchc_desk.actions.reports.monthly import MonthlyReport
from cchc_desk.actions.reports.scores import CourtesyReport, IndicatorsReport
from cchc_desk.actions.reports.trends import DueReport, TrendReport
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Origin, Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.declared import APOLOGY_COVERAGE, CHANNELS, II_06A
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import ReportRow, ReportTable
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists


class Maker(Protocol):
    """Makes one report, and names the dossiers behind a cell of it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def definitions(self) -> tuple[str, ...]: ...
    def make(self, desk: Desk, asked: Asked, within: Period) -> Report: ...
    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]: ...


_ALL: tuple[Maker, ...] = (
    CountedReport(II_06A),
    HandledReport(),
    REGISTER,
    LATE,
    OFFICIALS,
    FeesReport(),
    CountedReport(CHANNELS),
    CourtesyReport(),
    IndicatorsReport(),
    MonthlyReport(),
    CountedReport(APOLOGY_COVERAGE),
    TrendReport(),
    DueReport(),
    LoadReport(),
    CausesReport(),
)
MAKERS: Mapping[str, Maker] = {maker.name: maker for maker in _ALL}


def asked_of(first: date, last: date, origin: Origin = Origin.ALL) -> Asked:
    """Return what a report is asked for. Raises Refused("period")."""
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    return Asked(first, last, origin)


def make(desk: Desk, name: str, asked: Asked) -> Report:
    """Return the report of a period, up to now where that is earlier.

    Raises Refused("unknown-report").
    """
    desk.require(Permission.READ)
    return _maker(name).make(desk, asked, _period(desk, asked))


@dataclass(frozen=True)
class Behind:
    """The dossiers behind a cell: how many it counts, and those that whoever asks may see."""

    count: int
    rows: tuple[DossierRow, ...]


def cell_dossiers(desk: Desk, report: Report, row: ReportRow, column: str) -> tuple[str, ...]:
    """Return the codes of the dossiers that a cell of a report counts, by due moment.

    To a processor their own alone; none where the cell counts no dossiers.
    """
    desk.require(Permission.READ)
    codes = _counted(desk, report, row, column)
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, report.asked.origin)
    return tuple(code for code in codes if code in seen)


def behind(desk: Desk, report: Report, row: ReportRow, column: str) -> Behind:
    """Return the dossiers that a cell counts as a list shows them, by due moment."""
    desk.require(Permission.READ)
    codes = _counted(desk, report, row, column)
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, report.asked.origin)
        shown = [code for code in codes if code in seen]
        return Behind(len(codes), lists.rows_of_many(connection, desk.now(), shown))


def _counted(desk: Desk, report: Report, row: ReportRow, column: str) -> tuple[str, ...]:
    within = _period(desk, report.asked)
    return _maker(report.name).dossiers(desk, report.asked, within, row.key, column)


def row_of(table: ReportTable, named: str) -> ReportRow:
    """Return a row by its key, by its name, by its number from 1, or the totals by `total`.

    Raises Refused("no-row").
    """
    if named == "total" and table.totals is not None:
        return table.totals
    for row in table.rows:
        if named in (row.key, row.values[0]):
            return row
    if named.isdecimal() and 1 <= int(named) <= len(table.rows):
        return table.rows[int(named) - 1]
    raise Refused(
        "no-row",
        _("Báo cáo không có dòng «{row}»; hãy ghi tên dòng, số thứ tự hoặc total.").format(
            row=named
        ),
    )


def _maker(name: str) -> Maker:
    maker = MAKERS.get(name)
    if maker is None:
        raise Refused(
            "unknown-report",
            _("Không có báo cáo «{name}»; các báo cáo: {names}.").format(
                name=name, names=", ".join(MAKERS)
            ),
        )
    return maker


def _period(desk: Desk, asked: Asked) -> Period:
    return Period.until_now(asked.first, asked.last, desk.now())
