"""The late share of a period and its line, the "5 %": whether the unit has done its task.

The share is docs/promise.md's, "The 5 % fuse"; the line is `late_share` of the regime in force
(resources/law/regimes.json).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, Self

from cchc_desk.domain.figures import GONE_LATE, OPEN_LATE, READY, READY_LATE, Figure
from cchc_desk.i18n import decimal_text

# Withdrawn and stopped dossiers count only when they were already late.
SHARE_TOTAL = (READY, OPEN_LATE, GONE_LATE)
SHARE_LATE = (READY_LATE, OPEN_LATE, GONE_LATE)


class Counts(Protocol):
    """The counts of a period that the late share is made of, at a desk or added up by the city."""

    @property
    def ready(self) -> int: ...
    @property
    def ready_late(self) -> int: ...
    @property
    def gone_late(self) -> int: ...
    @property
    def open_late(self) -> int: ...


@dataclass(frozen=True)
class LateShare:
    """Late dossiers over the total of a period, against a line (docs/promise.md, "The 5 % fuse").

    The unit has not done its task where its share reaches the line.
    """

    late: int
    total: int
    line: Fraction

    @classmethod
    def of(cls, counts: Counts, line: Fraction) -> Self:
        """Return the share by our own count: what is finished or already late, and what is late."""
        return cls(_sum(counts, SHARE_LATE), _sum(counts, SHARE_TOTAL), line)

    @property
    def share(self) -> Fraction | None:
        """The exact share; None when there is nothing to count, never "100 %"."""
        return Fraction(self.late, self.total) if self.total else None

    @property
    def tripped(self) -> bool:
        """True when the share has reached the line: exactly on it counts."""
        share = self.share
        return share is not None and share >= self.line

    @property
    def percent(self) -> Fraction | None:
        """The share in per cent, with as few digits, two at least, as show its side of the line."""
        share = self.share
        if share is None:
            return None
        for digits in range(2, 9):
            shown = round(share * 100, digits)
            if (shown >= self.line * 100) == self.tripped:
                break
        return shown

    @property
    def percent_text(self) -> str:
        """The share as `5%`, with digits enough to show its side of the line; "—" of nothing."""
        shown = self.percent
        return "—" if shown is None else f"{number_text(shown)}%"

    @property
    def until_tripped(self) -> int:
        """The smallest number of further late dossiers that reaches the line."""
        missing = (self.line * self.total - self.late) / (1 - self.line)
        return max(math.ceil(missing), 0 if self.total else 1)


def number_text(number: Fraction) -> str:
    """Return a number with as many digits as it has, eight at most."""
    return decimal_text(f"{float(number):.8f}".rstrip("0").rstrip("."))


def _sum(counts: Counts, figures: Iterable[Figure]) -> int:
    return sum(getattr(counts, figure.name) for figure in figures)


@dataclass(frozen=True)
class ApologyCoverage:
    """Of the late dossiers due in a period: whose letter was handed over, who was told in time."""

    late: int
    apologised: int
    told: int

    @property
    def apologised_share(self) -> Fraction | None:
        """The share whose letter was handed over; None where nothing was late, never "100 %"."""
        return Fraction(self.apologised, self.late) if self.late else None
