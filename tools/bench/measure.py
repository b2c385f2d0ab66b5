"""Comparisons that cancel a machine's drift: ours and its floor in turn, each round its own ratio.

A shared machine is now fast, now slow, for seconds at a time. A floor measured once, before or
after ours, puts that into the ratio; a floor measured within the same round does not. The order
changes with each round, so that what the one leaves behind (a warm cache, a busy disk) is not
always to the other's cost.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

Pair = tuple[float, float]
Pairs = tuple[Pair, ...]


@dataclass(frozen=True)
class Result:
    """One comparison: a pair (ours, floor) for each round, in `unit`.

    `years`: how many more years of dossiers ours has than its floor (growth only); its goal is then
    said of one year, in per cent.
    """

    name: str
    goal: float
    pairs: Pairs
    unit: str = "ms"
    years: int = 0

    @property
    def ratios(self) -> list[float]:
        """The ratio of each round; for growth, per cent slower for each year more."""
        ratios = [ours / floor for ours, floor in self.pairs]
        return [(ratio - 1) * 100 / self.years for ratio in ratios] if self.years else ratios

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)

    @property
    def spread(self) -> Pair:
        """Between which values the middle half of the rounds lies."""
        if len(self.pairs) == 1:
            return self.ratio, self.ratio
        low, _middle, high = statistics.quantiles(self.ratios, n=4, method="inclusive")
        return low, high

    def line(self) -> str:
        """Return the printed line of it."""
        ours, floor = (statistics.median(column) for column in zip(*self.pairs, strict=True))
        low, high = self.spread
        verdict = "ok" if self.ratio <= self.goal else "ABOVE GOAL"
        values = f"{self.name:66} {ours:9.2f} {self.unit} {floor:9.2f} {self.unit}"
        if self.years:
            slope = f"{self.ratio:+6.2f} % a year ({low:+.2f} … {high:+.2f})"
            return f"{values}  {slope}  goal {self.goal:g} %  {verdict}"
        ratio = f"ratio {self.ratio:5.2f} ({low:.2f} … {high:.2f})"
        return f"{values}  {ratio}  goal {self.goal:g}  {verdict}"


def in_turn(
    ours: Callable[[], float], floor: Callable[[], float], rounds: int, warm: int = 1
) -> Pairs:
    """Return pairs of what both measure, in turn; `warm` rounds before them do not count."""
    pairs: list[Pair] = []
    for number in range(warm + rounds):
        if number % 2:
            second, first = floor(), ours()
        else:
            first, second = ours(), floor()
        pairs.append((first, second))
    return tuple(pairs[warm:])


def timed(job: Callable[[], object], times: int = 1) -> Callable[[], float]:
    """Return a measure of `job`: its milliseconds, the median of `times` runs."""

    def once() -> float:
        began = time.perf_counter()
        job()
        return (time.perf_counter() - began) * 1000

    return lambda: statistics.median(once() for _time in range(times))


def longest_wait(work: Callable[[], object]) -> float:
    """Return the longest, in ms, that this thread waits for its turn while another does `work`."""
    worker = threading.Thread(target=work)
    worker.start()
    longest, last = 0.0, time.perf_counter()
    while worker.is_alive():
        time.sleep(0.005)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest * 1000


# --- from a group's process to the one that prints ------------------------------------------------


def write(results: Iterable[Result]) -> None:
    """Write each result as one line of JSON on standard output, as soon as it is there."""
    for result in results:
        sys.stdout.write(msgspec.json.encode(result).decode() + "\n")
        sys.stdout.flush()


def read(line: str) -> Result:
    """Return the result in such a line."""
    return msgspec.json.decode(line, type=Result)


def remark(words: str) -> None:
    """Print something that is no comparison."""
    sys.stderr.write(words + "\n")
