"""The folder of personal data: what is kept, citizens' requests with their days, breaches."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import resources
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.office import printable
from cchc_desk.domain import personal_data
from cchc_desk.domain.ledger.facts.personal_data import (
    BreachNoted,
    CitizenAsked,
    RequestAcknowledged,
    RequestAnswered,
    TermExtended,
)
from cchc_desk.domain.people.applicant import has_letters
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.domain.personal_data import CitizenRequest, Kept, Outcome, RequestKind
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import citizen_requests

OUTCOMES = {
    Outcome.GRANTED: later("đã làm theo yêu cầu"),
    Outcome.PARTLY: later("làm theo một phần"),
    Outcome.REFUSED: later("từ chối"),
}
_MOST = 1000  # letters of a text
_NUMBER = re.compile(r"(\d{1,5})/(\d{4})(?:-YCDL)?", re.ASCII | re.IGNORECASE)


@cache
def _facts() -> Mapping[str, Any]:
    facts: Mapping[str, Any] = json.loads(resources.read_text("law/personal_data.json"))
    return facts


def law() -> str:
    """Return the law behind the folder, as papers name it."""
    return str(_facts()["law"])


@cache
def kinds() -> tuple[RequestKind, ...]:
    """Return what a citizen may ask, each with its limit."""
    return tuple(RequestKind(row["code"], row["label"], row["limit"]) for row in _facts()["kinds"])


def kind_label(code: str) -> str:
    return next((kind.label for kind in kinds() if kind.code == code), code)


def measures() -> tuple[str, ...]:
    """Return the measures of protection, in sentences for the folder."""
    return tuple(_facts()["measures"])


def breach_hours() -> int:
    """Return within how many hours a serious breach is reported."""
    return int(_facts()["breach_hours"])


def kept(desk: Desk) -> tuple[Kept, ...]:
    """Return what the office keeps about people, why, and until when."""
    desk.require(Permission.READ)
    years = desk.settings["keep_names_years"]
    return tuple(
        Kept(row["what"], row["why"], row["until"].format(years=years)) for row in _facts()["kept"]
    )


# --- requests -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NewRequest:
    """A request as it is taken in; `received` None is now, `code` "" is about no dossier."""

    kind: str
    person: str
    contact: str
    about: str
    code: str = ""
    received: datetime | None = None


def take_request(desk: Desk, new: NewRequest) -> CitizenRequest:
    """Enter a citizen's request with the days of its acknowledgement and its answer.

    Raises Refused("request-kind"), ("request-field"), ("received-future"), ("unknown-dossier").
    """
    me, now = desk.require(Permission.CITIZEN_REQUEST), desk.now()
    kind = next((kind for kind in kinds() if kind.code == new.kind), None)
    if kind is None:
        raise Refused("request-kind", _("Hãy chọn công dân yêu cầu việc gì."), "kind")
    received = new.received or now
    if received > now:
        raise Refused("received-future", _("Lúc nhận yêu cầu không thể ở sau bây giờ."), "received")
    person = _text(new.person, "person", _("Hãy ghi họ tên người yêu cầu."))
    if not has_letters(person):
        raise Refused("request-field", _("Hãy ghi họ tên người yêu cầu."), "person")
    contact = _text(new.contact, "contact", _("Hãy ghi cách trả lời: điện thoại, địa chỉ, thư."))
    about = _text(new.about, "about", _("Hãy ghi yêu cầu về dữ liệu nào."))
    with desk.write() as connection:
        code = progress.the_dossier(connection, new.code).code if new.code.strip() else ""
        request = CitizenRequest(
            year=received.year,
            number=citizen_requests.take_number(connection, received.year),
            kind=kind.code,
            person=person,
            contact=contact,
            about=about,
            code=code,
            received=received,
            taken_by=me.id,
            acknowledge_by=personal_data.last_day(received, _facts()["acknowledge"], desk.calendar),
            answer_by=personal_data.last_day(received, kind.limit, desk.calendar),
        )
        citizen_requests.add_request(connection, request)
        asked = CitizenAsked(
            request=request.number_text,
            kind=request.kind,
            person=person,
            about=about,
            received=received,
            answer_by=request.answer_by,
        )
        desk.record(connection, asked, event=received, counted=False)
    return request


def acknowledge(desk: Desk, number: str) -> CitizenRequest:
    """Note that the citizen was told that the request arrived.

    Raises Refused("unknown-request"), ("request-done").
    """
    desk.require(Permission.CITIZEN_REQUEST)
    with desk.write() as connection:
        request = _open(connection, number)
        if request.acknowledged:
            raise Refused("request-done", _("Yêu cầu này đã được báo nhận rồi."))
        told = replace(request, acknowledged=desk.now())
        citizen_requests.keep_request(connection, told)
        desk.record(connection, RequestAcknowledged(told.number_text), counted=False)
    return told


def extend(desk: Desk, number: str, reason: str) -> CitizenRequest:
    """Extend the term of the answer, once, by as long again; the citizen is told why.

    Raises Refused("unknown-request"), ("request-done"), ("extended-once"), ("request-field").
    """
    desk.require(Permission.PERSONAL_DATA)
    reason = _text(reason, "reason", _("Hãy ghi lý do gia hạn."))
    with desk.write() as connection:
        request = _open(connection, number)
        if request.extended:
            raise Refused("extended-once", _("Thời hạn trả lời chỉ gia hạn được một lần."))
        limit = next(kind.limit for kind in kinds() if kind.code == request.kind)
        begin = datetime.combine(request.answer_by, request.received.time())
        until = personal_data.last_day(begin, limit, desk.calendar)
        longer = replace(request, extended=desk.now(), answer_by=until)
        citizen_requests.keep_request(connection, longer)
        desk.record(connection, TermExtended(longer.number_text, until, reason), counted=False)
    return longer


def answer(desk: Desk, number: str, outcome: Outcome, words: str) -> CitizenRequest:
    """Note the answer that the citizen got. Raises as extend()."""
    desk.require(Permission.PERSONAL_DATA)
    words = _text(words, "answer", _("Hãy ghi đã trả lời, đã làm gì."))
    with desk.write() as connection:
        request, now = _open(connection, number), desk.now()
        done = replace(
            request,
            acknowledged=request.acknowledged or now,
            answered=now,
            outcome=outcome,
            answer=words,
        )
        citizen_requests.keep_request(connection, done)
        answered = RequestAnswered(done.number_text, outcome.value, words)
        desk.record(connection, answered, counted=False)
    return done


def requests(desk: Desk, first: date, last: date) -> tuple[CitizenRequest, ...]:
    """Return the register of a period, with what is still open of before.

    Raises Refused("period").
    """
    desk.require(Permission.CITIZEN_REQUEST)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    with desk.read() as connection:
        return citizen_requests.requests_in(connection, first, last)


def due_requests(desk: Desk) -> tuple[CitizenRequest, ...]:
    """Return the requests whose next day is today, in `soon_days` or past, most pressing first."""
    me = desk.require(Permission.READ)
    if me.role not in ALLOWED[Permission.CITIZEN_REQUEST]:
        return ()
    day = desk.now().date()
    for _soon in range(desk.settings["soon_days"]):
        day = desk.calendar.next_working_day(day)
    with desk.read() as connection:
        found = citizen_requests.open_requests(connection)
    return tuple(one for one in found if one.next_day and one.next_day <= day)


def _open(connection: Connection, number: str) -> CitizenRequest:
    match = _NUMBER.fullmatch(number.strip())
    found = citizen_requests.request_of(connection, int(match[2]), int(match[1])) if match else None
    if found is None:
        raise Refused(
            "unknown-request",
            _("Không có yêu cầu số «{number}»; số viết như 03/2026-YCDL.").format(number=number),
            "number",
        )
    if found.answered:
        raise Refused("request-done", _("Yêu cầu này đã trả lời rồi."), "number")
    return found


def _text(text: str, field: str, missing: str) -> str:
    line = printable.printable_line(text, field)
    if not line:
        raise Refused("request-field", missing, field)
    if len(line) > _MOST:
        raise Refused("request-field", _("Dài quá {most} ký tự.").format(most=_MOST), field)
    return line


# --- breaches -------------------------------------------------------------------------------------


def note_breach(
    desk: Desk, discovered: datetime, what: str, data: str, people: int, measures: str
) -> BreachNoted:
    """Enter a serious breach and until when it is reported (Luật 91/2025 Điều 23 khoản 1).

    `people`: how many it is about.

    Raises Refused("received-future"), ("request-field").
    """
    desk.require(Permission.PERSONAL_DATA)
    if discovered > desk.now():
        raise Refused("received-future", _("Lúc phát hiện không thể ở sau bây giờ."), "discovered")
    if not 0 <= people <= _MOST_PEOPLE:
        raise Refused("request-field", _("Hãy ghi số người bị ảnh hưởng."), "people")
    noted = BreachNoted(
        discovered=discovered,
        report_by=personal_data.report_by(discovered, breach_hours()),
        what=_text(what, "what", _("Hãy ghi điều gì đã xảy ra.")),
        data=_text(data, "data", _("Hãy ghi dữ liệu nào bị lộ, mất.")),
        people=people,
        measures=_text(measures, "measures", _("Hãy ghi đã làm gì để ngăn chặn.")),
    )
    with desk.write() as connection:
        desk.record(connection, noted, event=discovered, counted=False)
    return noted


_MOST_PEOPLE = 10_000_000


def breaches(desk: Desk, first: date, last: date) -> tuple[BreachNoted, ...]:
    """Return the breaches entered in a period, the oldest first."""
    desk.require(Permission.PERSONAL_DATA)
    with desk.read() as connection:
        found = journal.facts_by(connection, Act.PERSONAL_DATA.value, first, last)
    return tuple(facts for _entry, facts in found if isinstance(facts, BreachNoted))
