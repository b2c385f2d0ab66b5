"""Putting right: what was typed wrong at intake, and an entry made by mistake.

A correction is an entry of the ledger with before and after, and the promise stays; only before
anything was printed may another procedure move it. A mistaken entry is cancelled by who made it, on
the same day (decision 067).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.steps import required_reason
from cchc_desk.actions.intake.intake import (
    Intake,
    certain_limit,
    cleaned,
    fee_text,
    intake_problems,
)
from cchc_desk.domain.dossiers.clocks import process_due, process_minutes
from cchc_desk.domain.dossiers.dossier import Dossier, PaperCount, Promise, Step, step
from cchc_desk.domain.dossiers.putting_right import check_cancel, check_correct
from cchc_desk.domain.lateness import open_draft
from cchc_desk.domain.law.procedure import Channel, PaperLabel, ProcedureVersion, first_step
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.ledger.facts.putting_right import Cancelled, Corrected, Reopened
from cchc_desk.domain.people.applicant import ApplicantKind
from cchc_desk.domain.people.birth import Birth, PartialDate, birth_text
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import anonymous, dossiers
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import procedures, processes
from cchc_desk.store.papers import registrations

# The papers that show what a correction changes, and are printed anew once they were printed.
_SHOWING = ("receipt", "control", "label", "return")
_CODES = {
    ApplicantKind.PERSON.value: "cá nhân",
    ApplicantKind.ORGANISATION.value: "tổ chức",
    Channel.DIRECT.value: "trực tiếp",
    Channel.ONLINE.value: "trực tuyến",
    Channel.POST.value: "bưu chính",
}
Value = str | int | Birth | tuple[PaperCount, ...] | None


@dataclass(frozen=True)
class Change:
    """One thing that was put right, by its key in facts/putting_right.py."""

    key: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Correction:
    """A dossier as it stands now, and what was changed in it.

    `reprint`: the kinds of paper that are to be printed anew, and the correction note where another
    procedure stands on a printed promise.
    """

    dossier: Dossier
    changes: tuple[Change, ...]
    reprint: tuple[str, ...]


@dataclass(frozen=True)
class Beginning:
    """Dossier to be corrected, with all that a correction begins from.

    `labels` are the papers of the procedure's list; `free` is True while another procedure moves
    the promise, since no paper bears it.
    """

    dossier: Dossier
    taken_in: Intake
    labels: tuple[PaperLabel, ...]
    free: bool


def begin(desk: Desk, code: str) -> Beginning:
    """Return what is to be corrected. Raises as correct() where this official may not."""
    me = desk.require(Permission.CORRECT)
    with desk.read() as connection:
        dossier = progress.the_dossier(connection, code)
        _check(dossier, me, desk.now())
        version = _version(connection, dossier, as_taken_in(dossier), same=True)
        free = _is_free(dossier, _printed(connection, dossier.code))
    return Beginning(dossier, as_taken_in(dossier), version.papers if version else (), free)


def as_taken_in(dossier: Dossier) -> Intake:
    """Return the intake that would make this dossier, to be corrected and handed to correct()."""
    return Intake(
        procedure=dossier.procedure_code,
        applicant=dossier.applicant,
        submitter=dossier.submitter,
        channel=dossier.channel,
        sets=dossier.sets,
        papers=dossier.papers,
        note=dossier.note,
        limit=dossier.limit.text,
        received=dossier.accepted,
        portal_code=dossier.portal_code,
        paper_receipt=dossier.paper_receipt,
        for_agency=dossier.for_agency,
    )


def correct(
    desk: Desk, code: str, wanted: Intake, reason: str, shown: Intake | None = None
) -> Correction:
    """Put right what was typed wrong at intake; `wanted` is the whole of it as it should be.

    `shown` is what the clerk saw when they began. Raises Refused("reason-missing"),
    ("correct-nothing"), ("correct-fixed"), ("correct-closed"), ("correct-finished"),
    ("correct-elsewhere"), ("cancelled"), ("anonymised"), and the first refusal of check_intake().
    """
    me = desk.require(Permission.CORRECT)
    reason = required_reason(reason, _("Hãy ghi vì sao sửa (in trong lịch sử hồ sơ)."))
    with desk.write() as connection:
        before = progress.the_dossier(connection, code)
        _check(before, me, desk.now())
        if shown is not None and shown != as_taken_in(before):
            raise _corrected_elsewhere(before)
        printed = _printed(connection, before.code)
        wanted = cleaned(wanted)
        after = _corrected(desk, connection, before, wanted, free=_is_free(before, printed))
        changes = tuple(_changes(before, after))
        if not changes:
            raise Refused("correct-nothing", _("Chưa có gì khác để sửa."))
        dossiers.correct_dossier(connection, before, after)
        moved = after.first.due != before.first.due
        noted = after.procedure_code != before.procedure_code and not _is_free(before, printed)
        fact = Corrected(
            reason,
            {change.key: _text(change.key, change.before, before) for change in changes},
            {change.key: _text(change.key, change.after, after) for change in changes},
            due_before=before.first.due if moved else None,
            due=after.first.due if moved else None,
            after_printing=noted,
        )
        desk.record(connection, fact, before.code, since=before.accepted)
    again = tuple(kind for kind in _SHOWING if kind in printed)
    return Correction(after, changes, (*again, "correction") if noted else again)


def _corrected_elsewhere(dossier: Dossier) -> Refused:
    return Refused(
        "correct-elsewhere",
        _("Hồ sơ {code} vừa được sửa ở nơi khác; hãy mở lại rồi sửa.").format(code=dossier.code),
    )


def _check(dossier: Dossier, who: Official, now: datetime) -> None:
    check_correct(dossier, who, now)
    if dossier.applicant.name == anonymous.NOBODY:
        raise Refused(
            "anonymised", _("Hồ sơ {code} đã được ẩn danh rồi.").format(code=dossier.code)
        )


def _printed(connection: Connection, code: str) -> frozenset[str]:
    """Return the kinds of the papers of this dossier that were ever printed."""
    entries = journal.of_dossier(connection, code)
    return frozenset(facts.kind for _entry, facts in entries if isinstance(facts, Printed))


def _is_free(dossier: Dossier, printed: frozenset[str]) -> bool:
    """Return True while no paper bears the promise and nothing was reckoned from it."""
    reckoned = dossier.pauses or dossier.moves or dossier.letters or len(dossier.promises) > 1
    return not printed and not dossier.paper_receipt and not reckoned


def _corrected(
    desk: Desk, connection: Connection, before: Dossier, wanted: Intake, *, free: bool
) -> Dossier:
    """Return the dossier as it should have been; raises the refusals of correct()."""
    same = wanted.procedure == before.procedure_code
    kept = same or not free
    _check_fixed(before, wanted, same=same, kept=kept)
    version = _version(connection, before, wanted, same=same)
    limit = before.limit.text if kept else wanted.limit
    for problem in intake_problems(desk, replace(wanted, limit=limit), version):
        raise problem
    after = replace(
        before,
        applicant=wanted.applicant,
        submitter=wanted.submitter,
        channel=wanted.channel,
        sets=wanted.sets,
        note=wanted.note,
        papers=tuple(paper for paper in wanted.papers if paper.total),
    )
    if same:
        return after
    assert version is not None, "checked with the problems"
    after = replace(
        after,
        procedure_code=version.code,
        procedure_name=version.name,
        procedure_version=version.effective_from.isoformat(),
        field=version.field,
        fee=fee_text(version),
    )
    return _promised_anew(desk, connection, after, version, limit) if free else after


def _check_fixed(before: Dossier, wanted: Intake, *, same: bool, kept: bool) -> None:
    """Raise Refused("correct-fixed"), ("correct-finished") for what no correction may change.

    `same`: the procedure stays, `kept`: so does the promise.
    """
    taken_in = as_taken_in(before)
    for field in ("received", "portal_code", "paper_receipt", "for_agency"):
        if getattr(wanted, field) != getattr(taken_in, field):
            raise Refused(
                "correct-fixed",
                _(
                    "Lúc nhận, mã của Cổng, số giấy in sẵn và nơi được nhận thay không sửa được; "
                    "nhập sai thì hủy hồ sơ trong ngày rồi nhập lại."
                ),
                field,
            )
    if not same and before.finished:
        raise Refused(
            "correct-finished",
            _("Hồ sơ {code} đã xong; không đổi thủ tục được nữa.").format(code=before.code),
            "procedure",
        )
    if kept and wanted.limit and parse_limit(wanted.limit).text != before.limit.text:
        raise Refused(
            "correct-fixed",
            _("Lời hẹn không đổi khi sửa; thời hạn giữ như đã hẹn."),
            "limit",
        )


def _version(
    connection: Connection, before: Dossier, wanted: Intake, *, same: bool
) -> ProcedureVersion | None:
    if same:
        code, since = before.procedure_code, before.procedure_version
        return procedures.exact_version(connection, code, since)
    return procedures.version_on(connection, wanted.procedure, before.entered.date())


def _promised_anew(
    desk: Desk,
    connection: Connection,
    dossier: Dossier,
    version: ProcedureVersion,
    confirmed: str | None,
) -> Dossier:
    """Return the dossier with the promise that its new procedure makes from the same acceptance."""
    limit = certain_limit(version, dossier.channel, confirmed)
    assert limit is not None, "checked with the problems"
    runs_from = dossier.first.made
    due = catalogue.promise(desk, runs_from, limit)
    promise = Promise(1, runs_from, due.moment, due.provisional, desk.calendar.version)
    process = processes.process_of(connection, version.code)
    begun, minutes = first_step(process), process_minutes(process)
    return replace(
        dossier,
        limit=limit,
        promises=(promise,),
        first_step=begun.name if begun else "",
        first_budget=begun.minutes if begun else None,
        process_minutes=minutes,
        process_due=(
            process_due(dossier.accepted, minutes, dossier.pauses, desk.calendar)
            if minutes
            else None
        ),
    )


# --- before and after -----------------------------------------------------------------------------


def _changes(before: Dossier, after: Dossier) -> Iterator[Change]:
    was, now = _values(before), _values(after)
    return (Change(key, was[key], now[key]) for key in was if was[key] != now[key])


def _values(dossier: Dossier) -> dict[str, Value]:
    """Return what a correction may change, by its key."""
    by = dossier.submitter
    person = vars(dossier.applicant) | {"kind": dossier.applicant.kind.value}
    return {
        **person,
        "submitter_name": by.name if by else "",
        "submitter_id_number": by.id_number if by else "",
        "submitter_phone": by.phone if by else "",
        "submitter_relation": by.relation if by else "",
        "procedure": dossier.procedure_code,
        "limit": dossier.limit.text,
        "channel": dossier.channel.value,
        "sets": dossier.sets,
        "papers": dossier.papers,
        "note": dossier.note,
    }


def _text(key: str, value: Value, dossier: Dossier) -> str:
    """Return a value of this dossier in the words that the ledger keeps and papers print."""
    if key == "procedure":
        return f"{dossier.procedure_name} ({value})"
    if key in ("kind", "channel"):
        return _CODES[str(value)]
    if value is None:
        return ""
    if isinstance(value, date | PartialDate):
        return birth_text(value)
    if isinstance(value, tuple):
        return "; ".join(f"{p.name} ({p.original}/{p.certified}/{p.copy})" for p in value)
    return str(value)


# --- an entry made by mistake ---------------------------------------------------------------------


def cancel(desk: Desk, code: str, reason: str) -> Dossier:
    """Cancel an entry made by mistake: out of every figure, its number stays used and listed.

    By who made it, on the same day, while nothing but prints, corrections, hand-overs, its place
    and an apology's draft, which is dropped, came after it. Raises Refused("reason-missing"), and
    as check_cancel().
    """
    desk.require(Permission.CANCEL)
    reason = required_reason(reason, _("Hãy ghi vì sao hủy (in trong sổ số đã hủy)."))
    with desk.write() as connection:
        return cancel_within(desk, connection, code, reason)


def cancel_within(desk: Desk, connection: Connection, code: str, reason: str) -> Dossier:
    """Cancel an entry in the caller's transaction. Raises as check_cancel()."""
    me, now = desk.require(Permission.CANCEL), desk.now()
    before = progress.the_dossier(connection, code)
    check_cancel(before, me, now)
    status = step(before.status, Step.CANCEL, before.code)
    dossiers.mark(connection, before.code, status=int(status), cancelled=now, closed=now)
    if before.portal_code:
        _reopen(connection, desk, before)
    draft = open_draft(before)
    if draft is not None:
        dossiers.drop_letter(connection, draft)
    cancelled = Cancelled(reason, dropped_draft=draft.id if draft else None)
    desk.record(connection, cancelled, before.code, since=before.accepted)
    return progress.the_dossier(connection, before.code)


def _reopen(connection: Connection, desk: Desk, cancelled: Dossier) -> None:
    """Let the portal's registration wait for its answer again."""
    registered = registrations.registration_by(connection, cancelled.portal_code)
    if registered and registered.code == cancelled.code:
        registrations.reopen_registration(connection, registered)
        fact = Reopened(registered.portal_code, cancelled.code)
        desk.record(connection, fact, registered.id)
