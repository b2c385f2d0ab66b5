"""Texts for the citizen today: words to read aloud, a short message, a letter; each to copy."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cchc_desk.actions.dossiers.messages import Messages
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.shell import notices
from ui.widgets import clipboard
from ui.widgets.question_panel import Field, QuestionPanel, fix_lines

# what it is, its key, how many lines it needs
_CHANNELS = (
    ("phone", later("Đọc qua điện thoại"), "Alt+1", 4),
    ("sms", later("Tin nhắn (không dấu, tối đa 160 chữ)"), "Alt+2", 3),
    ("letter", later("Thư"), "Alt+3", 6),
)


class Text(Field):
    """A text to read, with the key that copies it."""

    def __init__(self, label: str, text: str, key: str, lines: int) -> None:
        self._text = QPlainTextEdit(text)
        super().__init__(label, self._text)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        fix_lines(self._text, lines)
        self.copy = texts.button(_("Chép"), partial(_copy, text), key, kind="small")
        self.column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def value(self) -> str:
        return self._text.toPlainText()


def show(page: QWidget, dossier: Dossier, messages: Messages) -> None:
    """Show the texts by channel; the clerk calls or copies, nothing is sent from here."""
    by = dossier.submitter
    phone = by.phone if by and by.phone else dossier.applicant.phone
    fields = [
        Text(_(channel), getattr(messages, name), key, lines)
        for name, channel, key, lines in _CHANNELS
    ]
    title = _("Lời báo công dân – {name}").format(name=dossier.applicant.name)
    about = phone or _("không có số điện thoại")
    panel = QuestionPanel.ask(page, title, fields, "", QuestionPanel.finish, about)
    for field, (_name, _channel, key, _lines) in zip(fields, _CHANNELS, strict=True):
        texts.shortcut(panel, key, field.copy.click)


def _copy(text: str) -> None:
    clipboard.put(text)
    notices.say(_("Đã chép; dán vào nơi cần gửi."))
