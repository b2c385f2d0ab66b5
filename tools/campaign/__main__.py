"""`make campaign`: kill the desk at random moments, tear its log, count the losses.

python -m tools.campaign [--kills 200] [--cuts 200] [--restores 60] [--seed 1]
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tools.campaign.cuts import cut_again_and_again
from tools.campaign.going_back import kill_going_back
from tools.campaign.kills import kill_again_and_again
from tools.campaign.ward import make_ward


def main() -> int:
    """Run the campaign and print its counts; return 1 when anything was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--restores", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        ward = make_ward(root / "ward")
        accepted = kill_again_and_again(ward, options.kills, dice)
        codes, restored = kill_going_back(make_ward(root / "back"), options.restores, dice)
        cut = cut_again_and_again(root, options.cuts, dice)
    sys.stdout.write(
        f"seed {options.seed}: {options.kills} kills, {accepted} acknowledged dossiers, all kept, "
        "no code twice, "
        f"every draft back on the screen; {options.cuts} torn logs behind {cut} acknowledged "
        "dossiers, all kept; "
        f"{options.restores} kills in restores and copies, {restored} restores ended, {codes} "
        "codes given, none twice; "
        "every database sound\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
