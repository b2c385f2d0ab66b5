"""Progress of a long piece of work: written by the worker, read and stopped by the window.

work = LongWork()
job(..., work=work)          # calls work.step() as it goes on
work.done, work.total        # read from another thread
work.stop()                  # the next step raises Stopped
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
_COUNTED = 50  # parts of a work that are counted together
_OBJECTS = 100_000  # made since, before the collector looks


class Stopped(Exception):
    """The work was asked to stop and did; it left nothing half done."""


class LongWork:
    """Progress counter; each number is written by one thread only. `total` is 0 while unknown."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._stopped = False

    def stop(self) -> None:
        """Ask for an end at the next step."""
        self._stopped = True

    def step(self, count: int = 1) -> None:
        """Count `count` more as done. Raises Stopped when an end was asked for."""
        self.done += count
        if self._stopped:
            raise Stopped

    def counted(self, parts: Iterable[T]) -> Iterator[T]:
        """Yield the parts, each counted as a step."""
        for part in parts:
            self.step()
            yield part

    def counted_many(self, parts: Iterable[T]) -> Iterator[T]:
        """Yield many small parts, each a step; they are counted some at a time."""
        more = 0
        for part in parts:
            more += 1
            if more == _COUNTED:
                self.step(more)
                more = 0
            yield part
        self.step(more)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector of cycles look seldom while a job makes many objects that have none.

    It goes through all that a long list holds, again and again; it is not switched off.
    """
    before = gc.get_threshold()
    if before[0]:  # 0: somebody switched it off
        gc.set_threshold(max(before[0], _OBJECTS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
