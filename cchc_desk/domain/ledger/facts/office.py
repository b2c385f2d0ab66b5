"""Facts of acts of the desk itself: its people, settings, calendar, lists, papers, clock."""

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
class OfficialAdded(TableFacts):
    login: Clear
    role: Clear

    act = Act.OFFICIALS


@dataclass(frozen=True)
class SigningKept(TableFacts):
    """An official's title and form of signing; `mandate`: the paper that gives it."""

    signer: Clear
    title: Clear
    form: Clear
    mandate: Clear

    act = Act.SETTINGS


@dataclass(frozen=True)
class PasswordChanged(Facts):
    """`password` is "changed", never the password."""

    login: Clear
    password: Clear

    act = Act.OFFICIALS


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
    """A list of people left the program as `file`."""

    title: Clear
    lines: int
    file: Clear

    act = Act.EXPORT


@dataclass(frozen=True)
class Rebuilt(Facts):
    """What is derived was made anew from the dossiers: the search index, the numbers raised."""

    index: bool
    series: tuple[Clear, ...]
    copy: Clear

    act = Act.REBUILD


@dataclass(frozen=True)
class ClockMoved(Facts):
    """The clock ran back from `last`, the moment of the entry before, or leapt to `now`."""

    last: datetime
    now: datetime

    act = Act.CLOCK


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
