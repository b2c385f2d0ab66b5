"""The window's own thread never waits for the database: its code may use it within a job only."""

import sys
import threading
from types import FrameType

from ui.shell import jobs

# A morning of practice played by a program without hands: it drives the window and stands beside
# it.
_BESIDE_THE_WINDOW = "ui.practice_morning"


def check() -> None:
    """AssertionError where code of the window begins a transaction outside a job.

    The line to the other stations has a thread of its own, which holds nobody up. A test's own look
    into the database has no code of the window beneath it and is free.
    """
    if threading.current_thread() is threading.main_thread() and not jobs.in_job():
        caller = _window_code(sys._getframe())
        assert caller is None, f"{caller} uses the database outside a job"


def _window_code(frame: FrameType | None) -> str | None:
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith("ui.") and module != _BESIDE_THE_WINDOW:
            return f"{module}:{frame.f_lineno}"
        frame = frame.f_back
    return None
