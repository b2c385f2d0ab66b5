"""The key card: every key of the window on one A4, to lie beside the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.papers.layout.fonts import BOLD, width
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)  # points: the largest with which one page is enough
_GAP = 12.0
_COLUMNS = 4
_MARGIN = 10 * mm
_FEWEST = 4  # lines of a group that stand together at the foot of a column


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
        return self.size * 1.22

    def key_room(self, group: KeyGroup) -> float:
        return max(width(key, BOLD, self.size) for key, _ in group.keys) + 8


def key_card_pdf(about: Metadata, groups: Sequence[KeyGroup]) -> bytes:
    """Return the card in _COLUMNS columns under its title, in the language of its words."""
    return Drawing(about, "A4", [lambda sheet: _draw(sheet, about.title, groups)]).pdf()


def _draw(sheet: Sheet, title: str, groups: Sequence[KeyGroup]) -> None:
    sheet.top = sheet.y = 8 * mm  # no paper by NĐ 30: it lies beside the keyboard
    sheet.left, sheet.right = _MARGIN, sheet.width - _MARGIN
    sheet.bottom = sheet.height - _MARGIN
    sheet.paragraph(title, Style(font=BOLD, size=15, align="centre", role="H1"))
    top = sheet.y + 10
    wide = (sheet.room - _GAP * (_COLUMNS - 1)) / _COLUMNS
    sizes = [_Type(size) for size in _SIZES]
    fitting = (size for size in sizes if len(_columns(sheet, groups, size, top, wide)) <= _COLUMNS)
    type_ = next(fitting, sizes[-1])
    for number, column in enumerate(_columns(sheet, groups, type_, top, wide)):
        if number and number % _COLUMNS == 0:
            sheet.new_page()
            top = sheet.y + type_.step
        y = top
        for part in column:
            left = sheet.left + number % _COLUMNS * (wide + _GAP)
            y = _group(sheet, part, type_, left, y, wide)


_Lines = Sequence[tuple[str, list[str]]]


@dataclass(frozen=True)
class _Part:
    """Lines of a group that stand together, under its title or its title once more."""

    title: str
    room: float  # of the keys
    lines: _Lines


def _columns(
    sheet: Sheet, groups: Sequence[KeyGroup], type_: _Type, top: float, wide: float
) -> list[list[_Part]]:
    """Return the columns that the groups fill in this type; a long group goes on in the next."""
    columns: list[list[_Part]] = [[]]
    y = top
    for group in groups:
        title, lines = group.title, list(_lines(sheet, group, type_, wide))
        while lines:
            count = _fitting(lines, type_, sheet.bottom - y)
            if count < min(_FEWEST, len(lines)) and columns[-1]:
                columns.append([])
                y = top
                continue
            part = lines[: max(1, count)]
            columns[-1].append(_Part(title, type_.key_room(group), part))
            y += _height(part, type_) + 4  # the rule under the title
            title, lines = f"{group.title} …", lines[len(part) :]
    return columns


def _fitting(lines: _Lines, type_: _Type, room: float) -> int:
    """Return how many of the lines have room under their title."""
    counts = range(len(lines), 0, -1)
    return next((n for n in counts if _height(lines[:n], type_) <= room), 0)


def _lines(sheet: Sheet, group: KeyGroup, type_: _Type, wide: float) -> _Lines:
    room = wide - type_.key_room(group)
    return [(key, sheet.lines_of(words, type_.words, room)) for key, words in group.keys]


def _height(lines: _Lines, type_: _Type) -> float:
    return type_.step * (1.6 + sum(len(words) for _, words in lines))


def _group(sheet: Sheet, part: _Part, type_: _Type, left: float, y: float, wide: float) -> float:
    """Draw one part at (left, y); return where the next one may begin."""
    y += type_.step
    sheet.text(part.title, left, y, Style(font=BOLD, size=type_.size + 1, role="H2"))
    sheet.rule(left, left + wide, y + 3)
    y += 4
    sheet.tags.begin("L")
    for key, words in part.lines:
        with sheet.tags.element("LI"):
            sheet.text(key, left, y + type_.step, type_.key)
            for line in words:
                y += type_.step
                sheet.text(line, left + part.room, y, type_.words)
    sheet.tags.end()
    return y + type_.step * 0.6
