"""The timer that locks the desk when nobody has touched it for some minutes."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

_REST_MS = 5_000  # after a sign of life; the lock may come so much early
_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}


class IdleTimer(QTimer):
    """Times out after the minutes of `watch` without a key, a click or a turn of the wheel."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent, singleShot=True)
        self._application = application
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._listen)

    def watch(self, minutes: int) -> None:
        """Start again with so many minutes; 0 never times out."""
        self.finish()
        if minutes:
            self.start(minutes * 60_000)
            self._rest.start()  # who came in or saved a setting has just shown a sign of life

    def finish(self) -> None:
        """Stop for good: the window closes."""
        self.stop()
        self._rest.stop()
        self._application.removeEventFilter(self)

    def _listen(self) -> None:
        if self.isActive():
            self._application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and self.isActive():
            self.start()
            # Asked about every event, the filter would slow each key: it rests a while.
            self._application.removeEventFilter(self)
            self._rest.start()
        return False
