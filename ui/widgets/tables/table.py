"""Base of the window's tables: Vietnamese order, copying, export, memory of widths and order.

Enter or a double click opens a line. Ctrl+← and Ctrl+→ choose the column that orders the lines,
Ctrl+↑ and Ctrl+↓ the direction. Ctrl+C copies the chosen lines, Ctrl+E asks for a file to export
all of them to, Ctrl+P shows them on paper, Alt+O which columns show. The menu of a line (right
button, Menu key, Shift+F10) and that of the heads have all of it for the mouse.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QToolButton,
    QWidget,
)

from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _
from ui.look import style, texts
from ui.widgets import clipboard

Index = QModelIndex | QPersistentModelIndex
KEEP_MS = 800
_AROUND_ROW = 9  # points above and below the words of a line, together
_ORDERS = {
    Qt.Key.Key_Up: Qt.SortOrder.AscendingOrder,
    Qt.Key.Key_Down: Qt.SortOrder.DescendingOrder,
}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_REASON = 70  # letters of it beside an act that cannot be done; the tool tip has the whole


@dataclass(frozen=True)
class MenuAct:
    """An act in the menu of a line, with the key that does it too; `why_not` dims it."""

    words: str
    key: str
    do: Callable[[], None]
    why_not: str | None = None


Offered = Callable[[Sequence[MenuAct]], None]


def acts_of(buttons: Iterable[QAbstractButton]) -> list[MenuAct]:
    """Return the acts of a page's buttons for the menu of its line, grey ones with their reason."""
    return [
        MenuAct(
            str(one.property("words")),
            str(one.property("key")),
            one.click,
            None if one.isEnabled() else one.toolTip(),
        )
        for one in buttons
        if not one.isHidden()
    ]


class Memory(Protocol):
    """Memory of the tables' widths, order and columns; their lines as a file and on paper."""

    def recall(self, table: str) -> dict[str, Any]:
        """Return the stored layout of this table; {} for none."""

    def keep(self, table: str, layout: dict[str, Any]) -> None: ...

    def export(self, title: str, listing: Listing[Any]) -> None: ...

    def show_paper(self, title: str, listing: Listing[Any]) -> None: ...


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
        self._shown: dict[tuple[int, int], str] = {}  # by place: painted again and again
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
        """The whole text of a cell, of which the screen may show less."""
        return self.columns[column].value(self.rows[row])

    def shown(self, row: int, column: int) -> str:
        """The text of a cell as the screen shows it."""
        place = row, column
        if place not in self._shown:
            self._shown[place] = self.columns[column].text(self.rows[row])
        return self._shown[place]

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return _aligned(self.columns[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role == _DISPLAY:
            return self.shown(index.row(), index.column())
        if role == _TIP:
            return texts.tip(self.text(index.row(), index.column()))
        if role == _ALIGNMENT:
            return _aligned(self.columns[index.column()])
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = _Sorted(column, order)
        self.layoutAboutToBeChanged.emit()
        self._sort_again()
        self.layoutChanged.emit()

    def _sort_again(self) -> None:
        """Put the rows that came in into the order chosen before."""
        self._shown.clear()
        column = self._sorted.column
        if 0 <= column < len(self.columns):
            backwards = self._sorted.order is Qt.SortOrder.DescendingOrder
            self.rows = sorted(self._came, key=self.columns[column].key, reverse=backwards)
        else:
            self.rows = self._came


def _aligned(column: Column[Any]) -> Qt.AlignmentFlag:
    return _SIDES.get(column.align, _LEFT)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_SIDES = {
    "right": Qt.AlignmentFlag.AlignRight | _MIDDLE,
    "centre": Qt.AlignmentFlag.AlignHCenter | _MIDDLE,
}
# As numbers: a cell is asked ten times for each painting, and an enum compares slowly.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)


class Heads(QHeaderView):
    """The heads of the columns; none is written under the button at their right end."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)  # no name is cut through a letter

    def sectionSizeFromContents(self, section: int) -> QSize:
        """With room for the button, where the section is the last one shown."""
        size = super().sectionSizeFromContents(section)
        after = range(self.visualIndex(section) + 1, self.count())
        if all(self.isSectionHidden(self.logicalIndex(place)) for place in after):
            size.setWidth(size.width() + size.height())
        return size

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        button = self.viewport().width() - rect.height()
        if rect.left() < button < rect.right():
            rect = QRect(rect.left(), rect.top(), button - rect.left(), rect.height())
        super().paintSection(painter, rect, section)


class Table(QTableView):
    """A table of whole lines, which remembers under `name` how it was left.

    `acts_of_line`, where a page sets it, hands the acts on the chosen lines to its argument, at
    once or when they are known.
    """

    memory: ClassVar[Memory | None] = None  # of who is at the desk; the window sets it
    heads: ClassVar[type[Heads]] = Heads

    def __init__(self, name: str, model: TableModel) -> None:
        super().__init__()
        self._lines = model
        self._name, self._part = name, ""
        self._by_hand = True  # False while the program itself moves columns
        self.acts_of_line: Callable[[Offered], None] | None = None
        self.crowded: frozenset[int] = frozenset()  # columns for which there is no room
        self.spare: frozenset[int] = frozenset()  # columns that show only when they are asked for
        self._chosen: dict[str, bool] = {}  # by title: which columns were asked for, which left out
        self._menu: QMenu | None = None
        self.setHorizontalHeader(self.heads(self))
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
        header.geometriesChanged.connect(self._place_more)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda point: self._pop_up(self._head_menu(header.logicalIndexAt(point)), header, point)
        )
        self.more = self._more_button()
        self._keep_soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keep_soon.timeout.connect(self.keep)
        self.doubleClicked.connect(lambda _index: self.open_line())

    def _more_button(self) -> QToolButton:
        """A button at the right end of the heads: what can be done with the whole list."""
        more = QToolButton(self)
        more.setText("⋮")
        more.setToolTip(_("Xuất, in, chọn cột"))
        more.setAccessibleName(_("Xuất, in, chọn cột"))
        more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+E, Ctrl+P and Alt+O are its keys
        more.setProperty("role", "more")
        more.clicked.connect(
            lambda: self._pop_up(self._head_menu(-1), more, more.rect().bottomLeft())
        )
        return more

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_more()

    def _place_more(self) -> None:
        head = self.horizontalHeader().geometry()
        high = head.height()
        self.more.setGeometry(head.right() - high + 1, head.top(), high, high)

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
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(self.fontMetrics().lineSpacing() + 2)
        rows.setDefaultSectionSize(self.fontMetrics().lineSpacing() + style.room(_AROUND_ROW))

    def fit_columns(self) -> None:
        """Each column as wide as what stands in it and over it."""
        raise NotImplementedError

    def letters(self, count: float) -> int:
        """The width of so many letters, in points."""
        return round(count * self.fontMetrics().averageCharWidth())

    # --- columns ----------------------------------------------------------------------------------

    def show_columns(self) -> None:
        """Hide what was left out, what nobody asked for, and what there is no room for."""
        for place, column in enumerate(self._lines.columns):
            usual = place not in self.crowded and place not in self.spare
            self.setColumnHidden(place, not self._chosen.get(column.title, usual))
        cursor, shown = self.currentIndex(), self._shown_column()
        if cursor.isValid() and cursor.column() != shown:
            no_other_line = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(cursor.siblingAtColumn(shown), no_other_line)

    def _shown_column(self) -> int:
        """That of the cursor, or the first that is shown: no arrow leads out of a hidden one."""
        cursor = max(0, self.currentIndex().column())
        shown = (one for one in range(len(self._lines.columns)) if not self.isColumnHidden(one))
        return next(shown, cursor) if self.isColumnHidden(cursor) else cursor

    def choose_column(self, place: int, shown: bool) -> None:
        """Show a column or leave it out, from now on."""
        self._chosen[self._lines.columns[place].title] = shown
        with self.program_moves():
            self.show_columns()
        self.fit()
        self._changed()

    def _usual_columns(self) -> None:
        """Columns and widths as the program has them."""
        self._chosen.clear()
        if self.memory:
            self.memory.keep(self._name, {})
        with self.program_moves():
            self.show_columns()
        self.fit()

    def _columns_menu(self) -> QMenu:
        menu = QMenu(_("Cột"), self)
        shown = [
            place for place in range(len(self._lines.columns)) if not self.isColumnHidden(place)
        ]
        for place, column in enumerate(self._lines.columns):
            action = menu.addAction(column.heading)
            action.setCheckable(True)
            action.setChecked(place in shown)
            action.setEnabled(shown != [place])  # one column stays
            action.triggered.connect(partial(self._toggle_column, place))
        menu.addSeparator()
        menu.addAction(_("Như ban đầu")).triggered.connect(self._usual_columns)
        return menu

    def _toggle_column(self, place: int) -> None:
        self.choose_column(place, self.isColumnHidden(place))

    def choose_columns(self) -> None:
        """Which columns show, ticked by keys."""
        header = self.horizontalHeader()
        self._pop_up(self._columns_menu(), header, header.rect().bottomLeft())

    # --- remembering ------------------------------------------------------------------------------

    def rename(self, name: str, part: str = "") -> None:
        """Shows something else from now on, remembered under a name of its own.

        `part`: which of its lines are shown, for the titles of what is taken along.
        """
        self._name, self._part = name, part
        self.setAccessibleName(" – ".join(_(words) for words in (name, part) if words))
        self.recall()

    def recall(self) -> None:
        """As it was left."""
        self._recall_columns()
        self._recall_widths()
        if self.isSortingEnabled():
            column, ascending = self._kept().get("order", (-1, True))
            orders = Qt.SortOrder
            with self.program_moves():
                self.sortByColumn(
                    column, orders.AscendingOrder if ascending else orders.DescendingOrder
                )

    def _recall_columns(self) -> None:
        self._chosen = dict(self._kept().get("columns", {}))
        with self.program_moves():
            self.show_columns()

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
                self._name,
                {
                    "letters": widths,
                    "order": [header.sortIndicatorSection(), ascending],
                    "columns": self._chosen,
                },
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
        elif control and key == Qt.Key.Key_P:
            self.show_paper()
        elif key == Qt.Key.Key_O and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.choose_columns()
        elif key == Qt.Key.Key_Menu or (
            key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            self._line_menu_wanted(self._below_line())
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

    def chosen_rows(self) -> list[Any]:
        """The rows of the chosen lines, from the top."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self._lines.rows[row] for row in chosen]

    def copy(self) -> None:
        """The chosen lines to the clipboard, a tab between cells: as a spreadsheet takes them."""
        rows = self.chosen_rows()
        clipboard.put(
            "\n".join(
                "\t".join(map(_one_line, cells))
                for cells in Listing(self._lines.columns, rows).cells()
            )
        )

    def export(self) -> None:
        """Every line to a file that is asked for, without the columns that were left out."""
        if not self._lines.rows:
            texts.signals().refused.emit(_("Danh sách trống: không có dòng nào để xuất."))
        elif self.memory:
            self.memory.export(self.accessibleName(), self._taken_along())

    def show_paper(self) -> None:
        """Every line on paper, without the columns that were left out."""
        if not self._lines.rows:
            texts.signals().refused.emit(_("Danh sách trống: không có dòng nào để in."))
        elif self.memory:
            title = " – ".join(filter(None, (self._name, self._part)))
            self.memory.show_paper(title, self._taken_along())

    def _taken_along(self) -> Listing[Any]:
        columns = [
            column
            for place, column in enumerate(self._lines.columns)
            if self._chosen.get(column.title, place not in self.spare)
        ]
        return Listing(columns, self._lines.rows)

    # --- menus ------------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._line_menu_wanted(self._below_line())
            return
        index = self.indexAt(event.pos())
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsSelectable:  # no heading
            if not self.selectionModel().isRowSelected(index.row()):
                self.choose_row(index.row())
            flags = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, flags)
        self._line_menu_wanted(event.pos())

    def _below_line(self) -> QPoint:
        return self.visualRect(self.currentIndex()).bottomLeft() + QPoint(24, 0)

    def _line_menu_wanted(self, point: QPoint) -> None:
        if self._menu is not None and self._menu.isVisible():
            return  # some systems send the key and the event for it
        if self.acts_of_line and self.currentIndex().isValid():
            self.acts_of_line(partial(self._show_line_menu, point))
        else:
            self._show_line_menu(point, ())

    def _show_line_menu(self, point: QPoint, acts: Sequence[MenuAct]) -> None:
        self._pop_up(self._line_menu(acts), self.viewport(), point)

    def _line_menu(self, acts: Sequence[MenuAct]) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for act in acts:
            reason = f" – {_cut(act.why_not)}" if act.why_not else ""
            action = menu.addAction(f"{act.words}{reason}\t{texts.key_text(act.key)}")
            action.setEnabled(act.why_not is None)
            action.setToolTip(texts.tip(act.why_not or ""))
            action.triggered.connect(act.do)
        menu.addSeparator()
        index = self.currentIndex()
        if index.isValid():
            heading = self._lines.columns[index.column()].heading
            copy_cell = menu.addAction(_("Chép ô «{heading}»").format(heading=heading))
            copy_cell.triggered.connect(self.copy_cell)
            menu.addAction(f"{_('Chép dòng')}\tCtrl+C").triggered.connect(self.copy)
        self._add_acts_on_all(menu)
        menu.addAction(f"{_('Chọn cột…')}\tAlt+O").triggered.connect(self.choose_columns)
        return menu

    def _add_acts_on_all(self, menu: QMenu) -> None:
        menu.addSeparator()
        for words, key, act in (
            (_("Xuất bảng tính"), "Ctrl+E", self.export),
            (_("In danh sách"), "Ctrl+P", self.show_paper),
        ):
            action = menu.addAction(f"{words}\t{key}")
            action.setEnabled(bool(self._lines.rows))
            action.triggered.connect(act)
        menu.addSeparator()

    def _head_menu(self, column: int) -> QMenu:
        menu = QMenu(self)
        if self.isSortingEnabled() and column >= 0:
            orders = Qt.SortOrder
            for words, order in (
                (_("Xếp xuôi theo cột này"), orders.AscendingOrder),
                (_("Xếp ngược theo cột này"), orders.DescendingOrder),
            ):
                menu.addAction(words).triggered.connect(partial(self._sort_by, column, order))
        if column >= 0:
            hide = menu.addAction(_("Ẩn cột này"))
            hide.triggered.connect(partial(self._hide_column, column))
            hide.setEnabled(
                self.horizontalHeader().hiddenSectionCount() < len(self._lines.columns) - 1
            )
        self._add_acts_on_all(menu)
        menu.addMenu(self._columns_menu())
        return menu

    def _hide_column(self, column: int) -> None:
        self.choose_column(column, False)

    def _sort_by(self, column: int, order: Qt.SortOrder) -> None:
        self.sortByColumn(column, order)

    def _pop_up(self, menu: QMenu, over: QWidget, point: QPoint) -> None:
        """Show a menu, its first act chosen, gone for good when it closes."""
        self._menu = menu
        menu.aboutToHide.connect(menu.deleteLater)
        menu.destroyed.connect(self._menu_gone)
        menu.popup(over.mapToGlobal(point))
        first = next((one for one in menu.actions() if one.isEnabled() and one.text()), None)
        if first:
            menu.setActiveAction(first)

    def _menu_gone(self) -> None:
        self._menu = None

    def copy_cell(self) -> None:
        """The whole text of the cell under the cursor to the clipboard."""
        index = self.currentIndex()
        clipboard.put(_one_line(self._lines.text(index.row(), index.column())))

    def choose_row(self, row: int) -> None:
        """The cursor on this line, and only this line chosen."""
        flags = QItemSelectionModel.SelectionFlag
        index = self._lines.index(row, self._shown_column())
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)


def _cut(text: str) -> str:
    return text if len(text) <= _REASON else f"{text[: _REASON - 1]}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
