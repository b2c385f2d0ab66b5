"""Facts of a month's figures: frozen report by report, opened again."""

from dataclasses import dataclass

from cchc_desk.domain.ledger.facts.base import Clear, Facts, Names, PaperFacts, Personal
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
