"""Sticks, disks and shares beside the system's own, and a folder of one that has another place now.

E:\\sao-luu of yesterday is F:\\sao-luu today; /media/an/USB/sao-luu is another's /media/binh/USB.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_FOR_USERS = ("/media/", "/run/media/", "/mnt/")
_OCTAL = re.compile(r"\\([0-7]{3})")  # as the kernel writes a space


def volumes() -> tuple[Path, ...]:
    """Return where each of them is mounted now. On Windows and macOS not tried."""
    if sys.platform == "win32":
        import ctypes

        drives = ctypes.windll.kernel32.GetLogicalDrives()
        return tuple(Path(f"{chr(65 + n)}:\\") for n in range(26) if drives >> n & 1)
    if sys.platform == "darwin":
        return tuple(sorted(Path("/Volumes").glob("*")))
    try:
        mounts = Path("/proc/self/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return ()
    places = (_OCTAL.sub(lambda code: chr(int(code[1], 8)), line.split(" ")[1]) for line in mounts)
    return tuple(Path(place) for place in places if place.startswith(_FOR_USERS))


def places_of(folder: Path) -> Iterator[Path]:
    """Yield a folder, then where it would be on each volume by its whole path, or by its end."""
    yield folder
    parts = folder.parts[1:]
    for volume in volumes():
        for begin in range(len(parts) + 1):
            yield volume.joinpath(*parts[begin:])
