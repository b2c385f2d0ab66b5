"""The log-in page: name and password by keys alone, even before the desk has opened."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.domain.people.officials import ROLE_NAMES, Official
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.shell.entry.appearance_line import AppearanceLine
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.code_box import CodeBox
from ui.widgets.fields.password_field import PasswordField

_WIDE_LETTERS = 56
_ENTER, _AGAIN = later("Vào làm việc"), later("Thử lại")
_TITLE, _NOT_OPEN = later("Đăng nhập"), later("Chưa mở được dữ liệu của quầy")


class LoginPage(QWidget):
    """Emits `entered(official_id, password)`; Up and Down in the password field choose the name."""

    entered = Signal(str, str)
    again = Signal()  # the desk could not be opened: try once more
    left = Signal()  # Esc
    restore = Signal()  # F7: go back to a copy
    next_language = Signal()  # Ctrl+T: another language
    lost = Signal()  # Alt+M: no administrator can come in

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = texts.words(_(_TITLE), "title")
        self.hint = texts.words("", "quiet")
        self.who = ComboBox()
        self.who.setAccessibleName(_("Người dùng"))
        self.password = PasswordField()
        self.password.setAccessibleName(_("Mật khẩu"))
        self.password.setPlaceholderText(_("Mật khẩu, rồi Enter"))
        self.password.returnPressed.connect(self._enter)
        self.password.installEventFilter(self)
        self.error = texts.words("", "error")
        self.warning = texts.words("", "warning")  # Caps Lock
        self.password.warned.connect(self.warn)
        self.rest = texts.words("", "warning")  # the office is closed today
        self.password.textEdited.connect(self._mended)
        self.code_box = CodeBox()  # encrypted data that this computer has no key of
        self.button = texts.button(_(_ENTER), self._enter, kind="primary")
        self.to_copies = texts.button(_("Khôi phục bản sao"), self.restore.emit, "F7", self)
        self.leave = texts.button(f"{_('Thôi')}  ·  Esc", self.left.emit)
        self.leave.hide()
        self.recovery = texts.button(f"{_('Mất quyền quản trị')}  ·  Alt+M", self.lost.emit)
        self.recovery.setAccessibleName(_("Mất quyền quản trị"))
        texts.shortcut(self, "Alt+M", self._recover)  # no work: it stands on no key card
        texts.role(self.recovery, "small")
        self.recovery.hide()  # until there is somebody to choose from
        texts.with_it(self.error, self.button)
        self.appearance_line = AppearanceLine(self, self.next_language.emit)
        self._offered: Sequence[Official] = ()
        self._asking: list[QWidget] = []  # name and password, while there is a desk to enter
        self._waiting = False
        self._closed = False
        texts.shortcut(self, "Esc", self.left.emit)
        self._lay_out()
        self.setFocusProxy(self.password)

    def _lay_out(self) -> None:
        box = texts.card()
        column = QVBoxLayout(box)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.rest)
        for caption, field in (
            (_("Người dùng (↑ ↓ để chọn)"), self.who),
            (_("Mật khẩu"), self.password),
        ):
            label = texts.words(caption, "quiet")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            self._asking += [label, field]
        column.addWidget(self.warning)
        column.addWidget(self.error)
        column.addWidget(self.code_box)
        column.addWidget(self.button)
        column.addWidget(self.leave)
        column.addWidget(self.to_copies)
        column.addWidget(self.recovery, 0, Qt.AlignmentFlag.AlignRight)
        texts.lines(self.hint, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 0, 16, 10)
        outer.addWidget(texts.centred(box, _WIDE_LETTERS), 1)
        outer.addWidget(self.appearance_line)

    def offer(self, officials: Sequence[Official], last: str = "") -> None:
        """The names to choose from, `last` was here last; what was chosen meanwhile stays."""
        self._offered = officials
        if self._closed:  # it was tried again without a key
            self._show_closed(False)
            self.error.clear()
            self.password.setFocus()
        self.hint.show()
        self.recovery.setVisible(bool(officials))
        chosen = self.who.currentData() or last
        self.who.clear()
        for official in officials:
            self.who.addItem(f"{official.name} – {_(ROLE_NAMES[official.role])}", official.id)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        if self._waiting:
            self._enter()

    def _recover(self) -> None:
        if not self.recovery.isHidden():
            self.lost.emit()

    def take_over(self, before: "LoginPage") -> None:
        """Goes on, in another language, where the page `before` was."""
        self.offer(before._offered)
        self.who.setCurrentIndex(before.who.currentIndex())
        self.password.setText(before.password.text())
        self.password.setFocus()
        if before._closed:
            self.not_opened(before.error.text())
            if before.code_box.isVisibleTo(before):
                self.ask_code()

    def ask(self, title: str, hint: str, official_id: str, may_leave: bool) -> None:
        """A new asking: switching, or unlocking by `official_id`. Only the password is cleared."""
        self.leave.setVisible(may_leave)
        self.who.setCurrentIndex(max(0, self.who.findData(official_id)))
        self.to_copies.hide()  # and stays at its desk
        self.appearance_line.language_button.hide()  # a locked window keeps its language
        self.title.setText(title)
        self.hint.setText(hint)
        self.error.clear()
        self.password.clear()
        self.password.setFocus()

    def refuse(self, message: str) -> None:
        self.error.setText(message)
        self.button.setEnabled(True)
        self.password.selectAll()
        self.password.setFocus()

    def warn_restored(self, copy: str, aside: str) -> None:
        """Says which copy was put back, and where what was there before lies."""
        self.warn(
            _("Đã khôi phục bản sao {copy}. Dữ liệu trước đó nằm trong thư mục {aside}.").format(
                copy=copy, aside=aside
            )
        )

    def show_rest(self, words: str) -> None:
        """Says that today is a day of rest, or nothing."""
        self.rest.setText(words)

    def warn(self, words: str) -> None:
        """Says what is to be looked at, or nothing."""
        self.warning.setText(words)

    def _mended(self) -> None:
        if not self._closed:  # else it still says why the desk did not open
            self.error.clear()

    def not_opened(self, message: str, *, lost: bool = False) -> None:
        """The desk could not be opened: nobody can enter; the button tries again.

        `lost`: nothing but a copy helps, so that key is the first.
        """
        self._show_closed(True)
        self.refuse(message)
        first, other = (self.to_copies, self.button) if lost else (self.button, self.to_copies)
        texts.role(first, "primary")
        texts.role(other, "")
        first.setFocus()

    def _show_closed(self, closed: bool) -> None:
        self._closed = closed
        self.title.setText(_(_NOT_OPEN) if closed else _(_TITLE))
        self.button.setText(_(_AGAIN) if closed else _(_ENTER))
        texts.role(self.button, "primary")
        texts.role(self.to_copies, "")
        for widget in (*self._asking, self.hint):
            widget.setHidden(closed)
        self.setFocusProxy(self.button if closed else self.password)

    def unlocked(self) -> None:
        """The code has opened the data: the password is asked for as usual."""
        self._show_closed(False)
        self.code_box.hide()
        self.button.show()
        self.code_box.code.clear()
        self.error.clear()
        self.password.setFocus()

    def ask_code(self) -> None:
        """Asks for the code of the recovery sheet, below what not_opened() said."""
        self.button.hide()
        self.code_box.ask()
        texts.with_it(self.error, self.code_box)

    def _enter(self) -> None:
        if self._closed:
            self.code_box.hide()
            self.button.show()
            self._show_closed(False)
            self.error.clear()
            self.password.setFocus()
            self.again.emit()
        elif self.who.count():
            self._waiting = False
            self.error.clear()
            self.entered.emit(self.who.currentData(), self.password.text())
        else:
            self._waiting = True  # the desk is still opening: enter once the names are there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        step = _step(event)
        if watched is self.password and step:
            self.who.setCurrentIndex(
                max(0, min(self.who.count() - 1, self.who.currentIndex() + step))
            )
            return True
        return False


def _step(event: QEvent) -> int:
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
        return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
    return 0
