"""JSON files that a verb is given, read into typed requests (docs/console.md)."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from cchc_desk.actions.catalogue.procedure_edit import NO_END, ProcedureEdit
from cchc_desk.actions.data import protection
from cchc_desk.actions.data.new_desk import SetupPlan
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.certify import Request, ToCertify
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain import courtesy
from cchc_desk.domain.dossiers.dossier import PaperCount
from cchc_desk.domain.law import fees
from cchc_desk.domain.law.fees import FeeRule
from cchc_desk.domain.law.procedure import (
    Channel,
    OfficeChoice,
    PaperLabel,
    ProcessStep,
    match_code,
)
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.people.birth import Birth, read_birth, read_partial
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.session import Desk

Shape = dict[str, Any]
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")  # JSON can write it (\ud800), UTF-8 cannot


_SETUP_KEYS = (
    *("province", "ward", "unit_code", "desk_name", "block", "office_hours", "officials"),
    *("parent_agency", "unit_name", "place", "hotline", "encrypt"),
)


def setup_plan(data: Mapping[str, Any]) -> SetupPlan:
    """Read a set-up file into the first-run plan. Raises Refused("file-field")."""
    _only(data, _SETUP_KEYS)
    block = data.get("block", [1, 9999])
    if not (isinstance(block, list) and len(block) == 2 and all(_is_count(n) for n in block)):
        raise _bad("block", "hai số nguyên, ví dụ [1, 1999]")
    encrypt = data.get("encrypt", protection.encrypts_new_desks())
    if not isinstance(encrypt, bool):
        raise _bad("encrypt", "true hoặc false")
    return SetupPlan(
        province=text_of(data, "province"),
        commune=text_of(data, "ward"),
        unit_code=text_of(data, "unit_code"),
        desk_name=text_of(data, "desk_name"),
        block_first=block[0],
        block_last=block[1],
        office_hours=_hours(data),
        officials=tuple(new_official(official) for official in _list(data, "officials")),
        parent_agency=clean_line(text_of(data, "parent_agency")) or None,
        unit_name=clean_line(text_of(data, "unit_name")) or None,
        place=clean_line(text_of(data, "place")) or None,
        hotline=text_of(data, "hotline"),
        encrypt=encrypt,
    )


def _hours(data: Mapping[str, Any]) -> Mapping[str, str]:
    hours = data.get("office_hours", {"mon-fri": "07:30-11:30,13:00-17:00"})
    if not isinstance(hours, dict) or not all(isinstance(value, str) for value in hours.values()):
        raise _bad("office_hours", 'như {"mon-fri": "07:30-11:30,13:00-17:00"}')
    return hours


def new_official(data: Mapping[str, Any]) -> NewOfficial:
    """Read an official of a set-up file. Raises Refused("file-field"), for an unknown key too."""
    _only(data, ("id", "name", "role", "title", "password"))
    role = text_of(data, "role")
    if role not in {r.value for r in Role}:
        raise _bad("role", "một trong " + ", ".join(r.value for r in Role))
    return NewOfficial(
        text_of(data, "id"),
        text_of(data, "name"),
        Role(role),
        text_of(data, "title"),
        text_of(data, "password"),
    )


def intake_of(desk: Desk, data: Mapping[str, Any], *besides: str) -> Intake:
    """Read an `accept` file into an Intake; `besides` are keys that the verb reads itself.

    Raises Refused("file-field"), for an unknown key too.
    """
    _only(data, (*sorted(_KEYS), *besides))
    submitter = data.get("submitter")
    channel = text_of(data, "channel") or Channel.DIRECT.value
    if channel not in {c.value for c in Channel}:
        raise _bad("channel", "một trong " + ", ".join(c.value for c in Channel))
    procedure = text_of(data, "procedure")
    return Intake(
        procedure=procedure,
        applicant=_applicant(_object(data, "applicant")),
        submitter=_submitter(_object(data, "submitter")) if submitter is not None else None,
        channel=Channel(channel),
        sets=_count(data, "sets", 1),
        papers=_papers(desk, procedure, data.get("papers", "all")),
        note=text_of(data, "note"),
        limit=text_of(data, "limit") or None,
        received=_moment(data, "received"),
        portal_code=text_of(data, "portal_code"),
        paper_receipt=text_of(data, "paper_receipt"),
        for_agency=text_of(data, "for_agency"),
    )


_KEYS = frozenset(
    {
        *("procedure", "applicant", "submitter", "channel", "sets", "papers", "note"),
        *("limit", "received", "portal_code", "paper_receipt", "for_agency"),
    }
)


def corrected_intake(desk: Desk, data: Mapping[str, Any], taken_in: Intake) -> Intake:
    """Read a `correct` file: the keys that it has replace those of the intake as it was.

    So do the keys of `applicant` and `submitter`. Raises Refused("file-field"), for a key that
    `accept` does not know too.
    """
    _only(data, sorted(_KEYS))
    who, by = vars(taken_in.applicant), taken_in.submitter
    whole = {
        "procedure": taken_in.procedure,
        "applicant": who
        | {"kind": taken_in.applicant.kind.value, "born": _iso(taken_in.applicant.born)}
        | _known(_object(data, "applicant") if "applicant" in data else {}, who),
        "submitter": vars(by) if by else None,
        "channel": taken_in.channel.value,
        "sets": taken_in.sets,
        "papers": [vars(paper) for paper in taken_in.papers],
        "note": taken_in.note,
        "limit": None if "procedure" in data else taken_in.limit,
        "received": _iso(taken_in.received),
        "portal_code": taken_in.portal_code,
        "paper_receipt": taken_in.paper_receipt,
        "for_agency": taken_in.for_agency,
    }
    whole |= {key: value for key, value in data.items() if key != "applicant"}
    if isinstance(data.get("submitter"), dict):
        fields = vars(Submitter(""))
        whole["submitter"] = (vars(by) if by else {}) | _known(data["submitter"], fields)
    return intake_of(desk, whole)


def _known(data: Mapping[str, Any], fields: Mapping[str, Any]) -> Shape:
    _only(data, fields)
    return dict(data)


def _iso(day: Birth | None) -> str | None:
    return day.isoformat() if day else None


def certify_request(data: Mapping[str, Any]) -> Request:
    """Read a `certify` file. Raises Refused("file-field")."""
    _only(data, ("procedure", "applicant", "papers", "signer", "note", "code"))
    code = text_of(data, "code")
    return Request(
        procedure=text_of(data, "procedure"),
        applicant=_applicant({} if code else _object(data, "applicant")),
        papers=tuple(
            ToCertify(text_of(paper, "name"), _count(paper, "copies", 1), _count(paper, "pages", 1))
            for paper in _list(data, "papers", ("name", "copies", "pages"))
        ),
        signer=text_of(data, "signer"),
        note=text_of(data, "note"),
        code=code,
    )


def process_steps(data: Mapping[str, Any]) -> tuple[ProcessStep, ...]:
    """Read the steps of a process file; `minutes` are working minutes, left out when not set."""
    _only(data, ("steps",))
    return tuple(
        ProcessStep(
            name=text_of(step, "name"),
            role=text_of(step, "role") or Role.PROCESSOR.value,
            official=text_of(step, "official") or None,
            minutes=_small(step, "minutes") if step.get("minutes") is not None else None,
            agency=text_of(step, "agency"),
        )
        for step in _list(data, "steps", ("name", "role", "official", "minutes", "agency"))
    )


_APPLICANT_KEYS = (
    *("kind", "name", "id_number", "born", "sex", "address", "phone", "email"),
    "representative",
)


def _applicant(data: Mapping[str, Any]) -> Applicant:
    _only(data, _APPLICANT_KEYS)
    kind = text_of(data, "kind") or ApplicantKind.PERSON.value
    if kind not in {k.value for k in ApplicantKind}:
        raise _bad("kind", "person hoặc organisation")
    return Applicant(
        kind=ApplicantKind(kind),
        name=text_of(data, "name"),
        id_number=text_of(data, "id_number"),
        born=_birth(data, "born"),
        sex=text_of(data, "sex"),
        address=text_of(data, "address"),
        phone=text_of(data, "phone"),
        email=text_of(data, "email"),
        representative=text_of(data, "representative"),
    )


def _submitter(data: Mapping[str, Any]) -> Submitter:
    _only(data, ("name", "id_number", "phone", "relation"))
    return Submitter(
        text_of(data, "name"),
        text_of(data, "id_number"),
        text_of(data, "phone"),
        text_of(data, "relation"),
    )


_PAPER_KEYS = ("name", "original", "certified", "copy")


def _papers(desk: Desk, procedure: str, papers: object) -> tuple[PaperCount, ...]:
    if papers == "all":
        return intake.all_papers(desk, procedure) if procedure.strip() else ()
    if not isinstance(papers, list) or not all(isinstance(paper, dict) for paper in papers):
        raise _bad("papers", '"all" hoặc danh sách giấy tờ')
    for paper in papers:
        _only(paper, _PAPER_KEYS)
    return tuple(
        PaperCount(
            text_of(p, "name"), _count(p, "original"), _count(p, "certified"), _count(p, "copy")
        )
        for p in papers
    )


_PROCEDURE_KEYS = frozenset(
    [
        "code",
        "from",
        "until",
        "document",
        "document_date",
        "name",
        "field",
        "limit",
        "limits",
        "fee",
        "fee_exemptions",
        "papers",
        "result",
        "decision",
        "short_name",
        "synonyms",
        "favourite",
        "order",
        "hidden",
    ]
)
_CHOICE_KEYS = frozenset(("short_name", "synonyms", "favourite", "order", "hidden"))


def procedure_edit(
    desk: Desk, data: Mapping[str, Any]
) -> tuple[ProcedureEdit, OfficeChoice | None]:
    """Read a `procedure set` file, keys that change only. Raises Refused: "file-field", "fee"."""
    _only(data, sorted(_PROCEDURE_KEYS))
    edit = ProcedureEdit(
        code=text_of(data, "code"),
        starts=_date(data, "from"),
        ends=_date(data, "until") or (NO_END if "until" in data else None),
        document=text_of(data, "document"),
        document_day=_date(data, "document_date"),
        name=_text_or_none(data, "name"),
        field=_text_or_none(data, "field"),
        limits=_limits(data),
        fee=_fee(data["fee"]) if "fee" in data else None,
        fee_exemptions=_text_or_none(data, "fee_exemptions"),
        papers=_paper_labels(data) if "papers" in data else None,
        result=_text_or_none(data, "result"),
        decision=_text_or_none(data, "decision"),
    )
    if not _CHOICE_KEYS & set(data):
        return edit, None
    return edit, _choice(desk.snapshot.choices.get(match_code(edit.code), OfficeChoice()), data)


def _text_or_none(data: Mapping[str, Any], key: str) -> str | None:
    return text_of(data, key) if key in data else None


def _limits(data: Mapping[str, Any]) -> Mapping[Channel, tuple[str, ...]] | None:
    """Read `limit`, one text for every channel, or `limits`, a text or several by channel."""
    if "limit" in data:
        return dict.fromkeys(Channel, (text_of(data, "limit"),))
    if "limits" not in data:
        return None
    by_channel = _object(data, "limits")
    if not set(by_channel) <= {channel.value for channel in Channel}:
        raise _bad("limits", '{"direct": …, "online": …, "post": …}')
    return {
        channel: texts_of(by_channel, channel.value)
        if isinstance(by_channel.get(channel.value), list)
        else (text_of(by_channel, channel.value),)
        for channel in Channel
    }


def _fee(value: object) -> FeeRule | str:
    if isinstance(value, str):
        return value
    try:
        return fees.from_json(value)
    except ValueError as error:
        raise Refused(
            "fee",
            'Mức thu chưa đúng: cần chữ, hoặc {"unit": "free, case, set, copy hay page", '
            f'"amount": số đồng, …}} ({error}).',
            "fee",
        ) from error


def _paper_labels(data: Mapping[str, Any]) -> tuple[PaperLabel, ...]:
    return tuple(
        PaperLabel(
            name=text_of(paper, "name"),
            original=_count(paper, "original"),
            certified=_count(paper, "certified"),
            copy=_count(paper, "copy"),
            required=_flag(paper, "required", True),
        )
        for paper in _list(data, "papers", (*_PAPER_KEYS, "required"))
    )


def _choice(had: OfficeChoice, data: Mapping[str, Any]) -> OfficeChoice:
    place = had.place
    if "order" in data:
        place = _small(data, "order") if data["order"] is not None else None
    return OfficeChoice(
        favourite=_flag(data, "favourite", had.favourite),
        place=place,
        hidden=_flag(data, "hidden", had.hidden),
        short_name=text_of(data, "short_name") if "short_name" in data else had.short_name,
        synonyms=texts_of(data, "synonyms") if "synonyms" in data else had.synonyms,
    )


def _flag(data: Mapping[str, Any], key: str, default: bool) -> bool:
    value = data.get(key, default)
    if not isinstance(value, bool):
        raise _bad(key, "true hoặc false")
    return value


def texts_of(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Read a list of texts; empty when the file has no such key. Raises Refused("file-field")."""
    values = data.get(key, [])
    if not isinstance(values, list):
        raise _bad(key, 'một danh sách ["…"]')
    return tuple(text_of({key: value}, key) for value in values)


def courtesy_items(data: Mapping[str, Any]) -> tuple[courtesy.Item, ...]:
    """Read the wording and order of the eight items; an empty list restores the dispatch's."""
    _only(data, ("items",))
    items = _list(data, "items", ("key", "text"))
    return tuple(courtesy.Item(text_of(item, "key"), text_of(item, "text")) for item in items)


def observation_of(data: Mapping[str, Any], now: datetime) -> courtesy.Observation:
    """Read a supervisor's sheet, `now` when it has no moment. Raises Refused("file-field")."""
    _only(data, ("official", "at", "marks", "good", "better"))
    marks = data.get("marks")
    known = [mark.value for mark in courtesy.Mark]
    if not isinstance(marks, dict) or not all(mark in known for mark in marks.values()):
        raise _bad("marks", f"mỗi điều một trong {', '.join(known)}")
    return courtesy.Observation(
        official=text_of(data, "official"),
        at=_moment(data, "at") or now,
        marks=tuple((key, courtesy.Mark(mark)) for key, mark in marks.items()),
        good=text_of(data, "good"),
        better=text_of(data, "better"),
    )


def text_of(data: Mapping[str, Any], key: str) -> str:
    """Read a text, "" when the file has none. Raises Refused("file-field")."""
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or _HALF_A_CHARACTER.search(value):
        raise _bad(key, "chữ trong ngoặc kép")
    return value


def _object(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    if not isinstance(value, dict):
        raise _bad(key, "một đối tượng {…}")
    return value


def _list(
    data: Mapping[str, Any], key: str, keys: Collection[str] | None = None
) -> Iterable[Mapping[str, Any]]:
    """Read a list of objects; `keys`: all that one may have (None: their reader asks)."""
    value = data.get(key)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _bad(key, "một danh sách đối tượng [{…}]")
    if keys is not None:
        for item in value:
            _only(item, keys)
    return value


def _only(data: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse a key that nobody reads: a slip of the pen would be taken for nothing said."""
    for key in data:
        if key not in known:
            raise _bad(_HALF_A_CHARACTER.sub("?", key)[:40], "một trong " + ", ".join(known))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(data: Mapping[str, Any], key: str, default: int = 0) -> int:
    value = data.get(key, default)
    if not _is_count(value):
        raise _bad(key, "một số nguyên")
    return int(value)


def _birth(data: Mapping[str, Any], key: str) -> Birth | None:
    text = text_of(data, key)
    try:
        return read_partial(text) or read_birth(text)
    except ValueError as error:
        raise _bad(key, "ngày có thật, viết như 1990-05-17, 1990-05 hoặc 1990") from error


_MOST = 999_999  # minutes of a step, places in an order: beyond it nothing is meant


def _small(data: Mapping[str, Any], key: str) -> int:
    value = _count(data, key)
    if not 0 <= value <= _MOST:
        raise _bad(key, f"một số từ 0 đến {_MOST}")
    return value


def _date(data: Mapping[str, Any], key: str) -> date | None:
    text = text_of(data, key)
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _bad(key, "ngày có thật, viết như 1990-05-17") from error
    return found


def _moment(data: Mapping[str, Any], key: str) -> datetime | None:
    text = text_of(data, key)
    try:
        moment = datetime.fromisoformat(text) if text else None
        if 0 < len(text) <= len("2026-11-23"):  # a day alone would be midnight
            raise ValueError(text)
    except ValueError as error:
        raise _bad(key, "thời điểm có thật, viết như 2026-11-23T10:00") from error
    if moment and not 1900 <= moment.year < 2200:
        raise _bad(key, "một năm có thật, viết như 2026-11-23T10:00")
    if moment and moment.tzinfo:
        raise _bad(key, "giờ của quầy, không kèm múi giờ, viết như 2026-11-23T10:00")
    return moment


def _bad(field: str, expected: str) -> Refused:
    return Refused("file-field", f"Mục «{field}» của tệp chưa đúng: cần {expected}.", field)
