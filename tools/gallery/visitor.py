"""The visitor of the gallery: opens a page by its keys and takes its picture."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QWidget

from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.office.preferences import keep_preference
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.session import Desk
from tools.gallery.wards import STAR
from ui.look import texts
from ui.practice_morning import MORNING
from ui.shell.window import Window
from ui.widgets.question_panel import QuestionPanel

SOON_MS = 250  # a single shot of at most so long is something the page still does before it rests
_HAND_MS, _SCANNER_MS = 100, 8


@dataclass(frozen=True)
class Look:
    """Appearance and window size of a run; the task bar takes a little of the screen's height."""

    size: int
    theme: str
    width: int
    height: int


class Visitor:
    """A visitor at a window of the ward in `folder`; `keep` is called with each picture."""

    def __init__(self, folder: Path, look: Look, keep: Callable[[QPixmap], None]) -> None:
        texts.Alone.wait_ms = 0  # no scanner types here
        self.folder, self.look, self.keep = folder, look, keep
        self.window: Window
        self.seen = False
        self._who = ""
        self._stamp = 1_000_000

    # --- the desk

    def begin(self, folder: Path) -> None:
        """Start the program; nobody has logged in."""
        self.window = Window(folder, lambda: MORNING)
        self.window.resize(self.look.width, self.look.height)
        self.window.move(0, 0)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        self.window.begin()
        self.settle()

    def store_appearance(self) -> None:
        """Store the same appearance for every official of the ward, and the tour as seen."""
        desk = opening.open_desk(self.folder, lambda: MORNING)
        for official in accounts.list_officials(desk):
            desk.official = official
            for key, value in (
                ("text_size", self.look.size),
                ("theme", self.look.theme),
                ("tour_seen", True),
            ):
                keep_preference(desk, key, value)
        desk.close()

    def be(self, who: str) -> None:
        """Log in this official by name and password."""
        if who == self._who:
            return
        login = self.window.login
        if self._who:
            self.tidy()  # a dialog would keep the key to itself
            self.press("Ctrl+U")
        assert self.window.screens.currentWidget() is login
        login.who.setCurrentIndex(login.who.findData(who))
        self.type(practice.PASSWORD, login.password)
        self.press("Return")
        self.settle()
        assert self.window.screens.currentWidget() is not login, login.error.text()
        self._who = who

    def leave(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # --- hands

    def press(self, keys: str) -> None:
        """Press one key or combination, wherever the focus is."""
        QTest.keySequence(QApplication.focusWidget() or self.window, QKeySequence(keys))
        self.breathe()

    def type(self, text: str, field: QWidget | None = None, gap: int = _HAND_MS) -> None:
        """Type letters as an input method commits them, at the pace of a hand or of a scanner."""
        if field is not None:
            field.setFocus()
        self._stamp += 10 * _HAND_MS
        for letter in text:
            self._stamp += gap
            code = Qt.Key.Key_Return if letter == "\r" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(
                    kind, code if letter == "\r" else 0, Qt.KeyboardModifier.NoModifier, letter
                )
                event.setTimestamp(self._stamp)
                QApplication.sendEvent(QApplication.focusWidget() or self.window, event)
        self.breathe()

    def write_over(self, text: str, field: QLineEdit) -> None:
        field.setFocus()
        field.selectAll()
        self.type(text)

    def scan(self, text: str) -> None:
        self.type(f"{text}\r", gap=_SCANNER_MS)

    def choose(self, box: QComboBox, data: object) -> None:
        box.setFocus()
        for _time in range(box.count()):
            self.press("Up")
        for _time in range(box.findData(data)):
            self.press("Down")

    def question(self, keys: str, *answers: Callable[[QDialog], None]) -> None:
        """Press a key that opens questions one after the other; unanswered, the first is left."""
        waiting = [*(answers or (self._look_and_leave,))]
        coming = QTimer(interval=0)

        def met() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and waiting:
                coming.stop()
                dialog.activateWindow()
                self.breathe()
                answer = waiting.pop(0)
                if waiting:
                    coming.start()
                answer(dialog)

        coming.timeout.connect(met)
        coming.start()
        self.press(keys)  # comes back once the questions are answered
        coming.stop()
        assert not waiting, f"no question after {keys}"
        self.settle()

    def panel(self, *keys: str) -> None:
        """Take a picture of what stands in the page after these keys, and leave it with Esc."""
        self.settle()
        for key in keys:
            self.press(key)
            self.settle()
        self.look_at()
        self.press("Esc")

    def _look_and_leave(self, dialog: QDialog) -> None:
        self.look_at()
        dialog.reject()

    def page(self, name: str) -> Any:
        """Bring the page to the front."""
        self.window.open_page(name)
        self.settle()
        return self.window.page(name)

    def behind(self, page: str, keys: str, name: str) -> Any:
        """Bring the page `name` to the front by its key on another page."""
        self.page(page)
        self.press(keys)
        self.settle()
        return self.window.page(name)

    # --- eyes

    def settle(self) -> None:
        """Until the window rests: nothing is drawn before what was asked for is there."""
        self.breathe()
        while any(map(_is_due_soon, self._timers())):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.breathe()

    def breathe(self) -> None:
        """Wait until the work of the last key is done, but not for pauses in typing."""
        for _time in range(3):
            QApplication.processEvents()

    def _timers(self) -> Iterator[QTimer]:
        for top in QApplication.topLevelWidgets():
            if top.isVisible():
                yield from top.findChildren(QTimer)

    def look_at(self, window: QWidget | None = None) -> None:
        """Take a picture of the window with the dialogs over it, or of another window."""
        self.settle()
        self.seen = True
        self.keep(window.grab() if window else self._with_dialogs())

    def _with_dialogs(self) -> QPixmap:
        drawn = self.window.grab()
        painter = QPainter(drawn)
        for top in sorted(QApplication.topLevelWidgets(), key=_depth):
            if isinstance(top, QDialog) and top.isVisible():
                at = top.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
                painter.drawPixmap(at, top.grab())
                painter.drawRect(at.x() - 1, at.y() - 1, top.width() + 1, top.height() + 1)
        painter.end()
        return drawn

    def tidy(self) -> None:
        """Before the next scene: dialogs and questions closed, the last word faded."""
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                top.reject()
        for panel in self.window.findChildren(QuestionPanel):
            panel.finish()
        self.seen = False
        self.window.activateWindow()
        self.window.notices.clear()
        self.settle()

    # --- what is found in the ward

    @property
    def desk(self) -> Desk:
        return self.window.desk

    def late(self) -> str:
        """Return a late dossier; in the full ward the one with everything in it."""
        star = progress.find_dossiers(self.desk, STAR, limit=1)
        late = star or progress.find_dossiers(self.desk, only="owed")
        return late[0].code


def _is_due_soon(timer: QTimer) -> bool:
    return timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS


def _depth(widget: QWidget) -> int:
    """How many windows it stands over: a dialog of a dialog is drawn last."""
    above = widget.parentWidget()
    return 0 if above is None else 1 + _depth(above)
