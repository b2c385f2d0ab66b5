"""A report in sentences: its head, its sections with the figures filled in, what is left to write.

Paper and Word draw the same one (papers/forms/written.py, papers/word.py). What the desk does not
know is never said: its place is left open for the office to write.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import ReportTable, cell_text

LEFT_OPEN = "…… (đơn vị ghi)"


@dataclass(frozen=True)
class Sentence:
    """A sentence with the figures of the desk."""

    text: str


@dataclass(frozen=True)
class ToWrite:
    """A place that the office writes; `about` says what belongs there."""

    about: str

    @property
    def text(self) -> str:
        return f"{self.about}: {LEFT_OPEN}"


@dataclass(frozen=True)
class Shown:
    """A table under its title."""

    title: str
    table: ReportTable


Block = Sentence | ToWrite | Shown


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; `level` is 1, or 2 for a part of the one before it."""

    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1


@dataclass(frozen=True)
class Outline:
    """What a written report says: its subject under the title, to whom, and its sections.

    `short` stands at the foot of its pages.
    """

    subject: str
    short: str
    to: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class WrittenReport:
    """A written report of an office, to be numbered and signed.

    `above` is the agency above this one; `notes` stand under the subject: what is counted.
    """

    outline: Outline
    above: str
    agency: str
    place: str
    made: date
    notes: tuple[str, ...]
    signer: tuple[str, ...]
    watermark: str = ""

    @property
    def title(self) -> str:
        """The report as an archive finds it."""
        subject = self.outline.subject
        return f"{TYPE_NAME.capitalize()} {subject[:1].lower()}{subject[1:]}"

    @property
    def closing(self) -> str:
        """The last sentence."""
        short = self.outline.short
        return f"Trên đây là {short[:1].lower()}{short[1:]} của {self.agency}./."

    @property
    def copies_to(self) -> tuple[str, ...]:
        """The lines under «Nơi nhận»."""
        return ("- Như trên;", "- Lưu: VT.")


TYPE_NAME = "BÁO CÁO"
NUMBER = "Số: ……/BC-UBND"


@dataclass(frozen=True)
class Counted:
    """The reports that a written one is made of, by name.

    `order` is the order that the office follows about late dossiers, "" where there is none; by it
    `line` is the late share that must not be reached, `strikes` the times that make a review.
    """

    asked: Asked
    reports: Mapping[str, Report]
    order: str
    line: Fraction
    strikes: int

    def table(self, name: str) -> ReportTable:
        return self.reports[name].table

    def count(self, name: str, row: str, column: str) -> int:
        """Return a number of a report; the totals' where `row` is "" and the report has some."""
        made = self.table(name)
        found = made.totals if not row and made.totals else made.row(row)
        value = made.value(found, column)
        assert isinstance(value, int), "a column of counts"
        return value

    @property
    def frozen(self) -> date | None:
        """The day on which its figures were frozen; None while some are counted as of today."""
        found = [report.frozen for report in self.reports.values()]
        moments = [one.at for one in found if one is not None]
        return max(moments).date() if len(moments) == len(found) else None

    @property
    def made(self) -> datetime:
        return max(report.made for report in self.reports.values())


# --- words ----------------------------------------------------------------------------------------


def number(count: int) -> str:
    """Return a number as people write it: `1.234`."""
    return cell_text(count)


def part_of(part: int, whole: int, what: str = "hồ sơ") -> str:
    """Return `12/60 hồ sơ (20,00%)`; the share of nothing is «—»."""
    share = Fraction(part, whole) if whole else None
    return f"{number(part)}/{number(whole)} {what} ({cell_text(share)})"


_ROMAN = ("I", "II", "III", "IV")


def period_words(asked: Asked) -> str:
    """Return `tháng 11 năm 2026`, `quý IV năm 2026`, `6 tháng đầu năm 2026`, or the days."""
    first, last = asked.first, asked.last
    ends_month = (last + timedelta(days=1)).day == 1
    if first.day == 1 and ends_month and first.year == last.year:
        year, months = first.year, last.month - first.month + 1
        if months == 1:
            return f"tháng {first.month} năm {year}"
        if months == 3 and first.month % 3 == 1:
            return f"quý {_ROMAN[first.month // 3]} năm {year}"
        if first.month == 1 and months in (6, 9):
            return f"{months} tháng đầu năm {year}"
        if months == 12:
            return f"năm {year}"
    return f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
