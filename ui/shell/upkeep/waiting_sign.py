"""A quiet sign that letters wait for the leader, who sits in a room of his own."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QSystemTrayIcon

from cchc_desk.i18n import _, _n
from ui.look.icons import program_icon


class WaitingSign(QObject):
    """The count in the window's title; where there is a tray an icon in it, while something waits.

    The window itself never comes forward: its entry in the task bar is marked where more waits than
    before and somebody works in another program.
    """

    def __init__(self, window: QMainWindow, come_forward: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._count = window, 0
        self._tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(program_icon(), self)
            self._tray.activated.connect(lambda _reason: come_forward())

    def show(self, count: int) -> None:
        """Show how many letters wait to be signed here; 0 takes the sign away."""
        words = _n("{n} thư chờ ký", count).format(n=count) if count else ""
        title = _("CCHC Desk – Bàn một cửa")
        self._window.setWindowTitle(f"({words}) {title}" if words else title)
        if self._tray is not None:
            self._tray.setToolTip(words)
            self._tray.setVisible(bool(count))
        if count > self._count and not self._window.isActiveWindow():
            QApplication.alert(self._window)
        self._count = count
