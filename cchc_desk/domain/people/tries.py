"""Wrong passwords in a row, and the wait that they cost: growing, bounded, free of the wall clock.

The wait is counted by the time since the machine began, which nobody can set. It starts again at
a restart, and never lasts longer than the longest wait, whatever the clock on the wall says.
"""

from dataclasses import dataclass
from datetime import datetime

FREE = 5  # wrong passwords in a row before the first wait
WAITS = (60, 120, 300, 900)  # seconds, each wrong one more; then always the last


@dataclass(frozen=True)
class Tries:
    """Wrong passwords in a row under one name; `uptime`: of the machine in seconds at the last.

    `last`: when that was by the desk's clock, for people to read, never to count by.
    """

    failures: int = 0
    wait: int = 0
    uptime: int = 0
    last: datetime | None = None

    def left(self, uptime: float) -> int:
        """Return how many seconds are still to be waited, 0 for none."""
        gone = uptime - self.uptime if uptime >= self.uptime else uptime
        wait = min(self.wait, WAITS[-1])
        return max(0, min(wait, int(wait - gone + 0.999)))

    def with_failure(self, uptime: float, now: datetime) -> "Tries":
        """Return the same with one wrong password more; `uptime` in seconds."""
        failures = self.failures + 1
        wait = WAITS[min(failures - FREE, len(WAITS) - 1)] if failures >= FREE else 0
        return Tries(failures, wait, int(uptime), now)
