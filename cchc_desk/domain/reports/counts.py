"""Reports that count dossiers: a row for each group of them, a column for each count.

A cell counts the dossiers of its figures within the group of its row, and so can name them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from cchc_desk.domain.conditions import Condition
from cchc_desk.domain.figures import Figure
from cchc_desk.domain.reports.groupings import ROW_TITLES, Grouping
from cchc_desk.domain.reports.report import Form
from cchc_desk.domain.reports.table import Head, ReportColumn, ReportTable, table
from cchc_desk.domain.text.vietnamese import sort_key

Figures = tuple[Figure, ...]


@dataclass(frozen=True)
class Count:
    """A column that counts the dossiers of its figures; no dossier is of two of them."""

    head: Head
    figures: Figures

    @property
    def needed(self) -> Figures:
        return self.figures

    def value(self, row: "CountRow") -> int:
        return row.count(self.figures)


@dataclass(frozen=True)
class Share:
    """A column with the share of some dossiers in others; its cell names the former."""

    head: Head
    figures: Figures
    whole: Figures

    @property
    def needed(self) -> Figures:
        return (*self.figures, *self.whole)

    def value(self, row: "CountRow") -> Fraction | None:
        whole = row.count(self.whole)
        return Fraction(row.count(self.figures), whole) if whole else None


@dataclass(frozen=True)
class Balance:
    """A column that shows whether two counts agree: the one less the other; it names nothing."""

    head: Head
    one: Figures
    other: Figures
    figures: Figures = ()

    @property
    def needed(self) -> Figures:
        return (*self.one, *self.other)

    def value(self, row: "CountRow") -> int:
        return row.count(self.one) - row.count(self.other)


@dataclass(frozen=True)
class CountRow:
    """The counts of one group of dossiers; `key` is its value in the dossiers."""

    key: str
    title: str
    counts: Mapping[Figure, int]

    def count(self, figures: Figures) -> int:
        return sum(self.counts[figure] for figure in figures)

    @classmethod
    def sum_of(cls, rows: "tuple[CountRow, ...]", figures: Figures) -> Self:
        """Return the row of the totals."""
        return cls("", TOTAL, {one: sum(row.counts[one] for row in rows) for one in figures})


TOTAL = "Tổng cộng"
UNKNOWN = "Chưa rõ"


@dataclass(frozen=True)
class CountReport:
    """A report as it is declared.

    `name` is its name on the command line, `among` a condition that every counted dossier fulfils,
    `definitions` the lines under its table that say what is counted. `most_first`: of which the row
    with the most stands first; else they stand by their names.
    """

    name: str
    title: str
    grouping: Grouping
    row_title: str
    columns: tuple[Count | Share | Balance, ...]
    among: Condition
    definitions: tuple[str, ...]
    form: Form | None = None
    most_first: Figures = ()

    @property
    def figures(self) -> Figures:
        """Every figure that some column needs, each once."""
        needed = (figure for column in self.columns for figure in column.needed)
        return tuple(dict.fromkeys(needed))

    def by(self, grouping: Grouping | None) -> "CountReport":
        """Return the report with a row for each group of another kind; None: as declared.

        No official form asks for it so.
        """
        if grouping is None or grouping is self.grouping:
            return self
        row_title = ROW_TITLES[grouping]
        title = f"{self.title}, theo {row_title.lower()}"
        return replace(self, title=title, grouping=grouping, row_title=row_title, form=None)

    def table(
        self, rows: tuple[CountRow, ...], totals: Mapping[Figure, int] | None = None
    ) -> ReportTable:
        """Return the finished report, its rows in their order, parts of time as they are.

        `totals` are those of the rows added up, unless they are given.
        """
        first = Head(self.grouping.value, self.row_title, width=0.2, align="left")
        columns = (
            ReportColumn[CountRow](first, lambda row: row.title or UNKNOWN),
            *(ReportColumn(column.head, column.value) for column in self.columns),
        )
        named = sorted(rows, key=_by_name)
        ordered = sorted(named, key=lambda row: -row.count(self.most_first))
        last = CountRow.sum_of(rows, self.figures) if totals is None else _total(totals)
        in_order = rows if self.grouping.is_of_time else ordered
        return table(columns, in_order, lambda row: row.key, last)

    def column(self, name: str) -> Count | Share | Balance | None:
        """Return the column of this name."""
        return next((column for column in self.columns if column.head.name == name), None)


def _by_name(row: CountRow) -> tuple[bool, bytes, str]:
    return not row.title, sort_key(row.title), row.key


def _total(counts: Mapping[Figure, int]) -> CountRow:
    return CountRow("", TOTAL, counts)
