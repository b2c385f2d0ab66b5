"""A connection to a ward's PostgreSQL: the store's own statements, bounded waits, plain errors."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import IntDumper

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, later
from cchc_desk.store.engine.dialects.statements import in_postgresql

RV = TypeVar("RV")
CONNECT_S = 5
# A window asks in two hundred ways within minutes (tests/ui/days/test_two_stations.py). Of
# psycopg's own hundred, those that come again are forgotten before they are prepared.
_PREPARED = 300
_TURN_S = 0.1  # between two looks for Ctrl+C while an answer is waited for
# A cable that was pulled is noticed within half a minute, also where nothing is asked meanwhile.
_KEPT_ALIVE = {
    "connect_timeout": CONNECT_S,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
_OTHER = later("Cơ sở dữ liệu báo lỗi: {error}. Hãy làm lại.")
_NO_SERVER = later(
    "Chưa nối được máy chủ của phường. Hãy xem dây mạng, máy chủ đã bật chưa, rồi làm lại."
)
_NOT_WRITTEN = later(
    "Chưa nối được máy chủ của phường nên chưa ghi gì. Hãy xem dây mạng, máy chủ đã bật chưa, rồi "
    "làm lại."
)
_LINE = ("08", "57")  # classes of states: the line broke, the server stops or starts
_TROUBLE = {
    "53100": ("disk-full", later("Ổ đĩa của máy chủ đã đầy nên chưa ghi được. Hãy báo quản trị.")),
    "55P03": (
        "database-locked",
        later("Một máy khác đang giữ dữ liệu của phường. Hãy chờ vài giây rồi làm lại."),
    ),
}

# It warns of a line that broke within a pipeline beside the error that says so.
logging.getLogger("psycopg").setLevel(logging.ERROR)


class _Truth(IntDumper):
    """Truth as 0 and 1, as it lies on both engines."""

    def dump(self, obj: Any) -> bytes:
        return b"1" if obj else b"0"


class _Cursor(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor that knows its columns and count also where answers come later (pipeline mode)."""

    @property
    def description(self) -> list[psycopg.Column] | None:
        self._answered()
        return super().description

    @property
    def rowcount(self) -> int:
        self._answered()
        return super().rowcount

    def _answered(self) -> None:
        if self.pgresult is None and self.connection.pgconn.pipeline_status:
            with self.connection.pipeline() as pipeline:
                pipeline.sync()


class StationConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that takes the store's own statements, as that of SQLite's driver does."""

    text_factory: Any = str  # a server keeps no text that is no UTF-8
    answer_s = 0.0  # so long the server may take for an answer; then the line counts as broken

    @classmethod
    def to(cls, url: str, answer_s: float) -> "StationConnection":
        """Connect within CONNECT_S. Raises psycopg.OperationalError."""
        connection = cls.connect(make_conninfo(url, **_KEPT_ALIVE), autocommit=True)
        connection.answer_s = answer_s
        connection.prepared_max = _PREPARED
        connection.cursor_factory = _Cursor
        connection.adapters.register_dumper(bool, _Truth)
        # A statement that names many conditions takes longer to compile than to run.
        connection.execute("SET client_min_messages TO warning; SET jit TO off")
        return connection

    def wait(self, gen: PQGen[RV], interval: float = _TURN_S, timeout: float | None = None) -> RV:
        """Wait for an answer, as long as it may take: a line that is dead says nothing.

        Raises psycopg.OperationalError; the connection is closed then.
        """
        if timeout is not None or not self.answer_s:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answer_s)
        except psycopg.OperationalError as error:
            # An error of the server's own has a state, and is an answer.
            if not error.sqlstate and self.info.transaction_status is TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(in_postgresql(query), params or None, **options)

    def executemany(self, query: str, values: Iterable[Sequence[Any]]) -> None:
        with self.cursor() as cursor:
            cursor.executemany(in_postgresql(query), values)

    @property
    def in_transaction(self) -> bool:
        return self.info.transaction_status is not TransactionStatus.IDLE


def is_broken(error: BaseException | None) -> bool:
    """Return True where it is the line that failed, or the server that stops or starts."""
    state = getattr(error, "sqlstate", None) or ""
    if isinstance(error, psycopg.errors.PipelineAborted):  # an earlier statement was refused
        return False
    return isinstance(error, psycopg.OperationalError) and (not state or state[:2] in _LINE)


def trouble_of(error: BaseException | None, *, writing: bool = False) -> Trouble:
    """Return the Trouble for an error of PostgreSQL; `writing`: an act was to be done."""
    if is_broken(error):
        return Trouble("no-server", _(_NOT_WRITTEN if writing else _NO_SERVER))
    code, message = _TROUBLE.get(getattr(error, "sqlstate", None) or "", ("database", _OTHER))
    return Trouble(code, _(message).format(error=error))
