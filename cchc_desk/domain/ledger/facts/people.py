"""Facts of acts on the desk's own people: who works here, log-ins, recovery."""

from dataclasses import dataclass
from datetime import date

from cchc_desk.domain.ledger.facts.base import Clear, Facts, Personal, TableFacts
from cchc_desk.domain.people.officials import Act


@dataclass(frozen=True)
class OfficialAdded(TableFacts):
    login: Clear
    role: Clear

    act = Act.OFFICIALS


@dataclass(frozen=True)
class AsKept:
    """An official's name, title and role as they were, or as they are now."""

    name: Personal
    title: Clear
    role: Clear


@dataclass(frozen=True)
class OfficialChanged(TableFacts):
    login: Clear
    before: AsKept
    after: AsKept

    act = Act.OFFICIALS


@dataclass(frozen=True)
class OfficialSwitched(TableFacts):
    """An official may log in again, or no more; `holds`: the open dossiers held at that moment."""

    login: Clear
    active: bool
    holds: tuple[Clear, ...] = ()

    act = Act.OFFICIALS


@dataclass(frozen=True)
class PasswordChanged(TableFacts):
    """`password` is "changed", or "one-time" where somebody else gave it; never the password."""

    login: Clear
    password: Clear

    act = Act.OFFICIALS


@dataclass(frozen=True)
class LogInLocked(Facts):
    """So many wrong passwords in a row under this name cost a wait."""

    login: Clear
    failures: int
    wait_seconds: int

    act = Act.LOG_IN


@dataclass(frozen=True)
class LogInFailed(Facts):
    """The first wrong password of a row; `login` is "" for a name that nobody has."""

    login: Clear
    failures: int

    act = Act.LOG_IN


@dataclass(frozen=True)
class LoggedIn(Facts):
    """Somebody came in at the window; on the command line only after `after_failures`."""

    login: Clear
    at_window: bool
    after_failures: int = 0

    act = Act.LOG_IN


@dataclass(frozen=True)
class LockLifted(Facts):
    """An administrator forgot the wrong passwords under a name."""

    login: Clear
    lifted: int

    act = Act.LOG_IN


@dataclass(frozen=True)
class SheetMade(Facts):
    """A recovery sheet was printed; those before it hold no more."""

    sheet: int

    act = Act.RECOVER


@dataclass(frozen=True)
class Recovered(TableFacts):
    """An administrator got a one-time password by `helpers`, with a sheet where one was used."""

    login: Clear
    helpers: tuple[Clear, ...]
    with_sheet: int | None = None

    act = Act.RECOVER


@dataclass(frozen=True)
class AbsenceEntered(TableFacts):
    """An official is away from the first day to the last; `stand_in` "" for nobody."""

    absence: int
    official: Clear
    first: date
    last: date
    stand_in: Clear
    reason: Personal

    act = Act.ABSENCE


@dataclass(frozen=True)
class AbsenceEnded(TableFacts):
    """Somebody is back, or their absence was entered by mistake."""

    ended: int
    official: Clear

    act = Act.ABSENCE
