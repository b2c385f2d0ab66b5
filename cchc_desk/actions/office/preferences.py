"""How the official at the desk likes the window: language, colours, type size, widths of tables."""

from typing import Any

from cchc_desk.domain.people.officials import Act
from cchc_desk.session import Desk
from cchc_desk.settings import PREFERENCES, checked
from cchc_desk.store.office import registers


def preferences(desk: Desk) -> dict[str, Any]:
    """Every preference of who is logged in; what was never set answers its default."""
    me = desk.require(Act.READ)
    with desk.read() as connection:
        kept = registers.preferences_of(connection, me.id)
    return {key: kept.get(key, preference.default) for key, preference in PREFERENCES.items()}


def keep_preference(desk: Desk, key: str, value: Any) -> None:
    """Keeps one preference of who is logged in; Refused ("setting") when it does not fit."""
    me, fitting = desk.require(Act.READ), checked(key, value, PREFERENCES)
    with desk.write() as connection:
        registers.keep_preference(connection, me.id, key, fitting)
