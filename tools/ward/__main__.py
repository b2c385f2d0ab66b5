"""`make ward`: how long stations wait for one another, then a day on which everything breaks,
then a large ward there and back, then days on which away desks leave and come back.

python -m tools.ward [--stations 12] [--dossiers 100] [--acts 3000] [--windows 2]
    [--moved 60000] [--away 200] [--seed 1]
python -m tools.ward away [--away 200] [--seed 1]: the away desks alone
"""

import argparse
import sys

from tools.ward import away_days, bad_day, contention, there_and_back


def main() -> int:
    """Return 1 where an act was lost or doubled, a number taken twice, or the ledger broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stations", type=int, default=12)
    parser.add_argument("--dossiers", type=int, default=100, help="taken in by each; 0: not at all")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between two of them")
    parser.add_argument("--acts", type=int, default=3000, help="of the bad day; 0: not at all")
    parser.add_argument("--windows", type=int, default=2, help="of the stations of the bad day")
    parser.add_argument("--moved", type=int, default=60_000, help="dossiers; 0: not at all")
    parser.add_argument("--away", type=int, default=200, help="days with away desks; 0: not at all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("only", nargs="?", choices=("away",))
    options = parser.parse_args()
    failed = 0
    if options.only:
        options.dossiers = options.acts = options.moved = 0
    if options.dossiers:
        failed |= contention.measure(options.stations, options.dossiers, options.pause)
    if options.acts:
        failed |= bad_day.play(options.stations, options.acts, options.seed, options.windows)
    if options.moved:
        failed |= there_and_back.measure(options.moved)
    if options.away:
        failed |= away_days.play(options.away, options.seed, server=True)
        failed |= away_days.play(options.away, options.seed, server=False)
    return failed


if __name__ == "__main__":
    sys.exit(main())
