"""The plan of a new desk: its faults, and the jobs that read places and make desks."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.domain.people.officials import Role
from cchc_desk.errors import Refused

if TYPE_CHECKING:
    from cchc_desk.actions.office.accounts import SetupPlan

# Fields of a refusal that concern one official.
_OF_OFFICIAL = frozenset(("login", "official_name", "password"))


@dataclass(frozen=True)
class TypedDesk:
    """The desk as it was typed; hours by days of the week, days off left out."""

    unit_code: str
    name: str
    block_first: int
    block_last: int
    hours: dict[str, str]


@dataclass(frozen=True)
class TypedOfficial:
    """An official as typed; nobody where only the suggested `id` is filled in."""

    role: Role
    name: str
    id: str
    title: str
    password: str

    @property
    def is_empty(self) -> bool:
        return not (self.name.strip() or self.title.strip() or self.password)


@dataclass(frozen=True)
class TypedSetup:
    """All that was typed, with the codes of province and commune."""

    province: str
    commune: str
    desk: TypedDesk
    officials: tuple[TypedOfficial, ...]

    def plan(self) -> "SetupPlan":
        """Return the plan of the desk. A job of the worker: it needs the actions."""
        from cchc_desk.actions.office import accounts

        desk = self.desk
        return accounts.SetupPlan(
            self.province,
            self.commune,
            desk.unit_code,
            desk.name,
            desk.block_first,
            desk.block_last,
            desk.hours,
            tuple(
                accounts.NewOfficial(
                    typed.id.strip(), typed.name, typed.role, typed.title, typed.password
                )
                for typed in self.officials
                if not typed.is_empty
            ),
        )


@dataclass(frozen=True)
class Fault:
    """First fault of a plan; `role` is the official's row, where it concerns one."""

    refusal: Refused
    role: Role | None = None


def make_desk(folder: Path, typed: TypedSetup) -> Path:
    """Make the desk and return its folder."""
    from cchc_desk.actions.office import accounts

    accounts.set_up(folder, typed.plan()).close()
    return folder


def first_fault(typed: TypedSetup) -> Fault | None:
    """Return the first fault, each official checked alone before all: so it finds its row."""
    plan = typed.plan()
    for official in plan.officials:
        fault = _fault(replace(plan, officials=(official,)))
        if fault and fault.refusal.field in _OF_OFFICIAL:
            return replace(fault, role=official.role)
    return _fault(plan)


def _fault(plan: "SetupPlan") -> Fault | None:
    from cchc_desk.actions.office import accounts

    try:
        accounts.check_setup(plan)
    except Refused as refusal:
        return Fault(refusal)
    return None


def provinces() -> list[tuple[str, object]]:
    """Return (name, province) of every province."""
    from cchc_desk.actions.office import places

    return [(province.full_name, province) for province in places.provinces()]


def communes(province: str) -> list[tuple[str, object]]:
    """Return (name, commune) of every commune of a province, given by its code."""
    from cchc_desk.actions.office import places

    return [(commune.full_name, commune) for commune in places.communes(province)]


def make_practice_ward(folder: Path) -> Path:
    """Make the practice ward where it does not exist yet, and return its folder."""
    from cchc_desk.actions.office import accounts
    from cchc_desk.actions.training import practice

    if not accounts.desk_exists(folder):
        practice.make_practice_ward(folder).close()
    return folder
