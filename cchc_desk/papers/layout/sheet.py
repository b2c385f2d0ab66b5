"""Pages written from the top down: lines, wrapped paragraphs, page breaks.

Laid out by hand on ReportLab's canvas: text is drawn as it is and never read as markup. Lengths are
points from the top left of the page; a Sheet keeps a cursor `y` that moves down and breaks the page
when the next block does not fit.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4, A5, A6, landscape
from reportlab.lib.units import mm

from cchc_desk.papers.layout.fonts import BOLD, REGULAR, drawable, width
from cchc_desk.papers.layout.metadata import Metadata

# ReportLab's canvas is loaded with the first page that is written: who describes a paper, as every
# page of the window that offers one, does not wait for it.
if TYPE_CHECKING:
    from cchc_desk.papers.layout.archive import ArchiveCanvas

WIDE = "A4 ngang"
PAGES = {"A4": A4, "A5": A5, "A6": A6, WIDE: landscape(A4)}
_SCALES = {"A5": 0.74, "A6": 0.62}
_MARGINS = {"A5": 0.6, "A6": 0.62}  # of those of A4
# Blanks at which no line is broken: within a date, a time, a phone number, a percentage; between a
# phone number or an e-mail and its label; before a dash, so that no line begins with one.
_TOGETHER = re.compile(
    r"(?<=\bngày) (?=[\d…])|(?<=[\d…]) (?=tháng (?:[\d…]|đầu\b|cuối\b))|(?<=\btháng) (?=[\d…])"
    r"|(?<=[\d…]) (?=năm [\d…])|(?<=\bnăm) (?=[\d…])"
    r"|(?<=\bgiờ) (?=[\d…])|(?<=[\d…]) (?=(?:giờ|phút)\b)"
    r"|(?<=\b0\d{3}) (?=\d{3,4}\b)|(?<=\d) (?=\d{3}\b)|(?<=\d) (?=%|đồng\b)"
    r"|(?<=\bemail:) (?=\S)|(?<=\bthoại:) (?=[\d…])|(?<=\S) (?=– )",
    re.IGNORECASE,
)
# In a heading words of two syllables too: in a body they would tear its lines apart.
_WORDS = re.compile(
    r"(?<=\bhồ) (?=sơ\b)|(?<=\bkết) (?=quả\b)|(?<=\bgiải) (?=quyết\b)|(?<=\bthời) "
    r"(?=gian\b)|(?<=\bgia) (?=hạn\b)|(?<=\bphục) (?=vụ\b)",
    re.IGNORECASE,
)
_UNBROKEN = "\u00a0"
_WIDEST_GAIN = 4.0  # points of a blank in a justified line; beyond that the line stays ragged
_BEFORE_A_NUMBER = tuple(f"{word}{_UNBROKEN}" for word in ("ngày", "tháng", "năm"))


def wrap(text: str, font: str, size: float, room: float, first: float = 0) -> list[str]:
    """Return `text` in lines of `room` points, the first one `first` points narrower.

    A word too long is cut by letters. Every line but the last keeps the blank it was broken at, so
    that joining the lines gives `text` back.
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
    """Return the number of letters of `word` that fit, one at least.

    A word is cut behind its last hyphen (a dossier code) or unbroken blank that fits, in a date
    before «ngày», «tháng», «năm», never behind them.
    """
    fitting = 1
    while fitting < len(word) and width(word[: fitting + 1], font, size) <= room:
        fitting += 1
    cut = max(word.rfind("-", 0, fitting), word.rfind(_UNBROKEN, 0, fitting)) + 1
    if word[:cut].endswith("-") and word[cut:].isdecimal():
        cut = word.rfind("-", 0, cut - 1) + 1 or cut  # day and serial of a code stay together
    while cut and word[:cut].lower().endswith(_BEFORE_A_NUMBER):
        cut = word.rfind(_UNBROKEN, 0, cut - 1) + 1
    return cut or fitting


@lru_cache(maxsize=2048)  # of two receipts: each text is measured, then drawn on both copies
def _broken(
    text: str, font: str, size: float, room: float, first: float, heading: bool
) -> tuple[str, ...]:
    """Return `text` in lines as wrap() does, without breaking what stands together."""
    unbroken = _TOGETHER.sub(_UNBROKEN, drawable(text))
    if heading:
        unbroken = _WORDS.sub(_UNBROKEN, unbroken)
    lines = wrap(unbroken, font, size, room, first)
    before, _blank, last = unbroken.rpartition(" ")
    if len(lines) > 1 and lines[-1] == last and _UNBROKEN not in last:
        bound = wrap(f"{before}{_UNBROKEN}{last}", font, size, room, first)
        spared = len(bound) == len(lines) and " " in bound[-2].rstrip()
        if spared and bound[-1].endswith(_UNBROKEN + last):
            lines = bound
    return tuple(line.replace(_UNBROKEN, " ") for line in lines)


@dataclass(frozen=True)
class Style:
    """Look of a block of text: font, size, leading, indents and space before, in points.

    `align` is left, centre, right or justify. `role` is what the text is to a screen reader: H1 the
    title of the paper, H2 that of a part, LI an item of a list, P any other.
    """

    font: str = REGULAR
    size: float = 13
    indent: float = 0
    first: float = 0
    before: float = 3
    leading: float = 1.2
    align: str = "left"
    role: str = "P"

    @property
    def line(self) -> float:
        return self.size * self.leading


class Sheet:
    """Pages of one paper size, written from the top down; `scale` shrinks all type (A5, A6).

    `foot` stands small at the foot of the second page and on, before the page's number of how many;
    it is the title until a copy sets its own, as its dossier code and the copy's number.

    All that is drawn is tagged: text by itself, by the role of its style; what is drawn on the
    canvas within `tags.figure()` or `tags.artifact()`.

    `canvas`: of the file that has other papers before this one. With `measuring` no text is drawn.
    """

    def __init__(
        self,
        metadata: Metadata,
        paper: str,
        offset_mm: tuple[float, float] = (0, 0),
        watermark: str = "",
        scale: float | None = None,
        *,
        canvas: "ArchiveCanvas | None" = None,
        measuring: bool = False,
    ) -> None:
        from cchc_desk.papers.layout.archive import ArchiveCanvas

        self.width, self.height = map(float, PAGES[paper])
        self.scale = _SCALES.get(paper, 1.0) if scale is None else scale
        margins = _MARGINS.get(paper, 1.0) * mm  # by NĐ 30/2020: 20–25, 20–25, 30–35, 15–20 mm
        self.left, self.right = 30 * margins, self.width - 15 * margins
        self.top: float = 20 * margins
        self.bottom: float = self.height - 20 * margins
        self.canvas = canvas or ArchiveCanvas(metadata)
        self.canvas.setPageSize(PAGES[paper])
        self.tags = self.canvas.tags
        self._offset = offset_mm
        self._watermark = watermark
        self._measuring = measuring
        self._page = 0
        self._copy = self.canvas.getPageNumber() - 1  # a number that no other copy in the file has
        self.foot = metadata.title
        self.y: float = self.top
        self.new_page(number=False)

    @property
    def page(self) -> int:
        """The number of the page at hand, from 1."""
        return self._page

    @property
    def room(self) -> float:
        """The width between the margins, in points."""
        return float(self.right - self.left)

    def new_page(self, *, number: bool = True) -> None:
        """Go on at the top of a new page; with `number` it shows its number there (NĐ 30/2020)."""
        if self._page:
            self._draw_foot(ends_copy=not number)
            self.canvas.end_page()
        self._page = self._page + 1 if number else 1
        dx, dy = self._offset
        self.canvas.translate(dx * mm, -dy * mm)
        self.y = self.top
        if self._watermark:
            self._draw_watermark()
        if number:
            with self.tags.artifact():
                style = Style(size=13, align="centre")
                self.text(str(self._page), self.width / 2, self.top - 9, style)

    def _draw_foot(self, *, ends_copy: bool) -> None:
        """Put the foot on a page after the first; a copy that ends here knows its pages."""
        if self._page > 1:
            with self.tags.artifact():
                self.canvas.doForm(self._foot_of(self._page))
        if ends_copy:
            # Drawn last, shown on each page: only now it is known how many pages there are.
            for page in range(2, self._page + 1):
                self.canvas.beginForm(self._foot_of(page))
                self.canvas.setFont(REGULAR, 9.5 * self.scale**0.5)
                text = drawable(f"{self.foot} · {page}/{self._page}")
                self.canvas.drawRightString(self.right, (self.height - self.bottom) / 2, text)
                self.canvas.endForm()
            self._copy += 1

    def _foot_of(self, page: int) -> str:
        return f"foot{self._copy}-{page}"

    def _draw_watermark(self) -> None:
        canvas = self.canvas
        with self.tags.artifact():
            canvas.saveState()
            canvas.setFillGray(0.9)
            canvas.translate(self.width / 2, self.height / 2)
            canvas.rotate(50)
            canvas.setFont(BOLD, 40 * min(self.width, self.height) / A4[0])
            canvas.drawCentredString(0, 0, self._watermark)
            canvas.restoreState()

    def text(self, text: str, x: float, y: float, style: Style, stretch: float = 0) -> None:
        """Write one line with its baseline at `y`, starting, centred or ending at `x`.

        Each blank is `stretch` points wider.
        """
        if self._measuring:
            return
        size = style.size * self.scale
        text = drawable(text)
        if style.align in ("centre", "right"):
            long = width(text, style.font, size)
            x -= long / 2 if style.align == "centre" else long
        if text:
            self.tags.mark(style.role)
        self.canvas.line_of_text(text, x, self.height - y, style.font, size, stretch)

    def lines_of(self, text: str, style: Style, room: float, *, heading: bool = False) -> list[str]:
        """Return the lines of `text` in `room` points; a date and the like stay on one of them.

        No lone word stands on the last line where the line before can spare one.
        """
        size, first = style.size * self.scale, style.first * self.scale
        room -= style.indent * self.scale
        return list(_broken(text, style.font, size, room, first, heading))

    def balanced_lines(self, text: str, style: Style, room: float) -> list[str]:
        """Return as few lines as fit, about equally long, no word cut for it.

        So a heading leaves no lone word on its last line.
        """
        lines = self.lines_of(text, style, room, heading=True)
        best, narrower = lines, room
        while (
            len(lines) > 1
            and len(best) == len(lines)
            and all(line.endswith(" ") for line in best[:-1])
        ):
            lines, narrower = best, narrower * 0.96
            best = self.lines_of(text, style, narrower, heading=True)
        return lines

    def paragraph(self, text: str, style: Style = Style(), below: float = 0) -> None:
        """Write a wrapped paragraph at the cursor, page after page where it must.

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
        self.tags.begin(style.role)
        for number, line in enumerate(lines):
            following = (len(lines) - number - 1) * step + below if number == last and below else 0
            if self.y + step + following > self.bottom:
                self.new_page()
            self.y += step
            shift = (style.indent + (style.first if number == 0 else 0)) * self.scale
            x = (self.left + self.right) / 2 if centred else self.left + shift
            stretch = self._stretch(line, style, self.right - x) if number < len(lines) - 1 else 0
            self.text(line.rstrip() if centred else line, x, self.y - step * 0.22, style, stretch)
        self.tags.end()

    def _lines(self, text: str, style: Style) -> list[str]:
        if style.align == "centre":
            return self.balanced_lines(text, style, self.room)
        return self.lines_of(text, style, self.room)

    def _stretch(self, line: str, style: Style, room: float) -> float:
        """Return the points that each blank of a justified line gains, 0 if it would tear."""
        shown = line.rstrip()
        left = room - width(shown, style.font, style.size * self.scale)
        gaps = shown.count(" ")
        torn = not 0 < left < gaps * _WIDEST_GAIN * self.scale
        return 0 if style.align != "justify" or torn else left / gaps

    def height_of(self, text: str, style: Style) -> float:
        """Return the height of `text` as a paragraph, in points of this page."""
        return style.before * self.scale + len(self._lines(text, style)) * style.line * self.scale

    def labelled(self, label: str, value: str, style: Style = Style()) -> None:
        """Write `label: value` as one wrapped paragraph, with dots in place of no value."""
        self.paragraph(f"{label}: {value or '……………………'}", style)

    def keep(self, height: float) -> None:
        """Break the page when fewer than `height` points (at A4) are left."""
        if self.y + height * self.scale > self.bottom:
            self.new_page()

    def rule(self, x1: float, x2: float, y: float, thick: float = 0.7) -> None:
        with self.tags.artifact():
            self.canvas.setLineWidth(thick)
            self.canvas.line(x1, self.height - y, x2, self.height - y)

    def finish(self) -> None:
        """End the last page."""
        self._draw_foot(ends_copy=True)
        self.canvas.end_page()


@dataclass(frozen=True)
class Drawing:
    """A paper that can be drawn, alone or with others in one file; each copy on its own pages.

    Same input, same bytes.
    """

    metadata: Metadata
    paper: str
    copies: Sequence[Callable[[Sheet], object]]
    offset_mm: tuple[float, float] = (0, 0)
    watermark: str = ""
    scale: float | None = None

    def pdf(self) -> bytes:
        return joined(self.metadata, [self])

    def pages(self) -> int:
        """Return the number of pages that the first copy takes."""
        sheet = self.sheet(measuring=True)
        self.copies[0](sheet)
        return sheet.page

    def sheet(self, canvas: "ArchiveCanvas | None" = None, *, measuring: bool = False) -> Sheet:
        """Return the first page, empty."""
        return Sheet(
            self.metadata,
            self.paper,
            self.offset_mm,
            self.watermark,
            self.scale,
            canvas=canvas,
            measuring=measuring,
        )


def joined(metadata: Metadata, drawings: Iterable[Drawing]) -> bytes:
    """Return papers of any size in one file, which has this title, office and day."""
    from cchc_desk.papers.layout.archive import ArchiveCanvas

    canvas = ArchiveCanvas(metadata)
    for drawing in drawings:
        sheet = drawing.sheet(canvas)
        for number, draw in enumerate(drawing.copies):
            if number:
                sheet.new_page(number=False)
            with sheet.tags.element("Part"):
                draw(sheet)
        sheet.finish()
    return canvas.pdf()
