"""The real window without a screen: made as the program makes it, logged in, its worker at rest.

Imports no more of the program than the window itself does: its idle memory is measured here.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.look import qt_words, style
from ui.shell import jobs
from ui.shell.window import Window

Key = QEvent.Type


def make_application() -> QApplication:
    """Return the application in the window's own fonts, colours and words."""
    application = QApplication(sys.argv[:1])
    style.load_fonts(application)
    style.apply(application, practice=True)
    qt_words.install(application)
    return application


def logged_in(folder: Path, official: str, password: str, now: datetime | None = None) -> Window:
    """Return the window over a ward, on the day board, with the work of a log-in done."""
    window = Window(folder, (lambda: now) if now else None)
    window.resize(1366, 740)
    window.show()
    window.begin()
    settle()
    login = window.login
    login.who.setCurrentIndex(login.who.findData(official))
    login.password.setText(password)
    for kind in (Key.KeyPress, Key.KeyRelease):
        QApplication.postEvent(login.password, press(kind, Qt.Key.Key_Return, "\r"))
    settle()
    return window


def settle() -> None:
    """Wait until the worker has answered all it was asked, and what followed from that."""
    for _turn in range(3):  # an answer may ask for more
        wait(300)
        _wait_for_worker()


def _wait_for_worker() -> None:
    loop = QEventLoop()
    jobs.run(loop, lambda: None, lambda _done: loop.quit())
    loop.exec()


def wait(ms: int) -> None:
    """Run the window for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def press(kind: QEvent.Type, key: Qt.Key, text: str) -> QKeyEvent:
    """With the time at which it was pressed, as every key of a keyboard has."""
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
    event.setTimestamp(time.monotonic_ns() // 1_000_000)
    return event
