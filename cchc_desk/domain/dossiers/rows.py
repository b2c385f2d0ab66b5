"""Lines of lists of dossiers, as they stand at a moment."""

from datetime import datetime
from typing import NamedTuple

from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.clocks import process_is_late
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.people.applicant import ApplicantKind
from cchc_desk.domain.time.deadlines import TimeLimit, last_minute_of_day


class DossierRow(NamedTuple):
    """One dossier in a list, as it stands at `now`, the moment of asking.

    A result after `last_minute` is late.

    A tuple, because lists make thousands of them.
    """

    code: str
    name: str
    name_sort: bytes
    procedure_name: str
    accepted: datetime
    first_due: datetime
    last_minute: datetime
    due: datetime
    second_due: datetime | None
    provisional: bool
    limit: TimeLimit
    status: Status
    ready: datetime | None
    ended: datetime | None
    paused_since: datetime | None
    returned: datetime | None
    closed: datetime | None
    letters_delivered: int
    holder_name: str
    phone: str
    id_number: str
    submitter_name: str
    procedure_code: str
    now: datetime
    cancelled: datetime | None = None  # an entry made by mistake
    damaged: bool = False  # its row cannot be read: only the code holds
    urged: int = 0  # times that somebody asked again; 0 where that was answered
    process_last: datetime | None = None  # a result after this minute is over the process limit
    last_entry: int = 0  # of the ledger on it, by its number

    @property
    def finished(self) -> datetime | None:
        return self.ready or self.ended

    @property
    def second_last_minute(self) -> datetime | None:
        return last_minute_of_day(self.second_due) if self.second_due else None

    @property
    def late(self) -> bool:
        return lateness.is_late(self, self.now)

    @property
    def process_late(self) -> bool:
        """True when it took, or takes, longer than the process limit; no lateness by itself."""
        late = process_is_late(self.process_last, self.finished, self.paused_since, self.now)
        return late and self.cancelled is None

    @property
    def broke_reappointment(self) -> bool:
        return lateness.broke_reappointment(self, self.now)

    @property
    def letters_owed(self) -> int:
        return lateness.letters_owed(self, self.now)


class RequestRow(NamedTuple):
    """A dossier's last request for a supplement; `told_how` is "" until its citizen was told."""

    code: str
    number: str
    items: tuple[str, ...]
    asked: datetime
    told: datetime | None
    told_how: str
    brought: datetime | None


class ExchangeRow(NamedTuple):
    """A dossier for another system; `done` is when its result was ready, or when it was ended."""

    code: str
    portal_code: str
    procedure_code: str
    procedure_name: str
    field: str
    channel: Channel
    kind: ApplicantKind
    name: str
    id_number: str
    address: str
    phone: str
    email: str
    accepted: datetime
    first_due: datetime
    due: datetime
    done: datetime | None
    returned: datetime | None
    status: Status
