"""The overview of a period: the late share against its line, and the reports that are drawn."""

from dataclasses import dataclass

from cchc_desk.actions.boards import morning
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.lateness.responsibility import FuseAnswer
from cchc_desk.actions.reports import reports
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.pictures import PICTURED, Drawn, drawn
from cchc_desk.domain.reports.report import Asked
from cchc_desk.i18n import in_vietnamese
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.overview import OverviewPaper, overview_pdf
from cchc_desk.session import Desk


@dataclass(frozen=True)
class Overview:
    """What a leader looks at first; `drawn` in the order of PICTURED."""

    asked: Asked
    answer: FuseAnswer
    drawn: tuple[Drawn, ...]

    @property
    def share(self) -> str:
        """Return the late share in per cent, or a dash."""
        return morning.share_text(self.answer.fuse)

    @property
    def words(self) -> str:
        """Return the share with what is left until the line, and the portal's count."""
        words = morning.fuse_words(self.answer)
        return words[0].upper() + words[1:]


def make(desk: Desk, asked: Asked) -> Overview:
    """Return the overview of a period. Raises Refused("period")."""
    desk.require(Permission.READ)
    answer = responsibility.fuse(desk, asked.first, asked.last, asked.origin)
    made = (reports.make(desk, name, asked) for name in PICTURED)
    return Overview(asked, answer, tuple(drawn(report, answer.fuse.line) for report in made))


@in_vietnamese()
def paper(desk: Desk, asked: Asked) -> bytes:
    """Return the overview of a period as PDF. Raises Refused("period")."""
    desk.require(Permission.READ)
    made, settings = make(desk, asked), desk.settings
    return overview_pdf(
        OverviewPaper(
            asked,
            made.words,
            made.drawn,
            Agency(settings["parent_agency"], settings["unit_name"]),
            settings["place"],
            desk.now().date(),
            desk.watermark,
        )
    )
