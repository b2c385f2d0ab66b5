"""A report on paper and as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.reports import months, reports
from cchc_desk.actions.reports.kinds import checked
from cchc_desk.actions.reports.paper import report_paper
from cchc_desk.actions.reports.written import written
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked, Correction, Report
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import SOURCE, in_vietnamese, language
from cchc_desk.long_work import LongWork
from cchc_desk.output_file import output_file
from cchc_desk.papers.forms.report import report_drawing
from cchc_desk.papers.forms.written import written_drawing
from cchc_desk.papers.word import written_docx
from cchc_desk.session import Desk
from cchc_desk.sheets.write import SheetOf, workbook_xlsx

WORD = ".docx"
_MOST_CODES = 1_000_000  # lines of the second sheet: a workbook ends at 1,048,576


@dataclass(frozen=True)
class _Behind:
    """One dossier behind one cell."""

    row: str
    column: str
    code: str


_BEHIND: tuple[Column[_Behind], ...] = (
    Column("Dòng", lambda one: one.row),
    Column("Cột", lambda one: one.column),
    Column("Mã hồ sơ", lambda one: one.code),
)

# Beside the figures of a frozen month: what would be counted otherwise today.
_CORRECTIONS: tuple[Column[Correction], ...] = (
    Column("Dòng", lambda one: one.row),
    Column("Cột", lambda one: one.column),
    Column("Đã chốt", lambda one: one.frozen),
    Column("Nay", lambda one: one.now),
)


def save_report(
    desk: Desk, report: Report, target: Path, reason: str = "", work: LongWork | None = None
) -> None:
    """Write the report to `target`: .pdf on paper, else a workbook with the codes of each cell.

    With .docx in sentences, as save_written() does. One with data of citizens leaves with a reason,
    in the ledger. Raises as leaving.required_reason(), written() and output_file().
    """
    desk.require(Permission.READ)
    if target.suffix.lower() == WORD:
        save_written(desk, report.name, report.asked, target)
        return
    if report.is_personal:
        reason = leaving.required_reason(desk, reason)
    report = _as_it_leaves(desk, report)
    if target.suffix.lower() == ".pdf":
        content = _pdf(desk, report)
    else:
        content = _workbook(desk, report, work or LongWork())
    with output_file(target) as out:
        out.write(content)
        if report.is_personal:
            lines = len(report.table.rows)
            leaving.note(desk, report.title, lines, target.name, content, reason)


def save_written(desk: Desk, name: str, asked: Asked, target: Path) -> None:
    """Write a report in sentences to `target`: .docx for Word, else as PDF.

    It is for the office to write on, and is never frozen; its figures are. Raises as written() and
    output_file().
    """
    desk.require(Permission.COURTESY_REPORT)
    text = written(desk, name, asked)
    is_word = target.suffix.lower() == WORD
    content = written_docx(text) if is_word else written_drawing(text).pdf()
    with output_file(target) as out:
        out.write(content)


def report_pdf(desk: Desk, report: Report, reason: str = "") -> bytes:
    """Return the report as PDF; one with data of citizens with a reason, in the ledger.

    Raises as leaving.required_reason().
    """
    desk.require(Permission.READ)
    if not report.is_personal:
        return _pdf(desk, _as_it_leaves(desk, report))
    reason = leaving.required_reason(desk, reason)
    report = _as_it_leaves(desk, report)
    pdf = _pdf(desk, report)
    leaving.note(desk, report.title, len(report.table.rows), "", pdf, reason)
    return pdf


@dataclass(frozen=True)
class ReportFiles:
    """A report on paper and as a workbook with the codes of each cell."""

    pdf: bytes
    workbook: bytes


def report_files(desk: Desk, report: Report, work: LongWork) -> ReportFiles:
    """Return both files of a report that was made in Vietnamese; whoever lets them leave notes it.

    Raises Stopped.
    """
    desk.require(Permission.READ)
    return ReportFiles(_pdf(desk, report), _workbook(desk, report, work))


def _as_it_leaves(desk: Desk, report: Report) -> Report:
    """Return the report in Vietnamese; one made in another language has words of that in it."""
    if language() == SOURCE:
        return report
    with in_vietnamese():
        return reports.make(desk, report.name, report.asked)


def _pdf(desk: Desk, report: Report) -> bytes:
    """Return the PDF; of a frozen month byte for byte as it was frozen."""
    if report.frozen is not None:
        return months.frozen_pdf(desk, report)
    return report_drawing(report_paper(desk, report, _checked(desk, report))).pdf()


@in_vietnamese()
def _checked(desk: Desk, report: Report) -> str:
    return checked.open_line(desk, report.asked)


@in_vietnamese()
def _workbook(desk: Desk, report: Report, work: LongWork) -> bytes:
    listing = report.table.listing()
    behind = Listing(_BEHIND, tuple(_behind(desk, report, work)))
    notes = (*report.definitions, _checked(desk, report))
    corrections = Listing(_CORRECTIONS, report.frozen.corrections if report.frozen else ())
    sheets = (
        SheetOf(report.name, listing, notes),
        *((SheetOf("Hồ sơ", behind),) if behind.rows else ()),
        *((SheetOf("Nay đếm khác", corrections),) if corrections.rows else ()),
    )
    return workbook_xlsx(report.title, sheets, report.made, work)


def _behind(desk: Desk, report: Report, work: LongWork) -> Iterator[_Behind]:
    """Yield the dossiers behind each cell of each row, so many as a sheet holds."""
    left = _MOST_CODES
    for row in report.table.rows:
        for head in report.table.heads:
            codes = reports.cell_dossiers(desk, report, row, head.name)[:left]
            left -= len(codes)
            work.step()
            for code in codes:
                yield _Behind(str(row.values[0]), head.number or head.title, code)
