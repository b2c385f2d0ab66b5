"""Reports that count dossiers by group or by parts of the period (domain/reports/counts.py)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cchc_desk.domain.figures import Origin, Period
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.counts import CountReport, CountRow
from cchc_desk.domain.reports.groupings import Grouping, part_name, parts
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import ReportTable
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import report_counts
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.papers import slips

_CHANNELS = {
    Channel.DIRECT.value: "Trực tiếp",
    Channel.ONLINE.value: "Trực tuyến",
    Channel.POST.value: "Bưu chính",
}


@dataclass(frozen=True)
class CountedReport:
    """Makes a declared report over the desk's dossiers, by the groups that are asked for."""

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
        """Return the report. Raises Refused("too-many-parts")."""
        desk.require(Permission.READ)
        report = self.declared.by(asked.by)
        with desk.read() as connection:
            if report.grouping.is_of_time:
                made = _by_parts(connection, report, asked, within)
            else:
                rows = report_counts.rows(connection, report, within, asked.origin)
                made = report.table(tuple(_titled(desk, report.grouping, row) for row in rows))
        return Report(
            report.name, report.title, asked, desk.now(), made, report.definitions, report.form
        )

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a cell of this group, or of all; none where it counts nothing."""
        desk.require(Permission.READ)
        report = self.declared.by(asked.by)
        counted = report.column(column)
        if counted is None or not counted.figures:
            return ()
        grouping = report.grouping
        if grouping.is_of_time and key is not None:
            within = next(
                part for name, _title, part in _parts(asked, within, grouping) if name == key
            )
            key = None
        with desk.read() as connection:
            return report_counts.codes(
                connection, grouping, counted.figures, key, within, asked.origin
            )


class MovementsReport(CountedReport):
    """Makes the report of all that happened to dossiers, and how many were refused at the desk."""

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report. Raises as CountedReport."""
        made = super().make(desk, asked, within)
        with desk.read() as connection:
            refused = slips.refusals(connection, within)
        if asked.origin is Origin.LIST:  # they were refused here
            return made
        line = f"Từ chối tiếp nhận trong kỳ: {refused} phiếu (không thành hồ sơ)."
        return replace(made, definitions=(*made.definitions, line))


def _titled(desk: Desk, grouping: Grouping, row: CountRow) -> CountRow:
    """Return the row with a name that people know its group by."""
    match grouping:
        case Grouping.CHANNEL:
            return replace(row, title=_CHANNELS.get(row.key, row.title))
        case Grouping.ORIGIN if not row.key:
            return replace(row, title="Tại quầy")
        case Grouping.DESK:
            own = row.key == desk.id
            return replace(row, title="Quầy này" if own else f"Quầy {row.key[:8]}")
    return row


# --- the period in parts --------------------------------------------------------------------------


def _parts(asked: Asked, within: Period, grouping: Grouping) -> Iterator[tuple[str, str, Period]]:
    """Yield key, name and period of each part that has begun. Raises Refused("too-many-parts")."""
    for first, last in parts(asked.first, asked.last, grouping):
        part = Period.until_now(first, last, within.now)
        if part.start <= part.end:
            yield first.isoformat(), part_name(first, last, grouping), part


def _by_parts(
    connection: Connection, report: CountReport, asked: Asked, within: Period
) -> ReportTable:
    """Count each part for itself, and the whole: what is carried over is of several parts."""
    rows = tuple(
        CountRow(key, title, _counts(connection, report, part, asked.origin).counts)
        for key, title, part in _parts(asked, within, report.grouping)
    )
    return report.table(rows, _counts(connection, report, within, asked.origin).counts)


def _counts(
    connection: Connection, report: CountReport, within: Period, origin: Origin
) -> CountRow:
    by_field = report.by(Grouping.FIELD)
    rows = report_counts.rows(connection, by_field, within, origin)
    return CountRow.sum_of(rows, report.figures)
