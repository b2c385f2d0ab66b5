"""Facts of away desks: a laptop leaves the ward with numbers of its own, works, and comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cchc_desk.domain.away import Side
from cchc_desk.domain.ledger.facts.base import (
    Clear,
    DossierFacts,
    Facts,
    Names,
    Personal,
    TableFacts,
    WrongShape,
)
from cchc_desk.domain.ledger.numbers import Blocks
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, later


@dataclass(frozen=True)
class AwayGiven(TableFacts):
    """An away desk leaves: its id, its numbers, and from where on its new rows are numbered.

    `changes`: of this desk's own settings, whose blocks end before those that were given.
    """

    away: Clear
    name: Clear
    blocks: Blocks
    rows_from: int
    until: date | None
    changes: Mapping[Clear, Any]

    act = Act.AWAY_OUT


@dataclass(frozen=True)
class AwayBegun(TableFacts):
    """First entry of the away desk itself: it left desk `home` behind its entry `seq`."""

    home: Clear
    name: Clear
    seq: int
    head: Clear
    changes: Mapping[Clear, Any]

    act = Act.AWAY_BEGIN


@dataclass(frozen=True)
class AwayClosed(TableFacts):
    """Last entry of the away desk itself: `by` brought it home, and nothing is written any more."""

    by: Clear

    act = Act.AWAY_CLOSE


@dataclass(frozen=True)
class AwayNumber:
    """The highest number of a series and period that the away desk gave."""

    series: Clear
    period: Clear
    number: int


@dataclass(frozen=True)
class SameNumber:
    """A number that both sides wrote on dossiers, each on another: `what` is its column."""

    what: Clear
    number: Clear
    codes: tuple[Clear, ...]


@dataclass(frozen=True)
class AwayBack(Facts):
    """An away desk came back; its entries up to `seq` stand before this one, with its own mark.

    `sha256`: of its file as it came. `new` dossiers and `changed` ones were taken over; the codes
    in `both` were touched on both sides. `ratings`: codes that both sides asked for a face; the
    ward's is kept.
    """

    away: Clear
    seq: int
    head: Clear
    sha256: Clear
    entries: int
    new: int
    changed: int
    both: tuple[Clear, ...] = ()
    ratings: tuple[Clear, ...] = ()
    same: tuple[SameNumber, ...] = ()
    numbers: tuple[AwayNumber, ...] = ()

    act = Act.AWAY_BACK


@dataclass(frozen=True)
class AwayBoth(DossierFacts):
    """The away desk too had worked on this dossier: the ward's rows stand until somebody decides.

    `acts`: how many entries of the away desk on it were brought.
    """

    away: Clear
    name: Clear
    acts: int

    act = Act.AWAY_BOTH

    def sentence(self, names: Names) -> str:
        text = _("Quầy lưu động {name} cũng làm hồ sơ này ({acts} việc); chờ người quyết định")
        return text.format(name=self.name, acts=self.acts)


@dataclass(frozen=True)
class AwayDecided(DossierFacts):
    """Somebody decided between the ward's rows of this dossier and the away desk's."""

    away: Clear
    name: Clear
    side: Clear

    act = Act.AWAY_DECIDE

    def sentence(self, names: Names) -> str:
        try:
            text = _(_DECIDED[Side(self.side)])
        except ValueError as error:
            raise WrongShape(f"no side {self.side}") from error
        return text.format(name=self.name)


_DECIDED = {
    Side.HOME: later("Giữ bản của phường; việc của quầy lưu động {name} chỉ còn ghi ở đây"),
    Side.AWAY: later("Lấy bản của quầy lưu động {name}; bản của phường chỉ còn ghi ở đây"),
}


@dataclass(frozen=True)
class AwayGivenUp(Facts):
    """An away desk will not come back; its numbers stay given out, unless it was never `made`."""

    away: Clear
    reason: Personal
    made: bool = True

    act = Act.AWAY_GIVE_UP
