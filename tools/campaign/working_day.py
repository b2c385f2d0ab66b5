"""The files of a day as a power cut leaves them: acts in the log, the witness and copies beside."""

import copy
import random
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cchc_desk import paths
from cchc_desk.store.engine.database import run
from tools.campaign.day import Clock, Day, Report
from tools.campaign.next_step import Damaged, content
from tools.campaign.past import Past
from tools.campaign.ward import BEGAN, Lost, Place

MORNING, AFTERNOON = 12, 10  # acts before and after the copies of noon
USES = 25  # times that the same day is harmed, each time anew
_LARGEST_LOG = 1_000_000  # bytes: SQLite has not begun it anew by itself
_NOT_HERE = ("restore", "upgrade", "copy")
_NO_ENTRY = ("news", "send")  # the city sends it again, the desk packs it again


@dataclass(frozen=True)
class Kept:
    """An act of the afternoon, and how long the log was behind it."""

    report: Report
    log_size: int


@dataclass(frozen=True)
class WorkingDay:
    """The files of a day, all that it acknowledged, and its afternoon, act by act."""

    place: Place
    past: Past
    afternoon: tuple[Kept, ...]
    whole: str

    def harmed(self, name: str, dice: random.Random) -> Damaged:
        """Copy the files to a place where they may be damaged."""
        place = self.place.copy_to(name)
        return Damaged(place, copy.deepcopy(self.past), self.whole, dice)


def make_working_day(clean: Place, name: str, dice: random.Random) -> WorkingDay:
    """Work for a day, with a copy in the morning and one at noon; leave the files as they lie."""
    place, past, clock = clean.copy_to(f"{name}-work"), Past(), Clock(BEGAN)
    day = Day(place, clock, dice)
    afternoon: list[Kept] = []
    with closing(day.desk):
        for act in (*_acts(dice, MORNING), "copy", *_acts(dice, MORNING), "copy"):
            _do(day, act, past)
            clock.begins += timedelta(minutes=3)  # of copies within the hour one is kept
        with day.desk.database.read() as connection:
            run(connection, "COMMIT")  # outside of any transaction
            run(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
            run(connection, "BEGIN")
        for act in ("accept", *_acts(dice, AFTERNOON, without=_NO_ENTRY)):
            report = _do(day, act, past)
            size = log_of(place.ward).stat().st_size
            if size > _LARGEST_LOG:
                break
            if report is not None:
                afternoon.append(Kept(report, size))
        left = place.copy_to(name)
    past.now = clock()
    sizes = [kept.log_size for kept in afternoon]
    if sizes != sorted(sizes):
        raise Lost(f"the log was begun anew: {sizes}")
    whole = content(paths.database_file(place.ward))
    return WorkingDay(left, past, tuple(afternoon), whole)


def _acts(dice: random.Random, many: int, without: tuple[str, ...] = ()) -> list[str]:
    others = [name for name in Day.names if name not in (*_NOT_HERE, *without)]
    return dice.choices(others, k=many)


def _do(day: Day, act: str, past: Past) -> Report | None:
    report = day.do(act)
    if report is not None:
        past.add(report)
    return report


def log_of(folder: Path) -> Path:
    """Return the write-ahead log of a desk."""
    return paths.database_file(folder).with_name(paths.DATABASE + "-wal")
