"""The page before log-in where two people, or one and the sealed sheet, recover the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.domain.people.officials import ROLE_NAMES, Official, Role, login_of
from cchc_desk.domain.people.recovery_code import FIELD
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from ui.look import texts
from ui.look.tokens import SPACE
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.password_field import PasswordField
from ui.widgets.fields.secret_field import SecretField

_WIDE_LETTERS = 84


@dataclass(frozen=True)
class Asked:
    """All that was typed: passwords by log-in name, the sheet's code, and who is to get a password.

    `new_name`: of an administrator who is to be added; "" where `administrator` is there already.
    """

    helpers: dict[str, str]
    code: str
    administrator: str
    new_name: str


class RecoveryPage(QWidget):
    """Emits `asked(Asked)`; the answer is shown by `show_answer`, until it was printed."""

    asked = Signal(object)
    left = Signal()
    print_password = Signal()
    print_sheet = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.about = texts.words("", "quiet")
        self.helpers = (ComboBox(), ComboBox())
        self.passwords = (PasswordField(), PasswordField())
        self.code, self.administrator, self.new_name = QLineEdit(), ComboBox(), QLineEdit()
        self.code.setPlaceholderText(_("để trống nếu không có phiếu"))
        self.warning = texts.words("", "warning")
        self.error = texts.words("", "error")
        self.button = texts.button(_("Cấp mật khẩu mới"), self.ask, "F9", self, kind="primary")
        self.leave = texts.button(_("Quay lại đăng nhập"), self.left.emit, "Esc", self)
        self.form = QWidget()
        self.answer = QWidget()
        self.secret, self.new_code = SecretField(), SecretField()
        self.told = texts.words("", "")
        self.sheet_told = texts.words(
            _("Phiếu vừa dùng hết giá trị. Mã của phiếu mới, hãy in ngay và cất kín:"), ""
        )
        self.slip = texts.button(_("In mật khẩu"), self.print_password.emit, "Alt+I", self)
        self.sheet = texts.button(_("In phiếu mới"), self.print_sheet.emit, "Alt+H", self)
        self._officials: Sequence[Official] = ()
        self._lay_out()
        for field in (*self.passwords, self.code, self.new_name):
            field.returnPressed.connect(self.ask)
            field.textEdited.connect(lambda _text: self.error.clear())
        for password in self.passwords:
            password.warned.connect(self.warning.setText)
        self.administrator.currentIndexChanged.connect(lambda _row: self._fit())

    def _lay_out(self) -> None:
        box = texts.card()
        column = QVBoxLayout(box)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(10)
        column.addWidget(texts.words(_("Lấy lại quyền quản trị"), "title"))
        column.addWidget(self.about)
        self.rows = QFormLayout(self.form)
        self.rows.setContentsMargins(0, 0, 0, 0)
        texts.fitted(
            self.form,
            lambda: self.rows.setHorizontalSpacing(2 * self.form.fontMetrics().averageCharWidth()),
        )
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        names = (_("Người thứ nhất"), _("Người thứ hai"))
        for words, who, password in zip(names, self.helpers, self.passwords, strict=True):
            who.setAccessibleName(words)
            password.setAccessibleName(_("Mật khẩu của {who}").format(who=words.lower()))
            password.setPlaceholderText(_("mật khẩu"))
            row = QHBoxLayout()
            row.setSpacing(SPACE)
            row.addWidget(who, 2)
            row.addWidget(password, 1)
            self.rows.addRow(words, row)
        for words, field in (
            (_("Mã trên phiếu khôi phục"), self.code),
            (_("Cấp mật khẩu cho"), self.administrator),
            (_("Họ tên quản trị mới"), self.new_name),
        ):
            field.setAccessibleName(words)
            self.rows.addRow(words, field)
        column.addWidget(self.form)
        told = QVBoxLayout(self.answer)
        told.setContentsMargins(0, 0, 0, 0)
        self.secret.setAccessibleName(_("Mật khẩu dùng một lần"))
        self.new_code.setAccessibleName(_("Mã khôi phục mới"))
        for widget in (
            self.told,
            self.secret,
            self.slip,
            self.sheet_told,
            self.new_code,
            self.sheet,
        ):
            told.addWidget(widget)
        column.addWidget(self.answer)
        for widget in (self.warning, self.error, self.button, self.leave):
            column.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(texts.centred(box, _WIDE_LETTERS))

    # --- asking -----------------------------------------------------------------------------------

    def begin(self, officials: Sequence[Official]) -> None:
        """Begin with nothing typed."""
        self._officials = officials
        for box, first in zip(self.helpers, (_("chọn người"), _("không có ai")), strict=True):
            box.clear()
            box.addItem(first, "")
            for one in officials:
                if one.role is not Role.ADMINISTRATOR:
                    box.addItem(f"{one.name} – {_(ROLE_NAMES[one.role])}", one.id)
        leaders = [one.id for one in officials if one.role is Role.LEADER]
        self.about.setText(
            _(
                "Khi không còn quản trị nào vào được: lãnh đạo cùng phiếu khôi phục, hoặc lãnh đạo "
                "cùng một người nữa, hoặc hai người cùng phiếu. Hai người không có phiếu và không "
                "có lãnh đạo thì không được. Việc này ghi vào sổ cái."
            )
            if leaders
            else _(
                "Khi không còn quản trị nào vào được: hai người, hoặc một người cùng phiếu khôi "
                "phục (quầy này chưa có lãnh đạo). Việc này ghi vào sổ cái."
            )
        )
        self.helpers[0].setCurrentIndex(max(0, self.helpers[0].findData((leaders or [""])[0])))
        self.administrator.clear()
        for one in officials:
            if one.role is Role.ADMINISTRATOR:
                self.administrator.addItem(f"{one.name} ({one.id})", one.id)
        self.administrator.addItem(_("một người quản trị mới"), "")
        for field in (*self.passwords, self.code, self.new_name, self.secret, self.new_code):
            field.clear()
        self.warning.clear()
        self.error.clear()
        self.answer.hide()
        for widget in (self.form, self.button):
            widget.show()
        self.button.setEnabled(True)
        self._fit()
        self.passwords[0].setFocus()

    def _fit(self) -> None:
        self.rows.setRowVisible(self.new_name, not self.administrator.currentData())

    def ask(self) -> None:
        """F9, or Enter in a field."""
        if self.button.isHidden() or not self.button.isEnabled():
            return
        helpers = {}
        for who, password in zip(self.helpers, self.passwords, strict=True):
            if who.currentData() and not password.text():
                words = _("{name} hãy tự gõ mật khẩu của mình.")
                self.error.setText(words.format(name=who.currentText().split(" – ")[0]))
                password.setFocus()
                return
            if who.currentData():
                helpers[who.currentData()] = password.text()
        login, name = self.administrator.currentData(), ""
        if not login:
            name = self.new_name.text().strip()
            login = login_of(name, {one.id for one in self._officials})
            if not login:
                self.refuse(
                    Refused("official-name", _("Hãy nhập họ tên của người dùng."), "official_name")
                )
                return
        self.error.clear()
        self.button.setEnabled(False)
        self.asked.emit(Asked(helpers, self.code.text(), login, name))

    def refuse(self, error: DeskError) -> None:
        """Say what is wrong; what was typed stays, to be mended."""
        self.button.setEnabled(True)
        self.error.setText(error.message)
        named = error.field if isinstance(error, Refused) else None
        fields: dict[str | None, QWidget] = {
            FIELD: self.code,
            "official_name": self.new_name,
            "helpers": self.helpers[1],
        }
        fields.get(named, self.passwords[0]).setFocus()

    def show_answer(self, name: str, login: str, password: str, code: str) -> None:
        """Show the one-time password, and the code of the new sheet, "" for none."""
        for field in (*self.passwords, self.code):
            field.clear()
        for widget in (self.form, self.button):
            widget.hide()
        self.told.setText(
            _("Mật khẩu dùng một lần của {name} (đăng nhập: {login}), chỉ hiện lần này:").format(
                name=name, login=login
            )
        )
        self.secret.setText(password)
        self.new_code.setText(code)
        for widget in (self.sheet_told, self.new_code, self.sheet):
            widget.setVisible(bool(code))
        self.answer.show()
        self.slip.setFocus()
