"""The first run: province, ward, the desk, its people - or straight into the practice ward."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

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

from cchc_desk.domain.officials import ROLE_NAMES, Role
from cchc_desk.domain.vietnamese import fold
from cchc_desk.errors import DeskError, Refused
from ui import background
from ui.look import texts

_SUGGESTED = {Role.CLERK: "tiepnhan", Role.PROCESSOR: "thuly", Role.LEADER: "lanhdao", Role.ADMINISTRATOR: "quantri"}
_DAYS = (("mon-fri", "Thứ Hai – thứ Sáu", "07:30-11:30,13:00-17:00"), ("sat", "Thứ Bảy (để trống: nghỉ)", ""))


class Chooser(QWidget):
    """A field that narrows a list by letters with or without marks; Up, Down and Enter work from the field."""

    picked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText("gõ vài chữ (có dấu hay không), ↑ ↓ chọn, Enter")
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addWidget(self.list)
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
            words = fold(item.text()).split()
            fits = all(any(word.startswith(start) for word in words) for start in wanted)
            item.setHidden(not fits)
            first = item if fits and first is None else first
        if first is not None:
            self.list.setCurrentItem(first)

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
    """Four steps; going back loses nothing. `finished(folder)` when a desk stands."""

    finished = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.folder = folder
        self.province: Any = None
        self.commune: Any = None
        self.steps = QStackedWidget()
        self.error = texts.words("", "error")
        self.title = texts.words("", "title")
        self.provinces, self.communes = Chooser("Tỉnh, thành phố"), Chooser("Xã, phường, đặc khu")
        self._titles = [
            "Bước 1/4 – Tỉnh, thành phố",
            "Bước 2/4 – Xã, phường, đặc khu",
            "Bước 3/4 – Quầy",
            "Bước 4/4 – Người dùng",
        ]
        for step in (self.provinces, self.communes, self._desk_step(), self._people_step()):
            self.steps.addWidget(step)
        self.provinces.picked.connect(self._province_picked)
        self.communes.picked.connect(self._commune_picked)
        self._lay_out()

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(40, 24, 40, 20)
        page.addWidget(texts.words("Chào mừng đến với CCHC Desk – bàn một cửa của xã, phường", "title"))
        top = QHBoxLayout()
        top.addWidget(texts.words("Muốn thử ngay: người giả, thủ tục thật, giấy tờ in dấu mờ.", "quiet"), 1)
        self.practice = texts.button("Vào phường tập huấn", self.enter_practice, "F10", self)
        top.addWidget(self.practice)
        page.addLayout(top)
        page.addWidget(self.title)
        page.addWidget(self.steps, 1)
        page.addWidget(self.error)
        row = QHBoxLayout()
        self.back = texts.button("Quay lại", self.go_back, "Alt+Left", self)
        self.next = texts.button("Tiếp tục", self.go_on, "F9", self, "primary")
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        page.addLayout(row)

    def _desk_step(self) -> QWidget:
        step = QWidget()
        form = QFormLayout(step)
        self.unit_code, self.desk_name = QLineEdit(), QLineEdit("Quầy 1")
        self.unit_code.setPlaceholderText("ví dụ H13.31 – hỏi Sở hoặc Cổng dịch vụ công")
        self.block_first, self.block_last = QSpinBox(), QSpinBox()
        for box, value in ((self.block_first, 1), (self.block_last, 1999)):
            box.setRange(1, 9999)
            box.setValue(value)
        self.hours = {days: QLineEdit(hours) for days, _, hours in _DAYS}
        rows: list[tuple[str, QWidget]] = [
            ("Mã định danh đơn vị", self.unit_code),
            ("Tên quầy", self.desk_name),
            ("Dải số hồ sơ trong ngày, từ", self.block_first),
            ("đến", self.block_last),
            *((f"Giờ làm việc {name}", self.hours[days]) for days, name, _ in _DAYS),
        ]
        for name, field in rows:
            field.setAccessibleName(name)
            form.addRow(name, field)
        form.addRow(
            texts.words("Hai quầy của một phường dùng hai dải số khác nhau, để không trùng mã khi mất mạng.", "quiet")
        )
        return step

    def _people_step(self) -> QWidget:
        step = QWidget()
        column = QVBoxLayout(step)
        column.addWidget(
            texts.words(
                "Cần ít nhất người tiếp nhận và người quản trị. Bỏ trống họ tên: chưa có người này.",
                "quiet",
            )
        )
        self.people: dict[Role, dict[str, QLineEdit]] = {}
        for role, name in ROLE_NAMES.items():
            row = QHBoxLayout()
            row.addWidget(texts.words(name.capitalize()), 2)
            fields = {
                "name": QLineEdit(),
                "id": QLineEdit(_SUGGESTED[role]),
                "title": QLineEdit(),
                "password": QLineEdit(),
            }
            fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
            hints = {"name": "Họ tên", "id": "Tên đăng nhập", "title": "Chức danh", "password": "Mật khẩu (từ 6 ký tự)"}
            for key, field in fields.items():
                field.setPlaceholderText(hints[key])
                field.setAccessibleName(f"{hints[key]} của {name}")
                row.addWidget(field, 3)
            self.people[role] = fields
            column.addLayout(row)
        column.addStretch(1)
        return step

    # --- going through ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Loads the provinces and shows the first step."""
        background.run(self, _provinces, self.provinces.offer)
        self._show(0)

    def _show(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.title.setText(self._titles[step])
        self.error.clear()
        self.back.setEnabled(step > 0)
        self.next.setText(("Tạo quầy" if step == 3 else "Tiếp tục") + "  ·  F9")
        first: list[QWidget] = [self.provinces, self.communes, self.unit_code, self.people[Role.CLERK]["name"]]
        first[step].setFocus()

    def go_back(self) -> None:
        if self.steps.currentIndex() > 0:
            self._show(self.steps.currentIndex() - 1)

    def go_on(self) -> None:
        """F9: picks, goes on, and at the last step makes the desk."""
        step = self.steps.currentIndex()
        todo: list[Callable[[], None]] = [
            self.provinces.pick,
            self.communes.pick,
            lambda: self._show(3),
            self.make_desk,
        ]
        todo[step]()

    def _province_picked(self, province: Any) -> None:
        if province != self.province:
            self.province = province
            self.unit_code.setText(f"{province.portal_code}.")
            code = province.code
            background.run(self, lambda: _communes(code), self.communes.offer)
        self._show(1)

    def _commune_picked(self, commune: object) -> None:
        self.commune = commune
        self._show(2)

    # --- making ----------------------------------------------------------------------------------------------------

    def make_desk(self) -> None:
        """Makes the desk of what was typed; a refusal shows its sentence and leads back to its step."""
        self.next.setEnabled(False)
        background.run(self, self._job(), self._created, self._refused)

    def _job(self) -> Callable[[], Path]:
        folder, province, commune = self.folder, self.province, self.commune
        desk = (self.unit_code.text().strip(), self.desk_name.text(), self.block_first.value(), self.block_last.value())
        hours = {days: field.text().strip() for days, field in self.hours.items() if field.text().strip()}
        people = [(role, {key: field.text() for key, field in fields.items()}) for role, fields in self.people.items()]

        def job() -> Path:
            from cchc_desk.actions import accounts

            officials = tuple(
                accounts.NewOfficial(typed["id"].strip(), typed["name"], role, typed["title"], typed["password"])
                for role, typed in people
                if typed["name"].strip()
            )
            plan = accounts.SetupPlan(province.code, commune.code, *desk, hours, officials)
            accounts.set_up(folder, plan).close()
            return folder

        return job

    def enter_practice(self) -> None:
        """Into the practice ward, made now where it does not exist yet."""
        self.practice.setEnabled(False)
        self.error.setText("Đang dựng phường tập huấn…")
        background.run(self, _practice_ward, self._created, self._refused)

    def _created(self, folder: Path) -> None:
        self.finished.emit(folder)

    def _refused(self, error: DeskError) -> None:
        self.next.setEnabled(True)
        self.practice.setEnabled(True)
        steps = {"province": 0, "commune": 1, "unit_code": 2, "desk_name": 2, "block": 2, "office_hours": 2}
        if isinstance(error, Refused) and error.field in steps:
            self._show(steps[error.field])
        self.error.setText(error.message)


def _provinces() -> list[tuple[str, object]]:
    from cchc_desk.actions import places

    return [(province.full_name, province) for province in places.provinces()]


def _communes(province: str) -> list[tuple[str, object]]:
    from cchc_desk.actions import places

    return [(commune.full_name, commune) for commune in places.communes(province)]


def _practice_ward() -> Path:
    from cchc_desk.actions import accounts, practice

    folder = practice.practice_folder()
    if not accounts.desk_exists(folder):
        practice.make_practice_ward(folder).close()
    return folder
