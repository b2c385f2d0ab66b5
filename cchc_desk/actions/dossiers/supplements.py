"""The three lists of supplements: asked for and not yet told, told and waited for, brought and to
be worked on.
"""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.people.officials import Act
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists


@dataclass(frozen=True)
class Asked:
    """One dossier and what its citizen was asked to bring; `told_how` is "" until told."""

    row: DossierRow
    number: str
    items: tuple[str, ...]
    asked: datetime
    told: datetime | None
    told_how: str
    brought: datetime | None


@dataclass(frozen=True)
class Supplements:
    """Unfinished dossiers by how far their last request has come."""

    not_told: tuple[Asked, ...]
    told: tuple[Asked, ...]
    brought: tuple[Asked, ...]


def supplements(desk: Desk) -> Supplements:
    """The three lists as they stand now, each with its oldest request first."""
    desk.require(Act.READ)
    with desk.read() as connection:
        found = lists.requests(connection)
        rows = {
            row.code: row
            for row in lists.rows_of(connection, desk.now(), [one.code for one in found])
        }
    asked = [
        Asked(rows[one.code], one.number, one.items, one.asked, one.told, one.told_how, one.brought)
        for one in found
    ]
    return Supplements(
        not_told=tuple(one for one in asked if not one.told and not one.brought),
        told=tuple(one for one in asked if one.told and not one.brought),
        brought=tuple(one for one in asked if one.brought),
    )
