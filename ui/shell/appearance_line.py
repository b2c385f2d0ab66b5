"""The line before anybody has logged in: how the window is made larger, darker, English."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cchc_desk.i18n import LANGUAGES, _
from ui.look import texts
from ui.shell.appearance import next_language


class AppearanceLine(QWidget):
    """Keys for those who cannot read the page as it is; `speak` is called for the other
    language.
    """

    def __init__(self, page: QWidget, set_next_language: Callable[[], None]) -> None:
        super().__init__()
        self.language_button = texts.button(
            LANGUAGES[next_language()], set_next_language, "Ctrl+T", page
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(texts.words(_("Cỡ chữ: Ctrl+=, Ctrl+−  ·  Màu: Ctrl+D"), "quiet"), 1)
        row.addWidget(self.language_button)
