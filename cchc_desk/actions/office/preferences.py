"""The official's own settings of the window: language, theme, text size, tables."""

from typing import Any

from cchc_desk.domain.permissions import Permission
from cchc_desk.session import Desk
from cchc_desk.settings import PREFERENCES, checked
from cchc_desk.store.office import registers


def preferences(desk: Desk) -> dict[str, Any]:
    """Return all preferences of the official logged in, with defaults for those never set."""
    me = desk.require(Permission.READ)
    with desk.read() as connection:
        stored = registers.preferences_of(connection, me.id)
    return {key: stored.get(key, preference.default) for key, preference in PREFERENCES.items()}


def keep_preference(desk: Desk, key: str, value: Any) -> None:
    """Store one preference of the official logged in. Raises Refused("setting")."""
    me, fitting = desk.require(Permission.READ), checked(key, value, PREFERENCES)
    with desk.write() as connection:
        registers.keep_preference(connection, me.id, key, fitting)
