"""Every SQLite connection comes from one creator: where it gives a key, the whole desk can read."""

import ast
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desk.store.engine import backup, database, migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import registers

ROOT = Path(__file__).parents[3]
CREATOR = "cchc_desk/store/engine/database.py"


def openings(file: Path) -> Iterator[int]:
    """The lines of `file` that open a SQLite database, or take the means to."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id="sqlite3" | "dbapi2"), attr="connect"):
                yield node.lineno
            case ast.ImportFrom(module="sqlite3" | "sqlite3.dbapi2", names=names):
                if any(name.name in ("connect", "*", "dbapi2") for name in names):
                    yield node.lineno
            case ast.Import(names=names):
                if any(name.name == "sqlite3" and name.asname for name in names):
                    yield node.lineno


def test_one_function_opens_sqlite_files() -> None:
    found = [
        str(file.relative_to(ROOT))
        for folder in ("cchc_desk", "ui", "resources")
        for file in sorted((ROOT / folder).rglob("*.py"))
        for _line in openings(file)
    ]
    assert found == [CREATOR]


_heard: list[str] | None = None


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event == "sqlite3.connect" and _heard is not None:
        _heard.append(str(arguments[0]))


sys.addaudithook(_hear)  # Python's own report of every opening; a hook stays for good


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The files that the SQLite library opens during the test."""
    global _heard
    _heard = []
    yield _heard
    _heard = None


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A creator that gives each connection a function of its own, in place of a cipher's key; the
    files it opened.
    """
    opened, plain = list[Path](), database.open_file

    def open_with_key(file: Path, mode: database.Mode) -> sqlite3.Connection:
        opened.append(file)
        return plain(file, mode)

    monkeypatch.setattr(database, "open_file", open_with_key)
    return opened


def test_a_file_that_only_the_creator_can_open_is_served_everywhere(
    tmp_path: Path, keyed: list[Path], heard: list[str]
) -> None:
    made = Database(tmp_path / "desk.db", create=True)
    try:
        with made.write() as connection:
            migrations.create(connection, "test")
            registers.keep_setting(connection, "hotline", "0292")
            connection.exec_driver_sql(
                "INSERT INTO journal VALUES (1,'d','2026-11-23T10:00','t','an','x','','h','p','h')"
            )
        copy = backup.copy_database(made, tmp_path / "backups" / "desk-2026-11-23.db")
        assert backup.problems_of(made.file) == backup.problems_of(copy) == ()
        with made.read() as connection:
            assert backup.head_in(copy) == journal.head(connection)
    finally:
        made.close()
    again = Database(copy)
    try:
        assert migrations.upgrade(again, lambda _: pytest.fail("nothing to upgrade")) is False
        with again.read() as connection:
            assert registers.load_settings(connection)["hotline"] == "0292"
    finally:
        again.close()
    assert len(heard) == len(keyed) >= 6
