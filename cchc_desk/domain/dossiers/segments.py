"""Stretches of a dossier in one hand, each with its working minutes against the step's limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.pauses import stood
from cchc_desk.i18n import later

FIRST_STEP = later("Tiếp nhận")


@dataclass(frozen=True)
class Segment:
    """One stretch of a dossier in one hand; `ended` is None for the one that lasts.

    `worked` is in working minutes without the time the clock stood still; `budget` is the limit of
    the step in working minutes, None where none is set.
    """

    official: str
    step: str
    agency: str
    began: datetime
    ended: datetime | None
    worked: int
    budget: int | None

    @property
    def over(self) -> int | None:
        """Minutes over the limit of the step, 0 within it; None where it has none."""
        return None if self.budget is None else max(0, self.worked - self.budget)


def step_names(dossier: Dossier) -> tuple[str, ...]:
    """Return the steps of the work on the dossier, each once, in order."""
    last = dossier.finished
    passed = (one.step for one in dossier.hand_overs if not (last and one.at > last))
    return tuple(dict.fromkeys((dossier.first_step or FIRST_STEP, *passed)))


def segments(dossier: Dossier, calendar: Calendar, now: datetime) -> tuple[Segment, ...]:
    """Return the stretches from acceptance to the end of the work, the accepting clerk's first."""
    last = dossier.finished
    starts: list[tuple[datetime, str, str, str, int | None]]
    starts = [
        (
            dossier.accepted,
            dossier.accepted_by,
            dossier.first_step or FIRST_STEP,
            "",
            dossier.first_budget,
        )
    ]
    starts += [
        (h.at, h.receiver, h.step, h.agency, h.budget)
        for h in dossier.hand_overs
        if not (last and h.at > last)
    ]
    ends = [*(start[0] for start in starts[1:]), last]
    return tuple(
        Segment(
            official,
            step,
            agency,
            began,
            ended,
            _worked(dossier, calendar, began, ended or now),
            budget,
        )
        for (began, official, step, agency, budget), ended in zip(starts, ends, strict=True)
    )


def _worked(dossier: Dossier, calendar: Calendar, began: datetime, ended: datetime) -> int:
    still = stood(dossier.pauses, began, ended)
    idle = sum(
        calendar.working_minutes(start, min(end, ended)) for start, end in still if start < ended
    )
    return calendar.working_minutes(began, ended) - idle


def at_fault(held: Iterable[Segment], due: datetime) -> Segment:
    """Return the stretch most over its limit, else the one in which the due moment passed."""
    stretches = list(held)
    over = [stretch for stretch in stretches if stretch.over]
    if over:
        return max(over, key=lambda stretch: stretch.over or 0)
    until_due = [stretch for stretch in stretches if stretch.began <= due]
    return until_due[-1] if until_due else stretches[-1]
