"""Facts of acts of the desk itself: its settings, calendar, lists, papers, clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_desk.domain.ledger.facts.base import (
    Clear,
    DossierFacts,
    Facts,
    Names,
    PaperFacts,
    Personal,
    TableFacts,
)
from cchc_desk.domain.ledger.facts.words import word
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, moment
from cchc_desk.settings import PAPERS


@dataclass(frozen=True)
class SetUp(TableFacts):
    """The desk was made, or upgraded by this version of the program."""

    version: Clear

    act = Act.SET_UP


@dataclass(frozen=True)
class SettingsChanged(TableFacts):
    """`changes`: the new value of each setting, as the settings table keeps it."""

    changes: Mapping[Clear, Any]

    act = Act.SETTINGS


@dataclass(frozen=True)
class CopiesRenewed(Facts):
    """Copies that held somebody who is anonymised were deleted, after a new one was made."""

    deleted: tuple[Clear, ...]

    act = Act.SETTINGS


@dataclass(frozen=True)
class ProtectionChanged(Facts):
    """The file on the disk is now `protection`: "encrypted", "plain" or "rekeyed"; so many copies
    followed. "copies": only they were brought under the file's key.
    """

    protection: Clear
    copies: int

    act = Act.SETTINGS


@dataclass(frozen=True)
class SigningKept(TableFacts):
    """An official's title and form of signing; `mandate`: the paper that gives it."""

    signer: Clear
    title: Clear
    form: Clear
    mandate: Clear

    act = Act.SETTINGS


@dataclass(frozen=True)
class CalendarEntered(Facts):
    """A year waits for its second person; `days` is how many special days it has."""

    year: int
    document: Clear
    days: int

    act = Act.CALENDAR


@dataclass(frozen=True)
class CalendarConfirmed(Facts):
    """`moved` promises moved; those of the codes in `kept` stayed."""

    year: int
    moved: int
    kept: tuple[Clear, ...]

    act = Act.CALENDAR_CONFIRM


@dataclass(frozen=True)
class SetStep:
    """One step of an internal process; `minutes` None without a limit."""

    name: Clear
    minutes: int | None
    agency: Clear


@dataclass(frozen=True)
class ProcessSet(TableFacts):
    """The internal process of a procedure, given by its code."""

    procedure: Clear
    steps: tuple[SetStep, ...]

    act = Act.PROCESS


@dataclass(frozen=True)
class PartChanged:
    """One part of a procedure (`what`: its key) before and after, in the catalogue's own words."""

    code: Clear
    what: Clear
    before: Clear
    after: Clear


@dataclass(frozen=True)
class ProcedureSet(TableFacts):
    """A version of a procedure made by this office; while it is `waiting` it has no key yet."""

    code: Clear
    version: Clear
    document: Clear
    changes: tuple[PartChanged, ...]
    waiting: bool = False

    act = Act.CATALOGUE


@dataclass(frozen=True)
class ProceduresImported(TableFacts):
    """A list of procedures taken from a file; `added` procedures were not there before."""

    file: Clear
    sha256: Clear
    document: Clear
    added: int
    changes: tuple[PartChanged, ...]

    act = Act.CATALOGUE


@dataclass(frozen=True)
class ProcedureDropped(Facts):
    """A change that waited for its second person was dropped; `change` is its number."""

    code: Clear
    change: int

    act = Act.CATALOGUE


@dataclass(frozen=True)
class ProcedureChosen(Facts):
    """The office's own words and place of a procedure on its screens."""

    chosen: tuple[PartChanged, ...]

    act = Act.CATALOGUE


@dataclass(frozen=True)
class ProcedureConfirmed(TableFacts):
    """The second person confirmed a version."""

    code: Clear
    version: Clear
    document: Clear

    act = Act.CATALOGUE_CONFIRM


@dataclass(frozen=True)
class Exported(Facts):
    """A list of people left the program as `file`; `lines` tells how many.

    `own`: of the official's own dossiers alone, which needs no reason. Entries up to 0.4 have
    neither reason nor hash.
    """

    title: Clear
    lines: int
    file: Clear
    reason: Personal = ""
    sha256: Clear = ""
    own: bool = False

    act = Act.EXPORT


@dataclass(frozen=True)
class Rebuilt(Facts):
    """Derived data were made anew from the dossiers: the search index, the numbers raised.

    `days`: how many the city is to hear of again.
    """

    index: bool
    series: tuple[Clear, ...]
    copy: Clear
    days: int = 0

    act = Act.REBUILD


@dataclass(frozen=True)
class ClockMoved(Facts):
    """The clock ran back from `last`, the moment of the entry before, or leapt to `now`."""

    last: datetime
    now: datetime

    act = Act.CLOCK


@dataclass(frozen=True)
class KnownHead:
    """An entry as a place outside knows it; `head` may be the beginning of its hash alone."""

    seq: int
    head: Clear


@dataclass(frozen=True)
class StateSeen(Facts):
    """Somebody saw that the file is behind or other than `heads`, and lets the work go on.

    `heads`: the entries that places outside knew and that are not there; they raise no alarm again.
    `mended`: triggers made anew, triggers and views dropped.
    """

    reason: Personal
    last: int
    heads: tuple[KnownHead, ...]
    mended: tuple[Clear, ...] = ()

    act = Act.STATE_SEEN
    begins_anew = True


@dataclass(frozen=True)
class MachineMoved(Facts):
    """The desk goes on at another machine; `before` and `machine` are marks of machines."""

    before: Clear
    machine: Clear

    act = Act.MACHINE


@dataclass(frozen=True)
class OwnDesk(TableFacts):
    """A copy of desk `before` became a desk of its own, with other blocks of numbers."""

    before: Clear
    desk: Clear
    other_machine: Clear
    own_machine: Clear
    changes: Mapping[Clear, Any]

    act = Act.OWN_DESK
    begins_anew = True


@dataclass(frozen=True)
class Restored(Facts):
    """A copy was put back: which one, what stood behind its head, and where that lies now.

    `lost`: how often each act; `lost_heads`: heads kept elsewhere that this ledger has no more.
    `head`: of the copy, as papers carry it; `series`: how many number series were raised; `by`: who
    did it, whom the copy need not know; "" where a copy was brought to another computer.
    """

    copy: Clear
    head: Clear
    lost: Mapping[Clear, int]
    lost_heads: tuple[KnownHead, ...]
    series: int
    aside: Clear
    by: Clear = ""

    act = Act.RESTORE


@dataclass(frozen=True)
class Drilled(Facts):
    """The last copy was opened in a sandbox and compared; `problems` in words, none when sound.

    `failed`: what did not hold, of "bytes", "dossiers", "head", "seals".
    """

    copy: Clear
    sha256: Clear
    made: datetime
    head: Clear
    dossiers: int
    entries: int
    problems: tuple[Clear, ...] = ()
    failed: tuple[Clear, ...] = ()

    act = Act.DRILL


@dataclass(frozen=True)
class ClockConfirmed(Facts):
    """An official looked and the clock was right: it says `now`, `last` was the act before."""

    last: datetime
    now: datetime

    act = Act.CLOCK_CONFIRM


@dataclass(frozen=True)
class ClockSet(TableFacts):
    """The desk's own correction of its machine's clock, in minutes."""

    before: int
    minutes: int
    last: datetime

    act = Act.CLOCK_SET


@dataclass(frozen=True)
class DueMoved(DossierFacts):
    calendar: Clear
    before: datetime
    after: datetime

    act = Act.MOVE_DUE

    def sentence(self, names: Names) -> str:
        text = _("Lịch làm việc đổi ({calendar}): hạn trả chuyển từ {before} sang {after}")
        before, after = moment(self.before), moment(self.after)
        return text.format(calendar=_(self.calendar), before=before, after=after)


@dataclass(frozen=True)
class Printed(PaperFacts):
    """Entries of older versions name neither slip nor letter.

    `drawn_after`: the dossier's last entry when the paper was drawn, where a correction came
    between that and its printing.
    """

    kind: Clear
    times: int
    slip: Clear | None = None
    letter: Clear | None = None
    drawn_after: int | None = None

    act = Act.PRINT

    def sentence(self, names: Names) -> str:
        paper = _(word(PAPERS, self.kind))
        return _("In {paper} lần {times}").format(paper=paper, times=self.times)
