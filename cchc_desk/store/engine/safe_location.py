"""Folders in which a write-ahead log is not safe: network shares and cloud folders."""

import sys
from pathlib import Path

from cchc_desk.errors import Trouble
from cchc_desk.i18n import _

_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "sshfs",
    "fuse.sshfs",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "davfs",
    "fuse.rclone",
}
_CLOUD = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "icloud drive",
    "icloudrive",
    "zalo",
)
_DRIVE_REMOTE = 4  # GetDriveTypeW


def refuse_unsafe_folder(folder: Path) -> None:
    """Raise Trouble("unsafe-folder") for a network share or a synchronised cloud folder."""
    real = folder.resolve()
    if _is_network(real):
        raise _unsafe(_("ổ mạng"), folder)
    if _is_cloud(real):
        raise _unsafe(_("thư mục đồng bộ đám mây"), folder)


def _unsafe(where: str, folder: Path) -> Trouble:
    return Trouble(
        "unsafe-folder",
        _(
            "Dữ liệu của quầy không được để trong {where} ({folder}) vì dễ hỏng. Hãy chọn ổ "
            "đĩa của máy này."
        ).format(where=where, folder=folder),
    )


def _is_cloud(folder: Path) -> bool:
    return any(part.lower().startswith(_CLOUD) for part in folder.parts)


def _is_network(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE)
    return file_system(folder, _mounts()) in _NETWORK


def _mounts() -> str:
    mounts = Path("/proc/mounts")
    return mounts.read_text(encoding="utf-8", errors="replace") if mounts.exists() else ""


def file_system(folder: Path, mounts: str) -> str:
    """Return the type of the file system that holds `folder`, by /proc/mounts; "" if unknown."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split()
        point = Path(parts[1].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) > best:
            best, kind = len(point.parts), parts[2]
    return kind
