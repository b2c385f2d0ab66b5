"""A line on the log-in page: keys for larger type, other colours, another language."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cchc_desk.i18n import LANGUAGES, _
from ui.look import texts
from ui.shell.preferences.appearance import next_language


class AppearanceLine(QWidget):
    """Names the keys; the button and Ctrl+T call `set_next_language`."""

    def __init__(self, page: QWidget, set_next_language: Callable[[], None]) -> None:
        super().__init__()
        self.language_button = texts.button(
            LANGUAGES[next_language()], set_next_language, "Ctrl+T", page
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(texts.words(_("Cỡ chữ: Ctrl+=, Ctrl+−  ·  Màu: Ctrl+D"), "quiet"), 1)
        row.addWidget(self.language_button)
