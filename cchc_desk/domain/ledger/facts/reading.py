"""Reading an entry's details, whatever version wrote them."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from cchc_desk.domain.ledger.entry import RawEntry
from cchc_desk.domain.ledger.facts import (
    away,
    city,
    courtesy,
    dossiers,
    forwarding,
    intake,
    lateness,
    lists,
    office,
    pauses,
    people,
    personal_data,
    putting_right,
    reminders,
    reports,
    scans,
)
from cchc_desk.domain.ledger.facts.base import (
    Envelope,
    Facts,
    TableFacts,
    WrongShape,
    defaults_of,
    personal_fields,
    written,
)
from cchc_desk.domain.ledger.facts.putting_right import CORRECTED_NAMES

_SUBJECTS = (
    intake,
    dossiers,
    forwarding,
    putting_right,
    pauses,
    lateness,
    lists,
    office,
    people,
    courtesy,
    city,
    scans,
    personal_data,
    reminders,
    reports,
    away,
)
_CLASSES: tuple[type[Facts], ...] = tuple(
    kind
    for subject in _SUBJECTS
    for kind in vars(subject).values()
    if isinstance(kind, type) and issubclass(kind, Facts) and hasattr(kind, "act")
)
BY_ACT: dict[str, tuple[type[Facts], ...]] = {}
for _class in _CLASSES:
    BY_ACT[_class.act.value] = (*BY_ACT.get(_class.act.value, ()), _class)

# The acts whose entries may seal tables of the desk itself.
TABLE_ACTS = tuple({kind.act.value: None for kind in _CLASSES if issubclass(kind, TableFacts)})

_Reader = Callable[[Any], Any]


# --- reading --------------------------------------------------------------------------------------


def read(act: str, details: str) -> Facts:
    """Return the facts of an entry of any version.

    Raises WrongShape where its details are not those of `act`.
    """
    stored = _object(details)
    lacking: list[str] = []
    for kind in BY_ACT.get(act, ()):
        values = {**kind.older, **stored}
        values |= {new: stored[old] for old, new in kind.renamed.items() if old in stored}
        missing = [name for name in _REQUIRED[kind] if name not in values]
        if not missing:
            return kind(**_typed(kind, values))
        lacking.append(f"{kind.__name__} lacks {', '.join(missing)}")
    raise WrongShape("; ".join(lacking) or f"no facts for {act}")


def known(act: str, details: str) -> Facts | None:
    """Return the facts of an entry; None where its details are gone or not readable.

    The chain shows which of the two.
    """
    try:
        return read(act, details)
    except WrongShape:
        return None


def read_envelope(details: str) -> Envelope:
    """Return the proofs beside the facts.

    Raises WrongShape where the details are no JSON object or a proof has a wrong type.
    """
    return Envelope(**_typed(Envelope, _object(details)))


def known_envelope(details: str) -> Envelope:
    """Return the proofs beside the facts; none where the details are gone or not readable.

    The chain shows which of the two.
    """
    try:
        return read_envelope(details)
    except WrongShape:
        return Envelope()


def taken_in(details: str) -> Iterator[tuple[str, str, int]]:
    """Yield series, period and number of `taken` in an entry's details, as written() wrote them.

    Without reading the JSON: verification asks each entry. A quote within a text is escaped, so no
    text of a person can look like it.
    """
    _before, found, taken = details.partition('"taken": [')
    if found:
        for number, period, series in _TAKEN.findall(taken):
            yield json.loads(f'"{series}"'), json.loads(f'"{period}"'), int(number)


_TAKEN = re.compile(
    r'\{"number": (\d{1,18}), "period": "((?:[^"\\]|\\.)*)", "series": "((?:[^"\\]|\\.)*)"\}'
)


def brought_home(
    entry: RawEntry, entry_before: int, numbers: Mapping[int, int], *, with_seal: bool
) -> str:
    """Return the details with which an away desk's entry stands in the ledger of its home.

    The facts are the same. Proofs about what is the away desk's own (its number series, sums and
    tables) go, the seal too but `with_seal`; `entry_before` is that of home. An entry that the
    facts name has its new number by `numbers`.
    """
    stored = _object(entry.details)
    for own in ("taken", "sums", "tables", *(() if with_seal else ("seal",))):
        stored.pop(own, None)
    if "entry_before" in stored:
        stored["entry_before"] = entry_before
    if "drawn_after" in stored:
        stored["drawn_after"] = numbers.get(stored["drawn_after"], stored["drawn_after"])
    return written(stored | {"at_away": {"seq": entry.seq, "hash": entry.hash}})


def without_people(act: str, details: str, nobody: str) -> str:
    """Return the text that replaces an entry's details when people are forgotten.

    `nobody` stands for what is hidden; what was empty stays empty. The keys stay those of the
    version that wrote them; one that no class of the act has is hidden too, for it may name
    anybody. The seal goes: by it a guess at the old facts could be tried.
    """
    try:
        stored = _object(details)
    except WrongShape:
        return written({})
    shown = _SHOWN.get(act, _PROOFS)
    return written(
        {
            key: value if key in shown or not value else _hidden(value, nobody)
            for key, value in stored.items()
            if key != "seal"
        }
    )


def _hidden(value: object, nobody: str) -> object:
    if isinstance(value, dict):  # its keys are words of the program, or nobody's
        return {key if key in CORRECTED_NAMES else nobody: nobody for key in value}
    return [nobody] if isinstance(value, list) else nobody


def _object(details: str) -> dict[str, Any]:
    try:
        decoded = json.loads(details)
    except (ValueError, RecursionError) as error:
        raise WrongShape("details are no JSON") from error
    if not isinstance(decoded, dict):
        raise WrongShape("details are no object")
    return decoded


# --- types ----------------------------------------------------------------------------------------


def _typed(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the fields of `kind` as their types; WrongShape names a wrong one."""
    typed = {}
    for name, reader in _READERS[kind].items():
        if name in values:
            try:
                typed[name] = reader(values[name])
            except TypeError as error:
                raise WrongShape(f"{kind.__name__}.{name} {error}") from error
    return typed


def _reader(hint: Any) -> _Reader:
    """Return the function that makes a value of this type from JSON; TypeError for others."""
    parts = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return _optional(_reader(next(part for part in parts if part is not type(None))))
    if get_origin(hint) is tuple:
        return _many(_reader(parts[0]))
    if get_origin(hint) is not None:
        return _mapping(_reader(parts[1]))
    if hint in (datetime, date):
        return _moment(hint)
    if is_dataclass(hint):
        return _nested(hint)
    return _anything if hint is Any else _plain(hint)


def _anything(value: Any) -> Any:
    return value


def _plain(kind: type) -> _Reader:
    def plain(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"is a {type(value).__name__}")
        return value

    return plain


def _optional(inner: _Reader) -> _Reader:
    return lambda value: None if value is None else inner(value)


def _many(inner: _Reader) -> _Reader:
    plain = _plain(list)
    return lambda value: tuple(inner(part) for part in plain(value))


def _mapping(inner: _Reader) -> _Reader:
    plain = _plain(dict)
    return lambda value: {key: inner(part) for key, part in plain(value).items()}


def _moment(kind: type[date]) -> _Reader:
    plain = _plain(str)

    def moment(value: Any) -> date:
        try:
            return kind.fromisoformat(plain(value))
        except ValueError as error:
            raise TypeError("is no moment") from error

    return moment


def _nested(kind: Any) -> _Reader:
    readers, plain = _readers_of(kind), _plain(dict)

    def nested(value: Any) -> Any:
        return kind(**{name: reader(plain(value).get(name)) for name, reader in readers.items()})

    return nested


def _readers_of(kind: type) -> dict[str, _Reader]:
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in fields(kind)}


_READERS: dict[type, dict[str, _Reader]] = {kind: _readers_of(kind) for kind in _CLASSES}
_READERS[Envelope] = _readers_of(Envelope)
_REQUIRED = {
    kind: tuple(name for name in _READERS[kind] if name not in defaults_of(kind))
    for kind in _CLASSES
}
_PROOFS = frozenset(_READERS[Envelope]) - {"seal"}
# The keys of each act that stay when people are forgotten.
_SHOWN = {
    act: frozenset(name for kind in kinds for name in _READERS[kind]).difference(
        *(personal_fields(kind) for kind in kinds)
    )
    | _PROOFS
    for act, kinds in BY_ACT.items()
}
