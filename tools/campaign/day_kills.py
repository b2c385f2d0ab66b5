"""SIGKILL in the middle of a whole day's work, again and again over the same wards."""

import itertools
import os
import random
import select
import shutil
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from cchc_desk import paths
from cchc_desk.store.engine import copies
from tools.campaign.day import Day, Report, forked, read_reports, work
from tools.campaign.past import Past, check_ward
from tools.campaign.ward import Lost, Place, bring_to_the_city, say

MOST_BEFORE = 5  # acts before the one that is killed
LONGEST = 1.3  # of the time that an act takes: some kills come just behind it
FIRST_GUESS_S = 0.02
KILLS_PER_WARD = 25  # a day that grows takes ever longer to be verified whole
PATIENCE = 120  # seconds for one report


@dataclass
class Kills:
    """Counts of the kills: acts acknowledged, acts that a kill hit, and how long each takes."""

    done: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    takes_s: dict[str, float] = field(default_factory=dict)

    def add(self, reports: Sequence[Report]) -> None:
        """Count the reports of one process that was killed behind the last of them."""
        for before, after in itertools.pairwise(reports):
            if before.begins and not after.begins:
                took = after.at - before.at
                self.takes_s[before.act] = (self.takes_s.get(before.act, took) + took) / 2
                self.done[after.act] += 1
        self.hit[reports[-1].act if reports and reports[-1].begins else "between two acts"] += 1

    def some_time_of(self, act: str, dice: random.Random) -> float:
        """Return how many seconds after its beginning an act is killed."""
        return dice.random() * LONGEST * self.takes_s.get(act, FIRST_GUESS_S)


def kill_days(clean: Place, kills: int, dice: random.Random, acts: Sequence[str] = ()) -> Kills:
    """Kill the desk `kills` times in `acts`, or in every act in turn; check after each."""
    counts = Kills()
    targets = acts or ("open", *Day.names)
    place, past = clean.copy_to("day-0"), Past()
    for number in range(kills):
        if number and number % KILLS_PER_WARD == 0:
            _finish(place, past)
            say(f"{number} kills in the day, {counts.done.total()} acts")
            place, past = clean.copy_to(f"day-{number}"), Past()
        kill_one_day(place, past, targets[number % len(targets)], counts, dice)
    _finish(place, past)
    return counts


def _finish(place: Place, past: Past) -> None:
    bring_to_the_city(place, past.now)
    _check_copies(place)
    shutil.rmtree(place.root)


def kill_one_day(place: Place, past: Past, act: str, counts: Kills, dice: random.Random) -> None:
    """Let the desk work, kill it in the middle of `act`, open it again and check all of it."""
    first = 0 if act == "open" else dice.randrange(MOST_BEFORE + 1)
    task = partial(work, place, dice.randrange(10**9), past.now, first, act)
    began = time.monotonic()
    reports = _run_and_kill(task, act, first, counts.some_time_of(act, dice))
    counts.add(reports)
    # The desk's clock runs an hour in a second: on a busy machine it may be further than usual.
    past.now += timedelta(hours=max(5, time.monotonic() - began))
    for report in reports:
        if not report.begins:
            past.add(report)
    check_ward(place, past)


def _run_and_kill(task: "partial[None]", act: str, first: int, wait: float) -> list[Report]:
    with forked(task) as (child, pipe):
        text = b""
        while not _has_begun(read_reports(text), act, first):
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


def _has_begun(reports: Sequence[Report], act: str, first: int) -> bool:
    begun = [report for report in reports if report.begins]
    if act == "open":  # the first act of all: where it is over already another one is hit
        return bool(begun)
    return len(begun) > first + 1 and begun[-1].act == act


def _check_copies(place: Place) -> None:
    there = copies.copies_in(paths.backup_folder(place.ward), whole=True)
    bad = [(copy.file.name, copy.soundness) for copy in there if not copy.is_sound]
    if bad:
        raise Lost(f"copies that are not whole: {bad}")
