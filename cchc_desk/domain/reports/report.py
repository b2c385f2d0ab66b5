"""A report of a period as it was made: its table and what stands around it."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_desk.domain.figures import Origin
from cchc_desk.domain.reports.groupings import Grouping
from cchc_desk.domain.reports.table import ReportTable


@dataclass(frozen=True)
class Form:
    """An official form: its number, what ordered it, the unit of its numbers."""

    number: str
    ordered: str
    unit: str


@dataclass(frozen=True)
class Asked:
    """What a report is asked for: the days, both included, and the origin of the dossiers.

    `by`: what each row is of, where a report counts by groups; None: as it is declared.
    """

    first: date
    last: date
    origin: Origin = Origin.ALL
    by: Grouping | None = None


@dataclass(frozen=True)
class Correction:
    """A cell of a frozen report that would be counted otherwise today."""

    row: str
    column: str
    frozen: str
    now: str


@dataclass(frozen=True)
class Frozen:
    """When a report was frozen, the hash of its facts, and what would be counted otherwise now."""

    at: datetime
    sha256: str
    paper: int
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Report:
    """A finished report; `definitions` are the lines under its table that say what is counted.

    `frozen`: of a month whose figures are frozen; the table is as it was then.
    """

    name: str
    title: str
    asked: Asked
    made: datetime
    table: ReportTable
    definitions: tuple[str, ...]
    form: Form | None = None
    frozen: Frozen | None = None

    @property
    def is_personal(self) -> bool:
        """True when some column is about citizens."""
        return any(head.personal for head in self.table.heads)
