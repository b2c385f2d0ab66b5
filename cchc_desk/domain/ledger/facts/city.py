"""Facts of acts between the desk and its city."""

from dataclasses import dataclass

from cchc_desk.domain.ledger.facts.base import Clear, TableFacts
from cchc_desk.domain.people.officials import Act


@dataclass(frozen=True)
class EnrolmentAsked(TableFacts):
    """The desk took the city's invitation; `key` is the public key it made for it."""

    city: Clear
    url: Clear
    key: Clear

    act = Act.ENROL


@dataclass(frozen=True)
class EnrolmentWelcomed(TableFacts):
    city: Clear
    ward: Clear

    act = Act.ENROL


@dataclass(frozen=True)
class NewsDecided(TableFacts):
    """News of the city were taken, `left`, or taking them was `undone`.

    `year` is the calendar's id where one was entered.
    """

    news: int
    kind: Clear
    title: Clear
    year: Clear | None = None
    left: bool = False
    undone: bool = False

    act = Act.TAKE
