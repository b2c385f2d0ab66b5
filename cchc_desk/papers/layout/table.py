"""Ruled tables: rows under their columns, cut over pages, titles again on each."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from cchc_desk.domain.table import Column, Row
from cchc_desk.papers.layout.fonts import BOLD, REGULAR, width
from cchc_desk.papers.layout.sheet import Sheet, Style
from cchc_desk.papers.layout.tags import Element

Laid = list[list[str]]  # a cell's lines; of a cell in two storeys, above and then each text below
_PAD = 3.0


def table(
    sheet: Sheet,
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    number: Column[int] | None = None,
    size: float = 12,
    head_size: float | None = None,
    below: float = 0,
) -> None:
    """Draw a ruled table; a row that does not fit goes on a new page, under the titles again.

    Cells may hold line breaks. `number` is a first column for the numbers of the rows, from 1.
    A row over a third of a page begins where it stands and goes on with the words that are left, no
    fewer than three lines on either page. The last of several rows, or its last three lines, stand
    on the same page as the `below` points that follow the table.
    """
    ruled = _Table(
        sheet, columns if number is None else (number, *columns), size, head_size or size
    )
    laid = [
        [*([] if number is None else [ruled.cell(number, place)]), *ruled.cells(columns, row)]
        for place, row in enumerate(rows, 1)
    ]
    if not ruled.fits(ruled.head + (ruled.beginning(laid[0]) if laid else 0)):
        sheet.new_page()
    ruled.begin()
    for place, cells in enumerate(laid, 1):
        _draw_row(ruled, cells, below if place == len(laid) > 1 else 0)
    sheet.tags.end()


def largest_size(
    sheet: Sheet, columns: Sequence[Column[Row]], rows: Sequence[Row], sizes: Sequence[float]
) -> float:
    """Return the first of `sizes`, the largest first, at which no word is cut; else the last."""
    pad = 2 * _PAD * sheet.scale
    most = min(
        (column.width * sheet.room - pad) / _widest_word(column, rows) / sheet.scale
        for column in columns
    )
    return next((size for size in sizes if size <= most), sizes[-1])


def _widest_word(column: Column[Row], rows: Sequence[Row]) -> float:
    """Return the points that the widest word of a column takes at size 1; a hyphen parts words."""
    words = {REGULAR: {word for row in rows for word in _words(column.value(row))}}
    words[BOLD] = set(_words(column.title))
    found = (width(word, font, 1) for font, some in words.items() for word in some)
    return max(found, default=0) or 1


def _words(text: str) -> list[str]:
    return re.split(r"\s|(?<=-)", text)


class _Table:
    """Lays out, cuts and draws the rows of one table."""

    def __init__(
        self, sheet: Sheet, columns: Sequence[Column[Any]], size: float, head_size: float
    ) -> None:
        self.sheet, self.columns, self.size, self.head_size = sheet, columns, size, head_size
        self.step, self.pad = size * sheet.scale * 1.15, _PAD * sheet.scale
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
        self._heads: list[Element] = []

    def _wide(self, column: Column[Any]) -> float:
        return column.width * self.sheet.room

    def _lines(self, text: str, wide: float, font: str) -> list[str]:
        style, room = Style(font=font, size=self.size), wide - 2 * self.pad
        return [
            line for part in text.split("\n") for line in self.sheet.lines_of(part, style, room)
        ]

    def _title(self, column: Column[Any]) -> list[str]:
        style, room = Style(font=BOLD, size=self.head_size), self._wide(column) - 2 * self.pad
        return [
            line
            for part in column.title.split("\n")
            for line in self.sheet.balanced_lines(part, style, room)
        ]

    def cell(self, column: Column[Row], row: Row) -> Laid:
        """Return a cell in the lines that it takes."""
        wide = self._wide(column)
        above = self._lines(column.value(row), wide, REGULAR)
        texts = column.below(row) if column.below else ()
        return [above, *(self._lines(text, wide / len(texts), REGULAR) for text in texts)]

    def cells(self, columns: Sequence[Column[Row]], row: Row) -> list[Laid]:
        return [self.cell(column, row) for column in columns]

    def _box(self, lines: Iterable[list[str]]) -> float:
        """Return the height of the texts side by side."""
        return max(map(len, lines)) * self.step + 2 * self.pad

    def height(self, row: Sequence[Laid]) -> float:
        return max(self._box(cell[:1]) + (self._box(cell[1:]) if cell[1:] else 0) for cell in row)

    def beginning(self, row: Sequence[Laid]) -> float:
        """Return the height that must stand together: a whole row, or the beginning of a long one.

        Of one over a third of a page that is three lines, and any cell in two storeys whole.
        """
        whole = self.height(row)
        if whole <= (self.sheet.bottom - self.sheet.top - self.head) / 3:
            return whole
        return max(
            self.height([cell]) if len(cell) > 1 else self._box([cell[0][:3]]) for cell in row
        )

    def cut(self, row: Sequence[Laid]) -> tuple[list[Laid], list[Laid]] | None:
        """Return the lines of a row for this page, one at least, and those for the next, three.

        None where nothing can be left for the next.
        """
        fitting = int((self.sheet.bottom - self.sheet.y - 2 * self.pad) / self.step)
        longest = max((len(cell[0]) for cell in row if len(cell) == 1), default=0)
        fitting = max(1, min(fitting, longest - 3))
        if longest <= fitting:
            return None
        now: list[Laid] = []
        left: list[Laid] = []
        for cell in row:
            now.append([cell[0][:fitting]] if len(cell) == 1 else cell)
            left.append([cell[0][fitting:]] if len(cell) == 1 else [[]])
        return now, left

    def fits(self, height: float) -> bool:
        """Return True when so many points fit on the rest of this page."""
        return self.sheet.y + height <= self.sheet.bottom

    def new_page(self) -> None:
        self.sheet.new_page()
        with self.sheet.tags.artifact():  # the titles are read once
            self.titles()

    def begin(self) -> None:
        """Begin the table with its titles."""
        tags = self.sheet.tags
        tags.begin("Table")
        upper = tags.add(Element("TR", None))
        lower = tags.add(Element("TR", None)) if self._over else upper
        for name, members in self._groups:
            if name:
                over = Element("TH", upper, scope="Column", columns=len(members))
                self._heads.append(tags.add(over))
            deep = 2 if self._over and not name else 1
            for _member in members:
                title = Element("TH", lower if name else upper, scope="Column", rows=deep)
                self._heads.append(tags.add(title))
        self.titles()

    def tagged_row(self) -> list[Element]:
        """Return the cells of one more row, which may go on upon the next page."""
        tags = self.sheet.tags
        row = tags.add(Element("TR", None))
        return [tags.add(Element("TD", row)) for _column in self.columns]

    def titles(self) -> None:
        """Draw the head: one row, or two where columns stand in groups."""
        sheet, x, titled = self.sheet, self.sheet.left, iter(self._titles)
        heads = iter(self._heads)
        for name, members in self._groups:
            if name:
                self._cell(
                    next(heads),
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
                    next(heads),
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

    def draw(self, row: Sequence[Laid], tagged: Sequence[Element]) -> None:
        sheet, x, high = self.sheet, self.sheet.left, self.height(row)
        for column, element, (above, *below) in zip(self.columns, tagged, row, strict=True):
            wide, top = self._wide(column), sheet.y
            upper = self._box([above]) if below else high
            self._cell(element, above, x, top, wide, upper, column.align, REGULAR)
            for number, lines in enumerate(below):
                part = wide / len(below)
                left, down = x + number * part, high - upper
                self._cell(element, lines, left, top + upper, part, down, "centre", REGULAR)
            x += wide
        sheet.y += high

    def _cell(
        self,
        element: Element,
        lines: list[str],
        x: float,
        top: float,
        wide: float,
        high: float,
        align: str,
        font: str,
    ) -> None:
        """Draw one ruled cell; titles stand in its middle, texts at its top."""
        sheet, step = self.sheet, self.step
        # Written as it is: ReportLab's rectangle takes a third of a long list's time.
        foot = sheet.height - top - high
        sheet.tags.draw_artifact(f"0.5 w {x:.3f} {foot:.3f} {wide:.3f} {high:.3f} re S")
        at = {"left": x + self.pad, "centre": x + wide / 2, "right": x + wide - self.pad}[align]
        y = top + self.pad
        if font == BOLD:
            y += (high - 2 * self.pad - len(lines) * step) / 2
        style = Style(font=font, size=self.head_size if font == BOLD else self.size, align=align)
        sheet.tags.enter(element)
        for number, line in enumerate(lines, 1):
            shown = line if align == "left" else line.rstrip()
            sheet.text(shown, at, y + number * step - step * 0.2, style)
        sheet.tags.leave()


def _draw_row(ruled: _Table, cells: Sequence[Laid], below: float) -> None:
    """Draw one row, on several pages where it is long; `below` points are kept free after it."""
    tagged = ruled.tagged_row()
    splits = ruled.beginning(cells) < ruled.height(cells)
    if not ruled.fits(ruled.beginning(cells) + (0 if splits else below)):
        ruled.new_page()
    while not ruled.fits(ruled.height(cells) + (below if splits else 0)):
        if (parts := ruled.cut(cells)) is None:
            break
        now, cells = parts
        ruled.draw(now, tagged)
        ruled.new_page()
    ruled.draw(cells, tagged)
