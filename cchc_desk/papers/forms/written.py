"""A report in sentences on paper, upright, by NĐ 30/2020/NĐ-CP; papers/word.py draws the same."""

from dataclasses import replace
from functools import partial

from cchc_desk.domain.reports.table import ReportTable
from cchc_desk.domain.reports.written import (
    NUMBER,
    TYPE_NAME,
    Block,
    Section,
    Sentence,
    Shown,
    ToWrite,
    WrittenReport,
)
from cchc_desk.papers.forms.slip import BODY, recipients
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures, signing_room
from cchc_desk.papers.layout.fonts import BOLD, BOLD_ITALIC, ITALIC, drawable, width
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import date_in_words

_TITLE = Style(font=BOLD, size=14, before=14, align="centre", role="H1")
_SUBJECT = Style(font=BOLD, size=14, before=2, align="centre")
_NOTE = Style(font=ITALIC, size=12, before=2, align="centre")
_TO = Style(size=14, before=10, align="centre")
_HEADINGS = {
    1: replace(BODY, font=BOLD, before=10, align="left", role="H2"),
    2: replace(BODY, font=BOLD_ITALIC, before=8, align="left", role="H3"),
}
_TO_WRITE = replace(BODY, font=ITALIC)
_CAPTION = Style(font=BOLD, size=12, before=8, align="centre")
_EMPTY = "Không có hồ sơ nào trong kỳ."
_TABLE_SIZE = 10.0
_STANDS_TOGETHER = 110.0  # points: a caption, the heads and the first row of its table


def written_drawing(report: WrittenReport) -> Drawing:
    """Return the report to be drawn on A4."""
    agency = Agency(report.above, report.agency)
    metadata = Metadata(report.title, agency.full_name, report.made)
    return Drawing(metadata, "A4", [partial(_page, report)], watermark=report.watermark)


def _page(report: WrittenReport, sheet: Sheet) -> None:
    outline = report.outline
    sheet.foot = outline.short
    agency = Agency(report.above, report.agency)
    header(sheet, agency, NUMBER, f"{report.place}, {date_in_words(report.made)}")
    sheet.paragraph(TYPE_NAME, _TITLE)
    sheet.paragraph(outline.subject, _SUBJECT)
    _rule_under(sheet, outline.subject)
    for note in report.notes:
        sheet.paragraph(note, _NOTE)
    sheet.paragraph(f"Kính gửi: {outline.to}.", _TO)
    for section in outline.sections:
        _section(sheet, section)
    _ends(sheet, report)


def _rule_under(sheet: Sheet, subject: str) -> None:
    """Draw the line under the subject, a third to a half as long as its text."""
    long = max(
        width(drawable(line.rstrip()), BOLD, _SUBJECT.size * sheet.scale)
        for line in sheet.balanced_lines(subject, _SUBJECT, sheet.room)
    )
    middle = (sheet.left + sheet.right) / 2
    sheet.y += 4 * sheet.scale
    sheet.rule(middle - long / 5, middle + long / 5, sheet.y)
    sheet.y += 4 * sheet.scale


def _section(sheet: Sheet, section: Section) -> None:
    lines = 3 if section.blocks else 6  # a heading stands with what is under it
    sheet.keep(lines * BODY.line + 10)
    sheet.paragraph(section.heading, _HEADINGS[section.level])
    for block in section.blocks:
        _block(sheet, block)


def _block(sheet: Sheet, block: Block) -> None:
    match block:
        case Sentence(text):
            sheet.paragraph(text, BODY)
        case ToWrite():
            sheet.paragraph(block.text, _TO_WRITE)
        case Shown(title, made):
            sheet.keep(_STANDS_TOGETHER)
            sheet.paragraph(title, _CAPTION)
            sheet.y += 4 * sheet.scale
            _table(sheet, made)
            sheet.y += 4 * sheet.scale


def _table(sheet: Sheet, made: ReportTable) -> None:
    if not made.rows:
        sheet.paragraph(_EMPTY, _NOTE)
        return
    columns = made.listing().columns
    wide = sum(column.width for column in columns)
    fitting = tuple(replace(column, width=column.width / wide) for column in columns)
    table(sheet, fitting, made.all_rows, size=_TABLE_SIZE)


def _ends(sheet: Sheet, report: WrittenReport) -> None:
    """Draw the last sentence, Nơi nhận and the signature, all on one page."""
    blocks = [Signature(), Signature("\n".join(report.signer), stamped=True)]
    sheet.paragraph(report.closing, BODY, below=4 * sheet.scale + signing_room(sheet, blocks))
    sheet.y += 4 * sheet.scale
    ends = recipients(sheet, sheet.y + 10 * sheet.scale, report.copies_to)
    signatures(sheet, blocks)
    sheet.y = max(sheet.y, ends)
