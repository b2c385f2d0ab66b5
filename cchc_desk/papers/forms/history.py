"""Lý lịch hồ sơ: the history of one dossier on one page, with a code by which a desk checks it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from reportlab.lib.units import mm

from cchc_desk.domain.table import Column
from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.blocks import Agency, header
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import code_lines, date_in_words, moment_in_words

TITLE = "LÝ LỊCH HỒ SƠ"
_SIZES = (11.5, 10.5, 9.5, 8.5)  # the last two only where they bring a long life onto one page
_NOTE = (
    "Mã kiểm tra tính từ toàn bộ nội dung trên. Quầy cấp giấy đối chiếu với sổ cái bằng mã hồ sơ "
    "và mã kiểm tra; quầy khác quét mã QR rồi so mã kiểm tra (chương trình CCHC Desk, lệnh "
    "check-history)."
)


class HistoryLine(NamedTuple):
    """One act: when, in words, and by whom."""

    at: datetime
    words: str
    official_name: str


_COLUMNS: tuple[Column[HistoryLine], ...] = (
    Column("Lúc", lambda line: f"{line.at:%H:%M %d/%m/%Y}", 0.19),
    Column("Việc", lambda line: line.words, 0.58),
    Column("Người làm", lambda line: line.official_name, 0.23),
)


@dataclass(frozen=True)
class HistoryPaper:
    """Everything on the page; `scan` is "" where a QR cannot hold it."""

    agency: Agency
    place: str
    made: datetime
    code: str
    owner: str
    procedure: str
    accepted: datetime
    due: datetime
    lines: tuple[HistoryLine, ...]
    check: str
    scan: str
    portal_code: str = ""
    watermark: str = ""


def history_drawing(paper: HistoryPaper, *, offset_mm: tuple[float, float] = (0, 0)) -> Drawing:
    """Return one A4 page to be drawn, or several in a large type when it is too small."""
    about = Metadata(f"{TITLE} {paper.code}", paper.agency.full_name, paper.made)
    drawings = [
        Drawing(about, "A4", [partial(_draw, paper, size)], offset_mm, paper.watermark)
        for size in _SIZES
    ]
    best = next((drawing for drawing in drawings if drawing.pages() == 1), None)
    return best or min(drawings[:2], key=Drawing.pages)


def _draw(paper: HistoryPaper, size: float, sheet: Sheet) -> None:
    sheet.foot = paper.code
    header(sheet, paper.agency, "", f"{paper.place}, {date_in_words(paper.made.date())}")
    sheet.paragraph(TITLE, Style(font=BOLD, size=14, before=10, align="centre", role="H1"))
    for named in code_lines(paper.code, paper.portal_code):
        sheet.paragraph(named, Style(font=BOLD, size=12.5, before=1, align="centre"))
    line = Style(size=12, before=2)
    sheet.labelled("Chủ hồ sơ", paper.owner, Style(size=12, before=8))
    sheet.labelled("Nội dung yêu cầu giải quyết", paper.procedure, line)
    sheet.paragraph(f"Thời gian nhận hồ sơ: {moment_in_words(paper.accepted)}", line)
    sheet.paragraph(
        f"Thời gian hẹn trả kết quả (in trên giấy hẹn): {moment_in_words(paper.due)}", line
    )
    sheet.y += 6
    table(sheet, _COLUMNS, paper.lines, size=size)
    _foot(sheet, paper)


def _foot(sheet: Sheet, paper: HistoryPaper) -> None:
    side = 34 * mm if paper.scan else 0.0
    sheet.keep(max(side, 50) + 16)
    top = sheet.y + 8
    if paper.scan:
        alt = f"Mã QR để quầy khác kiểm tra lý lịch của hồ sơ {paper.code}"
        codes.qr(sheet, paper.scan, sheet.right - side, top, side, alt)
    sheet.y = top
    room = sheet.right - side - 12 - sheet.left
    for words, style in (
        (f"Mã kiểm tra: {paper.check}", Style(font=BOLD, size=12)),
        (f"In lúc {moment_in_words(paper.made)}.", Style(size=11)),
        (_NOTE, Style(font=ITALIC, size=10)),
    ):
        with sheet.tags.element(style.role):
            for text in sheet.lines_of(words, style, room):
                sheet.y += style.size * 1.25
                sheet.text(text, sheet.left, sheet.y, style)
    sheet.y = max(sheet.y, top + side)
