"""One event filter for all who must see keys first: scanner, pasting, composing.

A filter in Python costs each key more by being asked of every event than by what it does with the
key (docs/benchmarks.md). So there is one, asked of the events of whatever takes the keys: the
widget with the focus, else the window in front. Only while a menu or the list of a field is open,
whose keys Qt hands to no widget with the focus, it is asked of every event.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QFocusEvent, QInputEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

_KINDS = (QInputEvent, QInputMethodEvent, QDropEvent, QFocusEvent)
# Modifiers other than Shift in Qt's combined number, whose lower 25 bits are the key.
_HELD_BESIDES_SHIFT = ~(Qt.KeyboardModifier.ShiftModifier.value | 0x01FFFFFF)
Listener = Callable[[QWidget, QEvent], bool]  # True swallows the event


class KeyWatch(QObject):
    """Asks its listeners, who came last first, of keys, input methods, the mouse and drops."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._watched: QObject | None = None
        self._listeners: tuple[Listener, ...] = ()
        self._of_letters: tuple[Listener, ...] = ()  # those of them that want these too
        application.focusChanged.connect(self._follow)
        if application.focusWidget() is not None:  # before that nothing takes keys
            self._follow(None, application.focusWidget())

    def listen(self, listener: Listener, *, letters: bool = True, last: bool = False) -> None:
        """Ask `listener` from now on, once, before those that came earlier, or `last`.

        Without `letters` it is not asked of a plain letter: who waits for a command.
        """
        if listener in self._listeners:
            return
        self._listeners = _with(listener, self._listeners, last)
        if letters:
            self._of_letters = _with(listener, self._of_letters, last)

    def leave(self, listener: Listener) -> None:
        self._listeners = tuple(other for other in self._listeners if other != listener)
        self._of_letters = tuple(other for other in self._of_letters if other != listener)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isValid(self._application):  # else the program ends
            self._watch(new or self._application.activeWindow())

    def _watch(self, watched: QObject | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = watched
        if watched is not None:
            # The last installed is asked first: before the page's own.
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's door."""
        if not isinstance(event, _KINDS) or not isinstance(watched, QWidget):
            return False  # asked of every event there is: the class is the cheapest question
        if isinstance(event, QFocusEvent):
            if event.reason() == Qt.FocusReason.PopupFocusReason:
                # A list or menu takes the keys, the focus stays.
                self._watch(watched if event.gotFocus() else self._application)
            return False
        is_letter = isinstance(event, QKeyEvent) and is_plain_letter(event)
        for listener in self._of_letters if is_letter else self._listeners:
            if listener(watched, event):
                return True
        return False


_watch: KeyWatch | None = None


def of(application: QApplication) -> KeyWatch:
    """The one of the application."""
    global _watch
    if _watch is None or not isValid(_watch):
        _watch = KeyWatch(application)
    return _watch


def _with(listener: Listener, others: tuple[Listener, ...], last: bool) -> tuple[Listener, ...]:
    return (*others, listener) if last else (listener, *others)


def is_plain_letter(event: QKeyEvent) -> bool:
    """Return True for a letter or Backspace, held with Shift at most and not repeated."""
    text = event.text()
    if not text or not (text.isprintable() or text == "\b"):
        return False
    return not (event.keyCombination().toCombined() & _HELD_BESIDES_SHIFT or event.isAutoRepeat())


def text_field(widget: QWidget) -> QLineEdit | QTextEdit | QPlainTextEdit | None:
    """The field that takes what is typed while `widget` has the focus."""
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit) else None
