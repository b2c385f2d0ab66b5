"""The one next step of a dossier, and the three acts beside it, by state, role and clock.

    next_step(dossier, official, now).first      "return": a name in DOSSIER_ACTS, None for nobody

Only acts that are allowed now are named, so whoever follows the first always gets on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.actions.dossiers.allowed import DOSSIER_ACTS
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Dossier, LetterState, Status
from cchc_desk.domain.dossiers.standing import Standing, standing_of
from cchc_desk.domain.people.officials import Official, Role

BESIDE = 3
_ACTS = {act.name: act for act in DOSSIER_ACTS}
_BESIDE = {
    Status.RECEIVED: ("ready", "hand-over", "request", "notify", "print-receipt", "message"),
    Status.PROCESSING: ("ready", "hand-over", "request", "notify", "message", "print-receipt"),
    Status.SUPPLEMENT: ("supplement", "message", "hand-over", "withdraw"),
    Status.OBLIGATION: ("pay", "message", "hand-over", "withdraw"),
    Status.READY: ("return", "message", "hand-over", "print-receipt"),
    Status.RETURNED: ("print-return", "print-history", "undo", "message"),
    Status.WITHDRAWN: ("print-history", "undo", "message"),
    Status.STOPPED: ("print-history", "undo", "message"),
}
_LATE_BESIDE = ("apologise", "fix", "print-apology")


@dataclass(frozen=True)
class NextStep:
    """Names of acts; `first` is None where this official may do nothing with the dossier."""

    first: str | None
    beside: tuple[str, ...]


def next_step(
    dossier: Dossier, official: Official | None, now: datetime, *, must_warn: bool = False
) -> NextStep:
    """Return the next step of `official` with a dossier, and what else is at hand.

    `must_warn`: a notice is owed by today, which only the calendar knows (progress.notice_due).
    """

    def allowed(name: str) -> bool:
        return _ACTS[name].why_not(official, dossier, now) is None

    wanted = filter(allowed, _in_order(dossier, official, now, must_warn=must_warn))
    first = next(wanted, None)
    late = _LATE_BESIDE if lateness.is_late(dossier, now) else ()
    others = dict.fromkeys((*late, *_BESIDE.get(dossier.status, ())))
    beside = [name for name in others if name != first and allowed(name)]
    return NextStep(first, tuple(beside[:BESIDE]))


def _in_order(
    dossier: Dossier, official: Official | None, now: datetime, *, must_warn: bool
) -> Iterator[str]:
    """Yield the acts that would get the dossier on, the most urgent first."""
    leads = official is not None and official.role is Role.LEADER
    if leads and lateness.open_draft(dossier) and lateness.letters_owed(dossier, now):
        yield "sign"
    if any(letter.state is LetterState.SIGNED for letter in dossier.letters):
        yield "deliver"
    if dossier.finished is not None:
        yield from _after_the_end(dossier, now)
        return
    standing = standing_of(dossier, now)
    if standing.kind is Standing.BROKEN_AGAIN and not leads:
        yield "hand-over"  # the rule allows no third date: the leader has to hear of it
    if lateness.letters_owed(dossier, now) and lateness.open_draft(dossier) is None:
        yield "apologise"
    if must_warn and not dossier.told_in_time:
        yield "notify"
    yield from _in_work(dossier, official)


def _after_the_end(dossier: Dossier, now: datetime) -> Iterator[str]:
    if dossier.status is Status.READY:
        yield from ("return", "hand-over")
    if lateness.letters_owed(dossier, now) and lateness.open_draft(dossier) is None:
        yield "apologise"
    if lateness.is_late(dossier, now) and not lateness.is_decided(dossier):
        yield "fix"
    yield from ("print-return", "print-history", "message")


def _in_work(dossier: Dossier, official: Official | None) -> Iterator[str]:
    if dossier.for_agency and dossier.agency_received is None:
        yield from ("forward", "agency-received")
    if dossier.open_pauses:
        if dossier.open_request and dossier.open_request.told is None:
            yield "tell"
        yield from ("supplement", "pay", "resume")
    processes = official is not None and official.role is not Role.CLERK
    new = dossier.status is Status.RECEIVED and not processes
    if new and not dossier.limit.within_one_day:
        yield "hand-over"
    if official is None or dossier.holder == official.id or dossier.status is Status.RECEIVED:
        yield "ready"
    yield from ("message", "ready")
