"""Copies as they lie in a folder: each with a small file of facts beside it, all read again.

The facts are those of the moment of making: with them a copy that was changed or cut later shows,
and a folder of copies is listed without opening each.
"""

import json
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desk import owner_only
from cchc_desk.domain.copies import Reason, Soundness, kept
from cchc_desk.domain.ledger.entry import Head
from cchc_desk.i18n import _
from cchc_desk.store.engine import backup, conversion, database, durable, encryption
from cchc_desk.store.engine.database import sqlite_errors, trouble_of
from cchc_desk.store.engine.migrations import SCHEMA

PATTERN = "desk-????-??-??*.db"  # older versions named a copy by its day alone
BEFORE = "before-*.db"  # before an upgrade, a restore, a repair: never deleted
_FACTS = ".json"
_LEFT_S = 600  # after so long an unfinished copy is nobody's
_HEADER = b"SQLite format 3\0"


@dataclass(frozen=True)
class Copy:
    """A copy: when it was made, what is in it, and in which state it was found.

    `serial` counts the copies of a folder in the order of their making, 0 where nothing is kept
    beside it; `read`: when its bytes were last found to be those that were written.
    """

    file: Path
    soundness: Soundness
    made: datetime | None = None
    dossiers: int = 0
    head: Head | None = None
    desk: str = ""
    schema: int = 0
    serial: int = 0
    reason: str = ""
    size: int = 0
    sha256: str = ""
    read: datetime | None = None

    @property
    def is_sound(self) -> bool:
        return self.soundness is Soundness.SOUND


# --- facts beside the file ------------------------------------------------------------------------


def facts_file(file: Path) -> Path:
    """Return the file of facts beside a copy."""
    return file.with_name(file.name + _FACTS)


def keep_facts(copy: Copy) -> None:
    """Write the facts of a copy beside it. Raises OSError."""
    head = copy.head
    facts = {
        "made": _iso(copy.made),
        "dossiers": copy.dossiers,
        "head": [head.seq, head.hash, _iso(head.at)] if head else None,
        "desk": copy.desk,
        "schema": copy.schema,
        "serial": copy.serial,
        "reason": copy.reason,
        "size": copy.size,
        "sha256": copy.sha256,
        "read": _iso(copy.read),
        "soundness": copy.soundness.value,
    }
    owner_only.write_file(facts_file(copy.file), json.dumps(facts, ensure_ascii=False).encode())


def _kept_facts(file: Path) -> Copy | None:
    """Return the copy as it was when it was made; None where nothing readable is kept."""
    try:
        facts = json.loads(facts_file(file).read_text(encoding="utf-8"))
        head = facts["head"]
        return Copy(
            file,
            Soundness(facts.get("soundness", Soundness.SOUND.value)),
            _moment(facts["made"]),
            int(facts["dossiers"]),
            Head(int(head[0]), str(head[1]), datetime.fromisoformat(head[2])) if head else None,
            str(facts["desk"]),
            int(facts["schema"]),
            int(facts["serial"]),
            str(facts["reason"]),
            int(facts["size"]),
            str(facts["sha256"]),
            _moment(facts["read"]),
        )
    except (OSError, ValueError, TypeError, KeyError, IndexError, OverflowError):
        return None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# --- reading --------------------------------------------------------------------------------------


def read_copy(file: Path, desk: str = "", *, whole: bool = True) -> Copy:
    """Look into a file that should be a copy of `desk`; any desk's where that is "".

    `whole`: all its bytes are read and held against what was written, or checked by SQLite where
    nothing is kept of them; else only its size and its first pages. No file changes.
    """
    if file.is_symlink():
        return Copy(file, Soundness.LINK)
    try:
        size = file.stat().st_size if file.is_file() else -1
    except OSError:
        size = -1
    if size < 0:
        return Copy(file, Soundness.MISSING)
    known = _kept_facts(file)
    if known is not None:
        try:
            same = known.size == size and (not whole or durable.sha256_of(file) == known.sha256)
        except OSError:
            return replace(known, soundness=Soundness.DAMAGED)
        if not same:
            return replace(known, soundness=Soundness.CHANGED)
        return replace(known, soundness=_of_desk(known, desk)) if known.is_sound else known
    found = _look_into(file, size)
    if found.soundness is Soundness.SOUND and whole and backup.problems_of(file):
        found = replace(found, soundness=Soundness.DAMAGED)
    return replace(found, soundness=_of_desk(found, desk)) if found.is_sound else found


def _of_desk(copy: Copy, desk: str) -> Soundness:
    if copy.schema > SCHEMA:
        return Soundness.NEWER
    return Soundness.OTHER_DESK if desk and copy.desk != desk else Soundness.SOUND


def _look_into(file: Path, size: int) -> Copy:
    """Read the facts of a copy out of its own tables."""
    try:
        with closing(database.open_file(file, "ro")) as connection:
            desk = connection.execute("SELECT value FROM settings WHERE key = 'desk_id'").fetchone()
            schema = connection.execute("SELECT version FROM schema").fetchone()
            dossiers = connection.execute("SELECT count(*) FROM dossiers").fetchone()
            last = connection.execute(
                "SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        head = Head(int(last[0]), str(last[1]), datetime.fromisoformat(last[2])) if last else None
        desk_id = str(json.loads(desk[0])) if desk else ""
        number = int(schema[0]) if schema else 0
    except sqlite_errors(ValueError, TypeError) as error:
        return Copy(file, _why_unreadable(file, error), size=size)
    if not desk_id or not number:
        return Copy(file, Soundness.NOT_A_DESK, size=size)
    made = head.at if head else None
    return Copy(file, Soundness.SOUND, made, int(dossiers[0]), head, desk_id, number, size=size)


def _why_unreadable(file: Path, error: Exception) -> Soundness:
    """A file that begins as SQLite's do was a copy once, but for one that lacks our tables."""
    if isinstance(error, encryption.Locked):
        return Soundness.LOCKED
    if "no such table" in str(error):
        return Soundness.NOT_A_DESK
    try:
        with file.open("rb") as opened:
            is_database = opened.read(len(_HEADER)) == _HEADER
    except OSError:
        return Soundness.DAMAGED
    return Soundness.DAMAGED if is_database else Soundness.NOT_A_DESK


def copies_in(folder: Path, desk: str = "", *, whole: bool = False) -> tuple[Copy, ...]:
    """Return what lies in a folder under the name of a copy, the last made first."""
    found = (read_copy(file, desk, whole=whole) for file in _files(folder))
    return tuple(sorted(found, key=_order, reverse=True))


def _files(folder: Path) -> Iterator[Path]:
    for pattern in (PATTERN, BEFORE):
        yield from sorted(folder.glob(pattern))


def _order(copy: Copy) -> tuple[int, int, str]:
    return copy.serial, copy.head.seq if copy.head else 0, copy.file.name


# --- making and thinning --------------------------------------------------------------------------


def add_copy(source: database.DeskDatabase, folder: Path, now: datetime, reason: Reason) -> Copy:
    """Make a copy of now in `folder`, note its facts beside it, and return them as they were read.

    Before a repair it may have problems. Raises as backup.copy_database().
    """
    _sweep(folder)
    name = "desk" if reason in _THINNED else f"before-{reason.value}"
    target = _free_name(folder, f"{name}-{now:%Y-%m-%d-%H%M%S}")
    backup.copy_database(source, target, sound=reason is not Reason.REPAIR)
    return _noted(target, now, reason, _next_serial(folder))


def _sweep(folder: Path) -> None:
    """Take away what killed copies have left; one that is being made is younger."""
    for left in folder.glob("*.part*"):
        with suppress(OSError):  # another program may be faster
            if time.time() - left.stat().st_mtime > _LEFT_S:
                left.unlink()


def add_copy_of_file(file: Path, folder: Path, now: datetime, reason: Reason) -> Copy:
    """As add_copy(), of a database that is only read. Raises as backup.copy_file(), OSError."""
    target = _free_name(folder, f"before-{reason.value}-{now:%Y-%m-%d-%H%M%S}")
    folder.mkdir(exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        backup.copy_file(file, part)
        durable.put(part, target)
    finally:
        part.unlink(missing_ok=True)
    return _noted(target, now, reason, _next_serial(folder))


_THINNED = (Reason.HOURLY, Reason.CLOSING, Reason.ASKED)


def _noted(file: Path, now: datetime, reason: Reason, serial: int) -> Copy:
    found = _look_into(file, file.stat().st_size)
    if found.is_sound and reason is Reason.REPAIR and backup.problems_of(file):
        found = replace(found, soundness=Soundness.DAMAGED)  # the others were checked before
    copy = replace(
        found,
        made=now,
        serial=serial,
        reason=reason.value,
        sha256=durable.sha256_of(file),
        read=now,
    )
    keep_facts(copy)
    return copy


def _free_name(folder: Path, stem: str) -> Path:
    target, count = folder / f"{stem}.db", 2
    while target.exists() or target.is_symlink():
        target, count = folder / f"{stem}-{count}.db", count + 1
    return target


def _next_serial(folder: Path) -> int:
    return 1 + max((copy.serial for copy in map(_kept_facts, _files(folder)) if copy), default=0)


def bring_copy(copy: Copy, folder: Path) -> Copy:
    """Copy a finished copy to a second place, byte by byte, and read it again there.

    Raises OSError.
    """
    target = folder / copy.file.name
    encryption.put_beside(copy.file, target)
    durable.copy_bytes(copy.file, target)
    encryption.forget(target)  # its number on the disk may have been another file's
    brought = replace(copy, file=target, serial=_next_serial(folder))
    if durable.sha256_of(target) != copy.sha256:
        return replace(brought, soundness=Soundness.CHANGED)
    keep_facts(brought)
    return brought


def reprotect(file: Path, key: bytes | None) -> bool:
    """Bring a sound copy under another key, or make it plain; False where it was so already.

    Raises Trouble("conversion"), and as conversion.convert().
    """
    try:
        if encryption.key_of(file) == key:
            return False
    except sqlite_errors() as error:
        raise trouble_of(error) from error
    known = _kept_facts(file)
    if known is not None and not read_copy(file).is_sound:
        raise conversion.failed(file, _("bản sao này không còn như lúc chép"))
    conversion.convert(file, key)
    if known is not None:
        digest = durable.sha256_of(file)
        keep_facts(replace(known, size=file.stat().st_size, sha256=digest))
    return True


def thin_out(folder: Path, desk: str) -> None:
    """Delete what the rule of domain.copies does not keep; only this desk's own sound copies.

    Those made before an upgrade, a restore or a repair, bad ones and what has no facts beside it
    stay. Raises OSError.
    """
    noted = (copy for copy in map(_kept_facts, folder.glob(PATTERN)) if copy)
    own = [copy for copy in noted if copy.desk == desk and copy.made and copy.file.is_file()]
    own = [copy for copy in own if copy.file.stat().st_size == copy.size]
    own.sort(key=_order, reverse=True)
    places = kept([copy.made for copy in own if copy.made])
    for place, copy in enumerate(own):
        if place not in places:
            copy.file.unlink()
            facts_file(copy.file).unlink(missing_ok=True)


def _adopt(folder: Path, desk: str, now: datetime) -> None:
    """Note the facts of one own copy that has none: an older version's, or one that a kill hit
    before they were noted. Raises OSError.
    """
    loose = (file for file in folder.glob(PATTERN) if not facts_file(file).exists())
    for file in loose:
        found = read_copy(file, desk)
        if found.is_sound:
            keep_facts(replace(found, sha256=durable.sha256_of(file), read=now))
            return


def read_again(folder: Path, desk: str, now: datetime) -> Copy | None:
    """Read the copy whose bytes were not looked at for the longest time; None where there is none.

    Raises OSError where the moment cannot be noted beside it.
    """
    noted = [copy for copy in map(_kept_facts, _files(folder)) if copy and copy.desk == desk]
    _adopt(folder, desk, now)
    if not noted:
        return None
    longest = min(noted, key=lambda copy: (str(copy.read or ""), copy.serial))
    found = read_copy(longest.file, desk)
    keep_facts(replace(longest, read=now))  # a bad one too: the others have their turn
    return found
