"""A report in sentences as a Word document, by NĐ 30/2020/NĐ-CP (docs/decisions/101).

Word's own styles carry the look, so that the office goes on writing in it. Every text is plain: no
field but the page's number, no markup.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from cchc_desk.domain.reports.table import ReportRow, ReportTable
from cchc_desk.domain.reports.written import (
    NUMBER,
    TYPE_NAME,
    Block,
    Sentence,
    Shown,
    ToWrite,
    WrittenReport,
)
from cchc_desk.domain.table import Column
from cchc_desk.papers.layout.blocks import MOTTO, NATION, Agency
from cchc_desk.papers.layout.fonts import MISSING
from cchc_desk.papers.layout.words import date_in_words
from cchc_desk.papers.word_styles import (
    BODY,
    CAPTION,
    CELL,
    CENTRED,
    HEADINGS,
    LIST,
    NOTE,
    SIGNATURE,
    SUBJECT,
    TITLE,
    TO_WRITE,
    keep_styles,
)

# python-docx is loaded with the first document that is written.
if TYPE_CHECKING:
    from docx.document import Document
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_EMPTY = "Không có hồ sơ nào trong kỳ."
_NO_TEXT = ("Cc", "Cf", "Cs", "Co", "Cn")  # categories of what is no character of a text
_ROOM_MM = 165.0  # between the margins
_LEFT_MM = _ROOM_MM * 0.44  # of the head and of the signatures, as on paper
_CELL_MARGIN = 57  # twentieths of a point: 1 mm
_SEAL_PT = 85.0  # between the signer's title and the name
_LANGUAGE, _LONGEST_PROPERTY = "vi-VN", 255


def written_docx(report: WrittenReport) -> bytes:
    """Return the report as a .docx."""
    from docx import Document

    document = Document()
    keep_styles(document)
    _keep_page(document, report.watermark)
    _keep_properties(document, report)
    _head(document, report)
    for section in report.outline.sections:
        _add(document, section.heading, HEADINGS[section.level])
        for block in section.blocks:
            _add_block(document, block)
    _ends(document, report)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# --- text -----------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Return the text as a document holds it: one kind of blank, a box for what is no character."""
    return "".join(
        " " if char.isspace() else MISSING if unicodedata.category(char) in _NO_TEXT else char
        for char in text
    )


def _add(where: "Document | _Cell", text: str, style: str) -> "Paragraph":
    """Add a paragraph; the empty one that a new cell has is taken first."""
    from docx.table import _Cell

    paragraph: Paragraph
    if isinstance(where, _Cell) and len(where.paragraphs) == 1 and not where.text:
        paragraph = where.paragraphs[0]
        paragraph.style = style
    else:
        paragraph = where.add_paragraph(style=style)
    paragraph.add_run(plain(text))
    return paragraph


# --- page and properties --------------------------------------------------------------------------


def _keep_page(document: "Document", watermark: str) -> None:
    """A4 with the margins of NĐ 30; the page's number at the top, from the second page on."""
    from docx.shared import Mm

    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = CENTRED
    _add_page_number(number)
    for foot in (section.footer, section.first_page_footer) if watermark else ():
        marked = foot.paragraphs[0]
        marked.style = CENTRED
        marked.add_run(plain(watermark))


def _add_page_number(paragraph: "Paragraph") -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = "PAGE"
        run._r.append(mark)


def _keep_properties(document: "Document", report: WrittenReport) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    known, office = document.core_properties, Agency(report.above, report.agency).full_name
    known.title, known.subject = _property(report.title), _property(report.outline.short)
    known.author = known.last_modified_by = _property(office)
    known.created = known.modified = datetime.combine(report.made, time())
    package = document.part.package
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # of the library's empty document
            del package.rels[key]
    known.language, known.comments, known.keywords, known.revision = _LANGUAGE, "", "", 1


def _property(text: str) -> str:
    """Return the text as long as a property may be."""
    return plain(text)[:_LONGEST_PROPERTY]


# --- head and end ---------------------------------------------------------------------------------


def _head(document: "Document", report: WrittenReport) -> None:
    """Agency and number at the left, quốc hiệu, place and day at the right; then the title."""
    agency, head = Agency(report.above, report.agency), _two_columns(document, 2)
    (left, right), (number, day) = (row.cells for row in head.rows)
    if agency.above:
        _add(left, agency.above_line, CENTRED)
    _bold(_add(left, agency.name.upper(), CENTRED))
    _add_rule(left, _LEFT_MM, 0.4)
    _bold(_add(right, NATION, CENTRED))
    motto = _bold(_add(right, MOTTO, CENTRED))
    _sized(motto, 13)
    _add_rule(right, _ROOM_MM - _LEFT_MM, 0.62)
    _sized(_add(number, NUMBER, CENTRED), 13)
    dated = _sized(_add(day, f"{report.place}, {date_in_words(report.made)}", CENTRED), 13)
    for run in dated.runs:
        run.italic = True
    _add(document, TYPE_NAME, TITLE)
    _add(document, report.outline.subject, SUBJECT)
    _add_rule(document, _ROOM_MM, 0.25)
    for note in report.notes:
        _add(document, note, NOTE)
    to = _sized(_add(document, f"Kính gửi: {report.outline.to}.", CENTRED), 14)
    to.paragraph_format.space_before = to.paragraph_format.space_after = _points(10)


def _ends(document: "Document", report: WrittenReport) -> None:
    """The last sentence, Nơi nhận and the signature, all on one page."""
    last = _add(document, report.closing, BODY)
    last.paragraph_format.keep_with_next = True
    last.paragraph_format.space_after = _points(10)
    (row,) = _two_columns(document, 1).rows
    receivers, signature = row.cells
    named = _sized(_bold(_add(receivers, "Nơi nhận:", LIST)), 12)
    for run in named.runs:
        run.italic = True
    for line in report.copies_to:
        _add(receivers, line, LIST)
    for line in report.signer:
        _add(signature, line, SIGNATURE)
    signature.add_paragraph(style=SIGNATURE).paragraph_format.space_before = _points(_SEAL_PT)


def _two_columns(document: "Document", rows: int) -> "Table":
    """Add a table without rules over the whole width; a row stays on one page."""
    made: Table = document.add_table(rows, 2)
    _keep_widths(made, (_LEFT_MM, _ROOM_MM - _LEFT_MM))
    for row in made.rows:
        _keep_whole(row)
    return made


def _bold(paragraph: "Paragraph") -> "Paragraph":
    for run in paragraph.runs:
        run.bold = True
    return paragraph


def _sized(paragraph: "Paragraph", size: float) -> "Paragraph":
    for run in paragraph.runs:
        run.font.size = _points(size)
    return paragraph


def _points(size: float) -> int:
    from docx.shared import Pt

    return Pt(size)


def _add_rule(where: "Document | _Cell", room_mm: float, share: float) -> None:
    """Add a rule in the middle, so long a share of the room."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    paragraph = where.add_paragraph(style=CENTRED)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(room_mm * (1 - share) / 2)
    shape.space_before, shape.line_spacing, shape.space_after = map(_points, (3, 3, 4))
    rule = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        rule.set(qn(f"w:{key}"), value)
    around = OxmlElement("w:pBdr")
    around.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(
        around, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


# --- blocks ---------------------------------------------------------------------------------------


def _add_block(document: "Document", block: Block) -> None:
    match block:
        case Sentence(text):
            _add(document, text, BODY)
        case ToWrite():
            _add(document, block.text, TO_WRITE)
        case Shown(title, made):
            _add(document, title, CAPTION)
            _add_table(document, made)


def _add_table(document: "Document", made: ReportTable) -> None:
    """Add a ruled table whose titles stand again on each page."""
    if not made.rows:
        _add(document, _EMPTY, NOTE)
        return
    columns = made.listing().columns
    heads = 2 if any(column.group for column in columns) else 1
    table = document.add_table(heads + len(made.all_rows), len(columns), style="Table Grid")
    _keep_margins(table)
    whole = sum(column.width for column in columns)
    _keep_widths(table, [_ROOM_MM * column.width / whole for column in columns])
    rows = list(table.rows)
    _add_titles(rows[:heads], columns)
    for row, of in zip(rows[heads:], made.all_rows, strict=True):
        _keep_whole(row)
        for cell, column in zip(row.cells, columns, strict=True):
            written = _add(cell, column.value(of), CELL)
            written.alignment = _alignment(column.align)
            if of.key is None:
                _bold(written)
    between = document.add_paragraph(style=NOTE)  # else the next table would be one with this
    between.paragraph_format.line_spacing = _points(6)


def _add_titles(rows: "Sequence[_Row]", columns: Sequence[Column[ReportRow]]) -> None:
    """Write the titles; with two rows those of groups stand in the first, over their members."""
    cells = [row.cells for row in rows]
    for row in rows:
        _keep_whole(row)
        _repeat(row)
    place = 0
    for group, members in groupby(columns, lambda column: column.group):
        titles = [column.title for column in members]
        ends = place + len(titles) - 1
        if group:
            _add_title(cells[0][place].merge(cells[0][ends]), group)
        for at, title in enumerate(titles, place):
            lowest = cells[-1][at]
            _add_title(lowest if group or len(cells) == 1 else cells[0][at].merge(lowest), title)
        place = ends + 1


def _add_title(cell: "_Cell", title: str) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    written = _bold(_add(cell, title, CELL))
    written.alignment = _alignment("centre")
    written.paragraph_format.keep_with_next = True
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _alignment(align: str) -> "WD_PARAGRAPH_ALIGNMENT":
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }[align]


def _keep_margins(table: "Table") -> None:
    """Let the texts of narrow columns reach nearly to the rules, as on paper."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _keep_widths(table: "Table", widths_mm: Iterable[float]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER  # between the margins, in each version of Word
    for column, wide in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(wide)
        for cell in column.cells:
            cell.width = Mm(wide)


def _keep_whole(row: "_Row") -> None:
    _row_mark(row, "w:cantSplit")


def _repeat(row: "_Row") -> None:
    _row_mark(row, "w:tblHeader")


def _row_mark(row: "_Row", name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))
