"""Provinces and communes of 2025, from our own table: Cần Thơ first, then the alphabet."""

import csv
import io
import re
from dataclasses import dataclass
from functools import cache

import resources
from cchc_desk.domain.people.identity_card import words_of_places
from cchc_desk.domain.text.vietnamese import sort_key
from cchc_desk.errors import Refused
from cchc_desk.i18n import _

_FIRST = "Cần Thơ"
# Provinces until 30/6/2025 whose communes stand in resources/communes/former.csv.
FORMER_PROVINCES = ("Cần Thơ", "Hậu Giang", "Sóc Trăng")


@dataclass(frozen=True)
class Province:
    """A province; `kind`: "thành phố" or "tỉnh", `portal_code`: on the national portal (H13)."""

    code: str
    name: str
    kind: str
    portal_code: str

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Commune:
    """A commune; `kind`: "xã", "phường" or "đặc khu"."""

    code: str
    name: str
    kind: str
    province_code: str

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def in_writing(self) -> str:
        """The full name as papers write it: «Phường» of a person, an event, a number is capital."""
        return place_named(self.kind, self.name) if _stands_in_full(self.name) else self.full_name


@dataclass(frozen=True)
class FormerCommune:
    """A commune until 30/6/2025 and the code of the one it went to, with all or a part of it.

    `within`: its district, where the province had several communes of that name.
    """

    now: str
    kind: str
    name: str
    within: str

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}" + (f" ({self.within})" if self.within else "")


@cache
def former_communes() -> tuple[FormerCommune, ...]:
    """Return the older communes whose fate is known (docs/sources.md): those of Cần Thơ."""
    rows = _rows("communes/former.csv")
    return tuple(
        FormerCommune(row["code"], row["kind"], row["name"], row["within"]) for row in rows
    )


@cache
def provinces() -> tuple[Province, ...]:
    """Return all provinces, Cần Thơ first, then in Vietnamese order."""
    rows = _rows("communes/provinces.csv")
    unsorted = [
        Province(row["code"], row["name"], row["type"].lower(), row["portal_code"]) for row in rows
    ]
    return tuple(sorted(unsorted, key=lambda p: (p.name != _FIRST, sort_key(p.name))))


@cache
def communes(province_code: str) -> tuple[Commune, ...]:
    """Return the communes of one province, in Vietnamese order; empty for an unknown code."""
    rows = (row for row in _rows("communes/communes.csv") if row["province"] == province_code)
    unsorted = [
        Commune(row["code"], row["name"], row["type"].lower(), row["province"]) for row in rows
    ]
    return tuple(sorted(unsorted, key=lambda c: sort_key(c.name)))


def province_of(code_or_name: str) -> Province:
    """Return a province by official code or name. Raises Refused("province")."""
    for province in provinces():
        if code_or_name in (province.code, province.name, province.full_name):
            return province
    raise Refused(
        "province",
        _("Không có tỉnh, thành phố «{name}»; hãy chọn trong danh sách.").format(name=code_or_name),
        "province",
    )


def commune_of(province: str, code_or_name: str) -> Commune:
    """Return a commune by official code or name. Raises Refused("province"), Refused("commune")."""
    within = province_of(province)
    for commune in communes(within.code):
        if code_or_name in (commune.code, commune.name, commune.full_name):
            return commune
    raise Refused(
        "commune",
        _("{province} không có xã, phường «{name}»; hãy chọn trong danh sách.").format(
            province=within.full_name, name=code_or_name
        ),
        "commune",
    )


_COMMITTEE_OF = re.compile(r"^(?:ủy|uỷ) ban nhân dân (xã|phường|thị trấn|đặc khu) ([^,]+)", re.I)


def place_in(unit_name: str) -> str:
    """Return the place of a date for this People's Committee; "" where its name has no commune."""
    found = _COMMITTEE_OF.match(unit_name)
    return place_named(found[1], found[2].strip()) if found else ""


def place_named(kind: str, name: str) -> str:
    """Return the place that stands before a date: «Ninh Kiều», but «Phường Ngô Quyền».

    The name of a person, an event or a number stands in full, its common noun capital: NĐ
    30/2020/NĐ-CP, Phụ lục I, II.4.a and Phụ lục II, III.1.b.
    """
    return f"{kind[0].upper()}{kind[1:].lower()} {name}" if _stands_in_full(name) else name


def _stands_in_full(name: str) -> bool:
    return name[0].isdigit() or name in _named_after()


@cache
def _named_after() -> frozenset[str]:
    return frozenset(row["name"] for row in _rows("communes/named_after.csv"))


@cache
def place_words() -> frozenset[str]:
    """Return the words of all names of provinces and communes, of today and before."""
    files = ("provinces.csv", "communes.csv", "former.csv")
    names = [row["name"] for file in files for row in _rows(f"communes/{file}")]
    return words_of_places(names)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(resources.read_text(name))))
