"""Start-up in order: arguments, one instance, the window, and only then the heavy imports.

The window shows and the password can be typed before SQLAlchemy or ReportLab are imported: both
wait for the worker.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from cchc_desk import paths
from cchc_desk.i18n import _
from ui.look import qt_words, style
from ui.shell import crash, jobs
from ui.shell.window import Window

_CALL = b"raise"
_PATIENCE_MS = 1000


def main(arguments: list[str] | None = None) -> int:
    """Opens the desk; answers the exit code."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("CCHC Desk")
    folder: Path = options.data or paths.desk_folder()
    if call_first_instance(folder):
        return 0
    style.load_fonts(application)
    qt_words.install(application)
    window = Window(folder)
    window.server = listen(folder, window)
    crash.install(window)
    window.show()
    if options.exit_when_ready:
        _leave_once_typed(window)
    QTimer.singleShot(0, window.begin)  # after the first paint
    code = application.exec()
    jobs.finish()
    return code


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="cchc-desk", description=_("Bàn một cửa."))
    parser.add_argument("--data", type=Path, help=_("thư mục dữ liệu của quầy"))
    parser.add_argument(
        "--exit-when-ready", action="store_true", help=argparse.SUPPRESS
    )  # for make bench
    return parser.parse_args(arguments)


# --- one instance per desk ------------------------------------------------------------------------


def _name(folder: Path) -> str:
    return "cchc-desk-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def call_first_instance(folder: Path) -> bool:
    """Return True if this desk is open already, and bring its window to the front."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(QByteArray(_CALL))
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return True


def listen(folder: Path, window: Window) -> QLocalServer:
    """Waits for second starts of this desk; the socket of a crashed first one is taken over."""
    server = QLocalServer(window)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.listen(
        _name(folder)
    )  # with an access option Qt renames its socket over what a crash left behind
    server.newConnection.connect(lambda: _come_forward(server, window))
    return server


def _come_forward(server: QLocalServer, window: Window) -> None:
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
