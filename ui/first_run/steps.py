"""Steps of the first run with fields: the desk, and its officials."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from cchc_desk.domain.people.officials import ROLE_NAMES, Role
from cchc_desk.i18n import _, later
from ui import formatting
from ui.first_run.plan import Fault, TypedDesk, TypedOfficial
from ui.look import texts
from ui.widgets.fields.error_row import ErrorRow

_SUGGESTED = {
    Role.CLERK: "tiepnhan",
    Role.PROCESSOR: "thuly",
    Role.LEADER: "lanhdao",
    Role.ADMINISTRATOR: "quantri",
}
_HOURS = {"mon-fri": "07:30-11:30,13:00-17:00", "sat": ""}
_HINTS = {
    "name": later("Họ tên"),
    "id": later("Tên đăng nhập"),
    "title": later("Chức danh"),
    "password": later("Mật khẩu"),
}
# Field of a refusal -> field of one official.
_OF_OFFICIAL = {"login": "id", "official_name": "name", "password": "password"}


class Step(QWidget):
    """A form; Enter goes from field to field, and `done` is emitted after the last."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = QFormLayout(self)

    def _enter_moves_on(self, fields: Sequence[QWidget]) -> None:
        for field, following in zip(fields, [*fields[1:], None], strict=True):
            line = field.lineEdit() if isinstance(field, QSpinBox) else field
            assert isinstance(line, QLineEdit)
            line.returnPressed.connect(following.setFocus if following else self.done)


class DeskStep(Step):
    """Code of the unit, name of the desk, its block of numbers, its hours."""

    def __init__(self) -> None:
        super().__init__()
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
        ]
        for days, field in self.hours.items():
            rows.append((_("Giờ làm việc {name}").format(name=formatting.weekdays(days)), field))
        for name, widget in rows:
            widget.setAccessibleName(name)
            self.form.addRow(name, widget)
        hint = _(
            "Hai quầy của một phường dùng hai dải số khác nhau, để không trùng mã khi mất mạng."
        )
        self.form.addRow(texts.words(hint, "quiet"))
        self._enter_moves_on([widget for _name, widget in rows])

    def suggest_unit(self, before: str | None, code: str) -> None:
        """Begins the unit's code with its province's, unless more than `before` was typed."""
        if before is None or self.unit_code.text() == f"{before}.":
            self.unit_code.setText(f"{code}.")

    def fields(self) -> Mapping[str, QWidget]:
        """Field of a refusal -> where it is typed."""
        return {
            "unit_code": self.unit_code,
            "desk_name": self.desk_name,
            "block": self.block_last,
            "office_hours": self.hours["mon-fri"],
        }

    def show_fault(self, fault: Fault, error: ErrorRow) -> None:
        """Shows a fault of one of `fields` under it."""
        field = self.fields()[fault.refusal.field or ""]
        error.beside(self.form, field, field, fault.refusal.message)

    def read(self) -> TypedDesk:
        hours = {days: field.text().strip() for days, field in self.hours.items()}
        return TypedDesk(
            self.unit_code.text().strip(),
            self.desk_name.text(),
            self.block_first.value(),
            self.block_last.value(),
            {days: text for days, text in hours.items() if text},
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
        )


class PeopleStep(Step):
    """A row for an official of each role; an empty row is nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.hint = texts.words(
            _(
                "Cần ít nhất người tiếp nhận và người quản trị; nên có lãnh đạo để ký thư xin lỗi. "
                "Dòng nào để trống: chưa có người này. Thêm người sau này trong Cài đặt. Mật khẩu "
                "từ 6 ký tự."
            ),
            "quiet",
        )
        self.form.addRow(self.hint)
        self.officials: dict[Role, dict[str, QLineEdit]] = {}
        self.rows: dict[Role, QWidget] = {}
        for role, name in ROLE_NAMES.items():
            self.form.addRow(_(name).capitalize(), self._row(role, _(name)))
        self._enter_moves_on(
            [field for fields in self.officials.values() for field in fields.values()]
        )

    def _row(self, role: Role, name: str) -> QWidget:
        fields = self.officials[role] = {key: QLineEdit() for key in _HINTS}
        fields["id"].setText(_SUGGESTED[role])
        fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
        self.rows[role] = QWidget()
        row = QHBoxLayout(self.rows[role])
        row.setContentsMargins(0, 0, 0, 0)
        for key, field in fields.items():
            field.setPlaceholderText(_(_HINTS[key]))
            field.setAccessibleName(_("{what} của {role}").format(what=_(_HINTS[key]), role=name))
            row.addWidget(field)
        return self.rows[role]

    def show_fault(self, fault: Fault, error: ErrorRow) -> None:
        """Shows a fault under the row of its official, else under the hint."""
        role = fault.role or Role.CLERK
        row = self.rows[role] if fault.role else self.hint
        field = self.officials[role][_OF_OFFICIAL.get(fault.refusal.field or "", "name")]
        error.beside(self.form, row, field, fault.refusal.message)

    def read(self) -> tuple[TypedOfficial, ...]:
        return tuple(
            TypedOfficial(role, **{key: field.text() for key, field in fields.items()})
            for role, fields in self.officials.items()
        )

    def summary(self) -> tuple[str, ...]:
        """Lines that say once more who was typed."""
        return tuple(
            _("{role}: {name} (đăng nhập: {login})").format(
                role=_(name).capitalize(), name=fields["name"].text(), login=fields["id"].text()
            )
            for role, name in ROLE_NAMES.items()
            if (fields := self.officials[role])["name"].text().strip()
        )
