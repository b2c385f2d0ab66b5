"""Columns of a list, declared once for the screen, the paper and the workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A title and the text that stands under it for a row.

    On paper: `width` is the share of the table's width, `align` left, centre or right, `group` the
    title above this column and its neighbours. `short` is the title on the screen where the
    paper's is too long for it.
    """

    title: str
    value: Callable[[Row], str]
    width: float = 0.0
    align: str = "left"
    group: str = ""
    short: str = ""

    @property
    def screen_title(self) -> str:
        return self.short or self.title


def cells(columns: Sequence[Column[Row]], row: Row) -> tuple[str, ...]:
    """The texts of a row, one for each column."""
    return tuple(column.value(row) for column in columns)
