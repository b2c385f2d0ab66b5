"""Rows of the registers and of the lists on paper."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.dossiers.dossier import How, Status


@dataclass(frozen=True)
class FirstPromise:
    """The first promise of a dossier: as it was printed, and where it stands now."""

    printed: datetime
    now: datetime

    @property
    def moved(self) -> bool:
        return self.printed != self.now


@dataclass(frozen=True)
class BookRow:
    """One line of the register book; `agency` leads the work, `due` is the promise in force."""

    code: str
    procedure_name: str
    sets: int
    name: str
    address: str
    phone: str
    agency: str
    accepted: datetime
    entered: datetime
    promise: FirstPromise
    due: datetime
    returned: datetime | None
    returned_how: How | None
    returned_to: str
    ended: datetime | None
    status: Status
    paper_receipt: str


@dataclass(frozen=True)
class LateEntry:
    """A dossier that was typed after it was taken in, with the receipt given by hand."""

    code: str
    name: str
    accepted: datetime
    entered: datetime
    paper_receipt: str


@dataclass(frozen=True)
class VoidNumber:
    """A number that is void since `at`; `code` is the dossier's whose ledger says why."""

    number: str
    what: str
    name: str
    at: datetime
    code: str


@dataclass(frozen=True)
class CancelledRow:
    """A number that stays used: an entry made by mistake, or a slip that was taken back."""

    number: str
    what: str
    name: str
    at: datetime
    official: str
    reason: str
    code: str


@dataclass(frozen=True)
class HandOverRow:
    """One dossier of a hand-over slip."""

    code: str
    procedure_name: str
    name: str
    promise: FirstPromise
    note: str


@dataclass(frozen=True)
class AnnexRow:
    """One dossier of those that one person handed in at once; `due` as it was printed."""

    code: str
    procedure_name: str
    agency: str
    accepted: datetime
    due: datetime
    limit: str
    sets: int
    name: str


@dataclass(frozen=True)
class ApologyRow:
    """One signed letter for the notice board; `name` is masked unless it is an organisation's."""

    code: str
    name: str
    procedure_name: str
    promise: FirstPromise
    reason: str
    new_due: datetime | None
    letter_number: str


@dataclass(frozen=True)
class StrikeLine:
    """One dossier late through an official's own fault; `times` is how often and what follows."""

    official: str
    times: str
    code: str
    procedure_name: str
    promise: FirstPromise
    cause: str
    objection: str


@dataclass(frozen=True)
class LateRow:
    """One late dossier of the note to the head; `gone`, `ended`: withdrawn or stopped, and when."""

    code: str
    name: str
    procedure_name: str
    holder_name: str
    promise: FirstPromise
    ready: datetime | None
    gone: Status | None = None
    ended: datetime | None = None
