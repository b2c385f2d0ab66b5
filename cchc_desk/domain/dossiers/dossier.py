"""A dossier: papers, promises, letters, its end, and which step may follow which."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum

from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.people.applicant import Applicant, Submitter
from cchc_desk.domain.time.deadlines import TimeLimit, last_minute, last_minute_of_day
from cchc_desk.domain.time.pauses import Pause, PauseKind, open_pauses, supplements
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later


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
    """Steps of a dossier; ACCEPT and REFUSE are for one that is only registered by the portal."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    HAND_OVER = "hand-over"
    REQUEST = "request"
    SUPPLEMENT = "supplement"
    OBLIGE = "oblige"
    PAY = "pay"
    PAUSE = "pause"
    RESUME = "resume"
    READY = "ready"
    RETURN = "return"
    WITHDRAW = "withdraw"
    STOP = "stop"
    UNDO = "undo"
    CANCEL = "cancel"


# The whole table of steps: (state, step) -> the state that follows. Any other step is refused.
STEPS: dict[tuple[Status, Step], Status] = {
    (Status.REGISTERED, Step.ACCEPT): Status.RECEIVED,
    (Status.REGISTERED, Step.REFUSE): Status.NOT_RECEIVED,
    (Status.RECEIVED, Step.HAND_OVER): Status.PROCESSING,
    (Status.RECEIVED, Step.REQUEST): Status.SUPPLEMENT,
    (Status.RECEIVED, Step.OBLIGE): Status.OBLIGATION,
    (Status.RECEIVED, Step.PAUSE): Status.PROCESSING,
    (Status.RECEIVED, Step.READY): Status.READY,
    (Status.RECEIVED, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.RECEIVED, Step.STOP): Status.STOPPED,
    (Status.PROCESSING, Step.HAND_OVER): Status.PROCESSING,
    (Status.PROCESSING, Step.REQUEST): Status.SUPPLEMENT,
    (Status.PROCESSING, Step.OBLIGE): Status.OBLIGATION,
    (Status.PROCESSING, Step.PAUSE): Status.PROCESSING,
    (Status.PROCESSING, Step.RESUME): Status.PROCESSING,
    (Status.PROCESSING, Step.READY): Status.READY,
    (Status.PROCESSING, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.PROCESSING, Step.STOP): Status.STOPPED,
    (Status.SUPPLEMENT, Step.HAND_OVER): Status.SUPPLEMENT,
    (Status.SUPPLEMENT, Step.SUPPLEMENT): Status.PROCESSING,
    (Status.SUPPLEMENT, Step.PAUSE): Status.SUPPLEMENT,
    (Status.SUPPLEMENT, Step.RESUME): Status.SUPPLEMENT,
    (Status.SUPPLEMENT, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.SUPPLEMENT, Step.STOP): Status.STOPPED,
    (Status.OBLIGATION, Step.HAND_OVER): Status.OBLIGATION,
    (Status.OBLIGATION, Step.PAY): Status.PROCESSING,
    (Status.OBLIGATION, Step.PAUSE): Status.OBLIGATION,
    (Status.OBLIGATION, Step.RESUME): Status.OBLIGATION,
    (Status.OBLIGATION, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.OBLIGATION, Step.STOP): Status.STOPPED,
    (Status.READY, Step.HAND_OVER): Status.READY,
    (Status.READY, Step.RETURN): Status.RETURNED,
    (Status.READY, Step.UNDO): Status.PROCESSING,
    (Status.RETURNED, Step.UNDO): Status.READY,
    (Status.WITHDRAWN, Step.UNDO): Status.PROCESSING,
    (Status.STOPPED, Step.UNDO): Status.PROCESSING,
    (Status.RECEIVED, Step.CANCEL): Status.NOT_RECEIVED,
    (Status.PROCESSING, Step.CANCEL): Status.NOT_RECEIVED,
}

STATUS_NAMES = {
    Status.REGISTERED: later("mới đăng ký"),
    Status.RECEIVED: later("được tiếp nhận"),
    Status.NOT_RECEIVED: later("không được tiếp nhận"),
    Status.PROCESSING: later("đang xử lý"),
    Status.SUPPLEMENT: later("yêu cầu bổ sung giấy tờ"),
    Status.OBLIGATION: later("yêu cầu thực hiện nghĩa vụ tài chính"),
    Status.WITHDRAWN: later("công dân yêu cầu rút hồ sơ"),
    Status.STOPPED: later("dừng xử lý"),
    Status.READY: later("đã xử lý xong"),
    Status.RETURNED: later("đã trả kết quả"),
}
_STEP_NAMES = {
    Step.ACCEPT: later("tiếp nhận"),
    Step.REFUSE: later("từ chối tiếp nhận"),
    Step.HAND_OVER: later("bàn giao"),
    Step.REQUEST: later("yêu cầu bổ sung"),
    Step.SUPPLEMENT: later("ghi nhận bổ sung"),
    Step.OBLIGE: later("yêu cầu nghĩa vụ tài chính"),
    Step.PAY: later("ghi nhận đã thực hiện nghĩa vụ"),
    Step.PAUSE: later("tạm dừng tính thời gian"),
    Step.RESUME: later("tiếp tục tính thời gian"),
    Step.READY: later("ghi có kết quả"),
    Step.RETURN: later("trả kết quả"),
    Step.WITHDRAW: later("rút hồ sơ"),
    Step.STOP: later("dừng giải quyết"),
    Step.UNDO: later("hoàn tác"),
    Step.CANCEL: later("hủy do nhập sai"),
}
_PLAIN = later("Hồ sơ {code} đang ở trạng thái «{state}» nên không {what} được.")
_NO_RESULT = later("Hồ sơ {code} chưa có kết quả nên chưa trả được; hãy ghi có kết quả trước.")
# Where the plain sentence would leave the clerk without the next act.
_WHY_NOT = {
    (Status.READY, Step.READY): later(
        "Hồ sơ {code} đã có kết quả; hãy trả kết quả cho công dân (F4)."
    ),
    (Status.SUPPLEMENT, Step.READY): later(
        "Hồ sơ {code} đang chờ công dân bổ sung; hãy ghi nhận giấy tờ bổ sung trước."
    ),
    (Status.SUPPLEMENT, Step.REQUEST): later(
        "Hồ sơ {code} đang chờ công dân bổ sung; không yêu cầu thêm lúc này."
    ),
    (Status.OBLIGATION, Step.READY): later(
        "Hồ sơ {code} đang chờ nghĩa vụ tài chính; hãy ghi nhận đã thực hiện trước."
    ),
    (Status.RECEIVED, Step.RETURN): _NO_RESULT,
    (Status.PROCESSING, Step.RETURN): _NO_RESULT,
    (Status.SUPPLEMENT, Step.RETURN): _NO_RESULT,
    (Status.OBLIGATION, Step.RETURN): _NO_RESULT,
    (Status.RETURNED, Step.RETURN): later("Hồ sơ {code} đã trả kết quả rồi."),
}
GONE = frozenset({Status.WITHDRAWN, Status.STOPPED})
OPEN = frozenset({Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT, Status.OBLIGATION})


class How(Enum):
    """Ways by which a letter or a notice reaches the citizen."""

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

    `accepted` and `due` are local minutes; `provisional` says that the span reached an unconfirmed
    calendar year.
    """

    ordinal: int
    made: datetime
    due: datetime
    provisional: bool
    calendar_version: str
    letter: str | None = None


@dataclass(frozen=True)
class DueMove:
    """Move of a promise's current due moment, by an ended pause or an accepted calendar change.

    `base` is what a change of the calendar made of the promise before its pauses; None for a pause.
    `source` is the pause's number or the calendar's document. The printed moment of the promise
    stays as it is.
    """

    promise: int
    at: datetime
    why: str  # "pause" | "calendar"
    source: str
    before: datetime
    after: datetime
    base: datetime | None = None


@dataclass(frozen=True)
class HandOver:
    """One hand-over, for a step of the process; `agency` where the work is done elsewhere.

    `budget`: working minutes the step may take, None when the process sets none.
    """

    ordinal: int
    at: datetime
    giver: str
    receiver: str
    step: str
    agency: str = ""
    budget: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Responsibility:
    """Responsibility for a late dossier; `own_fault` is None while it is not decided.

    `over`: working minutes over the limit of the step, None when it has none. `objection`: the
    answer of that person, "" for none. `decided` is False for what only a draft of an earlier
    program proposed.
    """

    cause: str
    step: str
    official: str | None
    own_fault: bool | None
    over: int | None
    fixed: datetime
    fixed_by: str
    objection: str = ""
    objected: datetime | None = None
    decided: bool = True

    @property
    def is_fault(self) -> bool:
        """True when it was decided that this official answers for it through own fault."""
        return self.decided and self.official is not None and self.own_fault is True


class LetterKind(Enum):
    """Subjects of an apology: the late dossier, or a mistake of the desk itself."""

    LATE = "late"
    MISTAKE = "mistake"


class LetterState(Enum):
    """States of an apology letter: drafted by the clerk, signed by the leader, handed over."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class Letter:
    """An apology letter. Number, date and the new date bind only once it is signed.

    `reason` has a line for each reason; "" for none, which the clerk is asked for before it is
    signed. `responsible` and `own_fault` are proposed; the leader decides.
    """

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
    delivered_to: str = ""
    kind: LetterKind = LetterKind.LATE

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(self.reason.splitlines())

    @property
    def number_text(self) -> str:
        """`05/PXL-UBND`; "" while it is a draft."""
        return number_text(self.number, self.symbol)


@dataclass(frozen=True)
class Notice:
    """Notice before the promise breaks; `in_time` by docs/promise.md, "No surprise"."""

    at: datetime
    how: How
    in_time: bool


@dataclass(frozen=True)
class Dossier:
    """One dossier; `accepted` is when the papers were handed in, `entered` when they were typed."""

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
    ended: datetime | None = None  # withdrawn or stopped
    pauses: tuple[Pause, ...] = ()
    moves: tuple[DueMove, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    responsibility: Responsibility | None = None
    place: str = ""
    portal_code: str = ""
    paper_receipt: str = ""
    returned_how: How | None = None
    authority: str = ""
    originals: str = ""
    # The step of the internal process that acceptance itself was, and its working minutes.
    first_step: str = ""
    first_budget: int | None = None
    cancelled: datetime | None = None  # an entry made by mistake, in no figure
    system: str = ""  # whose list names it; "" for a dossier that was taken in here
    # The working minutes of the whole internal process at acceptance, and when they end.
    process_minutes: int | None = None
    process_due: datetime | None = None
    # Taken in for this agency; until when its papers go there, when they went and were received.
    for_agency: str = ""
    forward_by: datetime | None = None
    forwarded: datetime | None = None
    agency_received: datetime | None = None
    last_entry: int = dataclasses.field(
        default=0, compare=False
    )  # of the ledger on it, by its number

    @property
    def watched(self) -> bool:
        """True for a dossier that only a list of another system names."""
        return bool(self.system)

    @property
    def damaged(self) -> bool:
        """Never: a dossier that cannot be read is none (store/dossiers/dossiers.py)."""
        return False

    @property
    def first(self) -> Promise:
        """The promise that lateness is measured against."""
        return self.promises[0]

    @property
    def first_due(self) -> datetime:
        """The current due moment of the first promise."""
        return self._current(self.promises[0])

    @property
    def second_due(self) -> datetime | None:
        """The current due moment of the one re-appointment, where there is one."""
        return self._current(self.promises[1]) if len(self.promises) > 1 else None

    @property
    def last_minute(self) -> datetime:
        """The last minute at which a result keeps the first promise."""
        return last_minute(self.first_due, self.limit)

    @property
    def second_last_minute(self) -> datetime | None:
        """The last minute at which a result keeps the re-appointment."""
        second = self.second_due
        return last_minute_of_day(second) if second else None

    @property
    def due(self) -> datetime:
        """The due moment in force: of the re-appointment where there is one, else the first."""
        return self._current(self.promises[-1])

    def _current(self, promise: Promise) -> datetime:
        moved = [move.after for move in self.moves if move.promise == promise.ordinal]
        return moved[-1] if moved else promise.due

    def base_of(self, promise: Promise) -> datetime:
        """Return the due moment before pauses: as printed, or as a calendar change last set it."""
        bases = [move.base for move in self.moves if move.promise == promise.ordinal and move.base]
        return bases[-1] if bases else promise.due

    @property
    def finished(self) -> datetime | None:
        """The moment when the office was done: the result ready, or withdrawn, or stopped."""
        return self.ready or self.ended

    @property
    def open_pauses(self) -> tuple[Pause, ...]:
        """The reasons for which it stands still now, in order."""
        return open_pauses(self.pauses)

    @property
    def open_request(self) -> Pause | None:
        """The request for a supplement that waits for the citizen, if any."""
        asked = (pause for pause in self.open_pauses if pause.kind is PauseKind.SUPPLEMENT)
        return next(asked, None)

    @property
    def paused_since(self) -> datetime | None:
        """Since when the clock stands still, where it does."""
        return min((p.began for p in self.open_pauses if p.stops_clock), default=None)

    @property
    def late_letters(self) -> tuple[Letter, ...]:
        """The letters that the dossier's lateness owed, in order."""
        return tuple(letter for letter in self.letters if letter.kind is LetterKind.LATE)

    @property
    def letters_signed(self) -> int:
        return sum(letter.signed is not None for letter in self.late_letters)

    @property
    def letters_delivered(self) -> int:
        return sum(letter.state is LetterState.DELIVERED for letter in self.late_letters)

    @property
    def taken_in(self) -> bool:
        """True for a dossier that was taken in at this desk."""
        return not self.system

    @property
    def online(self) -> bool:
        """True for papers that came over the internet."""
        return self.channel is Channel.ONLINE

    @property
    def on_paper(self) -> bool:
        """True for papers handed in at the counter or by post."""
        return self.channel is not Channel.ONLINE

    @property
    def accepted_day(self) -> date:
        """The day on which the papers were handed in."""
        return self.accepted.date()

    @property
    def finished_day(self) -> date | None:
        """The day when the office was done."""
        return self.finished.date() if self.finished else None

    @property
    def returned_day(self) -> date | None:
        """The day on which the result was fetched."""
        return self.returned.date() if self.returned else None

    @property
    def ready_day(self) -> date | None:
        """The day of the result."""
        return self.ready.date() if self.ready else None

    @property
    def due_day(self) -> date:
        """The day of the first promise."""
        return self.first_due.date()

    @property
    def asked_twice(self) -> bool:
        """True when a supplement was asked for more than once."""
        return len(supplements(self.pauses)) > 1

    @property
    def told_in_time(self) -> bool:
        """True when the citizen was warned in time that the promise may break."""
        return any(notice.in_time for notice in self.notices)

    @property
    def own_fault(self) -> bool:
        """True when it was decided that an official answers for it through own fault."""
        return self.responsibility is not None and self.responsibility.is_fault


def step(status: Status, wanted: Step, code: str) -> Status:
    """Return the state after `wanted`. Raises Refused("step-not-allowed") outside the table."""
    follows = STEPS.get((status, wanted))
    if follows is None:
        why = _WHY_NOT.get((status, wanted), _PLAIN)
        state, what = Message(STATUS_NAMES[status]), Message(_STEP_NAMES[wanted])
        raise Refused("step-not-allowed", Message(why, code=code, state=state, what=what))
    return follows


def number_text(number: int | None, symbol: str | None) -> str:
    """Return `05/PXL-UBND`, with a leading zero below ten and no year [G]; "" without a number."""
    return f"{number:02d}/{symbol}" if number else ""


def dossier_code(unit_code: str, day: date, serial: int) -> str:
    """Return `<unit code>-<yyMMdd>-<NNNN>` (docs/sources.md, "Codes")."""
    return f"{unit_code}-{day:%y%m%d}-{serial:04d}"
