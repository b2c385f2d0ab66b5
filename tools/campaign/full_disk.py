"""A full disk at every write: a small file system whose last free page goes in each act's middle.

Needs to mount a file system of its own: Linux, as root.
"""

import copy
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import LetterState
from cchc_desk.errors import Trouble
from tools.campaign.day import Clock, Day, Report, answer, forked, read_reports
from tools.campaign.next_step import check_sentence
from tools.campaign.past import Past, check_ward
from tools.campaign.ward import Lost, Place

SIZE = 96 * 2**20
PAGE = os.sysconf("SC_PAGE_SIZE")
ONE_BY_ONE = 60  # free pages: the commit of every act; behind them only copies are written
STRIDE = 12  # then
DONE_IN_ROW = 3  # then the disk is large enough for the act
SEEDS = 30  # until one is found with which the rules allow the act
WORK = 60  # acts before
_LAST = ("news", "accept", "request", "accept", "draft", "sign", "accept", "accept")
_MORE_DRAFTS = ("accept", "accept", "ready", "draft")  # until one can be signed later
_LATER = timedelta(days=3)  # when the acts are tried: the last dossiers are late by then


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


def fill_disk(clean: Place, dice: random.Random, *, step: int = 1) -> Counter[str]:
    """Try each act with 0, `step`, 2 × `step` … free pages until it fits; count how it ended.

    "done", the code of the Trouble, or "died" (the system took the process: it is a kill). Each
    time the act is done once more when there is room again: by itself that is the next step.
    """
    ends: Counter[str] = Counter()
    worked, past = clean.copy_to("full-worked"), Past()
    _some_work(worked, past, dice)
    with small_disk(clean.root.with_name("full")) as disk:
        for act in ("open", *Day.names):
            seed = _seed_of(worked, past, act)
            free, done = 0, 0
            while done < DONE_IN_ROW:
                end = _fill_once(worked.copy_into(disk / "place"), past, act, free, seed)
                ends[end] += 1
                done = done + 1 if end == "done" else 0
                free += step if free < ONE_BY_ONE else step * STRIDE
    return ends


def _some_work(place: Place, past: Past, dice: random.Random) -> None:
    clock = Clock(past.now)
    day = Day(place, clock, dice)
    with closing(day.desk):
        for act in ("accept", "copy", *dice.choices(Day.names[:11], k=WORK), *_LAST):
            _worked(day, past, act)
            clock.begins += timedelta(hours=4)
        while not _signable(day, clock() + _LATER):
            for act in _MORE_DRAFTS:
                _worked(day, past, act)
                clock.begins += timedelta(days=2)
        for act in ("accept", "accept"):  # without a draft
            _worked(day, past, act)
    past.now = clock() + _LATER


def _signable(day: Day, then: datetime) -> bool:
    """True where some draft can be signed then too: its new day has not passed."""
    drafts = (row.letter for row in letters.letters(day.desk, LetterState.DRAFTED))
    return any(draft.new_due is None or draft.new_due > then for draft in drafts)


def _worked(day: Day, past: Past, act: str) -> None:
    report = day.do(act)
    if report is not None:
        past.add(report)


def _seed_of(worked: Place, past: Past, act: str) -> int:
    """Return a seed with which the act is done where there is room. Raises Lost without one."""
    for seed in range(SEEDS):
        place = worked.copy_to("full-tried")
        reports = _run(partial(_act, place, past, act, seed, None))
        shutil.rmtree(place.root)
        if reports and reports[-1].act == act:
            return seed
    raise Lost(f"{act} is never done: the campaign does not try it")


def _fill_once(place: Place, past: Past, act: str, free: int, seed: int) -> str:
    past = copy.deepcopy(past)
    filler = place.root.with_name("filler")
    try:
        reports = _run(partial(_act, place, past, act, seed, (filler, free * PAGE)))
        filler.unlink(missing_ok=True)
        for report in reports:
            if report.act == act:
                past.add(report)
        check_ward(place, past)
        again = _run(partial(_act, place, past, act, seed + 1, None))
        if not again or again[-1].act not in (act, "refused"):
            raise Lost(f"with room again {act} ends in {again}")
        for report in again:
            if report.act == act:
                past.add(report)
        check_ward(place, past)
    except Lost as lost:
        raise Lost(f"{act} with {free} free pages: {lost}") from lost
    finally:
        filler.unlink(missing_ok=True)
        shutil.rmtree(place.root)
    if not reports:
        return "died"
    return "done" if reports[-1].act in (act, "refused") else reports[-1].act


def _run(task: "partial[None]") -> list[Report]:
    """Run it in a process of its own. Raises Lost for an error that is no Trouble."""
    with forked(task) as (child, pipe):
        text = b""
        while more := os.read(pipe, 65_536):
            text += more
        _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise Lost("an error that is no Trouble")
    return read_reports(text)


def _act(
    place: Place, past: Past, act: str, seed: int, fill: tuple[Path, int] | None, pipe: int
) -> None:
    """Do one act and report it, or the code of its Trouble; `fill`: the filler, what it leaves."""
    report: Report | None
    try:
        if fill and act == "open":
            _leave_free(*fill)
        day = Day(place, Clock(past.now), random.Random(seed))
        if act == "open":
            report = Report("open", **day.last_entry())
        else:
            day.older = day.lay_older() if act == "upgrade" else None
            if fill:
                _leave_free(*fill)
            report = day.do(act)
    except Trouble as trouble:
        check_sentence(trouble.message)
        report = Report(trouble.code)
    answer(pipe, report or Report("refused"))


def _leave_free(filler: Path, free: int) -> None:
    there = shutil.disk_usage(filler.parent).free
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, there - free))
