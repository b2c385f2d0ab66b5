"""The plan of a new desk: its faults, and the jobs that read places and make desks."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.domain.people.officials import Role
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from ui.first_run.chooser import Choices

if TYPE_CHECKING:
    from cchc_desk.actions.data.existing import ExistingDesk
    from cchc_desk.actions.data.new_desk import SetupFault, SetupPlan
    from cchc_desk.actions.people.recovery import Sheet
    from cchc_desk.session import Desk


@dataclass(frozen=True)
class TypedDesk:
    """The desk as it was typed; hours by days of the week, days off left out."""

    unit_code: str
    name: str
    block_first: int
    block_last: int
    hours: dict[str, str]
    hotline: str
    encrypt: bool


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
        from cchc_desk.actions.data import new_desk
        from cchc_desk.actions.people import accounts

        desk = self.desk
        return new_desk.SetupPlan(
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
            hotline=desk.hotline,
            encrypt=desk.encrypt,
            at_window=True,
        )


@dataclass(frozen=True)
class MadeDesk:
    """A desk that was made just now, its recovery sheet, and that as PDF."""

    folder: Path
    sheet: "Sheet"
    pdf: bytes


def make_desk(folder: Path, typed: TypedSetup) -> MadeDesk:
    """Make the desk and its first recovery sheet."""
    from cchc_desk.actions.data import new_desk
    from cchc_desk.actions.papers import people_papers
    from cchc_desk.actions.people import recovery

    with closing(new_desk.set_up(folder, typed.plan())) as desk:
        sheet = recovery.first_sheet(desk)
        return MadeDesk(folder, sheet, people_papers.recovery_sheet(desk, sheet))


def open_made(folder: Path) -> "Desk":
    """Open the desk for a preview of its paper."""
    from cchc_desk.actions.data import opening

    return opening.open_desk(folder)


def faults(typed: TypedSetup) -> "tuple[SetupFault, ...]":
    """Return everything that is wrong, in the order in which it is typed."""
    from cchc_desk.actions.data import new_desk

    return (*new_desk.setup_faults(typed.plan()), *_untitled_leaders(typed))


def _untitled_leaders(typed: TypedSetup) -> "Iterator[SetupFault]":
    """A leader signs by title: it is asked here, before the first letter waits for it."""
    from cchc_desk.actions.data.new_desk import SetupFault

    for official in typed.officials:
        if official.role is Role.LEADER and official.name.strip() and not official.title.strip():
            refusal = Refused(
                "signer-title",
                _("Hãy ghi chức danh của lãnh đạo; giấy tờ in chức danh này."),
                "title",
            )
            yield SetupFault(refusal, Role.LEADER)


def provinces() -> Choices:
    """Return (name, province) of every province, and of those that went into them in 2025."""
    from cchc_desk.actions.office import places

    today = [(province.full_name, province) for province in places.provinces()]
    former = [
        (f"{name} ({_('nay thuộc')} {now.full_name})", now)
        for name, now in places.former_provinces()
    ]
    return Choices(list(today), list(former))


def communes(province: str) -> Choices:
    """Return (name, commune) of every commune of a province, given by its code, and of older ones.

    An older one that was parted stands there once for each commune that has a part of it.
    """
    from cchc_desk.actions.office import places

    today = [(commune.full_name, commune) for commune in places.communes(province)]
    former = [
        (f"{old.full_name}, {old.district} ({_('nay thuộc')} {now.full_name})", now)
        for old, now in places.communes_that_became(province)
    ]
    return Choices(list(today), list(former))


def make_practice_ward(folder: Path) -> Path:
    """Make the practice ward where it does not exist yet, and return its folder."""
    from cchc_desk.actions.data import opening
    from cchc_desk.actions.training import practice

    if not opening.desk_exists(folder):
        practice.make_practice_ward(folder).close()
    return folder


def existing_desks(folder: Path, volumes: Iterable[Path]) -> "tuple[ExistingDesk, ...]":
    """Return the data of desks found around `folder` and on `volumes`."""
    from cchc_desk.actions.data import existing

    return existing.find(folder, volumes)


def open_existing(file: Path, folder: Path, code: str = "") -> Path:
    """Copy a desk's data to `folder`, and return that; `code` of the sheet where it is needed."""
    from cchc_desk.actions.data import existing

    existing.bring_in(file, folder, code)
    return folder


def can_encrypt() -> bool:
    """Return True where a new desk can be encrypted."""
    from cchc_desk.actions.data import protection

    return protection.encrypts_new_desks()
