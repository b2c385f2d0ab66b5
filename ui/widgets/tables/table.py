"""Base of the window's tables: Vietnamese order, copying, export, memory of widths and order.

Enter or a double click opens a line. Ctrl+← and Ctrl+→ choose the column that orders the lines,
Ctrl+↑ and Ctrl+↓ the direction. Ctrl+C copies the chosen lines, Ctrl+E asks for a file to export
all of them to.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _

Index = QModelIndex | QPersistentModelIndex
KEEP_MS = 800
_ORDERS = {
    Qt.Key.Key_Up: Qt.SortOrder.AscendingOrder,
    Qt.Key.Key_Down: Qt.SortOrder.DescendingOrder,
}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Memory(Protocol):
    """Memory of the tables' widths and order, and the export of their lines."""

    def recall(self, table: str) -> dict[str, Any]:
        """Return the stored layout of this table; {} for none."""

    def keep(self, table: str, layout: dict[str, Any]) -> None: ...

    def export(self, title: str, listing: Listing[Any]) -> None: ...


@dataclass(frozen=True)
class _Sorted:
    column: int
    order: Qt.SortOrder


class TableModel(QAbstractTableModel):
    """Rows under their columns as plain text, in the order they came in or in that of one column.

    Texts are made as they are painted: a column's functions read the row and nothing else.
    """

    def __init__(self, columns: Sequence[Column[Any]] = ()) -> None:
        super().__init__()
        self.columns = columns
        self.rows: Sequence[Any] = ()
        self._came: Sequence[Any] = ()
        self._sorted = _Sorted(-1, Qt.SortOrder.AscendingOrder)

    def fill(self, listing: Listing[Any]) -> None:
        """Show these rows, in the order chosen before."""
        self.beginResetModel()
        self.columns, self._came = listing.columns, listing.rows
        self._sort_again()
        self.endResetModel()

    @property
    def listing(self) -> Listing[Any]:
        """The rows as they stand now."""
        return Listing(self.columns, self.rows)

    def text(self, row: int, column: int) -> str:
        """The text of a cell."""
        return self.columns[column].value(self.rows[row])

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.columns[section].heading
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(index.row(), index.column())
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = _Sorted(column, order)
        self.layoutAboutToBeChanged.emit()
        self._sort_again()
        self.layoutChanged.emit()

    def _sort_again(self) -> None:
        """Put the rows that came in into the order chosen before."""
        column = self._sorted.column
        if 0 <= column < len(self.columns):
            backwards = self._sorted.order is Qt.SortOrder.DescendingOrder
            self.rows = sorted(self._came, key=self.columns[column].key, reverse=backwards)
        else:
            self.rows = self._came


class Table(QTableView):
    """A table of whole lines, which remembers under `name` how it was left."""

    memory: ClassVar[Memory | None] = None  # of who is at the desk; the window sets it

    def __init__(self, name: str, model: TableModel) -> None:
        super().__init__()
        self._lines = model
        self._name = name
        self._by_hand = True  # False while the program itself moves columns
        self.setModel(model)
        self.setAccessibleName(_(name))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._resized)
        header.sortIndicatorChanged.connect(self._changed)
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep_soon.timeout.connect(self.keep)
        self.doubleClicked.connect(lambda _index: self.open_line())

    def open_line(self) -> None:
        """Act on the current line; called by Enter."""
        raise NotImplementedError

    def make_sortable(self) -> None:
        """Lets the columns order the lines; until one is chosen they stay in the order they came
        in.
        """
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        with self.program_moves():
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)

    # --- widths -----------------------------------------------------------------------------------

    def fit(self) -> None:
        """Each column as wide as its words in the type of now, or as it was left."""
        with self.program_moves():
            self.fit_columns()
        self._recall_widths()

    def fit_columns(self) -> None:
        """Each column as wide as what stands in it and over it."""
        raise NotImplementedError

    def letters(self, count: float) -> int:
        """The width of so many letters, in points."""
        return round(count * self.fontMetrics().averageCharWidth())

    # --- remembering ------------------------------------------------------------------------------

    def rename(self, name: str) -> None:
        """Shows something else from now on, remembered under a name of its own."""
        self._name = name
        self.setAccessibleName(_(name))
        self.recall()

    def recall(self) -> None:
        """As it was left."""
        self._recall_widths()
        if self.isSortingEnabled():
            column, ascending = self._kept().get("order", (-1, True))
            orders = Qt.SortOrder
            with self.program_moves():
                self.sortByColumn(
                    column, orders.AscendingOrder if ascending else orders.DescendingOrder
                )

    def _kept(self) -> dict[str, Any]:
        return self.memory.recall(self._name) if self.memory else {}

    def _recall_widths(self) -> None:
        header = self.horizontalHeader()
        with self.program_moves():
            for column, letters in self._kept().get("letters", {}).items():
                if int(column) < header.count():
                    header.resizeSection(int(column), self.letters(letters))

    @contextmanager
    def program_moves(self) -> Iterator[None]:
        """Inside, columns move by the program's will: nothing of it is kept."""
        before, self._by_hand = self._by_hand, False
        yield
        self._by_hand = before

    def _resized(self, column: int) -> None:
        header = self.horizontalHeader()
        takes_the_rest = (
            header.stretchLastSection() and header.visualIndex(column) == header.count() - 1
        )
        if not takes_the_rest:  # which moves whenever the window does
            self._changed()

    def _changed(self) -> None:
        if self._by_hand and self.isVisible() and self.memory:
            self._keep_soon.start()

    def keep(self) -> None:
        """Keeps how it is now."""
        self._keep_soon.stop()
        header = self.horizontalHeader()
        letter = self.fontMetrics().averageCharWidth()
        widths = {  # in letters: another type size keeps what shows
            str(column): round(header.sectionSize(column) / letter, 2)
            for column in range(header.count())
            if header.sectionResizeMode(column) is QHeaderView.ResizeMode.Interactive
            if not header.isSectionHidden(column)
        }
        ascending = header.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        if self.memory:
            self.memory.keep(
                self._name, {"letters": widths, "order": [header.sortIndicatorSection(), ascending]}
            )

    # --- keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_line()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif control and key == Qt.Key.Key_E:
            self.export()
        elif control and self.isSortingEnabled() and (key in _STEPS or key in _ORDERS):
            self._order_by(key)
        else:
            super().keyPressEvent(event)

    def _order_by(self, key: Qt.Key) -> None:
        """Ctrl and an arrow: the next column that shows, or the direction."""
        header = self.horizontalHeader()
        shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
        now = header.sortIndicatorSection()
        if key in _STEPS:
            before = shown.index(now) if now in shown else -1 if _STEPS[key] > 0 else len(shown)
            self.sortByColumn(
                shown[(before + _STEPS[key]) % len(shown)], header.sortIndicatorOrder()
            )
        elif now in shown:
            self.sortByColumn(now, _ORDERS[key])

    def copy(self) -> None:
        """The chosen lines to the clipboard, a tab between cells: as a spreadsheet takes them."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = [self._lines.rows[row] for row in chosen]
        QGuiApplication.clipboard().setText(
            "\n".join(
                "\t".join(map(_one_line, cells))
                for cells in Listing(self._lines.columns, rows).cells()
            )
        )

    def export(self) -> None:
        """Every line, as shown, to a file that is asked for."""
        if self.memory and self._lines.rows:
            self.memory.export(self.accessibleName(), self._lines.listing)

    def choose_row(self, row: int) -> None:
        """The cursor on this line, and only this line chosen."""
        flags = QItemSelectionModel.SelectionFlag
        index = self._lines.index(row, max(0, self.currentIndex().column()))
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def _one_line(text: str) -> str:
    return " ".join(text.split())
