"""A report on paper: the head of its official form where it has one, the table, definitions."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from cchc_desk.domain.reports.report import Form, Report
from cchc_desk.domain.reports.table import ReportRow
from cchc_desk.domain.table import Column
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures, signing_room
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import WIDE, Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import ORIGIN_LINES, date_in_words

_NUMBER_WIDTH, _SIZE = 0.035, 10.0
_HEAD = Style(size=11)
_SMALL = Style(font=ITALIC, size=11, before=3)
_CENTRED = Style(font=ITALIC, size=12, before=1, align="centre")
_SIGN, _STAMP = "(Ký và ghi rõ họ tên)", "(Ký tên, đóng dấu, ghi rõ họ tên)"


@dataclass(frozen=True)
class ReportPaper:
    """A report and whose it is: who reports, to whom, where, on which day."""

    report: Report
    agency: Agency
    receiver: str
    place: str
    made: date
    signer: tuple[str, ...]
    watermark: str = ""

    @property
    def period(self) -> str:
        asked = self.report.asked
        return f"Từ ngày {asked.first:%d/%m/%Y} đến ngày {asked.last:%d/%m/%Y}"


def report_pdf(paper: ReportPaper) -> bytes:
    """Return the report as PDF, landscape."""
    report = paper.report
    metadata = Metadata(f"{report.title}. {paper.period}", paper.agency.full_name, paper.made)
    drawing = Drawing(metadata, WIDE, [partial(_page, paper)], watermark=paper.watermark)
    return drawing.pdf()


def _page(paper: ReportPaper, sheet: Sheet) -> None:
    report = paper.report
    sheet.foot = report.form.number if report.form else report.title
    if report.form is None:
        header(sheet, paper.agency, "", f"{paper.place}, {date_in_words(paper.made)}")
    else:
        _form_head(sheet, report.form, paper)
    title = Style(font=BOLD, size=14, before=10, align="centre", role="H1")
    sheet.paragraph(report.title.upper(), title)
    sheet.paragraph(f"Kỳ báo cáo: {paper.period}", _CENTRED)
    if line := ORIGIN_LINES[report.asked.origin]:
        sheet.paragraph(line, _CENTRED)
    if report.form:
        sheet.paragraph(f"Đơn vị tính: {report.form.unit}", _CENTRED)
    sheet.y += 6 * sheet.scale
    blocks = (
        Signature("NGƯỜI LẬP BIỂU", _SIGN),
        Signature("\n".join(paper.signer), _STAMP, stamped=True),
    )
    below = signing_room(sheet, blocks)
    below += sum(sheet.height_of(line, _SMALL) for line in report.definitions)
    listing = report.table.listing()
    _table(sheet, tuple(listing.columns), paper, below)
    for line in report.definitions:
        sheet.paragraph(line, _SMALL)
    signatures(sheet, blocks)


def _form_head(sheet: Sheet, form: Form, paper: ReportPaper) -> None:
    """Draw the head of an official form: its number to the left, who reports to the right."""
    left, right = sheet.room * 0.36, sheet.room * 0.44
    columns = (
        (sheet.left, left, (form.number, form.ordered)),
        (
            sheet.right - right,
            right,
            (
                f"Đơn vị báo cáo: {paper.agency.name}",
                f"Đơn vị nhận báo cáo: {paper.receiver}",
                f"{paper.place}, {date_in_words(paper.made)}",
            ),
        ),
    )
    top, ends = sheet.y, sheet.y
    for x, room, lines in columns:
        y = top
        for place, line in enumerate(lines):
            style = replace(_HEAD, font=BOLD if place == 0 else ITALIC)
            sheet.tags.begin(style.role)
            for part in sheet.lines_of(line, style, room):
                y += style.line * sheet.scale
                sheet.text(part.rstrip(), x, y, style)
            sheet.tags.end()
        ends = max(ends, y)
    sheet.y = ends


def _table(
    sheet: Sheet, columns: tuple[Column[ReportRow], ...], paper: ReportPaper, below: float
) -> None:
    """Draw the table over the whole width, its rows numbered, the totals under them."""
    made = paper.report.table
    if not made.rows:
        sheet.paragraph("Không có hồ sơ nào trong kỳ.", Style(font=ITALIC, before=4))
        return
    numbers = {row.key: str(number) for number, row in enumerate(made.rows, 1)}
    number: Column[ReportRow] = Column(
        "TT", lambda row: numbers.get(row.key, ""), _NUMBER_WIDTH, "centre"
    )
    widen = (1 - _NUMBER_WIDTH) / sum(column.width for column in columns)
    wide = (replace(column, width=column.width * widen) for column in columns)
    table(sheet, (number, *wide), made.all_rows, size=_SIZE, below=below)
