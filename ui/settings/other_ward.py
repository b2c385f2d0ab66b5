"""The other ward of this computer: the practice ward from the real one, and back."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess

import ui
from cchc_desk import paths

_SUFFIX = f"-{paths.PRACTICE}"


def other_folder(folder: Path, *, is_practice: bool) -> Path:
    """Return the practice ward's folder beside a real desk's, or the real desk's beside it."""
    if not is_practice:
        return folder.with_name(folder.name + _SUFFIX)
    if folder.name.endswith(_SUFFIX):
        return folder.with_name(folder.name.removesuffix(_SUFFIX))
    return paths.desk_folder()  # made by hand, somewhere else


def command(folder: Path) -> list[str]:
    """Return the command that opens this program on the data in `folder`."""
    is_packaged = getattr(sys, "frozen", False)
    program = [sys.executable] if is_packaged else [sys.executable, "-m", "ui.app"]
    return [*program, "--data", str(folder)]


def open_window(folder: Path) -> bool:
    """Open the data in a window of their own, or bring theirs to the front; False if it failed."""
    program, *arguments = command(folder)
    root = str(Path(str(ui.__file__)).parents[1])
    started, _process = QProcess.startDetached(program, arguments, root)
    return bool(started)
