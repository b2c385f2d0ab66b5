"""The table of dossiers: one model and one view for the day board, the list and the letters."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.text.vietnamese import sort_key
from cchc_desk.i18n import _, later
from ui import formatting
from ui.widgets.tables.table import Table, TableModel

COLUMNS: tuple[tuple[str, Callable[[DossierRow], str]], ...] = (
    (
        later("Hẹn trả"),
        lambda row: formatting.short(row.due) + (_(" (tạm tính)") if row.provisional else ""),
    ),
    (later("Mã hồ sơ"), lambda row: row.code),
    (later("Chủ hồ sơ"), lambda row: row.name),
    (later("Thủ tục"), lambda row: row.procedure_name),
    (later("Tình trạng"), formatting.state),
    (later("Người giữ"), lambda row: row.holder_name),
)
_DUE, _CODE, _NAME, _PROCEDURE, STATE, HOLDER = range(len(COLUMNS))
# What a column must show whole; the procedure takes the rest.
_SAMPLES = {
    _DUE: "25/11/2026 10:00",
    _CODE: "H13.999-261123-0004",
    _NAME: "Nguyễn Thị Ánh Đào",
    STATE: "Được tiếp nhận 00",
    HOLDER: "Nguyễn Thị Hoài An",
}
_PROCEDURE_SAMPLE = "Thủ tục đăng ký khai sinh"
_LEAST, _ENOUGH = (
    0.8,
    1.25,
)  # times that: below it lines scroll sideways, over it longer words beside it get the rest
_LINES_MEASURED = 60  # as many as a large screen shows


class DossierModel(TableModel):
    """Rows of dossiers, shown as plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[DossierRow, ...] = ()
        self._came: tuple[DossierRow, ...] = ()

    def fill(self, rows: Sequence[DossierRow]) -> None:
        self.beginResetModel()
        self._came = tuple(rows)
        self.sort_again()
        self.endResetModel()

    def titles(self) -> list[str]:
        return [_(title) for title, _text in COLUMNS]

    def width(self) -> int:
        return len(COLUMNS)

    def text(self, row: int, column: int) -> str:
        return COLUMNS[column][1](self.rows[row])

    def count(self) -> int:
        return len(self.rows)

    def key(self, row: int, column: int) -> Any:
        dossier = self.rows[row]
        return {_DUE: dossier.due, _NAME: dossier.name_sort}.get(column) or sort_key(
            self.text(row, column)
        )

    def arrange(self, order: list[int]) -> None:
        self.rows = tuple(self.rows[row] for row in order) if order else self._came


class DossierTable(Table):
    """Table of dossiers; Enter or a double click opens one. `narrow`: beside a form.

    `least_needed`: the columns that give way one after the other where the window is narrow.
    """

    opened = Signal(str)

    def __init__(
        self, name: str, *, narrow: bool = False, least_needed: Sequence[int] = (HOLDER,)
    ) -> None:
        self.dossiers = DossierModel()
        super().__init__(name, self.dossiers)
        header = self.horizontalHeader()
        header.setSectionResizeMode(_PROCEDURE, QHeaderView.ResizeMode.Fixed)
        self._narrow, self._least_needed = narrow, least_needed
        if narrow:  # beside a form: who and when is enough to choose by
            for column in (_PROCEDURE, STATE, HOLDER):
                self.setColumnHidden(column, True)
            header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self._widths: dict[int, int] = {}
        self.make_sortable()
        self.fit()
        self.recall()

    def fit_columns(self) -> None:
        header = self.horizontalHeader()
        self._widths = {
            column: max(self._wide(sample), header.sectionSizeHint(column))
            for column, sample in _SAMPLES.items()
        }
        for column, wide in self._widths.items():
            header.resizeSection(column, wide)
        self._make_room()

    def _wide(self, sample: str) -> int:
        return self.fontMetrics().horizontalAdvance(sample) + 18

    def resizeEvent(self, event: QResizeEvent) -> None:
        with self.program_moves():
            self._make_room()
            super().resizeEvent(event)

    def _make_room(self) -> None:
        """On a small screen the least needed columns make room, beside a form the code.

        The procedure takes the rest, but never less than its first words: then the lines scroll
        sideways.
        """
        room, usual = self.viewport().width(), self._wide(_PROCEDURE_SAMPLE)
        least = round(usual * _LEAST)
        if self._narrow:
            self.setColumnHidden(
                _CODE, room < sum(self._widths[column] for column in (_DUE, _CODE, _NAME))
            )
            return
        needed = sum(self._widths.values()) + least
        for column in self._least_needed:
            hidden = room < needed
            self.setColumnHidden(column, hidden)
            needed -= self._widths[column] if hidden else 0
        rest = room - sum(
            wide for column, wide in self._widths.items() if not self.isColumnHidden(column)
        )
        if not self._kept():
            rest -= self._grow(rest - round(usual * _ENOUGH))
        self.horizontalHeader().resizeSection(_PROCEDURE, max(least, rest))

    def _grow(self, spare: int) -> int:
        """Widen columns with long words by up to `spare` points in all; return the points used."""
        before = spare
        for column in (STATE, _NAME, HOLDER):
            if not self.isColumnHidden(column):
                shown = range(min(self.dossiers.count(), _LINES_MEASURED))
                longest = max(
                    (self._wide(self.dossiers.text(row, column)) for row in shown), default=0
                )
                more = max(0, min(spare, longest - self._widths[column]))
                self.horizontalHeader().resizeSection(column, self._widths[column] + more)
                spare -= more
        return before - spare

    def fill(self, rows: Sequence[DossierRow]) -> None:
        """Shows `rows`; the cursor stays on its dossier where that is still there."""
        code = self.current_code()
        self.dossiers.fill(rows)
        codes = [row.code for row in self.dossiers.rows]
        if codes:
            self.choose_row(codes.index(code) if code in codes else 0)
        with self.program_moves():
            self._make_room()

    def current_code(self) -> str | None:
        """The code under the cursor, None when the table is empty."""
        row = self.currentIndex().row()
        return self.dossiers.rows[row].code if 0 <= row < len(self.dossiers.rows) else None

    def open_line(self) -> None:
        code = self.current_code()
        if code:
            self.opened.emit(code)
