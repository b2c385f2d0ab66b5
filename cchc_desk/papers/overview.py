"""The overview of a period on paper: the late share, then each picture with its table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from cchc_desk.domain.reports.pictures import Drawn
from cchc_desk.domain.reports.report import Asked
from cchc_desk.papers import pictures
from cchc_desk.papers.layout.blocks import Agency, header
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import ORIGIN_LINES, date_in_words

_TITLE = Style(font=BOLD, size=14, before=10, align="centre", role="H1")
_CENTRED = Style(font=ITALIC, size=12, before=1, align="centre")
_WORDS = Style(font=BOLD, size=12.5, before=6)
_PART = Style(font=BOLD, size=12, before=12, role="H2")
_SMALL = Style(font=ITALIC, size=10.5, before=3)
_TABLE_SIZE = 9.0


@dataclass(frozen=True)
class OverviewPaper:
    """What is drawn, of which period, and whose it is."""

    asked: Asked
    words: str
    drawn: Sequence[Drawn]
    agency: Agency
    place: str
    made: date
    watermark: str = ""


def overview_pdf(paper: OverviewPaper) -> bytes:
    """Return the overview as PDF."""
    title = f"Tổng quan số liệu. {_period(paper.asked)}"
    metadata = Metadata(title, paper.agency.full_name, paper.made)
    return Drawing(metadata, "A4", [partial(_page, paper)], watermark=paper.watermark).pdf()


def _period(asked: Asked) -> str:
    return f"Từ ngày {asked.first:%d/%m/%Y} đến ngày {asked.last:%d/%m/%Y}"


def _page(paper: OverviewPaper, sheet: Sheet) -> None:
    sheet.foot = "Tổng quan số liệu"
    header(sheet, paper.agency, "", f"{paper.place}, {date_in_words(paper.made)}")
    sheet.paragraph("TỔNG QUAN SỐ LIỆU", _TITLE)
    sheet.paragraph(_period(paper.asked), _CENTRED)
    if line := ORIGIN_LINES[paper.asked.origin]:
        sheet.paragraph(line, _CENTRED)
    sheet.paragraph(f"Tỷ lệ trễ hẹn: {paper.words}", _WORDS)
    for one in paper.drawn:
        _part(sheet, one)


def _part(sheet: Sheet, one: Drawn) -> None:
    """Draw one report: its title, its picture, its table, what it counts."""
    report, has_any = one.report, any(bar.value for bar in one.picture.bars)
    title = sheet.height_of(report.title, _PART)
    sheet.keep(title + (pictures.height_of(one.picture) + 8 if has_any else 20))
    sheet.paragraph(report.title, _PART)
    sheet.y += 6
    if has_any:
        pictures.draw(sheet, report.title, one.picture)
        sheet.y += 6
        listing = report.table.listing()
        widen = 1 / sum(column.width for column in listing.columns)
        columns = [replace(column, width=column.width * widen) for column in listing.columns]
        table(sheet, columns, listing.rows, size=_TABLE_SIZE)
    else:
        sheet.paragraph("Không có hồ sơ nào.", _SMALL)
    for line in report.definitions:
        sheet.paragraph(line, _SMALL)
