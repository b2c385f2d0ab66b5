"""The counts over dossiers, each declared once: desk, papers and city count by these names.

A figure is a condition on one dossier, asked of it (`Condition.holds`) or rendered as SQL over the
tables of a desk (store/dossiers/figures.py) or of the city (city/figures.py). The rules are
docs/promise.md's, "Against the promise" and "Lateness".
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import NamedTuple, Self

from cchc_desk.domain.conditions import Always, Bound, Condition, Fact
from cchc_desk.domain.dossiers.dossier import OPEN as IN_WORK
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.i18n import later


class Period(NamedTuple):
    """From one minute to another, both included; an open dossier is measured at `now`."""

    start: datetime
    end: datetime
    now: datetime

    @classmethod
    def of_days(cls, first: date, last: date, now: datetime) -> Self:
        """Return the period from the first minute of a day to the last of another."""
        return cls(datetime.combine(first, time()), datetime.combine(last, time(23, 59)), now)

    @classmethod
    def until_now(cls, first: date, last: date, now: datetime) -> Self:
        """Return the period from the first minute of a day to the last of another, cut at now."""
        whole = cls.of_days(first, last, now)
        return whole._replace(end=min(whole.end, now))

    @classmethod
    def of_year(cls, year: int, now: datetime) -> Self:
        """Return the period of a calendar year."""
        return cls.of_days(date(year, 1, 1), date(year, 12, 31), now)

    @classmethod
    def at(cls, now: datetime) -> Self:
        """Return the period of the one minute `now`."""
        return cls(now, now, now)


class Facts:
    """The facts that figures are made of, under the names that they have in Dossier.

    A result is late after the last minute. The due moments are the current ones, as pauses and
    changes of the calendar moved them; `due` is what the citizen waits for now.
    """

    status = Fact("status")
    accepted = Fact("accepted")
    first_due = Fact("first_due")
    last_minute = Fact("last_minute")
    second_due = Fact("second_due")
    second_last_minute = Fact("second_last_minute")
    due = Fact("due")
    paused_since = Fact("paused_since")
    ready = Fact("ready")
    returned = Fact("returned")
    ended = Fact("ended")
    finished = Fact("finished")
    closed = Fact("closed")
    letters_signed = Fact("letters_signed")
    letters_delivered = Fact("letters_delivered")
    asked = Fact("asked")  # for a supplement
    asked_twice = Fact("asked_twice")
    told_in_time = Fact("told_in_time")
    own_fault = Fact("own_fault")
    cancelled = Fact("cancelled")
    watched = Fact("watched")
    taken_in = Fact("taken_in")
    forward_by = Fact("forward_by")
    forwarded = Fact("forwarded")
    online = Fact("online")
    on_paper = Fact("on_paper")  # handed in at the counter or by post
    accepted_day = Fact("accepted_day")
    ready_day = Fact("ready_day")
    finished_day = Fact("finished_day")
    returned_day = Fact("returned_day")
    due_day = Fact("due_day")  # of the first promise
    disputed = Fact("disputed")  # a list of another system says something else of it


class Origin(Enum):
    """Origin of the dossiers that a figure counts; the value is its name on the command line."""

    ALL = "all"
    DESK = "desk"  # taken in here
    LIST = "list"  # watched from lists of other systems


@dataclass(frozen=True)
class Figure:
    """One count: how many dossiers fulfil the condition in a period."""

    name: str
    condition: Condition


OF_ORIGIN = {
    Origin.ALL: Always(),
    Origin.DESK: Facts.taken_in.true,
    Origin.LIST: Facts.watched.true,
}
ORIGIN_NAMES = {
    Origin.ALL: later("Tất cả"),
    Origin.DESK: later("Tiếp nhận tại đây"),
    Origin.LIST: later("Từ tệp của tỉnh"),
}


@cache
def of_origin(figure: Figure, origin: Origin) -> Figure:
    """Return the figure over the dossiers of this origin alone."""
    return Figure(figure.name, figure.condition & OF_ORIGIN[origin])


_START, _END, _NOW = Bound("start"), Bound("end"), Bound("now")

# An entry made by mistake is in no figure. It is never ready, ended, re-appointed or in work, so
# that what asks for these need not ask for it.
COUNTED = Facts.cancelled.missing

# --- lateness -------------------------------------------------------------------------------------

# A pause that began by the due moment stops the clock for as long as it lasts; one that began after
# it stops nothing (docs/promise.md 8).
CLOCK_RUNS = Facts.paused_since.missing | (Facts.paused_since > Facts.first_due)
_SECOND_CLOCK_RUNS = Facts.paused_since.missing | (Facts.paused_since > Facts.second_due)

PROMISE_OVER = Facts.last_minute < _NOW
READY_AFTER_PROMISE = Facts.ready > Facts.last_minute
ENDED_AFTER_PROMISE = Facts.ended > Facts.last_minute
_DONE_LATE = Facts.finished > Facts.last_minute
_LATE_IN_WORK = Facts.finished.missing & COUNTED & CLOCK_RUNS & PROMISE_OVER
LATE = _DONE_LATE | _LATE_IN_WORK
# The same, for a statement over all dossiers: what is not finished is not closed, and so found by
# an index.
LATE_OF_ALL = _DONE_LATE | (Facts.closed.missing & _LATE_IN_WORK)
REAPPOINTMENT_BROKEN = (Facts.finished > Facts.second_last_minute) | (
    (Facts.second_last_minute < _NOW) & Facts.finished.missing & _SECOND_CLOCK_RUNS
)
# Every dossier that is late and open, or owes a letter, is among these; an index finds them.
MAY_BE_LATE = Facts.closed.missing & PROMISE_OVER

# --- what happened in a period, and what stood at its end -----------------------------------------

RECEIVED = Figure("received", Facts.accepted.between(_START, _END) & COUNTED)
READY = Figure("ready", Facts.ready.between(_START, _END))
READY_LATE = Figure("ready_late", READY.condition & READY_AFTER_PROMISE)
# Withdrawn or stopped.
GONE = Figure("gone", Facts.ended.between(_START, _END))
GONE_LATE = Figure("gone_late", GONE.condition & ENDED_AFTER_PROMISE)
OPEN = Figure(
    "open",
    (Facts.accepted <= _END)
    & (Facts.ready.missing | (Facts.ready > _END))
    & (Facts.ended.missing | (Facts.ended > _END))
    & COUNTED,
)
OPEN_LATE = Figure("open_late", OPEN.condition & (Facts.last_minute < _END) & CLOCK_RUNS)
# Asked for a supplement more than once: the national portal counts it as late (docs/sources.md).
ASKED_TWICE = Figure(
    "asked_twice",
    Facts.asked_twice.true & (READY.condition | OPEN.condition | GONE.condition),
)

RETURNED = Figure("returned", Facts.returned.between(_START, _END) & COUNTED)
WITHDRAWN = Figure("withdrawn", GONE.condition & Facts.status.among(frozenset({Status.WITHDRAWN})))
STOPPED = Figure("stopped", GONE.condition & Facts.status.among(frozenset({Status.STOPPED})))
# Open at the end, and its clock stands still since then or before.
STANDS_STILL = Figure("stands_still", OPEN.condition & (Facts.paused_since <= _END))

FLOWS = (RECEIVED, READY, READY_LATE, GONE, GONE_LATE)
FLOW_NAMES = tuple(figure.name for figure in FLOWS)
STANDING = (OPEN, OPEN_LATE)
PERIOD_FIGURES = (*FLOWS, *STANDING, ASKED_TWICE)

# --- form II.06 (TT 01/2020/TT-VPCP; docs/sources.md) ---------------------------------------------
# All dossiers that were in work at some time of the period are received in it or carried over, and
# done in it or open at its end: column 3 = 7 + 11.

IN_WORK_WITHIN = (
    (Facts.accepted <= _END) & (Facts.finished.missing | (Facts.finished >= _START)) & COUNTED
)
RECEIVED_ONLINE = Figure("received_online", RECEIVED.condition & Facts.online.true)
RECEIVED_ON_PAPER = Figure("received_on_paper", RECEIVED.condition & Facts.on_paper.true)
CARRIED_OVER = Figure("carried_over", (Facts.accepted < _START) & IN_WORK_WITHIN)
# A limit in hours, whose last minute is the due moment itself, compares moments, any other days
# (docs/promise.md 9).
_BY_HOURS, _BY_DAYS = (
    Facts.last_minute <= Facts.first_due,
    Facts.last_minute > Facts.first_due,
)
READY_EARLY = Figure(
    "ready_early",
    READY.condition
    & (
        (_BY_DAYS & (Facts.ready_day < Facts.due_day))
        | (_BY_HOURS & (Facts.ready < Facts.first_due))
    ),
)
READY_ON_TIME = Figure(
    "ready_on_time",
    READY.condition
    & (Facts.ready <= Facts.last_minute)
    & (
        (_BY_DAYS & (Facts.ready_day >= Facts.due_day))
        | (_BY_HOURS & (Facts.ready >= Facts.first_due))
    ),
)
OPEN_IN_TIME = Figure(
    "open_in_time",
    OPEN.condition & ((Facts.last_minute >= _END) | (Facts.paused_since <= Facts.first_due)),
)

# --- the late dossiers whose first promise fell due in a period -----------------------------------

# Each of these is counted among the late; the city holds no other dossiers than late ones.
_DUE_WITHIN = Facts.first_due.between(_START, _END)
TOLD_AMONG_LATE = _DUE_WITHIN & Facts.told_in_time.true
FAULT_AMONG_LATE = _DUE_WITHIN & Facts.own_fault.true
FIRST_LETTER_MISSING = Facts.letters_delivered < 1
SECOND_LETTER_MISSING = (Facts.letters_delivered < 2) & REAPPOINTMENT_BROKEN

DUE_LATE = Figure("due_late", _DUE_WITHIN & LATE_OF_ALL)
# The same as it was at a `now` that is past: the apologies that had to be made by then.
DUE_LATE_BY_NOW = Figure("due_late_by_now", DUE_LATE.condition & PROMISE_OVER)
# The citizen had word of it in time.
TOLD_IN_TIME = Figure("told", TOLD_AMONG_LATE & LATE_OF_ALL)
# A letter of apology was handed over.
APOLOGISED = Figure("apologised", _DUE_WITHIN & (Facts.letters_delivered >= 1) & LATE_OF_ALL)
# The one re-appointment was used.
REAPPOINTED = Figure("reappointed", _DUE_WITHIN & Facts.second_due.present & LATE_OF_ALL)
# One strike: late through an official's own fault, in the year of the first due moment.
FAULT = Figure("fault", FAULT_AMONG_LATE & LATE)

# --- the day board, at `now` ----------------------------------------------------------------------

DUE = Figure("due", Facts.status.among(IN_WORK) & Facts.due.between(_START, _END))
OVERDUE = Figure("overdue", Facts.finished.missing & LATE)
# A late dossier owes a letter, and another one where its re-appointment broke too.
FIRST_LETTER_OWED = Figure(
    "first_letter_owed", FIRST_LETTER_MISSING & (LATE | REAPPOINTMENT_BROKEN)
)
SECOND_LETTER_OWED = Figure("second_letter_owed", SECOND_LETTER_MISSING & LATE)
