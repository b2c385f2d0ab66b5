"""The table of dossiers: one model and one view for the day board, the list and the letters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.found import Match, Part, matches
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.dossiers.standing import DossierStanding, Standing, standing_of
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _, later
from ui import formatting
from ui.widgets.display.badge import BadgeDelegate, badge_text
from ui.widgets.tables.found_text import FoundText, Spans
from ui.widgets.tables.table import MenuAct, Offered, Table, TableModel

_FOUND_WORDS = {
    Part.ID_NUMBER: later("số định danh {found}"),
    Part.PHONE: later("điện thoại {found}"),
    Part.SUBMITTER: later("người nộp: {found}"),
}


class Finding:
    """What a query found in the lines of its answer, each looked at once."""

    def __init__(self, query: str) -> None:
        self.query = query
        self._found: dict[str, tuple[Match, ...]] = {}  # by code

    def matches(self, row: DossierRow) -> tuple[Match, ...]:
        if not self.query:
            return ()
        if row.code not in self._found:
            self._found[row.code] = matches(row, self.query)
        return self._found[row.code]

    def why(self, row: DossierRow) -> str:
        """Return why this dossier was found, "" where its name or code shows it."""
        found = [match for match in self.matches(row) if match.part in _FOUND_WORDS]
        return "; ".join(dict.fromkeys(_reason(row, match) for match in found))


def _reason(row: DossierRow, match: Match) -> str:
    whole = str(getattr(row, match.part.value))
    found = whole
    if match.part is not Part.SUBMITTER:
        found = whole[match.start : match.end]
        found = f"{'…' if match.start else ''}{found}{'…' if match.end < len(whole) else ''}"
    return _(_FOUND_WORDS[match.part]).format(found=found)


def _shown_due(row: DossierRow) -> str:
    """Return the due moment, with its hour in this year, with its year in another."""
    if row.damaged:
        return "—"
    is_this_year = row.due.year == row.now.year
    return f"{row.due:%d/%m %H:%M}" if is_this_year else f"{row.due:%d/%m/%Y}"


def _doubt(row: DossierRow) -> str:
    return _(" (tạm tính)") if row.provisional else ""


def shown_code(row: DossierRow) -> str:
    """Return the code of a line as a list shows it."""
    return short_code(row.code, row.now.date())


def _standing_of(row: DossierRow) -> DossierStanding:
    return standing_of(row, row.now, row.urged, process_late=row.process_late)


_URGENCY = {kind: place for place, kind in enumerate(Standing)}
COLUMNS: tuple[Column[DossierRow], ...] = (
    Column(
        later("Hẹn trả"),
        lambda row: "—" if row.damaged else formatting.short(row.due) + _doubt(row),
        sort=lambda row: row.due,
        shown=lambda row: _shown_due(row) + _doubt(row),
    ),
    Column(later("Mã hồ sơ"), lambda row: row.code, shown=shown_code),
    Column(later("Chủ hồ sơ"), lambda row: row.name, sort=lambda row: row.name_sort, personal=True),
    Column(later("Tìm thấy ở"), lambda row: ""),
    Column(
        later("Thủ tục"),
        lambda row: row.procedure_name,
        shown=lambda row: DossierTable.short_name(row.procedure_code, row.procedure_name),
    ),
    Column(
        later("Tình trạng"),
        formatting.state,
        sort=lambda row: _URGENCY[standing_of(row, row.now).kind],
        shown=lambda row: badge_text(
            standing_of(row, row.now, row.urged, process_late=row.process_late)
        ),
    ),
    Column(later("Người giữ"), lambda row: row.holder_name),
)
_DUE, _CODE, _NAME, _WHY, PROCEDURE, STATE, HOLDER = range(len(COLUMNS))
# What a column must show whole; the procedure takes the rest.
_SAMPLES = {
    _DUE: "25/11 10:00",
    _CODE: "23/11 …0004",
    _NAME: "Nguyễn Thị Ánh Đào",
    _WHY: "số định danh …1234",
    STATE: "✓ có kết quả, chờ trả 000",
    HOLDER: "Nguyễn Thị Hoài An",
}
_PROCEDURE_SAMPLE = "Cấp bản sao từ sổ gốc"
_LEAST, _ENOUGH = (
    0.7,
    1.25,
)  # times that: below it lines scroll sideways, over it longer words beside it get the rest
_AROUND_BADGE = 6  # points more than around plain words
_LINES_MEASURED = 60  # as many as a large screen shows
_WIDES_KEPT = 5000


class DossierTable(Table):
    """Table of dossiers; Enter or a double click opens one. `narrow`: beside a form.

    `least_needed`: the columns that give way one after the other where the window is narrow.
    """

    opened = Signal(str)
    # A procedure's name for a screen, by its code and full name; the window sets that of its desk.
    short_name: ClassVar[Callable[[str, str], str]] = staticmethod(lambda _code, name: name)

    def __init__(
        self, name: str, *, narrow: bool = False, least_needed: Sequence[int] = (HOLDER,)
    ) -> None:
        self.dossiers = TableModel(COLUMNS)
        self._standings: dict[int, DossierStanding] = {}  # by line: painted again and again
        self._wides: dict[str, int] = {}  # of texts measured before
        super().__init__(name, self.dossiers)
        self.dossiers.layoutChanged.connect(self._standings.clear)
        header = self.horizontalHeader()
        header.setSectionResizeMode(PROCEDURE, QHeaderView.ResizeMode.Fixed)
        self._narrow, self._least_needed = narrow, least_needed
        # beside a form: who and when is enough to choose by
        self._unasked = frozenset({PROCEDURE, STATE, HOLDER} if narrow else ())
        self.spare = self._unasked | {_WHY}
        if narrow:
            header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self._finding = Finding("")
        self._found_letters = {
            column: FoundText(partial(self._found_in, part), self)
            for column, part in ((_NAME, Part.NAME), (_CODE, Part.CODE))
        }
        self.setItemDelegateForColumn(STATE, BadgeDelegate(self._standing, self))
        self._widths: dict[int, int] = {}
        self.acts_of_line = self._own_acts
        self.make_sortable()
        self.fit()
        self.recall()

    def fit_columns(self) -> None:
        header = self.horizontalHeader()
        self._wides.clear()
        self._widths = {
            column: max(self._wide(sample), header.sectionSizeHint(column))
            for column, sample in _SAMPLES.items()
        }
        for column, wide in self._widths.items():
            header.resizeSection(column, wide)
        self._make_room()

    def _wide(self, sample: str) -> int:
        if sample not in self._wides:
            self._wides[sample] = self.fontMetrics().horizontalAdvance(sample) + 18
        return self._wides[sample]

    def resizeEvent(self, event: QResizeEvent) -> None:
        with self.program_moves():
            self._make_room()
            super().resizeEvent(event)

    def _make_room(self) -> None:
        """On a small screen the least needed columns make room, beside a form the code.

        Due moment and code are whole; the standing is too, or has its usual width before the lines
        scroll sideways. The procedure takes the rest, but never less than its first words.
        """
        room, usual = self.viewport().width(), self._wide(_PROCEDURE_SAMPLE)
        least = round(usual * _LEAST)
        widths = self._widths | {PROCEDURE: least}
        for column in (_DUE, _CODE, STATE):
            widths[column] = max(widths[column], self._longest(column))
        if self._narrow:
            self._set_widths(widths, (_DUE, _CODE))
            needed = sum(widths[column] for column in (_DUE, _CODE, _NAME))
            self.crowded = frozenset({_CODE} if room < needed else ())
            self.show_columns()
            return
        needed = sum(
            wide for column, wide in widths.items() if column not in self._unasked | {_WHY}
        )
        crowded = set()
        least_needed = self._least_needed
        if _WHY not in self.spare:  # why it was found is what is looked for now
            needed += widths[_WHY]
            least_needed = (*least_needed, _DUE)
        # Before lines scroll sideways: who, when and how it stands is enough to choose by.
        last = (column for column in (PROCEDURE, _CODE) if column not in least_needed)
        for column in (*least_needed, *last):
            if room < needed:
                crowded.add(column)
                needed -= widths[column]
        floors = {column: self._longest(column) for column in (_NAME, _WHY)}
        # Then a longer one ends with dots, the tip has it whole.
        for column, floor in (floors | {c: self._widths[c] for c in (_DUE, STATE)}).items():
            if room < needed and not (column == _WHY and _WHY in self.spare):
                floor = max(floor, self.horizontalHeader().sectionSizeHint(column))
                less = max(0, min(needed - room, widths[column] - floor))
                widths[column], needed = widths[column] - less, needed - less
        self._set_widths(widths, (_DUE, _CODE, STATE, *floors))
        self.crowded = frozenset(crowded)
        self.show_columns()
        shown = [column for column in widths if not self.isColumnHidden(column)]
        rest = room - sum(widths[column] for column in shown if column != PROCEDURE)
        header = self.horizontalHeader()
        if not self._kept():
            spare = rest - round(usual * _ENOUGH) if PROCEDURE in shown else rest
            rest -= self._grow(widths, spare)
            if PROCEDURE not in shown:
                header.resizeSection(_NAME, header.sectionSize(_NAME) + max(0, rest))
        header.resizeSection(PROCEDURE, max(least, rest, header.sectionSizeHint(PROCEDURE)))

    def _set_widths(self, widths: Mapping[int, int], columns: Iterable[int]) -> None:
        if not self._kept():  # else they stay as they were left
            for column in columns:
                self.horizontalHeader().resizeSection(column, widths[column])

    def _longest(self, column: int) -> int:
        shown = range(min(len(self.dossiers.rows), _LINES_MEASURED))
        texts = {self.dossiers.shown(row, column) for row in shown}
        longest = max(map(self._wide, texts), default=0)
        return longest + _AROUND_BADGE if column == STATE else longest

    def _grow(self, widths: Mapping[int, int], spare: int) -> int:
        """Widen columns with long words by up to `spare` points in all; return the points used."""
        before = spare
        for column in (_NAME, HOLDER):
            if not self.isColumnHidden(column):
                more = max(0, min(spare, self._longest(column) - widths[column]))
                self.horizontalHeader().resizeSection(column, widths[column] + more)
                spare -= more
        return before - spare

    def _standing(self, place: int) -> DossierStanding:
        if place not in self._standings:
            self._standings[place] = _standing_of(self.dossiers.rows[place])
        return self._standings[place]

    def _found_in(self, part: Part, place: int) -> Spans:
        """The letters of a shown cell that the query has found."""
        row = self.dossiers.rows[place]
        number = len(row.code.rpartition("-")[2])  # that is shown of a code, at its end
        hidden = len(row.code) - number if part is Part.CODE else 0
        before = len(shown_code(row)) - number if part is Part.CODE else 0
        return [
            (max(0, match.start - hidden) + before, match.end - hidden + before)
            for match in self._finding.matches(row)
            if match.part is part and match.end > hidden
        ]

    def fill(self, rows: Sequence[DossierRow], query: str = "") -> None:
        """Show `rows`, what `query` found in them bold.

        The cursor stays on its dossier where that is still there; the first of another query's is
        chosen.
        """
        code = self.current_code() if query == self._finding.query else None
        self._finding = finding = Finding(query)
        self._standings.clear()
        if len(self._wides) > _WIDES_KEPT:
            self._wides.clear()
        in_code = any(map(str.isdigit, query))
        for column, may_be in ((_NAME, bool(query)), (_CODE, in_code)):
            plain = self.itemDelegate()
            self.setItemDelegateForColumn(column, self._found_letters[column] if may_be else plain)
        why = replace(COLUMNS[_WHY], value=finding.why)
        columns = (*COLUMNS[:_WHY], why, *COLUMNS[_WHY + 1 :])
        shows_why = bool(query) and any(map(finding.why, rows[:_LINES_MEASURED]))
        self.spare = self._unasked if shows_why else self._unasked | {_WHY}
        self.dossiers.fill(Listing(columns, rows))
        codes = [row.code for row in self.dossiers.rows]
        if codes:
            self.choose_row(codes.index(code) if code in codes else 0)
        with self.program_moves():
            self._make_room()

    def choose_codes(self, codes: Sequence[str]) -> None:
        """Choose the lines of these dossiers, the cursor on the first of them."""
        flags = QItemSelectionModel.SelectionFlag
        places = [place for place, row in enumerate(self.dossiers.rows) if row.code in codes]
        if places:
            self.choose_row(places[0])
        for place in places[1:]:
            self.selectionModel().select(self.dossiers.index(place, 0), flags.Select | flags.Rows)

    def current_code(self) -> str | None:
        """The code under the cursor, None when the table is empty."""
        place, rows = self.currentIndex().row(), self.dossiers.rows
        return str(rows[place].code) if 0 <= place < len(rows) else None

    def _own_acts(self, show: Offered) -> None:
        show([MenuAct(_("Mở hồ sơ"), "Enter", self.open_line)])

    def open_line(self) -> None:
        code = self.current_code()
        if code:
            self.opened.emit(code)
