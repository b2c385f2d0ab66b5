"""Encrypted files: which key opens one, and the driver that knows how (SQLCipher).

The driver is imported where the first encrypted file is met. A file's kind and key are found once
and kept by its number on the disk: its beginning may not be read again while a connection is open,
since closing any descriptor of a file gives up all of this process's POSIX locks on it
(sqlite.org/howtocorrupt.html 2.2).
"""

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cchc_desk import paths
from cchc_desk.i18n import later
from cchc_desk.store.engine import key_file
from cchc_desk.store.engine.key_file import KeyFile, Opened

_PLAIN = b"SQLite format 3\0"
# Of an encrypted file: half of SQLCipher's own. A dossier touches some thirty pages, each sealed
# and written whole, and half the bytes cost half the time (docs/benchmarks.md, encryption).
PAGE_BYTES = 2048

LOCKED = later(
    "Dữ liệu này được mã hóa và khóa của nó không có trên máy này. Hãy nhập mã trên phiếu khôi "
    "phục in gần nhất của quầy để mở."
)
NO_DRIVER = later(
    "Dữ liệu này được mã hóa nhưng bản cài này thiếu bộ mã hóa SQLCipher. Hãy cài đủ các gói trong "
    "requirements/app.txt, hoặc dùng bộ cài đầy đủ, rồi mở lại."
)


class Locked(sqlite3.DatabaseError):
    """An encrypted file has keys beside it, and this user on this computer opens none of them."""


class NoDriver(sqlite3.DatabaseError):
    """An encrypted file, and no SQLCipher in this installation."""


_Number = tuple[int, int]  # disk, and number of the file there
_known: list[Opened] = []  # the key files that this process has opened, the last first
_of_file: dict[_Number, bytes | None] = {}  # None: a plain file


def sqlite_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return the base of the errors of each driver of SQLite, and `others`, for every `except`."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")  # its errors are no relatives of sqlite3's
    return (sqlite3.Error, *others, *((cipher.Error,) if cipher else ()))


def available() -> bool:
    """True where the driver is installed."""
    return find_spec("sqlcipher3") is not None


def is_encrypted(file: Path) -> bool:
    """True for a file that is no plain SQLite file, whether or not it can be opened here."""
    number = number_of(file)
    if number in _of_file:
        return _of_file[number] is not None
    return not _is_plain(file)


def is_locked(file: Path) -> bool:
    """True for an encrypted file that only its recovery sheet opens on this computer."""
    try:
        key_of(file)
    except Locked:
        return True
    except sqlite_errors():
        return False
    return False


def key_of(file: Path) -> bytes | None:
    """Return the key that opens a file; None for a plain one.

    Raises Locked, NoDriver; sqlite3.DatabaseError for what no key opens.
    """
    number = number_of(file)
    if number is None:
        return None
    if number not in _of_file:
        _of_file[number] = None if _is_plain(file) else _found_key(file)
    return _of_file[number]


def forget(file: Path) -> None:
    """Look anew at the next opening: another file may have come to this number."""
    _of_file.pop(number_of(file) or (0, 0), None)


def keep(file: Path, key: bytes | None) -> None:
    """Keep the key of a new, empty file; None: it becomes a plain one."""
    number = number_of(file)
    if number is not None:
        _of_file[number] = key


def number_of(file: Path) -> _Number | None:
    """Return the disk and the number of a file there; None where it is not."""
    try:
        found = os.stat(file)  # noqa: PTH116 - Path.stat() costs a third more, on each commit
    except OSError:
        return None
    return found.st_dev, found.st_ino


def connection_with(key: bytes | None, uri: str, **options: Any) -> sqlite3.Connection:
    """Connect by SQLCipher, also to a plain file (None); nothing is read yet. Raises NoDriver."""
    if not available():
        raise NoDriver(str(NO_DRIVER))
    from sqlcipher3 import dbapi2

    connection: sqlite3.Connection = dbapi2.connect(uri, uri=True, **options)
    connection.execute("PRAGMA cipher_log_level=NONE")  # a wrong key is no line on the screen
    if key is not None:
        connection.execute(f'PRAGMA key="{literal(key)}"')
        connection.execute(f"PRAGMA cipher_page_size={PAGE_BYTES}")
    return connection


def literal(key: bytes | None) -> str:
    """Write a raw key as SQLCipher takes it, without a derivation; "" for a plain file."""
    return "" if key is None else f"x'{key.hex()}'"


# --- which key ------------------------------------------------------------------------------------


def remember(opened: Opened) -> None:
    """Let this process open whatever these keys open."""
    if opened not in _known:
        _known.insert(0, opened)


def opened(content: KeyFile) -> Opened | None:
    """Open a key file as this process did before, else by a secret of this user."""
    before = (it for it in _known if it.file == content)
    return next(before, None) or key_file.open_here(content)


def key_file_of(file: Path) -> Path | None:
    """Return the key file for a database, whether or not it can be opened here."""
    return next((path for path in _key_files(file) if key_file.read(path)), None)


def key_file_content(file: Path) -> KeyFile | None:
    """Return the wrapped keys that lie beside a database."""
    path = key_file_of(file)
    return key_file.read(path) if path else None


def put_beside(source: Path, copy: Path) -> None:
    """Put the keys of an encrypted database beside its copy: without them it can never be opened.

    Raises OSError.
    """
    found = key_file_of(source) if is_encrypted(source) else None
    content = key_file.read(found) if found else None
    if found is None or content is None or found.parent == copy.absolute().parent:
        return
    target = paths.key_file(copy.absolute().parent)
    there = key_file.read(target)
    if target.exists() and not (there and content.keys.keys() & there.keys.keys()):
        target = target.with_name(f"{copy.stem}-{target.name}")  # that is another desk's
    if key_file.read(target) != content:
        key_file.write(target, content)


def _key_files(file: Path) -> Iterator[Path]:
    """In the folder of the database, in the one that folder is in (a copy's desk), beside copies:
    there the keys still are when their own file is damaged or gone.
    """
    folder = file.absolute().parent
    for place in (folder, folder.parent, paths.backup_folder(folder)):
        yield paths.key_file(place)
        with suppress(OSError):  # a folder that may not be listed
            yield from sorted(place.glob(f"*-{paths.KEYS}"))


def _found_key(file: Path) -> bytes:
    beside = [content for path in _key_files(file) if (content := key_file.read(path))]
    if beside and not available():
        raise NoDriver(str(NO_DRIVER))
    found = _first_that_fits(file, _known)
    if found is None:
        here = [it for it in map(key_file.open_here, beside) if it is not None]
        for each in here:
            remember(each)
        found = _first_that_fits(file, here)
        if found is None and len(here) < len(beside):
            raise Locked(str(LOCKED))
    if found is None:
        error = sqlite3.DatabaseError("file is not a database")
        error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        raise error
    return found


def _first_that_fits(file: Path, files: Iterable[Opened]) -> bytes | None:
    keys = dict.fromkeys(key for each in files for key in reversed(tuple(each.keys.values())))
    return next((key for key in keys if _fits(file, key)), None)


def _fits(file: Path, key: bytes, mode: str = "ro") -> bool:
    """True where the file can be read with this key.

    A journal that a kill left is played back first, for which the file has to be written: its
    pages are put back as they were encrypted, whatever the key.
    """
    from sqlcipher3 import dbapi2

    uri = f"{file.absolute().as_uri()}?mode={mode}"
    try:
        with closing(connection_with(key, uri, timeout=5.0)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            return False
        if code == sqlite3.SQLITE_READONLY and mode == "ro":
            return _fits(file, key, "rw")
        raise
    return True


def _is_plain(file: Path) -> bool:
    """True for a plain SQLite file, or an empty one. Not while a connection to it is open."""
    try:
        with file.open("rb") as opened:
            beginning = opened.read(len(_PLAIN))
    except OSError:
        return True  # SQLite's own error says why
    return beginning in (b"", _PLAIN)
