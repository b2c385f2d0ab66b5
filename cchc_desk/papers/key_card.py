"""The key card: every key of the window on one A4, to lie beside the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.papers.layout.fonts import BOLD, width
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)  # the largest type with which all keys stand on one page
_GAP = 18.0
_COLUMNS = 3
_UNDER_TITLE = 4.0


@dataclass(frozen=True)
class _Laid:
    """A group with its words cut to the width of a column, in type of one size."""

    group: KeyGroup
    size: float
    lines: Sequence[tuple[str, list[str]]]
    key_room: float

    @property
    def step(self) -> float:
        return self.size * 1.28

    @property
    def high(self) -> float:
        return self.step * (1.6 + sum(len(words) for _, words in self.lines))


def key_card_pdf(title: str, groups: Sequence[KeyGroup]) -> bytes:
    """Return the card in _COLUMNS columns, in the language of its words."""
    return on_pages(title, "A4", [lambda sheet: _draw(sheet, title, groups)], margin_mm=12)


def _draw(sheet: Sheet, title: str, groups: Sequence[KeyGroup]) -> None:
    sheet.paragraph(title, Style(font=BOLD, size=15, align="centre"))
    top = sheet.y + 10
    wide = (sheet.room - _GAP * (_COLUMNS - 1)) / _COLUMNS
    laid: list[_Laid] = []
    for size in _SIZES:
        laid = [_lay(sheet, group, size, wide) for group in groups]
        if _columns(laid, sheet.bottom - top) <= _COLUMNS:
            break
    column, y = 0, top
    for one in laid:
        if y + one.high > sheet.bottom and y > top:
            column, y = column + 1, top
        if column == _COLUMNS:
            sheet.new_page()
            column, y, top = 0, sheet.y + one.step, sheet.y + one.step
        y = _group(sheet, one, sheet.left + column * (wide + _GAP), y, wide)


def _lay(sheet: Sheet, group: KeyGroup, size: float, wide: float) -> _Laid:
    key_room = max(width(key, BOLD, size) for key, _ in group.keys) + 8
    style = Style(size=size)
    lines = [(key, sheet.lines_of(words, style, wide - key_room)) for key, words in group.keys]
    return _Laid(group, size, lines, key_room)


def _columns(laid: Sequence[_Laid], high: float) -> int:
    """Return how many columns of this height the groups need, none of them parted."""
    columns, filled = 1, 0.0
    for one in laid:
        if filled + one.high > high and filled:
            columns, filled = columns + 1, 0.0
        filled += one.high + _UNDER_TITLE
    return columns


def _group(sheet: Sheet, one: _Laid, left: float, y: float, wide: float) -> float:
    """Draw one group at (left, y); return where the next one may begin."""
    key_style, word_style = Style(font=BOLD, size=one.size), Style(size=one.size)
    y += one.step
    sheet.text(one.group.title, left, y, Style(font=BOLD, size=one.size + 1))
    sheet.rule(left, left + wide, y + 3)
    y += _UNDER_TITLE
    for key, words in one.lines:
        sheet.text(key, left, y + one.step, key_style)
        for line in words:
            y += one.step
            sheet.text(line, left + one.key_room, y, word_style)
    return y + one.step * 0.6
