"""Copies on the clipboard: what the program put there goes after two minutes, and at the lock.

    clipboard.put(text)   # instead of QGuiApplication.clipboard().setText()
    clipboard.clear()     # the lock, the end: where it is still ours

What somebody else copied since is theirs and stays.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MS = 120_000


class _Ours(QObject):
    """The text that was put there last, until it goes."""

    def __init__(self) -> None:
        super().__init__(QGuiApplication.instance())
        self.text = ""
        self.timer = QTimer(self, singleShot=True, interval=KEPT_MS)
        self.timer.timeout.connect(clear)


_ours: _Ours | None = None


def put(text: str) -> None:
    """Copy `text`, for two minutes."""
    global _ours
    if _ours is None or QGuiApplication.instance() is not _ours.parent():
        _ours = _Ours()
    _ours.text = text
    _ours.timer.start()
    QGuiApplication.clipboard().setText(text)


def clear() -> None:
    """Take away what was copied here, unless something else was copied since."""
    if _ours is None or not _ours.text:
        return
    text, _ours.text = _ours.text, ""
    _ours.timer.stop()
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        # compared, not asked whose it is: Windows and X11 answer that in different ways
        if clipboard.text(mode) == text:
            clipboard.clear(mode)
