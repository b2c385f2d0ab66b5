"""Facts of a month's figures: frozen report by report, opened again; of the sets that are sent."""

from dataclasses import dataclass
from datetime import date

from cchc_desk.domain.ledger.facts.base import (
    Clear,
    Facts,
    Names,
    PaperFacts,
    Personal,
    TableFacts,
)
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _


@dataclass(frozen=True)
class ReportFrozen(PaperFacts):
    """A report of a month as a paper of its own; the month is the entry's code."""

    report: Clear

    act = Act.FREEZE

    def sentence(self, names: Names) -> str:
        return _("Chốt số liệu báo cáo {report}").format(report=self.report)


@dataclass(frozen=True)
class MonthOpened(Facts):
    """The figures of a month, the entry's code, are no longer frozen."""

    reason: Personal

    act = Act.UNFREEZE


@dataclass(frozen=True)
class ReportSetKept(TableFacts):
    """A set of reports as it is from now on, new or changed."""

    report_set: int
    name: Clear
    receiver: Clear
    reports: tuple[Clear, ...]
    every: Clear
    closing: int
    due_day: int

    act = Act.REPORT_SET


@dataclass(frozen=True)
class ReportSetRemoved(TableFacts):
    """A set is asked for no more; what was made of it stays."""

    removed: int
    name: Clear

    act = Act.REPORT_SET


@dataclass(frozen=True)
class BundleMade(TableFacts):
    """The reports of a period left as one file; `frozen`: those that were as frozen."""

    bundle: int
    report_set: int
    first: date
    last: date
    reports: tuple[Clear, ...]
    file: Clear
    sha256: Clear
    frozen: tuple[Clear, ...] = ()

    act = Act.REPORT_BUNDLE


@dataclass(frozen=True)
class BundleSent(TableFacts):
    """Somebody sent a bundle on a day, in this way."""

    bundle: int
    on: date
    how: Personal

    act = Act.REPORT_SENT
