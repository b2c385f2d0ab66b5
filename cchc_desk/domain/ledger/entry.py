"""The chained ledger: each entry holds the hash of the one before, and commits to its details by a
salted hash.

The details (which may name a person) lie beside the chain, so that they can be anonymised one day
without breaking it (docs/promise.md, "Nothing is hidden").
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

GENESIS = "0" * 64
_FACTS = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True)
class Entry:
    """One act. `at` is when it was entered, `event` when it happened (local minutes); `code` the
    dossier, if any.
    """

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


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold: the entry's number and what is wrong there."""

    seq: int
    what: str  # "previous" | "hash" | "gap" | "details"


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
    """The hash of an entry's clear facts, its details' hash and the entry before."""
    facts = (desk, str(seq), _minute(at), _minute(event), official, act, code, details, previous)
    return hashlib.sha256(_FACTS.encode(facts).encode()).hexdigest()


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
    """The entry that follows `last` (its number and hash; None at the beginning). `details` is a
    details_hash.
    """
    seq, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    sealed = entry_hash(desk, seq, at, event, official, act, code, details, previous)
    return Entry(desk, seq, at, event, official, act, code, details, previous, sealed)


def first_break(
    entries: Iterable[tuple[Entry, str, str]],
    last: tuple[int, str] | None = None,
    rewritten: Mapping[int, str] = MappingProxyType({}),
) -> Break | None:
    """The first broken link of (entry, salt, details) in order behind `last`, or None when the
    chain holds.

    `rewritten`: the hashes of details that a later entry took away and replaced, by number.
    """
    for entry, salt, details in entries:
        broken = _broken(entry, salt, details, last, rewritten)
        if broken:
            return Break(entry.seq, broken)
        last = (entry.seq, entry.hash)
    return None


def own_break(
    entry: Entry, salt: str, details: str, rewritten: Mapping[int, str] = MappingProxyType({})
) -> str | None:
    """What is wrong with one entry taken alone ("hash" or "details"), None when nothing is."""
    clear = (entry.desk, entry.seq, entry.at, entry.event, entry.official, entry.act, entry.code)
    if entry.hash != entry_hash(*clear, entry.details_hash, entry.previous):
        return "hash"
    committed = rewritten.get(entry.seq, entry.details_hash)
    return None if details_hash(salt, details) == committed else "details"


def _broken(
    entry: Entry,
    salt: str,
    details: str,
    last: tuple[int, str] | None,
    rewritten: Mapping[int, str],
) -> str | None:
    seq, previous = last or (0, GENESIS)
    if entry.seq != seq + 1:
        return "gap"
    if entry.previous != previous:
        return "previous"
    return own_break(entry, salt, details, rewritten)


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
