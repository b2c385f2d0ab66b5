"""Columns of a list, declared once for the screen, the paper and the workbook."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from cchc_desk.domain.text.vietnamese import sort_key
from cchc_desk.i18n import _

Row = TypeVar("Row")
Sortable = str | bytes | float | Decimal | Fraction | date | None  # a datetime is a date
Cell = str | int | Decimal | Fraction | date | None


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A title and the text that stands under it for a row.

    On paper: `width` is the share of the table's width, `align` left, centre or right, `group` the
    title above this column and its neighbours, `below` the texts side by side under `value` in the
    same cell. On the screen and in the workbook: `short` is the title where the paper's is too
    long, `sort` the value that puts rows in order where the text would not. On the screen alone:
    `shown` is the text where `value` is too long or says too little alone; the tool tip and every
    copy have `value`.
    `cell`: in the workbook a number, a day, or a share (a Fraction) in place of the text.
    `personal`: it is about citizens, or why an official is away, so that such a list leaves the
    program only with a reason.
    """

    title: str
    value: Callable[[Row], str]
    width: float = 0.0
    align: str = "left"
    group: str = ""
    short: str = ""
    sort: Callable[[Row], Sortable] | None = None
    below: Callable[[Row], Sequence[str]] | None = None
    shown: Callable[[Row], str] | None = None
    cell: Callable[[Row], Cell] | None = None
    personal: bool = False

    @property
    def heading(self) -> str:
        """The title on the screen and in the workbook, in the language in use."""
        return _(self.short or self.title)

    def text(self, row: Row) -> str:
        """Return the text of its cell on the screen, on one line."""
        return " · ".join((self.shown or self.value)(row).split("\n"))

    def key(self, row: Row) -> tuple[bool, Any]:
        """Return the sort key: numbers by size, Vietnamese words in order, empty ones last."""
        value = self.sort(row) if self.sort else self.value(row)
        if value is None or value == "":
            return True, b""
        return False, sort_key(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """Rows under their columns."""

    columns: Sequence[Column[Row]]
    rows: Sequence[Row]

    @property
    def is_personal(self) -> bool:
        return any(column.personal for column in self.columns)

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    def cells(self) -> Iterator[list[str]]:
        """Yield the texts of each row, one under each heading."""
        for row in self.rows:
            yield [column.value(row) for column in self.columns]
