"""Steps of the first run with fields: the desk, and its officials."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from cchc_desk.domain.people.officials import ROLE_NAMES, Role, login_of
from cchc_desk.domain.time.hours import hours_text, read_hours
from cchc_desk.i18n import _, later
from ui import formatting
from ui.first_run.plan import TypedDesk, TypedOfficial
from ui.look import texts
from ui.widgets.fields.boxes import SpinBox
from ui.widgets.fields.error_row import FieldError
from ui.widgets.fields.password_field import PasswordField

if TYPE_CHECKING:
    from cchc_desk.actions.data.new_desk import SetupFault

_HOURS = {"mon-fri": "07:30-11:30,13:00-17:00", "sat": ""}
_COLUMNS = {
    "name": later("Họ tên"),
    "title": later("Chức danh"),
    "password": later("Mật khẩu"),
    "id": later("Tên đăng nhập"),
}
# Field of a refusal -> field of one official.
_OF_OFFICIAL = {
    "login": "id",
    "official_name": "name",
    "title": "title",
    "password": "password",
}


class Step(QWidget):
    """A form; Enter goes from field to field, and `done` is emitted after the last."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = QFormLayout(self)

    def _enter_moves_on(self, fields: Sequence[QWidget]) -> None:
        for place, field in enumerate(fields):
            line = field.lineEdit() if isinstance(field, QSpinBox) else field
            assert isinstance(line, QLineEdit)
            line.returnPressed.connect(partial(self._go_on, fields[place + 1 :]))

    def _go_on(self, following: Sequence[QWidget]) -> None:
        shown = next((field for field in following if not field.isHidden()), None)
        if shown is None:
            self.done.emit()
        else:
            shown.setFocus()


class DeskStep(Step):
    """Code of the unit, name of the desk, its block of numbers, its hours, and what papers say."""

    def __init__(self) -> None:
        super().__init__()
        self.unit_code, self.desk_name = QLineEdit(), QLineEdit(_("Quầy 1"))
        self.block_first, self.block_last = SpinBox(), SpinBox()
        texts.spaced(self.block_first, self.block_last)
        for box, value in ((self.block_first, 1), (self.block_last, 1999)):
            box.setRange(1, 9999)
            box.setValue(value)
        self.hours = {days: QLineEdit(hours) for days, hours in _HOURS.items()}
        self.hours["mon-fri"].setPlaceholderText(_("ví dụ 7h30-11h30, 13h-17h"))
        self.hours["sat"].setPlaceholderText(_("để trống: nghỉ; ví dụ 7h30-11h30"))
        self.hotline = QLineEdit()
        self.hotline.setPlaceholderText(_("không bắt buộc; in trên mỗi giấy hẹn"))
        rows: list[tuple[str, QWidget]] = [
            (_("Mã định danh đơn vị"), self.unit_code),
            (_("Tên quầy"), self.desk_name),
            (_("Dải số hồ sơ trong ngày, từ"), self.block_first),
            (_("đến"), self.block_last),
        ]
        for days, field in self.hours.items():
            rows.append((_("Giờ làm việc {name}").format(name=formatting.weekdays(days)), field))
            field.editingFinished.connect(partial(_tidy_hours, field))
        rows.append((_("Điện thoại của quầy"), self.hotline))
        hints = {
            self.unit_code: _(
                "Ví dụ H13.31: hỏi Sở, hoặc xem đầu một mã hồ sơ trên Cổng Dịch vụ công. Mã này "
                "đứng đầu mọi mã hồ sơ."
            ),
            self.block_last: _(
                "Hai quầy của một phường dùng hai dải số khác nhau, để không trùng mã khi mất mạng."
            ),
        }
        for name, widget in rows:
            widget.setAccessibleName(name)
            self.form.addRow(name, widget)
            if widget in hints:
                self.form.addRow("", texts.words(hints[widget], "quiet"))
        self._enter_moves_on([widget for _name, widget in rows])
        self.encrypt = QCheckBox(_("Mã hóa dữ liệu và các bản sao trên đĩa (nên để)"))
        self.about_encryption = texts.words("", "quiet")
        self.form.addRow("", self.encrypt)
        self.form.addRow("", self.about_encryption)
        self.on_server = False
        self.offer_encryption(False)

    def lie_on_server(self) -> None:
        """The data of a station are on its ward's server, whose disk is not this PC's matter."""
        self.on_server = True
        self.encrypt.hide()
        self.about_encryption.setText(_("Dữ liệu nằm ở máy chủ của phường."))

    def offer_encryption(self, is_there: bool) -> None:
        """The office may choose where the program can encrypt; it is on unless taken away."""
        self.encrypt.setEnabled(is_there)
        self.encrypt.setChecked(is_there)
        self.about_encryption.setText(
            _(
                "Ai lấy được máy, ổ đĩa hay USB bản sao cũng không đọc được. Mất máy thì mở lại "
                "bằng mã trên phiếu khôi phục: in phiếu và cất ngay sau khi lập quầy. Bỏ chọn: ai "
                "có tệp đều đọc được."
            )
            if is_there
            else _("Bản cài này không có bộ mã hóa: ai lấy được tệp dữ liệu đều đọc được.")
        )

    def suggest_unit(self, before: str | None, code: str) -> None:
        """Begins the unit's code with its province's, unless more than `before` was typed."""
        if before is None or self.unit_code.text() == f"{before}.":
            self.unit_code.setText(f"{code}.")

    def error_of(self, fault: "SetupFault") -> FieldError | None:
        """The place of a fault; None for one that concerns another step."""
        fields: Mapping[str, QWidget] = {
            "unit_code": self.unit_code,
            "desk_name": self.desk_name,
            "hotline": self.hotline,
            "block": self.block_last,
            "office_hours": self.hours[fault.days or "mon-fri"],
        }
        field = fields.get(fault.refusal.field or "")
        return FieldError(self.form, field, field, fault.refusal.message) if field else None

    def read(self) -> TypedDesk:
        hours = {days: field.text().strip() for days, field in self.hours.items()}
        return TypedDesk(
            self.unit_code.text().strip(),
            self.desk_name.text(),
            self.block_first.value(),
            self.block_last.value(),
            {days: text for days, text in hours.items() if text},
            self.hotline.text(),
            self.encrypt.isChecked(),
        )

    def summary(self) -> tuple[str, ...]:
        """Lines that say once more what was typed."""
        hours = (
            f"{formatting.weekdays(days)}: {field.text().strip() or _('nghỉ')}"
            for days, field in self.hours.items()
        )
        block = f"{self.block_first.value():04d}–{self.block_last.value():04d}"
        name = self.desk_name.text().strip()
        return (
            _("Mã định danh: {code}").format(code=self.unit_code.text().strip()),
            _("{desk}, dải số hồ sơ {block}").format(desk=name, block=block),
            _("Giờ làm việc: {hours}").format(hours="; ".join(hours)),
            _("Điện thoại trên giấy hẹn: {phone}").format(
                phone=self.hotline.text().strip() or _("chưa có, ghi sau trong Cài đặt")
            ),
            self._where_data_lie(),
        )

    def _where_data_lie(self) -> str:
        if self.on_server:
            return _("Dữ liệu nằm ở máy chủ của phường.")
        if self.encrypt.isChecked():
            return _("Dữ liệu được mã hóa trên đĩa")
        return _("Dữ liệu không mã hóa trên đĩa")


def _tidy_hours(field: QLineEdit) -> None:
    """Write readable hours as they are kept; what cannot be read stays as typed."""
    try:
        tidy = hours_text(read_hours(field.text()))
    except ValueError:
        return
    if tidy != field.text():  # setText forgets what Ctrl+Z could take back
        field.setText(tidy)


class PeopleStep(Step):
    """A row for an official of each role; an empty row is nobody. Logins are made from names."""

    def __init__(self) -> None:
        super().__init__()
        self.hint = texts.words(
            _(
                "Cần ít nhất người tiếp nhận và người quản trị; nên có lãnh đạo để ký thư xin lỗi. "
                "Dòng nào để trống: chưa có người này. Thêm người sau này trong Cài đặt. Mật khẩu "
                "từ 8 ký tự, một câu ngắn càng tốt; trừ người quản trị, ai cũng được mời đặt mật "
                "khẩu riêng khi vào lần đầu."
            ),
            "quiet",
        )
        self.form.addRow(self.hint)
        self.heads = {key: _head(_(words)) for key, words in _COLUMNS.items()}
        self.form.addRow("", _side_by_side(self.heads.values()))
        self.officials: dict[Role, dict[str, QLineEdit]] = {}
        self.rows: dict[Role, QWidget] = {}
        self.warning = texts.words("", "warning")
        for role, name in ROLE_NAMES.items():
            self.form.addRow(_(name).capitalize(), self._row(role, _(name)))
        self.form.addRow("", self.warning)
        self.unfold = texts.button(_("Đổi tên đăng nhập"), self.show_logins, "Alt+N", self)
        row = QHBoxLayout()
        row.addWidget(self.unfold)
        row.addStretch(1)
        self.form.addRow("", row)
        self._own_logins: set[Role] = set()
        self._set_logins_visible(False)
        self._enter_moves_on(
            [field for fields in self.officials.values() for field in fields.values()]
        )

    def _row(self, role: Role, name: str) -> QWidget:
        password = PasswordField()
        password.warned.connect(self.warning.setText)
        fields = self.officials[role] = {key: QLineEdit() for key in _COLUMNS}
        fields["password"] = password
        for key, field in fields.items():
            field.setAccessibleName(_("{what} của {role}").format(what=_(_COLUMNS[key]), role=name))
        if role is Role.LEADER:
            fields["title"].setPlaceholderText(_("Chủ tịch, Phó Chủ tịch…"))
        fields["name"].textChanged.connect(self._propose_logins)
        fields["id"].textEdited.connect(lambda _text: self._own_logins.add(role))
        self.rows[role] = _side_by_side(fields.values())
        return self.rows[role]

    def show_logins(self) -> None:
        """Show the names that everyone logs in by on the command line."""
        self._set_logins_visible(True)
        self.officials[Role.CLERK]["id"].setFocus()

    def _set_logins_visible(self, visible: bool) -> None:
        self.unfold.setVisible(not visible)
        for widget in (self.heads["id"], *(fields["id"] for fields in self.officials.values())):
            widget.setVisible(visible)

    def _propose_logins(self) -> None:
        """Make the logins that nobody wrote themselves."""
        taken = {self.officials[role]["id"].text() for role in self._own_logins}
        for role, fields in self.officials.items():
            if role not in self._own_logins:
                login = login_of(fields["name"].text(), taken)
                fields["id"].setText(login)
                taken.add(login)

    def error_of(self, fault: "SetupFault") -> FieldError | None:
        """The place of a fault; None for one that concerns another step."""
        if fault.role is None:
            return None
        fields = self.officials[fault.role]
        # An official who is missing has no name; one who has logs in like another.
        doubtful = "id" if fields["name"].text().strip() else "name"
        key = _OF_OFFICIAL.get(fault.refusal.field or "", doubtful)
        if key == "id" and fields["name"].text().strip():
            self._set_logins_visible(True)
        elif key == "id":
            return None  # the login follows from the name, which is missing
        return FieldError(self.form, self.rows[fault.role], fields[key], fault.refusal.message)

    def read(self) -> tuple[TypedOfficial, ...]:
        return tuple(
            TypedOfficial(role, **{key: field.text() for key, field in fields.items()})
            for role, fields in self.officials.items()
        )

    def summary(self) -> tuple[str, ...]:
        """Lines that say once more who was typed."""
        return tuple(
            _("{role}: {name} (đăng nhập: {login})").format(
                role=_(name).capitalize(),
                name=_named(role, fields["name"].text(), fields["title"].text().strip()),
                login=fields["id"].text(),
            )
            for role, name in ROLE_NAMES.items()
            if (fields := self.officials[role])["name"].text().strip()
        )


def _named(role: Role, name: str, title: str) -> str:
    """The name, a leader's with the title that papers print."""
    return f"{name}, {title}" if role is Role.LEADER and title else name


def _head(words: str) -> QLabel:
    return texts.words(words, "section", wrap=False)


def _side_by_side(widgets: Iterable[QWidget]) -> QWidget:
    """The widgets in columns of one width, whatever is in them."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(widget, 1)
    return holder
