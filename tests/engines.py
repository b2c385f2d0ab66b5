"""The engine that the suite runs on: SQLite, or with ENGINE=postgresql a PostgreSQL of its own."""

import json
import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psycopg

from cchc_desk import paths
from cchc_desk.store.engine.database import Connection, run
from cchc_desk.store.engine.ward.connection import StationConnection
from cchc_desk.store.engine.ward.database import _ALONE
from tools.postgres import running_postgres

ON_POSTGRESQL = os.environ.get("ENGINE") == "postgresql"
_server: list[str] = []
_databases: dict[Path, str] = {}  # of the run's server, by the folder of the desk they are for


@contextmanager
def engine() -> Iterator[None]:
    """Run the server, where there is one, until the block is left."""
    if not ON_POSTGRESQL:
        yield
        return
    with running_postgres() as url:
        _server.append(url)
        yield
        _server.clear()


def new_place(folder: Path) -> None:
    """Give a folder in which a desk is to be set up its database: a file needs none."""
    if ON_POSTGRESQL:
        join(folder, _server[0])
        _databases[folder] = _database(folder)


def copy_desk(ward: Path, folder: Path) -> None:
    """Copy the desk of `ward`, in the midst of no act, to `folder`, which is made if need be."""
    folder.mkdir(exist_ok=True)
    if ON_POSTGRESQL:
        _hang_up(_database(ward))
        join(folder, _server[0], template=_database(ward))
        _databases[folder] = _database(folder)
    else:
        with (
            closing(sqlite3.connect(paths.database_file(ward))) as source,
            closing(sqlite3.connect(paths.database_file(folder))) as target,
        ):
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)


def drop_below(folder: Path) -> None:
    """Drop what a server has for the desks in `folder` and below, open or not."""
    for place in [place for place in _databases if place.is_relative_to(folder)]:
        with psycopg.connect(_keeper(_server[0]), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {_databases.pop(place)} WITH (FORCE)")


def put_back(kept: Path, folder: Path) -> None:
    """Put the desk of `kept` behind the program's back over that of `folder`, open or not."""
    if not ON_POSTGRESQL:
        copy_desk(kept, folder)
        return
    name, template = _database(folder), _database(kept)
    _hang_up(template)
    with psycopg.connect(_keeper(_server[0]), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


@contextmanager
def by_hand(folder: Path, *, guarded: bool = False) -> Iterator[Any]:
    """Somebody writes into the desk's database without the program, and keeps it at the end.

    No trigger is in the way, and all are there again afterwards; `guarded`: they are.
    """
    with closing(connect(folder)) as connection:
        connection.execute("BEGIN" if ON_POSTGRESQL else "PRAGMA synchronous=OFF")
        with nullcontext() if guarded else past_triggers(connection):
            yield connection
        connection.commit()


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another program is at a write of its own, which does not end."""
    with closing(connect(folder)) as other:
        other.execute("BEGIN" if ON_POSTGRESQL else "BEGIN IMMEDIATE")
        if ON_POSTGRESQL:
            other.execute(_ALONE)
        yield
        other.rollback()


def wait_shortly(connection: Connection) -> None:
    """Let this connection of a desk wait no time for a writer that does not end."""
    run(connection, "SET lock_timeout TO 50" if ON_POSTGRESQL else "PRAGMA busy_timeout = 50")


def connect(folder: Path) -> Any:
    """Connect to the desk's database without the program; the connection of the engine's driver."""
    if ON_POSTGRESQL:
        return StationConnection.to(json.loads(paths.ward_file(folder).read_text())["url"], 0)
    return sqlite3.connect(paths.database_file(folder))


@contextmanager
def past_triggers(connection: Any) -> Iterator[None]:
    """No trigger is in the way of this connection of the driver, within its transaction."""
    if ON_POSTGRESQL:
        connection.execute("SET LOCAL session_replication_role TO replica")
        yield
        connection.execute("SET LOCAL session_replication_role TO origin")
        return
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        connection.execute(sql)


def join(folder: Path, server: str, template: str = "template0") -> str:
    """Make `folder` that of a station of a new ward on this server; return its database's URL."""
    url = empty_database(server, template)
    paths.ward_file(folder).write_text(json.dumps({"url": url}))
    return url


def empty_database(server: str, template: str = "template0") -> str:
    """Make a database on this server, empty or like `template`; return its URL."""
    name, keeper = f"ward_{uuid.uuid4().hex[:16]}", _keeper(server)
    with psycopg.connect(keeper, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' "
            "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' STRATEGY FILE_COPY"
        )
    return keeper.replace("/postgres?", f"/{name}?")


def _database(folder: Path) -> str:
    url: str = json.loads(paths.ward_file(folder).read_text())["url"]
    return url.partition("@/")[2].partition("?")[0]


def _keeper(server: str) -> str:
    return server.replace("+psycopg", "")


def _hang_up(database: str) -> None:
    """Cut off whoever has this database open: a copy of it is made only then."""
    with psycopg.connect(_keeper(_server[0]), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            (database,),
        )
