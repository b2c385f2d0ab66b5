"""Shapes of everything sent between a desk and its city, with the limits every reader checks.

No shape has a field for a citizen. A desk sends of people the code of an official (their name at
the log-in) and the codes of dossiers; every text is a code, a key of a list or the name of a field
of work, held to its pattern. Moments are local minutes of the desk, days its calendar days.
"""

import hashlib
import inspect
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

VERSION = 1

Id = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
UnitCode = Annotated[str, Meta(pattern=r"\A[A-Z0-9]{1,4}(\.[A-Z0-9]{2,3}){1,4}\Z")]
# Of a dossier: other systems give codes with other signs too.
DossierCode = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9Đ][A-Za-z0-9Đ._/-]{0,59}\Z")]
# Of a procedure.
Code = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,59}\Z")]
# Of a list: a cause, a channel, an official's log-in.
Key = Annotated[str, Meta(pattern=r"\A[a-z0-9._-]{0,30}\Z")]
# The name of a field of work, from the catalogue.
Field = Annotated[str, Meta(min_length=1, max_length=120)]
Version = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z.+_-]{0,64}\Z")]
Hash = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Count = Annotated[int, Meta(ge=0, le=10_000_000)]
Positive = Annotated[int, Meta(ge=1, le=1_000_000_000)]
Minute = Annotated[datetime, Meta(tz=False)]
Line = Annotated[str, Meta(max_length=200)]
# No path, no user, no query.
Url = Annotated[str, Meta(pattern=r"\Ahttps?://[A-Za-z0-9.\[\]:_-]{1,250}\Z")]
# The 32 bytes of an Ed25519 key, base64url.
PublicKey = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{43}\Z")]
OneTimeCode = Annotated[str, Meta(pattern=r"\A[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){3}\Z")]

MOST_DAYS = 800
MOST_ROWS = 20_000


class Shape(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of all shapes: immutable, no unknown fields, default values left out of the JSON."""


# --- from the desk: a parcel of days --------------------------------------------------------------


class Flow(Shape, frozen=True):
    """Counts of one day, procedure and channel: dossiers received, finished, and finished late.

    `ready`: with a result; `gone`: withdrawn or stopped; `…_late`: those of them that were late.
    """

    field: Field
    procedure: Code
    channel: Key
    received: Count = 0
    ready: Count = 0
    ready_late: Count = 0
    gone: Count = 0
    gone_late: Count = 0


class LateDossier(Shape, frozen=True):
    """A dossier late against its first promise, on the day it was due; moments only, no verdicts.

    `done`: result ready, withdrawn or stopped. `second`: the one re-appointment. `paused`: since
    when the clock stands. `told`: whether the citizen had notice "in-time", "late" or not ("none").
    `signed`, `delivered`: of its letters.
    """

    code: DossierCode
    procedure: Code
    due: Minute
    done: Minute | None = None
    second: Minute | None = None
    paused: Minute | None = None
    cause: Key = ""
    official: Key = ""
    own_fault: bool | None = None
    told: Annotated[str, Meta(pattern=r"\A(none|late|in-time)\Z")] = "none"
    signed: Annotated[tuple[Minute, ...], Meta(max_length=2)] = ()
    delivered: Annotated[tuple[Minute, ...], Meta(max_length=2)] = ()


class Courtesy(Shape, frozen=True):
    """Counts of "4 xin, 4 luôn" for a day.

    `visits`: those scored. `items`: times each item was done. `faces`: citizens' faces, 1 to 5.
    `told_yes`, `told_no`: answers to "were you told?".
    """

    visits: Count = 0
    items: dict[Key, Count] = {}
    faces: Annotated[tuple[Count, ...], Meta(min_length=5, max_length=5)] = (0, 0, 0, 0, 0)
    told_yes: Count = 0
    told_no: Count = 0


class Day(Shape, frozen=True):
    """One day of one desk; a later revision of the same day replaces an earlier one.

    `over`: it had ended when counted. `open`, `open_late`: dossiers still open at its end, or when
    counted.
    """

    day: date
    revision: Positive
    over: bool
    open: Count = 0
    open_late: Count = 0
    flows: Annotated[tuple[Flow, ...], Meta(max_length=MOST_ROWS)] = ()
    late: Annotated[tuple[LateDossier, ...], Meta(max_length=MOST_ROWS)] = ()
    courtesy: Courtesy = Courtesy()


class Entry(Shape, frozen=True):
    """One entry of a desk's ledger: its number and its hash."""

    length: Count
    hash: Hash


class Ledger(Shape, frozen=True):
    """The ledger's last entry, and the desk's entry at the length that the city knew last.

    `known`: None when the ledger is shorter than that.
    """

    last: Entry
    known: Entry | None = None


class Versions(Shape, frozen=True):
    """Versions of the program and of the lists that the desk counted with."""

    program: Version
    catalogue: Version
    calendar: Version
    law: Version


class Fuse(Shape, frozen=True):
    """Late dossiers of a year so far, as the desk counts them (docs/promise.md, the 5 % fuse).

    `watched`: those of `total` that another system took in; `watched_late`: those of `late`.
    """

    year: Annotated[int, Meta(ge=2018, le=2199)]
    late: Count
    total: Count
    watched: Count = 0
    watched_late: Count = 0


class Register(Shape, frozen=True):
    """Duties with dates in one register (disclosure, feedback): all, done, past their date."""

    total: Count
    done: Count
    overdue: Count


class Parcel(Shape, frozen=True):
    """A desk's report at one moment: its new or changed days, and the state of its ledger.

    `strikes`: by an official's code, those of the year (docs/promise.md, "Three strikes"). A
    register the desk does not keep is None.
    """

    id: Id
    ward: UnitCode
    desk: Id
    made: Minute
    practice: bool
    versions: Versions
    ledger: Ledger
    fuse: Fuse
    days: Annotated[tuple[Day, ...], Meta(min_length=1, max_length=MOST_DAYS)]
    strikes: dict[Key, Count] = {}
    disclosure: Register | None = None
    feedback: Register | None = None


# --- enrolment ------------------------------------------------------------------------------------


class Invitation(Shape, frozen=True):
    """The file a city gives to a ward: its address, key and certificate, and a one-time code."""

    city: Line
    ward: UnitCode
    code: OneTimeCode
    key: PublicKey
    url: Url = "https://localhost"
    certificate: Annotated[str, Meta(max_length=20_000)] = ""


class Enrolment(Shape, frozen=True):
    """A desk's request to be enrolled, signed with the key it will use from now on."""

    ward: UnitCode
    desk: Id
    name: Line
    code: OneTimeCode
    key: PublicKey
    made: Minute
    practice: bool


class Welcome(Shape, frozen=True):
    """The city's answer to an enrolment."""

    desk: Id
    ward: UnitCode
    ward_name: Line
    key: PublicKey
    at: Minute


# --- from the city --------------------------------------------------------------------------------


class Kept(Shape, frozen=True):
    """A day in the city's database: its present revision and the hash of its content."""

    day: date
    revision: Positive
    hash: Hash


class Totals(Shape, frozen=True):
    """Sums over all days the city holds of a desk; `open`, `open_late`: at the end of the last."""

    days: Count = 0
    received: Count = 0
    ready: Count = 0
    ready_late: Count = 0
    gone: Count = 0
    gone_late: Count = 0
    open: Count = 0
    open_late: Count = 0
    late: Count = 0


class Receipt(Shape, frozen=True):
    """The city's proof that it holds a parcel.

    `hash`: of the very bytes that came. `days`: those in the parcel. `state`: of all days the city
    holds of the desk (state_of). `anew`: the ledger was not the one it knew, so the desk has to
    send everything again.
    """

    number: Positive
    parcel: Id
    desk: Id
    at: Minute
    hash: Hash
    days: tuple[Kept, ...]
    totals: Totals
    state: Hash
    length: Count
    anew: bool = False


class Refusal(Shape, frozen=True):
    """The city's refusal: a code (docs/codes.md), a sentence, and the facts by which to correct it.

    `hash`: of the very bytes that came; it names the refused line and shows whether it was damaged
    on its way. `days`: the days the city holds in a later revision. `length`: the length at which
    the city asks for the ledger's entry.
    """

    code: Key
    message: Annotated[str, Meta(max_length=1000)]
    hash: Hash
    days: tuple[Kept, ...] = ()
    length: Count = 0


class Question(Shape, frozen=True):
    """A desk's request for everything published for it since number `after`."""

    desk: Id
    made: Minute
    after: Count = 0


class News(Shape, frozen=True):
    """One publication of the city: a catalogue, a calendar, causes, a ward's totals or a message.

    `body` depends on `kind`.
    """

    number: Count
    ward: UnitCode | None
    kind: Annotated[str, Meta(pattern=r"\A(catalogue|calendar|law|totals|message)\Z")]
    title: Line
    at: Minute
    body: dict[str, Any]


_encoder = msgspec.json.Encoder(order="deterministic")


def written(shape: Shape) -> bytes:
    """Encode the shape as JSON, the same bytes for the same content."""
    return _encoder.encode(shape)


def hash_of_day(day: Day) -> str:
    """Hash a day's content without its revision: two revisions with the same content are one."""
    return hashlib.sha256(written(msgspec.structs.replace(day, revision=1))).hexdigest()


def state_of(
    days: Iterable[tuple[str, str]], before: str = "0" * 64, *, less: Iterable[tuple[str, str]] = ()
) -> str:
    """Return one hash (hex) for (day, hash) pairs, whatever their order.

    It is `before` with `days` added and `less` taken away.
    """
    total = int(before, 16) + sum(map(_weight, days)) - sum(map(_weight, less))
    return f"{total % 2**256:064x}"


def _weight(day: tuple[str, str]) -> int:
    return int.from_bytes(hashlib.sha256(" ".join(day).encode()).digest(), "big")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of everything that is signed, for those who write the other side."""
    kinds = (Parcel, Enrolment, Welcome, Receipt, Refusal, Question, News)
    _refs, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    for component in components.values():  # up to Python 3.12 a docstring keeps its indentation
        if "description" in component:
            component["description"] = inspect.cleandoc(component["description"])
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "version": VERSION,
        "$defs": components,
    }
    text = msgspec.json.encode(made, order="sorted")
    text = text.replace(rb"\\A", b"^").replace(rb"\\Z", b"$")  # as JSON Schema writes
    answer: dict[str, Any] = msgspec.json.decode(text)
    return answer
