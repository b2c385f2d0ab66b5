"""What a key costs the hand: from the key to its letter painted, in the real window over 200,000
dossiers.

Typed at a hand's uneven pace, so that answers of the core arrive between keys and in the middle of
them. The floor is the same keys in an empty QLineEdit over an empty list, in the window's own
clothes.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

from cchc_desk.actions.training import practice
from ui.look import qt_words, style
from ui.shell.window import Window

TYPED = ("nguyen thi", "le van an", "tran", "dao", "0912", "chung thuc", "ho tich", "261123")
GAPS_MS = (60, 320)  # faster than that is a scanner
KEYS = 80
ROUNDS = 3  # the middle one counts: something else the machine does shows in one of them
FIELDS: tuple[tuple[str, Callable[[Any], QLineEdit]], ...] = (
    ("dossiers", lambda page: page.search),
    ("intake", lambda page: page.person.fields["name"]),
    ("intake", lambda page: page.procedure.search),
)
Key = QEvent.Type


class Painted(QObject):
    """Notes when a field was last painted."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.seen = False
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.seen = self.seen or event.type() is Key.Paint
        return False


def keys_painted(folder: Path, now: datetime) -> Iterator[tuple[str, tuple[float, float]]]:
    """(field, (95th percentile of its keys, of the floor's)), in ms, for search, a name and a
    procedure.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setCursorFlashTime(0)  # a blinking cursor paints as well
    style.load_fonts(application)
    style.apply(application, practice=True)
    qt_words.install(application)
    floor = typed_into(*empty_window())
    window = logged_in(folder, now)
    for name, find in FIELDS:
        window.open_page(name)
        wait(300)
        field = find(window.page(name))
        field.setFocus()
        yield f"{name}: {field.accessibleName()}", (typed_into(window, field), floor)
    window.close()


def empty_window() -> tuple[QWidget, QLineEdit]:
    """A field over a list, both empty, as large as the real window."""
    window, inside, field = QMainWindow(), QWidget(), QLineEdit()
    column = QVBoxLayout(inside)
    column.addWidget(field)
    column.addWidget(QTableView())
    window.setCentralWidget(inside)
    window.resize(1366, 740)
    window.show()
    field.setFocus()
    return window, field


def logged_in(folder: Path, now: datetime) -> Window:
    """The real window over `folder`, its first official at the desk."""
    window = Window(folder, lambda: now)
    window.resize(1366, 740)
    window.show()
    window.begin()
    wait(500)
    login = window.login
    login.who.setCurrentIndex(login.who.findData(practice.OFFICIALS[0].id))
    login.password.setText(practice.PASSWORD)
    for kind in (Key.KeyPress, Key.KeyRelease):
        QApplication.postEvent(login.password, press(kind, Qt.Key.Key_Return, "\r"))
    wait(3000)
    return window


def typed_into(window: QWidget, field: QLineEdit) -> float:
    """The 95th percentile of ms from a key to its paint, of the middle one of some rounds."""
    painted = Painted(field)
    return statistics.median(one_round(window, field, painted, seed) for seed in range(ROUNDS))


def one_round(window: QWidget, field: QLineEdit, painted: Painted, seed: int) -> float:
    """Words are typed, rubbed out, and others typed."""
    dice = random.Random(seed)
    times: list[float] = []
    field.clear()
    wait(300)
    while len(times) < KEYS:
        word = dice.choice(TYPED)
        letters = [(Qt.Key.Key_A, letter) for letter in word] + [
            (Qt.Key.Key_Backspace, "\b")
        ] * len(word)
        for key, text in letters:
            times.append(one_key(field, painted, key, text))
            wait(dice.randint(*GAPS_MS))
    field.clear()
    window.update()
    return statistics.quantiles(times, n=20)[-1]


def one_key(field: QLineEdit, painted: Painted, key: Qt.Key, text: str) -> float:
    """Posted as the system does, handled in its turn, until the field was painted."""
    painted.seen = False
    began = time.perf_counter()
    QApplication.postEvent(field, press(Key.KeyPress, key, text))
    while not painted.seen:
        QApplication.processEvents(
            QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        )
    ms = (time.perf_counter() - began) * 1000
    QApplication.postEvent(field, press(Key.KeyRelease, key, text))
    return ms


def press(kind: QEvent.Type, key: Qt.Key, text: str) -> QKeyEvent:
    """With the time at which it was pressed, as every key of a keyboard has."""
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
    event.setTimestamp(time.monotonic_ns() // 1_000_000)
    return event


def wait(ms: int) -> None:
    """The window lives on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
