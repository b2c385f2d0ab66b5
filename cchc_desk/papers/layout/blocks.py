"""Blocks that papers share: the header by NĐ 30/2020, and the signatures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cchc_desk.papers.layout.fonts import BOLD, ITALIC, drawable, width
from cchc_desk.papers.layout.sheet import Sheet, Style

_COMMITTEE = re.compile("(?:ỦY|UỶ) BAN NHÂN DÂN")


@dataclass(frozen=True)
class Agency:
    """The agency that writes, in bold in the header, and the agency above it, in plain capitals."""

    above: str
    name: str

    @property
    def full_name(self) -> str:
        """The agency with the one above it, as an archive knows it from others of its name."""
        return ", ".join(filter(None, (self.name, self.above)))

    @property
    def above_line(self) -> str:
        """The agency above in capitals, «UBND …» as NĐ 30 allows; "" for none."""
        return _COMMITTEE.sub("UBND", self.above.upper())


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_SMALL, _SMALL_BOLD = Style(size=12, align="centre"), Style(font=BOLD, size=12, align="centre")
_LINE, _PLACE = Style(size=13, align="centre"), Style(font=ITALIC, size=13, align="centre")
_HEADING = Style(font=BOLD, size=13, align="centre")
_HINT = Style(font=ITALIC, size=12, align="centre")


def header(
    sheet: Sheet, agency: Agency, left_line: str, place_and_date: str, subject: str = ""
) -> float:
    """Draw the head by NĐ 30/2020/NĐ-CP, Phụ lục I: two columns of two rows, inside the margins.

    Agency and number stand left, quốc hiệu and place with date right. The agency above is written
    «UBND …», as NĐ 30 allows. Of a letter the subject stands under its number. Returns the y of the
    second row.
    """
    left, split, right = sheet.left, sheet.left + sheet.room * 0.44, sheet.right
    name, above_ends = agency.name.upper(), sheet.y
    if agency.above:
        above_ends = _centred(sheet, agency.above_line, left, split, sheet.y, _SMALL)
    name_ends = _centred(sheet, name, left, split, above_ends, _SMALL_BOLD)
    longest = min((split - left) * 0.6, width(name, BOLD, _SMALL_BOLD.size * sheet.scale))
    _rule_between(sheet, left, split, name_ends + 4, longest / 5)
    nation_ends = _centred(sheet, NATION, split, right, sheet.y, _fitting(sheet, right - split))
    motto_ends = _centred(sheet, MOTTO, split, right, nation_ends, _HEADING)
    long = width(MOTTO, BOLD, _HEADING.size * sheet.scale)
    _rule_between(sheet, split, right, motto_ends + 4, long / 2)
    second_row = max(name_ends, motto_ends) + 10 * sheet.scale
    line_ends = second_row
    if left_line:
        line_ends = _centred(sheet, left_line, left, split, second_row, _LINE)
    if subject:
        line_ends = _centred(sheet, subject, left, split, line_ends + 3 * sheet.scale, _SMALL)
    # A long place begins further left, beside a number that is short.
    dated = width(drawable(place_and_date), ITALIC, _PLACE.size * sheet.scale) + 7
    begins = max(min(split, right - dated), sheet.left + sheet.room * 0.34)
    sheet.y = max(line_ends, _centred(sheet, place_and_date, begins, right, second_row, _PLACE))
    return second_row


def _fitting(sheet: Sheet, room: float) -> Style:
    """Return the look of the quốc hiệu, small enough to stand on one line."""
    long = width(NATION, BOLD, _SMALL_BOLD.size * sheet.scale) + 7
    return replace(_SMALL_BOLD, size=_SMALL_BOLD.size * min(1, room / long))


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

_TO_SIGN, _TO_STAMP = 48.0, 85.0  # points (17 and 30 mm): a seal of 36 mm covers part of the name
SIGNATURE_FIELD = "ChuKy"  # of the letter or notice; further ones in one file are numbered


@dataclass(frozen=True)
class Signature:
    """A block to be signed: heading (it may hold line breaks), how to sign, and the name.

    An empty one leaves its place free; `stamped` leaves room for the seal too. `by_key`: it may be
    signed with a digital key, so that an empty field for that stands between heading and name.
    """

    heading: str = ""
    hint: str = ""
    name: str = ""
    stamped: bool = False
    by_key: bool = False

    @property
    def to_sign(self) -> float:
        """The room between heading and name, in points of A4."""
        return _TO_STAMP if self.stamped else _TO_SIGN

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
        name_above = y + block.to_sign * sheet.scale
        if block.by_key:
            box = (x1 + 6, sheet.height - name_above, x1 + wide - 6, sheet.height - y - 3)
            sheet.canvas.signature_field(SIGNATURE_FIELD, "Chữ ký số của người ký", box)
        _centred(sheet, block.name, x1, x1 + wide, name_above, _HEADING)
    sheet.y += high


def signing_room(sheet: Sheet, blocks: Sequence[Signature]) -> float:
    """Return the height of these signatures, in points of this page."""
    wide = sheet.room / len(blocks) - 6
    deepest = max(
        sum(
            len(sheet.balanced_lines(text, style, wide)) * style.line
            for text, style in block.lines()
        )
        + block.to_sign
        for block in blocks
    )
    return (10 + deepest) * sheet.scale
