"""A letter or digit held with Ctrl or Alt is a command, in every field and on every system.

Qt's text fields keep some of these for themselves, others on each system: on X11 Ctrl+U empties a
line, Ctrl+K cuts it off, Ctrl+D takes a letter; and Alt with a letter that means nothing on a page
writes the letter. Here a field keeps what is known for editing everywhere, and no more.
"""

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from ui.widgets.keys import key_watch
from ui.widgets.keys.key_watch import text_field

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
# The same in Qt's combined number of a key: a plain letter, as nearly all are, costs one question.
_CTRL_BIT, _ALT_BIT = _CTRL.value, _ALT.value
_KEYPAD_BIT = Qt.KeyboardModifier.KeypadModifier.value
_LAST_SIGN = 0x00FFFFFF  # keys above it have a name and no sign: arrows, Enter, F1
# Select all, copy, cut, paste, undo and redo.
EDITING = frozenset(
    QKeyCombination(held, key).toCombined()
    for held, keys in (
        (_CTRL, (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_V)),
        (_CTRL, (Qt.Key.Key_Z, Qt.Key.Key_Y)),
        (_CTRL | _SHIFT, (Qt.Key.Key_Z, Qt.Key.Key_V)),
    )
    for key in keys
)


def watch(application: QApplication) -> None:
    """Keep commands out of every field of the application from now on."""
    key_watch.of(application).listen(_keep_out, letters=False)


def _keep_out(receiver: QWidget, event: QEvent) -> bool:
    """Swallow what a field would take of a command, and leave it to shortcut and page."""
    if not isinstance(event, QKeyEvent):
        return False
    combined = event.keyCombination().toCombined()
    held = combined & (_CTRL_BIT | _ALT_BIT)
    if held not in (_CTRL_BIT, _ALT_BIT):  # Ctrl with Alt is AltGr, which writes
        return False
    if event.type() is QEvent.Type.KeyRelease:
        return False
    if event.key() > _LAST_SIGN or combined in EDITING:
        return False
    if held == _ALT_BIT and combined & _KEYPAD_BIT:  # a letter by its number, on Windows
        return False
    if text_field(receiver) is None and not isinstance(receiver, QAbstractSpinBox):
        return False
    event.ignore()
    return True
