"""The key card: every key of the window on one A4, to lie beside the keyboard."""

from collections.abc import Sequence

from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.papers.layout.fonts import BOLD, width
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages

_SIZE = 8.5
_KEY = Style(font=BOLD, size=_SIZE)
_WORDS = Style(size=_SIZE)
_STEP = _SIZE * 1.28
_GAP = 18.0
_COLUMNS = 3


def key_card_pdf(title: str, groups: Sequence[KeyGroup]) -> bytes:
    """Return the card in _COLUMNS columns, in the language of its words."""
    return on_pages(title, "A4", [lambda sheet: _draw(sheet, title, groups)], margin_mm=12)


def _draw(sheet: Sheet, title: str, groups: Sequence[KeyGroup]) -> None:
    sheet.paragraph(title, Style(font=BOLD, size=15, align="centre"))
    top = sheet.y + 10
    wide = (sheet.room - _GAP * (_COLUMNS - 1)) / _COLUMNS
    column, y = 0, top
    for group in groups:
        lines = [
            (key, sheet.lines_of(words, _WORDS, wide - _key_room(group)))
            for key, words in group.keys
        ]
        high = _STEP * (1.6 + sum(len(words) for _, words in lines))
        if y + high > sheet.bottom and y > top:
            column, y = column + 1, top
        if column == _COLUMNS:
            sheet.new_page()
            column, y, top = 0, sheet.y + _STEP, sheet.y + _STEP
        y = _group(sheet, group, lines, sheet.left + column * (wide + _GAP), y, wide)


def _group(
    sheet: Sheet,
    group: KeyGroup,
    lines: Sequence[tuple[str, list[str]]],
    left: float,
    y: float,
    wide: float,
) -> float:
    """Draw one group at (left, y); return where the next one may begin."""
    y += _STEP
    sheet.text(group.title, left, y, Style(font=BOLD, size=_SIZE + 1))
    sheet.rule(left, left + wide, y + 3)
    y += 4
    for key, words in lines:
        sheet.text(key, left, y + _STEP, _KEY)
        for line in words:
            y += _STEP
            sheet.text(line, left + _key_room(group), y, _WORDS)
    return y + _STEP * 0.6


def _key_room(group: KeyGroup) -> float:
    return max(width(key, BOLD, _SIZE) for key, _ in group.keys) + 8
