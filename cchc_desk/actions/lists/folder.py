"""The watched folder: is there a list in it that was not taken yet?"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Trouble
from cchc_desk.session import Desk
from cchc_desk.sheets.containers import Limits
from cchc_desk.sheets.read import read_bytes
from cchc_desk.store.dossiers import listed

LIST_SUFFIXES = frozenset(
    (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".htm", ".html", ".mht", ".mhtml", ".xml")
)
_MOST_LISTED = 5000  # entries of the folder


@dataclass(frozen=True)
class _Seen:
    """A file of the folder as it lies there now."""

    file: Path
    size: int
    changed: int  # nanoseconds


def waiting_list(desk: Desk) -> Path | None:
    """Return the newest list in the watched folder, where it was not taken; None for none.

    Only the newest is looked at: a folder of downloads keeps the old ones. A folder that is not
    there has no list, nor has one whose newest file cannot be read yet.
    """
    desk.require(Permission.READ)
    newest = _newest(desk.settings["lists_folder"])
    if newest is None:
        return None
    try:
        mark = _hash(newest)
    except Trouble:
        return None  # it is still being written: the board asks again
    with desk.read() as connection:
        before = listed.taken_before(connection, mark)
    return newest.file if before is None else None


def _newest(folder: str) -> _Seen | None:
    if not folder:
        return None
    found: _Seen | None = None
    try:
        for number, file in enumerate(Path(folder).iterdir()):
            if number >= _MOST_LISTED:
                break
            if file.suffix.lower() not in LIST_SUFFIXES or file.name.startswith(("~$", ".")):
                continue
            if not file.is_file():
                continue
            stat = file.stat()
            if found is None or stat.st_mtime_ns > found.changed:
                found = _Seen(file, stat.st_size, stat.st_mtime_ns)
    except OSError:
        return None  # a share that is away for now: the board asks again
    return found if found and found.size <= Limits().file else None


@lru_cache(maxsize=8)
def _hash(seen: _Seen) -> str:
    """Return the hash of a file; of one that has not changed it is known already."""
    return sha256(read_bytes(seen.file, Limits())).hexdigest()
