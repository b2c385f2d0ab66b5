"""Base of the ledger's facts: how they are written, which of their fields name people."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, get_args, get_type_hints

from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.domain.people.officials import Act

Names = Mapping[str, str]  # log-in name -> name of the official

# Every text of a fact is one of these two; `personal_fields` raises TypeError for a mere str.
Personal = Annotated[str, "personal"]  # names a person or is free text that may; goes in time
Clear = Annotated[str, "clear"]  # a code, a number, a log-in name, the office's own words

_NONE: Mapping[str, Any] = MappingProxyType({})


class WrongShape(Exception):
    """Details of an entry that do not have the keys and types of its act."""


@dataclass(frozen=True)
class Facts:
    """Base of all facts. A field with a default is not written while it has that value."""

    act: ClassVar[Act]
    older: ClassVar[Mapping[str, Any]] = _NONE  # values for keys that old versions lacked
    renamed: ClassVar[Mapping[str, str]] = _NONE  # key of an old version -> today's
    # After it the witness outside the file begins anew: what it knew before was left on purpose.
    begins_anew: ClassVar[bool] = False

    def encode(self) -> dict[str, Any]:
        """Return the act's keys and values as JSON knows them."""
        return _written(self)

    def sentence(self, names: Names) -> str:
        """Return the act in its dossier's history, without the name of the actor.

        Raises WrongShape where it has none.
        """
        raise WrongShape(f"{type(self).__name__} is no act on a dossier")


@dataclass(frozen=True)
class DossierFacts(Facts, ABC):
    """Facts of an act on a dossier, which its history shows."""

    @abstractmethod
    def sentence(self, names: Names) -> str:
        """As in Facts; raises WrongShape for a value that no version wrote."""


@dataclass(frozen=True, kw_only=True)
class PaperFacts(DossierFacts, ABC):
    """Facts of an act that may freeze a paper, or print one that is frozen.

    `paper` is its number; the hashes stand in the act that froze it, in no other. The PDF's goes
    when people are forgotten: by it a guess at the paper could be tried.
    """

    paper: int | None = None
    facts_sha256: Clear | None = None
    pdf_sha256: Personal | None = None


@dataclass(frozen=True)
class TableFacts(Facts):
    """Facts of an act that may change tables of the desk itself, which its entry seals then."""


@dataclass(frozen=True)
class TableSum:
    """Hash of the sum over a table's rows before and after the act; "" before the first."""

    table: Clear
    before: Clear
    after: Clear


@dataclass(frozen=True)
class AwayEntry:
    """The entry as the ledger of an away desk has it: its number there and its hash."""

    seq: int
    hash: Clear


@dataclass(frozen=True)
class Envelope:
    """Proofs that stand beside an act's facts in the same JSON object; None or empty: not written.

    `entry_before` is 0 where the act is the first on its dossier. `taken`: the highest numbers that
    the transaction took of each series. `sums`: of the growing tables that it changed. `at_away`:
    of an act that was done at an away desk and brought home.
    """

    seal: Clear | None = None
    tables: Mapping[Clear, Clear] | None = None
    entry_before: int | None = None
    broken_before: bool = False
    broken_tables: tuple[Clear, ...] = ()
    taken: tuple[TakenNumber, ...] = ()
    sums: tuple[TableSum, ...] = ()
    at_away: AwayEntry | None = None

    def encode(self) -> dict[str, Any]:
        """Return the proofs as JSON knows them."""
        return _written(self)


def written(details: Mapping[str, Any]) -> str:
    """Return the text of an entry's details, as the chain covers it: JSON with sorted keys."""
    return _ENCODER.encode(details)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def written_by_msgspec() -> Callable[[Mapping[str, Any]], str]:
    """Return a function that writes details as written() does, twice as fast, but no fractions.

    For many entries at once: an act alone does not need another library in memory.
    """
    import msgspec

    encode, spaced = msgspec.json.Encoder(order="sorted").encode, msgspec.json.format
    return lambda details: spaced(encode(details), indent=0).decode()


def _written(facts: Facts | Envelope) -> dict[str, Any]:
    defaults = defaults_of(type(facts))
    return {
        name: value if type(value) in _JSON else _plain(value)
        for name, value in vars(facts).items()
        if name not in defaults or value != defaults[name]
    }


def defaults_of(kind: type[Facts] | type[Envelope]) -> Mapping[str, Any]:
    """Return the fields that need not be written, with the value that they have then."""
    if kind not in _DEFAULTS:
        _DEFAULTS[kind] = {
            field.name: field.default for field in fields(kind) if field.default is not MISSING
        }
    return _DEFAULTS[kind]


_DEFAULTS: dict[type, Mapping[str, Any]] = {}


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return dict(value)
    return vars(value) if is_dataclass(value) else value


_JSON = {str, int, bool, type(None)}


def personal_fields(kind: type[Facts]) -> frozenset[str]:
    """Return the names of the fields that name people; TypeError where a text is not marked."""
    hints = get_type_hints(kind, include_extras=True)
    marks = {field.name: set(_marks(hints[field.name])) for field in fields(kind)}
    for name, of_field in marks.items():
        if None in of_field:
            raise TypeError(f"{kind.__name__}.{name} is neither Personal nor Clear")
    return frozenset(name for name, of_field in marks.items() if "personal" in of_field)


def _marks(hint: Any) -> Iterator[str | None]:
    """Yield the marks of the texts in a field's type; None for a text without one."""
    if hint is str:
        yield None
    elif hasattr(hint, "__metadata__"):
        yield from hint.__metadata__
    elif is_dataclass(hint):
        for inner in get_type_hints(hint, include_extras=True).values():
            yield from _marks(inner)
    else:
        for part in get_args(hint):
            yield from _marks(part)
