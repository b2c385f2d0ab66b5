"""Intake of a dossier: the card, the checks, the promise, and one transaction for all of it."""

import csv
import io
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import resources
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.intake import people
from cchc_desk.actions.office import places, printable
from cchc_desk.domain.dossiers.clocks import process_due, process_minutes
from cchc_desk.domain.dossiers.dossier import (
    Dossier,
    PaperCount,
    Promise,
    Status,
    Step,
    dossier_code,
    step,
)
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.law import fees
from cchc_desk.domain.law.fees import Fee
from cchc_desk.domain.law.procedure import (
    CERTIFICATION,
    Channel,
    LimitStatus,
    ProcedureVersion,
    RememberedLimit,
    first_step,
)
from cchc_desk.domain.law.regime import regime_on
from cchc_desk.domain.ledger.facts.intake import Accepted, Answered
from cchc_desk.domain.lists.watched import same_due
from cchc_desk.domain.people import identity_card
from cchc_desk.domain.people.applicant import (
    Applicant,
    ApplicantKind,
    Submitter,
    applicant_problems,
    nonsense_problems,
    phone_warning,
    submitter_problems,
    tidy_applicant,
    tidy_id_number,
    tidy_submitter,
)
from cchc_desk.domain.people.identity_card import Card, CardWarning
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.people.tax_code import TaxCodeWarning, tax_code_warning
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.scan import payload_of
from cchc_desk.domain.text.vietnamese import clean_line, nfc, unified
from cchc_desk.domain.time.deadlines import Due, TimeLimit, parse_limit
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later, moment
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, lists
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials, procedures, processes, registers
from cchc_desk.store.papers import paper_receipts, registrations

MOST_SETS = 99
LATEST_ENTRY = timedelta(days=60)  # of papers taken in by hand: past it a year was mistyped
MOST_PAPERS = 60
MOST_OF_A_PAPER = 999
LONGEST_PAPER = 300
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Intake:
    """The form that the clerk typed.

    `limit` confirms an uncertain limit; `received` is when the papers came (late entry);
    `portal_code` the portal's own code of a dossier that came online; `paper_receipt` the number of
    the receipt that was filled in by hand while there was no power; `for_agency` the agency for
    which it is taken in, "" for this one; `receipt` the text of the other system's receipt that
    the form was filled in from.
    """

    procedure: str
    applicant: Applicant
    submitter: Submitter | None = None
    channel: Channel = Channel.DIRECT
    sets: int = 1
    papers: tuple[PaperCount, ...] = ()
    note: str = ""
    limit: str | None = None
    received: datetime | None = None
    portal_code: str = ""
    paper_receipt: str = ""
    for_agency: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class CardReading:
    """A scanned card with what the desk knows of its holder; `warnings` are sentences."""

    card: Card
    warnings: tuple[str, ...]
    open_dossiers: tuple[DossierRow, ...]
    known: Applicant | None
    procedures: tuple[ProcedureVersion, ...] = ()  # the last of its holder, newest first


@dataclass(frozen=True)
class PromisePreview:
    """The promise as of now; `due` is None until the limit is certain.

    `choices` are the catalogue's limits.
    """

    due: Due | None
    limit_text: str
    needs_confirmation: bool
    choices: tuple[str, ...]
    fee: str
    note: str
    fee_sum: Fee | None = None  # None where the fee is words only
    remembered: RememberedLimit | None = None  # the limit confirmed last, to be offered
    remembered_by: str = ""  # the name of who confirmed it


_CARD_WORDS = {
    CardWarning.NOT_DIGITS: later("Số định danh có ký tự không phải chữ số; hãy xem lại thẻ."),
    CardWarning.OLD_NUMBER: later(
        "Đây là số CMND cũ 9 chữ số; hãy hỏi thẻ căn cước 12 chữ số nếu có."
    ),
    CardWarning.WRONG_LENGTH: later("Số định danh không đủ 12 chữ số; hãy xem lại thẻ."),
    CardWarning.UNKNOWN_PROVINCE: later(
        "Ba chữ số đầu không phải mã tỉnh nào đã biết; hãy so lại với thẻ."
    ),
    CardWarning.BIRTH_YEAR: later("Năm sinh không khớp với số định danh; hãy so lại với thẻ."),
    CardWarning.SEX: later("Giới tính không khớp với số định danh; hãy so lại với thẻ."),
    CardWarning.ODD_LETTERS: later("Họ tên hoặc địa chỉ có chữ lạ; hãy so lại với thẻ."),
}
_TAX_CODE_WORDS = {
    TaxCodeWarning.SHAPE: later(
        "Mã số thuế «{code}» không đủ 10 hay 13 chữ số; hãy xem lại giấy chứng nhận."
    ),
    TaxCodeWarning.CHECK_DIGIT: later(
        "Mã số thuế «{code}» có chữ số gõ nhầm (chữ số thứ mười không khớp); hãy xem lại."
    ),
}
_STATUS_WORDS = {
    LimitStatus.SEVERAL: later(
        "Danh mục có nhiều thời hạn cho các trường hợp khác nhau; hãy chọn thời hạn đúng."
    ),
    LimitStatus.UNVERIFIED: later(
        "Thời hạn trong danh mục chưa được kiểm chứng; hãy đối chiếu quyết định và xác nhận."
    ),
    LimitStatus.UNKNOWN: later(
        "Danh mục chưa có thời hạn; hãy xem quyết định công bố thủ tục và nhập thời hạn."
    ),
}


def read_card(desk: Desk, text: str) -> CardReading:
    """Read a scanned card and look its holder up. Raises Refused("card-…") on field "card"."""
    desk.require(Permission.READ)
    card = card_of(text)
    with desk.read() as connection:
        open_ones = lists.of_person(connection, desk.now(), card.id_number)
    known = people.known_by_card(desk, card)
    return CardReading(
        card,
        card_sentences(card),
        open_ones,
        known[0].applicant if known else None,
        known[0].procedures if known else (),
    )


def card_of(text: str) -> Card:
    """Read a scanned card; what the place names of the country hold is no typing damage.

    Raises Refused("card-…") on field "card".
    """
    return identity_card.read_card(text, places.place_words())


def card_sentences(card: Card) -> tuple[str, ...]:
    """Return sentences on the doubts about this card."""
    doubts = identity_card.card_warnings(card, known_provinces(), places.place_words())
    return tuple(_(_CARD_WORDS[doubt]) for doubt in doubts)


@cache
def known_provinces() -> frozenset[str]:
    """Return the three-digit province codes that stand on identity cards."""
    rows = csv.DictReader(io.StringIO(resources.read_text("law/card_provinces.csv")))
    return frozenset(row["code"] for row in rows)


def open_dossiers_of(desk: Desk, id_number: str) -> tuple[DossierRow, ...]:
    """Return the dossiers of this identity number that are not closed, newest first."""
    desk.require(Permission.READ)
    number = tidy_id_number(id_number)
    with desk.read() as connection:
        return lists.of_person(connection, desk.now(), number) if number else ()


def preview_promise(
    desk: Desk,
    procedure_code: str,
    channel: Channel,
    limit: str | None,
    received: datetime | None = None,
    papers: Iterable[PaperCount] = (),
    sets: int = 1,
    for_agency: str = "",
) -> PromisePreview:
    """Return the promise as it would be printed now.

    Raises Refused("unknown-procedure"), ("clock"), and as parse_limit() for the typed limit.
    """
    desk.require(Permission.READ)
    desk.require_clock()
    version = the_procedure(desk, procedure_code)
    unsure = version.needs_confirmation(channel)
    certain = certain_limit(version, channel, limit)
    last, by = _confirmed_last(desk, version, channel) if unsure else (None, "")
    return PromisePreview(
        due=_due(desk, received or desk.now(), certain, for_agency) if certain else None,
        limit_text=certain.text if certain else "",
        needs_confirmation=unsure,
        choices=version.limits.get(channel, ()),
        fee=fee_text(version),
        note=_(_STATUS_WORDS.get(version.limit_status, _STATUS_WORDS[LimitStatus.SEVERAL]))
        if unsure
        else "",
        fee_sum=fee_of(version, papers, sets, channel),
        remembered=last,
        remembered_by=by,
    )


def _due(desk: Desk, received: datetime, limit: TimeLimit, for_agency: str) -> Due:
    runs_from = _runs_from(desk, received, for_agency)
    due = catalogue.promise(desk, runs_from, limit)
    return due if runs_from == received else replace(due, accepted=received, forwarded=True)


def _runs_from(desk: Desk, received: datetime, for_agency: str) -> datetime:
    """Return from when the time runs: of another agency's dossier from when that has to have it.

    Nghị định 309/2026/NĐ-CP, Điều 8 khoản 3 và Điều 9.
    """
    return catalogue.forward_until(desk, received) if for_agency.strip() else received


def _confirmed_last(
    desk: Desk, version: ProcedureVersion, channel: Channel
) -> tuple[RememberedLimit | None, str]:
    """Return the limit confirmed last for this version and channel, and by whom."""
    with desk.read() as connection:
        last = procedures.remembered_limit(connection, version, channel)
        by = officials.official_of(connection, last.official) if last else None
    return last, by.name if by else ""


def fee_text(version: ProcedureVersion) -> str:
    """Return the fee, never without its exemptions."""
    return f"{version.fee} ({version.fee_exemptions})" if version.fee_exemptions else version.fee


def fee_of(
    version: ProcedureVersion, papers: Iterable[PaperCount], sets: int, channel: Channel
) -> Fee | None:
    """Return the sum for what is handed in; None where the fee is words only.

    A price per copy or page is for the copies of each paper, which certification counts beside the
    pages of the original; copies signed electronically are not in the sum.
    """
    rule, online = version.fee_rule, channel is Channel.ONLINE
    if rule is None:
        return None
    if rule.unit not in (fees.FeeUnit.COPY, fees.FeeUnit.PAGE):
        return fees.sum_fee(rule, sets=sets, online=online)
    counted = [paper for paper in papers if paper.certified]
    if version.field != CERTIFICATION or not counted:
        return None
    return fees.total_fee(
        fees.sum_fee(rule, paper.certified, max(1, paper.original), online=online)
        for paper in counted
    )


def the_procedure(desk: Desk, code: str) -> ProcedureVersion:
    """Return the procedure in force today. Raises Refused("unknown-procedure")."""
    code = clean_line(code)
    with desk.read() as connection:
        version = procedures.version_on(connection, code, desk.now().date())
    if version is None:
        raise _unknown_procedure(code)
    return version


def _unknown_procedure(code: str) -> Refused:
    return Refused(
        "unknown-procedure",
        _("Danh mục không có thủ tục «{code}»; hãy tìm bằng vài chữ của tên thủ tục.").format(
            code=code
        ),
        "procedure",
    )


def certain_limit(
    version: ProcedureVersion, channel: Channel, confirmed: str | None
) -> TimeLimit | None:
    """Return the confirmed limit, else the catalogue's own where it is certain, else None."""
    if confirmed:
        return parse_limit(confirmed)
    return None if version.needs_confirmation(channel) else parse_limit(version.limits[channel][0])


def all_papers(desk: Desk, procedure_code: str) -> tuple[PaperCount, ...]:
    """Return every paper of the catalogue's list, in the counts it suggests."""
    labels = the_procedure(desk, procedure_code).papers
    return tuple(PaperCount(p.name, p.original, p.certified, p.copy) for p in labels)


def check_intake(desk: Desk, intake: Intake) -> tuple[Refused, ...]:
    """Return all refusals of this intake, each with its field; empty when it can be accepted."""
    intake = cleaned(intake)
    with desk.read() as connection:
        version = procedures.version_on(connection, intake.procedure, desk.now().date())
    return tuple(intake_problems(desk, intake, version))


def received_long_ago(field: str) -> Refused:
    """Return the refusal of papers that came more than LATEST_ENTRY ago."""
    return Refused(
        "received-long-ago",
        _(
            "Giờ nhận giấy tờ đã quá {days} ngày trước hôm nay; hãy xem lại năm và ngày, hoặc "
            "tiếp nhận theo hôm nay và ghi chú."
        ).format(days=LATEST_ENTRY.days),
        field,
    )


def intake_problems(
    desk: Desk, intake: Intake, version: ProcedureVersion | None
) -> Iterator[Refused]:
    """Yield the refusals of a cleaned intake under this version of its procedure."""
    now = desk.now()
    yield from applicant_problems(intake.applicant, now.date())
    if intake.submitter:
        for problem in submitter_problems(intake.submitter):
            yield Refused(problem.code, problem.message, f"submitter_{problem.field}")
    yield from printable_problems(intake)
    yield from nonsense_problems(intake.applicant)
    for problem in nonsense_problems(intake.submitter) if intake.submitter else ():
        yield Refused(problem.code, problem.message, f"submitter_{problem.field}")
    yield from _promise_problems(desk, intake, version, now)
    yield from _paper_problems(intake)
    if intake.received and now - intake.received > LATEST_ENTRY:
        yield received_long_ago("received")
    if intake.received and intake.received > now:
        yield Refused(
            "received-future",
            _("Lúc nhận giấy tờ không thể ở sau bây giờ; hãy sửa lại."),
            "received",
        )
    if not 1 <= intake.sets <= MOST_SETS:
        yield Refused("sets", _("Số bộ hồ sơ từ 1 đến {most}.").format(most=MOST_SETS), "sets")
    if len(intake.note) > LONGEST_NOTE:
        yield Refused(
            "note-long",
            _("Ghi chú dài quá {most} ký tự; hãy viết gọn lại.").format(most=LONGEST_NOTE),
            "note",
        )


def printable_problems(intake: Intake) -> Iterator[Refused]:
    """Yield a refusal for each text of a cleaned intake that no paper can print.

    The note too: it stands on the correction note and in the books of certification.
    """
    texts = {field: text for field, text in vars(intake.applicant).items() if type(text) is str}
    if intake.submitter:
        texts |= {f"submitter_{field}": text for field, text in vars(intake.submitter).items()}
    texts |= {
        "papers": "".join(paper.name for paper in intake.papers),
        "note": intake.note,
        "portal_code": intake.portal_code,
        "for_agency": intake.for_agency,
    }
    if printable.COMMON.issuperset("".join(texts.values())):
        return
    refusals = (printable.not_printable(text, field) for field, text in texts.items())
    yield from filter(None, refusals)


def _promise_problems(
    desk: Desk, intake: Intake, version: ProcedureVersion | None, now: datetime
) -> Iterator[Refused]:
    if not intake.procedure:
        yield Refused(
            "procedure-missing", _("Hãy chọn thủ tục: gõ vài chữ của tên rồi Enter."), "procedure"
        )
        return
    if version is None:
        yield _unknown_procedure(intake.procedure)
        return
    try:
        if certain_limit(version, intake.channel, intake.limit) is None:
            yield Refused(
                "limit-unconfirmed", _(_STATUS_WORDS.get(version.limit_status, "")), "limit"
            )
        regime_on(desk.regimes, (intake.received or now).date())
        _runs_from(desk, intake.received or now, intake.for_agency)
    except Refused as refused:
        yield refused


def _paper_problems(intake: Intake) -> Iterator[Refused]:
    if len(intake.papers) > MOST_PAPERS:
        yield Refused(
            "papers-many",
            _("Một hồ sơ ghi tối đa {most} loại giấy tờ.").format(most=MOST_PAPERS),
            "papers",
        )
    if len(intake.for_agency) > LONGEST_PAPER:
        yield Refused(
            "text-long",
            _("Nội dung dài quá {most} ký tự; hãy viết gọn lại.").format(most=LONGEST_PAPER),
            "for_agency",
        )
    for paper in intake.papers:
        if not paper.name or len(paper.name) > LONGEST_PAPER:
            yield Refused(
                "paper-name",
                _("Tên giấy tờ cần có và dài không quá {most} ký tự.").format(most=LONGEST_PAPER),
                "papers",
            )
        counts = paper.original, paper.certified, paper.copy
        if min(counts) < 0 or max(counts) > MOST_OF_A_PAPER:
            yield Refused(
                "paper-count",
                _("Số bản của «{name}» từ 0 đến {most}.").format(
                    name=paper.name, most=MOST_OF_A_PAPER
                ),
                "papers",
            )


def cleaned(intake: Intake) -> Intake:
    """Return the same intake, every text NFC and on one line, the phone in one shape."""
    return replace(
        intake,
        procedure=clean_line(intake.procedure),
        applicant=tidy_applicant(intake.applicant),
        submitter=tidy_submitter(intake.submitter) if intake.submitter else None,
        papers=tuple(_tidy_paper(paper) for paper in intake.papers),
        note=_tidy_note(intake.note),
        portal_code=clean_line(payload_of(intake.portal_code)),
        paper_receipt=clean_line(payload_of(intake.paper_receipt)).upper(),
        for_agency=clean_line(intake.for_agency),
        received=intake.received.replace(second=0, microsecond=0) if intake.received else None,
    )


def _tidy_note(note: str) -> str:
    """Return the note, its lines kept, without the invisible characters of a pasted message."""
    text = unified(nfc(note)).strip()
    if printable.COMMON.issuperset(text):
        return text
    return "".join(
        char for char in text if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf")
    )


def _tidy_paper(paper: PaperCount) -> PaperCount:
    name = clean_line(paper.name)
    return paper if name == paper.name else replace(paper, name=name)


def warnings_for(desk: Desk, intake: Intake) -> tuple[str, ...]:
    """Return sentences on what to look at once more; they refuse nothing."""
    desk.require(Permission.READ)
    return tuple(_warnings(desk, cleaned(intake)))


def _warnings(desk: Desk, intake: Intake) -> Iterator[str]:
    applicant = intake.applicant
    if applicant.kind is ApplicantKind.PERSON:
        doubts = identity_card.id_number_warnings(
            applicant.id_number, applicant.born, applicant.sex, known_provinces()
        )
        yield from (_(_CARD_WORDS[doubt]) for doubt in doubts)
    elif tax_doubt := tax_code_warning(applicant.id_number):
        yield _(_TAX_CODE_WORDS[tax_doubt]).format(code=applicant.id_number)
    for phone in (applicant.phone, intake.submitter.phone if intake.submitter else ""):
        if phone_warning(phone):
            yield _(
                "Số điện thoại «{phone}» không giống số di động hay cố định; hãy đọc lại cho công "
                "dân nghe."
            ).format(phone=phone)
    for row in open_dossiers_of(desk, applicant.id_number):
        yield _(
            "Người này đang có hồ sơ {code} «{procedure}» chưa xong; kiểm tra kẻo nộp trùng."
        ).format(code=row.code, procedure=row.procedure_name)
    for name in lacking(desk, intake):
        yield _("Còn thiếu giấy tờ bắt buộc: {name}.").format(name=name)
    if intake.procedure and (doubt := people.contact_doubt(applicant, intake.submitter)):
        yield doubt
    if intake.procedure and intake.receipt:
        yield from _other_promise(desk, intake)


def _other_promise(desk: Desk, intake: Intake) -> Iterator[str]:
    """Yield a sentence where the citizen was promised another moment in the other system."""
    # Imported here and below: most dossiers come without a receipt, and need no reading of lists.
    from cchc_desk.actions.lists import receipts

    version = the_procedure(desk, intake.procedure)
    limit = certain_limit(version, intake.channel, intake.limit)
    theirs = receipts.facts_of(receipts.read_pasted(desk, intake.receipt)).due
    ours = catalogue.promise(desk, intake.received or desk.now(), limit).moment if limit else None
    if ours and not same_due(ours, theirs):
        yield _(
            "Biên nhận của hệ thống kia hẹn trả {theirs}, ở đây tính ra {ours}; hãy xem lại thủ "
            "tục, thời hạn và giờ nhận."
        ).format(theirs=moment(theirs), ours=moment(ours))


def lacking(desk: Desk, intake: Intake) -> tuple[str, ...]:
    """Return the papers that the procedure requires and that were not brought."""
    if not intake.procedure:
        return ()
    brought = {paper.name for paper in intake.papers if paper.total}
    return tuple(
        p.name
        for p in the_procedure(desk, intake.procedure).papers
        if p.required and p.name not in brought
    )


def accept_dossier(desk: Desk, intake: Intake) -> Dossier:
    """Accept the dossier: promise, rows, ledger entry and number in one transaction.

    Raises the first refusal of check_intake(), Refused("paper-receipt"), ("paper-receipt-used"),
    ("receipt-known"), ("block-full"). The code is spent only when all of it is on the disk.
    """
    clerk = desk.require(Permission.ACCEPT)
    intake = cleaned(intake)
    with desk.write() as connection:
        dossier, version = accept_within(desk, connection, intake)
        if intake.limit and version.needs_confirmation(intake.channel):
            last = RememberedLimit(dossier.limit.text, clerk.id, dossier.entered)
            procedures.remember_limit(connection, version, intake.channel, last)
        registers.drop_draft(connection, clerk.id)
    return dossier


def accept_within(
    desk: Desk, connection: Connection, intake: Intake
) -> tuple[Dossier, ProcedureVersion]:
    """Accept a cleaned intake in the caller's write transaction; as accept_dossier() refuses."""
    clerk = desk.require(Permission.ACCEPT)
    version = procedures.version_on(connection, intake.procedure, desk.now().date())
    for problem in intake_problems(desk, intake, version):
        raise problem
    assert version is not None, "checked above"
    limit = certain_limit(version, intake.channel, intake.limit)
    assert limit is not None, "checked above"
    dossier = _dossier(desk, connection, intake, version, limit, clerk)
    if intake.paper_receipt:
        _check_paper_receipt(connection, intake.paper_receipt, intake.received or desk.now())
    new = dossiers.new_dossier(connection, desk.id, dossier)
    entry = desk.record_new(
        connection, _accepted(dossier), dossier.code, new.seal, dossier.accepted
    )
    dossiers.add_dossier(connection, new, entry)
    if intake.portal_code:
        _answer_portal(connection, desk, dossier)
    if intake.receipt:
        from cchc_desk.actions.lists import receipts

        receipts.keep_with(desk, connection, dossier, intake.receipt)
    return dossier, version


def _answer_portal(connection: Connection, desk: Desk, dossier: Dossier) -> None:
    """Answer the registration of the portal, where it was noted, by this dossier."""
    registered = registrations.registration_by(connection, dossier.portal_code)
    if registered:
        status = step(registered.status, Step.ACCEPT, registered.portal_code)
        registrations.answer_registration(connection, registered, status, desk.now(), dossier.code)
        answered = Answered(registered.portal_code, dossier.code)
        desk.record(connection, answered, registered.id)


def _check_paper_receipt(connection: Connection, number: str, received: datetime) -> None:
    receipt = paper_receipts.paper_receipt(connection, number)
    if receipt is None:
        raise Refused(
            "paper-receipt",
            _("Không có giấy hẹn in sẵn số {number}; hãy xem lại số.").format(number=number),
            "paper_receipt",
        )
    if received < receipt.printed:
        raise Refused(
            "paper-receipt",
            _(
                "Giấy số {number} in sẵn lúc {printed}, sau lúc nhận giấy tờ; hãy xem lại số hoặc "
                "giờ nhận."
            ).format(number=receipt.number, printed=moment(receipt.printed)),
            "paper_receipt",
        )
    if receipt.void or receipt.code:
        taken = (
            _("Giấy hẹn in sẵn số {number} đã dùng cho hồ sơ {code}.")
            if receipt.code
            else _("Giấy hẹn in sẵn số {number} đã hủy ({reason}).")
        )
        raise Refused(
            "paper-receipt-used",
            taken.format(number=receipt.number, code=receipt.code, reason=receipt.void),
            "paper_receipt",
        )


def _dossier(
    desk: Desk,
    connection: Connection,
    intake: Intake,
    version: ProcedureVersion,
    limit: TimeLimit,
    clerk: Official,
) -> Dossier:
    now = desk.now()
    accepted = intake.received or now
    runs_from = _runs_from(desk, accepted, intake.for_agency)
    due = catalogue.promise(desk, runs_from, limit)
    process = processes.process_of(connection, version.code)
    first, minutes = first_step(process), process_minutes(process)
    return Dossier(
        id=str(uuid.uuid4()),
        code=_next_code(desk, connection, now),
        status=Status.RECEIVED,
        procedure_code=version.code,
        procedure_name=version.name,
        field=version.field,
        procedure_version=version.key,
        regime=regime_on(desk.regimes, accepted.date()).key,
        limit=limit,
        channel=intake.channel,
        sets=intake.sets,
        note=intake.note,
        accepted=accepted,
        entered=now,
        accepted_by=clerk.id,
        holder=clerk.id,
        fee=fee_text(version),
        applicant=intake.applicant,
        submitter=intake.submitter,
        papers=tuple(paper for paper in intake.papers if paper.total),
        portal_code=intake.portal_code,
        paper_receipt=intake.paper_receipt,
        promises=(Promise(1, runs_from, due.moment, due.provisional, desk.calendar.version),),
        for_agency=intake.for_agency,
        forward_by=runs_from if intake.for_agency else None,
        first_step=first.name if first else "",
        first_budget=first.minutes if first else None,
        process_minutes=minutes,
        process_due=process_due(accepted, minutes, (), desk.calendar) if minutes else None,
    )


def _next_code(desk: Desk, connection: Connection, now: datetime) -> str:
    """Take the next code of this desk's block. Raises Refused("block-full").

    Its day is the day of entry, so that a past day's series never grows.
    """
    settings = desk.settings
    day, last = now.date(), settings["block_last"]
    # A number that was set back or lost gives no code twice: it goes on behind the highest there.
    until = dossier_code(settings["unit_code"], day, last)
    highest = registers.highest_serial(connection, until.rpartition("-")[0] + "-", until)
    first = max(settings["block_first"], highest + 1)
    serial = registers.take_number(connection, "dossier", f"{now:%y%m%d}", first)
    if serial > settings["block_last"]:
        raise Refused(
            "block-full",
            _(
                "Quầy đã dùng hết dải số {first}–{last} của hôm nay; hãy nhờ quản trị nới dải số "
                "trong Cài đặt."
            ).format(first=f"{settings['block_first']:04d}", last=f"{settings['block_last']:04d}"),
        )
    return dossier_code(settings["unit_code"], now.date(), serial)


def _accepted(dossier: Dossier) -> Accepted:
    return Accepted(
        procedure=dossier.procedure_name,
        procedure_code=dossier.procedure_code,
        limit=dossier.limit.text,
        due=dossier.first.due,
        regime=dossier.regime,
        name=dossier.applicant.name,
        id_number=dossier.applicant.id_number,
        papers=len(dossier.papers),
        late_entry_minutes=int((dossier.entered - dossier.accepted).total_seconds() // 60),
        process_due=dossier.process_due,
        for_agency=dossier.for_agency,
    )


def save_draft(desk: Desk, form: dict[str, Any]) -> None:
    """Store the form being typed, one per official, so that a power cut loses nothing."""
    me = desk.require(Permission.ACCEPT)
    with desk.write() as connection:
        registers.keep_draft(connection, me.id, form, desk.clock())


def load_draft(desk: Desk) -> dict[str, Any] | None:
    """Return the form that this official was typing when the window last closed, or None."""
    me = desk.require(Permission.ACCEPT)
    with desk.read() as connection:
        return registers.draft_of(connection, me.id)


def drop_draft(desk: Desk) -> None:
    """Delete the form being typed."""
    me = desk.require(Permission.ACCEPT)
    with desk.write() as connection:
        registers.drop_draft(connection, me.id)
