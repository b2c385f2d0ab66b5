"""The key card: every key of the window on one A4, to lie beside the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.papers.layout.fonts import BOLD, width
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)  # points: the largest with which one page is enough
_GAP = 18.0
_COLUMNS = 3


@dataclass(frozen=True)
class _Type:
    """One size of type, with the styles and the step from line to line that go with it."""

    size: float

    @property
    def key(self) -> Style:
        return Style(font=BOLD, size=self.size)

    @property
    def words(self) -> Style:
        return Style(size=self.size)

    @property
    def step(self) -> float:
        return self.size * 1.28

    def key_room(self, group: KeyGroup) -> float:
        return max(width(key, BOLD, self.size) for key, _ in group.keys) + 8


def key_card_pdf(title: str, groups: Sequence[KeyGroup]) -> bytes:
    """Return the card in _COLUMNS columns, in the language of its words."""
    return on_pages(title, "A4", [lambda sheet: _draw(sheet, title, groups)], margin_mm=12)


def _draw(sheet: Sheet, title: str, groups: Sequence[KeyGroup]) -> None:
    sheet.paragraph(title, Style(font=BOLD, size=15, align="centre"))
    top = sheet.y + 10
    wide = (sheet.room - _GAP * (_COLUMNS - 1)) / _COLUMNS
    sizes = [_Type(size) for size in _SIZES]
    fitting = (size for size in sizes if _columns(sheet, groups, size, top, wide) <= _COLUMNS)
    type_ = next(fitting, sizes[-1])
    column, y = 0, top
    for group in groups:
        lines = _lines(sheet, group, type_, wide)
        if y + _height(lines, type_) > sheet.bottom and y > top:
            column, y = column + 1, top
        if column == _COLUMNS:
            sheet.new_page()
            column, y, top = 0, sheet.y + type_.step, sheet.y + type_.step
        y = _group(sheet, group, lines, type_, sheet.left + column * (wide + _GAP), y, wide)


_Lines = Sequence[tuple[str, list[str]]]


def _columns(
    sheet: Sheet, groups: Sequence[KeyGroup], type_: _Type, top: float, wide: float
) -> int:
    """Return how many columns of one page the groups would fill in this type."""
    column, y = 1, top
    for group in groups:
        high = _height(_lines(sheet, group, type_, wide), type_)
        if y + high > sheet.bottom and y > top:
            column, y = column + 1, top
        y += high + 4  # the rule under the title
    return column


def _lines(sheet: Sheet, group: KeyGroup, type_: _Type, wide: float) -> _Lines:
    room = wide - type_.key_room(group)
    return [(key, sheet.lines_of(words, type_.words, room)) for key, words in group.keys]


def _height(lines: _Lines, type_: _Type) -> float:
    return type_.step * (1.6 + sum(len(words) for _, words in lines))


def _group(
    sheet: Sheet,
    group: KeyGroup,
    lines: _Lines,
    type_: _Type,
    left: float,
    y: float,
    wide: float,
) -> float:
    """Draw one group at (left, y); return where the next one may begin."""
    y += type_.step
    sheet.text(group.title, left, y, Style(font=BOLD, size=type_.size + 1))
    sheet.rule(left, left + wide, y + 3)
    y += 4
    for key, words in lines:
        sheet.text(key, left, y + type_.step, type_.key)
        for line in words:
            y += type_.step
            sheet.text(line, left + type_.key_room(group), y, type_.words)
    return y + type_.step * 0.6
