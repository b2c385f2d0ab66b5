"""Content of the key card: the keys of the window, page by page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyGroup:
    """The keys of one page: (key, its action), in the order in which they stand there."""

    title: str
    keys: tuple[tuple[str, str], ...]
