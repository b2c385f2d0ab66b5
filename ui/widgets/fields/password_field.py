"""A field for a password: an eye shows it, and what would spoil it unseen is said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from cchc_desk.i18n import _
from ui.look import texts
from ui.look.icons import icon

SHOW = "Alt+E"


class PasswordField(QLineEdit):
    """Hidden until the eye or SHOW is pressed, and again once it is left."""

    warned = Signal(str)  # Caps Lock, or letters with marks; "" when neither

    def __init__(self) -> None:
        super().__init__()
        self._caps_lock = False
        self._eye = QAction(icon("eye"), "", self)
        self._eye.triggered.connect(self.toggle)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        texts.shortcut(self, SHOW, self.toggle)
        self.textChanged.connect(self._warn)
        self._hide()

    def toggle(self) -> None:
        """Show what was typed, or hide it again."""
        if self.echoMode() is QLineEdit.EchoMode.Password:
            self.setEchoMode(QLineEdit.EchoMode.Normal)
            self._eye.setText(_("Ẩn mật khẩu  ·  {key}").format(key=SHOW))
        else:
            self._hide()

    def _hide(self) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye.setText(_("Hiện mật khẩu  ·  {key}").format(key=SHOW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps_lock = not self._caps_lock
        elif len(letter) == 1 and letter.upper() != letter.lower():
            # Qt knows no state of the lock, but a letter gives it away.
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps_lock = letter.isupper() != shift
        super().keyPressEvent(event)
        self._warn()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._hide()

    def _warn(self) -> None:
        if self._caps_lock and self.text():
            self.warned.emit(_("Phím Caps Lock đang bật: chữ hoa thay chữ thường."))
        elif not self.text().isascii():
            self.warned.emit(
                _("Mật khẩu có dấu tiếng Việt: bộ gõ (UniKey) đang bật? Alt+E để xem.")
            )
        else:
            self.warned.emit("")
