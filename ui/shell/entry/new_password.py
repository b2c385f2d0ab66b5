"""The page on which an official chooses a password of their own, before the first work."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from cchc_desk.domain.people.passwords import SHORTEST
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.fields.password_field import PasswordField

_WIDE_LETTERS = 60


class NewPasswordPage(QWidget):
    """Emits `chosen(password)` once both fields hold the same; Esc leaves it."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, least: int = SHORTEST) -> None:
        """`least`: letters of a password."""
        super().__init__()
        self.title = texts.words(_("Đặt mật khẩu của bạn"), "title")
        self.about = texts.words("", "quiet")
        self.rules = texts.words(
            _(
                "Ít nhất {least} ký tự; một câu ngắn dễ nhớ là tốt nhất. Không dùng tên mình, tên "
                "cơ quan hay mật khẩu ai cũng đoán ra. Không cần chữ hoa, số hay dấu."
            ).format(least=least),
            "",
        )
        self.new, self.again = PasswordField(), PasswordField()
        self.warning = texts.words("", "warning")
        self.error = texts.words("", "error")
        self.button = texts.button(
            _("Đặt mật khẩu và vào làm việc"), self.choose, "F9", self, kind="primary"
        )
        self.leave = texts.button(_("Thôi"), self.left.emit, "Esc", self)
        texts.with_it(self.error, self.button)
        self._lay_out()
        self.new.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.choose)
        for field in (self.new, self.again):
            field.warned.connect(self.warning.setText)
            field.textEdited.connect(lambda _text: self.error.clear())
        self.setFocusProxy(self.new)

    def _lay_out(self) -> None:
        box = texts.card()
        column = QVBoxLayout(box)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(10)
        for widget in (self.title, self.about, self.rules):
            column.addWidget(widget)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for words, field in (
            (_("Mật khẩu mới"), self.new),
            (_("Mật khẩu mới, lần nữa"), self.again),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        column.addLayout(form)
        column.addWidget(self.warning)
        column.addWidget(self.error)
        column.addWidget(self.button)
        column.addWidget(self.leave)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(texts.centred(box, _WIDE_LETTERS))

    def ask(self, name: str) -> None:
        """Begin for this official, with nothing typed."""
        self.about.setText(
            _("{name}: mật khẩu đang dùng do người khác đặt, nên chỉ dùng được một lần.").format(
                name=name
            )
        )
        for field in (self.new, self.again):
            field.clear()
        self.error.clear()
        self.button.setEnabled(True)
        self.new.setFocus()

    def choose(self) -> None:
        """F9, or Enter in the second field."""
        if self.new.text() != self.again.text():
            self.refuse(_("Hai lần nhập mật khẩu mới không giống nhau; hãy nhập lại."))
            return
        self.error.clear()
        self.button.setEnabled(False)
        self.chosen.emit(self.new.text())

    def refuse(self, message: str) -> None:
        """Say what is wrong; both are typed anew, the first one over what stands there."""
        self.button.setEnabled(True)
        self.error.setText(message)
        self.again.clear()
        self.new.selectAll()
        self.new.setFocus()
