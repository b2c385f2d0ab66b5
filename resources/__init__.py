"""Data the desk ships (fonts, catalogue, calendar, law, communes), read through this one door."""

from importlib import resources as _package
from pathlib import Path


def path(name: str) -> Path:
    """The file `name` (such as ``"fonts/OFL.txt"``) on disk; the desk never runs from a zip."""
    return Path(str(_package.files(__name__))) / name


def read_text(name: str) -> str:
    """The UTF-8 text of `name`; FileNotFoundError when the build forgot it."""
    return path(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """The bytes of `name`; FileNotFoundError when the build forgot it."""
    return path(name).read_bytes()
