"""Quy trình nội bộ: steps of a procedure, each with role, official, hours or another agency."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue import catalogue, process
from cchc_desk.actions.people import accounts
from cchc_desk.domain.law.procedure import ProcedureVersion, ProcessStep
from cchc_desk.domain.people.officials import ROLE_NAMES, Official, Role
from cchc_desk.domain.table import Column, Listing
from cchc_desk.domain.time.deadlines import DAY_MINUTES, MOST_DAYS
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox, SpinBox
from ui.widgets.fields.error_row import mark, mark_wrong, when_changed
from ui.widgets.fields.search_line import SearchLine
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import with_foot
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.list_lines import add_line, value_of
from ui.widgets.tables.when_empty import WhenEmpty
from ui.widgets.tables.whole_text import WholeText


@dataclass(frozen=True)
class _StepRow:
    """One step of a process, its place from 0 and the official's name."""

    place: int
    step: ProcessStep
    official: str


def _hours(minutes: int | None) -> str:
    if not minutes:
        return _("không đặt")
    return _("{hours} giờ {minutes:02d}").format(hours=minutes // 60, minutes=minutes % 60)


_COLUMNS: tuple[Column[_StepRow], ...] = (
    Column(later("Bước"), lambda row: str(row.place + 1), sort=lambda row: row.place),
    Column(later("Tên"), lambda row: row.step.name),
    Column(later("Vai trò"), lambda row: _(ROLE_NAMES[Role(row.step.role)])),
    Column(later("Công chức"), lambda row: row.official),
    Column(
        later("Thời gian"),
        lambda row: _hours(row.step.minutes),
        sort=lambda row: row.step.minutes or None,
    ),
    Column(later("Cơ quan khác"), lambda row: row.step.agency),
)
_AGENCY = frozenset({5})
_LEAVING = (3, 0, 5, 4)  # Enter has all of a step in the fields
PAUSE_MS = 120
_ROLES = (Role.CLERK, Role.PROCESSOR, Role.LEADER)


class ProcessPage(Page):
    """Left: the procedures. Right: the steps of the chosen one; nothing holds before F9."""

    page_name = "process"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.procedure: ProcedureVersion | None = None
        self.steps: list[ProcessStep] = []
        self._kept: list[ProcessStep] = []  # as they hold now
        self._edited: int | None = None  # the place of the step in the fields, None for a new one
        self._names: dict[str | None, str] = {}
        self.search = SearchLine()
        self.search.setPlaceholderText(_("vài chữ của tên thủ tục, hoặc mã"))
        self.found = QListWidget()
        self.found.setWordWrap(True)
        self.found.setItemDelegate(WholeText(self.found))
        self.found.setResizeMode(QListView.ResizeMode.Adjust)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = texts.words(_("Chọn một thủ tục trong danh sách (↑ ↓, Enter)."), "section")
        self.table = LineTable(
            later("Các bước của quy trình"), ordered=True, giving=(1,), leaving=_LEAVING
        )
        self.name, self.agency = QLineEdit(), QLineEdit()
        self.agency.setPlaceholderText(_("để trống: cơ quan này"))
        self.role, self.official = texts.narrow(ComboBox()), texts.narrow(ComboBox())
        for role in _ROLES:
            self.role.addItem(_(ROLE_NAMES[role]), role.value)
        self.minutes = SpinBox()
        texts.spaced(self.minutes)
        self.minutes.setRange(0, MOST_DAYS * DAY_MINUTES)
        self.minutes.setSingleStep(30)
        self.minutes.setSpecialValueText(_("không đặt"))
        self.minutes.setSuffix(_(" phút làm việc"))
        texts.letters(self.minutes, 14)
        self.error = texts.words("", "error")
        for field in (self.name, self.agency, self.role, self.official, self.minutes):
            when_changed(field, self.error.clear)
        self._lay_out()
        self._connect()
        self._in_fields = self._typed_step()  # before anything was typed

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(texts.words(_("Quy trình nội bộ"), "title"))
        left.addWidget(self.search)
        left.addWidget(self.found, 1)
        self.search.setAccessibleName(_("Tìm thủ tục"))
        self.found.setAccessibleName(_("Thủ tục"))
        order = Flow()
        for text, key, act in (
            (_("Lên"), "Alt+Up", partial(self.move_step, -1)),
            (_("Xuống"), "Alt+Down", partial(self.move_step, 1)),
            (_("Bỏ bước"), "Alt+X", self.drop),
        ):
            order.add(texts.button(text, act, key, self))
        right = QVBoxLayout()
        right.addWidget(self.title)
        right.addWidget(self.table, 1)
        right.addWidget(order)
        right.addWidget(self._step_form())
        columns = Columns(90)
        columns.add(left, 1)
        columns.add(right, 3)
        texts.lines(self.found, 5)
        WhenEmpty(self.found, _("Không có thủ tục nào khớp; thử ít chữ hơn."))
        WhenEmpty(self.table, _("Chưa có bước nào: chọn thủ tục, rồi ghi từng bước (Alt+N)."))
        keys = Flow()
        keys.add(texts.button(_("Ghi quy trình"), self.save, "F9", self, "primary"))
        with_foot(self, columns, self.error, keys)

    def _step_form(self) -> Flow:
        form = Flow(even=True)
        for name, field in (
            (_("Tên bước"), self.name),
            (_("Vai trò"), self.role),
            (_("Công chức"), self.official),
            (_("Thời gian"), self.minutes),
            (_("Cơ quan khác"), self.agency),
        ):
            field.setAccessibleName(name)
            texts.letters(field, 20)
            form.add(texts.beside(name, field))
        form.add(texts.button(_("Ghi bước"), self.put, "Alt+N", self))
        return form

    def _connect(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._find)
        self.search.textEdited.connect(self._pause.start)
        self.search.returnPressed.connect(self._to_found)
        self.found.activated.connect(lambda _line: self._choose(value_of(self.found)))
        self.table.chosen.connect(lambda place: self._edit(int(place)))
        texts.shortcut(self, "Esc", lambda: self.shell.open_page("settings"))

    # --- the procedure ----------------------------------------------------------------------------

    def shown(self) -> None:
        desk = self.desk
        jobs.run(self, lambda: accounts.list_officials(desk), self._show_officials)
        self._find()
        self.search.setFocus()

    def _show_officials(self, officials: tuple[Official, ...]) -> None:
        self._names = {None: _("theo vai trò")} | {one.id: one.name for one in officials}
        chosen = self.official.currentData()
        self.official.clear()
        for official, name in self._names.items():
            self.official.addItem(name, official)
        self.official.setCurrentIndex(max(0, self.official.findData(chosen)))

    def _to_found(self) -> None:
        if self._pause.isActive():  # the list is behind the letters
            self._find()
        self.found.setFocus()

    def _find(self) -> None:
        self._pause.stop()
        desk, query = self.desk, self.search.text()
        jobs.run(self, lambda: catalogue.find_procedures(desk, query), self._show_found)

    def _show_found(self, versions: tuple[ProcedureVersion, ...]) -> None:
        self.found.clear()
        for version in versions:
            roles = {
                Qt.ItemDataRole.UserRole: version,
                Qt.ItemDataRole.ToolTipRole: texts.tip(version.name),
            }
            add_line(self.found, self._line(version), roles)
        self.found.setCurrentRow(0)

    def _line(self, version: ProcedureVersion) -> str:
        return f"{version.code} · {self.desk.short_name(version.code, version.name)}"

    def _choose(self, version: ProcedureVersion) -> None:
        desk = self.desk
        jobs.run(
            self, lambda: process.process_of(desk, version.code), partial(self._show_steps, version)
        )

    def _typed_step(self) -> tuple[str, str, str | None, int]:
        official: str | None = self.official.currentData()
        return self.name.text().strip(), self.agency.text().strip(), official, self.minutes.value()

    def _types_step(self) -> bool:
        return self._typed_step() != self._in_fields

    def unsaved(self) -> str:
        if self.procedure is None or (self.steps == self._kept and not self._types_step()):
            return ""
        name = self.desk.short_name(self.procedure.code, self.procedure.name)
        return _("quy trình của «{procedure}»").format(procedure=name)

    def _show_steps(self, version: ProcedureVersion, steps: tuple[ProcessStep, ...]) -> None:
        before, said = self.procedure, self.unsaved()
        if before is not None and said:
            back = partial(self._show_process, before, list(self.steps), list(self._kept))
            notices.undoable(_("Đã bỏ phần sửa chưa ghi: {what}").format(what=said), back)
        self._show_process(version, list(steps), list(steps))

    def _show_process(
        self, version: ProcedureVersion, steps: list[ProcessStep], kept: list[ProcessStep]
    ) -> None:
        self.procedure, self.steps, self._kept = version, steps, kept
        self.title.setText(self._line(version))
        self.title.setToolTip(texts.tip(version.name))
        self._new()
        self._show()
        self.name.setFocus()

    # --- its steps --------------------------------------------------------------------------------

    def _show(self) -> None:
        rows = [
            _StepRow(place, step, self._names.get(step.official, step.official or ""))
            for place, step in enumerate(self.steps)
        ]
        # A column that says nothing leaves its room to the others.
        self.table.spare = frozenset() if any(s.agency for s in self.steps) else _AGENCY
        self.table.fill(Listing(_COLUMNS, rows), lambda row: str(row.place))

    def _edit(self, place: int) -> None:
        """Enter on a line: its step in the fields, to be corrected."""
        step, self._edited = self.steps[place], place
        self.name.setText(step.name)
        self.role.setCurrentIndex(self.role.findData(step.role))
        self.official.setCurrentIndex(max(0, self.official.findData(step.official)))
        self.minutes.setValue(step.minutes or 0)
        self.agency.setText(step.agency)
        self._in_fields = self._typed_step()
        self.name.setFocus()

    def _new(self) -> None:
        self._edited = None
        for line in (self.name, self.agency):
            line.setText("")  # unlike clear(), leaves nothing that Ctrl+Z would bring back here
        self.official.setCurrentIndex(0)
        self.minutes.setValue(0)
        self._in_fields = self._typed_step()
        self.error.clear()
        mark(self.name, False)

    def put(self) -> None:
        """Adds the step in the fields at the end, or puts it where the corrected one stood."""
        if not self.name.text().strip():
            self.error.setText(_("Hãy ghi tên của bước."))
            mark_wrong(self.name)
            self.name.setFocus()  # and so in sight
            return
        step = ProcessStep(
            self.name.text().strip(),
            self.role.currentData(),
            self.official.currentData(),
            self.minutes.value() or None,
            self.agency.text().strip(),
        )
        if self._edited is None:
            self.steps.append(step)
        else:
            self.steps[self._edited] = step
        self._new()
        self._show()
        self.name.setFocus()

    def move_step(self, by: int) -> None:
        """The step under the cursor changes places with the one before (-1) or behind (1) it."""
        here = self.table.currentIndex().row()
        there = here + by
        if here >= 0 and 0 <= there < len(self.steps):
            self.steps[here], self.steps[there] = self.steps[there], self.steps[here]
            self._new()
            self._show()
            self.table.selectRow(there)

    def drop(self) -> None:
        """Takes the step under the cursor out."""
        here = self.table.currentIndex().row()
        if 0 <= here < len(self.steps):
            del self.steps[here]
            self._new()
            self._show()

    def save(self) -> None:
        """From now on this holds; folders already passed on keep the limits they were given."""
        if self.procedure is None:
            self.error.setText(_("Hãy chọn thủ tục trước."))
            return
        if self._types_step():  # the step in the fields is not forgotten
            self.put()
            if not self.error.text():
                notices.say(_("Đã ghi bước vào bảng; F9 lần nữa để ghi cả quy trình."))
            return
        keep = partial(process.set_process, self.desk, self.procedure.code, tuple(self.steps))
        jobs.run(self, keep, self._saved, self._refuse)

    def _saved(self, steps: tuple[ProcessStep, ...]) -> None:
        self.error.clear()
        self._kept = list(steps)
        sentence = _n(
            "Đã ghi quy trình {count} bước; bàn giao từ nay theo quy trình này.", len(steps)
        )
        notices.say(sentence.format(count=len(steps)))

    def _refuse(self, error: DeskError) -> None:
        self.error.setText(error.message)
