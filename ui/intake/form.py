"""The intake page as plain data: saved as a draft, and turned into an Intake."""

import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any

from cchc_desk.actions.intake.before_acceptance import WaitingRow
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lists.receipts import ReceiptForm
from cchc_desk.domain.dossiers.dossier import PaperCount
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.lists.watched import is_whole_day
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.people.birth import Birth, birth_text, read_partial
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from ui.widgets.fields.date_field import read_day
from ui.widgets.fields.tick_list import Tick

_NO_YEAR = re.compile(r"(\d{1,2})[/\-. ](\d{1,2})")
_TIME = re.compile(r"(\d{1,2})(?:[:.hg](\d{2})?)?|(\d{2})(\d{2})")


@dataclass(frozen=True)
class IntakeForm:
    """Texts as typed; `received_day`, `received_time`, `paper_receipt` are of a late entry."""

    kind: str = ApplicantKind.PERSON.value
    name: str = ""
    id_number: str = ""
    born: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""
    submitter_name: str = ""
    submitter_id_number: str = ""
    submitter_phone: str = ""
    submitter_relation: str = ""
    procedure: str = ""
    limit: str = ""
    channel: str = Channel.DIRECT.value
    sets: int = 1
    note: str = ""
    received_day: str = ""
    received_time: str = ""
    paper_receipt: str = ""
    portal_code: str = ""
    for_agency: str = ""
    receipt: str = ""  # of another system, from which the form was filled in
    ticks: tuple[Tick, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.kind == ApplicantKind.PERSON.value

    @property
    def is_empty(self) -> bool:
        return replace(self, ticks=(), kind="", channel="", sets=1) == IntakeForm(
            kind="", channel=""
        )


def to_json(form: IntakeForm) -> dict[str, Any]:
    return asdict(form)


def from_json(data: dict[str, Any]) -> IntakeForm:
    """Return the form of a draft; fields of other versions of the program are left out."""
    known = {field.name for field in fields(IntakeForm)}
    kept = {key: value for key, value in data.items() if key in known}
    return IntakeForm(**kept | {"ticks": tuple(Tick(**tick) for tick in kept.get("ticks", ()))})


def to_intake(form: IntakeForm, now: datetime) -> Intake:
    """The dossier to take in; Refused beside "born" or "received" when a day cannot be read."""
    return Intake(
        procedure=form.procedure,
        applicant=to_applicant(form, now),
        submitter=to_submitter(form),
        channel=Channel(form.channel),
        sets=form.sets,
        papers=tuple(
            PaperCount(t.name, t.original, t.certified, t.copy) for t in form.ticks if t.ticked
        ),
        note=form.note,
        limit=form.limit.strip() or None,
        received=to_received(form, now),
        portal_code=form.portal_code,
        paper_receipt=form.paper_receipt,
        for_agency=form.for_agency,
        receipt=form.receipt,
    )


def from_people(who: Applicant, by: Submitter | None) -> IntakeForm:
    """Return the form with its owner and who hands the dossier in, all else as it begins."""
    return IntakeForm(
        kind=who.kind.value,
        name=who.name,
        id_number=who.id_number,
        born=birth_text(who.born),
        sex=who.sex,
        address=who.address,
        phone=who.phone,
        email=who.email,
        representative=who.representative,
        submitter_name=by.name if by else "",
        submitter_id_number=by.id_number if by else "",
        submitter_phone=by.phone if by else "",
        submitter_relation=by.relation if by else "",
    )


def from_registration(row: WaitingRow) -> IntakeForm:
    """The form of what came from the portal, to be completed with its papers and accepted."""
    return replace(
        from_people(row.applicant, row.submitter),
        procedure=row.registration.procedure_code,
        channel=Channel.ONLINE.value,
        note=row.note,
        portal_code=row.registration.portal_code,
    )


def from_receipt(found: ReceiptForm, now: datetime) -> IntakeForm:
    """The form that a receipt of another system fills; when it was received there only if past.

    A day without its hour leaves the hour to the clerk.
    """
    form = replace(
        from_people(found.applicant, None),
        procedure=found.procedure,
        portal_code=found.code,
        receipt=found.text,
    )
    at = found.received
    if at is None or at > now:
        return form
    hour = "" if is_whole_day(at) else f"{at:%H:%M}"
    return replace(form, received_day=f"{at:%d/%m/%Y}", received_time=hour)


def to_applicant(form: IntakeForm, now: datetime) -> Applicant:
    """Return the owner; Refused ("born-unreadable") for what is no date."""
    return Applicant(
        kind=ApplicantKind(form.kind),
        name=form.name,
        id_number=form.id_number,
        born=_born(form, now) if form.is_person else None,
        sex=form.sex if form.is_person else "",
        address=form.address,
        phone=form.phone,
        email=form.email,
        representative="" if form.is_person else form.representative,
    )


def _born(form: IntakeForm, now: datetime) -> Birth | None:
    try:
        partial = read_partial(form.born)
        return partial if partial and partial.year <= now.year else read_day(form.born, now.year)
    except ValueError as error:
        raise Refused(
            "born-unreadable",
            _(
                "«{born}» không phải ngày có thật; hãy ghi như 17/05/1990, chỉ biết năm thì ghi "
                "năm: 1990."
            ).format(born=form.born.strip()),
            "born",
        ) from error


def to_submitter(form: IntakeForm) -> Submitter | None:
    """Return who brought it for the owner, None when nothing is typed there."""
    typed = (
        form.submitter_name,
        form.submitter_id_number,
        form.submitter_phone,
        form.submitter_relation,
    )
    return Submitter(*typed) if any(part.strip() for part in typed) else None


def to_received(form: IntakeForm, now: datetime) -> datetime | None:
    """Return when the papers came, None for now. Raises Refused("received-unreadable")."""
    if not form.received_day.strip() and not form.received_time.strip():
        return None
    try:
        return datetime.combine(
            _read_past_day(form.received_day, now.date()), _read_time(form.received_time)
        )
    except ValueError as error:
        raise Refused(
            "received-unreadable",
            _("Lúc nhận giấy tờ chưa đọc được; hãy ghi ngày như 20/11/2026 và giờ như 14:05."),
            "received",
        ) from error


def _read_past_day(text: str, today: date) -> date:
    """Return the day that was typed; without a year the last such day, today for ""."""
    match = _NO_YEAR.fullmatch(text.strip())
    if match is None:
        return read_day(text, today.year) or today
    day, month = int(match[1]), int(match[2])
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def _read_time(text: str) -> time:
    """A time as people type it (14:05, 14h05, 14h, 1405); ValueError when it is none."""
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    return time(int(match[1] or match[3]), int(match[2] or match[4] or 0))
