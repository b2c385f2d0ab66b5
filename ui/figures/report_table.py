"""The table of a report: arrows go from cell to cell, Enter opens the dossiers that one counts."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from cchc_desk.domain.reports import table as reports
from cchc_desk.domain.reports.table import ReportRow
from cchc_desk.domain.table import Listing
from cchc_desk.i18n import _
from ui.look import style
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.table import Heads, MenuAct, Offered, TableModel

_AROUND = 3  # points beside and above the words of a head
_LINES = 3  # of a long title, where its words allow
_MAY_BREAK = "\u200b"
_FORMULA, _WORDS = re.compile(r"([=+])"), re.compile(rf"[\s{_MAY_BREAK}]+")


@dataclass(frozen=True)
class Place:
    """A cell of a report: the key of its row (None: the totals), the name of its column."""

    key: str | None
    column: str


class GroupHeads(Heads):
    """Titles over several lines, those of one group under the name of the group."""

    @property
    def _columns(self) -> "TableModel":
        model = self.model()
        assert isinstance(model, TableModel), "the table's own"
        return model

    def _title(self, section: int) -> str:
        return self._columns.columns[section].title

    def _group(self, section: int) -> str:
        return self._columns.columns[section].group

    def _bold(self) -> str:
        font = self.font()
        font.setBold(True)
        return font.toString()

    def _members(self, section: int) -> list[int]:
        """The columns beside it that are shown and stand under the same name, itself too."""
        shown = [one for one in range(self.count()) if not self.isSectionHidden(one)]
        group, found = self._group(section), []
        for one in shown:
            if self._group(one) == group:
                found.append(one)
            elif section in found:
                break
            else:
                found = []
        return found

    def sectionSizeFromContents(self, section: int) -> QSize:
        own = self._own_size(section)
        return QSize(own.width(), own.height() + self._band())

    def _band(self) -> int:
        """The height of the names of groups: two lines where one is wider than its columns."""
        shown = [one for one in range(self.count()) if not self.isSectionHidden(one)]
        heads = tuple((self._group(one), self._title(one)) for one in shown)
        return _band_over(heads, self._bold(), 2 * style.room(_AROUND))

    def _own_size(self, section: int) -> QSize:
        """What the title of a column needs without the name of its group."""
        wide, high = _room_of(self._title(section), self._bold(), 2 * style.room(_AROUND))
        return QSize(wide, high)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        worn = style.worn()
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(worn.accent_soft))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        top = self._paint_group(painter, rect, section) if self._group(section) else rect.top()
        own = QRect(rect.left(), top, rect.width(), rect.bottom() - top)
        around = style.room(_AROUND)
        painter.setPen(QColor(worn.accent_dark))
        painter.drawText(
            own.adjusted(around, 0, -around, 0), _CENTRED, _breakable(self._title(section))
        )
        painter.setPen(QPen(QColor(worn.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(own.topRight(), own.bottomRight())
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, section: int) -> int:
        """Draw so much of the group's name as lies over this column; return where it ends."""
        members, worn = self._members(section), style.worn()
        left = rect.left() - sum(self.sectionSize(one) for one in members if one < section)
        wide = sum(map(self.sectionSize, members))
        band = QRect(left, rect.top(), wide, self._band())
        around = style.room(_AROUND)
        painter.setPen(QColor(worn.accent_dark))
        painter.drawText(band.adjusted(around, 0, -around, 0), _CENTRED, self._group(section))
        painter.setPen(QPen(QColor(worn.line), 1))
        painter.drawLine(band.bottomLeft(), band.bottomRight())
        painter.drawLine(band.topRight(), band.bottomRight())
        return band.bottom() + 1


def _breakable(title: str) -> str:
    """Return a title whose formula, such as (3)=(4)+(5)+(6), may go on in another line."""
    return _FORMULA.sub(r"\1" + _MAY_BREAK, title)


# Qt asks for these for each column, again and again while a window is styled anew.
@lru_cache(maxsize=1024)
def _room_of(title: str, font: str, around: int) -> tuple[int, int]:
    """Return width and height that a title needs in this font."""
    metrics, title = _metrics(font), _breakable(title)
    least = max(map(metrics.horizontalAdvance, _WORDS.split(title)), default=0)
    lines = title.split("\n")
    wide = max(least, max(map(metrics.horizontalAdvance, lines)) // _LINES) + 2
    high = metrics.boundingRect(QRect(0, 0, wide, 9999), _WRAPPED, title).height()
    return wide + around, high + around


@lru_cache(maxsize=64)
def _band_over(heads: tuple[tuple[str, str], ...], font: str, around: int) -> int:
    """Return the height of the names of groups over columns: each its group and its title."""
    metrics = _metrics(font)
    lines = 0
    for group, members in groupby(heads, key=lambda head: head[0]):
        if group:
            wide = sum(_room_of(title, font, around)[0] for _group, title in members)
            fits = metrics.horizontalAdvance(group) <= wide - around
            lines = max(lines, 1 if fits else 2)
    return metrics.lineSpacing() * lines + around if lines else 0


def _metrics(font: str) -> QFontMetrics:
    made = QFont()
    made.fromString(font)
    return QFontMetrics(made)


_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_CENTRED = int(Qt.AlignmentFlag.AlignCenter) | _WRAPPED


class _Totals(QStyledItemDelegate):
    """The row of the totals in bold."""

    def __init__(self, table: "ReportTable") -> None:
        super().__init__(table)
        self._table = table

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if self._table.is_total(index.row()):
            option.font.setBold(True)


class ReportTable(LineTable):
    """The table; `opened` names the cell that Enter or a double click asks for.

    Ctrl+E and Ctrl+P take the whole report along: the page hears of them.
    """

    heads = GroupHeads
    opened = Signal(object, str)  # ReportRow, name of the column
    saved = Signal()
    printed = Signal()

    def __init__(self, name: str) -> None:
        self._made = reports.ReportTable((), ())
        super().__init__(name, ordered=True)
        self.more.hide()  # what can be done with it stands at the foot of the page
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_Totals(self))
        self.setShowGrid(True)

    def show_table(self, name: str, made: reports.ReportTable) -> None:
        """Show a report; the cursor stays on its cell where that is still there."""
        before = self.place()
        self._made = made
        self.rename(name)
        words = [place for place, head in enumerate(made.heads) if head.align == "left"]
        # beside numbers the one column of words takes what room they leave
        self._giving = words if len(words) == 1 else ()
        listing = made.listing()
        self.fill(Listing(listing.columns, listing.rows if made.rows else ()))
        if before is None or not self.choose_place(before):
            self.choose_row(0)

    def clear(self) -> None:
        """Show no report."""
        self._made = reports.ReportTable((), ())
        self.fill(Listing((), ()))

    def is_total(self, row: int) -> bool:
        """True for the row of the totals."""
        rows = self.model_.rows
        return 0 <= row < len(rows) and rows[row].key is None

    # --- the cell under the cursor ----------------------------------------------------------------

    def place(self) -> Place | None:
        """The cell under the cursor, None in an empty table."""
        row, column = self.current(), self.currentIndex().column()
        return None if row is None else Place(row.key, self._made.heads[column].name)

    def choose_place(self, place: Place) -> bool:
        """The cursor on this cell; False where the report has none such."""
        names = [head.name for head in self._made.heads]
        keys = [row.key for row in self.model_.rows]
        if place.key not in keys or place.column not in names:
            return False
        self._choose(keys.index(place.key), names.index(place.column))
        return True

    def choose_row(self, row: int) -> None:
        """The cursor on the first number of this line, or where it was in it."""
        column = self.currentIndex().column()
        if column < 0:
            numbers = (n for n, head in enumerate(self._made.heads) if head.align != "left")
            column = next(numbers, 0)
        self._choose(row, column)

    def _choose(self, row: int, column: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.model_.index(row, column), flags)

    def open_line(self) -> None:
        row, place = self.current(), self.place()
        if place is not None:
            self.opened.emit(row, place.column)

    def chosen_rows(self) -> list[ReportRow]:
        """The line of the cursor, as Ctrl+C takes it."""
        row = self.current()
        return [] if row is None else [row]

    def export(self) -> None:
        self.saved.emit()

    def show_paper(self) -> None:
        self.printed.emit()

    def _own_acts(self, show: Offered) -> None:
        show([MenuAct(_("Mở các hồ sơ của ô"), "Enter", self.open_line)])
