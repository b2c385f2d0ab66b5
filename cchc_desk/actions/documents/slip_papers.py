"""The numbered slips on paper: supplement (Mẫu 02), refusal (Mẫu 03), stop."""

from dataclasses import dataclass, replace

from cchc_desk.actions.documents.paper_words import addressee, counted, desk_in_commune, form_name
from cchc_desk.actions.office import accounts
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.segments import FIRST_STEP
from cchc_desk.domain.dossiers.slips import REFUSAL, STOP, SUPPLEMENT, Slip
from cchc_desk.domain.law.regime import Regime, regime_on
from cchc_desk.domain.people.applicant import (
    Applicant,
    ApplicantKind,
    handed_in_by,
    submitter_in,
)
from cchc_desk.domain.people.officials import Role
from cchc_desk.papers.forms import refusal, stop_notice, supplement
from cchc_desk.papers.forms.refusal import Refusal
from cchc_desk.papers.forms.slip import Citizen, SlipHead
from cchc_desk.papers.forms.stop_notice import StopNotice
from cchc_desk.papers.forms.supplement import Supplement
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.session import Desk
from cchc_desk.store.office import procedures
from cchc_desk.store.papers import registrations, visitors

SLIP_KINDS = (SUPPLEMENT, REFUSAL, STOP)


@dataclass(frozen=True)
class SlipPaper:
    """A slip to be printed; `dossier` is None where nothing was accepted."""

    slip: Slip
    who: Applicant
    dossier: Dossier | None

    @property
    def citizen(self) -> Citizen:
        who = self.who
        organisation = who.kind is ApplicantKind.ORGANISATION
        return Citizen(
            who.name, who.address, who.phone, who.email, self.slip.procedure_name, organisation
        )


def slip_text(desk: Desk, paper: SlipPaper) -> Supplement | Refusal | StopNotice:
    """Return the slip in the form of its kind, one of SLIP_KINDS, with no mark of a reprint."""
    if paper.slip.kind == SUPPLEMENT:
        return _supplement(desk, paper)
    if paper.slip.kind == REFUSAL:
        return _refusal(desk, paper)
    assert paper.slip.kind == STOP, "there is no other kind of slip"
    return _stop(desk, paper)


def _supplement(desk: Desk, paper: SlipPaper) -> Supplement:
    slip, regime, unit = paper.slip, _regime_of(desk, paper), desk.settings["unit_name"]
    return Supplement(
        head=_head(desk, paper, Agency(unit, regime.desk_title), supplement.TITLE),
        desk=desk_in_commune(regime, unit),
        citizen=paper.citizen,
        items=slip.items,
        reason=slip.reason,
        official=accounts.official_name(desk, slip.made_by),
        hotline=desk.settings["hotline"],
        again=slip.again,
        watermark=desk.watermark,
    )


def _refusal(desk: Desk, paper: SlipPaper) -> Refusal:
    slip, regime, unit = paper.slip, _regime_of(desk, paper), desk.settings["unit_name"]
    with desk.read() as connection:
        registered = slip.registration
        portal = registrations.registration_of(connection, registered) if registered else None
        submitter = submitter_in(visitors.visitor_of(connection, slip.id))
    return Refusal(
        head=_head(desk, paper, Agency(unit, regime.desk_title), refusal.TITLE),
        desk=desk_in_commune(regime, unit),
        citizen=paper.citizen,
        handed_in_by=handed_in_by(paper.who, submitter),
        reason=slip.reason,
        official=accounts.official_name(desk, slip.made_by),
        hotline=desk.settings["hotline"],
        portal_code=portal.portal_code if portal else "",
        submitted=portal.submitted if portal else None,
        id_number=paper.who.id_number if portal else "",
        watermark=desk.watermark,
    )


def _stop(desk: Desk, paper: SlipPaper) -> StopNotice:
    slip, dossier, settings = paper.slip, paper.dossier, desk.settings
    assert dossier is not None, "only an accepted dossier is stopped"
    unit, regime = settings["unit_name"], desk.regime(dossier.regime)
    return StopNotice(
        head=_head(desk, paper, Agency(settings["parent_agency"], unit), stop_notice.TITLE),
        agency_name=unit,
        desk=desk_in_commune(regime, unit),
        citizen=replace(paper.citizen, name=addressee(paper.who)),
        accepted=dossier.accepted,
        due=dossier.first.due,
        counted=counted(dossier, dossier.first),
        stage=dossier.hand_overs[-1].step if dossier.hand_overs else FIRST_STEP,
        reason=slip.reason,
        fee="xử lý theo quy định về thu, nộp phí, lệ phí của thủ tục",
        signer_lines=(settings["signer_authority"], *settings["signer_title"].split("|")),
        signer=_leader_name(desk, slip.made_by),
        hotline=settings["hotline"],
        watermark=desk.watermark,
    )


def _head(desk: Desk, paper: SlipPaper, agency: Agency, title: str) -> SlipHead:
    slip, day = paper.slip, paper.slip.made.date()
    if paper.dossier:
        field = paper.dossier.field
    else:
        with desk.read() as connection:
            version = procedures.version_on(connection, slip.procedure_code, day)
        field = version.field if version else ""
    form = form_name(desk, field, slip.kind, day)
    place = desk.settings["place"]
    return SlipHead(agency, place, slip.number_text, day, title, slip.code, form)


def _regime_of(desk: Desk, paper: SlipPaper) -> Regime:
    if paper.dossier:
        return desk.regime(paper.dossier.regime)
    return regime_on(desk.regimes, paper.slip.made.date())


def _leader_name(desk: Desk, official_id: str) -> str:
    """Return the name of a leader, who signs; "" for others: a leader has yet to sign."""
    officials = accounts.list_officials(desk)
    leaders = {person.id: person.name for person in officials if person.role is Role.LEADER}
    return leaders.get(official_id, "")
