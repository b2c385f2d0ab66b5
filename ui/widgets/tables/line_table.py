"""A table of plain lines: each column as wide as it must be, Enter chooses a line."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent

from cchc_desk.domain.table import Listing, Row
from cchc_desk.i18n import _
from ui.widgets.tables.table import MenuAct, Offered, Table, TableModel

_LEAST = 12  # letters of a column that gives its room
_A_MOMENT = 17  # letters of a code or a moment, which a long column keeps when it gives
_WIDEST_BESIDE = 20  # of the columns beside one that gives its room
_WIDEST = 36  # letters, where there is no room for more; a longer cell is whole in its tooltip


def opens_nothing(_row: object) -> str:
    """For lists whose lines have nothing behind them."""
    return ""


class LineTable(Table):
    """The table; Enter or a double click chooses what is behind a line. `ordered`: the lines stay
    in their order. `giving`: the column that gives its room to the others, so that nothing scrolls
    sideways; its longer words end with dots and are in the tip; where it has left, the next one
    gives. Without any the widest ones do, where that is enough. `leaving`: the columns that are
    not shown where there is no room for them, the first to leave first.
    """

    chosen = Signal(str)
    left = Signal()  # other columns than before have no room

    def __init__(
        self,
        name: str,
        *,
        ordered: bool = False,
        giving: Sequence[int] = (),
        leaving: Sequence[int] = (),
    ) -> None:
        self.model_ = TableModel()
        self._opens: Callable[[Any], str] = opens_nothing
        super().__init__(name, self.model_)
        self.setMinimumHeight(
            self.fontMetrics().lineSpacing() * 6
        )  # a few lines even on a small screen
        self._giving, self.leaving = giving, leaving
        self._asked = dict[int, int]()  # points that each column asks for
        self._whole = dict[int, int]()  # points that it has where there is room for all
        self._uncut = dict[int, int]()  # points for its longest cell, however long
        self._heads = dict[int, int]()  # points that its name asks for: none while it is hidden
        self.acts_of_line = self._own_acts
        if not ordered:
            self.make_sortable()

    def fill(self, listing: Listing[Row], opens: Callable[[Row], str] = opens_nothing) -> None:
        """Show the rows, each column as wide as its longest cell; the cursor stays on its line.

        `opens` names what is behind a row, such as the code of a dossier, "" for nothing.
        """
        before = self.current_code()
        self._opens = opens
        self.model_.fill(listing)
        policies = Qt.ScrollBarPolicy  # there is nothing to scroll to under heads alone
        self.setHorizontalScrollBarPolicy(
            policies.ScrollBarAsNeeded if listing.rows else policies.ScrollBarAlwaysOff
        )
        self.recall()
        self.fit()
        if listing.rows:
            codes = [opens(row) for row in self.model_.rows]
            self.choose_row(codes.index(before) if before in codes else 0)

    def fit_columns(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self._let_leave(frozenset())
        self.resizeColumnsToContents()
        self._uncut = {column: self.columnWidth(column) + 8 for column in range(header.count())}
        for column in range(header.count()):
            most = max(self.letters(_WIDEST), header.sectionSizeHint(column))
            self.setColumnWidth(column, min(self._uncut[column], most))
        self._whole = {column: self.columnWidth(column) for column in range(header.count())}
        self._heads = {column: header.sectionSizeHint(column) for column in self._whole}
        most = self.letters(_WIDEST_BESIDE)
        kept = most if self._giving else self.letters(_A_MOMENT)
        self._asked = {
            column: wide if wide <= most else min(wide, max(kept, self._heads[column]))
            for column, wide in self._whole.items()
        }
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line under the cursor stays in sight in a lower table."""
        line = self.rowViewportPosition(self.currentIndex().row())
        was_seen = 0 <= line < event.oldSize().height()
        with self.program_moves():
            self._stretch()
            super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())

    def _let_leave(self, columns: frozenset[int]) -> None:
        if columns != self.crowded:
            self.crowded = columns
            self.show_columns()
            self.left.emit()

    @property
    def left_out(self) -> int:
        """How many columns there is no room for."""
        return sum(map(self.isColumnHidden, self.crowded))

    def _stretch(self) -> None:
        """The last column takes what room is left; where there is none the lines scroll, and none
        is squeezed.
        """
        room, is_usual = self.viewport().width(), bool(self._whole) and not self._kept()
        if is_usual:
            self._let_leave(self._without_room(room))
        if self._giving:
            if is_usual:
                self._give(room)
            return
        shown = {one: wide for one, wide in self._whole.items() if not self.isColumnHidden(one)}
        over = sum(shown.values()) - room
        if is_usual and over > 0:
            over -= self._level(shown, over)
        elif is_usual:
            button = self.horizontalHeader().height() if self._last_has_left(shown) else 0
            for column, wide in self._widened(shown, -over - button).items():
                self.setColumnWidth(column, wide)
        self.horizontalHeader().setStretchLastSection(over <= 0)

    def _last_has_left(self, shown: Mapping[int, int]) -> bool:
        """Another column than usual has the button over it."""
        return max(shown, default=0) != len(self._whole) - 1

    def _widened(self, widths: Mapping[int, int], spare: int) -> dict[int, int]:
        """The widths, and of the points to spare what they lack for their longest cells, first
        those that lack least.
        """
        lacking = {column: self._uncut[column] - wide for column, wide in widths.items()}
        wider = dict(widths)
        for column in sorted(lacking, key=lambda column: lacking[column]):
            more = max(0, min(spare, lacking[column]))
            wider[column] += more
            spare -= more
        return wider

    def _level(self, shown: dict[int, int], over: int) -> int:
        """Make the widest columns equally wide, so that all need so many points less, where they
        can spare them; say how many they gave.
        """
        last = max(shown, default=0)  # it has the button over it, which it had not before
        button = self.horizontalHeader().height() if self._last_has_left(shown) else 0
        least = {one: self._asked[one] + (button if one == last else 0) for one in shown}

        def spared(given: int) -> int:
            return sum(max(0, shown[one] - max(least[one], most - given)) for one in shown)

        most = max(shown.values(), default=0)
        given = bisect_left(range(most), max(0, over), key=spared)
        if spared(given) < over:
            given = 0
        for column, wide in shown.items():
            self.setColumnWidth(column, min(wide, max(least[column], most - given)))
        return spared(given)

    def _without_room(self, room: int) -> frozenset[int]:
        """The columns that leave, so that the others have room."""
        left = frozenset[int]()
        for column in self.leaving:
            if self._needed_without(left) > room:
                left |= {column}
        for column in reversed(self.leaving):  # a narrow one left in vain where a wide one had to
            if column in left and self._needed_without(left - {column}) <= room:
                left -= {column}
        return left

    def _needed_without(self, left: frozenset[int]) -> int:
        """The points that the others need: the one that gives its least."""
        giving = next((one for one in self._giving if one not in left), None)
        widths = {one: wide for one, wide in self._asked.items() if one not in left}
        if giving is not None:
            widths[giving] = max(self.letters(_LEAST), self._heads[giving])
        button = self.horizontalHeader().height()  # over another column, once the last has left
        return sum(widths.values()) + (button if left else 0)

    def _give(self, room: int) -> None:
        """The column that gives takes what the others leave of the room."""
        header = self.horizontalHeader()
        shown = [column for column in self._asked if not self.isColumnHidden(column)]
        giving = next((one for one in self._giving if one in shown), None)
        header.setStretchLastSection(giving is None)
        if giving is None:
            return
        last = shown[-1]  # it has the button over it, which it had not before others left
        widths = self._asked | {last: max(self._asked[last], header.sectionSizeHint(last))}
        beside = [column for column in shown if column != giving]
        rest = room - sum(widths[column] for column in beside)
        for column in beside:  # what the one that gives has no words for
            more = min(rest - self._whole[giving], self._whole[column] - widths[column])
            widths[column] += max(0, more)
            rest -= max(0, more)
        usual = {column: widths[column] for column in beside} | {giving: self._whole[giving]}
        wider = self._widened(usual, rest - self._whole[giving])
        for column in beside:
            rest -= wider[column] - widths[column]
            self.setColumnWidth(column, wider[column])
        least = max(self.letters(_LEAST), header.sectionSizeHint(giving))
        self.setColumnWidth(giving, max(least, rest))

    def current(self) -> Any:
        """The row under the cursor, None in an empty table."""
        row = self.currentIndex().row()
        return self.model_.rows[row] if 0 <= row < len(self.model_.rows) else None

    def current_code(self) -> str:
        """The name of what is behind the line under the cursor, "" for nothing."""
        row = self.current()
        return "" if row is None else self._opens(row)

    def _own_acts(self, show: Offered) -> None:
        opens = [MenuAct(_("Mở"), "Enter", self.open_line)] if self.current_code() else []
        show(opens)

    def open_line(self) -> None:
        code = self.current_code()
        if code:
            self.chosen.emit(code)
