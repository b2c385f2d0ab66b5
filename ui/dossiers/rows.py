"""The table of dossiers: one model and one view for the day board, the list and the letters."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cchc_desk.domain.listing import DossierRow
from cchc_desk.language import _, later
from ui import words

Index = QModelIndex | QPersistentModelIndex

COLUMNS: tuple[tuple[str, Callable[[DossierRow], str]], ...] = (
    (later("Hẹn trả"), lambda row: words.short(row.due) + (_(" (tạm tính)") if row.provisional else "")),
    (later("Mã hồ sơ"), lambda row: row.code),
    (later("Chủ hồ sơ"), lambda row: row.name),
    (later("Thủ tục"), lambda row: row.procedure_name),
    (later("Tình trạng"), words.state),
    (later("Người giữ"), lambda row: row.holder_name),
)
_DUE, _CODE, _NAME, _PROCEDURE, _STATE, _HOLDER = range(len(COLUMNS))
# What a column must show whole; the procedure takes the rest.
_SAMPLES = {
    _DUE: "25/11/2026 10:00",
    _CODE: "H13.999-261123-0004",
    _NAME: "Nguyễn Thị Ánh Đào",
    _STATE: "Được tiếp nhận 00",
    _HOLDER: "Nguyễn Thị Hoài An",
}
_LEAST_PROCEDURE = "Thủ tục đăng ký khai sinh"


class DossierModel(QAbstractTableModel):
    """Rows of dossiers, shown as plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[DossierRow, ...] = ()

    def fill(self, rows: Sequence[DossierRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _(COLUMNS[section][0])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return COLUMNS[index.column()][1](self.rows[index.row()])
        return None


class DossierTable(QTableView):
    """The table; Enter or a double click opens the dossier under the cursor."""

    opened = Signal(str)

    def __init__(self, name: str, *, narrow: bool = False) -> None:
        super().__init__()
        self.dossiers = DossierModel()
        self.setModel(self.dossiers)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_PROCEDURE, QHeaderView.ResizeMode.Stretch)
        self._widths = {column: self._wide(sample) for column, sample in _SAMPLES.items()}
        for column, wide in self._widths.items():
            header.resizeSection(column, wide)
        self._narrow = narrow
        if narrow:  # beside a form: who and when is enough to choose by
            for column in (_PROCEDURE, _STATE, _HOLDER):
                self.setColumnHidden(column, True)
            header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _: self._open())

    def _wide(self, sample: str) -> int:
        return self.fontMetrics().horizontalAdvance(sample) + 18

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the least needed column makes room: the holder, or beside a form the code."""
        room = self.viewport().width()
        if self._narrow:
            self.setColumnHidden(_CODE, room < sum(self._widths[column] for column in (_DUE, _CODE, _NAME)))
        else:
            self.setColumnHidden(_HOLDER, room < sum(self._widths.values()) + self._wide(_LEAST_PROCEDURE))
        super().resizeEvent(event)

    def fill(self, rows: Sequence[DossierRow]) -> None:
        """Shows `rows`; the cursor stays on its dossier where that is still there."""
        code = self.current_code()
        self.dossiers.fill(rows)
        codes = [row.code for row in rows]
        if rows:
            self.selectRow(codes.index(code) if code in codes else 0)

    def current_code(self) -> str | None:
        """The code under the cursor, None when the table is empty."""
        row = self.currentIndex().row()
        return self.dossiers.rows[row].code if 0 <= row < len(self.dossiers.rows) else None

    def _open(self) -> None:
        code = self.current_code()
        if code:
            self.opened.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)
