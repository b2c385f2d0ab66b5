"""Reports that count dossiers by group (domain/reports/counts.py)."""

from dataclasses import dataclass

from cchc_desk.domain.figures import Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.counts import CountReport
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import report_counts


@dataclass(frozen=True)
class CountedReport:
    """Makes a declared report over the desk's dossiers."""

    declared: CountReport

    @property
    def name(self) -> str:
        return self.declared.name

    @property
    def title(self) -> str:
        return self.declared.title

    @property
    def definitions(self) -> tuple[str, ...]:
        return self.declared.definitions

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        with desk.read() as connection:
            rows = report_counts.rows(connection, self.declared, within, asked.origin)
        declared = self.declared
        return Report(
            declared.name,
            declared.title,
            asked,
            desk.now(),
            declared.table(rows),
            declared.definitions,
            declared.form,
        )

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a cell of this group, or of all; none where it counts nothing."""
        desk.require(Permission.READ)
        counted = self.declared.column(column)
        if counted is None:
            return ()
        with desk.read() as connection:
            return report_counts.codes(
                connection, self.declared.grouping, counted.figures, key, within, asked.origin
            )
