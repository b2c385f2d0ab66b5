"""A key on its way: from the key to its letter painted, in the real window over 200,000 dossiers.

Typed at a hand's uneven pace, so that answers of the core arrive between keys and in the middle of
them. The floor is the same keys in an empty QLineEdit over an empty list, in the window's own
clothes. Each of the two windows has a process of its own (the real one's event filters hear every
key of their process), and they are typed into in turn: a round is some forty keys in each field and
in the floor, the same words at the same pace, within a minute.

Compared are the 95th percentiles. Of forty keys that is the second or third slowest, which one
answer of the core may move by a factor of three; so the keys of several rounds are pooled. Each
pair pools one half of the rounds, the same ones of ours and of the floor, and every half is a pair:
whatever the machine did for longer than a minute is in both pools alike and cancels, and the pairs
differ from each other about as much as one whole run from the next.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

from cchc_desk.actions.training import practice
from tools.bench import desk_window, measure, ward
from tools.bench.desk_window import press, wait
from tools.bench.measure import Result

DOSSIERS = 200_000
TYPED = ("nguyen thi", "le van an", "tran", "dao", "0912", "chung thuc", "ho tich", "261123")
GAPS_MS = (60, 320)  # faster than that is a scanner
KEYS, ROUNDS = 40, 6
FIELDS: dict[str, tuple[str, Callable[[Any], QLineEdit]]] = {
    "dossiers: search": ("dossiers", lambda page: page.search),
    "intake: name": ("intake", lambda page: page.person.fields["name"]),
    "intake: procedure": ("intake", lambda page: page.procedure.search),
}
EMPTY = "empty"
Key = QEvent.Type


def results() -> Iterator[Result]:
    """One comparison for each field."""
    with ExitStack() as ends:
        folder = ends.enter_context(ward.copy_of(ward.large_ward(DOSSIERS)))
        real, empty = (ends.enter_context(Typist(over)) for over in (str(folder), EMPTY))
        typists = {EMPTY: empty, **dict.fromkeys(FIELDS, real)}
        typed: dict[str, list[list[float]]] = {field: [] for field in typists}
        order = list(typists)
        for number in range(ROUNDS):
            for field in order:
                typed[field].append(typists[field].type(field, number))
            order.append(order.pop(0))  # who is typed into first changes
    floor = slow_keys(typed[EMPTY])
    for field in FIELDS:
        pairs = tuple(zip(slow_keys(typed[field]), floor, strict=True))
        yield Result(f"{field}: a key painted ÷ in an empty window, 95th", 1.4, pairs)


def slow_keys(rounds: list[list[float]]) -> list[float]:
    """The 95th percentile of every half of the rounds."""
    halves = combinations(rounds, len(rounds) // 2)
    return [statistics.quantiles(chain.from_iterable(half), n=20)[-1] for half in halves]


class Typist:
    """A process with one window, which types a round when it is told to."""

    def __init__(self, over: str) -> None:
        command = [sys.executable, "-m", "tools.bench.keys", over]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def type(self, field: str, seed: int) -> list[float]:
        """Return the milliseconds of each key of a round."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([field, seed]) + "\n")
        self._process.stdin.flush()
        times: list[float] = json.loads(self._process.stdout.readline())
        return times

    def __enter__(self) -> "Typist":
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


# --- in the process with the window ---------------------------------------------------------------


def answer(over: str) -> None:
    """Type each round that is asked for on standard input; its times go to standard output."""
    application = desk_window.make_application()
    application.setCursorFlashTime(0)  # a blinking cursor paints as well
    window = (
        empty_window()
        if over == EMPTY
        else desk_window.logged_in(Path(over), ward.CLERK, practice.PASSWORD, ward.NOW)
    )
    for line in sys.stdin:
        name, seed = json.loads(line)
        field = field_of(window, name) if name in FIELDS else window.findChild(QLineEdit)
        assert field
        sys.stdout.write(json.dumps(one_round(window, field, seed)) + "\n")
        sys.stdout.flush()
    window.close()


def field_of(window: Any, name: str) -> QLineEdit:
    page, find = FIELDS[name]
    window.open_page(page)
    desk_window.settle()
    return find(window.page(page))


def empty_window() -> QWidget:
    """A field over a list, both empty, as large as the real window."""
    window, inside = QMainWindow(), QWidget()
    column = QVBoxLayout(inside)
    column.addWidget(QLineEdit())
    column.addWidget(QTableView())
    window.setCentralWidget(inside)
    window.resize(1366, 740)
    window.show()
    return window


class Painted(QObject):
    """Note when a field was last painted."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.seen = False
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        self.seen = self.seen or event.type() is Key.Paint
        return False


def one_round(window: QWidget, field: QLineEdit, seed: int) -> list[float]:
    """Words are typed, rubbed out, and others typed; milliseconds of each key."""
    dice, painted = random.Random(seed), Painted(field)
    times: list[float] = []
    field.setFocus()
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
    field.removeEventFilter(painted)
    field.clear()
    window.update()
    return times


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


if __name__ == "__main__":
    if sys.argv[1:]:
        answer(sys.argv[1])
    else:
        measure.write(results())
