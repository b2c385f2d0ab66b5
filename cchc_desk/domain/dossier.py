"""A dossier: what was handed in, what was promised, what became of it, and which step may follow which."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum

from cchc_desk.domain.applicant import Applicant, Submitter
from cchc_desk.domain.deadlines import TimeLimit
from cchc_desk.domain.procedure import Channel
from cchc_desk.errors import Refused


class Status(IntEnum):
    """The ten states of the national exchange (docs/sources.md)."""

    REGISTERED = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    PROCESSING = 4
    SUPPLEMENT = 5
    OBLIGATION = 6
    WITHDRAWN = 7
    STOPPED = 8
    READY = 9
    RETURNED = 10


class Step(Enum):
    """What can be done with a dossier after it was accepted."""

    READY = "ready"
    RETURN = "return"


# The whole table of steps: (state, step) -> the state that follows. What does not stand here is refused.
STEPS: dict[tuple[Status, Step], Status] = {
    (Status.RECEIVED, Step.READY): Status.READY,
    (Status.PROCESSING, Step.READY): Status.READY,
    (Status.READY, Step.RETURN): Status.RETURNED,
}

_WHY_NOT = {
    Step.READY: "Hồ sơ {code} đã có kết quả; hãy trả kết quả cho công dân (F4).",
    Step.RETURN: "Hồ sơ {code} chưa có kết quả hoặc đã trả rồi; chỉ trả được hồ sơ đang chờ trả kết quả.",
}


class How(Enum):
    """How a letter or a notice reached the citizen."""

    COUNTER = "counter"
    PHONE = "phone"
    POST = "post"
    MESSAGE = "message"


@dataclass(frozen=True)
class PaperCount:
    """One paper that was handed in: originals, certified copies, plain copies."""

    name: str
    original: int = 0
    certified: int = 0
    copy: int = 0

    @property
    def total(self) -> int:
        return self.original + self.certified + self.copy


@dataclass(frozen=True)
class Promise:
    """A printed date of return. The first never changes; the second is the one re-appointment.

    `accepted` and `due` are local minutes; `provisional` says that the span reached an unconfirmed calendar year.
    """

    ordinal: int
    made: datetime
    due: datetime
    provisional: bool
    calendar_version: str
    letter: str | None = None


class LetterState(Enum):
    """An apology letter's way: drafted by the clerk, signed by the leader, handed to the citizen."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class Letter:
    """An apology letter. Number, date and the new date bind only once it is signed."""

    id: str
    code: str
    ordinal: int
    state: LetterState
    cause: str
    reason: str
    new_due: datetime | None
    responsible: str | None
    own_fault: bool | None
    drafted: datetime
    drafted_by: str
    number: int | None = None
    symbol: str | None = None
    signed: datetime | None = None
    signed_by: str | None = None
    delivered: datetime | None = None
    delivered_how: How | None = None


@dataclass(frozen=True)
class Notice:
    """Word given to the citizen before the promise breaks; `in_time` by docs/promise.md, "No surprise"."""

    at: datetime
    how: How
    in_time: bool


@dataclass(frozen=True)
class Dossier:
    """One dossier as the desk knows it. `accepted`: when the papers were handed in; `entered`: when they were typed."""

    id: str
    code: str
    status: Status
    procedure_code: str
    procedure_name: str
    field: str
    procedure_version: str
    regime: str
    limit: TimeLimit
    channel: Channel
    sets: int
    note: str
    accepted: datetime
    entered: datetime
    accepted_by: str
    holder: str
    fee: str
    applicant: Applicant
    submitter: Submitter | None
    papers: tuple[PaperCount, ...]
    promises: tuple[Promise, ...]
    letters: tuple[Letter, ...] = ()
    notices: tuple[Notice, ...] = ()
    ready: datetime | None = None
    returned: datetime | None = None
    returned_to: str = ""
    papers_back: str = ""
    closed: datetime | None = None

    @property
    def first(self) -> Promise:
        """The promise that lateness is told against."""
        return self.promises[0]

    @property
    def first_due(self) -> datetime:
        return self.promises[0].due

    @property
    def second_due(self) -> datetime | None:
        """The due moment of the one re-appointment, where there is one."""
        return self.promises[1].due if len(self.promises) > 1 else None

    @property
    def letters_delivered(self) -> int:
        return sum(letter.state is LetterState.DELIVERED for letter in self.letters)

    @property
    def due(self) -> datetime:
        """The date the citizen holds now: the re-appointment where there is one, else the first promise."""
        return self.promises[-1].due


def step(dossier: Dossier, wanted: Step) -> Status:
    """The state after `wanted`; Refused ("step-not-allowed") with the reason where the table has no such step."""
    follows = STEPS.get((dossier.status, wanted))
    if follows is None:
        raise Refused("step-not-allowed", _WHY_NOT[wanted].format(code=dossier.code))
    return follows


def dossier_code(unit_code: str, day: date, serial: int) -> str:
    """`<unit code>-<yyMMdd>-<NNNN>` (docs/sources.md, "Codes")."""
    return f"{unit_code}-{day:%y%m%d}-{serial:04d}"
