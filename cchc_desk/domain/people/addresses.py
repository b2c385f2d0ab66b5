"""Completion of addresses: by those used before, the communes of 2025 and what became them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cchc_desk.domain.text.vietnamese import clean_line, fold

MOST_PROPOSED = 6
_MOST_USED = 3
_PARTS_OF_OLD = 3  # commune, district, province
_PROVINCE = re.compile(r"^(?:thanh pho|tinh|tp) ")
_SHORTEST = 2  # letters before anything is proposed
# The number of a house, with its words: "12", "Số 123/45/6B", "12A-14".
_HOUSE = re.compile(r"(?:số\s+)?[^\W\d_]{0,2}\d[\w/.-]*,?\s+", re.IGNORECASE)
_KINDS = {
    "phường": ("phuong", "p"),
    "xã": ("xa", "x"),
    "thị trấn": ("thi tran", "tt"),
    "đặc khu": ("dac khu",),
}


@dataclass(frozen=True)
class Place:
    """A commune as it is written last in an address; `was`: the older one found by its name."""

    kind: str
    name: str
    full: str  # "phường Ninh Kiều, thành phố Cần Thơ"
    was: str = ""  # "phường Tân An"


@dataclass(frozen=True)
class Proposal:
    """A completed address; `was`: the older commune whose name was typed, or empty."""

    text: str
    was: str = ""


@dataclass(frozen=True)
class AddressBook:
    """Addresses to complete others by; `used` are addresses without their house number."""

    places: tuple[Place, ...]
    used: tuple[str, ...] = ()
    former_provinces: tuple[str, ...] = ()  # of the places that have a `was`
    _keys: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _names: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_keys", tuple(map(fold, self.used)))
        object.__setattr__(self, "_names", tuple(fold(place.name) for place in self.places))

    def proposals(self, typed: str) -> tuple[Proposal, ...]:
        """Return addresses that begin as `typed` does, those used before first."""
        before, number, rest = _parts(typed)
        begun = fold(rest)
        found = [
            Proposal(f"{number}{used}")
            for used, key in zip(self.used, self._keys, strict=True)
            if not before and len(begun) >= _SHORTEST and key.startswith(begun)
        ][:_MOST_USED]
        found += self._communes(before, number + rest)
        texts = dict.fromkeys(one for one in found if fold(one.text) != fold(typed))
        return tuple(texts)[:MOST_PROPOSED]

    def renewed(self, address: str) -> tuple[Proposal, ...]:
        """Return the address with the commune of today in place of an older one and its district.

        Several where a part of the older commune went to each; none where it is not known.
        """
        parts = [part.strip() for part in address.split(",")]
        if len(parts) < _PARTS_OF_OLD or _kind(fold(parts[-2]))[0]:
            return ()
        if _PROVINCE.sub("", fold(parts[-1])) not in map(fold, self.former_provinces):
            return ()
        kind, name = _kind(fold(parts[-3]))
        street = ", ".join(parts[:-3])
        return tuple(
            Proposal(", ".join(filter(None, (street, place.full))), place.was)
            for place, key in zip(self.places, self._names, strict=True)
            if place.was and key == name and (not kind or fold(place.kind) == kind)
        )

    def _communes(self, before: str, last: str) -> list[Proposal]:
        kind, name = _kind(fold(last))
        shortest = 1 if kind else _SHORTEST
        found = [
            (key != name, Proposal(f"{before}{place.full}", place.was))
            for place, key in zip(self.places, self._names, strict=True)
            if (not kind or fold(place.kind) == kind)
            and len(name) >= shortest
            and key.startswith(name)
        ]
        return [proposal for _, proposal in sorted(found, key=lambda one: one[0])]


def used_addresses(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses without their house numbers, the most frequent first."""
    counted = Counter(_HOUSE.sub("", clean_line(address), count=1) for address in addresses)
    return tuple(street for street, _ in counted.most_common() if len(street) > _SHORTEST)


def _parts(typed: str) -> tuple[str, str, str]:
    """Return what stands before the last comma with it, the house number, and the rest."""
    place = typed.rfind(",") + 1
    before, last = typed[:place].strip(), typed[place:].strip()
    house = _HOUSE.match(f"{last} ") if not before else None
    number = house[0].strip() if house else ""
    rest = last[len(number) :].strip()
    return (f"{before} " if before else ""), (f"{number} " if number else ""), rest


def _kind(last: str) -> tuple[str, str]:
    """Return the folded kind of commune that was typed ("phuong", or empty) and the name's key."""
    for kind, written in _KINDS.items():
        for word in written:
            if last.startswith(f"{word} "):
                return fold(kind), last[len(word) + 1 :]
    return "", last
