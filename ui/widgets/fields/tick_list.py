"""Papers to tick by key: 1-9 and Space tick, A the required ones, digits count in their column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cchc_desk.i18n import _, later
from ui.look import texts
from ui.widgets.fields.boxes import SpinBox
from ui.widgets.tables.whole_text import WholeText

Index = QModelIndex | QPersistentModelIndex
TITLES = ("✓", later("Giấy tờ"), later("Chính"), later("C.thực"), later("Photo"))
TITLES_OF_CERTIFICATION = ("✓", later("Giấy tờ"), later("Trang"), later("B.giấy"), later("Ký đ.tử"))
COUNTS = ("original", "certified", "copy")
NAME, FIRST_COUNT = 1, 2
MOST = 999
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True)
class Tick:
    """One paper of the list; the counts hold once it is ticked."""

    name: str
    original: int
    certified: int
    copy: int
    required: bool
    ticked: bool = False

    @property
    def total(self) -> int:
        return self.original + self.certified + self.copy


class TickModel(QAbstractTableModel):
    """The papers and what was ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks: list[Tick] = []
        self._titles: tuple[str, ...] = TITLES

    def fill(self, ticks: Sequence[Tick]) -> None:
        self.beginResetModel()
        self.ticks = list(ticks)
        self.endResetModel()
        self.changed.emit()

    def title(self, titles: tuple[str, ...]) -> None:
        """Names the columns."""
        self._titles = titles
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(titles) - 1)

    def add(self, tick: Tick) -> None:
        self.beginInsertRows(QModelIndex(), len(self.ticks), len(self.ticks))
        self.ticks.append(tick)
        self.endInsertRows()
        self.changed.emit()

    def put(self, row: int, tick: Tick) -> None:
        self.ticks[row] = tick
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))
        self.changed.emit()

    def toggle(self, row: int) -> None:
        if 0 <= row < len(self.ticks):
            tick = self.ticks[row]
            counted = tick if tick.ticked or tick.total else replace(tick, original=1)
            self.put(row, replace(counted, ticked=not tick.ticked))

    def count(self, row: int, column: int, by: int) -> None:
        """Change a count; counting an unticked paper ticks it, counting all away unticks it."""
        if not 0 <= row < len(self.ticks):
            return
        tick = self.ticks[row]
        before = getattr(tick, _count_of(column))
        if tick.ticked:
            self.set_count(row, column, before + by)
        elif by > 0:
            self.set_count(row, column, max(1, before))

    def count_at(self, row: int, column: int) -> int:
        """Return the count as it is shown: 0 for a paper that is not ticked."""
        tick = self.ticks[row]
        return getattr(tick, _count_of(column)) if tick.ticked else 0

    def set_count(self, row: int, column: int, count: int) -> None:
        """Set a count, at most MOST; none at all unticks the paper, any other ticks it."""
        if not count and not self.ticks[row].ticked:
            return
        counted: dict[str, Any] = {_count_of(column): min(MOST, max(0, count))}
        tick = replace(self.ticks[row], **counted)
        self.put(row, replace(tick, ticked=tick.total > 0))

    def tick_required(self) -> None:
        """Ticks everything required; once all of it is, everything there is."""
        rows = [n for n, tick in enumerate(self.ticks) if tick.required and not tick.ticked]
        for row in rows or [n for n, tick in enumerate(self.ticks) if not tick.ticked]:
            self.toggle(row)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.ticks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _(self._titles[section]) if orientation is Qt.Orientation.Horizontal else section + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = index.isValid() and index.column() >= FIRST_COUNT
        return super().flags(index) | (
            Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag.NoItemFlags
        )

    def data(self, index: Index, role: int = 0) -> Any:
        tick, column = self.ticks[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(tick, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == 1:
            return texts.tip(tick.name)
        if role == Qt.ItemDataRole.TextAlignmentRole and column != 1:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _shown(self, tick: Tick, column: int) -> str:
        if column == 0:
            return "☑" if tick.ticked else "☐"
        if column == 1:
            return (
                tick.name
                if tick.required or "(nếu" in tick.name
                else _("{name} (nếu có)").format(name=tick.name)
            )
        count = getattr(tick, _count_of(column))
        return str(count) if tick.ticked and count else "·"


class CountEditor(WholeText):
    """A box with arrows in the clicked count; every step of it is kept at once."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = SpinBox(parent)
        box.setRange(0, MOST)
        box.setAccessibleName(_("Số bản"))
        box.valueChanged.connect(lambda: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        ticks = index.model()
        assert isinstance(editor, SpinBox)
        assert isinstance(ticks, TickModel)
        if not editor.hasFocus():  # what is being typed there is not written over
            blocked = editor.blockSignals(True)
            editor.setValue(ticks.count_at(index.row(), index.column()))
            editor.blockSignals(blocked)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, SpinBox)
        assert isinstance(model, TickModel)
        if editor.value() != model.count_at(index.row(), index.column()):
            model.set_count(index.row(), index.column(), editor.value())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Wider than its narrow column: the number and both arrows show."""
        wide = max(option.rect.width(), editor.sizeHint().width())
        editor.setGeometry(option.rect.adjusted(option.rect.width() - wide, 0, 0, 0))


class TickList(QTableView):
    """The table of papers. Enter and Tab leave it; digits tick a row, or count in their column."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = TickModel()
        self.setModel(self.ticks)
        self.setAccessibleName(
            _("Giấy tờ nộp: phím 1–9 hoặc dấu cách để đánh dấu, A đánh dấu giấy bắt buộc")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setItemDelegate(CountEditor(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # keys count themselves
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.clicked.connect(self._clicked)
        self._counting = -1, -1  # the cell whose number is being typed, digit by digit

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() < FIRST_COUNT:
            self.ticks.toggle(index.row())
        else:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key, text = self.currentIndex(), event.key(), event.text()
        if event.modifiers() & _HELD:
            super().keyPressEvent(event)
        elif text and text in "0123456789" and index.column() >= FIRST_COUNT:
            self._type_count(index, int(text))
            return
        elif text and text in "123456789":
            self.ticks.toggle(int(text) - 1)
        elif key == Qt.Key.Key_Space:
            self.ticks.toggle(index.row())
        elif text in ("a", "A"):
            self.ticks.tick_required()
        elif text in ("+", "="):
            self.ticks.count(index.row(), index.column(), 1)
        elif text == "-":
            self.ticks.count(index.row(), index.column(), -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
        self._counting = -1, -1

    def _type_count(self, index: Index, digit: int) -> None:
        """The first digit in a cell begins its number anew, those that follow go on."""
        row, column = index.row(), index.column()
        before = self.ticks.count_at(row, column) if self._counting == (row, column) else 0
        if before * 10 + digit <= MOST:
            self.ticks.set_count(row, column, before * 10 + digit)
        self._counting = row, column

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._counting = -1, -1
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._counting = -1, -1
        super().focusOutEvent(event)


def _count_of(column: int) -> str:
    """Return the field of a Tick in `column`; before the counts, that of the first."""
    return COUNTS[max(0, column - FIRST_COUNT)]
