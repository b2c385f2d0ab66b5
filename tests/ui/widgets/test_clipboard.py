"""What the program copied goes by itself; what somebody else copied stays."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import press
from ui.dossiers.page import DossiersPage
from ui.shell.window import Window
from ui.widgets import clipboard

CTRL = Qt.KeyboardModifier.ControlModifier


def copied() -> str:
    return QApplication.clipboard().text()


def copy_a_line(window: Window) -> str:
    press(window, Qt.Key.Key_F3)
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    page.table.setFocus()
    press(window, Qt.Key.Key_C, CTRL)
    assert page.table.dossiers.rows[0].name in copied()
    return copied()


def test_a_copied_line_is_gone_when_the_screen_is_locked(window: Window) -> None:
    copy_a_line(window)
    window.access.lock()
    assert copied() == ""


def test_a_copied_line_is_gone_after_two_minutes(window: Window) -> None:
    copy_a_line(window)
    assert clipboard._ours is not None
    timer = clipboard._ours.timer
    assert (timer.isActive(), timer.interval()) == (True, 120_000)
    timer.timeout.emit()  # the two minutes
    assert copied() == ""


def test_what_was_copied_elsewhere_since_stays(window: Window) -> None:
    copy_a_line(window)
    QApplication.clipboard().setText("another program's")
    window.access.lock()
    assert copied() == "another program's"
