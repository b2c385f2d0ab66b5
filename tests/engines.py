"""The engine that the suite runs on: SQLite, or with ENGINE=postgresql a PostgreSQL of its own."""

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from cchc_desk import paths
from tools.postgres import running_postgres

ON_POSTGRESQL = os.environ.get("ENGINE") == "postgresql"
_server: list[str] = []


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


def copy_desk(ward: Path, folder: Path) -> None:
    """Copy the desk of `ward`, which nobody has open, to `folder`."""
    if ON_POSTGRESQL:
        join(folder, _server[0], template=_database(ward))
    else:
        paths.database_file(folder).write_bytes(paths.database_file(ward).read_bytes())


def join(folder: Path, server: str, template: str = "template0") -> str:
    """Make `folder` that of a station of a new ward on this server; return its database's URL."""
    url = empty_database(server, template)
    paths.ward_file(folder).write_text(json.dumps({"url": url}))
    return url


def empty_database(server: str, template: str = "template0") -> str:
    """Make a database on this server, empty or like `template`; return its URL."""
    name, keeper = f"ward_{uuid.uuid4().hex[:16]}", server.replace("+psycopg", "")
    with psycopg.connect(keeper, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' "
            "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )
    return keeper.replace("/postgres?", f"/{name}?")


def _database(folder: Path) -> str:
    url: str = json.loads(paths.ward_file(folder).read_text())["url"]
    return url.partition("@/")[2].partition("?")[0]
