"""Jobs that touch the database: one worker runs them in order, answers return to the GUI.

    run(self, lambda: progress.day_board(desk), self._show)

A job never receives a widget. Its answer is dropped when the owner is gone. `except Exception`
stands here and in the crash box only.
"""

import gc
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Thread
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from cchc_desk.errors import DeskError, Trouble
from cchc_desk.i18n import _, later
from cchc_desk.long_work import LongWork, Stopped
from ui.shell import notices
from ui.widgets.keys import key_watch

T = TypeVar("T")
# so long the worker keeps Python while a key waits to be painted; of itself Python allows 5 ms
_TURN_S = 0.0005
_MAY_BE_DONE = ("answer-lost", "done-unread")  # not by one key once more
_BUG = later("Việc vừa rồi không làm được vì lỗi của chương trình.")
Failed = Callable[[DeskError], None]


class Signals(QObject):
    answered = Signal(object, object)  # whose job, and the error where there was one


_signals: Signals | None = None


def signals() -> Signals:
    """Return the signals emitted for every answer, whatever the job."""
    global _signals
    if _signals is None:
        _signals = Signals()
    return _signals


@dataclass(frozen=True)
class _Answer:
    owner: QObject
    job: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed | None
    value: Any
    error: Exception | None


class _Door(QObject):
    """Lives on the GUI thread; the worker's answers arrive as queued signals."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        from concurrent.futures import ThreadPoolExecutor  # with logging, after the first paint

        sys.setswitchinterval(_TURN_S)
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self.arrived.connect(_deliver, Qt.ConnectionType.QueuedConnection)


_door: _Door | None = None
_straight_away = False
_in_job: ContextVar[bool] = ContextVar("in_job", default=False)


def in_job() -> bool:
    """Return True within a job of the desk's worker, where the database may be used."""
    return _in_job.get()


def immediately(on: bool) -> None:
    """For tests: jobs run in the calling thread before run() returns."""
    global _straight_away
    _straight_away = on


def run(
    owner: QObject, job: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
) -> None:
    """Run `job` on the worker, then `done(value)` or `failed(DeskError)` on the GUI thread."""
    marked = _marked(job)
    if _straight_away:
        _deliver(_ask(owner, marked, done, failed))
        return
    door = _the_door()
    door.worker.submit(lambda: door.arrived.emit(_ask(owner, marked, done, failed)))


def run_beside(
    owner: QObject, job: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
) -> None:
    """Run a job of seconds that only reads the database, so that nothing waits behind it."""
    _run_in_thread(owner, _marked(job), done, failed)


def _marked(job: Callable[[], T]) -> Callable[[], T]:
    """The same job, known as one while it runs."""

    def marked() -> T:
        token = _in_job.set(True)
        try:
            return job()
        finally:
            _in_job.reset(token)

    return marked


def run_outside(
    owner: QObject, job: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None
) -> None:
    """Run a job that waits for the network and touches no database, beside the worker."""
    _run_in_thread(owner, job, done, failed)


def _run_in_thread(
    owner: QObject, job: Callable[[], T], done: Callable[[T], None], failed: Failed | None
) -> None:
    if _straight_away:
        _deliver(_ask(owner, job, done, failed))
        return
    door = _the_door()
    waiting = Thread(
        target=lambda: door.arrived.emit(_ask(owner, job, done, failed)), name="line", daemon=True
    )
    waiting.start()  # a daemon: closing the window does not wait for a line that hangs


REST_S = 0.4  # without a key until work beside goes on: longer than between two of a hand's
_LOOK_S = 0.05
_last_key = 0.0  # of time.monotonic(); written by the GUI thread alone


class WorkBeside(LongWork):
    """Long work that stands still while somebody types: one thread at a time has Python."""

    def step(self, count: int = 1) -> None:
        super().step(count)
        while time.monotonic() - _last_key < REST_S:
            time.sleep(_LOOK_S)
            super().step(0)


def _note_key(_widget: QWidget, event: QEvent) -> bool:
    global _last_key
    if isinstance(event, QKeyEvent):
        _last_key = time.monotonic()
    return False


_beside: list[tuple[Thread, LongWork]] = []


def run_long_beside(
    owner: QObject, work: WorkBeside, job: Callable[[LongWork], T], done: Callable[[T], None]
) -> None:
    """Run a long job that only reads, with its progress, on a thread and a connection of its own.

    The worker goes on meanwhile, and the job rests between two steps while keys are pressed: nobody
    waits at the counter for it. Closing the window stops it at its next step, and then `done` is
    not called.
    """

    def marked() -> T | None:
        token = _in_job.set(True)
        try:
            return job(work)
        except Stopped:
            return None
        finally:
            _in_job.reset(token)

    def deliver(value: T | None) -> None:
        if value is not None:
            done(value)

    if _straight_away:
        _deliver(_ask(owner, marked, deliver, None))
        return
    door = _the_door()
    reading = Thread(
        target=lambda: door.arrived.emit(_ask(owner, marked, deliver, None)), name="beside"
    )
    application = QCoreApplication.instance()
    if isinstance(application, QApplication):
        key_watch.of(application).listen(_note_key)
    _beside[:] = [begun for begun in _beside if begun[0].is_alive()]
    _beside.append((reading, work))
    reading.start()


def _unless_stopped(job: Callable[[LongWork], T], work: LongWork) -> T | None:
    # The collector walks all that a long job makes again and again, and the window stands.
    gc.disable()
    try:
        return job(work)
    except Stopped:
        return None
    finally:
        gc.enable()


def run_long(
    owner: QWidget,
    words: str,
    job: Callable[[LongWork], T],
    done: Callable[[T], None],
    failed: Failed | None = None,
    stopped: Callable[[], None] | None = None,
) -> None:
    """Run a job of many seconds behind a box with its progress that can stop it.

    `stopped` says so where no notice can be read.
    """
    from ui.shell.progress_box import ProgressBox

    work = LongWork()
    box = ProgressBox(words, work, owner)

    def ended(value: T) -> None:
        box.over()
        done(value)

    def broke(error: DeskError) -> None:
        box.over()
        failed(error) if failed else notices.trouble(error.message)

    def deliver(value: T | None) -> None:
        if value is None:
            box.over()
            stopped() if stopped else notices.say(_("Đã dừng: {words}").format(words=words))
        else:
            ended(value)

    run(owner, lambda: _unless_stopped(job, work), deliver, broke)


def finish() -> None:
    """Wait for the jobs that were begun, so that closing the window loses none."""
    global _door
    for reading, work in _beside:
        work.stop()
        reading.join()
    _beside.clear()
    if _door is not None:
        _door.worker.shutdown(wait=True)
        _door = None


def _the_door() -> _Door:
    global _door
    if _door is None:
        _door = _Door()
        application = QCoreApplication.instance()
        if application is not None:
            _door.moveToThread(application.thread())
    return _door


def _ask(
    owner: QObject, job: Callable[[], Any], done: Callable[[Any], None], failed: Failed | None
) -> _Answer:
    try:
        return _Answer(owner, job, done, failed, job(), None)
    except Exception as error:  # noqa: BLE001 - nothing may be lost in a thread
        return _Answer(owner, job, done, failed, None, error)


def _deliver(answer: _Answer) -> None:
    signals().answered.emit(answer.owner, answer.error)
    if not isValid(answer.owner):
        return
    error = answer.error
    if error is None:
        answer.done(answer.value)
    elif not isinstance(error, DeskError):
        sys.excepthook(type(error), error, error.__traceback__)
        if answer.failed is not None:  # who waits for the answer waits no longer
            answer.failed(Trouble("bug", _(_BUG)))
    elif answer.failed is not None:
        answer.failed(error)
    else:
        is_safe = isinstance(error, Trouble) and error.code not in _MAY_BE_DONE
        notices.trouble(error.message, _again(answer) if is_safe else None)


def _again(answer: _Answer) -> Callable[[], None]:
    return lambda: run(answer.owner, answer.job, answer.done, answer.failed)
