"""Lists of requests for a supplement: not yet told, told and waited for, brought."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.actions.exports import leaving
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.permissions import Permission
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists


@dataclass(frozen=True)
class Asked:
    """One dossier and the items asked for; `told_how` is "" until the citizen was told."""

    row: DossierRow
    number: str
    items: tuple[str, ...]
    asked: datetime
    told: datetime | None
    told_how: str
    brought: datetime | None


@dataclass(frozen=True)
class Supplements:
    """Unfinished dossiers by the state of their last request."""

    not_told: tuple[Asked, ...]
    told: tuple[Asked, ...]
    brought: tuple[Asked, ...]


def supplements(desk: Desk, origin: Origin = Origin.ALL) -> Supplements:
    """Return the three lists as they stand now, each with its oldest request first."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, origin)
        requests = [one for one in lists.requests(connection) if one.code in seen]
        codes = [request.code for request in requests]
        rows = {row.code: row for row in lists.rows_of(connection, desk.now(), codes)}
    asked = [
        Asked(
            row=rows[request.code],
            number=request.number,
            items=request.items,
            asked=request.asked,
            told=request.told,
            told_how=request.told_how,
            brought=request.brought,
        )
        for request in requests
    ]
    waiting = [request for request in asked if not request.brought]
    return Supplements(
        not_told=tuple(request for request in waiting if not request.told),
        told=tuple(request for request in waiting if request.told),
        brought=tuple(request for request in asked if request.brought),
    )
