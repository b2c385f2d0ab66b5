"""The leader's morning sheet: one A4, however full the day is."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.fonts import BOLD, ITALIC, REGULAR, width
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style

TITLE = "PHIẾU BUỔI SÁNG"
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_SIZE = 11.0
_MOST = 14  # rows of one section; fewer when the day is full


@dataclass(frozen=True)
class Section:
    """One list of the sheet: `rows` are (left, right) texts, `nothing` stands in an empty one."""

    title: str
    rows: tuple[tuple[str, str], ...]
    nothing: str
    where: str = ""  # where the rest is to be found


@dataclass(frozen=True)
class MorningSheet:
    """Content of the sheet; `lines` stand at its foot, such as the late share and the clock.

    `about` stands under the day: the dossiers counted where that is not all of them.
    """

    agency: Agency
    now: datetime
    sections: tuple[Section, ...]
    lines: tuple[tuple[str, str], ...]
    about: str = ""
    watermark: str = ""


def morning_sheet_drawing(sheet: MorningSheet) -> Drawing:
    """Return the sheet on exactly one page: long lists end with the number of further rows."""
    title = f"{TITLE} {sheet.now:%d/%m/%Y}"
    about = Metadata(title, sheet.agency.full_name, sheet.now)
    for most in range(_MOST, -1, -1):
        draw = partial(_draw, sheet, most)
        drawing = Drawing(about, "A4", [draw], watermark=sheet.watermark)
        if drawing.pages() == 1:
            break
    return drawing


def _draw(sheet: MorningSheet, most: int, page: Sheet) -> None:
    # A sheet for within the house: no quốc hiệu, which belongs to the papers that leave it.
    for line, font in ((sheet.agency.above, REGULAR), (sheet.agency.name, BOLD)):
        page.paragraph(line.upper(), Style(font=font, size=12, before=0))
    day = f"{_WEEKDAYS[sheet.now.weekday()]} {sheet.now:%d/%m/%Y}, {sheet.now:%H:%M}"
    page.paragraph(TITLE, Style(font=BOLD, size=15, before=10, align="centre", role="H1"))
    page.paragraph(day, Style(size=13, before=1, align="centre"))
    if sheet.about:
        page.paragraph(sheet.about, Style(font=ITALIC, size=12, before=1, align="centre"))
    for section in sheet.sections:
        _section(page, section, most)
    page.y += 8
    page.rule(page.left, page.right, page.y)
    for label, text in sheet.lines:
        page.paragraph(f"{label}: {text}", Style(size=_SIZE, before=4))


def _section(page: Sheet, section: Section, most: int) -> None:
    title = f"{section.title} ({len(section.rows)})"
    page.paragraph(title, Style(font=BOLD, size=12, before=9, role="H2"))
    if not section.rows:
        page.paragraph(section.nothing, Style(font=ITALIC, size=_SIZE, before=1, indent=12))
    page.tags.begin("L")
    for left, right in section.rows[:most]:
        _row(page, left, right)
    page.tags.end()
    more = len(section.rows) - most
    if more > 0:
        page.paragraph(
            f"… và {more} mục nữa {section.where}",
            Style(font=ITALIC, size=_SIZE, before=1, indent=12),
        )


def _row(page: Sheet, left: str, right: str) -> None:
    """Write one line; a text that is too long ends with an ellipsis."""
    step = _SIZE * 1.25
    if page.y + step > page.bottom:
        page.new_page()
    page.y += step
    style = Style(size=_SIZE, role="LI")
    room = page.room - 12 - width(right, style.font, _SIZE) - 10
    with page.tags.element(style.role):
        page.text(_fitting(left, style.font, room), page.left + 12, page.y, style)
        page.text(right, page.right, page.y, Style(size=_SIZE, align="right"))


def _fitting(text: str, font: str, room: float) -> str:
    if width(text, font, _SIZE) <= room:
        return text
    while text and width(text + "…", font, _SIZE) > room:
        text = text[:-1]
    return text.rstrip() + "…"
