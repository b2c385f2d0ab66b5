"""A table of plain lines: one column after the other as wide as it must be, Enter chooses a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cchc_desk.language import _

Index = QModelIndex | QPersistentModelIndex
_WIDEST = 330  # points; a longer cell is shown whole in its tooltip


@dataclass(frozen=True)
class Line:
    """One line; `opens` says what is behind it (such as the code of a dossier), "" for nothing."""

    cells: tuple[str, ...]
    opens: str = ""


class LineModel(QAbstractTableModel):
    """The lines, shown as plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[str] = ()
        self.lines: Sequence[Line] = ()

    def fill(self, columns: Sequence[str], lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.columns, self.lines = columns, lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _(self.columns[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.lines[index.row()].cells[index.column()]
        return None


class LineTable(QTableView):
    """The table; Enter or a double click chooses what is behind the line."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model_ = LineModel()
        self.setModel(self.model_)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)  # a few lines even on a small screen
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(lambda _: self._open())

    def fill(self, columns: Sequence[str], lines: Sequence[Line]) -> None:
        """Shows the lines, each column as wide as its longest cell, within reason."""
        self.model_.fill(columns, lines)
        self.resizeColumnsToContents()
        for column in range(len(columns)):
            self.setColumnWidth(column, min(self.columnWidth(column) + 8, _WIDEST))
        if lines:
            self.selectRow(0)

    def current(self) -> Line | None:
        row = self.currentIndex().row()
        return self.model_.lines[row] if 0 <= row < len(self.model_.lines) else None

    def _open(self) -> None:
        line = self.current()
        if line and line.opens:
            self.chosen.emit(line.opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)
