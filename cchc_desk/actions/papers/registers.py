"""Registers and lists on paper: book, hand-over slip, annex, apologies, review, head's note."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from cchc_desk.actions.boards import morning
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.intake import certify
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.lateness.responsibility import FuseAnswer, StrikeRow
from cchc_desk.actions.office import signing
from cchc_desk.actions.office.printable import check_printable
from cchc_desk.actions.people import accounts
from cchc_desk.domain.dossiers.certifications import BOOK_NAMES, CertificationBook
from cchc_desk.domain.dossiers.dossier import HandOver, Letter, LetterKind, LetterState
from cchc_desk.domain.dossiers.register_rows import (
    AnnexRow,
    ApologyRow,
    BookRow,
    CancelledRow,
    FirstPromise,
    HandOverRow,
    LateEntry,
    LateRow,
    StrikeLine,
    VoidNumber,
)
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.ledger.facts.putting_right import Cancelled, TakenBack
from cchc_desk.domain.lobby import masked
from cchc_desk.domain.people.applicant import handed_in_by
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.domain.table import Listing
from cchc_desk.domain.text.vietnamese import exact_key
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, _n, in_vietnamese
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.words import ORIGIN_LINES
from cchc_desk.papers.lists import (
    APOLOGY_COLUMNS,
    BOOK_COLUMNS,
    CERTIFICATION_COLUMNS,
    LATE_COLUMNS,
    STRIKE_COLUMNS,
    ListHead,
    apology_list_pdf,
    certification_book_pdf,
    hand_over_slip_pdf,
    head_note_pdf,
    listing_pdf,
    receipt_annex_pdf,
    register_book_pdf,
    review_list_pdf,
)
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, lists
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials
from cchc_desk.store.papers import slips

T = TypeVar("T")
# The window shows the same columns as the papers.
__all__ = [
    "APOLOGY_COLUMNS",
    "BOOK_COLUMNS",
    "CERTIFICATION_COLUMNS",
    "LATE_COLUMNS",
    "STRIKE_COLUMNS",
]


def book_rows(
    desk: Desk, first: date, last: date, field: str = "", origin: Origin = Origin.ALL
) -> tuple[BookRow, ...]:
    """Return the lines of the register book of a period, of one field or of all.

    To a processor those of their own dossiers.
    """
    desk.require(Permission.READ)
    _check(first, last)
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, origin)
        unit = desk.settings["unit_name"]
        rows = lists.book(connection, *_minutes(first, last), field, unit)
    return tuple(row for row in rows if row.code in seen)


@in_vietnamese()
def register_book(
    desk: Desk,
    first: date,
    last: date,
    field: str = "",
    reason: str = "",
    origin: Origin = Origin.ALL,
) -> bytes:
    """Return the register book as PDF, which the ledger notes.

    For a leader or an administrator with a reason; for others of their own dossiers alone. Raises
    Refused("period"), and as leaving.required_reason().
    """
    check_printable(field, "field")
    kept, reason = _of_own(desk, reason)
    rows = [row for row in book_rows(desk, first, last, field, origin) if kept(row.code)]
    about = f"Lĩnh vực: {field}. " if field else ""
    with desk.read() as connection:  # a book that lacks a dossier says so
        if damaged := lists.damaged(connection):
            about = f"Hồ sơ bị hỏng, không vào sổ được: {', '.join(damaged)}. {about}"
    pdf = register_book_pdf(
        _head(desk, f"{about}{_whose(desk, reason)}{_period(first, last)}", origin), rows
    )
    title = "Sổ theo dõi hồ sơ"
    leaving.note(desk, title, len(rows), "", pdf, reason, own=not reason)
    return pdf


@in_vietnamese()
def certification_book(
    desk: Desk,
    book: CertificationBook,
    first: date,
    last: date,
    reason: str = "",
    origin: Origin = Origin.ALL,
) -> bytes:
    """Return a book of certification as PDF, as register_book() does the register."""
    kept, reason = _of_own(desk, reason)
    found = certify.book_lines(desk, book, first, last, origin)
    lines = [line for line in found if kept(line.code)]
    head = _head(desk, f"{_whose(desk, reason)}{_period(first, last)}", origin)
    pdf = certification_book_pdf(head, book, lines)
    leaving.note(desk, BOOK_NAMES[book], len(lines), "", pdf, reason, own=not reason)
    return pdf


def _of_own(desk: Desk, reason: str) -> tuple[Callable[[str], bool], str]:
    """Return which codes may stand on paper, and the reason that is needed for all of them."""
    me = desk.require(Permission.READ)
    if me.role in ALLOWED[Permission.EXPORT]:
        return (lambda _code: True), leaving.required_reason(desk, reason)
    with desk.read() as connection:
        return leaving.own_codes(desk, connection).__contains__, ""


def _whose(desk: Desk, reason: str) -> str:
    """Return the words on a paper that holds the official's own dossiers alone."""
    return "" if reason else f"Hồ sơ do {desk.require(Permission.READ).name} nhận, giữ. "


def _period(first: date, last: date) -> str:
    return f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"


@in_vietnamese()
def hand_over_slip(desk: Desk, codes: list[str]) -> bytes:
    """Return the slip of dossiers last passed on by the same giver to the same receiver, as PDF.

    Where step or moment differ, each row has its own. Raises Refused("hand-over-mixed"),
    ("not-own").
    """
    desk.require(Permission.PRINT)
    with desk.read() as connection:
        _check_seen(desk, connection, codes)
        handed_over = [progress.counted_dossier(connection, code) for code in dict.fromkeys(codes)]
    passed = [dossier.hand_overs[-1] for dossier in handed_over if dossier.hand_overs]
    people = {(given.giver, given.receiver) for given in passed}
    if len(passed) < len(handed_over) or len(people) != 1:
        raise Refused(
            "hand-over-mixed",
            _("Một giấy bàn giao chỉ ghi hồ sơ vừa được cùng người giao cho cùng người."),
        )
    step = _common([given.step for given in passed])
    moment = _common([given.at for given in passed])
    rows = [
        HandOverRow(
            dossier.code,
            dossier.procedure_name,
            dossier.applicant.name,
            FirstPromise(dossier.first.due, dossier.due),
            _hand_over_note(given, step, moment),
        )
        for dossier, given in zip(handed_over, passed, strict=True)
    ]
    giver = accounts.official_name(desk, passed[0].giver)
    receiver = accounts.official_name(desk, passed[0].receiver)
    head = _head(desk, "" if step is None else f"Bước: {step}")
    return hand_over_slip_pdf(head, giver, receiver, moment, rows)


def _common(values: Sequence[T]) -> T | None:
    """Return the value that all of them have; None where they differ."""
    return values[0] if len(set(values)) == 1 else None


def _hand_over_note(given: HandOver, step: str | None, moment: datetime | None) -> str:
    """Return the note of a hand-over, after its step and moment where they are not common."""
    lines = []
    if step is None:
        lines.append(f"Bước: {given.step}")
    if moment is None:
        lines.append(f"Giao lúc {given.at:%H:%M %d/%m/%Y}")
    if given.note:
        lines.append(given.note)
    return "\n".join(lines)


def receipt_annex(desk: Desk, codes: list[str]) -> bytes:
    """Return the annex to the receipts of one submitter (or owner), as PDF.

    Raises Refused("annex-mixed"), ("not-own").
    """
    desk.require(Permission.PRINT)
    with desk.read() as connection:
        _check_seen(desk, connection, codes)
        loaded = [progress.counted_dossier(connection, code) for code in codes]
    dossiers = list({dossier.code: dossier for dossier in loaded}.values())
    submitters = [dossier.submitter or dossier.applicant for dossier in dossiers]
    numbers = {person.id_number for person in submitters if person.id_number}
    if len({exact_key(person.name) for person in submitters}) != 1 or len(numbers) > 1:
        raise Refused(
            "annex-mixed", _("Một biên bản giao nhận chỉ ghi hồ sơ do cùng một người nộp."), "code"
        )
    by = handed_in_by(dossiers[0].applicant, dossiers[0].submitter)
    unit = desk.settings["unit_name"]
    rows = [
        AnnexRow(
            code=dossier.code,
            procedure_name=dossier.procedure_name,
            agency=unit,
            accepted=dossier.accepted,
            due=dossier.first.due,
            limit=dossier.limit.text,
            sets=dossier.sets,
            name=dossier.applicant.name,
        )
        for dossier in dossiers
    ]
    opening = [
        f"Người nộp hồ sơ: {by or dossiers[0].applicant.name}.",
        f"Kèm theo {len(rows):02d} Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
    ]
    taker = _common([dossier.accepted_by for dossier in dossiers])
    official = "" if taker is None else accounts.official_name(desk, taker)
    return receipt_annex_pdf(_head(desk, ""), opening, rows, by, official)


def _check_seen(desk: Desk, connection: Connection, codes: Sequence[str]) -> None:
    """Raise Refused("not-own") for a dossier that whoever is logged in has no part in."""
    seen = leaving.seen_codes(desk, connection)
    wanted = [progress.the_dossier(connection, code).code for code in codes]
    others = [code for code in wanted if seen is not None and code not in seen]
    if others:
        raise Refused(
            "not-own",
            _("Hồ sơ {code} không phải hồ sơ của bạn; hãy nhờ người tiếp nhận in.").format(
                code=others[0]
            ),
            "code",
        )


def apology_rows(
    desk: Desk, first: date, last: date, origin: Origin = Origin.ALL
) -> tuple[ApologyRow, ...]:
    """Return the signed letters of a period about dossiers that were late, for the notice board.

    Names of persons are masked, and the reason is the cause alone: what a clerk wrote may be about
    other people. Raises Refused("period").
    """
    desk.require(Permission.READ)
    _check(first, last)
    with desk.read() as connection:
        letters = dossiers.letters_in(connection, [LetterState.SIGNED, LetterState.DELIVERED])
        within = [letter for letter in letters if _in_the_list(letter, first, last)]
        chosen = lists.of_origin(connection, origin)
        signed = {letter.code for letter in within if letter.code in chosen}
        # A letter in advance is none of it while, or because, the promise held after all.
        about = {row.code: row for row in lists.rows_of(connection, desk.now(), signed) if row.late}
        within = [letter for letter in within if letter.code in about]
        codes = set(about)
        organisations = lists.of_organisations(connection, codes)
        printed = lists.promised(connection, codes)
    return tuple(
        _apology_row(letter, about[letter.code], printed[letter.code], letter.code in organisations)
        for letter in within
    )


def _apology_row(
    letter: Letter, dossier: DossierRow, printed: datetime, is_organisation: bool
) -> ApologyRow:
    return ApologyRow(
        code=letter.code,
        name=dossier.name if is_organisation else masked(dossier.name),
        procedure_name=dossier.procedure_name,
        promise=FirstPromise(printed=printed, now=dossier.first_due),
        reason=catalogue.cause_label(letter.cause),
        new_due=letter.new_due,
        letter_number=letter.number_text,
    )


@in_vietnamese()
def apology_list(desk: Desk, first: date, last: date, origin: Origin = Origin.ALL) -> bytes:
    """Return the public apologies as PDF, to be put up. Raises Refused("period")."""
    rows = apology_rows(desk, first, last, origin)
    signer = signing.lines_of_whoever_signs(desk)
    head = _head(desk, _period(first, last), origin)
    agency = Agency(desk.settings["parent_agency"], desk.settings["unit_name"])
    return apology_list_pdf(replace(head, agency=agency), rows, signer)


def _in_the_list(letter: Letter, first: date, last: date) -> bool:
    return (
        letter.kind is LetterKind.LATE
        and letter.signed is not None
        and first <= letter.signed.date() <= last
    )


def strike_rows(desk: Desk, year: int, origin: Origin = Origin.ALL) -> tuple[StrikeLine, ...]:
    """Return the strikes of a calendar year by official: all to a leader, else one's own."""
    return _strike_rows(desk, responsibility.strikes(desk, year, origin))


def _strike_rows(desk: Desk, strikes: Sequence[StrikeRow]) -> tuple[StrikeLine, ...]:
    printed = _printed(desk, {line.code for row in strikes for line in row.dossiers})
    return tuple(
        StrikeLine(
            row.official.name,
            _how_often(row),
            line.code,
            line.procedure_name,
            FirstPromise(printed[line.code], line.first_due),
            _cause(desk, line.code),
            objection,
        )
        for row in strikes
        for line, objection in zip(row.dossiers, row.objections, strict=True)
    )


def _how_often(row: StrikeRow) -> str:
    times = _n("{n} lần", len(row.dossiers)).format(n=len(row.dossiers))
    if row.standing is Standing.CLEAR:
        return times
    return f"{times} – {_(morning.STANDINGS[row.standing])}"


@in_vietnamese()
def review_list(desk: Desk, year: int, origin: Origin = Origin.ALL) -> bytes:
    """Return officials at two strikes and more with the dossiers and objections, as PDF."""
    strikes = responsibility.strikes(desk, year, origin)
    reviewed = [row for row in strikes if row.standing is not Standing.CLEAR]
    head = _head(desk, f"Năm {year}", origin)
    return review_list_pdf(head, _strike_rows(desk, reviewed), _order(desk))


def _printed(desk: Desk, codes: set[str]) -> dict[str, datetime]:
    with desk.read() as connection:
        return lists.promised(connection, codes)


def _cause(desk: Desk, code: str) -> str:
    with desk.read() as connection:
        fixed = progress.the_dossier(connection, code).responsibility
    return _(catalogue.cause_label(fixed.cause)) if fixed else ""


@in_vietnamese()
def head_note(desk: Desk, first: date, last: date, origin: Origin = Origin.ALL) -> bytes:
    """Return the note to the head of the unit: the share, the line, the late dossiers, as PDF."""
    answer = responsibility.fuse(desk, first, last, origin)
    share, limit = answer.fuse.share, answer.fuse.line
    line = "đã chạm" if answer.fuse.tripped else "chưa chạm"
    if share is not None and share > limit:
        line = "đã vượt"
    opening = [
        f"Tỷ lệ hồ sơ trễ hẹn: {morning.percent(answer.fuse)}; {line} ngưỡng 5%.",
        f"Cách đếm của Cổng Dịch vụ công: {morning.percent(answer.portal)}.",
    ]
    head = _head(desk, _period(first, last), origin)
    rows = sorted(late_rows(desk, answer), key=lambda row: (row.promise.printed, row.code))
    return head_note_pdf(head, opening, rows, _order(desk))


def _order(desk: Desk) -> str:
    return catalogue.local_order(desk).name


def late_rows(desk: Desk, answer: FuseAnswer) -> tuple[LateRow, ...]:
    """Return the late dossiers behind the share; to a processor their own."""
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection)
        codes = [code for code in answer.late if code in seen]
        late = lists.rows_of(connection, desk.now(), codes)
    printed = _printed(desk, {row.code for row in late})
    return tuple(
        LateRow(
            row.code,
            row.name,
            row.procedure_name,
            row.holder_name,
            FirstPromise(printed[row.code], row.first_due),
            row.ready,
            row.status if row.ended else None,
            row.ended,
        )
        for row in late
    )


@in_vietnamese()
def list_paper(desk: Desk, title: str, listing: Listing[Any], reason: str = "") -> bytes:
    """Return any list of the screen as PDF; one of citizens as export_table() does a file."""
    if not listing.is_personal:
        desk.require(Permission.READ)
        return listing_pdf(_head(desk, ""), title, listing)
    reason = leaving.required_reason(desk, reason)
    pdf = listing_pdf(_head(desk, ""), title, listing)
    leaving.note(desk, title, len(listing.rows), "", pdf, reason)
    return pdf


def _head(desk: Desk, about: str, origin: Origin = Origin.ALL) -> ListHead:
    settings, regime = desk.settings, desk.regime_today()
    agency = Agency(settings["unit_name"], regime.desk_title)
    about = " ".join(filter(None, (ORIGIN_LINES[origin], about)))
    return ListHead(agency, settings["place"], desk.now().date(), about, desk.watermark)


def late_entries(desk: Desk, first: date, last: date) -> tuple[LateEntry, ...]:
    """Return the dossiers taken in on paper in a period and typed later.

    Raises Refused("period").
    """
    desk.require(Permission.READ)
    _check(first, last)
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection)
        rows = lists.late_entries(connection, *_minutes(first, last))
    return tuple(row for row in rows if row.code in seen)


def cancelled_rows(
    desk: Desk, first: date, last: date, origin: Origin = Origin.ALL
) -> tuple[CancelledRow, ...]:
    """Return the numbers cancelled in a period, in order: dossiers, then slips.

    Raises Refused("period").
    """
    desk.require(Permission.READ)
    _check(first, last)
    with desk.read() as connection:
        names = {official.id: official.name for official in officials.all_officials(connection)}
        rows = [
            *lists.cancelled(connection, *_minutes(first, last)),
            *slips.void_slips(connection, *_minutes(first, last)),
        ]
        found = [_cancelled_row(connection, row, names) for row in rows]
        seen = leaving.seen_codes(desk, connection, origin)
    return tuple(row for row in found if row.code in seen)


def _cancelled_row(
    connection: Connection, row: VoidNumber, names: Mapping[str, str]
) -> CancelledRow:
    """Return the row with who cancelled it and why, as the dossier's ledger has it."""
    done = [
        (entry.official, facts.reason)
        for entry, facts in journal.of_dossier(connection, row.code)
        if isinstance(facts, Cancelled | TakenBack) and entry.at == row.at
    ]
    who, reason = done[-1] if done else ("", "")
    return CancelledRow(
        row.number, row.what, row.name, row.at, names.get(who, who), reason, row.code
    )


def _minutes(first: date, last: date) -> tuple[str, str]:
    return f"{first.isoformat()}T00:00", f"{last.isoformat()}T23:59"


def _check(first: date, last: date) -> None:
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
