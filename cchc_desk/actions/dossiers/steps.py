"""Steps of a dossier after acceptance, one transaction each, the ledger entry last."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cchc_desk.actions.documents import freezing
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.office import numbers, printable
from cchc_desk.actions.people import absences
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.clocks import process_due
from cchc_desk.domain.dossiers.dossier import Dossier, DueMove, HandOver, How, Status, Step, step
from cchc_desk.domain.law.procedure import planned_step
from cchc_desk.domain.law.regime import FormSet
from cchc_desk.domain.ledger.facts.dossiers import (
    Ended,
    HandedOver,
    Ready,
    Returned,
    Shelved,
    Stopped,
    Undone,
    Withdrawn,
)
from cchc_desk.domain.ledger.facts.pauses import (
    Obliged,
    Paid,
    Paused,
    Requested,
    Resumed,
    StoodStill,
    Supplemented,
    ToldSupplement,
    WentOn,
)
from cchc_desk.domain.papers.slips import STOP, SUPPLEMENT, Slip
from cchc_desk.domain.people.applicant import has_letters
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.pauses import (
    WAITS,
    Pause,
    PauseKind,
    due_now,
    items_to_ask,
    supplements,
)
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials, procedures, processes
from cchc_desk.store.papers.slips import add_slip

_ANSWERED, _MET = frozenset({PauseKind.SUPPLEMENT}), frozenset({PauseKind.OBLIGATION})
LONGEST_TEXT = 1000
MOST_ITEMS = 30
# Kept with the hand-over, so Vietnamese whatever the window speaks.
_STEP_OF_ROLE = {
    Role.CLERK: later("Tiếp nhận, trả kết quả"),
    Role.PROCESSOR: later("Thụ lý"),
    Role.LEADER: later("Ký duyệt"),
    Role.ADMINISTRATOR: later("Quản trị"),
}


@dataclass(frozen=True)
class Return:
    """One return of a result; `authority` is the paper by which somebody else takes it."""

    to: str
    papers_back: str = ""
    how: How = How.COUNTER
    authority: str = ""
    originals: str = ""


@dataclass(frozen=True)
class ReturnAnswer:
    """State after a return; `owed` names what is still owed, such as ("apology",)."""

    view: DossierView
    closed: bool
    owed: tuple[str, ...]


# --- passing on -----------------------------------------------------------------------------------


def hand_over(
    desk: Desk,
    codes: Iterable[str],
    to: str,
    *,
    step_name: str = "",
    agency: str = "",
    note: str = "",
) -> tuple[Dossier, ...]:
    """Pass dossiers on to another official, or to an agency followed by that official.

    All of them or none; in place of an official who is away to whoever stands in. Raises
    Refused("unknown-official"), ("same-holder"), ("step-not-allowed").
    """
    desk.require(Permission.HAND_OVER)
    named = {"step_name": step_name, "agency": agency, "note": note}
    texts = [line_of(text, field) for field, text in named.items()]
    with desk.write() as connection:
        return tuple(
            _hand_over(desk, connection, code, to, *texts) for code in dict.fromkeys(codes)
        )


def _hand_over(
    desk: Desk, connection: Connection, code: str, to: str, step_name: str, agency: str, note: str
) -> Dossier:
    dossier, status = _stepped(connection, code, Step.HAND_OVER)
    receiver, away = _receiver(desk, connection, dossier, to, agency)
    if away:
        note = "; ".join(filter(None, (note, f"Thay {away.name}")))
    process = processes.process_of(connection, dossier.procedure_code)
    begun = [before.step for before in dossier.hand_overs]
    whose = away or receiver
    planned = planned_step(process, begun, whose.id, whose.role.value, step_name)
    passed = HandOver(
        ordinal=len(dossier.hand_overs) + 1,
        at=desk.now(),
        giver=dossier.holder,
        receiver=receiver.id,
        step=step_name or (planned.name if planned else _STEP_OF_ROLE[receiver.role]),
        agency=agency or (planned.agency if planned else ""),
        budget=planned.minutes if planned else None,
        note=note,
    )
    dossiers.add_hand_over(connection, dossier.code, passed)
    dossiers.mark(connection, dossier.code, status=int(status), holder=receiver.id)
    handed_over = HandedOver(
        giver=passed.giver,
        receiver=passed.receiver,
        step=passed.step,
        agency=passed.agency,
        note=passed.note,
    )
    desk.record(connection, handed_over, dossier.code)
    return replace(
        dossier, status=status, holder=receiver.id, hand_overs=(*dossier.hand_overs, passed)
    )


def _receiver(
    desk: Desk, connection: Connection, dossier: Dossier, to: str, agency: str
) -> tuple[Official, Official | None]:
    """Return who receives it, and for whom they stand in; None for nobody."""
    wanted = officials.official_of(connection, to)
    cover = absences.cover_within(connection, desk.now().date())
    receiver = officials.official_of(connection, cover.at_work(to))
    if receiver is None or wanted is None:
        raise Refused(
            "unknown-official", _("Không có công chức «{login}» ở quầy này.").format(login=to), "to"
        )
    if receiver.id == dossier.holder and not agency:
        raise Refused(
            "same-holder",
            _("Hồ sơ {code} đang do chính {name} giữ.").format(
                code=dossier.code, name=receiver.name
            ),
            "to",
        )
    return receiver, wanted if wanted.id != receiver.id else None


def shelve(desk: Desk, code: str, place: str) -> DossierView:
    """Store the place of the folder (shelf, box); "" when it is back in hand."""
    desk.require(Permission.SHELVE)
    place = line_of(place, "place")
    with desk.write() as connection:
        dossier = progress.counted_dossier(connection, code)
        dossiers.mark(connection, dossier.code, place=place)
        desk.record(connection, Shelved(place), dossier.code)
    return progress.show_dossier(desk, code)


# --- the clock stands still -----------------------------------------------------------------------


def request_supplement(
    desk: Desk, code: str, reason: str, items: Iterable[str] = (), *, unmet: bool = False
) -> Slip:
    """Ask the citizen for papers by a numbered slip, and stop the clock.

    `items` are the papers to bring (the reason itself when none are named). Only once; again only
    if `unmet`. Raises Refused("reason-missing"), ("step-not-allowed"), ("items-many"), and as
    items_to_ask().
    """
    desk.require(Permission.REQUEST)
    reason, now = required_reason(reason, _("Hãy ghi lý do yêu cầu bổ sung.")), desk.now()
    wanted = tuple(filter(None, (line_of(item, "items") for item in items)))
    _check_items(len(wanted), _("Một phiếu ghi tối đa {most} nội dung; hãy gộp lại."), "items")
    with desk.write() as connection:
        dossier, status = _stepped(connection, code, Step.REQUEST)
        wanted = items_to_ask(dossier.code, dossier.pauses, wanted, unmet=unmet) or (reason,)
        slip = new_slip(desk, connection, dossier, SUPPLEMENT, reason, wanted, unmet)
        first = not supplements(dossier.pauses)
        pause = Pause(
            ordinal=len(dossier.pauses) + 1,
            kind=PauseKind.SUPPLEMENT,
            began=now,
            ended=None,
            reason=reason,
            stops_clock=True,
            items=wanted,
            slip=slip.id,
            broken_notice=first and now.date() >= dossier.first_due.date(),
        )
        _begin_pause(connection, dossier, pause, status)
        requested = Requested(slip.number_text, reason, wanted, pause.broken_notice)
        desk.record(connection, requested, dossier.code)
    return slip


def _check_items(count: int, otherwise: str, field: str) -> None:
    """Raise Refused("items-many") for more than a paper has room for."""
    if count > MOST_ITEMS:
        raise Refused("items-many", otherwise.format(most=MOST_ITEMS), field)


def tell_supplement(desk: Desk, code: str, how: How) -> DossierView:
    """Note that the citizen knows the items of the request. Raises Refused("no-request")."""
    desk.require(Permission.TELL)
    with desk.write() as connection:
        dossier = progress.the_dossier(connection, code)
        pause = dossier.open_request
        if pause is None:
            raise Refused(
                "no-request",
                _("Hồ sơ {code} không có yêu cầu bổ sung nào đang chờ.").format(code=dossier.code),
            )
        dossiers.tell_pause(connection, dossier.code, pause.ordinal, desk.now(), how)
        desk.record(connection, ToldSupplement(how.value), dossier.code)
    return progress.show_dossier(desk, code)


def supplement_brought(desk: Desk, code: str, note: str = "") -> DossierView:
    """Note that the citizen brought the papers: the due moment moves.

    The clock runs again, unless another reason stops it.
    """
    desk.require(Permission.SUPPLEMENT)
    return _go_on(desk, code, Supplemented, Step.SUPPLEMENT, note, _ANSWERED)


def pause(desk: Desk, code: str, kind: PauseKind, reason: str) -> DossierView:
    """Begin to wait for another agency's opinion or a field check; each line is a reason.

    It may wait for something else already. The clock stops where the procedure's version allows
    it. Raises Refused("pause-kind"), ("reason-missing"), ("already-paused").
    """
    desk.require(Permission.PAUSE)
    if kind not in (PauseKind.OPINION, PauseKind.FIELD_CHECK):
        raise Refused("pause-kind", _("Chỉ tạm dừng để lấy ý kiến hoặc kiểm tra thực địa."), "kind")
    lines = dict.fromkeys(line_of(line, "reason") for line in reason.splitlines() if line.strip())
    _check_items(len(lines), _("Một lần tạm dừng ghi tối đa {most} lý do; hãy gộp lại."), "reason")
    reason = "\n".join(lines) or required_reason("", _("Hãy ghi lý do tạm dừng."))
    return _stand_still(desk, code, Paused, Step.PAUSE, kind, reason)


def resume(desk: Desk, code: str, note: str = "", which: int | None = None) -> DossierView:
    """End the wait for opinions and field checks, or for the one of this number.

    The clock runs again, unless another reason stops it. Raises Refused("not-paused").
    """
    desk.require(Permission.RESUME)
    return _go_on(desk, code, Resumed, Step.RESUME, note, WAITS, which)


def oblige(desk: Desk, code: str, reason: str) -> DossierView:
    """Ask the citizen to meet a financial obligation (tax, fee) before the result."""
    desk.require(Permission.OBLIGE)
    reason = required_reason(reason, _("Hãy ghi nghĩa vụ tài chính phải thực hiện."))
    return _stand_still(desk, code, Obliged, Step.OBLIGE, PauseKind.OBLIGATION, reason)


def obligation_met(desk: Desk, code: str, note: str = "") -> DossierView:
    """Note that the financial obligation was met, as supplement_brought()."""
    desk.require(Permission.PAY)
    return _go_on(desk, code, Paid, Step.PAY, note, _MET)


def _stand_still(
    desk: Desk, code: str, fact: type[StoodStill], wanted: Step, kind: PauseKind, reason: str
) -> DossierView:
    with desk.write() as connection:
        dossier, status = _stepped(connection, code, wanted)
        _not_the_same(dossier, kind, reason)
        version = procedures.exact_version(
            connection, dossier.procedure_code, dossier.procedure_version
        )
        stops = version is not None and version.stops_clock(kind)
        begun = Pause(len(dossier.pauses) + 1, kind, desk.now(), None, reason, stops)
        _begin_pause(connection, dossier, begun, status)
        desk.record(connection, fact(kind.value, reason, stops_clock=stops), dossier.code)
    return progress.show_dossier(desk, code)


def _begin_pause(connection: Connection, dossier: Dossier, begun: Pause, status: Status) -> None:
    dossiers.add_pause(connection, dossier.code, begun)
    since = replace(dossier, pauses=(*dossier.pauses, begun)).paused_since
    dossiers.mark(connection, dossier.code, status=int(status), paused_since=since)


def _not_the_same(dossier: Dossier, kind: PauseKind, reason: str) -> None:
    if any((pause.kind, pause.reason) == (kind, reason) for pause in dossier.open_pauses):
        raise Refused(
            "already-paused",
            _("Hồ sơ {code} đang tạm dừng vì chính lý do ấy ({reason}).").format(
                code=dossier.code, reason=reason
            ),
            "reason",
        )


def _go_on(
    desk: Desk,
    code: str,
    fact: type[WentOn],
    wanted: Step,
    note: str,
    kinds: frozenset[PauseKind],
    which: int | None = None,
) -> DossierView:
    note = line_of(note, "note")
    with desk.write() as connection:
        dossier, status = _stepped(connection, code, wanted)
        over = tuple(
            pause
            for pause in dossier.open_pauses
            if pause.kind in kinds and which in (None, pause.ordinal)
        )
        if not over:
            raise Refused(
                "not-paused",
                _("Hồ sơ {code} không tạm dừng; thời gian vẫn đang tính.").format(
                    code=dossier.code
                ),
            )
        after = _end_pauses(desk, connection, dossier, over)
        dossiers.mark(connection, dossier.code, status=int(status))
        went_on = fact(due=after.due, moved=after.due != dossier.due, note=note)
        if isinstance(went_on, Resumed) and which is not None and len(dossier.open_pauses) > 1:
            went_on = replace(went_on, reason=over[0].reason)
        desk.record(connection, went_on, dossier.code)
    return progress.show_dossier(desk, code)


def _end_pauses(
    desk: Desk, connection: Connection, dossier: Dossier, over: Iterable[Pause]
) -> Dossier:
    """End these pauses, if any, and move each promise by the time the clock stood still."""
    ordinals = {pause.ordinal for pause in over}
    if not ordinals:
        return dossier
    pauses, last = [], desk.now()
    for pause in dossier.pauses:
        if pause.ordinal in ordinals:
            last = max(last, pause.began)  # the clock may have been set back
            pause = replace(pause, ended=max(desk.now(), pause.began))
            assert pause.ended is not None
            dossiers.end_pause(connection, dossier.code, pause.ordinal, pause.ended)
        pauses.append(pause)
    dossier = replace(dossier, pauses=tuple(pauses))
    dossiers.mark(connection, dossier.code, paused_since=dossier.paused_since)
    if dossier.process_minutes:
        ends = process_due(dossier.accepted, dossier.process_minutes, dossier.pauses, desk.calendar)
        dossiers.mark(connection, dossier.code, process_due=ends)
    for promise in dossier.promises:
        before = dossier.second_due if promise.ordinal > 1 else dossier.first_due
        base = dossier.base_of(promise)
        after = due_now(base, promise.made, dossier.pauses, dossier.limit, desk.calendar)
        if before and after != before:
            source = str(max(ordinals))
            move = DueMove(promise.ordinal, last, "pause", source, before, after)
            dossiers.add_move(connection, dossier, move)
            dossier = replace(dossier, moves=(*dossier.moves, move))
    return dossier


# --- the end --------------------------------------------------------------------------------------


def mark_ready(desk: Desk, code: str) -> DossierView:
    """Mark the result as ready: the moment that lateness is measured at (docs/promise.md 9)."""
    with desk.write() as connection:
        ready_within(desk, connection, code)
    return progress.show_dossier(desk, code)


def ready_within(desk: Desk, connection: Connection, code: str) -> None:
    """Mark the result as ready in the caller's write transaction."""
    desk.require(Permission.READY)
    dossier, status = _stepped(connection, code, Step.READY)
    dossier = _end_pauses(desk, connection, dossier, dossier.open_pauses)
    dossiers.mark(connection, dossier.code, status=int(status), ready=desk.now())
    dropped = _drop_needless_draft(desk, connection, dossier.code)
    desk.record(connection, Ready(dropped), dossier.code)


def return_result(desk: Desk, code: str, given: Return) -> ReturnAnswer:
    """Hand the result to the citizen. Raises Refused("returned-to"), ("step-not-allowed").

    It is never withheld: a late dossier without its letter merely stays open.
    """
    with desk.write() as connection:
        owed = return_within(desk, connection, code, given)
    view = progress.show_dossier(desk, code)
    return ReturnAnswer(view, view.dossier.closed is not None, ("apology",) * min(owed, 1))


def return_within(desk: Desk, connection: Connection, code: str, given: Return) -> int:
    """Hand the result over in the caller's write transaction; return the letters still owed.

    Raises Refused("returned-to"), and as return_result().
    """
    desk.require(Permission.RETURN)
    to = line_of(given.to, "to_name")
    if not has_letters(to):
        raise Refused("returned-to", _("Hãy ghi tên người nhận kết quả."), "to_name")
    papers_back = line_of(given.papers_back, "papers_back")
    authority = line_of(given.authority, "authority")
    originals = line_of(given.originals, "originals")
    dossier, status = _stepped(connection, code, Step.RETURN)
    dossiers.mark(connection, dossier.code, status=int(status), returned=desk.now())
    dossiers.mark_person(
        connection,
        dossier.code,
        returned_to=to,
        papers_back=papers_back,
        returned_how=given.how.value,
        authority=authority,
        originals=originals,
    )
    owed = _close_if_done(desk, connection, dossier.code)
    returned = Returned(
        returned_to=to,
        papers_back=papers_back,
        letters_owed=owed,
        authority=authority,
        originals=originals,
        returned_how=given.how.value,
    )
    desk.record(connection, returned, dossier.code)
    return owed


def withdraw(desk: Desk, code: str, reason: str = "") -> DossierView:
    """End the dossier: the citizen takes it back."""
    desk.require(Permission.WITHDRAW)
    return _end(desk, code, Withdrawn, Step.WITHDRAW, line_of(reason, "reason"), None)


def stop(desk: Desk, code: str, reason: str) -> DossierView:
    """End the dossier: the office stops. Raises Refused("reason-missing"), ("not-printable").

    The forms of 2025 have a numbered notice for it, those of 2018 none.
    """
    desk.require(Permission.STOP)
    return _end(
        desk,
        code,
        Stopped,
        Step.STOP,
        required_reason(reason, _("Hãy ghi lý do dừng giải quyết.")),
        STOP,
    )


def _end(
    desk: Desk, code: str, fact: type[Ended], wanted: Step, reason: str, kind: str | None
) -> DossierView:
    with desk.write() as connection:
        dossier, status = _stepped(connection, code, wanted)
        dossier = _end_pauses(desk, connection, dossier, dossier.open_pauses)
        slip = None
        forms = desk.regime(dossier.regime).forms_on(dossier.accepted.date())
        if kind and forms.form_set is FormSet.FORMS_2025:  # Mẫu 05; those of 2018 have none
            printable.check_signing(desk, dossier, [reason])
            slip = new_slip(desk, connection, dossier, kind, reason, (), again=False)
        dossiers.mark(connection, dossier.code, status=int(status), ended=desk.now())
        dropped = _drop_needless_draft(desk, connection, dossier.code)
        owed = _close_if_done(desk, connection, dossier.code)
        paper = freezing.freeze_slip(desk, connection, slip) if slip else None
        ended = fact(
            reason=reason,
            number=slip.number_text if slip else "",
            letters_owed=owed,
            dropped_draft=dropped,
            paper=paper.number if paper else None,
            facts_sha256=paper.facts_sha256 if paper else None,
            pdf_sha256=paper.pdf_sha256 if paper else None,
        )
        desk.record(connection, ended, dossier.code)
    return progress.show_dossier(desk, code)


def _drop_needless_draft(desk: Desk, connection: Connection, code: str) -> str | None:
    """Drop a draft for a dossier that was done in time; return its id, None without one."""
    draft = lateness.needless_draft(progress.the_dossier(connection, code), desk.now())
    if draft is None:
        return None
    dossiers.drop_letter(connection, draft)
    return draft.id


def _close_if_done(desk: Desk, connection: Connection, code: str) -> int:
    """Close the dossier unless it owes a letter; return the number of letters owed."""
    now, dossier = desk.now(), progress.the_dossier(connection, code)
    if lateness.closes(dossier, now):
        dossiers.mark(connection, code, closed=now)
    return lateness.letters_owed(dossier, now)


_BACK: dict[Status, dict[str, None]] = {
    Status.READY: {"ready": None},
    Status.RETURNED: {"returned": None, "closed": None},
    Status.WITHDRAWN: {"ended": None, "closed": None},
    Status.STOPPED: {"ended": None, "closed": None},
}


def undo(desk: Desk, code: str, reason: str) -> DossierView:
    """Take back an end (ready, returned, withdrawn, stopped) by a new entry with its reason.

    Nothing is erased. Raises Refused("reason-missing"), ("step-not-allowed").
    """
    desk.require(Permission.UNDO)
    reason = required_reason(reason, _("Hãy ghi lý do hoàn tác."))
    with desk.write() as connection:
        undo_within(desk, connection, code, reason)
    return progress.show_dossier(desk, code)


def undo_within(desk: Desk, connection: Connection, code: str, reason: str) -> None:
    """Take back an end in the caller's transaction. Raises Refused("step-not-allowed")."""
    dossier, status = _stepped(connection, code, Step.UNDO)
    dossiers.mark(connection, dossier.code, status=int(status), **_BACK[dossier.status])
    undone = Undone(reason, undone=int(dossier.status))
    desk.record(connection, undone, dossier.code, since=dossier.finished)


# --- shared ---------------------------------------------------------------------------------------


def _stepped(connection: Connection, code: str, wanted: Step) -> tuple[Dossier, Status]:
    dossier = progress.the_dossier(connection, code)
    return dossier, step(dossier.status, wanted, dossier.code)


def new_slip(
    desk: Desk,
    connection: Connection,
    dossier: Dossier,
    kind: str,
    reason: str,
    items: tuple[str, ...],
    again: bool,
) -> Slip:
    """Store a slip of this dossier under the next number of its kind, in the caller's transaction.

    Raises Refused("block-full").
    """
    now, me = desk.now(), desk.require(Permission.READ)
    symbol = desk.settings[f"{kind}_symbol"]
    slip = Slip(
        id=str(uuid.uuid4()),
        kind=kind,
        code=dossier.code,
        symbol=symbol,
        year=now.year,
        number=numbers.paper_number(desk, connection, symbol, now),
        made=now,
        made_by=me.id,
        reason=reason,
        items=items,
        again=again,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
    )
    add_slip(connection, slip)
    return slip


def line_of(text: str, field: str) -> str:
    """Return one clean line for papers. Raises Refused("text-long"), ("not-printable")."""
    line = printable.printable_line(text, field)
    if len(line) > LONGEST_TEXT:
        raise Refused(
            "text-long",
            _("Nội dung dài quá {most} ký tự; hãy viết gọn lại.").format(most=LONGEST_TEXT),
            field,
        )
    return line


def required_reason(reason: str, otherwise: str) -> str:
    """Return the reason. Raises Refused("reason-missing") with the sentence `otherwise`."""
    line = line_of(reason, "reason")
    if not line:
        raise Refused("reason-missing", otherwise, "reason")
    return line
