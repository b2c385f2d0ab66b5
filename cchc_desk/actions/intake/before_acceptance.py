"""Acts before acceptance: registrations of the portal, supplement slips, refusals."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cchc_desk.actions.dossiers.steps import MOST_ITEMS, line_of, required_reason
from cchc_desk.actions.intake.intake import (
    LATEST_ENTRY,
    Intake,
    cleaned,
    printable_problems,
    received_long_ago,
    the_procedure,
)
from cchc_desk.actions.office import numbers, printable
from cchc_desk.domain.dossiers.dossier import Status, Step, step
from cchc_desk.domain.dossiers.registrations import Registration
from cchc_desk.domain.ledger.facts.intake import RefusalGiven, Registered, RegistrationRefused
from cchc_desk.domain.ledger.facts.pauses import Requested
from cchc_desk.domain.papers.slips import REFUSAL, SUPPLEMENT, Slip
from cchc_desk.domain.people.applicant import (
    Applicant,
    ApplicantKind,
    Submitter,
    applicant_in,
    applicant_problems,
    nonsense_problems,
    submitter_in,
    submitter_problems,
)
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.domain.text.scan import payload_of
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, due_moment
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection, readable
from cchc_desk.store.papers import registrations, visitors
from cchc_desk.store.papers.slips import add_slip

LONGEST_CODE = 60


@dataclass(frozen=True)
class WaitingRow:
    """A registration of the portal that waits; `late` when the limit to answer it has passed."""

    registration: Registration
    applicant: Applicant
    submitter: Submitter | None
    note: str
    late: bool


def register_online(
    desk: Desk, intake: Intake, portal_code: str, submitted: datetime
) -> Registration:
    """Note a registration of the portal, to be answered within its own limit (a setting [G]).

    Raises Refused("portal-code"), ("received-future"), ("received-long-ago"),
    ("portal-code-known").
    """
    desk.require(Permission.REGISTER)
    now, intake, code = desk.now(), cleaned(intake), _portal_code(portal_code)
    if submitted > now:
        raise Refused(
            "received-future",
            _("Lúc nộp trên Cổng không thể ở sau bây giờ; hãy sửa lại."),
            "submitted",
        )
    if now - submitted > LATEST_ENTRY:
        raise received_long_ago("submitted")
    procedure = _checked(desk, intake)
    with desk.write() as connection:
        limit = TimeLimit(LimitUnit.WORKING_MINUTES, 60 * desk.settings["online_answer_hours"])
        registration = Registration(
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
        registrations.add_registration(connection, registration, _form(intake))
        registered = Registered(code, procedure[1])
        desk.record(connection, registered, registration.id, event=submitted)
    return registration


def _portal_code(text: str) -> str:
    code = clean_line(payload_of(text))
    printable.check_printable(code, "portal_code")
    if not _PORTAL_CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise Refused(
            "portal-code",
            _("Hãy nhập mã hồ sơ của Cổng, dài không quá {most} ký tự.").format(most=LONGEST_CODE),
            "portal_code",
        )
    return code


_PORTAL_CODE = re.compile(r"[\w./-]*[0-9][\w./-]*")


def waiting(desk: Desk) -> tuple[WaitingRow, ...]:
    """Return the registrations not answered yet, the most pressing first; to processors none."""
    now = desk.now()
    if desk.require(Permission.READ).role not in ALLOWED[Permission.SEE_ALL]:
        return ()
    with desk.read() as connection:
        unanswered = registrations.waiting_registrations(connection)
        return tuple(_waiting(connection, registered, now) for registered in unanswered)


def _waiting(connection: Connection, registration: Registration, now: datetime) -> WaitingRow:
    """Return the line of a registration; one whose form cannot be read says so in its place."""
    try:
        with readable(registration.id):
            form = visitors.visitor_of(connection, registration.id)
            who, by, note = applicant_in(form), submitter_in(form), str(form["note"])
    except Trouble:
        who, by, note = Applicant(ApplicantKind.PERSON, _("hồ sơ bị hỏng")), None, ""
    return WaitingRow(registration, who, by, note, late=now > registration.answer_by)


def refuse(desk: Desk, intake: Intake, reason: str, portal_code: str = "") -> Slip:
    """Refuse a dossier by a numbered slip with the reason; no code is spent (Mẫu 03).

    Raises Refused("reason-missing"), ("unknown-portal-code"), and as the checks of the person.
    """
    desk.require(Permission.REFUSE)
    intake, reason = cleaned(intake), required_reason(reason, _("Hãy ghi lý do từ chối."))
    procedure = _checked(desk, intake)
    with desk.write() as connection:
        registration = registered(connection, portal_code)
        if registration:
            status = step(registration.status, Step.REFUSE, registration.portal_code)
            registrations.answer_registration(connection, registration, status, desk.now())
            refused = RegistrationRefused(registration.portal_code, reason)
            desk.record(connection, refused, registration.id)
        slip = _slip(desk, connection, REFUSAL, procedure, reason, (), registration)
        add_slip(connection, slip, _form(intake))
        desk.record(connection, RefusalGiven(slip.number_text, reason), slip.id)
    return slip


def ask_for_lacking(desk: Desk, intake: Intake, items: Iterable[str], reason: str) -> Slip:
    """Give a slip of lacking papers before acceptance (Mẫu 02); no code is spent.

    Raises Refused("reason-missing"), ("items-missing"), and as the checks of the person.
    """
    desk.require(Permission.REQUEST)
    intake, reason = cleaned(intake), required_reason(reason, _("Hãy ghi lý do yêu cầu bổ sung."))
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
    """Return the registration under this portal code, None for no code.

    Raises Refused("unknown-portal-code") for a code that never came.
    """
    code = clean_line(portal_code)
    if not code:
        return None
    registration = registrations.registration_by(connection, code)
    if registration is None:
        raise Refused(
            "unknown-portal-code",
            _("Chưa ghi nhận hồ sơ «{code}» của Cổng.").format(code=code),
            "portal_code",
        )
    return registration


def _checked(desk: Desk, intake: Intake) -> tuple[str, str]:
    """Return the code and name of the procedure, once the person can be written to."""
    for problem in applicant_problems(intake.applicant, desk.now().date()):
        raise problem
    for problem in (*printable_problems(intake), *nonsense_problems(intake.applicant)):
        raise problem
    if intake.submitter:
        by = (*submitter_problems(intake.submitter), *nonsense_problems(intake.submitter))
        for problem in by:
            raise Refused(problem.code, problem.message, f"submitter_{problem.field}")
    version = the_procedure(desk, intake.procedure)
    return version.code, version.name


def _slip(
    desk: Desk,
    connection: Connection,
    kind: str,
    procedure: tuple[str, str],
    reason: str,
    items: tuple[str, ...],
    registration: Registration | None,
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
        made_by=desk.require(Permission.READ).id,
        reason=reason,
        items=items,
        again=False,
        procedure_code=procedure[0],
        procedure_name=procedure[1],
        registration=registration.id if registration else None,
    )


def _form(intake: Intake) -> dict[str, Any]:
    applicant = asdict(intake.applicant)
    applicant |= {
        "kind": intake.applicant.kind.value,
        "born": intake.applicant.born and intake.applicant.born.isoformat(),
    }
    return {
        "applicant": applicant,
        "submitter": asdict(intake.submitter) if intake.submitter else None,
        "note": intake.note,
    }
