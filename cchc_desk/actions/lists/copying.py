"""Orders in which a dossier's facts are copied into another system, as the program ships them."""

import json
from functools import cache

import resources
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.lists import copying
from cchc_desk.domain.lists.copying import CopyOrder, CopyPart, Part
from cchc_desk.domain.permissions import Permission
from cchc_desk.session import Desk


@cache
def orders() -> tuple[CopyOrder, ...]:
    """Return the orders, the first of which stands for who has chosen none."""
    data = json.loads(resources.read_text("lists/copy_orders.json"))
    return tuple(
        CopyOrder(
            row["key"],
            row["name"],
            row["source"],
            tuple((Part(part), label) for part, label in row["labels"]),
        )
        for row in data["orders"]
    )


def parts_of(desk: Desk, dossier: Dossier, order: CopyOrder) -> tuple[CopyPart, ...]:
    """Return what a dossier has of an order; identity numbers only as the setting wishes."""
    desk.require(Permission.READ)
    wished = desk.settings["receipt_identity"]
    return copying.parts_of(dossier, order, with_identity=wished)
