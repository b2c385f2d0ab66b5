"""Every SQLite connection comes from one creator: an encrypted desk is readable throughout."""

import ast
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desk.store.engine import backup, encryption, key_file, migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import registers

ROOT = Path(__file__).parents[3]
# The second is called by the first alone, and where a file changes from one kind to the other.
CREATORS = ["cchc_desk/store/engine/database.py", "cchc_desk/store/engine/encryption.py"]
CONVERTERS = ["cchc_desk/store/engine/conversion.py", *CREATORS]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("cchc_desk", "ui", "resources"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if not file.is_relative_to(ROOT / "cchc_desk" / "city"):
                yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def openings(source: ast.Module) -> Iterator[int]:
    """The lines that open a SQLite database, or take the means to."""
    for node in ast.walk(source):
        match node:
            case ast.Attribute(value=ast.Name(id="sqlite3" | "dbapi2"), attr="connect"):
                yield node.lineno
            case ast.ImportFrom(module="sqlite3" | "sqlite3.dbapi2" | "sqlcipher3", names=names):
                if any(name.name in ("connect", "*") or name.asname for name in names):
                    yield node.lineno
            case ast.Import(names=names):
                if any(name.name == "sqlite3" and name.asname for name in names):
                    yield node.lineno


def test_one_function_opens_sqlite_files() -> None:
    assert [name for name, source in sources() for _line in openings(source)] == CREATORS
    calling = {
        name
        for name, source in sources()
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute | ast.FunctionDef)
        and "connection_with" in (getattr(node, "attr", ""), getattr(node, "name", ""))
    }
    assert calling == set(CONVERTERS)


def test_the_errors_of_both_drivers_are_caught_everywhere() -> None:
    """A bare sqlite3.Error would let SQLCipher's pass: sqlite_errors() names both."""
    found = [
        f"{name}:{node.lineno}"
        for name, source in sources()
        for node in ast.walk(source)
        if isinstance(node, ast.ExceptHandler) and node.type is not None
        for part in ast.walk(node.type)
        if isinstance(part, ast.Attribute) and ast.unparse(part).startswith("sqlite3.")
    ]
    assert found == []


def test_a_new_file_is_never_made_without_saying_its_key() -> None:
    """A copy of an encrypted desk into a plain file would show what the desk hides."""
    found = [
        f"{name}:{node.lineno}"
        for name, source in sources()
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == "open_file"
        and any(isinstance(word, ast.Constant) and word.value == "rwc" for word in node.args)
        and len(node.args) + len(node.keywords) < 3
    ]
    assert found == []


@pytest.fixture
def keyed(tmp_path: Path) -> bytes:
    opened = key_file.new()
    key_file.write(tmp_path / "desk.key", opened.file)
    return opened.newest


def test_an_encrypted_file_is_served_everywhere_and_read_by_nobody_else(
    tmp_path: Path, keyed: bytes
) -> None:
    made = Database(tmp_path / "desk.db", create=True, key=keyed)
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
    assert encryption.is_encrypted(copy)
    for file in (made.file, copy):
        stranger = sqlite3.connect(file)
        with pytest.raises(sqlite3.DatabaseError, match="not a database"):
            stranger.execute("PRAGMA integrity_check")
        stranger.close()
        assert b"0292" not in file.read_bytes()
        assert b"settings" not in file.read_bytes()
