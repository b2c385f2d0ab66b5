"""Pictures of bars on paper, in greys that a black-and-white printer tells apart."""

from cchc_desk.domain.chart import Bar, Picture, Shape, Tone
from cchc_desk.papers.layout.fonts import REGULAR, drawable, width
from cchc_desk.papers.layout.sheet import Sheet

_SIZE = 9.5
_LINE = 13.0  # points from one line of words to the next
_HIGH = 96.0  # standing bars with their names and values
_BAR, _STEP = 11.0, 16.0  # a lying bar, from one to the next
_CELL = 15.0
_GREY = {Tone.GOOD: 0.82, Tone.PLAIN: 0.58, Tone.LATE: 0.15}
_NAMES = 0.4  # of the width, at most, for the names of lying bars


def height_of(picture: Picture) -> float:
    """Return how high a picture is, in points."""
    bars = len(picture.bars)
    if picture.shape is Shape.STANDING:
        return _HIGH
    if picture.shape is Shape.GRID:
        return (bars + 1) * _CELL
    return bars * _STEP + (_LINE if len(picture.parts) > 1 else 0)


def draw(sheet: Sheet, title: str, picture: Picture) -> None:
    """Draw a picture over the width of the page at the cursor; a screen reader has its values."""
    high = height_of(picture)
    sheet.keep(high)
    bottom = sheet.height - sheet.y - high
    box = (sheet.left, bottom, sheet.right, bottom + high)
    paint = {Shape.STANDING: _standing, Shape.LYING: _lying, Shape.GRID: _grid}[picture.shape]
    with sheet.tags.figure(f"{title}: {picture.in_words}", box):
        paint(sheet, picture)
        sheet.canvas.setFillGray(0)
    sheet.y += high


def _write(sheet: Sheet, text: str, x: float, y: float, align: float = 0.0) -> None:
    """Write words with their baseline at `y` from the top; `align` 0 starts, 0.5 centres at x."""
    text = drawable(text)
    sheet.canvas.setFillGray(0)
    x -= align * width(text, REGULAR, _SIZE)
    sheet.canvas.line_of_text(text, x, sheet.height - y, REGULAR, _SIZE, 0)


def _fill(sheet: Sheet, x: float, y: float, wide: float, high: float, grey: float) -> None:
    """Fill a rectangle whose lower edge is at `y` from the top."""
    sheet.canvas.setFillGray(grey)
    sheet.canvas.rect(x, sheet.height - y, wide, high, stroke=0, fill=1)


def _cut(text: str, room: float) -> str:
    """Return the words, or as many letters of them as there is room for."""
    if width(drawable(text), REGULAR, _SIZE) <= room:
        return text
    while text and width(drawable(f"{text}…"), REGULAR, _SIZE) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _top(picture: Picture) -> float:
    highest = max([*(bar.value for bar in picture.bars), picture.line or 0.0, 1e-9])
    return highest if picture.most is None else min(highest, picture.most)


def _standing(sheet: Sheet, picture: Picture) -> None:
    top, foot = _top(picture), sheet.y + _HIGH - _LINE
    room = sheet.room - (width(picture.line_text, REGULAR, _SIZE) + 6 if picture.line else 0)
    step, most = room / len(picture.bars), _HIGH - 2 * _LINE
    for number, bar in enumerate(picture.bars):
        x, low = sheet.left + number * step, foot
        for part in bar.parts:
            high = most * min(part.value, top) / top
            _fill(sheet, x + step * 0.2, low, step * 0.6, high, _GREY[part.tone])
            low -= high
        if picture.most is not None and bar.value > picture.most:
            _fill(sheet, x + step * 0.15, low + 12, step * 0.7, 3, 1)
        _write(sheet, bar.text, x + step / 2, low - 3, 0.5)
        _write(sheet, bar.short or bar.name, x + step / 2, foot + _LINE - 3, 0.5)
    canvas = sheet.canvas
    canvas.setLineWidth(0.5)
    canvas.line(sheet.left, sheet.height - foot, sheet.left + room, sheet.height - foot)
    if picture.line is not None:
        y = foot - most * picture.line / top
        canvas.setDash(3, 2)
        canvas.line(sheet.left, sheet.height - y, sheet.left + room, sheet.height - y)
        canvas.setDash()
        _write(sheet, picture.line_text, sheet.left + room + 4, y + 3)


def _names_wide(sheet: Sheet, bars: tuple[Bar, ...]) -> float:
    longest = max((width(drawable(bar.name), REGULAR, _SIZE) for bar in bars), default=0.0)
    return min(longest + 8, sheet.room * _NAMES)


def _lying(sheet: Sheet, picture: Picture) -> None:
    left, top, y = _names_wide(sheet, picture.bars), _top(picture), sheet.y
    if len(picture.parts) > 1 and picture.bars:
        y += _LINE
        _legend(sheet, picture, y - 3)
    beside = max((width(drawable(bar.text), REGULAR, _SIZE) for bar in picture.bars), default=0.0)
    room = sheet.room - left - beside - 8
    for bar in picture.bars:
        y += _STEP
        x = sheet.left + left
        _write(sheet, _cut(bar.name, left - 6), sheet.left, y - 3)
        for part in bar.parts:
            wide = room * part.value / top
            _fill(sheet, x, y, wide, _BAR, _GREY[part.tone])
            x += wide
        _write(sheet, bar.text, x + 5, y - 3)


def _legend(sheet: Sheet, picture: Picture, y: float) -> None:
    x = sheet.left
    for name, part in zip(picture.parts, picture.bars[0].parts, strict=True):
        _fill(sheet, x, y + 1, 8, 8, _GREY[part.tone])
        _write(sheet, name, x + 11, y)
        x += 11 + width(drawable(name), REGULAR, _SIZE) + 14


def _grid(sheet: Sheet, picture: Picture) -> None:
    left = _names_wide(sheet, picture.bars)
    step = (sheet.room - left) / max(1, len(picture.parts))
    most = max((part.value for bar in picture.bars for part in bar.parts), default=0.0) or 1.0
    for place, name in enumerate(picture.parts):
        _write(sheet, name, sheet.left + left + (place + 0.5) * step, sheet.y + _CELL - 4, 0.5)
    for number, bar in enumerate(picture.bars, 2):
        y = sheet.y + number * _CELL
        _write(sheet, bar.name, sheet.left, y - 4)
        for place, part in enumerate(bar.parts):
            x = sheet.left + left + place * step
            _fill(sheet, x + 1, y - 1, step - 2, _CELL - 2, 0.97 - 0.45 * part.value / most)
            if part.value:
                _write(sheet, part.text, x + step / 2, y - 4, 0.5)
