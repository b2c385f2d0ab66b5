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

    @property
    def full_name(self) -> str:
        """The agency with the one above it, as an archive knows it from others of its name."""
        return ", ".join(filter(None, (self.name, self.above)))


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_SMALL, _SMALL_BOLD = Style(size=12, align="centre"), Style(font=BOLD, size=12, align="centre")
_LINE, _PLACE = Style(size=13, align="centre"), Style(font=ITALIC, size=13, align="centre")
_HEADING = Style(font=BOLD, size=13, align="centre")
_HINT = Style(font=ITALIC, size=12, align="centre")


def form_line(sheet: Sheet, name: str) -> None:
    """Write the name of another ministry's form, small, at the right above the head, if any."""
    if name:
        sheet.text(name, sheet.right, sheet.y - 4, Style(font=ITALIC, size=10, align="right"))


def header(sheet: Sheet, agency: Agency, left_line: str, place_and_date: str) -> None:
    """Draw the head by NĐ 30/2020/NĐ-CP, Phụ lục I: two columns of two rows.

    Agency and number stand left, quốc hiệu and place with date right.
    """
    left, split, right = sheet.left - 8, sheet.left + sheet.room * 0.44, sheet.right + 8
    name = agency.name.upper()
    above_ends = _centred(sheet, agency.above.upper(), left, split, sheet.y, _SMALL)
    name_ends = _centred(sheet, name, left, split, above_ends, _SMALL_BOLD)
    longest = min((split - sheet.left) * 0.6, width(name, BOLD, _SMALL_BOLD.size * sheet.scale))
    _rule_between(sheet, left, split, name_ends + 4, longest / 5)
    nation_ends = _centred(sheet, NATION, split, right, sheet.y, _SMALL_BOLD)
    motto_ends = _centred(sheet, MOTTO, split, right, nation_ends, _HEADING)
    long = width(MOTTO, BOLD, _HEADING.size * sheet.scale)
    _rule_between(sheet, split, right, motto_ends + 4, long / 2)
    second_row = max(name_ends, motto_ends) + 8 * sheet.scale
    line_ends = second_row
    if left_line:
        line_ends = _centred(sheet, left_line, left, split, second_row, _LINE)
    sheet.y = max(line_ends, _centred(sheet, place_and_date, split, right, second_row, _PLACE))


def _rule_between(sheet: Sheet, x1: float, x2: float, y: float, half: float) -> None:
    """Draw a rule in the middle between x1 and x2, `half` points to either side."""
    middle = (x1 + x2) / 2
    sheet.rule(middle - half, middle + half, y)


def _centred(sheet: Sheet, text: str, x1: float, x2: float, y: float, style: Style) -> float:
    """Draw wrapped lines centred between x1 and x2 below `y`; return where they end."""
    step = style.line * sheet.scale
    sheet.tags.begin(style.role)
    for line in sheet.balanced_lines(text, style, x2 - x1 - 6):
        y += step
        sheet.text(line.rstrip(), (x1 + x2) / 2, y - step * 0.15, style)
    sheet.tags.end()
    return y


# --- signatures -----------------------------------------------------------------------------------

_TO_SIGN = 48.0
SIGNATURE_FIELD = "ChuKy"  # of the letter or notice; further ones in one file are numbered


@dataclass(frozen=True)
class Signature:
    """A block to be signed: heading (it may hold line breaks), how to sign, and the name.

    An empty one leaves its place free. `by_key`: it may be signed with a digital key, so that an
    empty field for that stands between heading and name.
    """

    heading: str = ""
    hint: str = ""
    name: str = ""
    by_key: bool = False

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
        if block.by_key:
            foot = sheet.height - y - _TO_SIGN * sheet.scale
            box = (x1 + 6, foot, x1 + wide - 6, sheet.height - y - 3)
            sheet.canvas.signature_field(SIGNATURE_FIELD, "Chữ ký số của người ký", box)
        _centred(sheet, block.name, x1, x1 + wide, y + _TO_SIGN * sheet.scale, _HEADING)
    sheet.y += high


def signing_room(sheet: Sheet, blocks: Sequence[Signature]) -> float:
    """Return the height of these signatures, in points of this page."""
    wide = sheet.room / len(blocks) - 6
    deepest = max(
        sum(
            len(sheet.balanced_lines(text, style, wide)) * style.line
            for text, style in block.lines()
        )
        for block in blocks
    )
    return (10 + deepest + _TO_SIGN) * sheet.scale
