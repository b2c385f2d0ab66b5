"""Copies of the database by SQLite's online backup, checked once made.

Never a plain file copy: with a write-ahead log it lacks the last committed row
(docs/decisions/004).
"""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desk.domain.ledger.entry import Head
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.store.engine import database
from cchc_desk.store.engine.database import Database, trouble_of

KEPT = 30


def copy_database(source: Database, target: Path, *, sound: bool = True) -> Path:
    """Copy the database to `target` through the backup API and check the copy.

    `sound`: refuse a copy with problems; not before a repair, which is made because of them. Raises
    Trouble: "backup-damaged", "backup-failed", or as trouble_of().
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(source.file, part)
        problems = problems_of(part) if sound else ()
        if problems:
            raise Trouble(
                "backup-damaged",
                _("Bản sao vừa chép bị lỗi ({problem}). Hãy kiểm tra ổ đĩa rồi chép lại.").format(
                    problem=problems[0]
                ),
            )
        part.replace(target)
    except OSError as error:
        raise Trouble(
            "backup-failed",
            _("Không chép được bản sao vào {folder}: {error}. Hãy chọn nơi khác.").format(
                folder=target.parent, error=os_reason(error)
            ),
        ) from error
    return target


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            closing(database.connect(source)) as reader,
            closing(database.open_file(target, "rwc")) as writer,
        ):
            reader.backup(writer)
            # one whole file: a copy must be readable on a locked stick
            writer.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        trouble = trouble_of(error)
        if trouble.code == "disk-full":  # nobody was typing what a copy cannot hold
            words = _("Ổ đĩa đã đầy nên chưa chép được bản sao vào {folder}; dữ liệu còn nguyên.")
            trouble = Trouble("disk-full", words.format(folder=target.parent))
        raise trouble from error


def problems_of(file: Path) -> tuple[str, ...]:
    """Return the problems found by SQLite's integrity and foreign key checks; empty when sound."""
    try:
        connection = database.open_file(file, "ro")
        try:
            lines = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        return (str(error),)
    return (
        *(line for line in lines if line != "ok"),
        *(f"{row[0]} → {row[2]}" for row in orphans),
    )


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
    except (sqlite3.Error, ValueError, TypeError):
        return None


def copy_of_today(source: Database, folder: Path, now: datetime) -> Path:
    """Make today's copy, once a day, remove all but the KEPT newest, and return its file."""
    target = folder / f"desk-{now:%Y-%m-%d}.db"
    if not target.exists():
        copy_database(source, target)
        for old in sorted(folder.glob("desk-????-??-??.db"))[:-KEPT]:
            old.unlink()
    return target


def settings_in(file: Path) -> dict[str, Any]:
    """Read the settings in a copy; empty when it cannot be read or is no desk's (problems_of)."""
    try:
        connection = database.open_file(file, "ro")
        try:
            rows = connection.execute("SELECT key, value FROM settings").fetchall()
        finally:
            connection.close()
        return {key: json.loads(value) for key, value in rows}
    except (sqlite3.Error, ValueError):
        return {}


def copy_file(source: Path, target: Path) -> None:
    """Copy a database that no desk has open here, or only reads, and check the copy.

    Raises Trouble: "backup-damaged", or as trouble_of().
    """
    try:
        with (
            closing(database.open_file(source, "ro")) as reader,
            closing(database.open_file(target, "rwc")) as writer,
        ):
            reader.backup(writer)
    except sqlite3.Error as error:
        raise trouble_of(error) from error
    problems = problems_of(target)
    if problems:
        raise Trouble(
            "backup-damaged",
            _("Tệp {file} bị lỗi ({problem}). Hãy chọn bản sao khác.").format(
                file=source.name, problem=problems[0]
            ),
        )
