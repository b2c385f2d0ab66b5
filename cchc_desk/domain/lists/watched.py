"""Lists that were taken, and what they say that the desk has otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum

from cchc_desk.domain.time.calendar import Calendar


class Difference(Enum):
    """Differences of a list from the desk; the value is stored and its name on the command line."""

    DUE = "due"  # another due moment than the promise
    FINISHED = "finished"  # done there, open here
    FINISHED_EARLY = "finished-early"  # done there before it was received
    GONE = "gone"  # no longer in the list


@dataclass(frozen=True)
class Disagreement:
    """One difference: the desk's side and the list's, as they were first seen."""

    what: Difference
    ours: str
    theirs: str
    seen: datetime


@dataclass(frozen=True)
class TakenList:
    """A list that was taken, whose it was and what became of its rows, by the verdicts' names."""

    file: str
    system: str
    taken: datetime
    taken_by: str  # the log-in name
    counts: Mapping[str, int]


@dataclass(frozen=True)
class ListedLimit:
    """The process limit of a dossier as the last list of `system` names it."""

    due: datetime
    system: str


def is_whole_day(moment: datetime) -> bool:
    """True for a moment that names a day alone, as lists write it."""
    return (moment.hour, moment.minute) == (0, 0)


def at_closing(due: datetime, calendar: Calendar) -> datetime:
    """Return the due moment of a list: a day alone is due at the office's closing that day."""
    if not is_whole_day(due):
        return due
    sessions = calendar.sessions_on(due.date())
    return datetime.combine(due.date(), sessions[-1].closes if sessions else time(17))


def same_due(ours: datetime, theirs: datetime) -> bool:
    """True where both name the same promise: the same minute, or the same day where only that."""
    if is_whole_day(theirs):
        return ours.date() == theirs.date()
    return ours == theirs
