"""Blocks that papers share: the header by NĐ 30/2020, and the signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_desk.papers.layout.fonts import BOLD, ITALIC, width
from cchc_desk.papers.layout.sheet import Sheet, Style


@dataclass(frozen=True)
class Agency:
    """The agency that writes, in bold in the header, and the agency above it, in plain capitals."""

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
    for line in sheet.balanced_lines(text, style, x2 - x1 - 6):
        y += step
        sheet.text(line.rstrip(), (x1 + x2) / 2, y - step * 0.15, style)
    return y


# --- signatures -----------------------------------------------------------------------------------

_HEADING = Style(font=BOLD, size=13, align="centre")
_HINT = Style(font=ITALIC, size=12, align="centre")
_TO_SIGN = 48.0


@dataclass(frozen=True)
class Signature:
    """A block to be signed: heading (it may hold line breaks), how to sign, and the name.

    An empty one leaves its place free.
    """

    heading: str = ""
    hint: str = ""
    name: str = ""

    def above_the_name(self) -> list[tuple[str, Style]]:
        lines = [(part, _HEADING) for part in self.heading.split("\n") if part]
        return [*lines, (self.hint, _HINT)] if self.hint else lines

    def lines(self) -> list[tuple[str, Style]]:
        return [*self.above_the_name(), (self.name, _HEADING)]


def signatures(sheet: Sheet, blocks: Sequence[Signature]) -> None:
    """Draw the signature blocks side by side, never split."""
    high = signing_room(sheet, blocks)
    if sheet.y + high > sheet.bottom:
        sheet.new_page()
    top, wide = sheet.y + 10 * sheet.scale, sheet.room / len(blocks)
    for number, block in enumerate(blocks):
        x1, y = sheet.left + number * wide, top
        for text, style in block.above_the_name():
            y = _centred(sheet, text, x1, x1 + wide, y, style)
        _centred(sheet, block.name, x1, x1 + wide, y + _TO_SIGN * sheet.scale, _HEADING)
    sheet.y += high


def signing_room(sheet: Sheet, blocks: Sequence[Signature]) -> float:
    """The height of these signatures, in points of this page."""
    wide = sheet.room / len(blocks) - 6
    deepest = max(
        sum(
            len(sheet.balanced_lines(text, style, wide)) * style.line
            for text, style in block.lines()
        )
        for block in blocks
    )
    return (10 + deepest + _TO_SIGN) * sheet.scale
