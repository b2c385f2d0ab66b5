"""A line on the log-in page: larger or smaller type, other colours, another language."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cchc_desk.i18n import LANGUAGES, _
from ui.look import texts
from ui.shell.preferences.appearance import next_language
from ui.widgets.layout.flow import Flow


class AppearanceLine(QWidget):
    """Buttons with the keys of the whole window; the last one and Ctrl+T call
    `set_next_language`.
    """

    smaller = Signal()
    larger = Signal()
    colours = Signal()

    def __init__(self, page: QWidget, set_next_language: Callable[[], None]) -> None:
        super().__init__()
        self.language_button = texts.button(
            LANGUAGES[next_language()], set_next_language, "Ctrl+T", page
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        keys = Flow()
        for words, key, act in (
            (_("Chữ nhỏ hơn"), "Ctrl+−", self.smaller.emit),
            (_("Chữ to hơn"), "Ctrl+=", self.larger.emit),
            (_("Màu"), "Ctrl+D", self.colours.emit),
        ):
            button = texts.button(f"{words}  ·  {key}", act)
            texts.role(button, "small")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the password goes on where it is typed
            keys.add(button)
        row.addWidget(keys, 1)
        row.addWidget(self.language_button)
