"""The clocks of a dossier, kept apart: the promise to the citizen, and the process limit.

Lateness without more is against the promise; strikes, the late share and letters know no other
clock. The process limit is the internal process's, or the other system's where a list names one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


CLOCK_NAMES = {
    ClockKind.PROMISE: later("hẹn với công dân"),
    ClockKind.REAPPOINTMENT: later("hẹn lại"),
    ClockKind.PROCESS: later("hạn quy trình"),
}


@dataclass(frozen=True)
class Clock:
    """One clock: due when, late or not, and the walk to it, () where a person chose the moment.

    `system`: whose list names it, "" for a clock of this desk.
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
    base, made = dossier.base_of(dossier.first), dossier.first.made
    due = due_as_printed(base, made, dossier.limit, calendar)
    walk = due.walk if due else ()
    if dossier.watched and not walk:  # the other system counts by a calendar of its own
        walk = walk_between(made, base, calendar)
    late = lateness.is_late(dossier, now)
    found = [Clock(ClockKind.PROMISE, dossier.first_due, late, walk, dossier.system)]
    if dossier.second_due:
        broke = lateness.broke_reappointment(dossier, now)
        found.append(Clock(ClockKind.REAPPOINTMENT, dossier.second_due, broke, ()))
    process = _process(dossier, calendar, now, theirs)
    return (*found, process) if process else tuple(found)


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
