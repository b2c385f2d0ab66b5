"""The groups that are no setting of the desk: own window, own password, a new user."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from cchc_desk.actions.people import accounts, people
from cchc_desk.actions.people.people import WithPassword
from cchc_desk.domain.people.officials import ROLE_NAMES, Official, Role
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import DeskError
from cchc_desk.i18n import LANGUAGES, _, language
from cchc_desk.session import Desk
from cchc_desk.settings import PREFERENCES
from ui.look import style
from ui.look.tokens import DENSITIES, SIZES, THEMES
from ui.settings.group import Edit, Group
from ui.settings.people_group import show_password
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.fields.password_field import PasswordField

_KEYS = {
    "language": "  ·  Ctrl+T",
    "theme": "  ·  Ctrl+D",
    "text_size": "  ·  Ctrl+ +  Ctrl+ −  Ctrl+0",
}


class OwnWindow(Group):
    """Language, colours, type size and density of who is at the desk; they change when chosen."""

    def __init__(self, shell: Shell, error: ErrorRow) -> None:
        super().__init__(_("Cửa sổ của tôi"), error)
        self.say(_("Chọn là đổi ngay, không cần lưu."))
        self.boxes: dict[str, QComboBox] = {}
        themes = {name: _(title) for name, (title, *_palettes) in THEMES.items()}
        sizes = {size: f"{size} %" for size in SIZES}
        choices: tuple[tuple[str, Mapping[Any, str], Any], ...] = (
            ("language", dict(LANGUAGES), language()),
            ("theme", themes, style.theme()),
            ("text_size", sizes, style.size()),
            (
                "density",
                {key: _(words) for key, (words, _room) in DENSITIES.items()},
                style.density(),
            ),
        )
        for key, names, now in choices:
            box = self.boxes[key] = ComboBox()
            for value, name in names.items():
                box.addItem(name, value)
            box.setCurrentIndex(box.findData(now))
            box.activated.connect(
                lambda _index, key=key, box=box: shell.set_preference(key, box.currentData())
            )
            words = _(PREFERENCES[key].about)
            self.add(words, box, words + _KEYS.get(key, ""))

    def appearance_changed(self) -> None:
        looks = (
            ("theme", style.theme()),
            ("text_size", style.size()),
            ("density", style.density()),
        )
        for key, now in looks:
            self.boxes[key].setCurrentIndex(self.boxes[key].findData(now))

    def save(self) -> None:
        notices.say(_("«{group}» đổi ngay khi chọn: không có gì để lưu.").format(group=self.title))


class _Blank(Group):
    """A form that is empty before work and after it; what is typed is never shown again."""

    lines: tuple[QLineEdit, ...] = ()

    def edits(self) -> tuple[Edit, ...]:
        return tuple(
            Edit(line, line.accessibleName(), _("để trống"), "…")
            for line in self.lines
            if line.text()
        )

    def drop(self) -> None:
        for line in self.lines:
            line.clear()
        if self.error.parentWidget() is self:
            self.error.clear()

    def add_line(self, words: str, line: QLineEdit) -> None:
        self.add(words, line)
        if isinstance(line, PasswordField):
            line.warned.connect(self.say)


class OwnPassword(_Blank):
    """The official's own password, changed by who knows the old one."""

    def __init__(self, desk: Desk, error: ErrorRow) -> None:
        super().__init__(_("Mật khẩu của tôi"), error)
        self.desk = desk
        self.old, self.new, self.again = (PasswordField() for _one in range(3))
        self.lines = (self.old, self.new, self.again)
        names = (_("Mật khẩu cũ"), _("Mật khẩu mới"), _("Mật khẩu mới, lần nữa"))
        for words, line in zip(names, self.lines, strict=True):
            self.add_line(words, line)
        self.add_keys(_("Đổi mật khẩu"))

    def save(self) -> None:
        """Change the password."""
        if not self.edits():
            notices.say(_("Hãy gõ mật khẩu cũ và mật khẩu mới; chưa có gì để đổi."))
            return
        if self.new.text() != self.again.text():
            self.wrong(self.again, _("Hai lần nhập mật khẩu mới không giống nhau; hãy nhập lại."))
            return
        job = partial(accounts.change_password, self.desk, self.old.text(), self.new.text())
        jobs.run(self, job, self._changed, self._refused)

    def _refused(self, error: DeskError) -> None:
        self.refuse(error, {"password": self.old, "new_password": self.new}, self.old)

    def _changed(self, _answer: Official) -> None:
        self.drop()
        notices.say(_("Đã đổi mật khẩu."))


class NewUser(_Blank):
    """Somebody new, who gets a one-time password."""

    def __init__(self, page: Page, error: ErrorRow) -> None:
        super().__init__(_("Thêm người dùng"), error)
        self.page, self.desk = page, page.desk
        self.login, self.name, self.job_title = QLineEdit(), QLineEdit(), QLineEdit()
        self.lines = (self.login, self.name, self.job_title)
        names = (_("Tên đăng nhập"), _("Họ tên"), _("Chức danh"))
        for words, line in zip(names, self.lines, strict=True):
            self.add_line(words, line)
        self.role = ComboBox()
        for role, name in ROLE_NAMES.items():
            self.role.addItem(_(name), role)
        self.add(_("Vai trò"), self.role)
        self.add_keys(_("Thêm người dùng"))

    def show_rights(self, official: Official | None) -> None:
        """Say at once who may not add anybody."""
        may = official is not None and official.role in ALLOWED[Permission.OFFICIALS]
        self.say("" if may else _("Chỉ quản trị thêm được người dùng."))

    def save(self) -> None:
        """Add the user."""
        if not self.edits():
            notices.say(_("Hãy ghi tên đăng nhập và họ tên; chưa có gì để thêm."))
            return
        added = partial(
            people.add,
            self.desk,
            self.login.text().strip(),
            self.name.text(),
            self.role.currentData(),
            self.job_title.text(),
        )
        jobs.run(self, added, self._added, self._refused)

    def _refused(self, error: DeskError) -> None:
        places: dict[str, QWidget] = {
            "login": self.login,
            "official_name": self.name,
            "title": self.job_title,
        }
        self.refuse(error, places, self.login)

    def _added(self, made: WithPassword) -> None:
        self.drop()
        self.role.setCurrentIndex(self.role.findData(Role.CLERK))
        notices.say(_("Đã thêm {name}.").format(name=made.official.name))
        show_password(self.page, made)
