"""Search of the catalogue: the shipped synonyms and the office's own, favourites, hidden ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.domain.text.phrase_search import Entry, Hit, Index


@dataclass(frozen=True)
class Vocabulary:
    """Words that lead to procedures, by code, and the words that are typed around a name."""

    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfficeOrder:
    """The office's own view of its catalogue.

    `synonyms`: by code, beside the shipped ones. `favourites`: codes that come first among equally
    good matches, in this order. `hidden`: codes that are not found.
    """

    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    favourites: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FoundProcedure:
    """A procedure, and the letters of its name, its code or a synonym that were typed."""

    version: ProcedureVersion
    hit: Hit


NO_ORDER = OfficeOrder()


def search_procedures(
    versions: Sequence[ProcedureVersion],
    query: str,
    vocabulary: Vocabulary,
    order: OfficeOrder = NO_ORDER,
) -> tuple[FoundProcedure, ...]:
    """Return the procedures that fit the words or the code typed, the best first."""
    shown = [version for version in versions if version.code not in order.hidden]
    entries = tuple(_entry(version, vocabulary, order) for version in shown)
    hits = _index(entries, vocabulary.fillers).search(query)
    return tuple(FoundProcedure(shown[hit.place], hit) for hit in hits)


def _entry(version: ProcedureVersion, vocabulary: Vocabulary, order: OfficeOrder) -> Entry:
    own, shipped = (known.get(version.code, ()) for known in (order.synonyms, vocabulary.synonyms))
    rank = version.frequent
    if version.code in order.favourites:
        rank = order.favourites.index(version.code) - len(order.favourites)
    return Entry(version.name, version.code, version.field, own + shipped, rank)


@lru_cache(maxsize=4)  # the desk's catalogue and the shipped one, before and after an edit
def _index(entries: tuple[Entry, ...], fillers: tuple[str, ...]) -> Index:
    return Index(entries, fillers)
