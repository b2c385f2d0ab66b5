"""The one guard of every file that the program writes where a user wants it.

with output_file(target) as out:
    out.write(content)      # beside the target, on the disk
    record(...)             # the ledger first: a file with a name has its entry
# only now the file has its name; after any error what was there before is still there
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cchc_desk import paths
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, later, os_reason

_CANNOT_SAVE = later("Không lưu được {file}: {error}. Hãy chọn thư mục khác có quyền ghi.")
# A folder that holds one of these is that of a desk or of a city's server.
_MARKS = (paths.DATABASE, f"{paths.DATABASE}-wal", paths.WITNESS, paths.WARD, paths.CITY)
_BEGINNINGS = (b"SQLite format 3\0", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")  # file, -wal
_KEY_BEGINNINGS = (b"-----BEGIN ", b'{"kty"', b'{"keys"')
_DATA_NAMES = (".db", ".sqlite", ".sqlite3", ".db-wal", ".db-shm", ".db-journal", ".witness")
_KEY_NAMES = (".key", ".pem", ".p12", ".pfx", ".jwk")
_BEGINNING = 80  # bytes of a file that say what it is
_KEY_IN_DIGITS = re.compile(rb"[0-9a-fA-F]{64}\s*")  # how the keys of a desk and of a city lie


class OutputFile:
    """The file being written; it has no name of its own until the block ends well."""

    def __init__(self, target: Path, descriptor: int) -> None:
        self._target, self._descriptor = target, descriptor

    def write(self, content: bytes) -> None:
        """Write the whole content to the disk. Raises Trouble("cannot-save")."""
        try:
            left = memoryview(content)
            while left:
                left = left[os.write(self._descriptor, left) :]
            os.fsync(self._descriptor)
        except OSError as error:
            raise cannot_save(self._target, error) from error


@contextmanager
def output_file(target: Path, *, public: bool = False) -> Iterator[OutputFile]:
    """Write beside `target`; the file takes its name as the block ends, never after an error.

    Only this user may read it: most have names of citizens, one the code of the recovery sheet. A
    `public` one everybody may: it hangs on a wall.

    Raises as checked_target().
    """
    whole = checked_target(target)
    part = whole.with_name(f".{secrets.token_hex(6)}.part")
    try:
        if whole.parent.name == paths.EXPORTS and is_data_folder(whole.parent.parent):
            whole.parent.mkdir(0o700, exist_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        if public and os.name != "nt":  # there the folder's own rights go over to the file
            os.fchmod(descriptor, 0o644)
    except OSError as error:
        raise cannot_save(target, error) from error
    try:
        try:
            yield OutputFile(target, descriptor)
        finally:
            os.close(descriptor)
        try:
            part.replace(whole)
            _sync_folder(whole.parent)
        except OSError as error:
            raise cannot_save(target, error) from error
    finally:
        with suppress(OSError):  # named by now, or on a disk that went away
            part.unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write every line end as two bytes


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # no folder can be opened there, and a rename needs no more
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems cannot
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def cannot_save(target: Path, error: OSError | RuntimeError) -> Trouble:
    """Return Trouble("cannot-save") for a place that does not take the file."""
    known = error if isinstance(error, OSError) else OSError(errno.ELOOP, str(error))
    return Trouble("cannot-save", _(_CANNOT_SAVE).format(file=target, error=os_reason(known)))


def checked_target(target: Path) -> Path:
    """Return the file meant by `target`, links followed.

    Raises Refused("output-target"), field "out": never into a data folder but its `exports`, never
    onto a database, a copy, a witness or a key, whatever it is called, only onto a plain file; and
    Trouble("cannot-save").
    """
    try:
        whole = _checked(target, copy=False)
        if whole.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        return whole
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise cannot_save(target, error) from error


def checked_copy(target: Path) -> None:
    """Check the place of a copy of the database: as checked_target(), and `backups` is allowed.

    Raises Refused("backup-target"). What the place itself does not take, the copying says.
    """
    with suppress(OSError, RuntimeError):
        if _checked(target, copy=True).is_dir():
            raise _refused(_IS_FOLDER, target, copy=True)


_NOT_A_NAME = later("Tên tệp có ký tự không dùng được; hãy gõ lại tên.")
_NOT_A_FILE = later("«{file}» là thiết bị hoặc ống dẫn, không phải tệp; hãy chọn tệp.")
_IN_DATA = later(
    "«{file}» nằm trong thư mục dữ liệu, nơi chỉ chương trình được ghi; hãy chọn thư mục khác."
)
_IS_DATA = later(
    "«{file}» là dữ liệu, bản sao hoặc khóa, không được ghi đè; hãy chọn tên tệp khác."
)
_IS_FOLDER = later("«{file}» là một thư mục; hãy thêm tên tệp của bản sao.")


def _checked(target: Path, *, copy: bool) -> Path:
    if "\0" in str(target):
        raise _refused(_NOT_A_NAME, target, copy=copy)
    whole = target.resolve()
    try:
        mode: int | None = whole.stat().st_mode
    except FileNotFoundError:
        mode = None
    plain = mode is None or stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    if not plain or _is_device(whole.name):
        raise _refused(_NOT_A_FILE, target, copy=copy)
    if mode is not None and stat.S_ISDIR(mode):
        return whole  # and nobody can write a file there
    if _in_data_folder(whole, copy=copy):
        raise _refused(_IN_DATA, target, copy=copy)
    if _is_data(whole, copy=copy, there=mode is not None):
        raise _refused(_IS_DATA, target, copy=copy)
    return whole


def _refused(words: str, target: Path, *, copy: bool) -> Refused:
    said = _(words).format(file=str(target).replace("\0", "�"))
    if copy:
        return Refused("backup-target", said, "out")
    return Refused("output-target", said, "out")


def _is_device(name: str) -> bool:
    """True for CON, NUL, COM1 … and for a stream inside another file, where Windows has them."""
    if os.name != "nt":
        return False
    stem = name.partition(".")[0].rstrip().upper()
    return ":" in name or stem in _DEVICES


_DEVICES = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)))
)


def _in_data_folder(file: Path, *, copy: bool) -> bool:
    """True inside the folder of a desk or a server; a copy may lie in any folder under it."""
    inside = file.name
    for folder in file.parents:
        if is_data_folder(folder):
            return folder == file.parent or not (copy or inside.casefold() == paths.EXPORTS)
        inside = folder.name
    return False


def is_data_folder(folder: Path) -> bool:
    """True for the folder of a desk's data or of a city's server."""
    try:
        return any((folder / mark).exists() for mark in _MARKS)
    except OSError:  # a folder above that may not be looked into holds no desk of this user
        return False


def _is_data(file: Path, *, copy: bool, there: bool) -> bool:
    """True for what is named or begins like a database, its log, a witness or a key."""
    name = file.name.casefold()
    if name.endswith(_KEY_NAMES) or (name.endswith(_DATA_NAMES) and (there or not copy)):
        return True
    if not there:
        return False
    if name in (paths.ANCHOR, paths.CITY):
        return True
    with file.open("rb") as opened:
        beginning = opened.read(_BEGINNING)
    known = beginning.startswith((*_BEGINNINGS, *_KEY_BEGINNINGS))
    return known or _KEY_IN_DIGITS.fullmatch(beginning) is not None
