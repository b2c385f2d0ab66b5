"""The desk's SQLite file: its connections, its transactions, its errors in the desk's words.

with database.read() as connection: ...   # a snapshot
with database.write() as connection: ...  # BEGIN IMMEDIATE; commits, or rolls back on any error
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, partial
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, cast

# Connection is re-exported: the type that actions pass from one store function to the next.
from sqlalchemy import Connection as Connection
from sqlalchemy import Table, create_engine, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from cchc_desk import owner_only, paths
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, later
from cchc_desk.store.engine import encryption, key_file
from cchc_desk.store.engine.encryption import sqlite_errors as sqlite_errors
from cchc_desk.store.engine.key_file import KeyFile
from cchc_desk.store.engine.safe_location import refuse_unsafe_folder
from cchc_desk.vietnam_time import vietnam_now

BUSY_SECONDS = 5.0
_WRITE = "BEGIN IMMEDIATE"
Made = TypeVar("Made")

DAMAGED = later(
    "Tệp dữ liệu của quầy bị hỏng. Đừng ghi thêm, đừng tự chép đè tệp: hãy chép thư mục backups ra "
    "nơi khác rồi khôi phục bản sao gần nhất (trang đăng nhập: F7; dòng lệnh: cchc restore)."
)
_GONE = later(
    "Tệp dữ liệu của quầy ({file}) đã bị xóa, dời chỗ hoặc đổi tên trong lúc chương trình đang mở, "
    "nên việc này chưa được ghi. Hãy đưa tệp về đúng chỗ rồi làm lại; nếu không còn tệp, hãy đóng "
    "chương trình và khôi phục bản sao gần nhất."
)
_GONE_BUT_KEPT = later(
    "Tệp dữ liệu của quầy ({file}) đã bị xóa, dời chỗ hoặc đổi tên trong lúc chương trình đang mở, "
    "nên việc này chưa được ghi. Mọi việc trước đó đã được cất ở {rescued}. Hãy đưa tệp về đúng "
    "chỗ rồi làm lại; nếu không còn tệp, hãy đóng chương trình và khôi phục bản sao ấy."
)
_REPLACED = later(
    "Tệp dữ liệu của quầy ({file}) vừa được thay bằng tệp khác trong lúc chương trình đang mở, nên "
    "việc này chưa được ghi. Hãy đóng chương trình rồi mở lại, xem đúng dữ liệu chưa rồi làm lại."
)
_LOG_GONE = later(
    "Tệp {file}-wal đi kèm dữ liệu của quầy đã bị xóa hoặc thay trong lúc chương trình đang mở, "
    "nên việc này chưa được ghi. Hãy đóng mọi cửa sổ của chương trình rồi mở lại và làm lại."
)
_OTHER = later("Cơ sở dữ liệu báo lỗi: {error}. Hãy làm lại.")
_TROUBLE = {
    sqlite3.SQLITE_FULL: (
        "disk-full",
        later(
            "Ổ đĩa đã đầy nên chưa ghi được. Hãy xóa bớt tệp không cần trên ổ đĩa rồi làm lại; "
            "nội dung đang gõ vẫn còn."
        ),
    ),
    sqlite3.SQLITE_BUSY: (
        "database-locked",
        later("Một chương trình khác đang giữ dữ liệu của quầy. Hãy chờ vài giây rồi làm lại."),
    ),
    sqlite3.SQLITE_READONLY: (
        "read-only",
        later(
            "Thư mục dữ liệu chỉ cho đọc nên chưa ghi được. Hãy nhờ quản trị cấp quyền ghi cho "
            "thư mục rồi làm lại."
        ),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot-open",
        later(
            "Không mở được dữ liệu của quầy. Hãy kiểm tra thư mục dữ liệu còn đó và có quyền ghi."
        ),
    ),
    sqlite3.SQLITE_IOERR: (
        "disk-error",
        later(
            "Ổ đĩa báo lỗi khi đọc hoặc ghi. Hãy kiểm tra ổ đĩa rồi làm lại; "
            "bản sao gần nhất nằm trong thư mục backups."
        ),
    ),
    sqlite3.SQLITE_CORRUPT: ("damaged", DAMAGED),
    sqlite3.SQLITE_NOTADB: ("damaged", DAMAGED),
}


# As SQLite's own, and unlike those of a text or an account: a file that another program made.
APPLICATION_ID = int.from_bytes(b"CCHC")

# Set on every connection: whoever wrote into a file may have put functions into its views and
# triggers, or cells that lie beside their page; what is deleted is overwritten (Python's own
# SQLite on Windows would leave it).
_CAREFUL = ("trusted_schema=OFF", "cell_size_check=ON", "secure_delete=ON")


_UNDECODABLE = later(
    "Một dòng chữ trong dữ liệu bị hỏng. Hãy làm lại: chữ hỏng sẽ hiện là �; rồi nhờ quản trị kiểm "
    "tra dữ liệu và khôi phục bản sao gần nhất."
)


def _is_undecodable(error: BaseException | None) -> bool:
    """True for a text that is no UTF-8; Python's own error, with the value in its words."""
    return isinstance(error, sqlite_errors()) and "decode to UTF-8" in str(error)


# SQLCipher's backup() raises its errors without their number, in SQLite's own words.
_BY_WORDS = {
    "database or disk is full": sqlite3.SQLITE_FULL,
    "database is locked": sqlite3.SQLITE_BUSY,
    "attempt to write a readonly database": sqlite3.SQLITE_READONLY,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN,
    "disk I/O error": sqlite3.SQLITE_IOERR,
    "database disk image is malformed": sqlite3.SQLITE_CORRUPT,
    "file is not a database": sqlite3.SQLITE_NOTADB,
}


def _number_of(error: BaseException | None) -> int:
    """Return the primary code of an SQLite error, the low byte of the extended one; 0: unknown."""
    number = getattr(error, "sqlite_errorcode", None)
    return number & 0xFF if number else _BY_WORDS.get(str(error), 0)


def is_damage(error: BaseException) -> bool:
    """True for an error of the driver that says that a part of the file is not whole."""
    return _number_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)


def trouble_of(error: BaseException | None) -> Trouble:
    """Return the Trouble for an SQLite error."""
    if isinstance(error, encryption.Locked):
        return Trouble("disk-key", _(encryption.LOCKED))
    if isinstance(error, encryption.NoDriver):
        return Trouble("no-cipher", _(encryption.NO_DRIVER))
    if _is_undecodable(error):
        return Trouble("row-unreadable", _(_UNDECODABLE))
    if isinstance(error, sqlite_errors()) and "no such " in str(error):  # a table, a column
        return Trouble("damaged", _(DAMAGED))
    code, message = _TROUBLE.get(_number_of(error), ("database", _OTHER))
    return Trouble(code, _(message).format(error=error))


# A damaged letter is shown as one (�). Used from the first text on that is no UTF-8: by itself it
# takes a list half as long again.
_TEXT = partial(str, encoding="utf-8", errors="replace")
Mode = Literal["rw", "rwc", "ro"]  # of SQLite's URI: write, write or make, read only


def open_file(file: Path, mode: Mode, key: bytes | None = None) -> sqlite3.Connection:
    """Open a SQLite file: the one creator of connections, plain or encrypted.

    A missing file is an error, unless `mode` is "rwc": then only this user may read the new one,
    which is encrypted by `key` (a copy: by key_of() its source; None: plain). The key of a file
    with content is found by itself. Raises one of sqlite_errors().
    """
    if mode == "rwc":
        _make(file, key)
    try:
        return _opened(file, mode)
    except sqlite_errors() as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_NOTADB:
            raise
    encryption.forget(file)  # another file came to its number on the disk
    return _opened(file, mode)


def _make(file: Path, key: bytes | None) -> None:
    with suppress(OSError):  # SQLite's own error says more
        if not file.exists():
            owner_only.make_file(file)
        if not file.stat().st_size:
            encryption.keep(file, key)


def _opened(file: Path, mode: Mode) -> sqlite3.Connection:
    uri, key = f"{file.absolute().as_uri()}?mode={mode}", encryption.key_of(file)
    options: dict[str, Any] = {
        "timeout": BUSY_SECONDS,
        "isolation_level": None,
        "check_same_thread": False,
    }
    connection: sqlite3.Connection
    if key is None:
        connection = sqlite3.connect(uri, uri=True, **options)
    else:
        connection = encryption.connection_with(key, uri, **options)
    try:
        for pragma in _CAREFUL:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # the whole schema is parsed
    except UnicodeDecodeError as error:  # of SQLite's own words on a damaged schema
        connection.close()
        raise _malformed() from error
    except sqlite_errors():
        connection.close()
        raise
    return connection


def _malformed() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("malformed database schema")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def connect(file: Path, *, create: bool = False, key: bytes | None = None) -> sqlite3.Connection:
    """Open the desk's own file, durable and checked. Raises one of sqlite_errors()."""
    connection = open_file(file, "rwc" if create else "rw", key)
    try:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite_errors():
        connection.close()
        raise
    return connection


class _Files(NamedTuple):
    """The files behind a connection, each by disk and number there; None: it is not there."""

    database: tuple[int, int] | None
    log: tuple[int, int] | None  # SQLite makes the -wal anew where it is missing, and empty


Guard = Callable[[], None]
_guard: Guard | None = None


def set_guard(guard: Guard | None) -> None:
    """Call `guard` before each transaction begins; it raises when none may (None: no guard).

    The window's tests set one: its own thread may not wait for the disk.
    """
    global _guard
    _guard = guard


def check_guard() -> None:
    """Let the guard object to a transaction that is about to begin."""
    if _guard is not None:
        _guard()


@dataclass(frozen=True)
class Present:
    """Somebody at another station; `dossier` is the code of the one they look at, "" for none."""

    station: str
    official: str
    dossier: str


class StationLine(ABC):
    """A station's own line to its ward: it hears of acts, and says who sits here."""

    @abstractmethod
    def wait(self, seconds: float) -> bool:
        """Wait until some station has committed an act or somebody moved; False after `seconds`.

        Raises Trouble("no-server"); the next call connects anew.
        """

    @abstractmethod
    def sit(self, here: Present) -> None:
        """Say who sits here from now on. Raises Trouble("no-server")."""

    @abstractmethod
    def others(self) -> tuple[Present, ...]:
        """Return who sits at the other stations now. Raises Trouble("no-server")."""

    @abstractmethod
    def close(self) -> None:
        """Hang up: nobody sits here any more."""


class DeskDatabase(ABC):
    """Where a desk's dossiers lie. Reads are snapshots; a write is alone from its first line on."""

    durable = True  # each commit waits for the disk
    on_server = False  # True: no file of this PC
    station = ""  # the name of this PC among those of its ward
    file: Path  # of one PC; raises Trouble("on-server") in a ward

    def line(self) -> "StationLine | None":
        """Return a line to the other stations; None where there are none."""
        return None

    def take_sending(self) -> bool:
        """Return True where this program is the one that sends to the city for the desk."""
        return True

    def forget_unseen(self) -> bool:
        """Return True, once, where an act was done whose answer was lost on the way."""
        return False

    @abstractmethod
    def read(self) -> AbstractContextManager[Connection]:
        """Open a snapshot to read from. Raises Trouble when it cannot be read."""

    @abstractmethod
    def write(self) -> AbstractContextManager[Connection]:
        """Open a write transaction. Raises Trouble when it cannot be committed."""

    @abstractmethod
    def wait_for_disk(self, wait: bool) -> None:
        """Make each commit wait for the disk, or not: only for a ward that can be made again."""

    @abstractmethod
    def tolerate(self) -> None:
        """Show damaged letters as such (�) from now on, instead of failing at the first of them."""

    @abstractmethod
    def set_aside(self) -> AbstractContextManager[None]:
        """Close every connection while the file itself is exchanged; then it is opened anew."""

    @abstractmethod
    def close(self) -> None:
        """Close every connection; one in use closes at the end of its transaction."""


class Database(DeskDatabase):
    """The desk's SQLite file. Reads are snapshots; writers wait their turn up to BUSY_SECONDS."""

    def __init__(self, file: Path, *, create: bool = False, key: bytes | None = None) -> None:
        """`key`: of a file that is made now; None for a plain one."""
        refuse_unsafe_folder(file.parent)
        self.file = file
        self._log = file.with_name(file.name + "-wal")
        # AUTOCOMMIT: SQLAlchemy begins and commits nothing by itself; _transaction does.
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: connect(file, create=create, key=key),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
        )
        # Opened once, used again: a pool's own round is longer than a short read.
        self._idle: list[Connection] = []
        self._opened_files: _Files | None = None
        self._key: bytes | None = None  # of an encrypted file, once it is open
        self._key_file: KeyFile | None = None
        self._rescued: Path | None = None
        self._closed = False
        self._tolerant = False

    def read(self) -> AbstractContextManager[Connection]:
        """Open a snapshot to read from. Raises Trouble when the file cannot be read."""
        return self._transaction("BEGIN")

    def write(self) -> AbstractContextManager[Connection]:
        """Open a write transaction, alone on the file from its first line on.

        Raises Trouble when it cannot be committed.
        """
        return self._transaction(_WRITE)

    def wait_for_disk(self, wait: bool) -> None:
        """Make each commit wait for the disk, or not: only for a ward that can be made again."""
        self.durable = wait
        connection = self._opened()
        run(connection, f"PRAGMA synchronous={'FULL' if wait else 'OFF'}")
        self._idle.append(connection)

    def tolerate(self) -> None:
        """Show damaged letters as such (�) from now on, instead of failing at the first of them."""
        self._tolerant = True

    def close(self) -> None:
        """Close every connection; one in use closes at the end of its transaction."""
        self._closed = True
        self._opened_files = None
        with suppress(IndexError):  # two threads may empty the list at once
            while True:
                self._idle.pop().close()

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """Close every connection while the file itself is exchanged; then it is opened anew."""
        self.close()
        try:
            yield
        finally:
            self._closed = False

    def _opened(self) -> Connection:
        try:
            connection = self._idle.pop()  # atomic: window and worker never get the same one
        except IndexError:
            self._check_files()  # another file of the name is no way to the open one
            connection = self._engine.connect()
            if self._opened_files is None:
                self._opened_files = self._files()
                self._key = encryption.key_of(self.file)
                self._key_file = encryption.key_file_content(self.file) if self._key else None
        if self._tolerant:
            _driver(connection).text_factory = _TEXT
        return connection

    def _files(self) -> _Files:
        return _Files(encryption.number_of(self.file), encryption.number_of(self._log))

    def _check_files(self) -> None:
        """Raise Trouble("file-moved") where the open files are no longer those of the name.

        _Gone where none has it.

        A system with open files that can be deleted goes on writing to them, and all of it is gone
        with the last connection.
        """
        opened, now = self._opened_files, self._files()
        if opened is None:
            return
        if now.database is None:
            raise _Gone
        if now.database != opened.database:
            said = _REPLACED
        elif opened.log and now.log != opened.log:
            said = _LOG_GONE
        else:
            said = None
        if said is not None:
            raise Trouble("file-moved", _(said).format(file=self.file))
        self._opened_files = now  # the first write of a new file makes its -wal

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        """Commit as the last act; any exception, also the driver's, rolls everything back."""
        check_guard()
        try:
            connection = self._opened()
            try:
                run(connection, begin)
                self._check_files()
                yield connection
                if begin == _WRITE:
                    self._check_files()  # the last look before anything is promised to be kept
                run(connection, "COMMIT")
            except BaseException as error:
                if _driver(connection).in_transaction:
                    run(connection, "ROLLBACK")
                if isinstance(error, _Gone):
                    self._rescue(connection)
                raise
            finally:
                self._idle.append(connection)
                if self._closed:
                    self.close()
        except _Gone as gone:
            said = _GONE_BUT_KEPT if self._rescued else _GONE
            text = _(said).format(file=self.file, rescued=self._rescued)
            raise Trouble("file-moved", text) from gone
        except DBAPIError as error:
            self._tolerant |= _is_undecodable(error.orig)
            raise trouble_of(error.orig) from error
        except sqlite_errors() as error:
            self._tolerant |= _is_undecodable(error)
            raise trouble_of(error) from error

    def _rescue(self, connection: Connection) -> None:
        """Copy what the open file without a name holds to the folder of copies, once.

        Where the disk does not take it there is none; where the file comes back it does no harm.
        """
        if self._rescued is not None and self._rescued.exists():
            return
        folder = paths.backup_folder(self.file.parent)
        target = folder / f"desk-{vietnam_now():%Y-%m-%d-%H%M%S}-rescued.db"
        self._rescued = None
        try:
            owner_only.make_folder(folder)
            if self._key_file is not None:
                key_file.write(paths.key_file(folder), self._key_file)
            with closing(open_file(target, "rwc", self._key)) as writer:
                _driver(connection).backup(writer)
                writer.execute("PRAGMA journal_mode=DELETE")
        except sqlite_errors(OSError):
            return
        self._rescued = target


class _Gone(Exception):
    """No file has the name any more."""


def _driver(connection: Connection) -> sqlite3.Connection:
    # Not `driver_connection`, which is the same one and four calls away at each statement.
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


@cache
def _insert_sql(table: Table, keys: tuple[str, ...]) -> tuple[str, Callable[[dict[str, Any]], Any]]:
    """Return the INSERT of these columns (two at least) and the getter of a row's values.

    The getter yields the values in the order of the placeholders.
    """
    from sqlalchemy.dialects import sqlite

    compiled = insert(table).compile(dialect=sqlite.dialect(), column_keys=list(keys))
    return str(compiled), itemgetter(*(compiled.positiontup or ()))


# What reading a value that no program wrote may raise.
# (Refused: a rule read it; assertions of the domain.)
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
    AssertionError,
    Refused,
)
_NOTED = "damaged rows"
_FIRST, _AFTER = datetime(1900, 1, 1), datetime(2200, 1, 1)  # no desk has another moment
_MOST_COUNTED = 10**9
_FIRST_DAY, _AFTER_DAY = date(1800, 1, 1), date(2200, 1, 1)  # of a birth too


@lru_cache(maxsize=4096)  # the rows of a list share few moments
def iso(at: datetime) -> str:
    """Return a moment of the office as it lies in the file: to the minute, of no zone."""
    return at.isoformat(timespec="minutes")


def stored_moment(text: str) -> datetime:
    """Read a moment from the file. Raises ValueError or TypeError for one that no desk wrote."""
    at = datetime.fromisoformat(text)
    if at.tzinfo or not _FIRST <= at < _AFTER:
        raise ValueError
    return at


def stored_number(value: object, most: int = _MOST_COUNTED) -> int:
    """Read a number from the file. Raises ValueError or TypeError for one that no desk wrote.

    A damaged one would make gaps, days or copies without end.
    """
    if type(value) is not int:
        raise TypeError
    if not 0 <= value <= most:
        raise ValueError
    return value


def stored_day(text: str) -> date:
    """Read a day from the file. Raises ValueError or TypeError for one that no desk wrote."""
    day = date.fromisoformat(text)
    if not _FIRST_DAY <= day < _AFTER_DAY:
        raise ValueError
    return day


def made(
    rows: Iterable[Any],
    make: Callable[..., Made],
    instead: Callable[[Any], Made] | None = None,
) -> tuple[Made, ...]:
    """Return what `make` makes of the columns of each row; of one that is damaged, `instead`.

    Raises Trouble("row-unreadable") that names the row by its first column where there is none.
    """
    found = []
    for row in _decoded(rows):
        try:  # readable() for each of thousands of lines would take as long as the line
            found.append(make(*row))
        except UNREADABLE:
            if instead is not None:
                found.append(instead(row))
                continue
            with readable(str(row[0])):
                raise
    return tuple(found)


def _decoded(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows; from a text on that is no UTF-8, damaged letters are shown as such.

    A cursor whose row could not be decoded has not gone on: it gives the same row once more.
    """
    while True:
        try:
            yield from rows
        except sqlite_errors() as error:
            if not (hasattr(rows, "connection") and _is_undecodable(error)):
                raise
            if rows.connection.text_factory is _TEXT:
                raise
            rows.connection.text_factory = _TEXT
        else:
            return


def sound(
    connection: Connection, table: str, rows: Iterable[Any], make: Callable[[Any], Made]
) -> tuple[Made, ...]:
    """Return what `make` makes of each row; a damaged one is left out and noted (damaged_rows)."""
    found = []
    for row in _decoded(rows):
        try:
            if bytes in map(type, row):
                raise TypeError
            found.append(make(row))
        except (*UNREADABLE, Trouble):
            noted: set[str] = connection.info.setdefault(_NOTED, set())
            noted.add(f"{table} {str(row[0])[:40]}")
    return tuple(found)


def damaged_rows(connection: Connection) -> tuple[str, ...]:
    """Return table and first column of the rows that sound() left out on this connection so far."""
    noted: set[str] = connection.info.pop(_NOTED, set())
    return tuple(sorted(noted))


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Turn a stored value that cannot be read into Trouble("row-unreadable") naming `what`."""
    try:
        yield
    except UNREADABLE as error:
        raise Trouble(
            "row-unreadable",
            _(
                "Dòng {what} trong dữ liệu hỏng nên chưa xem được. Đừng sửa tay: hãy kiểm tra sổ "
                "cái trong Cài đặt và khôi phục bản sao gần nhất. Những dòng khác vẫn dùng được."
            ).format(what=what[:60]),
        ) from error


def run(
    connection: Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
) -> sqlite3.Cursor:
    """Execute one handwritten statement on the driver, in the caller's transaction.

    For the path of every dossier: SQLAlchemy's own preparation took longer than the disk
    (docs/benchmarks.md).
    """
    return _driver(connection).execute(sql, values)


@contextmanager
def room_for_many(connection: Connection) -> Iterator[None]:
    """Let a transaction of many rows keep the pages that it changes in memory: 32 MB of them.

    SQLite's own 2 MB are less than the indexes of 50,000 dossiers: each page is then written to the
    log and read again, over and over.
    """
    if connection.dialect.name != "sqlite":  # a server keeps its own
        yield
        return
    before = run(connection, "PRAGMA cache_size").fetchone()[0]
    run(connection, f"PRAGMA cache_size={_ROOM}")
    try:
        yield
    finally:
        run(connection, f"PRAGMA cache_size={before}")


_ROOM = -32_000  # kibibytes


def run_many(connection: Connection, sql: str, values: Iterable[Sequence[Any]]) -> None:
    """Execute one handwritten statement for each of `values`, in the caller's transaction."""
    _driver(connection).executemany(sql, values)


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """Read text that is no UTF-8 with a mark for each wrong byte, instead of an error."""
    driver = _driver(connection)
    before = driver.text_factory
    driver.text_factory = _marked
    try:
        yield
    finally:
        driver.text_factory = before


def _marked(text: bytes) -> str:
    return text.decode(errors="replace")


def add_function(connection: Connection, name: str, function: Callable[..., Any]) -> None:
    """Let statements of this connection call `function`, with any number of arguments."""
    _driver(connection).create_function(name, -1, function)


def add(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert `rows`, all with the same keys."""
    if not rows:
        return
    sql, pick = _insert_sql(table, tuple(rows[0]))
    values = [pick(row) for row in rows]
    if len(values) == 1:
        run(connection, sql, values[0])
    else:
        _driver(connection).executemany(sql, values)


def add_numbered(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    """Insert a row of a table that numbers its rows by itself; return its number."""
    (key,) = table.primary_key
    sql, pick = _insert_sql(table, tuple(row))
    (number,) = run(connection, f"{sql} RETURNING {key.name}", pick(row)).fetchone()
    return int(number)


def keep(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or give the one that has its primary key these values."""
    run(connection, _keep_sql(table, tuple(row)), tuple(row.values()))


@cache
def _keep_sql(table: Table, columns: tuple[str, ...]) -> str:
    key = tuple(column.name for column in table.primary_key)
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) "  # noqa: S608
        f"VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}"
    )
