"""Enter moves on: from each field of a page to the next one that shows."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.keys import key_watch

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FocusOrder(QObject):
    """Focus stops of a page in the order of work; unwatched ones handle Enter themselves."""

    def __init__(self, page: QWidget, stops: Sequence[QWidget], watched: Sequence[QWidget]) -> None:
        super().__init__(page)
        self._page = page
        self._stops, self._watched = list(stops), list(watched)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        watch = key_watch.of(application)
        # A filter on the fields would be asked of every letter, and of its painting.
        watch.listen(self._sees, letters=False, last=True)
        page.destroyed.connect(partial(watch.leave, self._sees))

    def _sees(self, receiver: QWidget, event: QEvent) -> bool:
        is_enter = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENTER
        )
        if not is_enter or receiver not in self._watched:
            return False
        self.go_on(receiver)
        return True

    def go_on(self, stop: QWidget) -> None:
        """The focus goes to the next stop that shows; behind the last one it stays."""
        for later in self._stops[self._stops.index(stop) + 1 :]:
            if later.isVisibleTo(self._page):
                later.setFocus(
                    Qt.FocusReason.TabFocusReason
                )  # as Tab does: a line's text is selected
                return
