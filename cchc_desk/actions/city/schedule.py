"""What waits for the city, asked every minute: it needs none of the libraries that a sending
needs.
"""

from datetime import datetime, timedelta

from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.office import registers


def waiting(desk: Desk) -> int:
    """How many days the city does not hold as they are now; 0 for a desk that knows no city."""
    with desk.read() as connection:
        return (
            outbox.waiting_days(connection, desk.now().date()) if registers.city(connection) else 0
        )


def due(desk: Desk, last: datetime | None = None) -> bool:
    """Whether the automatic sending should try now, `last` tried then.

    What waits already is tried again when its own rest is over, sooner than the next sending of new
    days would be.
    """
    now = desk.now()
    with desk.read() as connection:
        minutes = desk.settings["city_minutes"]
        if registers.city(connection) is None or not minutes:
            return False
        parcels = outbox.parcels_in(connection, "waiting")
    if parcels:
        return any(one.next_try is None or one.next_try <= now for one in parcels)
    return last is None or now - last >= timedelta(minutes=minutes)
