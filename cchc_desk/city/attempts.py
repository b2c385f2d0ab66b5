"""Failures in a row of a log-in or an address, stored: after FREE of them each costs a wait."""

from datetime import datetime, timedelta

from sqlalchemy import text

from cchc_desk.city.office import City
from cchc_desk.errors import Refused
from cchc_desk.i18n import _

FREE = 5
LONGEST = timedelta(hours=1)

_READ = text("SELECT failures, until FROM attempts WHERE key = :key")
_COUNT = text(
    "INSERT INTO attempts (key, failures, until) VALUES (:key, 1, '') "
    "ON CONFLICT (key) DO UPDATE SET failures = attempts.failures + 1 RETURNING failures"
)
_WAIT = text("UPDATE attempts SET until = :until WHERE key = :key")
_FORGET = text("DELETE FROM attempts WHERE key = :key")


def refuse_while_waiting(city: City, key: str) -> None:
    """Raise Refused("try-later") while the wait for earlier failures of `key` is not over."""
    with city.database.begin() as connection:
        row = connection.execute(_READ, {"key": key[:120]}).one_or_none()
    if row and row.until and city.clock() < datetime.fromisoformat(row.until):
        raise Refused(
            "try-later", _("Sai nhiều lần; hãy thử lại sau {time}.").format(time=row.until[11:16])
        )


def failed(city: City, key: str) -> None:
    """Count one more failure of `key`; from FREE on each doubles the wait, up to LONGEST."""
    with city.database.begin() as connection:
        failures = connection.execute(_COUNT, {"key": key[:120]}).scalar_one()
        if failures >= FREE:
            wait = min(timedelta(minutes=2 ** min(failures - FREE, 10)), LONGEST)
            until = (city.clock() + wait).isoformat(timespec="seconds")
            connection.execute(_WAIT, {"key": key[:120], "until": until})


def succeeded(city: City, key: str) -> None:
    """Forget the failures of `key`."""
    with city.database.begin() as connection:
        connection.execute(_FORGET, {"key": key[:120]})
