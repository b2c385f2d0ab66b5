"""What every paper is made of: fonts, pages, lines and wrapped paragraphs, tables, the header,
numbers, dates in words.

Laid out by hand on ReportLab's canvas: text is drawn as it is and never read as markup. Lengths are
points from the top left of the page; a Sheet keeps a cursor `y` that moves down and breaks the page
when the next block does not fit.
"""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.lib.pagesizes import A4, A5, A6, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import resources
from cchc_desk.domain.table import Column, Row

WIDE = "A4 ngang"
PAGES = {"A4": A4, "A5": A5, "A6": A6, WIDE: landscape(A4)}
_SCALES = {"A5": 0.78, "A6": 0.62}
REGULAR, BOLD, ITALIC, BOLD_ITALIC = "CCHC", "CCHC-B", "CCHC-I", "CCHC-BI"
_FILES = {
    REGULAR: "CCHCSerif-Regular.ttf",
    BOLD: "CCHCSerif-Bold.ttf",
    ITALIC: "CCHCSerif-Italic.ttf",
    BOLD_ITALIC: "CCHCSerif-BoldItalic.ttf",
}
MISSING = "□"  # drawn in place of a character the fonts do not have
# Blanks at which no line is broken: within a date, a time, a phone number, a percentage, a word of
# two syllables.
_TOGETHER = re.compile(
    r"(?<=\bngày) (?=[\d…])|(?<=\btháng) (?=[\d…])|(?<=\bnăm) (?=[\d…])"
    r"|(?<=\bgiờ) (?=[\d…])|(?<=[\d…]) (?=(?:giờ|phút)\b)"
    r"|(?<=\b0\d{3}) (?=\d{3,4}\b)|(?<=\d) (?=\d{3}\b)|(?<=\d) (?=%)"
    r"|(?<=\bhồ) (?=sơ\b)|(?<=\bkết) (?=quả\b)|(?<=\bgiải) (?=quyết\b)|(?<=\bthời) "
    r"(?=gian\b)|(?<=\bgia) (?=hạn\b)",
    re.IGNORECASE,
)
_UNBROKEN = "\u00a0"


@cache
def fonts() -> frozenset[int]:
    """Registers the fonts, once; answers the code points that all four can draw."""
    faces = []
    for name, file in _FILES.items():
        font = TTFont(name, str(resources.path(f"fonts/{file}")))
        pdfmetrics.registerFont(font)
        faces.append(font.face)
    return frozenset.intersection(*(frozenset(face.charToGlyph) for face in faces))


def missing_characters(text: str) -> str:
    """The characters of `text` that the papers cannot draw, each once, in order."""
    return "".join(
        dict.fromkeys(char for char in text if ord(char) not in fonts() and not char.isspace())
    )


def drawable(text: str) -> str:
    """`text` with every character the fonts lack as a visible box: shown, never lost in silence."""
    if text.isascii() or all(ord(char) in fonts() for char in text):
        return text
    return "".join(char if ord(char) in fonts() else MISSING for char in text)


@cache
def width(text: str, font: str, size: float) -> float:
    """The width of one word or line in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap(text: str, font: str, size: float, room: float, first: float = 0) -> list[str]:
    """`text` in lines that fit `room` points, the first `first` points narrower; a word too long is
    cut by letters.

    Every line but the last keeps the blank it was broken at, so that joining the lines gives `text`
    back.
    """
    lines: list[str] = []
    line, used, left = "", 0.0, room - first
    blank = width(" ", font, size)
    for word in text.split(" "):
        long = width(word, font, size)
        if line and used + long > left:
            lines.append(line)
            line, used, left = "", 0.0, room
        while long > left and len(word) > 1:
            cut = _fits(word, font, size, left)
            lines.append(word[:cut])
            word, left = word[cut:], room
            long = width(word, font, size)
        line += word + " "
        used += long + blank
    return [*lines, line[:-1]]


def _fits(word: str, font: str, size: float, room: float) -> int:
    """How many letters of `word` fit, up to its last hyphen (a dossier code) or unbroken blank; one
    at least.
    """
    fitting = 1
    while fitting < len(word) and width(word[: fitting + 1], font, size) <= room:
        fitting += 1
    return max(word.rfind("-", 0, fitting), word.rfind(_UNBROKEN, 0, fitting)) + 1 or fitting


@dataclass(frozen=True)
class Style:
    """How a block of text looks: font, size, leading, indents and space before, in points.

    `align` is left, centre, right or justify.
    """

    font: str = REGULAR
    size: float = 13
    indent: float = 0
    first: float = 0
    before: float = 3
    leading: float = 1.2
    align: str = "left"

    @property
    def line(self) -> float:
        return self.size * self.leading


class Sheet:
    """Pages of one paper size, written from the top down. `scale` shrinks all type (A5, A6)."""

    def __init__(
        self,
        title: str,
        paper: str,
        offset_mm: tuple[float, float] = (0, 0),
        watermark: str = "",
        margin_mm: float = 20,
    ) -> None:
        fonts()
        self._buffer = io.BytesIO()
        self.width, self.height = map(float, PAGES[paper])
        self.scale = _SCALES.get(paper, 1.0)
        self.left, self.right = 30 * mm * self.scale, self.width - 15 * mm * self.scale
        self.top: float = margin_mm * mm * self.scale
        self.bottom: float = self.height - 18 * mm * self.scale
        self.canvas = Canvas(
            self._buffer,
            pagesize=PAGES[paper],
            invariant=1,
            lang="vi",
            initialFontName=REGULAR,
            pageCompression=1,
        )
        self.canvas.setTitle(title)
        self.canvas.setCreator("CCHC Desk")
        self._offset = offset_mm
        self._watermark = watermark
        self._page = 0
        self.y: float = self.top
        self.new_page(number=False)

    @property
    def page(self) -> int:
        """The number of the page at hand, from 1."""
        return self._page

    @property
    def room(self) -> float:
        """The width between the margins."""
        return float(self.right - self.left)

    def new_page(self, *, number: bool = True) -> None:
        """Goes on at the top of a new page; pages after a paper's first show their number at the
        top (ND 30/2020).
        """
        if self._page:
            self.canvas.showPage()
        self._page = self._page + 1 if number else 1
        dx, dy = self._offset
        self.canvas.translate(dx * mm, -dy * mm)
        if self._watermark:
            self._draw_watermark()
        self.y = self.top
        if number:
            self.text(str(self._page), self.width / 2, self.top - 6, Style(size=13, align="centre"))

    def _draw_watermark(self) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillGray(0.9)
        canvas.translate(self.width / 2, self.height / 2)
        canvas.rotate(50)
        canvas.setFont(BOLD, 40 * self.scale)
        canvas.drawCentredString(0, 0, self._watermark)
        canvas.restoreState()

    def text(self, text: str, x: float, y: float, style: Style, stretch: float = 0) -> None:
        """One line with its baseline at `y`, starting, centred or ending at `x`; each blank
        `stretch` points wider.
        """
        size = style.size * self.scale
        text = drawable(text)
        if style.align in ("centre", "right"):
            long = width(text, style.font, size)
            x -= long / 2 if style.align == "centre" else long
        self.canvas.setFont(style.font, size)
        self.canvas.drawString(x, self.height - y, text, wordSpace=stretch or None)

    def lines_of(self, text: str, style: Style, room: float) -> list[str]:
        """The lines of `text` in `room` points; what belongs together, such as a date, stays on one
        of them.
        """
        size, first = style.size * self.scale, style.first * self.scale
        unbroken = _TOGETHER.sub(_UNBROKEN, drawable(text))
        lines = wrap(unbroken, style.font, size, room - style.indent * self.scale, first)
        return [line.replace(_UNBROKEN, " ") for line in lines]

    def paragraph(self, text: str, style: Style = Style(), below: float = 0) -> None:
        """A wrapped paragraph at the cursor, page after page where it must.

        Its last two lines stand on the same page as the `below` points (of the page at hand) that
        follow it.
        """
        self.y += style.before * self.scale
        step = style.line * self.scale
        centred = style.align == "centre"
        lines = self._lines(text, style)
        # No line is left alone on either page: of three, all stand together.
        last = 0 if len(lines) <= 3 else len(lines) - 2
        if len(lines) > 1 and self.y + 2 * step > self.bottom:
            self.new_page()  # no first line alone at the foot
        for number, line in enumerate(lines):
            following = (len(lines) - number - 1) * step + below if number == last and below else 0
            if self.y + step + following > self.bottom:
                self.new_page()
            self.y += step
            shift = (style.indent + (style.first if number == 0 else 0)) * self.scale
            x = (self.left + self.right) / 2 if centred else self.left + shift
            stretch = self._stretch(line, style, self.right - x) if number < len(lines) - 1 else 0
            self.text(line.rstrip() if centred else line, x, self.y - step * 0.22, style, stretch)

    def _lines(self, text: str, style: Style) -> list[str]:
        return (_balanced if style.align == "centre" else Sheet.lines_of)(
            self, text, style, self.room
        )

    def _stretch(self, line: str, style: Style, room: float) -> float:
        """What each blank of a justified line takes more; nothing where words cut or too long would
        tear it apart.
        """
        shown = line.rstrip()
        left = room - width(shown, style.font, style.size * self.scale)
        gaps = shown.count(" ")
        return left / gaps if style.align == "justify" and gaps and 0 < left < room / 4 else 0

    def height_of(self, text: str, style: Style) -> float:
        """What `text` takes as a paragraph, in points of this page."""
        return style.before * self.scale + len(self._lines(text, style)) * style.line * self.scale

    def labelled(self, label: str, value: str, style: Style = Style()) -> None:
        """`label: value` as one wrapped paragraph, with dots where there is nothing to say."""
        self.paragraph(f"{label}: {value or '……………………'}", style)

    def keep(self, height: float) -> None:
        """Breaks the page when fewer than `height` points (at A4) are left."""
        if self.y + height * self.scale > self.bottom:
            self.new_page()

    def rule(self, x1: float, x2: float, y: float, thick: float = 0.7) -> None:
        self.canvas.setLineWidth(thick)
        self.canvas.line(x1, self.height - y, x2, self.height - y)

    def finish(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


# --- blocks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agency:
    """Who writes, as the header says it: the agency above in plain capitals, the one that writes in
    bold.
    """

    above: str
    name: str


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def form_line(sheet: Sheet, name: str) -> None:
    """The name of another ministry's form, small, at the right above the head; nothing where there
    is none.
    """
    if name:
        sheet.text(name, sheet.right, sheet.y - 4, Style(font=ITALIC, size=10, align="right"))


def header(sheet: Sheet, agency: Agency, left_line: str, place_and_date: str) -> None:
    """Two columns, two rows (NĐ 30/2020/NĐ-CP, Phụ lục I): agency and number left, quốc hiệu and
    place-date right.
    """
    split = sheet.left + sheet.room * 0.44
    start = sheet.y
    name = agency.name.upper()
    y = _centred(
        sheet, agency.above.upper(), sheet.left - 8, split, start, Style(size=12, align="centre")
    )
    y = _centred(sheet, name, sheet.left - 8, split, y, Style(font=BOLD, size=12, align="centre"))
    middle = (sheet.left - 8 + split) / 2
    reach = min((split - sheet.left) * 0.6, width(name, BOLD, 12 * sheet.scale)) / 5
    sheet.rule(middle - reach, middle + reach, y + 4)
    right = _centred(
        sheet, NATION, split, sheet.right + 8, start, Style(font=BOLD, size=12, align="centre")
    )
    right = _centred(
        sheet, MOTTO, split, sheet.right + 8, right, Style(font=BOLD, size=13, align="centre")
    )
    centre, half = (split + sheet.right + 8) / 2, width(MOTTO, BOLD, 13 * sheet.scale) / 2
    sheet.rule(centre - half, centre + half, right + 4)
    y = max(y, right) + 8 * sheet.scale
    left_end = (
        _centred(sheet, left_line, sheet.left - 8, split, y, Style(size=13, align="centre"))
        if left_line
        else y
    )
    sheet.y = max(
        left_end,
        _centred(
            sheet,
            place_and_date,
            split,
            sheet.right + 8,
            y,
            Style(font=ITALIC, size=13, align="centre"),
        ),
    )


def _centred(sheet: Sheet, text: str, x1: float, x2: float, y: float, style: Style) -> float:
    """Wrapped lines centred between x1 and x2 below `y`; answers where they end."""
    step = style.line * sheet.scale
    for line in _balanced(sheet, text, style, x2 - x1 - 6):
        y += step
        sheet.text(line.rstrip(), (x1 + x2) / 2, y - step * 0.15, style)
    return y


def _balanced(sheet: Sheet, text: str, style: Style, room: float) -> list[str]:
    """As few lines as fit, about equally long, no word cut for it: a heading leaves no lone word on
    its last line.
    """
    lines = sheet.lines_of(text, style, room)
    best, narrower = lines, room
    while (
        len(lines) > 1 and len(best) == len(lines) and all(line.endswith(" ") for line in best[:-1])
    ):
        lines, narrower = best, narrower * 0.96
        best = sheet.lines_of(text, style, narrower)
    return lines


Laid = list[list[str]]  # a cell's lines; of a cell in two storeys, above and then each text below
_PAD = 3.0


def table(
    sheet: Sheet,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    number: Column[int] | None = None,
    size: float = 12,
    below: float = 0,
) -> None:
    """A ruled table; a row that does not fit goes on a new page, under the titles again.

    Cells may hold line breaks. `number` is a first column for the numbers of the rows, from 1.
    A row over half a page high begins where it stands and goes on with the words that are left. The
    last of several rows stands on the same page as the `below` points that follow the table.
    """
    ruled = _Table(sheet, columns if number is None else (number, *columns), size)
    laid = [
        [*([] if number is None else [ruled.cell(number, place)]), *ruled.cells(columns, row)]
        for place, row in enumerate(rows, 1)
    ]
    if not ruled.fits(ruled.head + (ruled.beginning(laid[0]) if laid else 0)):
        sheet.new_page()
    ruled.titles()
    for place, cells in enumerate(laid, 1):
        is_last_of_several = place == len(laid) > 1
        if not ruled.fits(ruled.beginning(cells) + (below if is_last_of_several else 0)):
            ruled.new_page()
        while not ruled.fits(ruled.height(cells)):
            now, cells = ruled.cut(cells)
            ruled.draw(now)
            ruled.new_page()
        ruled.draw(cells)


class _Table:
    """Lays out, cuts and draws the rows of one table."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column[Any]], size: float) -> None:
        self.sheet, self.columns, self.size = sheet, columns, size
        self.step = size * sheet.scale * 1.15
        self._titles = [self._title(column) for column in columns]
        self._groups = [
            (name, list(members)) for name, members in groupby(columns, lambda column: column.group)
        ]
        self._over = {
            name: self._lines(name, sum(map(self._wide, members)), BOLD)
            for name, members in self._groups
            if name
        }
        upper = self._box(self._over.values()) if self._over else 0
        titled = zip(columns, self._titles, strict=True)
        self.head: float = max(
            self._box([lines]) + (upper if column.group else 0) for column, lines in titled
        )
        self._upper = upper

    def _wide(self, column: Column[Any]) -> float:
        return column.width * self.sheet.room

    def _lines(self, text: str, wide: float, font: str) -> list[str]:
        style, room = Style(font=font, size=self.size), wide - 2 * _PAD
        return [
            line for part in text.split("\n") for line in self.sheet.lines_of(part, style, room)
        ]

    def _title(self, column: Column[Any]) -> list[str]:
        style, room = Style(font=BOLD, size=self.size), self._wide(column) - 2 * _PAD
        return [
            line
            for part in column.title.split("\n")
            for line in _balanced(self.sheet, part, style, room)
        ]

    def cell(self, column: Column[Row], row: Row) -> Laid:
        """A cell in the lines that it takes."""
        wide = self._wide(column)
        above = self._lines(column.value(row), wide, REGULAR)
        texts = column.below(row) if column.below else ()
        return [above, *(self._lines(text, wide / len(texts), REGULAR) for text in texts)]

    def cells(self, columns: Sequence[Column[Row]], row: Row) -> list[Laid]:
        return [self.cell(column, row) for column in columns]

    def _box(self, lines: Iterable[list[str]]) -> float:
        """The height of the texts side by side."""
        return max(map(len, lines)) * self.step + 2 * _PAD

    def height(self, row: Sequence[Laid]) -> float:
        return max(self._box(cell[:1]) + (self._box(cell[1:]) if cell[1:] else 0) for cell in row)

    def beginning(self, row: Sequence[Laid]) -> float:
        """Height that must stand together: the whole row; of one over half a page high three lines,
        and any cell in two storeys whole.
        """
        whole = self.height(row)
        if whole <= (self.sheet.bottom - self.sheet.top - self.head) / 2:
            return whole
        return max(
            self.height([cell]) if len(cell) > 1 else self._box([cell[0][:3]]) for cell in row
        )

    def cut(self, row: Sequence[Laid]) -> tuple[list[Laid], list[Laid]]:
        """What fits on this page of a row taller than that, one line at least, and what is left of
        it.
        """
        fitting = max(1, int((self.sheet.bottom - self.sheet.y - 2 * _PAD) / self.step))
        now: list[Laid] = []
        left: list[Laid] = []
        for cell in row:
            now.append([cell[0][:fitting]] if len(cell) == 1 else cell)
            left.append([cell[0][fitting:]] if len(cell) == 1 else [[]])
        return now, left

    def fits(self, height: float) -> bool:
        """Whether so much fits on what is left of this page."""
        return self.sheet.y + height <= self.sheet.bottom

    def new_page(self) -> None:
        self.sheet.new_page()
        self.titles()

    def titles(self) -> None:
        """The head: one row, or two where columns stand in groups."""
        sheet, x, titled = self.sheet, self.sheet.left, iter(self._titles)
        for name, members in self._groups:
            if name:
                self._cell(
                    self._over[name],
                    x,
                    sheet.y,
                    sum(map(self._wide, members)),
                    self._upper,
                    "centre",
                    BOLD,
                )
            down = self._upper if name else 0
            for column in members:
                self._cell(
                    next(titled),
                    x,
                    sheet.y + down,
                    self._wide(column),
                    self.head - down,
                    "centre",
                    BOLD,
                )
                x += self._wide(column)
        sheet.y += self.head

    def draw(self, row: Sequence[Laid]) -> None:
        sheet, x, high = self.sheet, self.sheet.left, self.height(row)
        for column, (above, *below) in zip(self.columns, row, strict=True):
            wide, top = self._wide(column), sheet.y
            upper = self._box([above]) if below else high
            self._cell(above, x, top, wide, upper, column.align, REGULAR)
            for number, lines in enumerate(below):
                part = wide / len(below)
                self._cell(
                    lines, x + number * part, top + upper, part, high - upper, "centre", REGULAR
                )
            x += wide
        sheet.y += high

    def _cell(
        self,
        lines: list[str],
        x: float,
        top: float,
        wide: float,
        high: float,
        align: str,
        font: str,
    ) -> None:
        """One ruled cell; titles stand in its middle, the rest at its top."""
        sheet, step = self.sheet, self.step
        sheet.canvas.setLineWidth(0.5)
        sheet.canvas.rect(x, sheet.height - top - high, wide, high)
        at = {"left": x + _PAD, "centre": x + wide / 2, "right": x + wide - _PAD}[align]
        y = top + _PAD
        if font == BOLD:
            y += (high - 2 * _PAD - len(lines) * step) / 2
        for number, line in enumerate(lines, 1):
            shown = line if align == "left" else line.rstrip()
            sheet.text(
                shown,
                at,
                y + number * step - step * 0.2,
                Style(font=font, size=self.size, align=align),
            )


_HEADING, _HINT = (
    Style(font=BOLD, size=13, align="centre"),
    Style(font=ITALIC, size=12, align="centre"),
)
_TO_SIGN = 48.0


Block = tuple[str, str, str]


def signatures(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Signature blocks side by side, never split: (heading, what to do, name); an empty one leaves
    its place free.
    """
    high = signing_room(sheet, blocks)
    if sheet.y + high > sheet.bottom:
        sheet.new_page()
    top, wide = sheet.y + 10 * sheet.scale, sheet.room / len(blocks)
    for number, block in enumerate(blocks):
        x1, y = sheet.left + number * wide, top
        for text, style in _above_the_name(block):
            y = _centred(sheet, text, x1, x1 + wide, y, style)
        _centred(sheet, block[2], x1, x1 + wide, y + _TO_SIGN * sheet.scale, _HEADING)
    sheet.y += high


def signing_room(sheet: Sheet, blocks: Sequence[Block]) -> float:
    """The height of these signatures, in points of this page."""
    wide = sheet.room / len(blocks) - 6
    deepest = max(
        sum(
            len(_balanced(sheet, text, style, wide)) * style.line
            for text, style in _lines_of_block(block)
        )
        for block in blocks
    )
    return (10 + deepest + _TO_SIGN) * sheet.scale


def _lines_of_block(block: Block) -> list[tuple[str, Style]]:
    return [*_above_the_name(block), (block[2], _HEADING)]


def _above_the_name(block: Block) -> list[tuple[str, Style]]:
    heading, hint, _ = block
    return [
        *((part, _HEADING) for part in heading.split("\n") if part),
        *([(hint, _HINT)] if hint else []),
    ]


def on_pages(
    title: str,
    paper: str,
    copies: Iterable[Callable[[Sheet], None]],
    *,
    offset_mm: tuple[float, float] = (0, 0),
    watermark: str = "",
    margin_mm: float = 20,
) -> bytes:
    """Draws each copy on pages of its own, one after the other, in one PDF."""
    sheet = Sheet(title, paper, offset_mm, watermark, margin_mm)
    for number, draw in enumerate(copies):
        if number:
            sheet.new_page(number=False)
        draw(sheet)
    return sheet.finish()


def counted_pages(
    title: str,
    paper: str,
    draw: Callable[[Sheet], None],
    *,
    offset_mm: tuple[float, float],
    watermark: str,
    margin_mm: float,
) -> tuple[bytes, int]:
    """One copy as PDF and how many pages it took, for a paper that is drawn again until it suits
    them.
    """
    sheet = Sheet(title, paper, offset_mm, watermark, margin_mm)
    draw(sheet)
    return sheet.finish(), sheet.page


# --- words ----------------------------------------------------------------------------------------


def number_label(organisation: bool) -> str:
    """What the number of a person or of an organisation is called."""
    return "Mã số thuế/Mã số doanh nghiệp" if organisation else "Số CMND/Thẻ căn cước/Hộ chiếu"


def form_of_address(organisation: bool) -> str:
    """How a paper speaks to whom it is for."""
    return "Quý cơ quan/tổ chức" if organisation else "Ông/Bà"


def number_line(number: int, symbol: str) -> str:
    """`05/PXL-UBND`: numbers below ten with a leading zero [G], the year is not part of it."""
    return f"{number:02d}/{symbol}"


def date_in_words(day: date) -> str:
    """`ngày 03 tháng 8 năm 2026`: a leading zero for days below ten and for months one and two [G,
    NĐ 30/2020].
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_in_words(at: datetime) -> str:
    """`10 giờ 00 phút, ngày 25 tháng 11 năm 2026`."""
    return f"{at.hour:02d} giờ {at.minute:02d} phút, {date_in_words(at.date())}"
