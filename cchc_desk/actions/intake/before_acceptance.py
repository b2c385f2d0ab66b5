"""Before anything is accepted: what came from the portal, the slip of what is lacking, the
refusal.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from cchc_desk.actions.dossiers.steps import MOST_ITEMS, line_of, said
from cchc_desk.actions.intake.intake import Intake, cleaned, the_procedure
from cchc_desk.actions.office import numbers
from cchc_desk.domain.dossiers.dossier import Status, Step, step
from cchc_desk.domain.dossiers.registrations import Registration
from cchc_desk.domain.dossiers.slips import REFUSAL, SUPPLEMENT, Slip
from cchc_desk.domain.ledger.facts.intake import RefusalGiven, Registered, RegistrationRefused
from cchc_desk.domain.ledger.facts.pauses import Requested
from cchc_desk.domain.people.applicant import (
    Applicant,
    ApplicantKind,
    Submitter,
    applicant_problems,
)
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, due_moment
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.papers import registrations, visitors
from cchc_desk.store.papers.slips import add_slip

LONGEST_CODE = 60


@dataclass(frozen=True)
class WaitingRow:
    """What came from the portal and waits: who it is from, and whether the limit to answer it has
    passed.
    """

    registration: Registration
    applicant: Applicant
    submitter: Submitter | None
    note: str
    late: bool


def register_online(
    desk: Desk, intake: Intake, portal_code: str, submitted: datetime
) -> Registration:
    """Notes what the portal brought; it must be accepted or refused within its own limit (a setting
    [G]).
    """
    desk.require(Act.REGISTER)
    now, intake, code = desk.now(), cleaned(intake), clean_line(portal_code)
    if not code or len(code) > LONGEST_CODE:
        raise Refused(
            "portal-code",
            _("Hãy nhập mã hồ sơ của Cổng, dài không quá {most} ký tự.").format(most=LONGEST_CODE),
            "portal_code",
        )
    if submitted > now:
        raise Refused(
            "received-future",
            _("Lúc nộp trên Cổng không thể ở sau bây giờ; hãy sửa lại."),
            "submitted",
        )
    procedure = _checked(desk, intake)
    with desk.write() as connection:
        limit = TimeLimit(LimitUnit.WORKING_MINUTES, 60 * desk.settings["online_answer_hours"])
        one = Registration(
            id=str(uuid.uuid4()),
            portal_code=code,
            status=Status.REGISTERED,
            procedure_code=procedure[0],
            procedure_name=procedure[1],
            submitted=submitted,
            answer_by=due_moment(submitted, limit, desk.calendar).moment,
            entered=now,
        )
        if registrations.registration_by(connection, code):
            raise Refused(
                "portal-code-known",
                _("Hồ sơ {code} của Cổng đã được ghi nhận.").format(code=code),
                "portal_code",
            )
        registrations.add_registration(connection, one, _form(intake))
        desk.record(connection, Registered(code, procedure[1]), one.id, event=submitted)
    return one


def waiting(desk: Desk) -> tuple[WaitingRow, ...]:
    """What came from the portal and is not answered yet, the most pressing first."""
    desk.require(Act.READ)
    now = desk.now()
    with desk.read() as connection:
        found = registrations.waiting_registrations(connection)
        forms = [visitors.visitor_of(connection, one.id) for one in found]
    return tuple(
        WaitingRow(
            registration=one,
            applicant=applicant_in(form),
            submitter=submitter_in(form),
            note=form["note"],
            late=now > one.answer_by,
        )
        for one, form in zip(found, forms, strict=True)
    )


def refuse(desk: Desk, intake: Intake, reason: str, portal_code: str = "") -> Slip:
    """Refuses to take a dossier in: a numbered slip with the reason, no code spent (Mẫu 03)."""
    desk.require(Act.REFUSE)
    intake, reason = cleaned(intake), said(reason, _("Hãy ghi lý do từ chối."))
    procedure = _checked(desk, intake)
    with desk.write() as connection:
        one = registered(connection, portal_code)
        if one:
            status = step(one.status, Step.REFUSE, one.portal_code)
            registrations.answer_registration(connection, one, status, desk.now())
            desk.record(connection, RegistrationRefused(one.portal_code, reason), one.id)
        slip = _slip(desk, connection, REFUSAL, procedure, reason, (), one)
        add_slip(connection, slip, _form(intake))
        desk.record(connection, RefusalGiven(slip.number_text, reason), slip.id)
    return slip


def ask_for_lacking(desk: Desk, intake: Intake, items: Iterable[str], reason: str) -> Slip:
    """The slip of what is lacking, before anything is accepted (Mẫu 02): nothing accepted, no code
    spent.
    """
    desk.require(Act.REQUEST)
    intake, reason = cleaned(intake), said(reason, _("Hãy ghi lý do yêu cầu bổ sung."))
    wanted = tuple(filter(None, (line_of(item, "items") for item in items)))
    if not wanted or len(wanted) > MOST_ITEMS:
        raise Refused(
            "items-missing",
            _("Hãy ghi từ 1 đến {most} giấy tờ, nội dung còn thiếu.").format(most=MOST_ITEMS),
            "items",
        )
    procedure = _checked(desk, intake)
    with desk.write() as connection:
        slip = _slip(desk, connection, SUPPLEMENT, procedure, reason, wanted, None)
        add_slip(connection, slip, _form(intake))
        desk.record(connection, Requested(slip.number_text, reason, wanted), slip.id)
    return slip


def registered(connection: Connection, portal_code: str) -> Registration | None:
    """What waits under this portal code; Refused ("unknown-portal-code") for a code that never
    came.
    """
    code = clean_line(portal_code)
    if not code:
        return None
    one = registrations.registration_by(connection, code)
    if one is None:
        raise Refused(
            "unknown-portal-code",
            _("Chưa ghi nhận hồ sơ «{code}» của Cổng.").format(code=code),
            "portal_code",
        )
    return one


def _checked(desk: Desk, intake: Intake) -> tuple[str, str]:
    """The code and name of the procedure, once the person is known well enough to write to."""
    for problem in applicant_problems(intake.applicant, desk.now().date()):
        raise problem
    version = the_procedure(desk, intake.procedure)
    return version.code, version.name


def _slip(
    desk: Desk,
    connection: Connection,
    kind: str,
    procedure: tuple[str, str],
    reason: str,
    items: tuple[str, ...],
    one: Registration | None,
) -> Slip:
    now, symbol = desk.now(), desk.settings[f"{kind}_symbol"]
    return Slip(
        id=str(uuid.uuid4()),
        kind=kind,
        code="",
        symbol=symbol,
        year=now.year,
        number=numbers.paper_number(desk, connection, symbol, now),
        made=now,
        made_by=desk.require(Act.READ).id,
        reason=reason,
        items=items,
        again=False,
        procedure_code=procedure[0],
        procedure_name=procedure[1],
        registration=one.id if one else None,
    )


def _form(intake: Intake) -> dict[str, Any]:
    who = asdict(intake.applicant)
    who |= {
        "kind": intake.applicant.kind.value,
        "born": intake.applicant.born and intake.applicant.born.isoformat(),
    }
    return {
        "applicant": who,
        "submitter": asdict(intake.submitter) if intake.submitter else None,
        "note": intake.note,
    }


def applicant_in(form: Mapping[str, Any]) -> Applicant:
    """The person in a kept form."""
    who = form["applicant"]
    born = date.fromisoformat(who["born"]) if who["born"] else None
    return Applicant(**who | {"kind": ApplicantKind(who["kind"]), "born": born})


def submitter_in(form: Mapping[str, Any]) -> Submitter | None:
    """Who brought it for somebody else, in a kept form."""
    return Submitter(**form["submitter"]) if form["submitter"] else None
