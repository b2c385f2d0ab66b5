"""A desk in a process of its own that stops at each step of a sending, to be killed there: FOLDER
NOW.

It prints the name of the step it has done and goes on when a line comes in.
"""

import sys
from datetime import datetime
from pathlib import Path

from cchc_desk.actions.city import sending
from cchc_desk.actions.data import opening


def main(folder: str, now: str) -> None:
    desk = opening.open_desk(Path(folder), lambda: datetime.fromisoformat(now))
    outgoing = sending.prepare(desk)
    _stop("prepared")
    answers = sending.exchange(outgoing)
    _stop("exchanged")
    sending.take_answers(desk, answers)
    _stop("taken")


def _stop(step: str) -> None:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
