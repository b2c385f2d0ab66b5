"""A report on paper: the head of its official form where it has one, the table, definitions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import partial

from cchc_desk.domain.reports.report import Form
from cchc_desk.domain.reports.table import Head, ReportRow, ReportTable
from cchc_desk.domain.table import Cell, Column
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures, signing_room
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import WIDE, Drawing, Sheet, Style
from cchc_desk.papers.layout.table import largest_size, table
from cchc_desk.papers.layout.words import date_in_words, in_capitals

_NUMBER_WIDTH = 0.035
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
_HEAD = Style(size=11)
_SMALL = Style(font=ITALIC, size=10, before=2)
_CENTRED = Style(font=ITALIC, size=12, before=1, align="centre")
_SIGN, _STAMP = "(Ký và ghi rõ họ tên)", "(Ký tên, đóng dấu, ghi rõ họ tên)"


# --- the table as JSON knows it -------------------------------------------------------------------


class CellKind(Enum):
    """What a written cell is."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"
    NOTHING = "nothing"


@dataclass(frozen=True)
class WrittenCell:
    """A cell as text, and what it is."""

    kind: CellKind
    text: str


@dataclass(frozen=True)
class WrittenRow:
    """A row of cells; `key` is None for the totals."""

    key: str | None
    cells: tuple[WrittenCell, ...]


_READ: dict[CellKind, Callable[[str], Cell]] = {
    CellKind.TEXT: str,
    CellKind.COUNT: int,
    CellKind.NUMBER: Decimal,
    CellKind.SHARE: Fraction,
    CellKind.DAY: date.fromisoformat,
    CellKind.MOMENT: datetime.fromisoformat,
    CellKind.NOTHING: lambda _text: None,
}


def _written(cell: Cell) -> WrittenCell:
    match cell:
        case None:
            return WrittenCell(CellKind.NOTHING, "")
        case Fraction():
            return WrittenCell(CellKind.SHARE, str(cell))
        case Decimal():
            return WrittenCell(CellKind.NUMBER, str(cell))
        case int():
            return WrittenCell(CellKind.COUNT, str(cell))
        case datetime():
            return WrittenCell(CellKind.MOMENT, cell.isoformat())
        case date():
            return WrittenCell(CellKind.DAY, cell.isoformat())
    return WrittenCell(CellKind.TEXT, cell)


def written_rows(made: ReportTable) -> tuple[WrittenRow, ...]:
    """Return the rows of a table as JSON knows them, the totals last."""
    return tuple(WrittenRow(row.key, tuple(map(_written, row.values))) for row in made.all_rows)


def read_table(heads: tuple[Head, ...], rows: tuple[WrittenRow, ...]) -> ReportTable:
    """Return the table again. Raises ValueError for what was never written."""
    read = tuple(
        ReportRow(row.key, tuple(_READ[cell.kind](cell.text) for cell in row.cells)) for row in rows
    )
    totals = next((row for row in read if row.key is None), None)
    return ReportTable(heads, tuple(row for row in read if row.key is not None), totals)


# --- the paper ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReportPaper:
    """A report, and whose it is: who reports, to whom, where, on which day."""

    title: str
    first: date
    last: date
    origin_line: str
    heads: tuple[Head, ...]
    rows: tuple[WrittenRow, ...]
    definitions: tuple[str, ...]
    form: Form | None
    agency: Agency
    receiver: str
    place: str
    made: date
    signer: tuple[str, ...]
    watermark: str = ""
    reprint: str = ""

    @property
    def period(self) -> str:
        return f"Từ ngày {self.first:%d/%m/%Y} đến ngày {self.last:%d/%m/%Y}"

    @property
    def table(self) -> ReportTable:
        return read_table(self.heads, self.rows)


def report_drawing(
    report: ReportPaper, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the report to be drawn, landscape; it is on A4, whatever `paper` says."""
    metadata = Metadata(f"{report.title}. {report.period}", report.agency.full_name, report.made)
    page = partial(_page, report)
    return Drawing(metadata, WIDE, [page], watermark=report.watermark, offset_mm=offset_mm)


def _page(paper: ReportPaper, sheet: Sheet) -> None:
    sheet.foot = paper.form.number if paper.form else paper.title
    if paper.form is None:
        header(sheet, paper.agency, "", f"{paper.place}, {date_in_words(paper.made)}")
    else:
        _form_head(sheet, paper.form, paper)
    title = Style(font=BOLD, size=14, before=6, align="centre", role="H1")
    sheet.paragraph(in_capitals(paper.title), title)
    sheet.paragraph(f"Kỳ báo cáo: {paper.period}", _CENTRED)
    for line in filter(None, (paper.origin_line, paper.reprint)):
        sheet.paragraph(line, _CENTRED)
    if paper.form:
        sheet.paragraph(f"Đơn vị tính: {paper.form.unit}", _CENTRED)
    sheet.y += 3 * sheet.scale
    blocks = (
        Signature("NGƯỜI LẬP BIỂU", _SIGN),
        Signature("\n".join(paper.signer), _STAMP, stamped=True),
    )
    below = signing_room(sheet, blocks)
    below += sum(sheet.height_of(line, _SMALL) for line in paper.definitions)
    made = paper.table
    _table(sheet, made, below)
    for line in paper.definitions:
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


def _table(sheet: Sheet, made: ReportTable, below: float) -> None:
    """Draw the table over the whole width, its rows numbered, the totals under them.

    As large as every word has room in its column.
    """
    if not made.rows:
        sheet.paragraph("Không có hồ sơ nào trong kỳ.", Style(font=ITALIC, before=4))
        return
    numbers = {row.key: str(number) for number, row in enumerate(made.rows, 1)}
    number: Column[ReportRow] = Column(
        "TT", lambda row: numbers.get(row.key, ""), _NUMBER_WIDTH, "centre"
    )
    before = () if made.heads[0].numbers_rows else (number,)
    columns = made.listing().columns
    widen = (1 - len(before) * _NUMBER_WIDTH) / sum(column.width for column in columns)
    wide = tuple(replace(column, width=column.width * widen) for column in columns)
    size = largest_size(sheet, wide, made.all_rows, _SIZES)
    table(sheet, (*before, *wide), made.all_rows, size=size, below=below)
