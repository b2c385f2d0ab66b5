"""Files that are on the disk once they are named: synced, renamed, the folder synced too."""

import hashlib
import os
from pathlib import Path

_BLOCK = 1 << 20


def sync_file(file: Path) -> None:
    """Wait until the bytes of `file` are on the disk. Raises OSError."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk; Windows writes them by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(part: Path, target: Path) -> None:
    """Give a finished file its name, whole or not at all. Raises OSError."""
    sync_file(part)
    part.replace(target)
    sync_folder(target.parent)


def write_text(file: Path, text: str) -> None:
    """Write a small file, whole or not at all. Raises OSError."""
    part = file.with_name(file.name + ".part")
    part.write_text(text, encoding="utf-8")
    put(part, file)


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
        with source.open("rb") as reader, part.open("wb") as writer:
            while block := reader.read(_BLOCK):
                writer.write(block)
        put(part, target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
