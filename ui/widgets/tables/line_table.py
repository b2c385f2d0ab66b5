"""A table of plain lines: one column after the other as wide as it must be, Enter chooses a
line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from cchc_desk.domain.text.vietnamese import sort_key
from cchc_desk.i18n import _
from ui.widgets.tables.table import Table, TableModel

_WIDEST = 48  # letters; a longer cell is shown whole in its tooltip
_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})(?: (\d\d):(\d\d))?")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Line:
    """One line; `opens` says what is behind it (such as the code of a dossier), "" for nothing."""

    cells: tuple[str, ...]
    opens: str = ""


def cell_key(text: str) -> tuple[int, Any]:
    """What puts cells in order: numbers by size, dates by time, words by the Vietnamese alphabet,
    empty ones last.
    """
    date = _DATE.match(text)
    if date:
        day, month, year, hour, minute = date.groups()
        return 1, (year, month, day, hour or "", minute or "")
    if _NUMBER.fullmatch(text):
        return 0, int(text)
    return (2, sort_key(text)) if text else (3, b"")


class LineModel(TableModel):
    """The lines, with columns named by messages of the catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[str] = ()
        self.lines: Sequence[Line] = ()
        self._came: Sequence[Line] = ()

    def fill(self, columns: Sequence[str], lines: Sequence[Line]) -> None:
        """Shows the lines; ValueError where one has more or fewer cells than there are columns."""
        for line in lines:
            if len(line.cells) != len(columns):
                raise ValueError(f"{len(line.cells)} cells under {len(columns)} columns")
        self.beginResetModel()
        self.columns, self._came = columns, lines
        self.sort_again()
        self.endResetModel()

    def titles(self) -> list[str]:
        return [_(column) for column in self.columns]

    def width(self) -> int:
        return len(self.columns)

    def text(self, row: int, column: int) -> str:
        return self.lines[row].cells[column]

    def count(self) -> int:
        return len(self.lines)

    def key(self, row: int, column: int) -> Any:
        return cell_key(self.lines[row].cells[column])

    def arrange(self, order: list[int]) -> None:
        self.lines = [self.lines[row] for row in order] if order else self._came


class LineTable(Table):
    """The table; Enter or a double click chooses what is behind a line. `ordered`: the lines stay
    in their order.
    """

    chosen = Signal(str)

    def __init__(self, name: str, *, ordered: bool = False) -> None:
        self.model_ = LineModel()
        super().__init__(name, self.model_)
        self.setMinimumHeight(
            self.fontMetrics().lineSpacing() * 6
        )  # a few lines even on a small screen
        self._needed = 0  # points, by all columns
        if not ordered:
            self.make_sortable()

    def fill(self, columns: Sequence[str], lines: Sequence[Line]) -> None:
        """Shows the lines, each column as wide as its longest cell; the cursor stays on its line
        where it is there.
        """
        before = self.current()
        self.model_.fill(columns, lines)
        self.fit()
        self.recall()
        if lines:
            opens = [line.opens for line in self.model_.lines]
            self.choose_row(opens.index(before.opens) if before and before.opens in opens else 0)

    def fit_columns(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self.resizeColumnsToContents()
        for column in range(header.count()):
            most = max(self.letters(_WIDEST), header.sectionSizeHint(column))
            self.setColumnWidth(column, min(self.columnWidth(column) + 8, most))
        self._needed = header.length()
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        with self.program_moves():
            self._stretch()
            super().resizeEvent(event)

    def _stretch(self) -> None:
        """The last column takes what room is left; where there is none the lines scroll, and none
        is squeezed.
        """
        self.horizontalHeader().setStretchLastSection(self._needed <= self.viewport().width())

    def current(self) -> Line | None:
        row = self.currentIndex().row()
        return self.model_.lines[row] if 0 <= row < len(self.model_.lines) else None

    def open_line(self) -> None:
        line = self.current()
        if line and line.opens:
            self.chosen.emit(line.opens)
