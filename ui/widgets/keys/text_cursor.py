"""A line that is left shows its beginning; who comes back to it goes on where they were."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from ui.widgets.keys.key_watch import text_field

_LEFT_AT = "left_at"  # property of a line: its text and cursor when it was left


class _Watch(QObject):
    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or not isValid(old):
            return  # another window has the focus: the line waits as it is
        left, entered = text_field(old), text_field(new)
        if isinstance(left, QLineEdit):
            left.setProperty(_LEFT_AT, (left.text(), left.cursorPosition()))
            left.setCursorPosition(0)
        # A click puts the cursor itself, Tab selects all: only then is nothing to be done.
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if isinstance(entered, QLineEdit) and not by_mouse and not entered.hasSelectedText():
            text, position = entered.property(_LEFT_AT) or ("", 0)
            entered.setCursorPosition(position if text == entered.text() else len(entered.text()))


_watch: _Watch | None = None


def watch(application: QApplication) -> None:
    """Follow every line of the application from now on."""
    global _watch
    if _watch is None or not isValid(_watch):
        _watch = _Watch(application)
