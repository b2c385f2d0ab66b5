"""A power cut on a disk that lied: the log torn in the middle of acts that were acknowledged."""

import random
import shutil
from collections import Counter
from pathlib import Path

from tools.campaign.ward import Place, say
from tools.campaign.working_day import USES, log_of, make_working_day


def cut_again_and_again(clean: Place, cuts: int, dice: random.Random) -> Counter[str]:
    """Tear the log `cuts` times behind an acknowledged act; count who saw it, and what was done.

    Raises Lost where an act before the cut is not there, or one behind it is gone unseen.
    """
    ends: Counter[str] = Counter()
    for number in range(cuts):
        if number % USES == 0:
            say(f"{number} torn logs: {dict(ends)}")
            day = make_working_day(clean, f"cuts-{number}", dice)
        damaged = day.harmed("cut", dice)
        last = dice.randrange(len(day.afternoon) - 1)  # the act after this one is torn
        before, end = day.afternoon[last], day.afternoon[-1].log_size
        if before.log_size < end:
            tear(log_of(damaged.place.ward), dice.randrange(before.log_size, end), dice)
        damaged.must_have = before.report.entry
        ends[damaged.see_and_mend()] += 1
        shutil.rmtree(damaged.place.root)
    return ends


def tear(log: Path, length: int, dice: random.Random) -> None:
    """Cut the log at `length`; half the time the rest is garbage instead of gone."""
    whole = log.read_bytes()
    garbage = dice.randbytes(len(whole) - length) if dice.random() < 0.5 else b""
    log.write_bytes(whole[:length] + garbage)
