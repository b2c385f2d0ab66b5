"""Facts of what citizens ask about their own data, and of breaches of it."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_desk.domain.ledger.facts.base import Clear, Facts, Personal
from cchc_desk.domain.people.officials import Act


@dataclass(frozen=True)
class CitizenAsked(Facts):
    request: Clear
    kind: Clear
    person: Personal
    about: Personal
    received: datetime
    answer_by: date

    act = Act.PERSONAL_DATA


@dataclass(frozen=True)
class RequestAcknowledged(Facts):
    """The citizen was told that the request arrived."""

    acknowledged: Clear

    act = Act.PERSONAL_DATA


@dataclass(frozen=True)
class TermExtended(Facts):
    extended: Clear
    until: date
    reason: Personal

    act = Act.PERSONAL_DATA


@dataclass(frozen=True)
class RequestAnswered(Facts):
    answered: Clear
    outcome: Clear
    answer: Personal

    act = Act.PERSONAL_DATA


@dataclass(frozen=True)
class BreachNoted(Facts):
    """The sheet of a serious breach, to be reported by `report_by`."""

    discovered: datetime
    report_by: datetime
    what: Personal
    data: Personal
    people: int
    measures: Personal

    act = Act.PERSONAL_DATA
