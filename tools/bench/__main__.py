"""Measure every group, or those named, each in a process of its own; print each comparison.

    python -m tools.bench              all groups
    python -m tools.bench keys search  these alone

A ratio above its goal is printed and no more: noise of a machine fails no build. The exit code is 1
only where a group could not be measured.
"""

import argparse
import os
import subprocess
import sys

from tools.bench import measure

GROUPS = (
    "window",
    "memory",
    "accept",
    "search",
    "keys",
    "receipt",
    "large_ward",
    "lists",
    "reports",
    "growth",
    "city",
    "encryption",
    "stations",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    groups = parser.parse_args().groups or GROUPS
    if unknown := set(groups) - set(GROUPS):
        parser.error(f"no such group: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # of what offscreen lacks
    return max(print_group(group) for group in groups)


def print_group(group: str) -> int:
    """Print what a group measures, as it comes; 1 where its process failed."""
    command = [sys.executable, "-m", f"tools.bench.{group}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(measure.read(line).line(), flush=True)
    if process.returncode:
        print(f"{group}: not measured, exit code {process.returncode}", file=sys.stderr)
    return int(process.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
