"""The clocks of a dossier, kept apart: the promise, the process limit, the competent agency.

Lateness without more is against the promise; strikes, the late share and letters know no other
clock. The process limit is the internal process's, or the other system's where a list names one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.lists.watched import ListedLimit, at_closing
from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.deadlines import (
    DAY_MINUTES,
    MOST_DAYS,
    LimitUnit,
    TimeLimit,
    WalkStep,
    due_as_printed,
    due_moment,
    last_minute,
    last_minute_of_day,
    walk_between,
)
from cchc_desk.domain.time.pauses import Pause, due_now
from cchc_desk.i18n import later


class ClockKind(Enum):
    """Kind of a clock; the value is its name on the command line."""

    PROMISE = "promise"
    REAPPOINTMENT = "reappointment"
    PROCESS = "process"
    FORWARD = "forward"
    AGENCY = "agency"


CLOCK_NAMES = {
    ClockKind.PROMISE: later("hẹn với công dân"),
    ClockKind.REAPPOINTMENT: later("hẹn lại"),
    ClockKind.PROCESS: later("hạn quy trình"),
    ClockKind.FORWARD: later("hạn chuyển hồ sơ"),
    ClockKind.AGENCY: later("hạn của cơ quan có thẩm quyền"),
}


@dataclass(frozen=True)
class Clock:
    """One clock: due when, late or not, and the walk to it, () where a person chose the moment.

    `system`: whose list names it, or the other agency that it is about; "" for this desk's own.
    """

    kind: ClockKind
    due: datetime
    late: bool
    walk: tuple[WalkStep, ...]
    system: str = ""


def process_minutes(process: Sequence[ProcessStep]) -> int | None:
    """Return the working minutes of all steps together; None where a step has no limit."""
    minutes = [step.minutes for step in process]
    if not minutes or None in minutes:
        return None
    total = sum(one or 0 for one in minutes)
    return total if total <= MOST_DAYS * DAY_MINUTES else None


def process_due(
    accepted: datetime, minutes: int, pauses: Iterable[Pause], calendar: Calendar
) -> datetime:
    """Return the end of the internal process, moved by the pauses that ended."""
    limit = TimeLimit(LimitUnit.WORKING_MINUTES, minutes)
    base = due_moment(accepted, limit, calendar).moment
    return due_now(base, accepted, pauses, limit, calendar)


def process_is_late(
    last: datetime | None,
    finished: datetime | None,
    paused_since: datetime | None,
    now: datetime,
) -> bool:
    """Return True when the office was, or is, longer at work than until `last`.

    A pause that began by then stops the clock for as long as it lasts.
    """
    if last is None:
        return False
    if finished is not None:
        return finished > last
    return now > last and (paused_since is None or paused_since > last)


def clocks(
    dossier: Dossier,
    calendar: Calendar,
    now: datetime,
    theirs: ListedLimit | None,
) -> tuple[Clock, ...]:
    """Return the clocks of a dossier, the promise first.

    `theirs`: the process limit that a list names; the internal process of this desk goes before.
    """
    walk = _promise_walk(dossier, calendar)
    late = lateness.is_late(dossier, now)
    found = [Clock(ClockKind.PROMISE, dossier.first_due, late, walk, dossier.system)]
    if dossier.second_due:
        broke = lateness.broke_reappointment(dossier, now)
        found.append(Clock(ClockKind.REAPPOINTMENT, dossier.second_due, broke, ()))
    others = (
        _process(dossier, calendar, now, theirs),
        _forward(dossier, calendar, now),
        _agency(dossier, calendar, now),
    )
    return (*found, *filter(None, others))


def _promise_walk(dossier: Dossier, calendar: Calendar) -> tuple[WalkStep, ...]:
    base, made = dossier.base_of(dossier.first), dossier.first.made
    due = due_as_printed(base, made, dossier.limit, calendar)
    if due and dossier.for_agency:
        return replace(due, accepted=dossier.accepted, forwarded=True).walk
    if due:
        return due.walk
    # The other system counts by a calendar of its own.
    return walk_between(made, base, calendar) if dossier.watched else ()


def agency_due(received: datetime, dossier: Dossier, calendar: Calendar) -> datetime:
    """Return when the competent agency's time ends, which runs from its own receipt.

    Nghị định 309/2026/NĐ-CP, Điều 8 khoản 3.
    """
    base = due_moment(received, dossier.limit, calendar).moment
    return due_now(base, received, dossier.pauses, dossier.limit, calendar)


def _forward(dossier: Dossier, calendar: Calendar, now: datetime) -> Clock | None:
    """Return the clock of forwarding (Nghị định 309/2026/NĐ-CP, Điều 9)."""
    if dossier.forward_by is None:
        return None
    late = (dossier.forwarded or dossier.finished or now) > dossier.forward_by
    walk = walk_between(dossier.accepted, dossier.forward_by, calendar)
    late = late and not dossier.cancelled
    return Clock(ClockKind.FORWARD, dossier.forward_by, late, walk, dossier.for_agency)


def _agency(dossier: Dossier, calendar: Calendar, now: datetime) -> Clock | None:
    if dossier.agency_received is None:
        return None
    ends = agency_due(dossier.agency_received, dossier, calendar)
    last = last_minute(ends, dossier.limit)
    late = process_is_late(last, dossier.finished, dossier.paused_since, now)
    walk = due_moment(dossier.agency_received, dossier.limit, calendar).walk
    late = late and not dossier.cancelled
    return Clock(ClockKind.AGENCY, ends, late, walk, dossier.for_agency)


def _process(
    dossier: Dossier, calendar: Calendar, now: datetime, theirs: ListedLimit | None
) -> Clock | None:
    """Return the clock of the process; its walk is that before pauses, as of the promise."""
    if dossier.process_due and dossier.process_minutes:
        limit = TimeLimit(LimitUnit.WORKING_MINUTES, dossier.process_minutes)
        walk = due_moment(dossier.accepted, limit, calendar).walk
        ends, last, system = dossier.process_due, dossier.process_due, ""
    elif theirs:
        ends, last = at_closing(theirs.due, calendar), last_minute_of_day(theirs.due)
        walk, system = walk_between(dossier.accepted, ends, calendar), theirs.system
    else:
        return None
    late = process_is_late(last, dossier.finished, dossier.paused_since, now)
    return Clock(ClockKind.PROCESS, ends, late and not dossier.cancelled, walk, system)
