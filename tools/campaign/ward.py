"""The ward of the campaign, and what must hold in it after every kill and every cut."""

from pathlib import Path

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.office import accounts, upkeep
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk


class Lost(AssertionError):
    """Something was lost that must not be; the message says what."""


def make_ward(folder: Path) -> Path:
    """Make an empty practice ward."""
    accounts.set_up(folder, practice.plan(), practice=True).close()
    return folder


def at_the_desk(folder: Path) -> Desk:
    """Open the ward, the clerk An at the counter."""
    desk = accounts.open_desk(folder)
    become(desk, "an")
    return desk


def become(desk: Desk, login: str) -> None:
    """Put an official at the desk, past the password."""
    who = next(each for each in practice.OFFICIALS if each.id == login)
    desk.official = Official(who.id, who.name, who.role, who.title)


def check_sound(desk: Desk) -> None:
    """Check the file by SQLite's own check, the ledger by its chain. Raises Lost."""
    problems = upkeep.check_database(desk) + upkeep.verify_ledger(desk).problems
    if problems:
        raise Lost(f"the database is not sound: {problems}")


def check_dossiers(desk: Desk, accepted: list[str]) -> None:
    """Check that each acknowledged code is one whole dossier, and that no half one is there."""
    if len(set(accepted)) != len(accepted):
        raise Lost("a code was acknowledged twice")
    codes = [row.code for row in progress.find_dossiers(desk, limit=1_000_000)]
    if len(set(codes)) != len(codes) or not set(accepted) <= set(codes):
        raise Lost(f"acknowledged but not there: {sorted(set(accepted) - set(codes))}")
    for code in codes[-3:] + accepted[-3:]:
        view = progress.show_dossier(desk, code)
        if not view.dossier.promises or not view.history or view.history[0].act != "accept":
            raise Lost(f"half a dossier: {code}")
