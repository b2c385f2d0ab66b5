"""Data files of the desk: fonts, catalogue, calendar, law, communes."""

from pathlib import Path


def path(name: str) -> Path:
    """Return the file `name` (such as ``"fonts/OFL.txt"``); the desk never runs from a zip."""
    return Path(__file__).parent / name


def read_text(name: str) -> str:
    """Read `name` as UTF-8 text. Raises FileNotFoundError when the build forgot it."""
    return path(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """Read the bytes of `name`. Raises FileNotFoundError when the build forgot it."""
    return path(name).read_bytes()
