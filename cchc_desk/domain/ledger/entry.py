"""Entries of the ledger: each holds the hash of the one before it and a hash of its details.

The details (which may name a person) lie beside the chain, so that they can be anonymised one day
without breaking it (docs/promise.md, "Nothing is hidden").
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

GENESIS = "0" * 64
_FACTS = json.JSONEncoder(ensure_ascii=False, default=repr)  # a forged row may hold bytes
_NOTHING: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True)
class Entry:
    """One act: entered `at`, happened at `event` (local minutes), on the dossier `code`, if any."""

    desk: str
    seq: int
    at: datetime
    event: datetime
    official: str
    act: str
    code: str
    details_hash: str
    previous: str
    hash: str


class Head(NamedTuple):
    """The ledger's last entry: its number, its hash, and when it was entered."""

    seq: int
    hash: str
    at: datetime


class RawEntry(NamedTuple):
    """An entry with its details as they lie on disk, moments as text; gone details are empty."""

    seq: int
    desk: str
    at: str
    event: str
    official: str
    act: str
    code: str
    details_hash: str
    previous: str
    hash: str
    salt: str
    details: str


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold: the entry's number and what is wrong there."""

    seq: int
    what: str  # "previous" | "hash" | "gap" | "details", as own_break and Chain find them


def short_head(seq: int, hash_: str) -> str:
    """Return an entry as papers carry it: `12-3F9A-01BC-77D2`, number and beginning of its hash."""
    short = hash_[:12].upper()
    return f"{seq}-{short[:4]}-{short[4:8]}-{short[8:]}"


def details_hash(salt: str, details: str) -> str:
    return hashlib.sha256(f"{salt}\n{details}".encode()).hexdigest()


def entry_hash(
    desk: str,
    seq: int,
    at: datetime,
    event: datetime,
    official: str,
    act: str,
    code: str,
    details: str,
    previous: str,
) -> str:
    """Return the hash of an entry's clear facts, its details' hash and the entry before."""
    clear = (desk, str(seq), _minute(at), _minute(event), official, act, code, details, previous)
    return _hash(clear)


def next_entry(
    last: tuple[int, str] | None,
    *,
    desk: str,
    at: datetime,
    event: datetime,
    official: str,
    act: str,
    code: str,
    details: str,
) -> Entry:
    """Return the entry after `last`, which is its number and hash, None at the beginning.

    `details` is a details_hash.
    """
    seq, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    sealed = entry_hash(desk, seq, at, event, official, act, code, details, previous)
    return Entry(desk, seq, at, event, official, act, code, details, previous, sealed)


class LinksOfOneAct:
    """Makes the hashes of many entries by one official at one moment, of one act, as entry_hash().

    All but what differs is written once.
    """

    def __init__(self, desk: str, at: datetime, official: str, act: str) -> None:
        self._desk, self._at = (_FACTS.encode(text) for text in (desk, _minute(at)))
        self._by = f"{_FACTS.encode(official)}, {_FACTS.encode(act)}"

    def hash(self, seq: int, event: str, code: str, details: str, previous: str) -> str:
        """Return the hash of entry `seq`; `event` as text, `details` and `previous` hashes."""
        clear = (
            f'[{self._desk}, "{seq}", {self._at}, "{event}", {self._by}, {_FACTS.encode(code)}, '
            f'"{details}", "{previous}"]'
        )
        return hashlib.sha256(clear.encode()).hexdigest()


class Chain:
    """Checks entries in the order of their numbers; keeps the first link that does not hold.

    `last`: number and hash of the entry before them, None at the beginning. `rewritten`: the hashes
    of details that a later entry took away and replaced, by number.
    """

    def __init__(
        self, last: tuple[int, str] | None = None, rewritten: Mapping[int, str] = _NOTHING
    ) -> None:
        self.broken: Break | None = None
        self._seq, self._hash = last or (0, GENESIS)
        self._rewritten = rewritten

    def add(self, entry: RawEntry) -> None:
        """Check the next entry; once a link is broken those behind it are not looked at."""
        if self.broken:
            return
        wrong = self._wrong(entry)
        if wrong:
            self.broken = Break(entry.seq, wrong)
        self._seq, self._hash = entry.seq, entry.hash

    def _wrong(self, entry: RawEntry) -> str | None:
        if entry.seq != self._seq + 1:
            return "gap"
        if entry.previous != self._hash:
            return "previous"
        return own_break(entry, self._rewritten)


def own_break(entry: RawEntry, rewritten: Mapping[int, str] = _NOTHING) -> str | None:
    """Return the fault of one entry taken alone, "hash" or "details"; None when it has none."""
    seq, desk, at, event, official, act, code, committed, previous, own, salt, details = entry
    if own != _hash((desk, str(seq), at, event, official, act, code, committed, previous)):
        return "hash"
    return None if details_hash(salt, details) == rewritten.get(seq, committed) else "details"


def _hash(clear: tuple[str, ...]) -> str:
    return hashlib.sha256(_FACTS.encode(clear).encode()).hexdigest()


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
