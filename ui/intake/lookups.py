"""Look-ups of the intake page: the past of the owner, a registration of the portal."""

from dataclasses import replace
from datetime import datetime

from cchc_desk.actions.intake import before_acceptance, intake, people
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.intake.people import Known
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.people.applicant import Applicant
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.intake.form import IntakeForm, from_registration, to_applicant, to_submitter


def look_owner_up(
    desk: Desk, form: IntakeForm, is_complete: bool
) -> tuple[tuple[DossierRow, ...], tuple[str, ...]]:
    """Return the owner's open dossiers, and what is doubtful about the owner alone.

    What lacks is a doubt once the owner `is_complete`.
    """
    rows = intake.open_dossiers_of(desk, form.id_number)
    owner, submitter = _readable_applicant(form, desk.now()), to_submitter(form)
    doubts = intake.warnings_for(desk, Intake("", owner, submitter))
    lacking = people.contact_doubt(owner, submitter) if is_complete and owner.name else ""
    of_owner = tuple(doubt for doubt in doubts if not any(row.code in doubt for row in rows))
    return rows, (*of_owner, lacking) if lacking else of_owner


def look_known_up(desk: Desk, field: str, text: str) -> tuple[Known, ...]:
    """Return who is known by the text of this field of the form."""
    if field == "phone":
        return people.known_by_phone(desk, text)
    if field == "name":
        return people.known_organisations(desk, text)
    return people.known_by_number(desk, text)


def _readable_applicant(form: IntakeForm, now: datetime) -> Applicant:
    try:
        return to_applicant(form, now)
    except Refused:  # an unreadable birth date stands beside its field when F9 asks for it
        return to_applicant(replace(form, born=""), now)


def form_of_registration(desk: Desk, portal_code: str) -> IntakeForm:
    """Return the form of a registration that waits; Refused ("unknown-portal-code")."""
    for row in before_acceptance.waiting(desk):
        if row.registration.portal_code == portal_code:
            return from_registration(row)
    raise Refused(
        "unknown-portal-code",
        _("Hồ sơ «{portal_code}» của Cổng đã được trả lời.").format(portal_code=portal_code),
        "portal_code",
    )
