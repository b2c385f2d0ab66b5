"""One event filter for all who must see keys first: scanner, pasting, composing.

A filter in Python costs each key more by being asked of every event than by what it does with the
key (docs/benchmarks.md). So there is one; and while a text field has the focus, it is asked of that
field's events alone.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QFocusEvent, QInputEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

_KINDS = (QInputEvent, QInputMethodEvent, QDropEvent, QFocusEvent)
Listener = Callable[[QWidget, QEvent], bool]  # True swallows the event


class KeyWatch(QObject):
    """Asks its listeners, who came last first, of keys, input methods, the mouse and drops."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._watched: QObject | None = None
        self._listeners: tuple[Listener, ...] = ()
        application.focusChanged.connect(self._follow)
        if application.focusWidget() is not None:  # before that nothing takes keys
            self._follow(None, application.focusWidget())

    def listen(self, listener: Listener) -> None:
        """Ask `listener` from now on, once, before those that came earlier."""
        if listener not in self._listeners:
            self._listeners = (listener, *self._listeners)

    def leave(self, listener: Listener) -> None:
        self._listeners = tuple(other for other in self._listeners if other != listener)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self._application):  # the program ends
            return
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = self._application if new is None or text_field(new) is None else new
        self._watched.installEventFilter(
            self
        )  # the last installed is asked first: before the page's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's door."""
        if not isinstance(event, _KINDS) or not isinstance(watched, QWidget):
            return False  # asked of every event there is: the class is the cheapest question
        if isinstance(event, QFocusEvent):
            if (
                event.reason() == Qt.FocusReason.PopupFocusReason
            ):  # a list or menu takes the keys, the focus stays
                self._follow(None, watched if event.gotFocus() else None)
            return False
        return any(listener(watched, event) for listener in self._listeners)


_watch: KeyWatch | None = None


def of(application: QApplication) -> KeyWatch:
    """The one of the application."""
    global _watch
    if _watch is None or not isValid(_watch):
        _watch = KeyWatch(application)
    return _watch


def text_field(widget: QWidget) -> QLineEdit | QTextEdit | QPlainTextEdit | None:
    """The field that takes what is typed while `widget` has the focus."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit) else None
