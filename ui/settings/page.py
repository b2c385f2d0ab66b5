"""Cài đặt: name of the desk, numbers, hours, letters, own password, new officials."""

import json
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.office import accounts, office_calendar, upkeep
from cchc_desk.actions.office.accounts import NewOfficial
from cchc_desk.actions.office.office_calendar import Move
from cchc_desk.actions.office.upkeep import LedgerAnswer
from cchc_desk.domain.people.officials import ROLE_NAMES, Official, Role
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import LANGUAGES, _, _n, language, later
from cchc_desk.session import Desk
from cchc_desk.settings import BOOKS, BY_KEY, PREFERENCES, Setting
from ui import formatting
from ui.look import style, texts
from ui.look.tokens import DENSITIES, SIZES, THEMES
from ui.shell import jobs, notices
from ui.shell.ledger_check import show_problems
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.ask import choose
from ui.widgets.fields.boxes import ComboBox, SpinBox
from ui.widgets.fields.error_row import ErrorRow
from ui.widgets.layout.flow import Flow

# The settings that stand on the page, in this order; the rest is set where it is used (paper size
# and offset).
SHOWN = (
    "parent_agency",
    "unit_name",
    "unit_code",
    "place",
    "desk_name",
    "block_first",
    "block_last",
    "due_at_closing",
    "letter_symbol",
    "letter_by_registrar",
    "letter_block_first",
    "letter_block_last",
    "signer_authority",
    "signer_title",
    "apology_old_title",
    "police_forms",
    "notice_days",
    "soon_days",
    "idle_minutes",
    "hotline",
    "mirror_second",
    "city_minutes",
    "city_proxy",
    *(f"{book}_{what}" for book in BOOKS for what in ("volume", "first", "last")),
)
_LIKING_KEYS = {
    "language": "  ·  Ctrl+T",
    "theme": "  ·  Ctrl+D",
    "text_size": "  ·  Ctrl+ +  Ctrl+ −  Ctrl+0",
}
_KEEP = later("Giữ nguyên ngày đã hẹn")
_DAYS = ("mon-fri", "sat", "sun")


class SettingsPage(Page):
    """One form made from the settings as data; saving is all or nothing."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.fields: dict[str, QWidget] = {}
        self.hours = {
            days: QLineEdit() for days in dict.fromkeys((*_DAYS, *desk.settings["office_hours"]))
        }
        self.preference_boxes: dict[str, QComboBox] = {}
        self.error = ErrorRow()
        self._filled: dict[str, object] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 10)
        column.addWidget(texts.words(_("Cài đặt"), "title"))
        column.addWidget(self._keys())
        self.desk_form, self.own_form, self.password_form, self.official_form = (
            _form() for _one in range(4)
        )
        self._fill_desk_form()
        column.addLayout(self.desk_form)
        column.addWidget(texts.words(_("Cửa sổ của tôi (đổi ngay)"), "section"))
        self._fill_own_form()
        column.addLayout(self.own_form)
        column.addWidget(texts.words(_("Đổi mật khẩu của tôi"), "section"))
        self._fill_password_form()
        column.addLayout(self.password_form)
        column.addWidget(texts.words(_("Thêm người dùng (quản trị)"), "section"))
        self._fill_official_form()
        column.addLayout(self.official_form)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self.area = texts.scrolled(inside)
        page.addWidget(self.area)

    def _keys(self) -> Flow:
        """Keys to what belongs to the settings but has a page or a paper of its own."""
        open_page, preview = self.shell.open_page, self.shell.preview
        keys = Flow()
        for words, act, key in (
            (_("Lịch làm việc"), partial(open_page, "calendar"), "Alt+L"),
            (_("Quy trình nội bộ"), partial(open_page, "process"), "Alt+Q"),
            (_("Kiểm tra sổ cái"), self.verify, "Alt+V"),
            (_("In thẻ phím"), self._key_card, "Alt+K"),
            (_("In trang thử máy in"), partial(preview, "", "test"), "Alt+I"),
            (_("Thử đầu đọc mã"), partial(open_page, "scanner"), "Alt+T"),
        ):
            keys.add(texts.button(words, act, key, self))
        return keys

    def verify(self) -> None:
        """The whole ledger, link by link and seal by seal; a large ward takes a while."""
        check = partial(upkeep.verify_ledger, self.desk, "")
        jobs.run_long(self, _("Kiểm tra sổ cái"), lambda work: check(work=work), self._verified)

    def _verified(self, answer: LedgerAnswer) -> None:
        if answer.ok:
            notices.say(
                _n("Sổ cái nguyên vẹn: {n} mục, đầu sổ {head}.", answer.entries).format(
                    n=answer.entries, head=answer.head
                )
            )
        show_problems(answer)

    def _key_card(self) -> None:
        from ui.help.key_card import key_card

        self.shell.show_paper(key_card(self.desk, self.shell, self.window()))

    def _fill_desk_form(self) -> None:
        form = self.desk_form
        for key in SHOWN:
            setting = BY_KEY[key]
            self.fields[key] = _field(setting)
            self.fields[key].setAccessibleName(_(setting.about))
            texts.row(form, _(setting.about), self.fields[key])
        for days, field in self.hours.items():
            name = _("Giờ làm việc {days_text}").format(days_text=formatting.weekdays(days))
            field.setAccessibleName(name)
            field.setPlaceholderText(_("07:30-11:30,13:00-17:00; để trống: nghỉ"))
            texts.letters(field, 24)
            texts.row(form, name, field)
        self.save_button = texts.button(_("Lưu cài đặt"), self.save, "F9", self, "primary")
        form.addRow(self.save_button)

    def _fill_own_form(self) -> None:
        """Fill the form of the official's own preferences, which are saved when chosen."""
        themes = {name: _(title) for name, (title, *_palettes) in THEMES.items()}
        sizes = {size: f"{size} %" for size in SIZES}
        choices: tuple[tuple[str, dict[Any, str], Any], ...] = (
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
            box = self.preference_boxes[key] = ComboBox()
            box.setAccessibleName(_(PREFERENCES[key].about))
            for value, name in names.items():
                box.addItem(name, value)
            box.setCurrentIndex(box.findData(now))
            box.activated.connect(
                lambda _index, key=key, box=box: self.shell.set_preference(key, box.currentData())
            )
            texts.row(self.own_form, _(PREFERENCES[key].about) + _LIKING_KEYS.get(key, ""), box)

    def _fill_password_form(self) -> None:
        form = self.password_form
        self.old, self.new, self.again = (QLineEdit() for _ in range(3))
        for field, name in (
            (self.old, _("Mật khẩu cũ")),
            (self.new, _("Mật khẩu mới")),
            (self.again, _("Mật khẩu mới, lần nữa")),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            texts.row(form, name, field)
        form.addRow(texts.button(_("Đổi mật khẩu"), self.change_password))

    def _fill_official_form(self) -> None:
        form = self.official_form
        self.login, self.name, self.title, self.first = (QLineEdit() for _ in range(4))
        self.role = ComboBox()
        self.role.setAccessibleName(_("Vai trò"))
        for role, name in ROLE_NAMES.items():
            self.role.addItem(_(name), role)
        self.first.setEchoMode(QLineEdit.EchoMode.Password)
        for field, name in (
            (self.login, _("Tên đăng nhập")),
            (self.name, _("Họ tên")),
            (self.title, _("Chức danh")),
            (self.first, _("Mật khẩu đầu tiên")),
        ):
            field.setAccessibleName(name)
            texts.row(form, name, field)
        texts.row(form, _("Vai trò"), self.role)
        form.addRow(texts.button(_("Thêm người dùng"), self.add_official))

    def shown(self) -> None:
        if self._typed() == self._filled or not self._filled:
            self._fill()  # what was changed and not yet saved stays
        self.fields[SHOWN[0]].setFocus()

    def showing(self) -> str:
        """Return the unsaved changes and the field with the focus as JSON."""
        focused = next((key for key, box in self.preference_boxes.items() if box.hasFocus()), "")
        return json.dumps([self._typed(), focused])

    def open(self, code: str) -> None:
        typed, focused = json.loads(code)
        for key, field in self.fields.items():
            _show(field, typed[key])
        for days, field in self.hours.items():
            field.setText(typed["office_hours"].get(days, ""))
        if focused:
            self.preference_boxes[focused].setFocus()

    def appearance_changed(self) -> None:
        looks = (
            ("theme", style.theme()),
            ("text_size", style.size()),
            ("density", style.density()),
        )
        for key, now in looks:
            self.preference_boxes[key].setCurrentIndex(self.preference_boxes[key].findData(now))

    def official_changed(self) -> None:
        for field in (
            self.old,
            self.new,
            self.again,
            self.login,
            self.name,
            self.title,
            self.first,
        ):
            field.clear()
        self._fill()

    def _fill(self) -> None:
        settings = self.desk.settings
        for key, field in self.fields.items():
            _show(field, settings[key])
        for days, hours in self.hours.items():
            hours.setText(settings["office_hours"].get(days, ""))
        self._filled = self._typed()
        self.error.clear()

    def _typed(self) -> dict[str, object]:
        hours = {
            days: field.text().strip() for days, field in self.hours.items() if field.text().strip()
        }
        return {key: _value(field) for key, field in self.fields.items()} | {"office_hours": hours}

    def save(self) -> None:
        """Keeps what was changed."""
        settings, desk = self.desk.settings, self.desk
        changes = {key: value for key, value in self._typed().items() if value != settings[key]}
        hours = changes.get("office_hours")
        if isinstance(hours, dict):
            jobs.run(
                self,
                lambda: office_calendar.moves_by_hours(desk, hours),
                lambda moves: self._hours_asked(changes, moves),
                self._not_saved,
            )
        else:
            self._keep(changes, move_promises=False)

    def _hours_asked(self, changes: dict[str, object], moves: tuple[Move, ...]) -> None:
        """Other hours would move open promises: the one who changes them decides."""
        move = _n("Đổi {count} lời hẹn theo giờ mới", len(moves)).format(count=len(moves))
        chosen = (
            choose(self, _("Hồ sơ đang giải quyết thì sao?"), [_(_KEEP), move])
            if moves
            else _(_KEEP)
        )
        if chosen is not None:
            self._keep(changes, move_promises=chosen == move)

    def _keep(self, changes: dict[str, object], *, move_promises: bool) -> None:
        keep = partial(accounts.change_settings, self.desk, changes, move_promises=move_promises)
        jobs.run(self, keep, self._saved, self._not_saved)

    def _saved(self, _answer: None) -> None:
        self._fill()
        self.shell.settings_changed()
        notices.say(_("Đã lưu cài đặt."))

    def _not_saved(self, error: DeskError) -> None:
        places = self.fields | {"office_hours": self.hours[_DAYS[0]]}
        self._say(error, self.desk_form, places, self.save_button)

    def _say(
        self, error: DeskError, form: QFormLayout, places: dict[str, QWidget], otherwise: QWidget
    ) -> None:
        """The sentence under the field that it is about, and that field in view."""
        field = (
            places.get(error.field or "", otherwise) if isinstance(error, Refused) else otherwise
        )
        self.error.beside(form, field, field, error.message)
        QTimer.singleShot(
            0, self, lambda: self.area.ensureWidgetVisible(self.error)
        )  # once it has its place

    def change_password(self) -> None:
        if self.new.text() != self.again.text():
            text = _("Hai lần nhập mật khẩu mới không giống nhau; hãy nhập lại.")
            self.error.beside(self.password_form, self.again, self.again, text)
            return
        desk, old, new = self.desk, self.old.text(), self.new.text()
        job = partial(accounts.change_password, desk, old, new)
        jobs.run(self, job, self._password_changed, self._password_refused)

    def _password_refused(self, error: DeskError) -> None:
        self._say(
            error, self.password_form, {"password": self.old, "new_password": self.new}, self.old
        )

    def _password_changed(self, _answer: None) -> None:
        for field in (self.old, self.new, self.again):
            field.clear()
        self.error.clear()
        notices.say(_("Đã đổi mật khẩu."))

    def add_official(self) -> None:
        desk = self.desk
        new = NewOfficial(
            self.login.text().strip(),
            self.name.text(),
            self.role.currentData(),
            self.title.text(),
            self.first.text(),
        )
        jobs.run(self, lambda: accounts.add_official(desk, new), self._added, self._not_added)

    def _not_added(self, error: DeskError) -> None:
        places: dict[str, QWidget] = {
            "login": self.login,
            "official_name": self.name,
            "password": self.first,
        }
        self._say(error, self.official_form, places, self.login)

    def _added(self, official: Official) -> None:
        for field in (self.login, self.name, self.title, self.first):
            field.clear()
        self.role.setCurrentIndex(self.role.findData(Role.CLERK))
        self.error.clear()
        notices.say(_("Đã thêm {name}.").format(name=official.name))


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form


def _field(setting: Setting) -> QWidget:
    if setting.kind is bool:
        return QCheckBox()
    if setting.kind is int:
        box = SpinBox()
        texts.spaced(box)
        box.setRange(setting.least or 0, setting.most if setting.most is not None else 99999)
        return box
    field = QLineEdit()
    texts.letters(field, 16)
    return field


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
    if isinstance(field, QSpinBox):
        return field.value()
    assert isinstance(field, QLineEdit), field
    return field.text().strip()
