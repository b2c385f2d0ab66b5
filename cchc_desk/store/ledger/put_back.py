"""Putting a finished file in the place of the desk's database, so that no kill leaves half of it.

stage(folder)                  # an empty folder beside the database, in which the new one is made
begin(folder, aside, …)        # all that is there stands in `aside` too; from here on it happens
finish(folder)                 # the new file has the name; also called at each opening of a desk
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desk import owner_only, paths
from cchc_desk.store.engine import durable
from cchc_desk.store.engine.database import iso
from cchc_desk.store.ledger import witness

_STAGING = "restoring.part"
_UNFINISHED = ".part"
_BESIDE = ("-wal", "-shm")
# SQLite's locks on a database: every open connection in WAL mode holds a part of this range.
_SHARED_FIRST, _SHARED_BYTES = 0x40000002, 510


@dataclass(frozen=True)
class NewState:
    """The state that is put back: the last entry of its ledger, its desk, when, and where
    what was there before lies.
    """

    seq: int
    head: str
    desk: str
    machine: str
    at: datetime
    aside: str


def stage(folder: Path) -> Path:
    """Return an empty folder beside the database. Raises OSError."""
    clear(folder)
    staging = folder / _STAGING
    owner_only.make_folder(staging)
    return staging


def is_under_way(folder: Path) -> bool:
    """Return True while a restore is at work here, or was stopped."""
    return (folder / paths.RESTORING).exists() or any(_left(folder))


def _left(folder: Path) -> Iterator[Path]:
    yield from (part for part in (folder / _STAGING,) if part.exists())
    yield from folder.glob(f"{paths.ASIDE}-*{_UNFINISHED}")


def clear(folder: Path) -> None:
    """Take away what a restore that never began has left. Raises OSError."""
    if (folder / paths.RESTORING).exists():
        return
    for left in _left(folder):
        if left.is_dir():
            shutil.rmtree(left)


def in_use(file: Path) -> bool:
    """True while another program has the database open; this one must not have it open itself."""
    if not file.exists():
        return False
    with file.open("rb+") as opened:
        try:
            if sys.platform == "win32":
                import msvcrt

                opened.seek(_SHARED_FIRST)
                msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, _SHARED_BYTES)
            else:
                import fcntl

                fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED_FIRST)
        except OSError:
            return True
    return False


def begin(folder: Path, state: NewState) -> None:
    """Keep all that is there in `state.aside`, then note that the staged file takes its place.

    Once the note is on the disk finish() leads to the end, however often it is stopped. Raises
    OSError.
    """
    aside = folder / f"{state.aside}{_UNFINISHED}"
    owner_only.make_folder(aside)
    database = paths.database_file(folder)
    beside = [database.with_name(database.name + ending) for ending in _BESIDE]
    for file in (database, *beside, paths.anchor_file(folder)):
        if file.exists():
            _keep(file, aside / file.name)
    owner_only.sync_folder(aside)
    facts = vars(state) | {"at": iso(state.at)}
    owner_only.write_file(folder / paths.RESTORING, json.dumps(facts).encode())


def _keep(file: Path, target: Path) -> None:
    """Give a file a second name: it is moved once the first one goes."""
    try:
        os.link(file, target)
    except OSError:  # a disk that knows no second names
        durable.copy_bytes(file, target)


def finish(folder: Path) -> bool:
    """Carry a noted restore to its end; True where there was one. Raises OSError."""
    state = _noted(folder)
    if state is None:
        clear(folder)
        return False
    aside, database = folder / state.aside, paths.database_file(folder)
    unfinished = aside.with_name(aside.name + _UNFINISHED)
    if unfinished.exists():
        unfinished.replace(aside)
    staged = folder / _STAGING / paths.DATABASE
    if staged.exists():  # else it has the name already, and the -wal is its own
        for ending in _BESIDE:
            database.with_name(database.name + ending).unlink(missing_ok=True)
        paths.anchor_file(folder).unlink(missing_ok=True)
        owner_only.sync_folder(folder)
        durable.put(staged, database)
    last = witness.last_line(folder)
    if last is None or (last.seq, last.head) != (state.seq, state.head):
        witness.note_restored(folder, state.seq, state.head, state.desk, state.machine, state.at)
    shutil.rmtree(folder / _STAGING, ignore_errors=True)
    (folder / paths.RESTORING).unlink(missing_ok=True)
    owner_only.sync_folder(folder)
    return True


def _noted(folder: Path) -> NewState | None:
    """Return the restore that was begun; the note is written whole or not at all."""
    try:
        facts = json.loads((folder / paths.RESTORING).read_text(encoding="utf-8"))
        return NewState(
            int(facts["seq"]),
            str(facts["head"]),
            str(facts["desk"]),
            str(facts["machine"]),
            datetime.fromisoformat(facts["at"]),
            str(facts["aside"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
