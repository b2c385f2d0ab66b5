"""The share of lines and branches that the suite ran, by folder of the program (make coverage).

The exit code is 1 while a line or a branch of the domain has not been run.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import coverage
import msgspec

REPORT = Path("out/coverage/report.json")
WHOLE = "cchc_desk/domain"  # everything under it has been run by some test


class Summary(msgspec.Struct):
    num_statements: int
    covered_lines: int
    num_branches: int
    covered_branches: int


class Measured(msgspec.Struct):
    """One file; a branch is (line it leaves, line it goes to; negative: out of the function)."""

    summary: Summary
    missing_lines: list[int]
    missing_branches: list[tuple[int, int]]

    @property
    def gaps(self) -> str:
        lines = [str(line) for line in self.missing_lines]
        lost = set(self.missing_lines)
        branches = [f"{a}->{b}" for a, b in self.missing_branches if not {a, b} & lost]
        return ", ".join([*lines, *branches])


class Report(msgspec.Struct):
    files: dict[str, Measured]


def main() -> int:
    measured = coverage.Coverage()
    measured.load()
    measured.json_report(outfile=str(REPORT))
    files = msgspec.json.decode(REPORT.read_bytes(), type=Report).files
    rooms: dict[str, list[Measured]] = defaultdict(list)
    for name, file in files.items():
        rooms[room(name)].append(file)
    print(f"{'room':<28}{'lines':>8}{'branches':>10}{'run':>9}")
    for name in sorted(rooms):
        print(line(name, rooms[name]))
    print(line("all", files.values()))
    gaps = {name: file.gaps for name, file in files.items() if name.startswith(f"{WHOLE}/")}
    missing = [f"{name}: {lines}" for name, lines in gaps.items() if lines]
    for problem in missing:
        print(f"not run: {problem}", file=sys.stderr)
    if not gaps:
        print(f"no file of {WHOLE} was measured", file=sys.stderr)
    return 1 if missing or not gaps else 0


def room(name: str) -> str:
    """`ui/intake` for ui/intake/page.py, `cchc_desk` for a file beside the rooms."""
    return "/".join(Path(name).parent.parts[:2])


def line(name: str, files: Iterable[Measured]) -> str:
    """Return one row of the table; the share counts lines and branches alike, cut to a tenth."""
    sums = [file.summary for file in files]
    lines = sum(summary.num_statements for summary in sums)
    branches = sum(summary.num_branches for summary in sums)
    run = sum(summary.covered_lines + summary.covered_branches for summary in sums)
    tenths = run * 1000 // (lines + branches) if lines + branches else 1000
    return f"{name:<28}{lines:>8}{branches:>10}{tenths / 10:>7.1f} %"


if __name__ == "__main__":
    sys.exit(main())
