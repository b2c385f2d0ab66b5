"""One set-up or restore at a time in a folder: the system's own lock, gone with its process."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason

FILE = "set-up.lock"
_WAIT_S = 60.0  # a set-up takes a second; a slow disk some
_STEP_S = 0.05


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the lock of set-ups and restores in `folder`; wait for another one to end.

    Raises Trouble: "read-only", "set-up-elsewhere" when the other one does not end.
    """
    file = folder / FILE
    end = time.monotonic() + _WAIT_S
    while (held := _taken(file)) is None:
        if time.monotonic() > end:
            raise _elsewhere(folder)
        time.sleep(_STEP_S)
    try:
        yield
    finally:
        _let_go(file, held)


def refuse_taken(folder: Path) -> None:
    """Raise Trouble("set-up-elsewhere") while somebody holds the lock of `folder`."""
    file = folder / FILE
    if file.exists():
        held = _taken(file)
        if held is None:
            raise _elsewhere(folder)
        _let_go(file, held)  # left by a program that was killed


def _elsewhere(folder: Path) -> Trouble:
    return Trouble(
        "set-up-elsewhere",
        _(
            "Một chương trình khác đang thiết lập hoặc khôi phục quầy trong {folder}; hãy đợi rồi "
            "thử lại."
        ).format(folder=folder),
    )


def _let_go(file: Path, held: int) -> None:
    if os.name == "nt":  # a file that is open cannot be deleted there
        os.close(held)
    with suppress(OSError):  # another one waits for it, and deletes it
        file.unlink()
    if os.name != "nt":
        os.close(held)


def _taken(file: Path) -> int | None:
    """Return the descriptor of the locked file; None while another one holds it."""
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError:
        if os.name == "nt":  # it is being deleted
            return None
        raise _read_only(file) from None
    except OSError as error:
        raise _read_only(file, error) from error
    try:
        _lock()(descriptor)
        # Whoever held it before deleted it: another one may hold the new file of this name.
        if os.name == "nt" or file.stat().st_ino == os.fstat(descriptor).st_ino:
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def _lock() -> Callable[[int], None]:
    """Return the function that locks a descriptor at once, or raises OSError."""
    if os.name == "nt":
        import msvcrt

        return lambda descriptor: msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    import fcntl

    return lambda descriptor: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read_only(file: Path, error: OSError | None = None) -> Trouble:
    reason = os_reason(error) if error else _("không có quyền")
    return Trouble(
        "read-only",
        _(
            "Không ghi được vào thư mục {folder}: {error}. Hãy chọn thư mục khác có quyền ghi."
        ).format(folder=file.parent, error=reason),
    )
