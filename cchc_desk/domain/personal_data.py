"""Personal data that the office keeps, and why; citizens' requests about their own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from cchc_desk.domain.time.calendar import Calendar
from cchc_desk.domain.time.deadlines import due_moment, parse_limit


@dataclass(frozen=True)
class RequestKind:
    """One thing that a citizen may ask, and the limit of the answer as deadlines are written."""

    code: str
    label: str
    limit: str


@dataclass(frozen=True)
class Kept:
    """One kind of personal data: what it is, why it is kept, until when."""

    what: str
    why: str
    until: str


class Outcome(Enum):
    """Answers to a request; the value is stored."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True)
class CitizenRequest:
    """A citizen's request about their own data, with its two terms.

    `code`: the dossier it is about, "" for none. `extended`: when the answer's term was extended,
    which is possible once.
    """

    year: int
    number: int
    kind: str
    person: str
    contact: str
    about: str
    code: str
    received: datetime
    taken_by: str
    acknowledge_by: date
    answer_by: date
    acknowledged: datetime | None = None
    extended: datetime | None = None
    answered: datetime | None = None
    outcome: Outcome | None = None
    answer: str = ""

    @property
    def number_text(self) -> str:
        """`03/2026-YCDL`."""
        return f"{self.number:02d}/{self.year}-YCDL"

    @property
    def next_day(self) -> date | None:
        """The day by which the office has to act next; None once it has answered."""
        if self.answered:
            return None
        return self.answer_by if self.acknowledged else min(self.acknowledge_by, self.answer_by)


def last_day(received: datetime, limit: str, calendar: Calendar) -> date:
    """Return the last day of a term by the office's own calendar."""
    return due_moment(received, parse_limit(limit), calendar).moment.date()


def report_by(discovered: datetime, hours: int) -> datetime:
    """Return until when a serious breach is reported: hours by the clock, rest days too."""
    return discovered + timedelta(hours=hours)
