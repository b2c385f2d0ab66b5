"""Orders of a province or city about lateness; only its own wards cite them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

# The province's code within a unit's: H13.31, or 000.00.31.H13 as it was written before.
_PROVINCE = re.compile(r"\b[A-Z]\d{2}\b")


@dataclass(frozen=True)
class LocalOrder:
    """An order as papers name it, and shorter as the screen does; both "" where none is known."""

    agency: str
    name: str
    short: str

    @property
    def in_brackets(self) -> str:
        """The order behind a rule's sentence, " (…)"; "" for none."""
        return f" ({self.short})" if self.short else ""


NO_ORDER = LocalOrder("", "", "")


def orders_from_json(text: str) -> tuple[LocalOrder, ...]:
    """Read resources/law/local_orders.json. Raises ValueError or KeyError when it is wrong."""
    return tuple(LocalOrder(row["agency"], row["name"], row["short"]) for row in json.loads(text))


def order_of(shipped: Iterable[LocalOrder], unit_code: str, own: str) -> LocalOrder:
    """Return the order the office named in its settings, else the shipped one of its province."""
    if own:
        return LocalOrder("", own, own)
    province = _PROVINCE.search(unit_code)
    code = province.group() if province else ""
    return next((order for order in shipped if order.agency == code), NO_ORDER)
