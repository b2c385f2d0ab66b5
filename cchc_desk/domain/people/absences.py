"""Absences of officials and who stands in (NĐ 309/2026/NĐ-CP Điều 6): reception never stops.

Nothing changes hands by an absence: a dossier is late at whoever held it then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.permissions import ALLOWED

MOST_DAYS = 366


@dataclass(frozen=True)
class Absence:
    """Days on which an official is away, both included; log-in names, `stand_in` "" for nobody.

    `ended`: when they came back before the last day, or it was entered by mistake.
    """

    number: int
    official: str
    first: date
    last: date
    stand_in: str
    reason: str
    entered: datetime
    entered_by: str
    ended: datetime | None = None

    def covers(self, day: date) -> bool:
        until = self.ended.date() if self.ended else None
        return self.first <= day <= self.last and (until is None or day < until)


@dataclass(frozen=True)
class NamedAbsence:
    """An absence in a list; `cover_name` is who does the work today, "" for nobody.

    `held`: open dossiers of whoever is away.
    """

    absence: Absence
    name: str
    title: str
    role: Role
    cover_name: str
    held: int


@dataclass(frozen=True)
class Cover:
    """The officials who are away on a day, each with who stands in; None where nobody does."""

    by_absent: Mapping[str, str | None]

    def at_work(self, official: str) -> str:
        """Return who does this official's work: themselves, or whoever stands in."""
        return self.by_absent.get(official) or official

    def stood_for(self, official: str) -> tuple[str, ...]:
        """Return those for whom this official stands in."""
        return tuple(away for away, by in self.by_absent.items() if by == official)


def cover_on(absences: Iterable[Absence], day: date) -> Cover:
    """Return who is away on a day and who stands in, through stand-ins who are away themselves."""
    stand_ins = {one.official: one.stand_in for one in absences if one.covers(day)}

    def at_work(official: str) -> str | None:
        seen = {official}
        by = stand_ins[official]
        while by in stand_ins and by not in seen:
            seen.add(by)
            by = stand_ins[by]
        return by if by and by not in seen else None

    return Cover({official: at_work(official) for official in stand_ins})


def may_stand_in(stand_in: Role, away: Role) -> bool:
    """Return True where one role may do all that the other may."""
    return all(stand_in in roles for roles in ALLOWED.values() if away in roles)
