"""Letters to tick, as one question of a panel: who, why, and the number that each will get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.i18n import _, later
from ui.look import style, texts
from ui.widgets.question_panel import Field, ListLines

Index = QModelIndex | QPersistentModelIndex
_TITLES = (
    "✓",
    later("Số"),
    later("Chủ hồ sơ"),
    later("Mã"),
    later("Hẹn lại"),
    later("Lý do"),
)
_TICK, _NUMBER, _NAME, _CODE, _NEW_DUE, _REASON = range(len(_TITLES))
_LEAST_OF_REASON, _REASON_LETTERS = 16, 40  # of it that are read before the code is
_MOST_LINES = 10  # shown before the list scrolls
_NAME_SAMPLE = "Nguyễn Thị Ánh Đào"


@dataclass(frozen=True)
class TickLine:
    """One letter: `number` is "" until it is signed; one with `why_not` cannot be ticked.

    `is_early`: written before its promise was broken.
    """

    id: str
    name: str
    code: str
    reason: str
    new_due: datetime | None
    number: str
    why_not: str | None
    today: date
    is_early: bool = False
    proposal: str = ""

    @property
    def words(self) -> str:
        """Why it cannot be signed, or whom it holds responsible and the reason, in one line."""
        reason = f"{self.proposal} · {self.reason}" if self.proposal else self.reason
        words = " ".join((self.why_not or reason).split())
        return _("chưa trễ · {reason}").format(reason=words) if self.is_early else words


class _Letters(QAbstractTableModel):
    """The letters, ticked at first; the ticked ones without a number get those that come."""

    def __init__(self, lines: Sequence[TickLine], numbers: Sequence[int]) -> None:
        super().__init__()
        self.lines, self._numbers = lines, numbers
        self.ticked = [line.why_not is None for line in lines]

    def toggle(self, row: int) -> None:
        if 0 <= row < len(self.lines) and self.lines[row].why_not is None:
            self.ticked[row] = not self.ticked[row]
            last = self.index(len(self.lines) - 1, len(_TITLES) - 1)
            self.dataChanged.emit(self.index(0, 0), last)  # the numbers after it move too

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _(_TITLES[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index.row(), column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return texts.tip(f"{line.name} · {line.code}\n{line.words}")
        if role == Qt.ItemDataRole.ForegroundRole and line.why_not:
            return QColor(style.worn().late if column == _REASON else style.worn().quiet)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _TICK:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _shown(self, row: int, column: int) -> str:
        line = self.lines[row]
        if column == _TICK:
            return "☑" if self.ticked[row] else "☐"
        if column == _NUMBER:
            return line.number or self._coming(row)
        return {
            _NAME: line.name,
            _CODE: short_code(line.code, line.today),
            _NEW_DUE: f"{line.new_due:%d/%m %H:%M}" if line.new_due else "",
            _REASON: _("thiếu lý do") if line.why_not and not line.reason else line.words,
        }[column]

    def _coming(self, row: int) -> str:
        """The number that the letter will get if the ticked ones are signed in their order."""
        place = sum(self.ticked[:row])
        if not self.ticked[row] or place >= len(self._numbers):
            return "—"
        return f"{self._numbers[place]:02d}"


class _Table(QTableView):
    """Space or a click ticks a letter, or takes the tick away; the arrows go through the lines."""

    def __init__(self, model: _Letters) -> None:
        super().__init__()
        self._letters = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.clicked.connect(lambda index: model.toggle(index.row()))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        texts.fitted(self, self._fit_name)
        if model.lines:
            self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the code where the reason has no room: the tip has both."""
        super().resizeEvent(event)
        header = self.horizontalHeader()
        wide = (self.sizeHintForColumn(column) for column in (_TICK, _NUMBER, _CODE, _NEW_DUE))
        needed = sum(wide) + header.sectionSize(_NAME)
        letters = self.fontMetrics().averageCharWidth()
        reason = max(letters * _LEAST_OF_REASON, self.sizeHintForColumn(_REASON))
        reason = min(reason, letters * _REASON_LETTERS)
        self.setColumnHidden(_CODE, self.viewport().width() < needed + reason)

    def _fit_name(self) -> None:
        """As wide as its names, at most as a person's; a longer one is in the tip."""
        most = self.fontMetrics().horizontalAdvance(_NAME_SAMPLE) + 18
        least = self.horizontalHeader().sectionSizeHint(_NAME)
        self.setColumnWidth(_NAME, max(least, min(most, self.sizeHintForColumn(_NAME) + 8)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._letters.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class LettersToTick(Field):
    """The field: every letter that can be taken is ticked at first.

    `numbers` are those that come, for letters that have none yet; `most` lines show.
    """

    changed = Signal()

    def __init__(
        self,
        label: str,
        lines: Sequence[TickLine],
        numbers: Sequence[int] = (),
        most: int = _MOST_LINES,
    ) -> None:
        self._letters = _Letters(lines, numbers)
        table = _Table(self._letters)
        super().__init__(label, table, "letters", _("phím cách hoặc bấm để bỏ chọn"))
        shown = min(max(len(lines), 2), most)
        high = table.verticalHeader().defaultSectionSize()
        self.lines = ListLines(
            table, shown, lambda: high, lambda: table.fontMetrics().lineSpacing() + 34
        )
        self._letters.dataChanged.connect(self._changed)

    @property
    def value(self) -> tuple[str, ...]:
        """The ids of the ticked letters, in their order."""
        ticked = zip(self._letters.lines, self._letters.ticked, strict=True)
        return tuple(line.id for line, is_ticked in ticked if is_ticked)

    def problem(self) -> str:
        return "" if self.value else _("Chưa chọn thư nào; phím cách để chọn.")

    def _changed(self) -> None:
        self.show_error("")
        self.changed.emit()
