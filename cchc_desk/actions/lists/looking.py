"""The tables of a file as the clerk sees them, to say which one it is and what its columns hold."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desk.actions.lists.known import shipped
from cchc_desk.domain.lists.guesses import (
    HEADING_ROWS,
    GuessedColumn,
    guess_columns,
    guess_heading,
)
from cchc_desk.domain.permissions import Permission
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.sheets.containers import Limits, read_container
from cchc_desk.sheets.read import read_bytes

_LOOKED_AT = 80  # first rows of a table
Cells = tuple[str | float | datetime, ...]


@dataclass(frozen=True)
class SheetLook:
    """The first rows of one table; `rows` are numbered as a spreadsheet counts."""

    name: str
    rows: tuple[tuple[int, Cells], ...]

    def heading(self) -> int:
        """Return the place of the row that most looks like a heading."""
        return guess_heading([cells for _number, cells in self.rows], shipped())

    def headings(self) -> tuple[int, ...]:
        """Return the numbers of the rows that may be the heading."""
        return tuple(number for number, _cells in self.rows[:HEADING_ROWS])

    def columns(self, heading: int) -> list[GuessedColumn]:
        """Return the columns under the heading at this place, with what they probably hold."""
        return guess_columns([cells for _number, cells in self.rows], heading, shipped())


def look_into(desk: Desk, file: Path, work: LongWork) -> tuple[SheetLook, ...]:
    """Return the tables of a file that have rows; nothing is read as a list.

    Raises as containers.read_container() and read.read_bytes().
    """
    desk.require(Permission.READ)
    container = read_container(read_bytes(file, Limits()), work=work)
    return tuple(
        SheetLook(sheet.name, tuple((row.number, row.cells) for row in sheet.rows[:_LOOKED_AT]))
        for sheet in container.sheets
        if sheet.rows
    )
