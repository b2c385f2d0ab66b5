"""`make campaign`: kill, tear, flip, fill the disk, and count what was lost: nothing may be.

python -m tools.campaign [--kills 200] [--day-kills 2000] [--restores 200]
    [--cuts 500] [--flips 1000] [--seed 1]
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tools.campaign.cuts import cut_again_and_again
from tools.campaign.day_kills import kill_days
from tools.campaign.flips import flip_bits
from tools.campaign.full_disk import fill_disk
from tools.campaign.going_back import kill_going_back
from tools.campaign.kills import kill_again_and_again
from tools.campaign.ward import make_ward


def main() -> int:
    """Run the campaign and print its counts; an error ends it as soon as anything was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--day-kills", type=int, default=2000)
    parser.add_argument("--restores", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=500)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--full-disk-step", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        accepted = kill_again_and_again(make_ward(root / "ward"), options.kills, dice)
        _say(f"{options.kills} kills at the intake page, {accepted} acknowledged dossiers")
        acts = kill_days(root, options.day_kills, dice)
        _say(f"{options.day_kills} kills in the day, acts acknowledged: {dict(acts)}")
        codes, restored = kill_going_back(make_ward(root / "back"), options.restores, dice)
        _say(
            f"{options.restores} kills in restores and copies, {restored} restores ended, "
            f"{codes} codes given, none twice"
        )
        behind = cut_again_and_again(root, options.cuts, dice)
        _say(f"{options.cuts} torn logs behind {behind} acknowledged dossiers")
        _say(f"{options.flips} flipped bits: {dict(flip_bits(root, options.flips, dice))}")
        ends = fill_disk(root, dice, step=options.full_disk_step)
        _say(f"{sum(ends.values())} full disks: {dict(ends)}")
    _say(f"seed {options.seed}: nothing lost")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
