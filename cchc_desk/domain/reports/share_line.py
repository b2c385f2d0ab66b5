"""Lines of a report that are so many of so many."""

from dataclasses import dataclass
from fractions import Fraction

from cchc_desk.domain.reports.table import Head, ReportColumn
from cchc_desk.domain.table import Cell


@dataclass(frozen=True)
class ShareLine:
    """One line of a report: so many, and where `whole` is given of how many."""

    key: str
    name: str
    part: int
    whole: int | None = None

    @property
    def share(self) -> Cell:
        """The share; None of nothing, "" where it is no share."""
        if self.whole is None:
            return ""
        return Fraction(self.part, self.whole) if self.whole else None


def share_columns(part: str, whole: str) -> tuple[ReportColumn[ShareLine], ...]:
    """Return the columns of such lines: what, so many, of how many, the share."""
    return (
        ReportColumn(Head("what", "Nội dung", width=0.4, align="left"), lambda line: line.name),
        ReportColumn(Head("part", part), lambda line: line.part),
        ReportColumn(Head("whole", whole), lambda line: "" if line.whole is None else line.whole),
        ReportColumn(Head("share", "Tỷ lệ"), lambda line: line.share),
    )
