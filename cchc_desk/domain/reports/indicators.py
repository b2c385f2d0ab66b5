"""The indicators of Decision 766/QĐ-TTg (23/6/2022), and the points that a desk can work out."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc_desk.domain.reports.table import half_up

PROGRESS = 5  # the number of "Hồ sơ xử lý trước hạn, đúng hạn"


@dataclass(frozen=True)
class Indicator:
    """One indicator; `most` points, None where it has none of its own.

    `commune`: it is asked of communes. `counts` says what it divides by what.
    """

    number: int
    group: str
    name: str
    most: int | None
    commune: bool
    counts: str


@dataclass(frozen=True)
class Score:
    """So many of so many dossiers, and what that gives out of `most` points.

    Nothing to count is a ratio of 0 and no points, as the national portal shows it.
    """

    part: int
    whole: int
    most: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.part, self.whole) if self.whole else Fraction(0)

    @property
    def ratio(self) -> Decimal:
        """The share in per cent, two decimals, half up."""
        return half_up(self.share * 100, 2)

    @property
    def points(self) -> Decimal:
        """The points, two decimals, half up."""
        return half_up(self.share * self.most, 2)
