"""`make campaign`: kill, tear, flip, fill the disk, and count what was lost: nothing may be.

python -m tools.campaign [--protection plain|encrypted] [--kills 100] [--day-kills 1000]
    [--cuts 250] [--flips 500] [--full-disk-step 1] [--seed 1]

Without --protection everything is done twice: over plain files, then over encrypted ones.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.campaign.cuts import cut_again_and_again
from tools.campaign.damage import quick_passwords
from tools.campaign.day_kills import kill_days
from tools.campaign.flips import flip_bytes
from tools.campaign.full_disk import fill_disk
from tools.campaign.kills import kill_again_and_again
from tools.campaign.ward import make_place, own_home, say

PROTECTIONS = ("plain", "encrypted")


def main() -> int:
    """Run the campaign and print its counts; an error ends it as soon as anything was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--protection", choices=PROTECTIONS)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--day-kills", type=int, default=1000)
    parser.add_argument("--cuts", type=int, default=250)
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--full-disk-step", type=int, default=1, help="0: not at all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.protection is None:  # a process for each: keys are kept by the number of a file
        command = (sys.executable, "-m", "tools.campaign", *sys.argv[1:])
        ends = [subprocess.run([*command, "--protection", it]).returncode for it in PROTECTIONS]
        return max(ends)
    with (
        tempfile.TemporaryDirectory() as folder,
        quick_passwords(),
        own_home(Path(folder) / "home"),
    ):
        _run(Path(folder), options)
    _say(options, f"seed {options.seed}: nothing lost")
    return 0


def _run(root: Path, options: argparse.Namespace) -> None:
    dice = random.Random(options.seed)
    clean = make_place(root / "clean", encrypted=options.protection == "encrypted")
    if options.day_kills:
        day = kill_days(clean, options.day_kills, dice)
        _say(options, f"{options.day_kills} kills in the day, acts hit: {dict(day.hit)}")
        _say(options, f"{day.done.total()} acts acknowledged: {dict(day.done)}")
    if options.cuts:
        cuts = cut_again_and_again(clean, options.cuts, dice)
        _say(options, f"{options.cuts} torn logs: {dict(cuts)}")
    if options.flips:
        flips = flip_bytes(clean, options.flips, dice)
        _say(options, f"{options.flips} flipped bytes: {dict(flips)}")
    if options.full_disk_step:
        full = fill_disk(clean, dice, step=options.full_disk_step)
        _say(options, f"{full.total()} full disks: {dict(full)}")
    if options.kills:
        accepted = kill_again_and_again(clean.copy_to("typing").ward, options.kills, dice)
        _say(options, f"{options.kills} kills at the intake page, {accepted} dossiers acknowledged")


def _say(options: argparse.Namespace, line: str) -> None:
    say(f"{options.protection}: {line}")


if __name__ == "__main__":
    sys.exit(main())
