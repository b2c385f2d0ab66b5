"""The list of the letters' page: promises broken, letters owed, to be signed, to be given.

A heading over each part; only lines can be chosen, one at a time, and what is chosen is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from cchc_desk.actions.dossiers.progress import DayBoard, LetterRow
from cchc_desk.domain.dossiers.dossier import Letter, LetterKind, LetterState
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _, later
from ui import formatting
from ui.dossiers.rows import shown_code
from ui.look import style
from ui.widgets.tables.table import Table, TableModel

Index = QModelIndex | QPersistentModelIndex


class Part(Enum):
    """Parts of the list, in their order; the value is the heading."""

    BROKEN = later("✗ Lỡ cả hẹn lại: báo lãnh đạo, trả sớm nhất")
    OWING = later("Phải soạn thư xin lỗi")
    TO_SIGN = later("Chờ lãnh đạo ký")
    TO_DELIVER = later("Đã ký: in và trao")
    OPENED = later("Hồ sơ đang mở")


@dataclass(frozen=True)
class Line:
    """A dossier with the letter that waits, or with none while one is still to be drafted."""

    part: Part
    row: DossierRow
    letter: Letter | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.row.code, self.letter.id if self.letter else ""

    @property
    def is_mistake(self) -> bool:
        """True for the letter about a mistake, which is written on the dossier's page."""
        return self.letter is not None and self.letter.kind is LetterKind.MISTAKE


@dataclass(frozen=True)
class Heading:
    """The words over a part, with the number of its lines."""

    part: Part
    count: int


def lines_of(board: DayBoard, opened: DossierRow | None) -> tuple[Line, ...]:
    """Return the lines of the day's work; `opened` is one more where it is not among them."""
    broken = {row.code: row for row in board.reappointment_broken}
    waiting = (*board.to_sign, *board.to_deliver)
    with_letter = {row.letter.code for row in waiting}
    lines = [_of_letter(row, broken) for row in waiting]
    lines += [Line(Part.BROKEN, row) for code, row in broken.items() if code not in with_letter]
    lines += [
        Line(Part.OWING, row)
        for row in board.letters_owed
        if row.code not in with_letter and row.code not in broken
    ]
    if opened is not None and all(line.row.code != opened.code for line in lines):
        lines.append(Line(Part.OPENED, opened))
    order = list(Part)
    return tuple(sorted(lines, key=lambda line: order.index(line.part)))


def _of_letter(waiting: LetterRow, broken: dict[str, DossierRow]) -> Line:
    letter, row = waiting.letter, waiting.row
    if letter.kind is LetterKind.LATE and row.code in broken:
        return Line(Part.BROKEN, row, letter)
    drafted = letter.state is LetterState.DRAFTED
    return Line(Part.TO_SIGN if drafted else Part.TO_DELIVER, row, letter)


def _due(row: Line | Heading) -> str:
    if isinstance(row, Heading):
        return f"{_(row.part.value)} · {row.count}"
    this_year = row.row.due.year == row.row.now.year
    return f"{row.row.due:%d/%m %H:%M}" if this_year else f"{row.row.due:%d/%m/%Y}"


def _letter(row: Line | Heading) -> str:
    if isinstance(row, Heading):
        return ""
    letter = row.letter
    if letter is None:
        return _("chưa soạn") if row.row.letters_owed else ""
    if letter.state is LetterState.DRAFTED and not letter.reason:
        return _("thiếu lý do")
    about = _("sai sót, ") if letter.kind is LetterKind.MISTAKE else ""
    return f"{about}{letter.number_text or _(formatting.LETTER[letter.state])}"


COLUMNS: tuple[Column[Line | Heading], ...] = (
    Column(later("Hẹn trả"), _due),
    Column(
        later("Chủ hồ sơ"), lambda row: row.row.name if isinstance(row, Line) else "", personal=True
    ),
    Column(later("Thư"), _letter),
    Column(
        later("Mã hồ sơ"),
        lambda row: row.row.code if isinstance(row, Line) else "",
        shown=lambda row: shown_code(row.row) if isinstance(row, Line) else "",
    ),
)
_DUE, _NAME, _LETTER, _CODE = range(len(COLUMNS))
_SAMPLES = {
    _DUE: "10:00 25/11",
    _NAME: "Nguyễn Thị Ánh Đào",
    _LETTER: "05/PXL-UBND",
    _CODE: "23/11 …0004",
}


class _Model(TableModel):
    """Lines under their headings; a heading cannot be chosen."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = 0) -> Any:
        row = self.rows[index.row()]
        is_heading, is_broken = isinstance(row, Heading), row.part is Part.BROKEN
        if role == Qt.ItemDataRole.FontRole and is_heading:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and is_heading:
            return QColor(style.worn().late if is_broken else style.worn().accent_dark)
        if role == Qt.ItemDataRole.BackgroundRole and is_heading:
            return QColor(style.worn().ground)
        return super().data(index, role)


class LetterList(Table):
    """The list; `followed` names the line under the cursor, None where there is none."""

    followed = Signal(object)
    opened = Signal()

    def __init__(self) -> None:
        self._letters = _Model(COLUMNS)
        super().__init__(later("Hồ sơ nợ thư, thư chờ ký và chờ trao"), self._letters)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self._stay_chosen)
        self.fit()
        self.recall()

    # --- lines ------------------------------------------------------------------------------------

    def fill(self, lines: Sequence[Line], code: str = "") -> None:
        """Show the lines; the cursor stays on its line, or goes to `code`.

        Where its line is gone it is on the one that took its place.
        """
        before, place = self.line(), self.currentIndex().row()
        rows = list(_with_headings(lines))
        self._letters.fill(Listing(COLUMNS, rows))
        self.fit()
        self.clearSpans()
        for number, row in enumerate(rows):
            if isinstance(row, Heading):
                self.setSpan(number, 0, 1, len(COLUMNS))
        if not lines:
            self.followed.emit(None)
            return
        self.choose_row(_place(rows, code or (before.row.code if before else ""), before, place))

    def line(self) -> Line | None:
        """The line under the cursor, which is the one that is highlighted; None without any."""
        place, rows = self.currentIndex().row(), self._letters.rows
        row = rows[place] if 0 <= place < len(rows) else None
        return row if isinstance(row, Line) else None

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(row for row in self._letters.rows if isinstance(row, Line))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.followed.emit(self.line())

    def _stay_chosen(self) -> None:
        """A click with Ctrl takes the highlight away; what is acted on keeps it."""
        flags = QItemSelectionModel.SelectionFlag
        if self.line() is not None and not self.selectionModel().hasSelection():
            self.selectionModel().select(self.currentIndex(), flags.Select | flags.Rows)

    def open_line(self) -> None:
        if self.line() is not None:
            self.opened.emit()

    # --- widths -----------------------------------------------------------------------------------

    def fit_columns(self) -> None:
        header = self.horizontalHeader()
        for column in _SAMPLES:
            if column != _NAME:
                header.resizeSection(column, self._wide(column))
        self._make_room()

    def _wide(self, column: int) -> int:
        """As wide as its sample, its words and those over it; a long name is cut."""
        texts = [_SAMPLES[column]]
        if column != _NAME:
            texts += [COLUMNS[column].text(line) for line in self.lines]
        widest = max(map(self.fontMetrics().horizontalAdvance, texts)) + 18
        return max(widest, self.horizontalHeader().sectionSizeHint(column))

    def resizeEvent(self, event: Any) -> None:
        with self.program_moves():
            self._make_room()
            super().resizeEvent(event)

    def _make_room(self) -> None:
        """Hide the code where the list is narrow: the page shows it beside the list."""
        needed = sum(self._wide(column) for column in _SAMPLES)
        self.setColumnHidden(_CODE, self.viewport().width() < needed)


def _with_headings(lines: Sequence[Line]) -> Iterator[Line | Heading]:
    for part in Part:
        of_part = [line for line in lines if line.part is part]
        if of_part:
            yield Heading(part, len(of_part))
            yield from of_part


def _place(rows: Sequence[Line | Heading], code: str, before: Line | None, place: int) -> int:
    """Return the row to choose: the same letter, the same dossier, else what took its place."""
    places = {number: row for number, row in enumerate(rows) if isinstance(row, Line)}
    of_code = [number for number, row in places.items() if row.row.code == code]
    same = [number for number in of_code if before and places[number].key == before.key]
    if same or of_code:
        return (same or of_code)[0]
    return next((number for number in places if number >= place), max(places))
