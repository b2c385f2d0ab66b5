"""A PostgreSQL made ready for a ward: its database, who owns it, and as whom its stations work.

The stations' role owns nothing: it can neither change a table, nor drop what keeps the past, nor
write over the ledger, whatever a station's program is made to do.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Connection

from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.store.engine import migrations
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.dialects.schema import service_rights
from cchc_desk.store.engine.ward.connection import trouble_of
from cchc_desk.store.engine.ward.database import WardDatabase

DATABASE, OWNER, SERVICE = "cchc", "cchc_owner", "cchc_station"
LEAST_VERSION = 140_000  # 14
LEAST_CONNECTIONS = 40  # twelve stations of three lines, and some to spare
_COLLATIONS = ("C", "C.UTF-8", "C.utf8")
_CLOCKS_APART = timedelta(minutes=5)
_LOCAL = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class ReadyServer:
    """The address for the stations, with its password, and what the ward's IT should look at."""

    url: str
    warnings: tuple[str, ...]


class UpgradedServer(NamedTuple):
    """The schema of a ward's tables before and after."""

    before: int
    after: int


def make_ready(url: str, program: str) -> ReadyServer:
    """Make the ward's roles, database and tables, by the role in `url` that may do so.

    Raises Refused: "ward-in-use" where the database is there already, "server-unfit";
    Trouble as WardDatabase.
    """
    password = secrets.token_urlsafe(24)
    try:
        with psycopg.connect(url, autocommit=True) as server:
            _refuse_unfit(server)
            warnings = tuple(_warnings(server, conninfo_to_dict(url)))
            _make_roles(server, password)
            _make_database(server)
        with psycopg.connect(url, dbname=DATABASE, autocommit=True) as server:
            server.execute(_names("ALTER SCHEMA public OWNER TO {}", OWNER))
            server.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
            server.execute(_names("REVOKE ALL ON DATABASE {} FROM PUBLIC", DATABASE))
            server.execute(_names("GRANT CONNECT ON DATABASE {} TO {}", DATABASE, SERVICE))
        _make_tables(make_conninfo(url, dbname=DATABASE), program)
    except psycopg.Error as error:
        raise _said_by(error) from error
    station = make_conninfo(url, dbname=DATABASE, user=SERVICE, password=password)
    return ReadyServer(station, warnings)


def upgrade(url: str) -> UpgradedServer:
    """Bring the ward's tables up to this program's schema.

    By the role in `url` that may do so. No station may be at work, and one that comes meanwhile
    waits until it is done. Raises Refused: "stations-open", "no-ward"; Trouble as WardDatabase.
    """
    try:
        with psycopg.connect(url, autocommit=True) as server:
            if not _has_ward(server):
                raise _no_ward()
    except psycopg.Error as error:
        raise _said_by(error) from error
    ward = WardDatabase(make_conninfo(url, dbname=DATABASE))
    try:
        with ward.write() as connection:
            connection.exec_driver_sql(f"SET ROLE {OWNER}")
            connection.exec_driver_sql("LOCK TABLE schema IN ACCESS EXCLUSIVE MODE")
            _refuse_stations(connection)
            before = migrations.take_steps(connection)
            for statement in service_rights(SERVICE):
                connection.exec_driver_sql(statement)
    finally:
        ward.close()
    return UpgradedServer(before, migrations.SCHEMA)


def _refuse_stations(connection: Connection) -> None:
    """Refuse while a program of a station is connected: it knows the tables of before."""
    rows = run(
        connection,
        "SELECT DISTINCT coalesce(p.station, host(a.client_addr), '?') FROM pg_stat_activity a "
        "LEFT JOIN presence p ON p.pid = a.pid AND p.began = a.backend_start AND p.station <> '' "
        "WHERE a.datname = current_database() AND a.usename = ?",
        (SERVICE,),
    )
    if names := sorted(str(name) for (name,) in rows):
        raise Refused(
            "stations-open",
            _(
                "Còn máy đang mở chương trình: {names}. Hãy đóng hết rồi chạy lại; chưa đổi gì."
            ).format(names=", ".join(names)),
        )


def _no_ward() -> Refused:
    return Refused(
        "no-ward",
        _("Máy chủ này chưa có cơ sở dữ liệu của phường nào. Hãy lập trước (cchc ward init)."),
        "url",
    )


def problems(url: str, now: datetime) -> tuple[str, ...]:
    """Return what is wrong with the server or the database in `url`; `now` by this PC's clock.

    Raises Trouble as WardDatabase.
    """
    try:
        with psycopg.connect(url, autocommit=True) as server:
            found = (
                *_warnings(server, conninfo_to_dict(url)),
                *_wrong_database(server),
                *_wrong_clock(server, now),
            )
    except psycopg.Error as error:
        raise _said_by(error) from error
    return found


def _said_by(error: psycopg.Error) -> Trouble:
    """Return the Trouble with the server's own words: whoever sets it up can use them."""
    trouble = trouble_of(error)
    if trouble.code != "no-server":
        return trouble
    lines = str(error).strip().splitlines()
    return Trouble(
        trouble.code,
        _("{trouble} Máy chủ, mạng nói: {words}").format(
            trouble=trouble.message, words=lines[-1].strip() if lines else "?"
        ),
    )


def _wrong_database(server: "psycopg.Connection[tuple[object, ...]]") -> Iterator[str]:
    row = server.execute(
        "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database "
        "WHERE datname = current_database()"
    ).fetchone()
    encoding, collation = row if row else ("", "")
    if encoding != "UTF8":
        yield _("Cơ sở dữ liệu không ghi bằng UTF8 mà bằng {encoding}; hãy lập lại.").format(
            encoding=encoding
        )
    if collation not in _COLLATIONS:
        yield _("Cơ sở dữ liệu xếp chữ theo {collation}, không theo C; hãy lập lại.").format(
            collation=collation
        )


def _wrong_clock(server: "psycopg.Connection[tuple[object, ...]]", now: datetime) -> Iterator[str]:
    row = server.execute("SELECT clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh'").fetchone()
    there = row[0] if row else now
    assert isinstance(there, datetime), "a timestamp"
    if abs(there - now.replace(tzinfo=None)) > _CLOCKS_APART:
        yield _(
            "Đồng hồ máy chủ chỉ {there:%H:%M %d/%m/%Y}, máy này chỉ {now:%H:%M %d/%m/%Y}."
        ).format(there=there, now=now)


def _make_tables(url: str, program: str) -> None:
    ward = WardDatabase(url)
    try:
        with ward.write() as connection:
            connection.exec_driver_sql(f"SET ROLE {OWNER}")
            migrations.create(connection, program)
            for statement in service_rights(SERVICE):
                connection.exec_driver_sql(statement)
    finally:
        ward.close()


def _make_roles(server: "psycopg.Connection[tuple[object, ...]]", password: str) -> None:
    known = {str(name) for (name,) in server.execute("SELECT rolname FROM pg_roles")}
    if OWNER not in known:
        server.execute(_names("CREATE ROLE {} NOLOGIN", OWNER))
    server.execute(_names("GRANT {} TO CURRENT_USER", OWNER))
    make = "ALTER" if SERVICE in known else "CREATE"
    server.execute(
        # That it is no superuser is said by nothing: only a superuser may say it.
        sql.SQL("{} ROLE {} LOGIN NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.SQL(make), sql.Identifier(SERVICE), sql.Literal(password)
        )
    )


def _make_database(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    # C: names are sorted by the keys that the program stores, everything else by its letters' code.
    server.execute(
        _names(
            "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' "
            "LC_COLLATE 'C' LC_CTYPE 'C'",
            DATABASE,
            OWNER,
        )
    )


def _names(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _refuse_unfit(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    if server.info.server_version < LEAST_VERSION:
        raise Refused(
            "server-unfit",
            _("PostgreSQL này quá cũ ({version}); cần bản 14 trở lên.").format(
                version=server.info.parameter_status("server_version")
            ),
            "url",
        )
    if _has_ward(server):
        raise Refused(
            "ward-in-use",
            _(
                "Máy chủ này đã có cơ sở dữ liệu {name} của một phường; chưa làm gì. Máy khác của "
                "phường ấy thì dùng thư mời (cchc ward join)."
            ).format(name=DATABASE),
            "url",
        )


def _has_ward(server: "psycopg.Connection[tuple[object, ...]]") -> bool:
    found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
    return found.fetchone() is not None


def _warnings(
    server: "psycopg.Connection[tuple[object, ...]]", address: Mapping[str, object]
) -> Iterator[str]:
    def setting(name: str) -> str:
        row = server.execute("SELECT current_setting(%s)", (name,)).fetchone()
        return str(row[0]) if row else ""

    host = str(address.get("host") or "")
    is_local = host in _LOCAL or host.startswith("/")
    if setting("ssl") != "on" and not is_local:
        yield _("Máy chủ chưa bật TLS (ssl = on): mật khẩu và hồ sơ đi qua mạng không được che.")
    if setting("password_encryption") != "scram-sha-256":
        yield _("Mật khẩu chưa băm bằng SCRAM (password_encryption = scram-sha-256).")
    if int(setting("max_connections")) < LEAST_CONNECTIONS:
        yield _("Máy chủ nhận quá ít kết nối (max_connections); cần ít nhất {count}.").format(
            count=LEAST_CONNECTIONS
        )
    if setting("fsync") != "on":
        yield _("Máy chủ không chờ ổ đĩa (fsync): mất điện là mất việc đã báo xong.")
