"""A report as a paper of this office."""

from cchc_desk.actions.office import signing
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Report
from cchc_desk.i18n import in_vietnamese
from cchc_desk.papers.forms.report import ReportPaper, written_rows
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.words import ORIGIN_LINES
from cchc_desk.session import Desk


@in_vietnamese()
def report_paper(desk: Desk, report: Report, checked: str) -> ReportPaper:
    """Return what stands on the paper of a report; `checked` says what is open of the checks."""
    desk.require(Permission.READ)
    settings = desk.settings
    return ReportPaper(
        title=report.title,
        first=report.asked.first,
        last=report.asked.last,
        origin_line=ORIGIN_LINES[report.asked.origin],
        heads=report.table.heads,
        rows=written_rows(report.table),
        definitions=(*report.definitions, checked),
        form=report.form,
        agency=Agency(settings["parent_agency"], settings["unit_name"]),
        receiver=settings["parent_agency"],
        place=settings["place"],
        made=report.made.date(),
        signer=signing.lines_of_whoever_signs(desk),
        watermark=desk.watermark,
    )
