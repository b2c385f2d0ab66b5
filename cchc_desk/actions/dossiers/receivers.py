"""Whom a dossier is usually passed on to, and who else may take it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.people import absences
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import Permission
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists
from cchc_desk.store.office import officials

# Who takes a dossier most often stands first; the administrator handles none.
_BY_ROLE = (Role.PROCESSOR, Role.LEADER, Role.CLERK, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Receivers:
    """Officials who may take these dossiers, the usual one first; `holder_name` of the first."""

    officials: tuple[Official, ...]
    holder_name: str


def receivers(desk: Desk, codes: Iterable[str]) -> Receivers:
    """Return who may take these dossiers.

    First whoever took the last dossier of the same procedure, then by role; the holder of all of
    them is left out, and whoever is away and has a stand-in. Last those who are away without one.
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        found = [progress.the_dossier(connection, code) for code in codes]
        everybody = officials.all_officials(connection)
        cover = absences.cover_within(connection, desk.now().date())
        usual = [
            lists.last_receiver(connection, procedure, holder)
            for procedure, holder in {one.procedure_code: one.holder for one in found}.items()
        ]
    holders = {dossier.holder for dossier in found}
    names = {official.id: official.name for official in everybody}
    usual = [cover.at_work(login) if login else None for login in usual]
    able = [who for who in everybody if who.active and holders != {who.id}]
    able = [who for who in able if cover.at_work(who.id) == who.id]  # a stand-in for whoever is not
    able.sort(
        key=lambda who: (
            who.id in cover.by_absent,
            who.id not in usual,
            _BY_ROLE.index(who.role),
        )
    )
    return Receivers(tuple(able), names.get(found[0].holder, "") if found else "")
