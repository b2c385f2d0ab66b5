"""Schedule of the automatic sending, asked every minute: it imports no library of a sending."""

from datetime import datetime, timedelta

from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.office import registers


def has_city(desk: Desk) -> bool:
    """True once the desk has asked to be enrolled with a city."""
    with desk.read() as connection:
        return registers.city(connection) is not None


def waiting(desk: Desk) -> int:
    """Count the days that the city does not hold as they are now; 0 without a city."""
    with desk.read() as connection:
        if registers.city(connection) is None:
            return 0
        return outbox.waiting_days(connection, desk.now().date())


def due(desk: Desk, last: datetime | None = None) -> bool:
    """True when the automatic sending should try now; `last` is the moment of its last try.

    A waiting parcel is tried again at its own `next_try`, sooner than the next sending of new days
    would be.
    """
    now = desk.now()
    with desk.read() as connection:
        minutes = desk.settings["city_minutes"]
        if registers.city(connection) is None or not minutes:
            return False
        parcels = outbox.parcels_in(connection, "waiting")
    if parcels:
        return any(parcel.next_try is None or parcel.next_try <= now for parcel in parcels)
    return last is None or now - last >= timedelta(minutes=minutes)
