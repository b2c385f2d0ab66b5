"""A ward's PostgreSQL: its connections, its transactions, its errors in the desk's words."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import cast

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, later
from cchc_desk.store.engine.database import DeskDatabase, StationLine, check_guard
from cchc_desk.store.engine.ward.connection import StationConnection, is_broken, trouble_of
from cchc_desk.store.engine.ward.line import ListeningLine

BUSY_SECONDS = 5.0
_ANSWER_S = 60.0
_REST_S = 2.0  # after a server that could not be reached: what waits in line does not try it again
_SETTLE_S = 20.0  # so long it is asked what became of a commit whose answer was lost
_PAUSE_S = 0.5
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# A writer is alone from its first line on, as in the file of one PC: what it checks holds until it
# commits. The number is the program's own among the locks of this database. By the transaction's
# own number it is asked afterwards what became of it, where the answer to its commit is lost.
_ALONE = f"SELECT pg_advisory_xact_lock({int.from_bytes(b'CCHC')}), pg_current_xact_id()::text"
_WRITE = f"BEGIN; {_ALONE}"
_SENDING = f"SELECT pg_try_advisory_lock({int.from_bytes(b'CITY')})"
_LOST = later(
    "Đứt mạng đúng lúc ghi, chưa rõ việc vừa làm đã ghi chưa. Có mạng lại thì phần mềm tự hỏi máy "
    "chủ; hãy chờ rồi xem lại trước khi làm lần nữa."
)
_NOT_DONE = later("Đứt mạng đúng lúc ghi; việc vừa làm chưa ghi. Hãy làm lại.")


class WardDatabase(DeskDatabase):
    """A ward's PostgreSQL. Reads are snapshots; writers wait their turn up to BUSY_SECONDS."""

    on_server = True

    def __init__(self, url: str, station: str = "") -> None:
        self.url, self.station = url, station
        # AUTOCOMMIT: SQLAlchemy begins and commits nothing by itself; _transaction does.
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            poolclass=NullPool,
            pool_reset_on_return=None,  # a transaction ends before its connection is put away
            isolation_level="AUTOCOMMIT",
        )
        self._engine.dialect.supports_native_boolean = False
        self._idle: list[Connection] = []
        self._closed = False
        self._sending: StationConnection | None = None  # alone in the ward, as long as it lives
        self._rests_until = 0.0  # of time.monotonic()
        self._unsettled = ""  # the number of a transaction whose commit was not answered
        self._done_unseen = False  # it was done after all

    def _connect(self) -> StationConnection:
        connection = StationConnection.to(self.url, _ANSWER_S)
        connection.execute(f"SET lock_timeout TO {BUSY_SECONDS * 1000:.0f}")
        connection.execute(f"SET synchronous_commit TO {'on' if self.durable else 'off'}")
        return connection

    def line(self) -> StationLine:
        """Return a new line to the other stations."""
        return ListeningLine(self.url, self._reached)

    def _reached(self) -> None:
        self._rests_until = 0.0

    def read(self) -> AbstractContextManager[Connection]:
        """Open a snapshot to read from. Raises Trouble when the server cannot be read."""
        return self._transaction(_READ)

    def write(self) -> AbstractContextManager[Connection]:
        """Open a write transaction, alone in the ward from its first line on.

        Raises Trouble when it cannot be committed: "answer-lost" where nobody knows whether it was.
        """
        return self._transaction(_WRITE)

    def take_sending(self) -> bool:
        """Return True where this station is the one of the ward that sends to the city.

        It is for as long as the program runs and its line holds; then another one takes over.
        Raises Trouble("no-server").
        """
        line, self._sending = self._sending, None
        try:
            line = line or StationConnection.to(self.url, _ANSWER_S)
            (alone,) = line.execute(_SENDING).fetchone()
        except psycopg.Error as error:
            if line is not None:
                line.close()
            raise trouble_of(error) from error
        if alone:
            self._sending = line
        else:
            line.close()
        return bool(alone)

    def forget_unseen(self) -> bool:
        """Return True, once, where an act was done whose answer was lost on the way."""
        unseen, self._done_unseen = self._done_unseen, False
        return unseen

    def wait_for_disk(self, wait: bool) -> None:
        """Make each commit wait for the disk, or not: only for a ward that can be made again."""
        self.durable = wait
        self.close()
        self._closed = False  # the next ones are opened so

    def tolerate(self) -> None:
        """A server keeps no text that is no UTF-8."""

    @property
    def file(self) -> Path:  # type: ignore[override]
        raise _on_server()

    def set_aside(self) -> AbstractContextManager[None]:
        raise _on_server()

    def close(self) -> None:
        """Close every connection; one in use closes at the end of its transaction."""
        self._closed = True
        if self._sending is not None:
            self._sending.close()
            self._sending = None
        with suppress(IndexError):  # two threads may empty the list at once
            while True:
                self._idle.pop().close()

    def _opened(self) -> Connection:
        with suppress(IndexError):
            return self._idle.pop()  # atomic: window and worker never get the same one
        if time.monotonic() < self._rests_until:
            raise psycopg.OperationalError("it could not be reached just now")
        try:
            return self._engine.connect()
        except DBAPIError:
            self._rests_until = time.monotonic() + _REST_S
            raise

    def _begun(self, begin: str) -> tuple[Connection, str]:
        """Begin a transaction, by a new line where the server has dropped those of before.

        Return it with its number, which a write transaction alone has.
        """
        while True:
            connection = self._opened()
            driver = _driver(connection)
            try:
                answers = driver.execute(begin, prepare=False)
            except BaseException as error:
                if not (driver.closed and isinstance(error, psycopg.OperationalError)):
                    self._put_away(connection, driver)
                    raise
            else:
                return connection, answers.fetchone()[1] if answers.nextset() else ""

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        """Commit as the last act; any exception, also the driver's, rolls everything back.

        What a write transaction sends is not answered one by one: the server's answers, errors too,
        come with the next row that is read, or with the commit.
        """
        check_guard()
        try:
            if begin == _WRITE:
                self._settle()
            connection, number = self._begun(begin)
            driver, ending = _driver(connection), False
            try:
                with driver.pipeline() if number else nullcontext():
                    yield connection
                    ending = True
                    ended = driver.execute("COMMIT", prepare=False)
                # Of a transaction in which a statement was refused the server says ROLLBACK.
                assert ended.statusmessage == "COMMIT", "a refused statement ends its act"
            except psycopg.OperationalError as error:
                if not (ending and is_broken(error)):
                    raise
                driver.close()
                if number:  # all that was read was read
                    self._ask_after(number, error)
            finally:
                self._put_away(connection, driver)
        except DBAPIError as error:
            raise trouble_of(error.orig, writing=begin == _WRITE) from error
        except psycopg.Error as error:
            raise trouble_of(error, writing=begin == _WRITE) from error

    def _put_away(self, connection: Connection, driver: StationConnection) -> None:
        """Roll back what was not committed; keep the line, where it holds, for the next one."""
        if not driver.closed and driver.in_transaction:
            driver.execute("ROLLBACK")
        if not driver.closed:
            self._idle.append(connection)
        if self._closed:
            self.close()

    def _ask_after(self, number: str, error: psycopg.OperationalError) -> None:
        """Ask by another line what became of a commit whose answer was lost.

        Raises Trouble("no-server") where it was not done, ("answer-lost") where nobody can say.
        """
        self._unsettled = number
        until = time.monotonic() + _SETTLE_S
        while self._unsettled:
            try:
                done = self._settled()
            except psycopg.OperationalError:
                done = None
            if done is False:
                raise Trouble("no-server", _(_NOT_DONE)) from error
            if done is None and time.monotonic() > until:
                raise Trouble("answer-lost", _(_LOST)) from error
            if done is None:
                time.sleep(_PAUSE_S)

    def _settle(self) -> None:
        """Before anything new: know what became of the last act whose answer was lost."""
        if self._unsettled:
            done = self._settled()
            if done is None:
                raise Trouble("answer-lost", _(_LOST))
            self._done_unseen |= done

    def _settled(self) -> bool | None:
        """Return whether that transaction was committed; None while the server has it at work."""
        with StationConnection.to(self.url, _ANSWER_S) as connection:
            asked = "SELECT pg_xact_status(?::xid8)"
            (status,) = connection.execute(asked, (self._unsettled,)).fetchone()
        if status == "in progress":
            return None
        self._unsettled = ""
        return bool(status == "committed")


def _on_server() -> Trouble:
    return Trouble(
        "on-server",
        _(
            "Dữ liệu của phường nằm ở máy chủ, không ở máy này. Hãy nhờ quản trị mạng làm việc này "
            "ở máy chủ."
        ),
    )


def _driver(connection: Connection) -> StationConnection:
    return cast(StationConnection, connection.connection.dbapi_connection)
