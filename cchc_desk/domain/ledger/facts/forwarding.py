"""Facts of a dossier that was taken in for another agency: forwarded, received there."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.ledger.facts.base import Clear, DossierFacts, Names
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, moment


@dataclass(frozen=True)
class Forwarded(DossierFacts):
    """The papers went to the competent agency; `forward_by` is until when they had to."""

    agency: Clear
    forward_by: datetime
    in_time: bool

    act = Act.FORWARD

    def sentence(self, names: Names) -> str:
        late = (
            "" if self.in_time else _(" (quá hạn chuyển {by})").format(by=moment(self.forward_by))
        )
        return _("Chuyển hồ sơ nhận thay tới {agency}").format(agency=self.agency) + late


@dataclass(frozen=True)
class AgencyReceived(DossierFacts):
    """The competent agency has the papers since `received`; its own time ends at `due`."""

    agency: Clear
    received: datetime
    due: datetime

    act = Act.AGENCY_RECEIVED

    def sentence(self, names: Names) -> str:
        return _("{agency} nhận hồ sơ lúc {received}, hạn của cơ quan ấy {due}").format(
            agency=self.agency, received=moment(self.received), due=moment(self.due)
        )
