"""Start-up in order: arguments, one instance, the window, and only then the heavy imports.

The window shows and the password can be typed before SQLAlchemy or ReportLab are imported: both
wait for the worker.
"""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QByteArray,
    QCommandLineOption,
    QCommandLineParser,
    QCryptographicHash,
    QDir,
    QLockFile,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from cchc_desk import paths
from cchc_desk.i18n import _
from ui.look import qt_words, style
from ui.shell import crash, jobs
from ui.shell.window import Window

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_CALL = b"raise"
_CALL_MS = 1000  # so long a second start waits for the first window to answer
_STEP_S = 0.05
_OPEN_MS = 20  # the first paint and the first letter come before all that the desk imports
_LISTEN_MS = 200  # a second start that comes sooner asks again: loading Qt's network can wait


def main() -> int:
    """Open the desk; return the exit code."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv)
    application.setApplicationName("CCHC Desk")
    options = _options(application)
    lock = lock_file(options.folder)
    if not lock.tryLock(0) and call_first_instance(options.folder):
        return 0
    style.load_fonts(application)
    qt_words.install(application)
    window = Window(options.folder)
    crash.install(window)
    window.show()
    if options.exit_when_ready:
        _leave_once_typed(window)
    QTimer.singleShot(_OPEN_MS, window.begin)
    QTimer.singleShot(_LISTEN_MS, window, lambda: listen(options.folder, window))
    code = application.exec()
    jobs.finish()
    lock.unlock()
    return code


class _Options(NamedTuple):
    folder: Path
    exit_when_ready: bool  # for make bench


def _options(application: QApplication) -> _Options:
    """The arguments; --help and wrong ones end the program."""
    parser = QCommandLineParser()
    parser.setApplicationDescription(_("Bàn một cửa."))
    parser.addHelpOption()
    data = QCommandLineOption(["data"], _("thư mục dữ liệu của quầy"), "folder")
    ready = QCommandLineOption(["exit-when-ready"])
    ready.setFlags(QCommandLineOption.Flag.HiddenFromHelp)
    for option in (data, ready):
        parser.addOption(option)
    parser.process(application)
    folder = Path(parser.value(data)) if parser.isSet(data) else paths.desk_folder()
    return _Options(folder, parser.isSet(ready))


# --- one instance per desk ------------------------------------------------------------------------


def _name(folder: Path) -> str:
    path = QByteArray(str(folder.resolve()).encode())
    digest = QCryptographicHash.hash(path, QCryptographicHash.Algorithm.Sha256).toHex()
    return "cchc-desk-" + bytes(digest.data()).decode()[:16]


def lock_file(folder: Path) -> QLockFile:
    """The lock that the first instance of a desk holds; one that a crash left behind is taken."""
    lock = QLockFile(QDir.temp().filePath(f"{_name(folder)}.lock"))
    lock.setStaleLockTime(0)  # a window stands open for days: only the end of its process ends it
    return lock


def call_first_instance(folder: Path) -> bool:
    """Bring the window in which this desk is open to the front; False where none answers."""
    from PySide6.QtNetwork import QLocalSocket

    end = time.monotonic() + _CALL_MS / 1000
    socket = QLocalSocket()
    while True:  # the first may be about to listen
        socket.connectToServer(_name(folder))
        if socket.waitForConnected(_CALL_MS):
            break
        if time.monotonic() > end:
            return False
        time.sleep(_STEP_S)
    socket.write(QByteArray(_CALL))
    socket.waitForBytesWritten(_CALL_MS)
    socket.disconnectFromServer()
    return True


def listen(folder: Path, window: Window) -> "QLocalServer":
    """Wait for second starts of this desk; the socket of a crashed first one is taken over."""
    from PySide6.QtNetwork import QLocalServer

    server = QLocalServer(window)
    # with an access option Qt renames its socket over what a crash left behind
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.listen(_name(folder))
    server.newConnection.connect(lambda: _come_forward(server, window))
    return server


def _come_forward(server: "QLocalServer", window: Window) -> None:
    server.nextPendingConnection().close()
    window.come_forward()


# --- for the benchmark ----------------------------------------------------------------------------


def _leave_once_typed(window: Window) -> None:
    """Type one letter into the first field and leave once it is painted there."""
    field = window.login.password

    def check(text: str) -> None:
        if text:
            field.repaint()
            os._exit(0)  # at once: what is timed is the way to the first letter, not the way out

    field.textChanged.connect(check)
    press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QTimer.singleShot(0, lambda: QApplication.postEvent(field, press))


if __name__ == "__main__":
    sys.exit(main())
