"""A promise in danger or broken: notice, letter of apology, the one re-appointment."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.documents import freezing
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import LetterRow
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.office import numbers, printable, signing
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import (
    Dossier,
    How,
    Letter,
    LetterKind,
    LetterState,
    Notice,
    Promise,
)
from cchc_desk.domain.dossiers.segments import at_fault, segments
from cchc_desk.domain.ledger.facts.lateness import (
    Delivered,
    DraftDropped,
    Drafted,
    Notified,
    Signed,
)
from cchc_desk.domain.people.applicant import has_letters
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, due_moment, notice_deadline
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, later, moment
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, lists
from cchc_desk.store.engine.database import Connection

_USUAL_DAYS, _MOST_DAYS, _ENOUGH = 2, 30, 3  # working days proposed; so many late ones make a habit
LONGEST_REASON = 1000
_MISTAKE, _OTHER = "own-error", "other"  # among the causes (resources/law/causes.json)
_STAGE = "Hồ sơ chưa giải quyết xong ở bước «"  # "reason" of drafts up to 0.4, which is none
_FARTHEST = timedelta(days=366)


def causes(desk: Desk) -> tuple[catalogue.Cause, ...]:
    """Return the structured causes of lateness."""
    desk.require(Permission.READ)
    return catalogue.causes()


def propose_new_due(desk: Desk, code: str) -> datetime:
    """Propose a new date, as late after now or the due moment as this procedure usually is.

    That is the median overrun of this desk's late dossiers of the procedure, in working days; two
    where it knows too few of them. Raises Refused("unknown-dossier").
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        dossier = progress.the_dossier(connection, code)
        return _proposed(desk, connection, dossier)


def _proposed(desk: Desk, connection: Connection, dossier: Dossier) -> datetime:
    overruns = [
        len([day for day in _days(due, ready) if desk.calendar.is_working_day(day)])
        for due, ready in lists.overruns(connection, dossier.procedure_code)
    ]
    days = (
        min(max(round(median(overruns)), 1), _MOST_DAYS)
        if len(overruns) >= _ENOUGH
        else _USUAL_DAYS
    )
    limit = TimeLimit(LimitUnit.WORKING_DAYS, days)
    return due_moment(max(desk.now(), dossier.first_due), limit, desk.calendar).moment


def _days(due: datetime, ready: datetime) -> list[date]:
    return [due.date() + timedelta(days=n) for n in range(1, (ready.date() - due.date()).days + 1)]


def draft_what_is_owed(desk: Desk) -> tuple[Letter, ...]:
    """Draft every letter that is owed, or will be by tomorrow, and has no draft yet.

    The reason is what the dossier shows: the agency it waits for, or why its clock stood still. A
    step that is not done yet is no reason: the draft then has none, and the clerk is asked for one
    before the leader can sign. Nothing binds before that.
    """
    desk.require(Permission.DRAFT_LETTER)
    board = progress.day_board(desk)
    owing = (
        *board.letters_owed,
        *progress.notice_owed(desk),
        *(waiting.row for waiting in board.to_sign),
    )
    wanted = dict.fromkeys(row.code for row in owing)
    drafted = []
    with desk.write() as connection:
        for code in wanted:
            try:
                letter = _draft_for(desk, connection, code)
            except DeskError as error:  # one that cannot be read keeps no other from its letter
                if error.code not in ("row-unreadable", "unknown-dossier"):
                    raise
                continue
            if letter:
                drafted.append(letter)
    return tuple(drafted)


def _draft_for(desk: Desk, connection: Connection, code: str) -> Letter | None:
    """Return the draft for one dossier; None where a letter is on its way or none is needed.

    A draft whose new date has passed meanwhile is drafted anew with its own cause and reason.
    """
    dossier, now = progress.the_dossier(connection, code), desk.now()
    if needless := lateness.needless_draft(dossier, now):  # an earlier program left it there
        dossiers.drop_letter(connection, needless)
        desk.record(connection, DraftDropped(needless.id), code)
        return None
    if dossier.paused_since and not lateness.is_late(dossier, now):
        return None  # the clock stands still: no promise is in danger
    draft = lateness.open_draft(dossier)
    earliest = max(now, dossier.first_due)
    if draft and draft.new_due and (dossier.finished or draft.new_due <= earliest):
        again = _proposed(desk, connection, dossier) if dossier.finished is None else None
        content = draft.reason, draft.responsible, draft.own_fault
        return _draft(desk, connection, code, draft.cause, again, *content)
    if any(letter.state is not LetterState.DELIVERED for letter in dossier.late_letters):
        return None
    fresh = dossier.finished is None and dossier.second_due is None
    new_due = _proposed(desk, connection, dossier) if fresh else None
    cause, reason = _seen_cause(desk, dossier)
    return _draft(desk, connection, code, cause, new_due, reason, None, None)


def _seen_cause(desk: Desk, dossier: Dossier) -> tuple[str, str]:
    """Return cause and reason as the dossier shows them, "" for no reason; in Vietnamese."""
    held = at_fault(segments(dossier, desk.calendar, desk.now()), dossier.first_due)
    if held.agency:
        return "other-agency", f"Hồ sơ đang chờ {held.agency} giải quyết"
    waited = [pause for pause in dossier.pauses if pause.kind is not PauseKind.SUPPLEMENT]
    if waited:
        cause = "verification" if waited[-1].kind is PauseKind.FIELD_CHECK else "other-agency"
        together = [pause for pause in waited if pause.ended is None] or waited[-1:]
        return cause, "\n".join(pause.reason for pause in together)
    if dossier.responsibility and dossier.responsibility.cause != _OTHER:
        return dossier.responsibility.cause, ""
    return _OTHER, ""


def notify(desk: Desk, code: str, how: How) -> Notice:
    """Note that the citizen was warned, and whether in time. Raises Refused("already-ready")."""
    desk.require(Permission.NOTIFY)
    now = desk.now()
    with desk.write() as connection:
        dossier = progress.counted_dossier(connection, code)
        if dossier.finished:
            raise Refused(
                "already-ready",
                _("Hồ sơ {code} đã có kết quả; hãy mời công dân đến nhận.").format(
                    code=dossier.code
                ),
            )
        latest = notice_deadline(
            dossier.first_due, dossier.limit, desk.calendar, desk.settings["notice_days"]
        )
        notice = Notice(now, how, in_time=now <= latest)
        dossiers.add_notice(connection, dossier.code, notice)
        desk.record(connection, Notified(how.value, notice.in_time), dossier.code)
    return notice


def draft_apology(
    desk: Desk,
    code: str,
    cause: str,
    new_due: datetime | None,
    reason: str = "",
    responsible: str | None = None,
    own_fault: bool | None = None,
) -> Letter:
    """Draft the letter, or correct the draft that waits; it binds nobody before a leader signs it.

    `responsible` and `own_fault` are proposed; whoever a draft names cannot propose another.
    `new_due` None is for a letter without a new date: the result is ready, or the re-appointment
    broke too. Each line of `reason` is one; without any the letter says what the cause is.
    Raises Refused("cause"), ("reason-long"), ("reason-missing"), ("new-due-…"),
    ("unknown-official"), ("fault-without-official"), ("own-responsibility"), and as next_letter().
    """
    with desk.write() as connection:
        letter = _draft(desk, connection, code, cause, new_due, reason, responsible, own_fault)
        _check_reason(letter)
    return letter


def draft_and_sign(
    desk: Desk,
    code: str,
    cause: str,
    new_due: datetime | None,
    reason: str = "",
    responsible: str | None = None,
    own_fault: bool | None = None,
) -> Letter:
    """Draft and sign at once, in one transaction: a refused signature leaves no draft behind.

    An official given by name is decided, in the place of an earlier decision. Raises as
    draft_apology() and sign_letter(), Refused("own-responsibility").
    """
    desk.require(Permission.SIGN_LETTER)
    with desk.write() as connection:
        if responsible is not None:
            dossier = progress.counted_dossier(connection, code)
            responsibility.check_not_own(desk, dossier, responsible)
            responsibility.decide(desk, connection, dossier, cause, responsible, own_fault)
        letter = _draft(desk, connection, code, cause, new_due, reason, responsible, own_fault)
        _check_reason(letter)
        return _sign(desk, connection, letter.id, None)


def _draft(
    desk: Desk,
    connection: Connection,
    code: str,
    cause: str,
    new_due: datetime | None,
    reason: str,
    responsible: str | None,
    own_fault: bool | None,
) -> Letter:
    me, now = desk.require(Permission.DRAFT_LETTER), desk.now()
    dossier = progress.counted_dossier(connection, code)
    order = catalogue.local_order(desk).in_brackets
    ordinal = lateness.next_letter(dossier, now, new_due, order)
    label, reason = catalogue.cause_label(cause), _reasons(reason)
    if new_due is not None:
        _check_new_due(desk, dossier, new_due)
    waiting = lateness.open_draft(dossier)
    if waiting and waiting.responsible == me.id:
        responsible, own_fault = _kept_proposal(waiting, responsible)
    responsibility.check_proposal(connection, cause, responsible, own_fault)
    letter = Letter(
        id=waiting.id if waiting else str(uuid.uuid4()),
        code=dossier.code,
        ordinal=ordinal,
        state=LetterState.DRAFTED,
        cause=cause,
        reason=reason or ("" if cause == _OTHER else label),
        new_due=new_due,
        responsible=responsible,
        own_fault=own_fault,
        drafted=now,
        drafted_by=me.id,
    )
    dossiers.keep_letter(connection, letter)
    desk.record(connection, _drafted(letter), dossier.code)
    return letter


def _kept_proposal(waiting: Letter, responsible: str | None) -> tuple[str | None, bool | None]:
    """Return what the draft proposes about whoever corrects it now, which they cannot change."""
    if responsible not in (None, waiting.responsible):
        raise Refused(
            "own-responsibility",
            _(
                "Thư này đề nghị chính bạn chịu trách nhiệm: bạn không đổi sang người khác được. "
                "Hãy báo lãnh đạo, hoặc ghi ý kiến khi lãnh đạo đã quyết định."
            ),
            "responsible",
        )
    return waiting.responsible, waiting.own_fault


def draft_mistake_letter(desk: Desk, code: str, mistake: str) -> Letter:
    """Draft, or correct, a letter that apologises for a mistake of the desk itself.

    It promises no new date and is none of the letters that lateness owes. Raises
    Refused("reason-missing"), ("reason-long"), ("unknown-dossier").
    """
    me, now = desk.require(Permission.DRAFT_LETTER), desk.now()
    mistake = _reason(mistake)
    if not mistake:
        raise Refused("reason-missing", _("Hãy ghi sai sót mà cơ quan xin lỗi."), "reason")
    with desk.write() as connection:
        dossier = progress.counted_dossier(connection, code)
        before = [letter for letter in dossier.letters if letter.kind is LetterKind.MISTAKE]
        waiting = next((letter for letter in before if letter.state is LetterState.DRAFTED), None)
        letter = Letter(
            id=waiting.id if waiting else str(uuid.uuid4()),
            code=dossier.code,
            ordinal=waiting.ordinal if waiting else len(before) + 1,
            state=LetterState.DRAFTED,
            cause=_MISTAKE,
            reason=mistake,
            new_due=None,
            responsible=None,
            own_fault=None,
            drafted=now,
            drafted_by=me.id,
            kind=LetterKind.MISTAKE,
        )
        dossiers.keep_letter(connection, letter)
        desk.record(connection, _drafted(letter), dossier.code)
    return letter


def give_reason(
    desk: Desk, chosen: Collection[str], cause: str, reason: str = ""
) -> tuple[Letter, ...]:
    """Give the drafts with an id in `chosen` this cause and reason, all or none.

    Raises as draft_apology(), Refused("unknown-letter"), ("letter-state").
    """
    desk.require(Permission.DRAFT_LETTER)
    with desk.write() as connection:
        drafts = [
            _letter(connection, id_, LetterState.DRAFTED, _("Thư này đã được ký."))
            for id_ in dict.fromkeys(chosen)
        ]
        given = []
        for draft in drafts:
            content = reason, draft.responsible, draft.own_fault
            letter = _draft(desk, connection, draft.code, cause, draft.new_due, *content)
            _check_reason(letter)
            given.append(letter)
    return tuple(given)


def several_reasons(causes: Sequence[str], reasons: Sequence[str]) -> str:
    """Return the reason of a letter with several causes, the first of which counts in figures.

    One cause alone is said by the letter itself. Raises Refused("cause").
    """
    labels = [catalogue.cause_label(cause) for cause in causes if cause != _OTHER]
    return "\n".join([*(labels if len(causes) > 1 else []), *reasons])


def _check_reason(letter: Letter) -> None:
    if not letter.reason:
        raise Refused("reason-missing", _("Nguyên nhân «khác» cần ghi rõ lý do."), "reason")


def _reasons(text: str) -> str:
    """Return the reasons of a letter, one in each line. Raises Refused("reason-long")."""
    return "\n".join(filter(None, (_reason(line) for line in text.splitlines())))


def _reason(text: str) -> str:
    reason = printable.printable_line(text, "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "reason-long",
            _("Lý do dài quá {most} ký tự; hãy viết gọn lại.").format(most=LONGEST_REASON),
            "reason",
        )
    return reason


def _drafted(letter: Letter) -> Drafted:
    return Drafted(
        letter=letter.id,
        cause=letter.cause,
        reason=letter.reason,
        new_due=letter.new_due,
        responsible=letter.responsible,
        own_fault=letter.own_fault,
    )


def _check_new_due(desk: Desk, dossier: Dossier, new_due: datetime) -> None:
    now = desk.now()
    if new_due <= max(now, dossier.first_due):
        raise Refused(
            "new-due-past", _("Ngày hẹn mới phải sau bây giờ và sau ngày hẹn cũ."), "new_due"
        )
    if new_due > now + _FARTHEST:
        raise Refused(
            "new-due-far", _("Ngày hẹn mới xa quá một năm; hãy kiểm tra lại năm."), "new_due"
        )
    sessions = desk.calendar.sessions_on(new_due.date())
    if not any(session.opens <= new_due.time() <= session.closes for session in sessions):
        minute = TimeLimit(LimitUnit.WORKING_MINUTES, 1)
        proposed = due_moment(new_due, minute, desk.calendar).moment
        raise Refused(
            "new-due-rest",
            _("{new_due} ngoài giờ làm việc; gần nhất là {proposed}.").format(
                new_due=moment(new_due), proposed=moment(proposed)
            ),
            "new_due",
        )


def letters(desk: Desk, state: LetterState | None = None) -> tuple[LetterRow, ...]:
    """Return the letters in one state (all when None), by due moment and code."""
    return progress.letter_rows(desk, *([state] if state else []))


def sign_letter(desk: Desk, letter_id: str, number: int | None = None) -> Letter:
    """Sign a letter: it gets number and date, and its new date binds as the one re-appointment.

    `number` is typed in where the office's registrar gives them, else taken from the desk's block.
    Raises Refused("unknown-letter"), ("letter-state"), ("reason-missing"), ("signer-title"),
    ("new-due-…"), and as letter_number() and next_letter().
    """
    with desk.write() as connection:
        return _sign(desk, connection, letter_id, number)


@dataclass(frozen=True)
class ToSign:
    """A draft that waits; `why_not` is the sentence that refuses its signature, None for none."""

    row: LetterRow
    why_not: str | None


@dataclass(frozen=True)
class WaitingDrafts:
    """Drafts in the order in which they are signed, and the numbers that come, none taken yet.

    The first one signed gets the first number; there are none where the registrar gives them.
    """

    drafts: tuple[ToSign, ...]
    numbers: tuple[int, ...]


def waiting_drafts(desk: Desk) -> WaitingDrafts:
    """Return every draft that waits, by due moment and code, with the numbers that come.

    Raises Refused("signer-title") before anything is offered to be signed.
    """
    signing.lines_of(desk, desk.require(Permission.SIGN_LETTER))
    rows = letters(desk, LetterState.DRAFTED)
    with desk.read() as connection:
        drafts = tuple(ToSign(row, _why_unsigned(desk, connection, row)) for row in rows)
        coming = numbers.coming_numbers(desk, connection, desk.now(), len(rows))
    return WaitingDrafts(drafts, coming)


def _why_unsigned(desk: Desk, connection: Connection, row: LetterRow) -> str | None:
    if desk.settings["letter_by_registrar"]:
        return _("Văn thư cấp số: hãy ký từng thư với số của nó.")
    if _stands_still(row):
        return _(_STANDS_STILL)
    try:
        _signable(desk, connection, row.letter)
    except Refused as refusal:
        return refusal.message
    return None


_STANDS_STILL = later("Hồ sơ đang chờ công dân, chưa trễ; chưa cần hẹn lại.")


def _stands_still(row: LetterRow) -> bool:
    """Return True when its clock stands still: no letter may spend the re-appointment."""
    late = row.letter.kind is LetterKind.LATE
    return late and row.row.paused_since is not None and not row.row.late


@dataclass(frozen=True)
class Batch:
    """Result of signing many letters; `refused` are (code, sentence)."""

    signed: tuple[Letter, ...]
    refused: tuple[tuple[str, str], ...]


def sign_all(desk: Desk, chosen: Collection[str] | None = None) -> Batch:
    """Sign every draft that waits, or those with the ids `chosen`, each in its own transaction.

    By due moment and code, so that the numbers follow. One that cannot be signed stops no other.
    Raises Refused("signer-title").
    """
    signing.lines_of(desk, desk.require(Permission.SIGN_LETTER))
    signed, refused = [], []
    for row in letters(desk, LetterState.DRAFTED):
        if chosen is not None and row.letter.id not in chosen:
            continue
        if _stands_still(row):
            refused.append((row.letter.code, _(_STANDS_STILL)))
            continue
        try:
            with desk.only_on(row.letter.code):
                signed.append(sign_letter(desk, row.letter.id))
        except Refused as refusal:
            refused.append((row.letter.code, refusal.message))
    return Batch(tuple(signed), tuple(refused))


def _signable(desk: Desk, connection: Connection, draft: Letter) -> Dossier:
    """Return the dossier of a draft that can be signed.

    Raises as next_letter(), Refused("reason-missing"), ("new-due-…").
    """
    dossier = progress.counted_dossier(connection, draft.code)
    if draft.kind is LetterKind.LATE:
        lateness.next_letter(
            dossier, desk.now(), draft.new_due, catalogue.local_order(desk).in_brackets
        )
    if not draft.reason or draft.reason.startswith(_STAGE):
        raise Refused(
            "reason-missing",
            _(
                "Thư của hồ sơ {code} chưa có lý do; hãy ghi lý do mà người dân hiểu được rồi ký."
            ).format(code=dossier.code),
            "reason",
        )
    if draft.new_due:
        _check_new_due(desk, dossier, draft.new_due)
    return dossier


def _sign(desk: Desk, connection: Connection, letter_id: str, number: int | None) -> Letter:
    leader, now = desk.require(Permission.SIGN_LETTER), desk.now()
    signing.lines_of(desk, leader)  # by what authority, asked before anything is numbered
    draft = _letter(
        connection,
        letter_id,
        LetterState.DRAFTED,
        _("Thư này đã được ký; hãy in và trao cho công dân."),
    )
    dossier = _signable(desk, connection, draft)
    printable.check_signing(desk, dossier, draft.reason.splitlines())
    letter = replace(
        draft,
        state=LetterState.SIGNED,
        number=numbers.letter_number(desk, connection, now, number),
        symbol=desk.settings["letter_symbol"],
        signed=now,
        signed_by=leader.id,
    )
    dossiers.keep_letter(connection, letter)
    if letter.kind is LetterKind.LATE:
        responsibility.decide_by_signing(desk, connection, dossier, letter)
    if letter.new_due:
        dossiers.reappoint(connection, dossier, _reappointment(desk, letter, now, letter.new_due))
    paper = freezing.freeze_letter(desk, connection, letter)
    signed = Signed(
        letter=letter.id,
        number=letter.number_text,
        new_due=letter.new_due,
        paper=paper.number,
        facts_sha256=paper.facts_sha256,
        pdf_sha256=paper.pdf_sha256,
    )
    desk.record(connection, signed, dossier.code)
    return letter


def _reappointment(desk: Desk, letter: Letter, now: datetime, due: datetime) -> Promise:
    provisional = not desk.calendar.is_confirmed(due.date())
    return Promise(2, now, due, provisional, desk.calendar.version, letter.id)


def deliver_letter(desk: Desk, letter_id: str, how: How, to: str = "") -> Letter:
    """Note that the signed letter reached the citizen, taken by `to`.

    A dossier that is over and owes nothing is closed. Raises Refused("unknown-letter"),
    ("letter-state"), ("returned-to").
    """
    desk.require(Permission.DELIVER_LETTER)
    now, to = desk.now(), printable.printable_line(to, "to")
    if to and not has_letters(to):
        raise Refused("returned-to", _("Hãy ghi tên người nhận thư."), "to")
    with desk.write() as connection:
        signed = _letter(
            connection, letter_id, LetterState.SIGNED, _("Chỉ trao được thư đã ký và chưa trao.")
        )
        letter = replace(
            signed,
            state=LetterState.DELIVERED,
            delivered=now,
            delivered_how=how,
            delivered_to=to,
        )
        dossiers.keep_letter(connection, letter)
        if lateness.closes(progress.the_dossier(connection, letter.code), now):
            dossiers.mark(connection, letter.code, closed=now)
        delivered = Delivered(letter=letter.id, how=how.value, to=letter.delivered_to)
        desk.record(connection, delivered, letter.code)
    return letter


@dataclass(frozen=True)
class HandedOver:
    """Result of handing over many letters; `refused` are (code, sentence)."""

    delivered: tuple[Letter, ...]
    refused: tuple[tuple[str, str], ...]


def deliver_letters(desk: Desk, chosen: Collection[str], how: How, to: str = "") -> HandedOver:
    """Note for each letter with an id in `chosen` that it reached the citizen, taken by `to`.

    Each in a transaction of its own; `to` is the dossier's own person where it is "". One that
    cannot be handed over stops no other.
    """
    desk.require(Permission.DELIVER_LETTER)
    delivered, refused = [], []
    for row in letters(desk, LetterState.SIGNED):
        if row.letter.id in chosen:
            try:
                delivered.append(deliver_letter(desk, row.letter.id, how, to or row.row.name))
            except Refused as refusal:
                refused.append((row.letter.code, refusal.message))
    return HandedOver(tuple(delivered), tuple(refused))


def _letter(connection: Connection, letter_id: str, state: LetterState, otherwise: str) -> Letter:
    letter = dossiers.letter_of(connection, letter_id)
    if letter is None:
        raise Refused(
            "unknown-letter",
            _("Không có thư xin lỗi «{id}»; hãy kiểm tra lại.").format(id=letter_id),
            "letter",
        )
    if letter.state is not state:
        raise Refused("letter-state", otherwise, "letter")
    return letter
