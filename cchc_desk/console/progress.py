"""Progress of a long verb: a line on standard error where that is a terminal, nothing elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from cchc_desk.long_work import LongWork

_LOOK_S = 0.1


@contextmanager
def shown(words: str) -> Iterator[LongWork]:
    """The work of one verb, told in percent until the block is left; then the line is gone."""
    work = LongWork()
    if not sys.stderr.isatty():
        yield work
        return
    over = Event()
    reader = Thread(target=_tell, args=(words, work, over), daemon=True)
    reader.start()
    try:
        yield work
    finally:
        over.set()
        reader.join()


def _tell(words: str, work: LongWork, over: Event) -> None:
    line = ""
    while not over.wait(_LOOK_S):
        if work.total:
            line = f"{words}: {min(100, 100 * work.done // work.total)} %"
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
    sys.stderr.write(f"\r{' ' * len(line)}\r")
    sys.stderr.flush()
