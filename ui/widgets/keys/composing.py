"""Text that an input method is still composing is never lost, cut off or acted upon.

Enter and Esc end the composition and do nothing else. A key that does something (F9, Ctrl+S, Alt+N)
first commits what is being composed, so that the last word is part of what is saved.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.widgets.keys import key_watch

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _Watch(QObject):
    """Follows the composition in whatever has the focus; looks at that widget's events alone."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.text = ""  # what the input method shows and has not committed
        self._late = ""  # what was committed in its stead and may still come from it
        self._here: QWidget | None = None
        application.focusChanged.connect(self._follow)
        self._follow(None, application.focusWidget())
        key_watch.of(application).listen(self._sees)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.text, self._late, self._here = "", "", new

    def _sees(self, receiver: QWidget, event: QEvent) -> bool:
        if receiver is not self._here:
            return False
        if isinstance(event, QInputMethodEvent):
            return self._compose(event)
        if not self.text and not self._late:
            return False
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            return self._key(event)
        return False

    def _compose(self, event: QInputMethodEvent) -> bool:
        late, self._late = self._late, ""
        if late and event.commitString() == late and not event.preeditString():
            return True
        self.text = event.preeditString()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if not self.text:
            self._late = self._late if event.text() in ("", "\r", "\n", "\x1b") else ""
            return False
        if event.key() in _ENDS and not event.modifiers() & _HELD:
            if event.type() == QEvent.Type.KeyPress:
                self.finish()
            event.accept()  # or a shortcut would have the key
            return True
        if event.modifiers() & _HELD or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
            self.finish()
        return False

    def finish(self) -> None:
        """Commits: the input method itself, or this in its stead where it does not answer."""
        text, here = self.text, self._here
        if not text or here is None or not isValid(here):
            return
        QGuiApplication.inputMethod().commit()
        if self.text:
            commit = QInputMethodEvent()
            commit.setCommitString(text)
            QApplication.sendEvent(here, commit)
        self._late = text


_watch: _Watch | None = None


def watch(application: QApplication) -> None:
    """Follows every field of the application from now on."""
    global _watch
    if _watch is None or not isValid(_watch):
        _watch = _Watch(application)


def finish() -> None:
    """Commits what is being composed, before something else is written into a field."""
    if _watch is not None and isValid(_watch):
        _watch.finish()
