"""A finished report: columns, rows of numbers, days and words, and the sum under them.

The screen, the paper, the workbook, the command line and the frozen months all read this table.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Generic, Self

from cchc_desk.domain.table import Cell, Column, Listing, Row
from cchc_desk.i18n import decimal_text

NOTHING = "—"  # a share of nothing is no share, never "100 %"


@dataclass(frozen=True)
class Head:
    """The title of a column; `name` is its name on the command line, `number` what stands under it.

    On paper: `width` is the share of the table's width, `group` the title above it and its
    neighbours. `personal`: it is about citizens. `numbers_rows`: the rows need no other number.
    """

    name: str
    title: str
    group: str = ""
    number: str = ""
    width: float = 0.08
    align: str = "centre"
    personal: bool = False
    numbers_rows: bool = False

    def unnumbered(self) -> Self:
        """Return the title without what stands under it."""
        return replace(self, number="")


@dataclass(frozen=True)
class ReportColumn(Generic[Row]):
    """A column of a report as it is declared: its title, and its value for a row."""

    head: Head
    value: Callable[[Row], Cell]


@dataclass(frozen=True)
class ReportRow:
    """A row of a finished report.

    `key` names what it is of: a group of dossiers, or one dossier by its code; None: the totals.
    """

    key: str | None
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class ReportTable:
    """A finished report's columns and rows."""

    heads: tuple[Head, ...]
    rows: tuple[ReportRow, ...]
    totals: ReportRow | None = None

    @property
    def all_rows(self) -> tuple[ReportRow, ...]:
        """The rows, and the totals under them."""
        return self.rows if self.totals is None else (*self.rows, self.totals)

    def listing(self) -> Listing[ReportRow]:
        """Return the table with its totals for screen, paper and workbook."""
        return Listing(
            tuple(_column(place, head) for place, head in enumerate(self.heads)), self.all_rows
        )

    def row(self, key: str) -> ReportRow:
        """Return the row of this key. Raises StopIteration."""
        return next(row for row in self.rows if row.key == key)

    def only(self, *names: str) -> "ReportTable":
        """Return the table with these columns alone. Raises ValueError for one it has not."""
        known = [head.name for head in self.heads]
        places = [known.index(name) for name in names]

        def chosen(row: ReportRow) -> ReportRow:
            return ReportRow(row.key, tuple(row.values[place] for place in places))

        return ReportTable(
            tuple(self.heads[place] for place in places),
            tuple(map(chosen, self.rows)),
            None if self.totals is None else chosen(self.totals),
        )

    def value(self, row: ReportRow, name: str) -> Cell:
        """Return the value of a row under the column of this name. Raises StopIteration."""
        place = next(place for place, head in enumerate(self.heads) if head.name == name)
        return row.values[place]


def table(
    columns: Sequence[ReportColumn[Row]],
    rows: Sequence[Row],
    key: Callable[[Row], str],
    totals: Row | None = None,
) -> ReportTable:
    """Return the finished table of these rows."""

    def finished(row: Row, key: str | None) -> ReportRow:
        return ReportRow(key, tuple(column.value(row) for column in columns))

    return ReportTable(
        tuple(column.head for column in columns),
        tuple(finished(row, key(row)) for row in rows),
        None if totals is None else finished(totals, None),
    )


def half_up(number: Fraction, digits: int) -> Decimal:
    """Return a number, not negative, with so many digits behind its comma; a half goes up."""
    return Decimal(math.floor(number * 10**digits + Fraction(1, 2))).scaleb(-digits)


def cell_text(value: Cell) -> str:
    """Return a value as people write it; a Fraction is a share, in per cent."""
    match value:
        case None:
            return NOTHING
        case Fraction():
            return f"{decimal_text(str(half_up(value * 100, 2)))}%"
        case Decimal():
            return decimal_text(str(value))
        case int():
            return f"{value:,}".replace(",", ".")
        case date():
            return f"{value:%d/%m/%Y}"
    return str(value)


def _column(place: int, head: Head) -> Column[ReportRow]:
    def value(row: ReportRow) -> Cell:
        return row.values[place]

    return Column(
        f"{head.title}\n{head.number}" if head.number else head.title,
        lambda row: cell_text(value(row)),
        head.width,
        head.align,
        head.group,
        short=f"{head.group}: {head.title}" if head.group else head.title,
        sort=value,
        cell=value,
        personal=head.personal,
    )
