"""Progress of a long piece of work: written by the worker, read and stopped by the window.

work = LongWork()
job(..., work=work)          # calls work.step() as it goes on
work.done, work.total        # read from another thread
work.stop()                  # the next step raises Stopped
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


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
