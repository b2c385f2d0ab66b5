"""Doubts about a database: something outside of it knows another ledger than it holds."""

from dataclasses import dataclass
from enum import Enum

from cchc_desk.domain.ledger.facts.office import KnownHead


class Outside(Enum):
    """A place outside the database that knows an entry of the ledger; the value is stored."""

    WITNESS = "witness"
    COPY = "copy"
    CHECK = "check"  # the last whole check that found nothing
    CITY = "city"
    PAPER = "paper"  # a head typed from a paper
    PROGRAM = "program"  # what the program itself makes in a file


class DoubtKind(Enum):
    """Fault of a database against what is known outside of it."""

    LOST = "lost"  # entries that were committed are not there
    REWRITTEN = "rewritten"  # an entry is another one
    OTHER_DESK = "other-desk"  # it is the database of another desk
    OTHER_MACHINE = "other-machine"  # another machine wrote last
    SCHEMA = "schema"  # triggers are gone or changed, or triggers and views were added


@dataclass(frozen=True)
class Doubt:
    """The first fault found at opening; no promise is made until somebody decided about it.

    `name`: of the file outside; `last`: the number of the last entry that there is.
    """

    kind: DoubtKind
    outside: Outside
    name: str
    known: KnownHead
    last: int
    machine: str = ""
