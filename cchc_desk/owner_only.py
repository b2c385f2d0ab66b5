"""Files and folders that only the user of this account may read: the one place that says how.

POSIX: folders 0700, files 0600, whatever the umask. Windows: an access list with this user and the
system, which whatever lies or will lie in the folder inherits.
"""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600
_FLOORS = 3
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_folder(folder: Path) -> None:
    """Make `folder`, its parents as the system makes them; one that stood there is narrowed.

    Raises OSError where it cannot be made.
    """
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    narrow(folder)


def make_file(file: Path) -> None:
    """Make an empty file, before anybody writes into it; one that is there keeps its content.

    Raises OSError.
    """
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), _FILE))
    narrow(file)


def write_file(file: Path, content: bytes) -> None:
    """Replace `file` by `content`, whole and on the disk, or leave it as it is. Raises OSError."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    make_file(part)
    with part.open("r+b") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system can do so for a folder."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def narrow(path: Path) -> bool:
    """Take a file or folder from all others; False where the disk or its owner does not allow it.

    A stick's file system knows no rights: what lies there is as safe as the stick. A folder that
    is everybody's by design (/tmp) stays so.
    """
    if sys.platform == "win32":
        return _narrow_on_windows(path) if path.is_dir() else True  # files inherit
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS and not mode & stat.S_ISVTX:
            path.chmod(mode & ~_OTHERS)
        return not _open_to_others(path)
    except FileNotFoundError:  # a -wal that was closed meanwhile
        return True
    except OSError:
        return False


def narrow_all(folder: Path) -> tuple[Path, ...]:
    """Narrow `folder` and what lies in it; return what stays open to others.

    On Windows at most the folder itself: the rest inherits.
    """
    if sys.platform == "win32":
        return () if narrow(folder) else (folder,)
    return tuple(path for path in _all_in(folder) if not narrow(path))


def open_to_others(folder: Path) -> tuple[Path, ...]:
    """Return what in `folder` other users of this computer may read; nothing is changed.

    On Windows always empty: the access list is set whenever the desk is opened.
    """
    if sys.platform == "win32":
        return ()
    return tuple(path for path in _all_in(folder) if _open_to_others(path))


def _all_in(folder: Path) -> Iterator[Path]:
    """The folder and what lies in it, some floors deep: below a narrow folder nobody gets anyway.

    A link is another place's business and is not followed.
    """
    yield folder
    for place, folders, files in os.walk(folder):
        if len(Path(place).relative_to(folder).parts) >= _FLOORS:
            folders.clear()
        for name in (*folders, *files):
            path = Path(place, name)
            if not path.is_symlink():
                yield path


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except FileNotFoundError:  # a -wal that was closed meanwhile
        return False


def _narrow_on_windows(folder: Path) -> bool:
    """Only this user and the system; an access list that is in place is set again."""
    import subprocess  # no other system needs it

    user = f"{os.environ.get('USERDOMAIN', '')}\\{os.environ.get('USERNAME', '')}".lstrip("\\")
    system = "*S-1-5-18"
    words = ["icacls", str(folder), "/inheritance:r", "/grant:r"]
    rights = [f"{who}:(OI)(CI)F" for who in (user, system)]
    try:
        done = subprocess.run(
            [*words, *rights],
            capture_output=True,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return False
    return done.returncode == 0
