"""Lịch làm việc: the special days of a year, entered by one official and confirmed by a second."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.office import office_calendar
from cchc_desk.actions.office.office_calendar import Move
from cchc_desk.actions.people import accounts
from cchc_desk.domain.table import Column, Listing
from cchc_desk.domain.time.calendar import KIND_NAMES, CalendarYear, DayKind, SpecialDay
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox, SpinBox
from ui.widgets.fields.date_field import DayField
from ui.widgets.fields.error_row import mark, mark_wrong, when_changed
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import with_foot
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.list_lines import add_line, value_of
from ui.widgets.tables.when_empty import WhenEmpty
from ui.widgets.tables.whole_text import WholeText

_COLUMNS: tuple[Column[SpecialDay], ...] = (
    Column(later("Ngày"), lambda day: formatting.day_text(day.day), sort=lambda day: day.day),
    Column(later("Loại"), lambda day: _(KIND_NAMES[day.kind])),
    Column(later("Tên"), lambda day: day.name),
    Column(later("Văn bản"), lambda day: day.document),
)
_NAME, _DOCUMENT = 2, 3
_GIVING, _LEAVING = (_NAME,), (_DOCUMENT,)


class CalendarPage(Page):
    """The year as it will be entered, the years that wait, and the promises they would move."""

    page_name = "calendar"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.days: tuple[SpecialDay, ...] = ()
        self._loaded: tuple[SpecialDay, ...] = ()  # as the year was read
        self._shown_year = 0
        self._in_fields = ("", "", "")  # of the day in the fields, before anything was typed
        self.year = SpinBox()
        texts.spaced(self.year)
        self.year.setRange(desk.now().year - 1, desk.now().year + 5)
        self.year.setValue(desk.now().year)
        self.state = texts.words("", "section")
        self.table = LineTable(later("Các ngày đặc biệt của năm"), giving=_GIVING, leaving=_LEAVING)
        self.day = DayField(_("Ngày"), desk.now().year)
        self.kind = texts.narrow(ComboBox())
        for kind, name in KIND_NAMES.items():
            if kind is not DayKind.ESTIMATE:
                self.kind.addItem(_(name), kind)
        self.name, self.paper, self.document = QLineEdit(), QLineEdit(), QLineEdit()
        self.error = texts.words("", "error")
        for field in (self.day, self.kind, self.name, self.paper, self.document):
            when_changed(field, self.error.clear)
        self.waiting, self.moves = QListWidget(), QListWidget()
        self.said = texts.words("", "quiet")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        columns = Columns(90)
        columns.add(self._left(), 2)
        columns.add(self._right(), 1)
        keys = Flow()
        keys.add(texts.button(_("Ghi lịch cả năm, chờ xác nhận"), self.save, "F9", self, "primary"))
        with_foot(self, columns, self.error, keys)

    def _left(self) -> QVBoxLayout:
        top = QHBoxLayout()
        top.addWidget(texts.words(_("Lịch làm việc năm"), "title", wrap=False))
        top.addWidget(self.year)
        top.addWidget(self.state, 1)
        keys = Flow()
        keys.add(texts.button(_("Ghi ngày"), self.put_day, "Alt+N", self))
        keys.add(texts.button(_("Nhập bảng CSV"), self.ask_file, "Alt+I", self))
        keys.add(texts.button(_("Lưu bảng CSV"), self.ask_target, "Alt+X", self))
        grid = QGridLayout()
        for place, (name, field) in enumerate(
            (
                (_("Ngày"), self.day),
                (_("Loại"), self.kind),
                (_("Tên ngày"), self.name),
                (_("Văn bản"), self.paper),
            )
        ):
            field.setAccessibleName(name)
            grid.addWidget(texts.words(name, wrap=False), place // 2, place % 2 * 2)
            grid.addWidget(field, place // 2, place % 2 * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.document.setAccessibleName(_("Văn bản quy định cả năm"))
        self.document.setPlaceholderText(_("số, ngày của văn bản quy định ngày nghỉ trong năm"))
        form = QFormLayout()
        form.addRow(_("Văn bản cả năm"), self.document)
        column = QVBoxLayout()
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(grid)
        column.addWidget(keys)
        column.addLayout(form)
        self.year.setAccessibleName(_("Năm"))
        return column

    def _right(self) -> QVBoxLayout:
        self.confirm_button = texts.button(
            _("Xác nhận lịch này"), self.confirm, "Alt+A", self, "primary"
        )
        self.waiting.setAccessibleName(_("Lịch chờ người thứ hai xác nhận"))
        self.waiting.setWordWrap(True)
        self.moves.setAccessibleName(_("Lời hẹn sẽ đổi"))
        self.moves.setWordWrap(True)
        for wrapping in (self.waiting, self.moves):
            wrapping.setItemDelegate(WholeText(wrapping))
        for shown, lines in ((self.waiting, 3), (self.moves, 7)):
            texts.lines(shown, lines)
            shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        WhenEmpty(self.waiting, _("Không có lịch nào chờ xác nhận."))
        column = QVBoxLayout()
        column.addWidget(texts.words(_("Chờ người thứ hai xác nhận"), "section"))
        column.addWidget(self.waiting, 1)
        column.addWidget(
            texts.words(_("Lời hẹn sẽ đổi (bỏ dấu chọn: giữ nguyên ngày đã hẹn)"), "section")
        )
        column.addWidget(self.said)
        column.addWidget(self.moves, 3)
        column.addWidget(self.confirm_button)
        return column

    def _connect(self) -> None:
        self.year.valueChanged.connect(self._turn_year)
        self.waiting.currentRowChanged.connect(lambda _row: self._ask_moves())
        self.table.chosen.connect(self._edit_day)
        texts.shortcut(self.table, "Del", self.drop_day, _("Bỏ dòng đang chọn"))
        texts.shortcut(self, "Esc", lambda: self.shell.open_page("settings"))

    # --- the year ---------------------------------------------------------------------------------

    def shown(self) -> None:
        if not self.unsaved():
            self.refresh()
        self.year.setFocus()

    def unsaved(self) -> str:
        is_same = self.days == self._loaded and not self.document.text().strip()
        if is_same and not self._types_day():
            return ""
        return _("lịch năm {year}").format(year=self._shown_year)

    def _types_day(self) -> bool:
        return any(self._day_texts()) and self._day_texts() != self._in_fields

    def _day_texts(self) -> tuple[str, str, str]:
        return self.day.text().strip(), self.name.text().strip(), self.paper.text().strip()

    def _turn_year(self, year: int) -> None:
        """Another year; what was changed in the one before can be had back."""
        before, days = self._shown_year, self.days
        if before and days != self._loaded:

            def back() -> None:
                self.year.setValue(before)
                self.days = days
                self._show_days()

            notices.undoable(
                _("Đã bỏ phần sửa chưa ghi của lịch năm {year}").format(year=before), back
            )
        self.refresh()

    def refresh(self) -> None:
        """Asks for the year as it holds now, and for what waits."""
        desk, year = self.desk, self.year.value()
        jobs.run(
            self,
            lambda: (
                office_calendar.year_in_force(desk, year),
                office_calendar.entered_years(desk),
                {official.id: official.name for official in accounts.list_officials(desk)},
            ),
            lambda answer: self._show_year(year, *answer),
        )

    def _show_year(
        self,
        year: int,
        days: tuple[SpecialDay, ...],
        entered: tuple[CalendarYear, ...],
        names: dict[str, str],
    ) -> None:
        confirmed = year in self.desk.calendar.confirmed_years
        estimated = any(day.kind is DayKind.ESTIMATE for day in days)
        self._shown_year = year
        self.days = self._loaded = tuple(
            replace(day, kind=DayKind.OFF, document="") if _guessed(day) else day for day in days
        )
        text = (
            _("đã xác nhận")
            if confirmed
            else _("chưa xác nhận: lời hẹn chạm năm này ghi «tạm tính»")
        )
        guess = _("; ngày ước tính đã đổi thành nghỉ lễ để đối chiếu văn bản") if estimated else ""
        self.state.setText(_("Năm {year} {said}{guess}.").format(year=year, said=text, guess=guess))
        self._show_days()
        self.waiting.clear()
        for entry in entered:
            if entry.confirmed is None:
                words = _("Năm {year}: {document}, {count} ngày, {entered_by} nhập {when}").format(
                    year=entry.year,
                    document=entry.document,
                    count=len(entry.days),
                    entered_by=names.get(entry.entered_by, entry.entered_by),
                    when=formatting.short(entry.entered),
                )
                add_line(self.waiting, words, {Qt.ItemDataRole.UserRole: entry.id})
        self.waiting.setCurrentRow(0)
        if not self.waiting.count():
            texts.allow(self.confirm_button, _("Không có lịch nào chờ xác nhận."))
            self.moves.clear()
            self.said.clear()

    def _show_days(self) -> None:
        self.table.fill(Listing(_COLUMNS, self.days), _iso)

    def _edit_day(self, iso: str) -> None:
        """Enter on a line: its day in the fields, to be corrected."""
        day = next(day for day in self.days if day.day.isoformat() == iso)
        self.day.set_day(day.day)
        self.kind.setCurrentIndex(self.kind.findData(day.kind))
        self.name.setText(day.name)
        self.paper.setText(day.document)
        self._in_fields = self._day_texts()
        self.day.setFocus()

    def save(self) -> None:
        """F9: first the day that is being typed, then the whole year."""
        if self._types_day():
            self.put_day()
            if not self.error.text():
                notices.say(_("Đã ghi ngày vào bảng; F9 lần nữa để ghi lịch cả năm, chờ xác nhận."))
        else:
            self.enter()

    def put_day(self) -> None:
        """Adds the day in the fields, or puts it in the place of the same day."""
        try:
            day = self.day.day()
        except ValueError:
            day = None
        is_of_year = day is not None and day.year == self.year.value()
        if day is None or not is_of_year or not self.name.text().strip():
            wrong = self.name if is_of_year else self.day
            mark_wrong(wrong)
            wrong.setFocus()  # and so in sight
            self.error.setText(
                _("Hãy ghi ngày trong năm {year} như 30/04/{year}, và tên của ngày.").format(
                    year=self.year.value()
                )
            )
            return
        self.error.clear()
        for field in (self.day, self.name):
            mark(field, False)
        put = SpecialDay(
            day, self.kind.currentData(), self.name.text().strip(), self.paper.text().strip(), ""
        )
        self.days = tuple(
            sorted((*(d for d in self.days if d.day != day), put), key=lambda d: d.day)
        )
        for field in (self.day, self.name, self.paper):
            field.clear()
        self._in_fields = self._day_texts()
        self._show_days()
        self.day.setFocus()

    def drop_day(self) -> None:
        """Takes the day under the cursor off the table; the cursor goes to the line after it."""
        row, day, year = self.table.currentIndex().row(), self.table.current(), self._shown_year
        if day is None:
            return
        self.days = tuple(one for one in self.days if one != day)
        self._show_days()
        self.table.choose_row(min(row, len(self.days) - 1))

        def back() -> None:
            if self._shown_year == year and day not in self.days:
                self.days = tuple(sorted((*self.days, day), key=lambda one: one.day))
                self._show_days()

        notices.undoable(
            _("Đã bỏ khỏi bảng: {day} {name}").format(
                day=formatting.day_text(day.day), name=day.name
            ),
            back,
        )

    def ask_file(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Nhập bảng lịch"), str(Path.home()), "CSV (*.csv)"
        )
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, file: Path) -> None:
        """Puts the days of a table in the place of those on the page; nothing is kept before F9."""
        jobs.run(self, lambda: _read(file), self._file_read, self._refuse)

    def _file_read(self, days: tuple[SpecialDay, ...]) -> None:
        self.days = tuple(sorted(days, key=lambda day: day.day))
        self.error.clear()
        self._show_days()
        notices.say(
            _n("Đã đọc {count} ngày; hãy xem lại rồi F9.", len(days)).format(count=len(days))
        )

    def ask_target(self) -> None:
        proposed = str(Path.home() / f"lich-{self.year.value()}.csv")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Lưu bảng lịch"), proposed, "CSV (*.csv)"
        )
        if chosen:
            text = office_calendar.to_csv(self.days)
            jobs.run(self, lambda: office_calendar.save_csv(text, Path(chosen)), _say_saved)

    def enter(self) -> None:
        """The whole year goes to the second person; it holds only once confirmed."""
        enter = partial(
            office_calendar.enter_year,
            self.desk,
            self.year.value(),
            self.document.text(),
            self.days,
        )
        jobs.run(self, enter, self._entered, self._refuse)

    def _entered(self, entered: CalendarYear) -> None:
        self.error.clear()
        self.document.clear()
        notices.say(
            _("Đã ghi lịch năm {year}; nhờ người thứ hai vào đây xác nhận.").format(
                year=entered.year
            )
        )
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        self.error.setText(error.message)
        if isinstance(error, Refused) and error.field == "document":
            mark_wrong(self.document)
            self.document.setFocus()

    # --- the second person ------------------------------------------------------------------------

    def _ask_moves(self) -> None:
        """The promises of the highlighted year; until they are there, nothing can be confirmed."""
        year_id, desk = value_of(self.waiting), self.desk
        self.moves.clear()
        self.said.clear()
        if year_id is not None:
            texts.allow(self.confirm_button, _("Đang tìm các lời hẹn sẽ đổi…"))
            jobs.run(
                self,
                lambda: office_calendar.moves_of(desk, year_id),
                lambda moves: self._show_moves(year_id, moves),
            )

    def _show_moves(self, year_id: str, moves: tuple[Move, ...]) -> None:
        if value_of(self.waiting) != year_id:
            return  # overtaken by the next line
        texts.allow(self.confirm_button, None)
        self.moves.clear()
        for move in moves:
            days = f"{formatting.short(move.before)} → {formatting.short(move.after)}"
            text = f"{move.code} · {move.name} · {move.phone}\n{days}"
            ticked = {
                Qt.ItemDataRole.UserRole: move.code,
                Qt.ItemDataRole.CheckStateRole: Qt.CheckState.Checked,
            }
            add_line(self.moves, text, ticked)
        self.said.setText(
            _n("{count} hồ sơ; đổi rồi phải báo công dân.", len(moves)).format(count=len(moves))
            if moves
            else _("Không lời hẹn nào đổi.")
        )

    def confirm(self) -> None:
        """Confirms the chosen year; unticked promises stay where they are."""
        year_id, desk = value_of(self.waiting), self.desk
        rows = [self.moves.item(n) for n in range(self.moves.count())]
        keep = [
            row.data(Qt.ItemDataRole.UserRole)
            for row in rows
            if row.checkState() is Qt.CheckState.Unchecked
        ]
        jobs.run(self, lambda: office_calendar.confirm_year(desk, year_id, keep), self._confirmed)

    def _confirmed(self, moved: tuple[Move, ...]) -> None:
        notice = _n(" Hãy báo {count} công dân ngày hẹn mới (F3, M: lời báo).", len(moved)).format(
            count=len(moved)
        )
        notices.say(_("Lịch đã được xác nhận.{told}").format(told=notice if moved else ""))
        self.refresh()


def _iso(day: SpecialDay) -> str:
    return day.day.isoformat()


def _guessed(day: SpecialDay) -> bool:
    return day.kind is DayKind.ESTIMATE


def _read(file: Path) -> tuple[SpecialDay, ...]:
    return office_calendar.read_csv(office_calendar.text_of(file))


def _say_saved(file: Path) -> None:
    notices.say(_("Đã lưu {name}; sửa bằng bảng tính rồi nhập lại (Alt+I).").format(name=file.name))
