"""A full disk at every write: a small file system whose last free page goes in each act's middle.

Needs to mount a file system of its own: Linux, as root.
"""

import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cchc_desk.actions.office import accounts
from cchc_desk.errors import Trouble
from tools.campaign.day import BEGAN, Clock, Day, Report, answer, forked, read_reports
from tools.campaign.day_kills import Past, check_ward
from tools.campaign.ward import Lost, make_ward

SIZE = 96 * 2**20
PAGE = os.sysconf("SC_PAGE_SIZE")
MOST_FREE = 90  # pages: no act of a day writes more


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """Mount a file system of SIZE at `place`. Raises Lost where this machine does not allow it."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        raise Lost("no file system can be mounted here: the full disk was not tried")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill_disk(root: Path, dice: random.Random, *, step: int = 1) -> Counter[str]:
    """Try each act with 0, `step`, 2 × `step` … free pages; count how it ended.

    "done", the code of the Trouble, or "died" (the system took the process: it is a kill).
    """
    ends: Counter[str] = Counter()
    clean = make_ward(root / "full-clean")
    (clean / "out").mkdir()
    _some_work(clean, dice)
    with small_disk(root / "full") as disk:
        for act in range(len(_acts(clean))):
            for free in range(0, MOST_FREE, step):
                ends[_fill_once(clean, disk / "ward", act, free, dice.randrange(10**9))] += 1
    return ends


def _some_work(ward: Path, dice: random.Random) -> None:
    desk = accounts.open_desk(ward, Clock(BEGAN))
    try:
        day = Day(desk, ward / "out", dice)
        for _act in range(40):
            day.one_act()
    finally:
        desk.close()


def _acts(ward: Path) -> tuple[str, ...]:
    desk = accounts.open_desk(ward, Clock(BEGAN))
    try:
        return tuple(act.__name__ for act in Day(desk, ward, random.Random(1)).acts)
    finally:
        desk.close()


def _fill_once(clean: Path, ward: Path, act: int, free: int, seed: int) -> str:
    shutil.copytree(clean, ward)
    try:
        filler = ward.with_name("filler")
        with forked(partial(_act_on_full_disk, ward, filler, act, free, seed)) as (child, pipe):
            text = b""
            while more := os.read(pipe, 65_536):
                text += more
            _pid, status = os.waitpid(child, 0)
        filler.unlink(missing_ok=True)
        reports = read_reports(text)
        if not reports and os.WIFEXITED(status):
            raise Lost(f"an error that is no Trouble, with {free} free pages in act {act}")
        past = Past()
        for report in reports:
            if report.numbers:
                past.add(report)
        check_ward(ward, past)
        return reports[-1].act if reports else "died"
    finally:
        shutil.rmtree(ward)


def _act_on_full_disk(ward: Path, filler: Path, act: int, free: int, seed: int, pipe: int) -> None:
    desk = accounts.open_desk(ward, Clock(BEGAN))
    day = Day(desk, ward / "out", random.Random(seed))
    _leave_free(filler, free * PAGE)
    try:
        report = day.do(day.acts[act])
    except Trouble as trouble:
        report = Report(trouble.code)
    answer(pipe, report or Report("refused"))


def _leave_free(filler: Path, free: int) -> None:
    there = shutil.disk_usage(filler.parent).free
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, there - free))
