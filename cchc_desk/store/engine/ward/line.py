"""A station's line to its ward, by LISTEN and NOTIFY: what others did, who sits where."""

from collections.abc import Callable
from contextlib import suppress

import psycopg

from cchc_desk.store.engine.database import Present, StationLine
from cchc_desk.store.engine.dialects.schema import CHANNEL
from cchc_desk.store.engine.ward.connection import StationConnection, trouble_of

_ANSWER_S = 8.0  # a line whose server says nothing for so long is broken
# Only those count whose own line lives: a PC that was switched off sits nowhere.
_LIVING = (
    "SELECT p.station, p.official, p.dossier FROM presence p JOIN pg_stat_activity a "
    "ON a.pid = p.pid AND a.backend_start = p.began WHERE p.pid <> pg_backend_pid() "
    "ORDER BY p.station, p.official"
)
_GONE = (
    "DELETE FROM presence p WHERE p.pid = pg_backend_pid() OR NOT EXISTS (SELECT 1 FROM "
    "pg_stat_activity a WHERE a.pid = p.pid AND a.backend_start = p.began)"
)
_SIT = (
    "INSERT INTO presence (pid, began, station, official, dossier) SELECT pid, backend_start, "
    "?, ?, ? FROM pg_stat_activity WHERE pid = pg_backend_pid()"
)


class ListeningLine(StationLine):
    """One connection, used by one thread at a time; it is made when it is first needed.

    `reached` is called each time that it was made.
    """

    def __init__(self, url: str, reached: Callable[[], None]) -> None:
        self._url, self._reached = url, reached
        self._connection: StationConnection | None = None
        self._here: Present | None = None

    def wait(self, seconds: float) -> bool:
        try:
            connection = self._connected()
            if any(True for _heard in connection.notifies(timeout=seconds, stop_after=1)):
                return True
            connection.execute("SELECT 1")  # a cable that was pulled says nothing of itself
        except psycopg.Error as error:
            self._hang_up()
            raise trouble_of(error) from error
        return False

    def sit(self, here: Present) -> None:
        self._here = here
        try:
            self._say(self._connected(), here)
        except psycopg.Error as error:
            self._hang_up()
            raise trouble_of(error) from error

    def others(self) -> tuple[Present, ...]:
        try:
            rows = self._connected().execute(_LIVING).fetchall()
        except psycopg.Error as error:
            self._hang_up()
            raise trouble_of(error) from error
        return tuple(Present(*row) for row in rows)

    def close(self) -> None:
        self._hang_up()

    def _connected(self) -> StationConnection:
        if self._connection is None:
            connection = StationConnection.to(self._url, _ANSWER_S)
            connection.execute(f"LISTEN {CHANNEL}")
            if self._here is not None:
                self._say(connection, self._here)
            self._connection = connection
            self._reached()
        return self._connection

    def _say(self, connection: StationConnection, here: Present) -> None:
        with connection.transaction():
            connection.execute(_GONE)
            connection.execute(_SIT, (here.station, here.official, here.dossier))
            connection.execute(f"NOTIFY {CHANNEL}")

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):  # it may be broken already
                connection.close()
