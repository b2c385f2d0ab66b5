"""The desk's records of what goes to its city and what comes down from it."""

from datetime import date, datetime
from typing import Any, Literal, NamedTuple

ParcelState = Literal["waiting", "refused", "acknowledged", "cancelled"]
ArrivalState = Literal["waiting", "taken", "rejected", "undone"]


class DayState(NamedTuple):
    """A day as it was packed last: its revision and its content's hash (0 and "" for never)."""

    day: date
    revision: int
    hash: str


class PackedDay(NamedTuple):
    """A day in a parcel."""

    day: date
    revision: int
    hash: str


class ParcelRow(NamedTuple):
    """A parcel; `line` holds its very bytes, None once it is cancelled or a later one acknowledged.

    `number`, `length` (of the ledger that the city knows) and `answered` come with an answer.
    """

    id: str
    made: datetime
    state: ParcelState
    days: tuple[PackedDay, ...]
    line: str | None
    hash: str
    tries: int
    next_try: datetime | None
    refusal: str
    trouble: str
    number: int | None
    length: int | None
    answered: datetime | None
    difference: str


class Arrival(NamedTuple):
    """Something that came down; `before` is the JSON of what taking it replaced, "" for nothing."""

    number: int
    kind: str
    title: str
    at: datetime
    came: datetime
    body: dict[str, Any]
    state: ArrivalState
    decided: datetime | None
    decided_by: str | None
    before: str
