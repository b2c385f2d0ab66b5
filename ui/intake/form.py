"""What stands on the intake page as plain data: kept as a draft, and turned into an Intake."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from cchc_desk.actions.intake import Intake
from cchc_desk.domain.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.dossier import PaperCount
from cchc_desk.domain.procedure import Channel
from cchc_desk.errors import Refused
from ui.widgets.date_field import read_day
from ui.widgets.tick_list import Tick


@dataclass(frozen=True)
class IntakeForm:
    """The texts as they were typed. `received_day` and `received_time` are empty unless it is a late entry."""

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
    ticks: tuple[Tick, ...] = ()

    @property
    def is_empty(self) -> bool:
        return replace(self, ticks=(), kind="", channel="", sets=1) == IntakeForm(kind="", channel="")


def to_json(form: IntakeForm) -> dict[str, Any]:
    return asdict(form)


def from_json(data: dict[str, Any]) -> IntakeForm:
    """The form of a draft; what an older program kept and this one does not know is left out."""
    known = {field.name for field in fields(IntakeForm)}
    kept = {key: value for key, value in data.items() if key in known}
    return IntakeForm(**kept | {"ticks": tuple(Tick(**tick) for tick in kept.get("ticks", ()))})


def to_intake(form: IntakeForm, now: datetime) -> Intake:
    """The dossier to take in; Refused beside "born" or "received" when a day cannot be read."""
    person = form.kind == ApplicantKind.PERSON.value
    return Intake(
        procedure=form.procedure,
        applicant=Applicant(
            kind=ApplicantKind(form.kind),
            name=form.name,
            id_number=form.id_number,
            born=_born(form, now) if person else None,
            sex=form.sex if person else "",
            address=form.address,
            phone=form.phone,
            email=form.email,
            representative="" if person else form.representative,
        ),
        submitter=_submitter(form),
        channel=Channel(form.channel),
        sets=form.sets,
        papers=tuple(PaperCount(t.name, t.original, t.certified, t.copy) for t in form.ticks if t.ticked),
        note=form.note,
        limit=form.limit or None,
        received=_received(form, now),
    )


def _born(form: IntakeForm, now: datetime) -> Any:
    try:
        return read_day(form.born, now.year)
    except ValueError as error:
        raise Refused(
            "born-unreadable",
            f"«{form.born}» không phải ngày có thật; hãy ghi ngày/tháng/năm, chỉ biết năm thì để trống.",
            "born",
        ) from error


def _submitter(form: IntakeForm) -> Submitter | None:
    typed = (form.submitter_name, form.submitter_id_number, form.submitter_phone, form.submitter_relation)
    return Submitter(*typed) if any(part.strip() for part in typed) else None


def _received(form: IntakeForm, now: datetime) -> datetime | None:
    if not form.received_day.strip() and not form.received_time.strip():
        return None
    try:
        day = read_day(form.received_day, now.year) or now.date()
        hour, _, minute = form.received_time.strip().replace("g", ":").replace("h", ":").partition(":")
        return datetime(day.year, day.month, day.day, int(hour), int(minute or 0))
    except ValueError as error:
        raise Refused(
            "received-unreadable",
            "Lúc nhận giấy tờ chưa đọc được; hãy ghi ngày như 20/11/2026 và giờ như 14:05.",
            "received",
        ) from error
