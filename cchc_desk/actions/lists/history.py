"""The lists that were taken at this desk, the newest first."""

from dataclasses import replace

from cchc_desk.domain.lists.watched import TakenList
from cchc_desk.domain.permissions import Permission
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import listed
from cchc_desk.store.office import officials

_MOST = 50


def taken_lists(desk: Desk) -> list[TakenList]:
    """Return the last lists, each with the name of the official who took it."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        names = {one.id: one.name for one in officials.all_officials(connection)}
        return [
            replace(one, taken_by=names.get(one.taken_by, one.taken_by))
            for one in listed.taken_lists(connection, _MOST)
        ]
