"""Texts for the citizen today: words to read aloud, a short message, a letter; each to copy."""

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers.messages import Messages
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.shell import notices

# what it is, its key, how many lines it needs
_CHANNELS = (
    ("phone", later("Đọc qua điện thoại"), "Alt+1", 4),
    ("sms", later("Tin nhắn (không dấu, tối đa 160 chữ)"), "Alt+2", 3),
    ("letter", later("Thư"), "Alt+3", 6),
)


class MessageDialog(QDialog):
    """Dialog of the texts by channel; the clerk calls or copies, nothing is sent from here."""

    def __init__(self, parent: QWidget, dossier: Dossier, messages: Messages) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Lời báo công dân – {code}").format(code=dossier.code))
        inside = texts.Inside()
        column = QVBoxLayout(inside)
        phone = (
            dossier.submitter.phone
            if dossier.submitter and dossier.submitter.phone
            else dossier.applicant.phone
        )
        column.addWidget(
            texts.words(
                f"{dossier.applicant.name} · {phone or _('không có số điện thoại')}", "section"
            )
        )
        self.fields: dict[str, QPlainTextEdit] = {}
        for name, channel, key, lines in _CHANNELS:
            title = _(channel)
            field = QPlainTextEdit(getattr(messages, name))
            field.setReadOnly(True)
            field.setTabChangesFocus(True)
            field.setAccessibleName(title)
            field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + 16)
            self.fields[name] = field
            column.addWidget(texts.words(title, "quiet"))
            column.addWidget(field)
            column.addWidget(texts.button(_("Chép"), partial(self.copy, name), key, self))
        whole = QVBoxLayout(self)
        whole.addWidget(texts.scrolled(inside), 1)
        whole.addWidget(texts.button(_("Đóng"), self.reject, "Esc"))
        self.resize(texts.room_on_screen(self, 80, 34))

    def copy(self, name: str) -> None:
        """Puts the text of one channel on the clipboard."""
        QGuiApplication.clipboard().setText(self.fields[name].toPlainText())
        notices.say(_("Đã chép; dán vào nơi cần gửi."))
