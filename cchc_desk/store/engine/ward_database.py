"""A ward's PostgreSQL: its connections, its transactions, its errors in the desk's words."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import IntDumper
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, later
from cchc_desk.store.engine.database import DeskDatabase
from cchc_desk.store.engine.dialects.statements import in_postgresql

BUSY_SECONDS = 5.0
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# A writer is alone from its first line on, as in the file of one PC: what it checks holds until it
# commits. The number is the program's own among the locks of this database.
_WRITE = ("BEGIN", f"SELECT pg_advisory_xact_lock({int.from_bytes(b'CCHC')})")
_SET = ("SET client_min_messages TO warning", f"SET lock_timeout TO {BUSY_SECONDS * 1000:.0f}")
_OTHER = later("Cơ sở dữ liệu báo lỗi: {error}. Hãy làm lại.")
_NO_SERVER = later(
    "Chưa nối được máy chủ của phường. Hãy xem dây mạng, máy chủ đã bật chưa, rồi làm lại; việc "
    "chưa báo xong thì xem lại trước khi làm lần nữa."
)
_LINE = ("08", "57")  # classes of states: the line broke, the server stops or starts
_TROUBLE = {
    "53100": ("disk-full", later("Ổ đĩa của máy chủ đã đầy nên chưa ghi được. Hãy báo quản trị.")),
    "55P03": (
        "database-locked",
        later("Một máy khác đang giữ dữ liệu của phường. Hãy chờ vài giây rồi làm lại."),
    ),
}


class _Truth(IntDumper):
    """Truth as 0 and 1, as it lies on both engines."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"


class StationConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that takes the store's own statements, as that of SQLite's driver does."""

    text_factory: Any = str  # a server keeps no text that is no UTF-8

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(in_postgresql(query), params or None, **options)

    def executemany(self, query: str, values: Iterable[Sequence[Any]]) -> None:
        with self.cursor() as cursor:
            cursor.executemany(in_postgresql(query), values)

    @property
    def in_transaction(self) -> bool:
        return self.info.transaction_status is not TransactionStatus.IDLE


class WardDatabase(DeskDatabase):
    """A ward's PostgreSQL. Reads are snapshots; writers wait their turn up to BUSY_SECONDS."""

    on_server = True

    def __init__(self, url: str) -> None:
        self.url = url
        # AUTOCOMMIT: SQLAlchemy begins and commits nothing by itself; _transaction does.
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
        )
        self._engine.dialect.supports_native_boolean = False
        self._idle: list[Connection] = []
        self._closed = False

    def _connect(self) -> StationConnection:
        connection = StationConnection.connect(self.url, autocommit=True)
        connection.adapters.register_dumper(bool, _Truth)
        for statement in _SET:
            connection.execute(statement)
        connection.execute(f"SET synchronous_commit TO {'on' if self.durable else 'off'}")
        return connection

    def read(self) -> AbstractContextManager[Connection]:
        """Open a snapshot to read from. Raises Trouble when the server cannot be read."""
        return self._transaction((_READ,))

    def write(self) -> AbstractContextManager[Connection]:
        """Open a write transaction, alone in the ward from its first line on.

        Raises Trouble when it cannot be committed.
        """
        return self._transaction(_WRITE)

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
        with suppress(IndexError):  # two threads may empty the list at once
            while True:
                self._idle.pop().close()

    def _opened(self) -> Connection:
        with suppress(IndexError):
            return self._idle.pop()  # atomic: window and worker never get the same one
        return self._engine.connect()

    def _begun(self, begin: str) -> Connection:
        """Begin a transaction, by a new line where the server has dropped those of before."""
        while True:
            connection = self._opened()
            driver = _driver(connection)
            try:
                driver.execute(begin)
            except psycopg.OperationalError:
                if not driver.closed:
                    raise
            else:
                return connection

    @contextmanager
    def _transaction(self, begin: Sequence[str]) -> Iterator[Connection]:
        """Commit as the last act; any exception, also the driver's, rolls everything back."""
        try:
            connection = self._begun(begin[0])
            driver = _driver(connection)
            try:
                for statement in begin[1:]:
                    driver.execute(statement)
                yield connection
                driver.execute("COMMIT")
            except BaseException:
                if driver.in_transaction and not driver.closed:
                    driver.execute("ROLLBACK")
                raise
            finally:
                if not driver.closed:  # a line that broke is no line any more
                    self._idle.append(connection)
                if self._closed:
                    self.close()
        except DBAPIError as error:
            raise trouble_of(error.orig) from error
        except psycopg.Error as error:
            raise trouble_of(error) from error


def _on_server() -> Trouble:
    return Trouble(
        "on-server",
        _(
            "Dữ liệu của phường nằm ở máy chủ, không ở máy này. Hãy nhờ quản trị mạng làm việc này "
            "ở máy chủ."
        ),
    )


def trouble_of(error: BaseException | None) -> Trouble:
    """Return the Trouble for an error of PostgreSQL."""
    state = getattr(error, "sqlstate", None) or ""
    if isinstance(error, psycopg.OperationalError) and (not state or state[:2] in _LINE):
        return Trouble("no-server", _(_NO_SERVER))
    code, message = _TROUBLE.get(state, ("database", _OTHER))
    return Trouble(code, _(message).format(error=error))


def _driver(connection: Connection) -> StationConnection:
    return cast(StationConnection, connection.connection.dbapi_connection)
