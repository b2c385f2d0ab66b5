"""A database in another protection: plain to encrypted, back, or under another key.

The new file is written beside the old one, compared with it row by row, brought to the disk and
only then given the old one's name: at each moment one whole file has it.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cchc_desk import owner_only
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.store.engine import backup, database, encryption
from cchc_desk.store.engine.database import sqlite_errors, trouble_of

_SUFFIX = ".converting"


def convert(file: Path, key: bytes | None) -> None:
    """Encrypt a database by `key`, or make it plain (None); its time on the disk stays.

    Nobody may have it open, in this process or another. Raises Trouble: "conversion",
    "database-locked", "disk-full" and others as trouble_of(); then the file is as it was.
    """
    part = file.with_name(file.name + _SUFFIX)
    try:
        part.unlink(missing_ok=True)
        try:
            with closing(_locked(file)) as old:
                _export(old, part, key)
                _compare(old, file, part)
                _bring_to_disk(part, file.stat())
                if sys.platform == "win32":  # where an open file keeps its name
                    old.close()
                part.replace(file)  # still locked: no act is written to what is put away
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        owner_only.sync_folder(file.parent)
    except sqlite_errors() as error:
        raise trouble_of(error) from error
    except OSError as error:
        raise failed(file, os_reason(error)) from error


def _locked(file: Path) -> sqlite3.Connection:
    """A connection that nobody can write beside until it is closed."""
    encryption.forget(file)  # its number on the disk may have been another file's
    connection = encryption.connection_with(
        encryption.key_of(file),
        f"{file.absolute().as_uri()}?mode=rw",
        timeout=database.BUSY_SECONDS,
        isolation_level=None,
    )
    try:
        connection.execute("PRAGMA journal_mode=DELETE")  # as long as another has it open: locked
        connection.execute("PRAGMA main.locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite_errors():
        connection.close()
        raise
    return connection


def _export(old: sqlite3.Connection, part: Path, key: bytes | None) -> None:
    """Copy all rows, and the marks of the header."""
    owner_only.make_file(part)
    encryption.keep(part, key)
    marks = {
        mark: old.execute(f"PRAGMA {mark}").fetchone()[0]
        for mark in ("application_id", "user_version")
    }
    new = f"{part.absolute().as_uri()}?mode=rw"
    old.execute("ATTACH DATABASE ? AS converted KEY ?", (new, encryption.literal(key)))
    if key is not None:
        old.execute(f"PRAGMA converted.cipher_page_size={encryption.PAGE_BYTES}")
    old.execute("BEGIN EXCLUSIVE")
    old.execute("SELECT sqlcipher_export('converted')")
    for mark, value in marks.items():
        old.execute(f"PRAGMA converted.{mark}={value}")
    old.execute("COMMIT")
    old.execute("DETACH DATABASE converted")


def _compare(old: sqlite3.Connection, file: Path, part: Path) -> None:
    problems = backup.problems_of(part)
    if problems:
        raise failed(file, problems[0])
    with closing(database.open_file(part, "ro")) as new:
        if dict(_content(old)) != dict(_content(new)):
            raise failed(file, _("nội dung không giống tệp cũ"))


def _content(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Each table, index, trigger and view as it was made, and the SHA-256 of each table's rows."""
    made = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for kind, name, sql in made:
        yield f"{kind} {name}", str(sql)
        if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):
            rows = hashlib.sha256()
            for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - its own name
                rows.update(repr(row).encode("utf-8", "surrogatepass"))
            yield f"rows of {name}", rows.hexdigest()


def _bring_to_disk(part: Path, like: os.stat_result) -> None:
    with part.open("r+b") as opened:
        os.fsync(opened.fileno())
    os.utime(part, ns=(like.st_atime_ns, like.st_mtime_ns))


def failed(file: Path, why: str) -> Trouble:
    """Return the Trouble("conversion") that says why a file stays as it was."""
    return Trouble(
        "conversion",
        _(
            "Chưa chuyển được {file} ({why}); tệp cũ vẫn nguyên. Hãy kiểm tra chỗ trống và ổ đĩa "
            "rồi làm lại."
        ).format(file=file.name, why=why),
    )
