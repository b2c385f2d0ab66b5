"""Filters of the list of dossiers: a few that combine, and those that an official saved."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any


class Chip(Enum):
    """One filter of a list; a dossier fits when it fits all that are chosen."""

    OPEN = "open"
    MINE = "mine"
    THIS_WEEK = "this-week"
    DUE_TODAY = "due-today"
    LATE = "late"
    WAITING = "waiting"
    READY = "ready"
    OWED = "owed"
    URGED = "urged"


@dataclass(frozen=True)
class Days:
    """Days of acceptance, both included; None: no bound."""

    first: date | None = None
    last: date | None = None


ANY_DAY = Days()


@dataclass(frozen=True)
class SavedFilter:
    """A choice of filters that an official gave a name, with the words searched for."""

    name: str
    chips: frozenset[Chip]
    query: str = ""

    def stored(self) -> dict[str, Any]:
        """Return the filter as JSON can hold it."""
        chips = [chip.value for chip in Chip if chip in self.chips]
        return {"name": self.name, "chips": chips, "query": self.query}


@dataclass(frozen=True)
class ListChoice:
    """Choices of an official for the list of dossiers: filters by name, and the side preview."""

    saved: tuple[SavedFilter, ...] = ()
    preview: bool = True

    def stored(self) -> dict[str, Any]:
        """Return the choice as JSON can hold it."""
        return {"saved": [one.stored() for one in self.saved], "preview": self.preview}


def read_choice(stored: dict[str, Any]) -> ListChoice:
    """Return the choice of a preference; of another version's filters what is known is kept."""
    known = {chip.value: chip for chip in Chip}
    saved = tuple(
        SavedFilter(
            str(one.get("name", "")),
            frozenset(known[value] for value in one.get("chips", ()) if value in known),
            str(one.get("query", "")),
        )
        for one in stored.get("saved", ())
    )
    return ListChoice(saved, bool(stored.get("preview", True)))
