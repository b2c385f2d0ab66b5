"""Files that are on the disk once they are named: synced, renamed, the folder synced too."""

import errno
import hashlib
import os
from pathlib import Path

from cchc_desk import owner_only

_BLOCK = 1 << 20


def put(part: Path, target: Path) -> None:
    """Give a finished file its name, whole or not at all. Raises OSError."""
    with part.open("rb+") as opened:
        os.fsync(opened.fileno())
    part.replace(target)
    try:
        owner_only.sync_folder(target.parent)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a share that knows no syncing of folders
            raise


def sha256_of(file: Path) -> str:
    """Read a file from the disk to its end and return its SHA-256. Raises OSError."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        if hasattr(os, "posix_fadvise"):  # what the disk has, not what the memory remembers
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := opened.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a closed file, whole or not at all. Raises OSError."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        owner_only.make_file(part)
        with source.open("rb") as reader, part.open("rb+") as writer:
            while block := reader.read(_BLOCK):
                writer.write(block)
        put(part, target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
