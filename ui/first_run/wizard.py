"""The first run: province, ward, the desk, its people - or straight into the practice ward."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk import paths
from cchc_desk.domain.people.officials import ROLE_NAMES, Role
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, later
from ui import formatting
from ui.look import texts
from ui.shell import jobs
from ui.shell.appearance_line import AppearanceLine
from ui.widgets.fields.error_row import ErrorRow

if TYPE_CHECKING:
    from cchc_desk.actions.office.accounts import SetupPlan

_SUGGESTED = {
    Role.CLERK: "tiepnhan",
    Role.PROCESSOR: "thuly",
    Role.LEADER: "lanhdao",
    Role.ADMINISTRATOR: "quantri",
}
_HOURS = {"mon-fri": "07:30-11:30,13:00-17:00", "sat": ""}
_TITLES = (
    later("Tỉnh, thành phố"),
    later("Xã, phường, đặc khu"),
    later("Quầy"),
    later("Người dùng"),
    later("Xem lại"),
)
_PROVINCE, _COMMUNE, _DESK, _PEOPLE, _SUMMARY = range(len(_TITLES))
_HINTS = {
    "name": later("Họ tên"),
    "id": later("Tên đăng nhập"),
    "title": later("Chức danh"),
    "password": later("Mật khẩu"),
}
# Where a refusal of the set-up belongs on the screen: the field of one official.
_PERSON = {"login": "id", "official_name": "name", "password": "password"}


@dataclass(frozen=True)
class Fault:
    """First fault of a plan; `role` is the official's row, where it concerns one."""

    refusal: Refused
    role: Role | None = None


class Chooser(QWidget):
    """List narrowed by typed letters, marks or none; Up, Down and Enter work from the field."""

    picked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(_("gõ vài chữ (có dấu hay không), ↑ ↓ chọn, Enter"))
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.nothing = texts.words("", "error")
        column.addWidget(self.nothing)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self.pick)
        texts.shortcut(self, "Down", lambda: self._move(1))
        texts.shortcut(self, "Up", lambda: self._move(-1))
        self.list.itemClicked.connect(lambda _: self.pick())
        self.setFocusProxy(self.field)

    def offer(self, choices: list[tuple[str, object]]) -> None:
        self.field.clear()
        self.list.clear()
        for text, value in choices:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _narrow(self, text: str) -> None:
        wanted = fold(text).split()
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            syllables = fold(item.text()).split()
            fits = all(
                any(syllable.startswith(start) for syllable in syllables) for start in wanted
            )
            item.setHidden(not fits)
            first = item if fits and first is None else first
        if first is not None:
            self.list.setCurrentItem(first)
        self.nothing.setText(
            "" if first is not None else _("Không có tên nào như vậy; thử ít chữ hơn.")
        )

    def _move(self, by: int) -> None:
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count() and self.list.item(row).isHidden():
            row += by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def pick(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.picked.emit(item.data(Qt.ItemDataRole.UserRole))


class Wizard(QWidget):
    """Five steps; Enter goes on, Esc goes back. `finished(folder)` once the desk is made."""

    finished = Signal(object)
    next_language = (
        Signal()
    )  # Ctrl+T: another language; at the first step, where nothing is lost by it

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.province: Any = None
        self.commune: Any = None
        self.steps = QStackedWidget()
        self.error = ErrorRow()
        self.trouble = texts.words("", "error")
        self.title = texts.words("", "title")
        self.provinces, self.communes = (
            Chooser(_("Tỉnh, thành phố")),
            Chooser(_("Xã, phường, đặc khu")),
        )
        self.summary = texts.words()
        for step in (
            self.provinces,
            self.communes,
            self._desk_step(),
            self._people_step(),
            self._summary_step(),
        ):
            self.steps.addWidget(step)
        self.provinces.picked.connect(self._province_picked)
        self.communes.picked.connect(self._commune_picked)
        self._lay_out()

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(40, 24, 40, 20)
        page.addWidget(
            texts.words(_("Chào mừng đến với CCHC Desk – bàn một cửa của xã, phường"), "title")
        )
        self.invitation = QWidget()
        top = QHBoxLayout(self.invitation)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(
            texts.words(_("Muốn thử ngay: người giả, thủ tục thật, giấy tờ in dấu mờ."), "quiet"), 1
        )
        self.practice = texts.button(_("Vào phường tập huấn"), self.enter_practice, "F10", self)
        top.addWidget(self.practice)
        page.addWidget(self.invitation)
        page.addWidget(self.title)
        page.addWidget(self.steps, 1)
        page.addWidget(self.trouble)
        row = QHBoxLayout()
        self.back = texts.button(_("Quay lại"), self.go_back, "Esc", self)
        self.next = texts.button(_("Tiếp tục"), self.go_on, "F9", self, "primary")
        self.next.setAutoDefault(True)  # Enter presses it, too, where it has the focus
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        page.addLayout(row)
        self.appearance_line = AppearanceLine(self, self.next_language.emit)
        page.addWidget(self.appearance_line)

    def _desk_step(self) -> QWidget:
        step = QWidget()
        form = self.desk_form = QFormLayout(step)
        self.unit_code, self.desk_name = QLineEdit(), QLineEdit(_("Quầy 1"))
        self.unit_code.setPlaceholderText(_("ví dụ H13.31 – hỏi Sở hoặc Cổng dịch vụ công"))
        self.block_first, self.block_last = QSpinBox(), QSpinBox()
        texts.spaced(self.block_first, self.block_last)
        for box, value in ((self.block_first, 1), (self.block_last, 1999)):
            box.setRange(1, 9999)
            box.setValue(value)
        self.hours = {days: QLineEdit(hours) for days, hours in _HOURS.items()}
        for hours in self.hours.values():
            hours.setPlaceholderText(_("07:30-11:30,13:00-17:00; để trống: nghỉ"))
        rows: list[tuple[str, QWidget]] = [
            (_("Mã định danh đơn vị"), self.unit_code),
            (_("Tên quầy"), self.desk_name),
            (_("Dải số hồ sơ trong ngày, từ"), self.block_first),
            (_("đến"), self.block_last),
            *(
                (_("Giờ làm việc {name}").format(name=formatting.weekdays(days)), field)
                for days, field in self.hours.items()
            ),
        ]
        for name, field in rows:
            field.setAccessibleName(name)
            form.addRow(name, field)
        form.addRow(
            texts.words(
                _(
                    "Hai quầy của một phường dùng hai dải số khác nhau, để không trùng mã khi mất "
                    "mạng."
                ),
                "quiet",
            )
        )
        self._enter_moves_on([field for _, field in rows])
        return texts.scrolled(step)

    def _people_step(self) -> QWidget:
        step = QWidget()
        form = self.people_form = QFormLayout(step)
        self.people_hint = texts.words(
            _(
                "Cần ít nhất người tiếp nhận và người quản trị; nên có lãnh đạo để ký thư xin lỗi. "
                "Dòng nào để trống: chưa có người này. Thêm người sau này trong Cài đặt. Mật khẩu "
                "từ 6 ký tự."
            ),
            "quiet",
        )
        form.addRow(self.people_hint)
        self.people: dict[Role, dict[str, QLineEdit]] = {}
        self.rows: dict[Role, QWidget] = {}
        for role, name in ROLE_NAMES.items():
            fields = self.people[role] = {key: QLineEdit() for key in _HINTS}
            fields["id"].setText(_SUGGESTED[role])
            fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
            self.rows[role] = QWidget()
            row = QHBoxLayout(self.rows[role])
            row.setContentsMargins(0, 0, 0, 0)
            for key, field in fields.items():
                field.setPlaceholderText(_(_HINTS[key]))
                field.setAccessibleName(
                    _("{what} của {role}").format(what=_(_HINTS[key]), role=_(name))
                )
                row.addWidget(field)
            form.addRow(_(name).capitalize(), self.rows[role])
        self._enter_moves_on(
            [field for fields in self.people.values() for field in fields.values()]
        )
        return texts.scrolled(step)

    def _summary_step(self) -> QWidget:
        step = QWidget()
        column = QVBoxLayout(step)
        column.addWidget(self.summary)
        column.addStretch(1)
        return texts.scrolled(step)

    def _enter_moves_on(self, fields: Sequence[QWidget]) -> None:
        for field, following in zip(fields, [*fields[1:], None], strict=True):
            line = field.lineEdit() if isinstance(field, QSpinBox) else field
            assert isinstance(line, QLineEdit)
            line.returnPressed.connect(following.setFocus if following else self.go_on)

    # --- going through ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Loads the provinces and shows the first step."""
        jobs.run(self, _provinces, self.provinces.offer)
        self._show(0)

    def _show(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.title.setText(
            _("Bước {step}/{steps} – {title}").format(
                step=step + 1, steps=len(_TITLES), title=_(_TITLES[step])
            )
        )
        self.invitation.setVisible(step == _PROVINCE)
        self.appearance_line.language_button.setVisible(step == _PROVINCE)
        self.trouble.clear()
        self.error.clear()
        self.back.setEnabled(step > _PROVINCE)
        self.next.setEnabled(True)
        self.next.setText((_("Tạo quầy") if step == _SUMMARY else _("Tiếp tục")) + "  ·  F9")
        first: list[QWidget] = [
            self.provinces,
            self.communes,
            self.unit_code,
            self.people[Role.CLERK]["name"],
            self.next,
        ]
        first[step].setFocus()

    def go_back(self) -> None:
        if self.steps.currentIndex() > _PROVINCE:
            self._show(self.steps.currentIndex() - 1)

    def go_on(self) -> None:
        """F9: picks, checks and goes on, and at the last step makes the desk."""
        todo: list[Callable[[], None]] = [
            self.provinces.pick,
            self.communes.pick,
            self._check,
            self._check,
            self.make_desk,
        ]
        todo[self.steps.currentIndex()]()

    def _province_picked(self, province: Any) -> None:
        if province != self.province:
            untouched = (
                self.province is None or self.unit_code.text() == f"{self.province.portal_code}."
            )
            if untouched:
                self.unit_code.setText(f"{province.portal_code}.")
            self.province, self.commune = province, None
            code = province.code
            jobs.run(self, lambda: _communes(code), self.communes.offer)
        self._show(_COMMUNE)

    def _commune_picked(self, commune: object) -> None:
        self.commune = commune
        self._show(_DESK)

    # --- checking ---------------------------------------------------------------------------------

    def _check(self) -> None:
        plan = self._planner()
        jobs.run(self, lambda: _first_fault(plan()), self._checked)

    def _checked(self, fault: Fault | None) -> None:
        step = self.steps.currentIndex()
        if fault is None:
            self._summarise()
            self._show(_SUMMARY)
        elif step == _DESK and fault.refusal.field not in self._desk_fields():
            self._show(_PEOPLE)  # the desk stands; what is wrong is still to come
        else:
            self._show_fault(fault)

    def _desk_fields(self) -> dict[str, QWidget]:
        hours = self.hours["mon-fri"]
        return {
            "unit_code": self.unit_code,
            "desk_name": self.desk_name,
            "block": self.block_last,
            "office_hours": hours,
        }

    def _show_fault(self, fault: Fault) -> None:
        """Move the focus to the field and show the fault under it."""
        field = self._desk_fields().get(fault.refusal.field or "")
        if field is not None:
            self._show(_DESK)
            self.error.beside(self.desk_form, field, field, fault.refusal.message)
            return
        self._show(_PEOPLE)
        role = fault.role or Role.CLERK
        row = self.rows[role] if fault.role else self.people_hint
        person = self.people[role][_PERSON.get(fault.refusal.field or "", "name")]
        self.error.beside(self.people_form, row, person, fault.refusal.message)

    def _summarise(self) -> None:
        people = (
            _("{role}: {name} (đăng nhập: {login})").format(
                role=_(name).capitalize(), name=fields["name"].text(), login=fields["id"].text()
            )
            for role, name in ROLE_NAMES.items()
            if (fields := self.people[role])["name"].text().strip()
        )
        hours = (
            f"{formatting.weekdays(days)}: {field.text().strip() or _('nghỉ')}"
            for days, field in self.hours.items()
        )
        block = f"{self.block_first.value():04d}–{self.block_last.value():04d}"
        lines = [
            _("Ủy ban nhân dân {commune}, {province}").format(
                commune=self.commune.full_name, province=self.province.full_name
            ),
            _("Mã định danh: {code}").format(code=self.unit_code.text().strip()),
            _("{desk}, dải số hồ sơ {block}").format(
                desk=self.desk_name.text().strip(), block=block
            ),
            _("Giờ làm việc: {hours}").format(hours="; ".join(hours)),
            *people,
        ]
        self.summary.setText("\n".join(lines))

    # --- making -----------------------------------------------------------------------------------

    def _planner(self) -> "Callable[[], SetupPlan]":
        """Return a function that makes the plan of the present texts on the worker."""
        province, commune = self.province, self.commune
        desk = (
            self.unit_code.text().strip(),
            self.desk_name.text(),
            self.block_first.value(),
            self.block_last.value(),
        )
        hours = {
            days: field.text().strip() for days, field in self.hours.items() if field.text().strip()
        }
        people = [
            (role, {key: field.text() for key, field in fields.items()})
            for role, fields in self.people.items()
        ]

        def plan() -> "SetupPlan":
            from cchc_desk.actions.office import accounts

            officials = tuple(
                accounts.NewOfficial(
                    typed["id"].strip(), typed["name"], role, typed["title"], typed["password"]
                )
                for role, typed in people
                if typed["name"].strip() or typed["title"].strip() or typed["password"]
            )
            return accounts.SetupPlan(province.code, commune.code, *desk, hours, officials)

        return plan

    def make_desk(self) -> None:
        """Makes the desk of what was typed and seen once more."""
        self.next.setEnabled(False)
        folder, plan = self.folder, self._planner()
        jobs.run(self, lambda: _make(folder, plan()), self.finished.emit, self._not_made)

    def enter_practice(self) -> None:
        """Into the practice ward, made now where it does not exist yet."""
        self.practice.setEnabled(False)
        self.practice.setText(_("Đang dựng phường tập huấn…"))
        folder = self.folder.with_name(
            f"{self.folder.name}-{paths.PRACTICE}"
        )  # beside the desk, never inside it
        jobs.run(self, lambda: _practice_ward(folder), self.finished.emit, self._not_made)

    def _not_made(self, error: DeskError) -> None:
        self.practice.setEnabled(True)
        self.practice.setText(_("Vào phường tập huấn  ·  F10"))
        self._show(self.steps.currentIndex())
        self.trouble.setText(error.message)


def _make(folder: Path, plan: "SetupPlan") -> Path:
    from cchc_desk.actions.office import accounts

    accounts.set_up(folder, plan).close()
    return folder


def _first_fault(plan: "SetupPlan") -> Fault | None:
    """Each official is looked at alone first, so that the sentence finds the right row."""
    for official in plan.officials:
        fault = _fault(replace(plan, officials=(official,)))
        if fault and fault.refusal.field in _PERSON:
            return replace(fault, role=official.role)
    return _fault(plan)


def _fault(plan: "SetupPlan") -> Fault | None:
    from cchc_desk.actions.office import accounts

    try:
        accounts.check_setup(plan)
    except Refused as refusal:
        return Fault(refusal)
    return None


def _provinces() -> list[tuple[str, object]]:
    from cchc_desk.actions.office import places

    return [(province.full_name, province) for province in places.provinces()]


def _communes(province: str) -> list[tuple[str, object]]:
    from cchc_desk.actions.office import places

    return [(commune.full_name, commune) for commune in places.communes(province)]


def _practice_ward(folder: Path) -> Path:
    from cchc_desk.actions.office import accounts
    from cchc_desk.actions.training import practice

    if not accounts.desk_exists(folder):
        practice.make_practice_ward(folder).close()
    return folder
