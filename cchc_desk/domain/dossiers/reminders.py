"""Reminders: a citizen, or the city, asks again about a dossier (phiếu đôn đốc).

The slip that goes with each is what a ward made for itself in 2026; no ministry has a form for it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.i18n import later

TO_THE_LEADER = 3  # from this time on the slip goes to a leader


class Asker(Enum):
    """The one who asks again; the value is stored."""

    CITIZEN = "citizen"
    CITY = "city"


ASKERS = {Asker.CITIZEN: later("công dân"), Asker.CITY: later("thành phố, cấp trên")}


@dataclass(frozen=True)
class Reminder:
    """The `time`-th reminder of one dossier.

    `slip` is the id of its slip. `holder` is who held the dossier then, `receiver` whom the slip
    went to: log-in names, as `answered_by`. `answer` is "" until `answered`.
    """

    slip: str
    code: str
    time: int
    number_text: str
    made: datetime
    made_by: str
    asker: Asker
    how: How
    words: str
    holder: str
    receiver: str
    answer_by: datetime
    answered: datetime | None = None
    answered_by: str | None = None
    answer: str = ""

    def is_overdue(self, now: datetime) -> bool:
        """True where the answer came, or still has to come, after its time."""
        return (self.answered or now) > self.answer_by


@dataclass(frozen=True)
class ReminderLine:
    """A reminder in a register, with what is shown of its dossier, as it stands at `now`."""

    reminder: Reminder
    name: str
    procedure: str
    field: str
    holder_name: str
    receiver_name: str
    now: datetime

    @property
    def is_overdue(self) -> bool:
        return self.reminder.is_overdue(self.now)


@dataclass(frozen=True)
class ReminderCount:
    """Reminders about dossiers that one official held, or of one field of work."""

    of: str
    reminders: int
    dossiers: int
    to_leader: int
    answered: int
    overdue: int


def count_by(
    lines: Iterable[ReminderLine], key: Callable[[ReminderLine], str]
) -> tuple[ReminderCount, ...]:
    """Count the reminders by a key, the most first."""
    groups = defaultdict[str, list[ReminderLine]](list)
    for line in lines:
        groups[key(line)].append(line)
    counts = (
        ReminderCount(
            of=of,
            reminders=len(group),
            dossiers=len({line.reminder.code for line in group}),
            to_leader=sum(line.reminder.time >= TO_THE_LEADER for line in group),
            answered=sum(line.reminder.answered is not None for line in group),
            overdue=sum(line.is_overdue for line in group),
        )
        for of, group in groups.items()
    )
    return tuple(sorted(counts, key=lambda count: (-count.reminders, count.of)))
