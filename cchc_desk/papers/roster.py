"""Bảng phân công người thay khi vắng mặt: one page for the door (NĐ 309/2026/NĐ-CP Điều 6).

No reason of an absence stands on it. No ministry has a form for it (docs/papers.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from cchc_desk.domain.table import Column
from cchc_desk.papers.layout.blocks import Agency, header
from cchc_desk.papers.layout.fonts import BOLD
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import date_in_words

TITLE = "PHÂN CÔNG NGƯỜI THAY KHI VẮNG MẶT"
_SIZES = (16.0, 14.0, 12.0, 10.0, 8.0)  # as large as one page allows: it is read standing


@dataclass(frozen=True)
class RosterLine:
    """Somebody away, their work, the days, and who does it meanwhile; `stand_in` "" for nobody."""

    name: str
    work: str
    days: str
    stand_in: str


@dataclass(frozen=True)
class Roster:
    """All text of the roster; `contact` is the sentence under its lines."""

    agency: Agency
    place: str
    made: date
    period: str
    lines: tuple[RosterLine, ...]
    contact: str
    watermark: str = ""


_COLUMNS: tuple[Column[RosterLine], ...] = (
    Column("Người vắng mặt", lambda line: line.name, 0.27),
    Column("Công việc", lambda line: line.work, 0.2),
    Column("Thời gian", lambda line: line.days, 0.23, "centre"),
    Column("Người thay", lambda line: line.stand_in or "(đang phân công)", 0.3),
)


def roster_pdf(roster: Roster) -> bytes:
    """Draw the roster on one page of A4, in type as large as fits. Same input, same bytes."""
    about = Metadata(TITLE, roster.agency.full_name, roster.made)
    for size in _SIZES:
        draw = [partial(_draw, roster, size)]
        drawing = Drawing(about, "A4", draw, watermark=roster.watermark)
        if drawing.pages() == 1:
            break
    return drawing.pdf()


def _draw(roster: Roster, size: float, sheet: Sheet) -> None:
    header(sheet, roster.agency, "", f"{roster.place}, {date_in_words(roster.made)}")
    sheet.paragraph(TITLE, Style(font=BOLD, size=18, before=24, align="centre", role="H1"))
    sheet.paragraph(roster.period, Style(size=14, before=3, align="centre"))
    sheet.y += 14 * sheet.scale
    _lines(sheet, roster.lines, size)
    sheet.paragraph(roster.contact, Style(size=14, before=16, align="justify"))


def _lines(sheet: Sheet, lines: Sequence[RosterLine], size: float) -> None:
    if lines:
        table(sheet, _COLUMNS, lines, size=size)
    else:
        sheet.paragraph("Mọi công chức đều có mặt.", Style(size=18, before=8, align="centre"))
