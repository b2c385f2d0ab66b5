"""A window among the stations of a bad day: its pages in turn, and the longest that it stood still.

Counted is what passes between two looks of a timer, less what the thread of the window waited for
a core of this machine: twelve stations, their server and the window share two of them.
"""

import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

LOOK_MS = 5
PAGES = ("today", "dossiers", "overdue", "return", "registers", "hand-over")
EACH_MS = 700  # a page stays in front
SETTLED_MS = 5_000  # pages are made, and fonts read, when they are first shown


def show(place: Path, official: str, password: str, now: datetime) -> None:
    """Show pages until told to stop; write the standstills, in ms and the longest last."""
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
    still, last, turn = [0.0], [_spent()], [0]
    began = time.perf_counter()

    def look() -> None:
        now_spent = _spent()
        if (time.perf_counter() - began) * 1000 > SETTLED_MS and turn[0] > 2 * len(PAGES):
            still.append((now_spent - last[0]) * 1000 - LOOK_MS)
        last[0] = now_spent

    def next_page() -> None:
        if window.screens.at_work:
            window.open_page(PAGES[turn[0] % len(PAGES)])
            turn[0] += 1
        else:  # the server was away when it opened, or while it logged in
            window.screens.password_given.emit(official, password)

    looking, turning = QTimer(interval=LOOK_MS), QTimer(interval=EACH_MS)
    looking.timeout.connect(look)
    turning.timeout.connect(next_page)
    for timer in (looking, turning):
        timer.start()

    def end(*_signal: object) -> None:
        looking.stop()  # closing waits for what was begun
        application.quit()

    signal.signal(signal.SIGTERM, end)
    application.exec()
    still.sort()
    text = "\n".join(f"{gap:.1f}" for gap in still[-50:])
    (place / "standstills").write_text(f"{len(still)}\n{turn[0]}\n{text}\n", encoding="utf-8")
    window.close()
    jobs.finish()


def standstills(place: Path) -> tuple[int, int, list[float]]:
    """Return how often was looked, how many pages were shown, and the longest standstills, in ms.

    Nothing where the window never came so far.
    """
    file = place / "standstills"
    if not file.exists():
        return 0, 0, []
    looks, pages, *longest = file.read_text(encoding="utf-8").split()
    return int(looks), int(pages), [float(gap) for gap in longest]


def _spent() -> float:
    """Return the seconds so far, less those that this thread stood ready and had no core."""
    _ran, waited, _turns = Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()
    return time.perf_counter() - int(waited) / 1e9
