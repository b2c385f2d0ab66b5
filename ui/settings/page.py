"""Cài đặt: what the desk is called, its numbers and hours, the letters, the password, new officials."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from cchc_desk.actions import accounts
from cchc_desk.actions.accounts import NewOfficial
from cchc_desk.desk import Desk
from cchc_desk.domain.officials import ROLE_NAMES, Official, Role
from cchc_desk.errors import DeskError, Refused
from cchc_desk.settings import BY_KEY, Setting
from ui import background, notices
from ui.look import texts
from ui.page import Page
from ui.shell import Shell

# The settings that stand on the page, in this order; the rest is set where it is used (paper size and offset).
SHOWN = (
    "parent_agency", "unit_name", "unit_code", "place", "desk_name", "block_first", "block_last", "due_at_closing",
    "letter_symbol", "letter_by_registrar", "letter_block_first", "letter_block_last", "signer_authority",
    "signer_title", "notice_days", "soon_days", "idle_minutes", "hotline",
)  # fmt: skip
_DAYS = (("mon-fri", "Thứ Hai – thứ Sáu"), ("sat", "Thứ Bảy"), ("sun", "Chủ nhật"))


class SettingsPage(Page):
    """One form made from the settings as data; saving is all or nothing."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.fields: dict[str, QWidget] = {}
        self.hours = {days: QLineEdit() for days, _ in _DAYS}
        self.error = texts.words("", "error")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 10)
        column.addWidget(texts.words("Cài đặt", "title"))
        column.addLayout(self._desk_form())
        column.addWidget(self.error)
        column.addWidget(texts.button("Lưu cài đặt", self.save, "F9", self, "primary"))
        column.addWidget(texts.words("Đổi mật khẩu của tôi", "section"))
        column.addLayout(self._password_form())
        column.addWidget(texts.words("Thêm người dùng (quản trị)", "section"))
        column.addLayout(self._official_form())
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(texts.scrolled(inside))

    def _desk_form(self) -> QFormLayout:
        form = _form()
        for key in SHOWN:
            setting = BY_KEY[key]
            self.fields[key] = _field(setting)
            self.fields[key].setAccessibleName(setting.about)
            form.addRow("" if setting.kind is bool else setting.about, self.fields[key])
        for days, name in _DAYS:
            self.hours[days].setAccessibleName(f"Giờ làm việc {name}")
            self.hours[days].setPlaceholderText("07:30-11:30,13:00-17:00; để trống: nghỉ")
            form.addRow(f"Giờ làm việc {name}", self.hours[days])
        return form

    def _password_form(self) -> QFormLayout:
        form = _form()
        self.old, self.new, self.again = (QLineEdit() for _ in range(3))
        for field, name in (
            (self.old, "Mật khẩu cũ"),
            (self.new, "Mật khẩu mới"),
            (self.again, "Mật khẩu mới, lần nữa"),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            form.addRow(name, field)
        form.addRow(texts.button("Đổi mật khẩu", self.change_password))
        return form

    def _official_form(self) -> QFormLayout:
        form = _form()
        self.login, self.name, self.title, self.first = (QLineEdit() for _ in range(4))
        self.role = QComboBox()
        self.role.setAccessibleName("Vai trò")
        for role, name in ROLE_NAMES.items():
            self.role.addItem(name, role)
        self.first.setEchoMode(QLineEdit.EchoMode.Password)
        for field, name in (
            (self.login, "Tên đăng nhập"),
            (self.name, "Họ tên"),
            (self.title, "Chức danh"),
            (self.first, "Mật khẩu đầu tiên"),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        form.addRow("Vai trò", self.role)
        form.addRow(texts.button("Thêm người dùng", self.add_official))
        return form

    def shown(self) -> None:
        settings = self.desk.settings
        for key, field in self.fields.items():
            _show(field, settings[key])
        for days in self.hours:
            self.hours[days].setText(settings["office_hours"].get(days, ""))
        self.error.clear()
        self.fields[SHOWN[0]].setFocus()

    def save(self) -> None:
        """Keeps what was changed."""
        settings, desk = self.desk.settings, self.desk
        typed = {key: _value(field) for key, field in self.fields.items()}
        changes = {key: value for key, value in typed.items() if value != settings[key]}
        hours = {days: field.text().strip() for days, field in self.hours.items() if field.text().strip()}
        if hours != {days: settings["office_hours"].get(days) for days in hours} or len(hours) != len(
            settings["office_hours"]
        ):
            changes["office_hours"] = hours
        background.run(self, lambda: accounts.change_settings(desk, changes), self._saved, self._failed)

    def _saved(self, _: None) -> None:
        self.error.clear()
        notices.say("Đã lưu cài đặt.")

    def _failed(self, error: DeskError) -> None:
        self.error.setText(error.message)
        field = self.fields.get(error.field or "") if isinstance(error, Refused) else None
        if field is not None:
            field.setFocus()

    def change_password(self) -> None:
        if self.new.text() != self.again.text():
            self.error.setText("Hai lần nhập mật khẩu mới không giống nhau; hãy nhập lại.")
            return
        desk, old, new = self.desk, self.old.text(), self.new.text()
        background.run(self, lambda: accounts.change_password(desk, old, new), self._password_changed, self._failed)

    def _password_changed(self, _: None) -> None:
        for field in (self.old, self.new, self.again):
            field.clear()
        self.error.clear()
        notices.say("Đã đổi mật khẩu.")

    def add_official(self) -> None:
        desk = self.desk
        new = NewOfficial(
            self.login.text().strip(), self.name.text(), self.role.currentData(), self.title.text(), self.first.text()
        )
        background.run(self, lambda: accounts.add_official(desk, new), self._added, self._failed)

    def _added(self, official: Official) -> None:
        for field in (self.login, self.name, self.title, self.first):
            field.clear()
        self.role.setCurrentIndex(self.role.findData(Role.CLERK))
        self.error.clear()
        notices.say(f"Đã thêm {official.name}.")


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form


def _field(setting: Setting) -> QWidget:
    if setting.kind is bool:
        return QCheckBox(setting.about)
    if setting.kind is int:
        box = QSpinBox()
        box.setRange(setting.least or 0, setting.most if setting.most is not None else 99999)
        return box
    return QLineEdit()


def _show(field: QWidget, value: object) -> None:
    if isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(str(value)))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))


def _value(field: QWidget) -> object:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    return field.value() if isinstance(field, QSpinBox) else field.text().strip()  # type: ignore[attr-defined]
