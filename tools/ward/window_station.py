"""A window among the stations of a bad day: its pages in turn, and the longest that it stood still.

Counted is what passes between two looks of a timer, less what the thread of the window stood ready
and had no core of this machine: twelve stations, their server and the window share two of them.
What is left is told apart: the thread ran, or it was held up, by the disk or by another thread that
had Python and no core itself.
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

LOOK_MS = 5
PAGES = ("today", "dossiers", "overdue", "return", "registers", "hand-over")
EACH_MS = 700  # a page stays in front
SETTLED_MS = 5_000  # pages are made, and fonts read, when they are first shown
_LONG_S = 0.06  # after which is looked what it does
_TASKS = Path("/proc/self/task")


@dataclass(frozen=True)
class Standstill:
    """Milliseconds between two looks.

    `stood`: less what the thread had no core; `ran`: of these, it ran; `beside`: the other thread
    that waited longest for a core, waited so long.
    """

    stood: float
    ran: float
    beside: float
    doing: str = ""  # of the thread, where it was seen long after the last look

    @property
    def held_up(self) -> float:
        """For so long the thread neither ran nor wanted a core."""
        return max(0.0, self.stood - self.ran)

    @property
    def own(self) -> float:
        """What is the program's: less what it waited for a thread that had no core."""
        return self.stood - min(self.held_up, self.beside)


@dataclass(frozen=True)
class _Look:
    """Seconds so far, of this thread and of the others by their number."""

    at: float
    ran: float
    ready: float  # and had no core
    others: dict[str, float]

    @classmethod
    def now(cls) -> "_Look":
        own = str(threading.get_native_id())
        times = dict(_scheduled())
        ran, ready = times.pop(own)
        return cls(time.perf_counter(), ran, ready, {task: r for task, (_r, r) in times.items()})

    def since(self, last: "_Look") -> Standstill:
        ready = self.ready - last.ready
        beside = (waited - last.others.get(task, 0.0) for task, waited in self.others.items())
        return Standstill(
            stood=(self.at - last.at - ready) * 1000 - LOOK_MS,
            ran=(self.ran - last.ran) * 1000,
            beside=max(beside, default=0.0) * 1000,
        )


class _Watchdog(threading.Thread):
    """Sees what the thread of the window does when its next look is late."""

    def __init__(self, last: "list[_Look]") -> None:
        super().__init__(daemon=True)
        self._last, self._watched = last, threading.main_thread().ident
        self.seen = ""

    def run(self) -> None:
        while True:
            time.sleep(_LONG_S / 3)
            if not self.seen and time.perf_counter() - self._last[0].at > _LONG_S:
                self.seen = self._calls()

    def _calls(self) -> str:
        """Return the innermost calls; nothing is held that a painter waits to be gone with."""
        calls: list[str] = []
        frame = sys._current_frames().get(self._watched or 0)
        while frame is not None and len(calls) < 4:
            calls.append(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}")
            frame = frame.f_back
        return " < ".join(calls)


def _scheduled() -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield each thread's number, the seconds that it ran, and those that it had no core."""
    for task in _TASKS.iterdir():
        try:
            ran, ready, _turns = (task / "schedstat").read_text(encoding="ascii").split()
        except OSError:  # it has just ended
            continue
        yield task.name, (int(ran) / 1e9, int(ready) / 1e9)


class _Looks:
    """What passed between the looks, once the window has settled; `pages` were shown so far."""

    def __init__(self) -> None:
        self.still, self.last = [Standstill(0.0, 0.0, 0.0)], [_Look.now()]
        self.pages = 0
        self._began = time.perf_counter()
        self.watchdog = _Watchdog(self.last)

    def look(self) -> None:
        this = _Look.now()
        settled = (this.at - self._began) * 1000 > SETTLED_MS and self.pages > 2 * len(PAGES)
        if settled:
            self.still.append(replace(this.since(self.last[0]), doing=self.watchdog.seen))
        self.watchdog.seen = ""
        self.last[0] = this


def show(place: Path, official: str, password: str, now: datetime) -> None:
    """Show pages until told to stop; write the standstills, the longest last."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.look import style
    from ui.shell import jobs
    from ui.shell.window import Window

    application = QApplication(sys.argv[:1])
    style.load_fonts(application)
    window = Window(place, lambda: now)
    window.begin()
    window.screens.password_given.emit(official, password)
    window.show()
    looks = _Looks()
    looks.watchdog.start()

    def next_page() -> None:
        if window.screens.at_work:
            window.open_page(PAGES[looks.pages % len(PAGES)])
            looks.pages += 1
        else:  # the server was away when it opened, or while it logged in
            window.screens.password_given.emit(official, password)

    looking, turning = QTimer(interval=LOOK_MS), QTimer(interval=EACH_MS)
    looking.timeout.connect(looks.look)
    turning.timeout.connect(next_page)
    for timer in (looking, turning):
        timer.start()

    def end(*_signal: object) -> None:
        looking.stop()  # closing waits for what was begun
        application.quit()

    signal.signal(signal.SIGTERM, end)
    application.exec()
    _write(place, looks.pages, looks.still)
    window.close()
    jobs.finish()


def _write(place: Path, pages: int, still: list[Standstill]) -> None:
    longest = sorted(still, key=lambda one: one.stood)[-50:]
    lines = [json.dumps([len(still), pages]), *(json.dumps(asdict(one)) for one in longest)]
    (place / "standstills").write_text("\n".join(lines), encoding="utf-8")


def standstills(place: Path) -> tuple[int, int, list[Standstill]]:
    """Return how often was looked, how many pages were shown, and the longest standstills.

    Nothing where the window never came so far.
    """
    file = place / "standstills"
    if not file.exists():
        return 0, 0, []
    counts, *longest = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return counts[0], counts[1], [Standstill(**one) for one in longest]
