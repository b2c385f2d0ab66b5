"""Copies of the database by SQLite's online backup, checked once made.

Never a plain file copy: with a write-ahead log it lacks the last committed row
(docs/decisions/004).
"""

import json
import os
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desk import owner_only
from cchc_desk.domain.ledger.entry import Head
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.store.engine import database, durable, encryption
from cchc_desk.store.engine.database import DeskDatabase, sqlite_errors, trouble_of


def copy_database(source: DeskDatabase, target: Path, *, sound: bool = True) -> Path:
    """Copy the database as it is now to `target` through the backup API, and read it again.

    The file has its name only once it is whole and on the disk. `sound`: refuse a copy with
    problems; not before a repair, which is made because of them. Raises Trouble: "backup-damaged",
    "backup-failed", "disk-full", or as trouble_of().
    """
    part = target.with_name(target.name + ".part")
    try:
        if not target.parent.is_dir():
            owner_only.make_folder(target.parent)
        _drop(part)
        with source.read():  # the open file is the one that has the name
            last = head_in(source.file)
        _copy(source.file, part)
        problems = problems_of(part) if sound else ()
        problem = next(iter(problems), "") or _older(head_in(part), last)
        if problem:
            raise _damaged(problem)
        written = durable.sha256_of(part)
        encryption.put_beside(source.file, target)
        durable.put(part, target)
        if durable.sha256_of(target) != written:
            raise _damaged(_("đọc lại khác với lúc ghi"))
    except OSError as error:
        raise Trouble(
            "backup-failed",
            _("Không chép được bản sao vào {folder}: {error}. Hãy chọn nơi khác.").format(
                folder=target.parent, error=os_reason(error)
            ),
        ) from error
    except Trouble as trouble:
        raise _full(target.parent) if trouble.code == "disk-full" else trouble from trouble
    finally:
        _drop(part)
    return target


def _drop(part: Path) -> None:
    """Remove an unfinished copy with what SQLite put beside it; what cannot go stays."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _older(found: Head | None, last: Head | None) -> str:
    if last is None or (found is not None and found.seq >= last.seq):
        return ""
    return _("thiếu mục cuối của sổ cái")


def _damaged(problem: str) -> Trouble:
    return Trouble(
        "backup-damaged",
        _("Bản sao vừa chép bị lỗi ({problem}). Hãy kiểm tra ổ đĩa rồi chép lại.").format(
            problem=problem
        ),
    )


def _full(folder: Path) -> Trouble:
    return Trouble(
        "disk-full",
        _(
            "Ổ đĩa có {folder} đã đầy nên chưa có bản sao mới; dữ liệu của quầy vẫn nguyên. Hãy "
            "dọn chỗ trống rồi sao lưu lại."
        ).format(folder=folder),
    )


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            closing(database.connect(source)) as reader,
            closing(database.open_file(target, "rwc", encryption.key_of(source))) as writer,
        ):
            writer.execute("PRAGMA synchronous=OFF")  # the whole file is synced once it is made
            reader.backup(writer)
            # one whole file: a copy must be readable on a locked stick
            writer.execute("PRAGMA journal_mode=DELETE")
    except sqlite_errors() as error:
        raise trouble_of(error) from error


def problems_of(file: Path) -> tuple[str, ...]:
    """Return the problems found by SQLite's integrity and foreign key checks; empty when sound."""
    try:
        connection = database.open_file(file, "ro")
        try:
            # each page of an encrypted file against its own seal; a plain one has none
            lines = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            if lines:
                return tuple(lines)
            lines = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            connection.close()
    except sqlite_errors() as error:
        return (str(error),)
    return (
        *(line for line in lines if line != "ok"),
        *(f"{row[0]} → {row[2]}" for row in orphans),
    )


def is_mixed(file: Path) -> bool:
    """True where a crash left a log and another file came to the database's place since then.

    SQLite would play the log into it. A file has the marks of that when it is newer than the log,
    which is written last; on Windows a file keeps its times when it is copied, so that every log
    is looked at there. Neither file changes.
    """
    try:
        log, found = file.with_name(file.name + "-wal").stat(), file.stat()
    except OSError:
        return False
    is_newer = max(found.st_mtime_ns, found.st_ctime_ns) > log.st_mtime_ns
    if not log.st_size or not (is_newer or os.name == "nt"):
        return False
    return is_damaged(file)


def is_damaged(file: Path) -> bool:
    """Return True where pages of a file do not hold together; SQLite's quick check, no index.

    A search index that newer drivers look into as well can be made anew: it is no damage.
    """
    try:
        with closing(database.open_file(file, "ro")) as connection:
            lines = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
    except sqlite_errors() as error:
        return trouble_of(error).code in ("damaged", "disk-error")
    return any(line != "ok" and "fts5" not in line.lower() for line in lines)


def head_in(file: Path) -> Head | None:
    """Read the head of the ledger in a copy; None when it cannot be read (see problems_of)."""
    try:
        connection = database.open_file(file, "ro")
        try:
            row = connection.execute(
                "SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        finally:
            connection.close()
        return Head(row[0], row[1], datetime.fromisoformat(row[2])) if row else None
    except sqlite_errors(ValueError, TypeError):
        return None


def settings_in(file: Path) -> dict[str, Any]:
    """Read the settings in a copy; empty when it cannot be read or is no desk's (problems_of)."""
    try:
        connection = database.open_file(file, "ro")
        try:
            rows = connection.execute("SELECT key, value FROM settings").fetchall()
        finally:
            connection.close()
        return {key: json.loads(value) for key, value in rows}
    except sqlite_errors(ValueError):
        return {}


def copy_file(source: Path, target: Path) -> None:
    """Copy a database that no desk has open here, or only reads, and check the copy.

    Raises Trouble: "backup-damaged", or as trouble_of().
    """
    try:
        with (
            closing(database.open_file(source, "ro")) as reader,
            closing(database.open_file(target, "rwc", encryption.key_of(source))) as writer,
        ):
            reader.backup(writer)
    except sqlite_errors() as error:
        raise trouble_of(error) from error
    problems = problems_of(target)
    if problems:
        raise Trouble(
            "backup-damaged",
            _("Tệp {file} bị lỗi ({problem}). Hãy chọn bản sao khác.").format(
                file=source.name, problem=problems[0]
            ),
        )
