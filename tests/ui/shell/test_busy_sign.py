"""Another language or size takes seconds on a slow computer: the window says so meanwhile."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame

from tests.ui.conftest import press
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


class Painted(QObject):
    """Names of the frames that were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint and isinstance(watched, QFrame):
            self.names.add(watched.accessibleName())
        return False


def test_a_sign_is_painted_before_the_change_and_gone_after_it(
    window: Window, qapp: QApplication
) -> None:
    painted = Painted()
    qapp.installEventFilter(painted)
    press(window, Qt.Key.Key_Plus, CTRL)
    press(window, Qt.Key.Key_D, CTRL)
    press(window, Qt.Key.Key_T, CTRL)
    qapp.removeEventFilter(painted)
    assert {"Đang đổi cỡ chữ…", "Đang đổi màu nền…", "Đang đổi ngôn ngữ…"} <= painted.names
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = {frame.accessibleName() for frame in window.findChildren(QFrame)}
    assert not {name for name in left if name.startswith("Đang đổi")}
    assert QApplication.overrideCursor() is None
