"""Figures counted anew, one dossier after the other: the rules of docs/promise.md in plain Python,
with no word of domain/figures.py but the names.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain import figures as names
from cchc_desk.domain.dossiers.dossier import OPEN, Dossier, LetterKind, LetterState, Status
from cchc_desk.domain.figures import Figure, Origin, Period
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, Timing, timing
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run

_BY_DATE = TimeLimit(LimitUnit.WORKING_DAYS, 1)


def whole(desk: Desk) -> list[Dossier]:
    """Every dossier of the desk, whole."""
    with desk.database.read() as connection:
        codes = [code for (code,) in run(connection, "SELECT code FROM dossiers ORDER BY n")]
        return [progress.the_dossier(connection, code) for code in codes]


def count(figure: Figure, dossiers: Iterable[Dossier], within: Period) -> int:
    return len(codes(figure, dossiers, within))


def codes(figure: Figure, dossiers: Iterable[Dossier], within: Period) -> set[str]:
    """The codes of the dossiers that the figure counts."""
    return {dossier.code for dossier in dossiers if RULES[figure](dossier, within)}


def of_origin(dossiers: Iterable[Dossier], origin: Origin) -> list[Dossier]:
    """The dossiers that were taken in here, those that only lists name, or all of them."""
    return [
        dossier
        for dossier in dossiers
        if origin is Origin.ALL or bool(dossier.system) is (origin is Origin.LIST)
    ]


def letters_owed(dossier: Dossier, now: datetime) -> int:
    due = is_late(dossier, now) + broke_reappointment(dossier, now)
    return max(0, due - _delivered(dossier))


def is_late(dossier: Dossier, now: datetime) -> bool:
    if dossier.cancelled:
        return False
    return _after_promise(dossier, _measured(dossier, dossier.first_due, now))


def broke_reappointment(dossier: Dossier, now: datetime) -> bool:
    second = dossier.second_due
    if second is None:
        return False
    return timing(_measured(dossier, second, now), second, _BY_DATE) is Timing.LATE


def _measured(dossier: Dossier, due: datetime, now: datetime) -> datetime:
    """When the office was done, or since when the clock stands still, or now."""
    return dossier.ready or dossier.ended or _clock(dossier, due, now)


def _clock(dossier: Dossier, due: datetime, now: datetime) -> datetime:
    still = dossier.paused_since
    return still if still is not None and still <= due else now


def _after_promise(dossier: Dossier, moment: datetime) -> bool:
    return timing(moment, dossier.first_due, dossier.limit) is Timing.LATE


def _delivered(dossier: Dossier) -> int:
    return len(
        [
            letter
            for letter in dossier.letters
            if letter.kind is LetterKind.LATE and letter.state is LetterState.DELIVERED
        ]
    )


def _in(moment: datetime | None, within: Period) -> bool:
    return moment is not None and within.start <= moment <= within.end


def _ready_late(dossier: Dossier, within: Period) -> bool:
    ready = dossier.ready
    return ready is not None and _in(ready, within) and _after_promise(dossier, ready)


def _gone_late(dossier: Dossier, within: Period) -> bool:
    ended = dossier.ended
    return ended is not None and _in(ended, within) and _after_promise(dossier, ended)


def _open(dossier: Dossier, within: Period) -> bool:
    over = [moment for moment in (dossier.ready, dossier.ended) if moment]
    taken_in = dossier.accepted <= within.end and not dossier.cancelled
    return taken_in and all(moment > within.end for moment in over)


def _carried_over(dossier: Dossier, within: Period) -> bool:
    """Taken in before the period, and neither done nor gone before it."""
    over = [moment for moment in (dossier.ready, dossier.ended) if moment]
    began_before = dossier.accepted < within.start and dossier.accepted <= within.end
    return began_before and not dossier.cancelled and all(at >= within.start for at in over)


def _ready_as(dossier: Dossier, within: Period, wanted: Timing) -> bool:
    ready = dossier.ready
    if ready is None or not _in(ready, within):
        return False
    return timing(ready, dossier.first_due, dossier.limit) is wanted


def _open_late(dossier: Dossier, within: Period) -> bool:
    at_end = _clock(dossier, dossier.first_due, within.end)
    return _open(dossier, within) and _after_promise(dossier, at_end)


def _asked_twice(dossier: Dossier, within: Period) -> bool:
    asked = [
        pause for pause in dossier.pauses if pause.kind is PauseKind.SUPPLEMENT and not pause.undone
    ]
    concerned = _in(dossier.ready, within) or _in(dossier.ended, within) or _open(dossier, within)
    return len(asked) >= 2 and concerned


def _due_late(dossier: Dossier, within: Period) -> bool:
    return _in(dossier.first_due, within) and is_late(dossier, within.now)


def _due_late_by_now(dossier: Dossier, within: Period) -> bool:
    if dossier.cancelled:
        return False
    at = min(_measured(dossier, dossier.first_due, within.now), within.now)
    return _in(dossier.first_due, within) and _after_promise(dossier, at)


def _fault(dossier: Dossier, within: Period) -> bool:
    fixed = dossier.responsibility
    found = bool(fixed and fixed.decided and fixed.official and fixed.own_fault)
    return _due_late(dossier, within) and found


def cause(dossier: Dossier) -> str:
    """Return the cause decided, else that of the last letter, signed or not; "" for none."""
    if dossier.responsibility:
        return dossier.responsibility.cause
    return dossier.late_letters[-1].cause if dossier.late_letters else ""


def _first_letter(dossier: Dossier, within: Period) -> bool:
    return letters_owed(dossier, within.now) + _delivered(dossier) >= 1 and not _delivered(dossier)


def _second_letter(dossier: Dossier, within: Period) -> bool:
    now = within.now
    both = is_late(dossier, now) and broke_reappointment(dossier, now)
    return both and _delivered(dossier) < 2


RULES: dict[Figure, Callable[[Dossier, Period], bool]] = {
    names.RECEIVED: lambda dossier, within: _in(dossier.accepted, within) and not dossier.cancelled,
    names.RECEIVED_ONLINE: lambda dossier, within: (
        RULES[names.RECEIVED](dossier, within) and dossier.channel is Channel.ONLINE
    ),
    names.RECEIVED_ON_PAPER: lambda dossier, within: (
        RULES[names.RECEIVED](dossier, within) and dossier.channel is not Channel.ONLINE
    ),
    names.CARRIED_OVER: _carried_over,
    names.READY_EARLY: lambda dossier, within: _ready_as(dossier, within, Timing.EARLY),
    names.READY_ON_TIME: lambda dossier, within: _ready_as(dossier, within, Timing.ON_TIME),
    names.OPEN_IN_TIME: lambda dossier, within: (
        _open(dossier, within) and not _open_late(dossier, within)
    ),
    names.READY: lambda dossier, within: _in(dossier.ready, within),
    names.READY_LATE: _ready_late,
    names.GONE: lambda dossier, within: _in(dossier.ended, within),
    names.GONE_LATE: _gone_late,
    names.RETURNED: lambda dossier, within: _in(dossier.returned, within) and not dossier.cancelled,
    names.WITHDRAWN: lambda dossier, within: (
        _in(dossier.ended, within) and dossier.status is Status.WITHDRAWN
    ),
    names.STOPPED: lambda dossier, within: (
        _in(dossier.ended, within) and dossier.status is Status.STOPPED
    ),
    names.STANDS_STILL: lambda dossier, within: (
        _open(dossier, within)
        and dossier.paused_since is not None
        and dossier.paused_since <= within.end
    ),
    names.OPEN: _open,
    names.OPEN_LATE: _open_late,
    names.ASKED_TWICE: _asked_twice,
    names.DUE_LATE: _due_late,
    names.DUE_LATE_BY_NOW: _due_late_by_now,
    names.TOLD_IN_TIME: lambda dossier, within: (
        _due_late(dossier, within) and any(notice.in_time for notice in dossier.notices)
    ),
    names.APOLOGISED: lambda dossier, within: (
        _due_late(dossier, within) and _delivered(dossier) > 0
    ),
    names.REAPPOINTED: lambda dossier, within: (
        _due_late(dossier, within) and dossier.second_due is not None
    ),
    names.FAULT: _fault,
    names.DUE: lambda dossier, within: dossier.status in OPEN and _in(dossier.due, within),
    names.OVERDUE: lambda dossier, within: (
        not dossier.ready and not dossier.ended and is_late(dossier, within.now)
    ),
    names.FIRST_LETTER_OWED: _first_letter,
    names.SECOND_LETTER_OWED: _second_letter,
}
