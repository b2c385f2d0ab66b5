"""SIGKILL in the middle of a whole day's work, again and again over the same wards."""

import os
import random
import select
import shutil
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from cchc_desk.actions.office import accounts
from cchc_desk.store.engine import backup
from tools.campaign.day import BEGAN, Report, forked, numbers_in, read_reports, work
from tools.campaign.ward import Lost, become, check_sound, make_ward

MOST_REPORTS = 12  # acts before a kill, at most
LAST_WAIT = 0.03  # seconds behind the last report, at most: in the middle of the next act
KILLS_PER_WARD = 40  # a day that grows takes ever longer to be verified whole
PATIENCE = 60  # seconds for one report


@dataclass
class Past:
    """All that a ward has acknowledged: what must be there, and what may never be given again."""

    kept: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    now: datetime = BEGAN

    def add(self, report: Report) -> None:
        """Take in one acknowledged act. Raises Lost when it gave a number a second time."""
        for number, owner in report.numbers:
            self.give(number, owner)
            self.kept[number] = owner
        if report.file:
            self.files[report.file] = report.act

    def give(self, number: str, owner: str) -> None:
        """Note a number as given. Raises Lost where somebody else has it."""
        if self.given.setdefault(number, owner) != owner:
            raise Lost(f"{number} was given twice: {self.given[number]}, {owner}")


def kill_days(root: Path, kills: int, dice: random.Random) -> Counter[str]:
    """Kill the desk `kills` times, check after each; return how many of each act were reported."""
    acts: Counter[str] = Counter()
    ward, past = _fresh(root, 0), Past()
    for number in range(1, kills + 1):
        acts += kill_one_day(ward, past, dice)
        if number % KILLS_PER_WARD == 0:
            sys.stdout.write(f"{number} kills in the day, {sum(acts.values())} acts\n")
            sys.stdout.flush()
            shutil.rmtree(ward)
            ward, past = _fresh(root, number), Past()
    return acts


def _fresh(root: Path, number: int) -> Path:
    ward = make_ward(root / f"day-{number}")
    (ward / "out").mkdir()
    return ward


def kill_one_day(ward: Path, past: Past, dice: random.Random) -> Counter[str]:
    """Let the desk work, kill it in the middle of an act, open it again and check all of it."""
    task = partial(_work, ward, dice.randrange(10**9), past.now)
    wanted, wait = dice.randrange(MOST_REPORTS), dice.random() * LAST_WAIT
    reports = _run_and_kill(task, wanted, wait)
    past.now += timedelta(hours=5)
    for report in reports:
        past.add(report)
    check_ward(ward, past)
    return Counter(report.act for report in reports)


def _work(ward: Path, seed: int, begins: datetime, pipe: int) -> None:
    work(ward, ward / "out", seed, begins, pipe)


def _run_and_kill(task: "partial[None]", wanted: int, wait: float) -> list[Report]:
    with forked(task) as (child, pipe):
        text = b""
        while text.count(b"\n") < wanted:
            if not select.select([pipe], [], [], PATIENCE)[0]:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                raise Lost(f"no report within {PATIENCE} s behind {read_reports(text)[-1:]}")
            more = os.read(pipe, 65_536)
            if not more:
                raise Lost(f"the desk stopped by itself: exit {os.waitpid(child, 0)[1]}")
            text += more
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        while more := os.read(pipe, 65_536):
            text += more
        os.waitpid(child, 0)
    return read_reports(text)


def check_ward(ward: Path, past: Past) -> None:
    """Check that everything acknowledged is there, whole, and that no number has two owners."""
    desk = accounts.open_desk(ward, lambda: past.now)
    try:
        become(desk, "an")
        check_sound(desk)
        with desk.read() as connection:
            there = numbers_in(connection)
    finally:
        desk.close()
    for number, owner in there.items():
        past.give(number, owner)
    lost = {number for number, owner in past.kept.items() if there.get(number) != owner}
    if lost:
        raise Lost(f"acknowledged but not there: {sorted(lost)}")
    _check_files(past)


def _check_files(past: Past) -> None:
    for file, act in past.files.items():
        if act == "copy":
            problems = backup.problems_of(Path(file)) if Path(file).exists() else ()
            if problems:
                raise Lost(f"the copy {file} is not whole: {problems}")
        else:
            pdf = Path(file).read_bytes()
            if not pdf.startswith(b"%PDF") or b"%%EOF" not in pdf[-1024:]:
                raise Lost(f"the paper {file} is not whole")
