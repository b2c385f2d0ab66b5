"""Reports of a period as they are shown, frozen with their month; the dossiers of each cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.reports import makers, months, summing
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.groupings import Grouping
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import ReportRow, ReportTable
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists


def asked_of(
    first: date, last: date, origin: Origin = Origin.ALL, by: Grouping | None = None
) -> Asked:
    """Return what a report is asked for. Raises Refused("period")."""
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    return Asked(first, last, origin, by)


def make(desk: Desk, name: str, asked: Asked) -> Report:
    """Return the report of a period; of a frozen month as it was frozen, with its corrections.

    Raises Refused("unknown-report"), ("no-grouping"), ("too-many-parts").
    """
    desk.require(Permission.READ)
    asked = makers.as_declared(name, asked)
    if name in makers.OF_DAYS:
        summing.sum_days(desk)
    return _made(desk, name, asked)


def make_together(desk: Desk, names: Iterable[str], asked: Asked) -> Mapping[str, Report]:
    """Return several reports of a period as make() does, all of one state of the data."""
    desk.require(Permission.READ)
    summing.sum_days(desk)
    with desk.read():
        return {name: _made(desk, name, asked) for name in names}


def _made(desk: Desk, name: str, asked: Asked) -> Report:
    return months.frozen_report(desk, name, asked) or makers.current(desk, name, asked)


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
    within = makers.within(report.asked, desk.now())
    return makers.maker_of(report.name).dossiers(desk, report.asked, within, row.key, column)


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
