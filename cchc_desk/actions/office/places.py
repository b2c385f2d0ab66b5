"""Provinces and communes of 2025, from our own table: Cần Thơ first, then the alphabet."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import resources
from cchc_desk.domain.people.identity_card import words_of_places
from cchc_desk.domain.text.vietnamese import exact_key, fold, sort_key
from cchc_desk.errors import Refused
from cchc_desk.i18n import _

_FIRST = "Cần Thơ"
_MOST_CHOICES = 8  # of a sentence
_OLD_COMMUNE = re.compile(r"(.+?) ((?:[0-9]{5} ?)+)")
_KIND = re.compile("^(?:tỉnh|thành phố|phường|xã|thị trấn|đặc khu) ", re.IGNORECASE)
_SHORT_KINDS = {"tp.": "thành phố", "tp ": "thành phố", "p.": "phường", "x.": "xã"} | {
    "tt.": "thị trấn"
}
_DASH = re.compile(" ?[-–—] ?")
# Usual spellings of a province, and the name of one until 1/1/2025.
_OTHER_SPELLINGS = {
    "đăk lăk": "đắk lắk",
    "đắc lắc": "đắk lắk",
    "đăk nông": "đắk nông",
    "đắc nông": "đắk nông",
    "thừa thiên huế": "huế",
    "thừa thiên - huế": "huế",
}
# Names in daily use, and of before, as _bare_key() has them.
_IN_DAILY_USE = {
    **dict.fromkeys(("hcm", "tphcm", "saigon"), "hochiminh"),
    **dict.fromkeys(("hn", "hatay"), "hanoi"),
    **dict.fromkeys(("daclac", "daclak"), "daklak"),
    "dacnong": "daknong",
    "baccan": "backan",
    "brvt": "bariavungtau",
}
_BARE_KIND = re.compile(
    "^(?:tinh|thanh pho|tp|t p|phuong|p|xa|x|thi tran|tt|dac khu|quan|q|huyen|h|thi xa|tx) (?=.)"
)
_DISTRICT = re.compile(
    r"^(.*?),? ?\b((?:quận|huyện|thị xã|thành phố|q\.|h\.|tx\.|tp\.) ?\S.*)$", re.IGNORECASE
)
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


class OldCommune(NamedTuple):
    """A commune until 30/6/2025, and the codes of those of today that it or a part of it became."""

    province: str
    district: str
    full_name: str
    now: tuple[str, ...]


@cache
def communes_until_2025() -> tuple[OldCommune, ...]:
    """Return all communes of before the reform of 2025 (docs/sources.md), by province."""
    return tuple(
        OldCommune(row["province"], row["district"], found[1], tuple(found[2].split()))
        for row in _rows("communes/until_2025.csv")
        for one in row["communes"].split("; ")
        if (found := _OLD_COMMUNE.fullmatch(one))
    )


def province_of(code_or_name: str) -> Province:
    """Return a province by official code or name, in any placement of the tone, kind or none.

    Without marks, too, and by the names in daily use (TP. HCM). Raises Refused("province"), which
    names the province of today for one of before.
    """
    key = _key(code_or_name)
    for province in provinces():
        if code_or_name.strip() == province.code or key in _keys(province):
            return province
    now = _province_that_was(key)
    bare = _bare_key(code_or_name)
    if now is None:
        for province in provinces():
            if _bare_key(province.name) == bare:
                return province
        now = next((now for name, now in former_provinces() if _bare_key(name) == bare), None)
    if now is not None:
        raise Refused(
            "province",
            _("«{name}» nay thuộc {now}; hãy ghi tên mới.").format(
                name=code_or_name.strip(), now=now.full_name
            ),
            "province",
        )
    raise Refused(
        "province",
        _("Không có tỉnh, thành phố «{name}»; hãy chọn trong danh sách.").format(name=code_or_name),
        "province",
    )


def commune_of(province: str, code_or_name: str) -> Commune:
    """Return a commune by official code or name, in any placement of the tone, kind or none.

    Raises Refused("province"), Refused("commune"); the latter names what an older one became.
    """
    within = province_of(province)
    key = _key(code_or_name)
    for commune in communes(within.code):
        if code_or_name.strip() == commune.code or key in _keys(commune):
            return commune
    became = what_became_of(within, code_or_name)
    if not became:
        bare, is_older = _bare_key(code_or_name), _DISTRICT.fullmatch(code_or_name.strip())
        alike = [one for one in communes(within.code) if _bare_key(one.name) == bare]
        if len(alike) == 1 and not is_older:
            return alike[0]
        became = what_became_of_district(within, code_or_name)
    if became:
        raise Refused(
            "commune",
            _("«{name}» là tên cũ, nay là: {now}; hãy ghi tên mới.").format(
                name=code_or_name.strip(), now="; ".join(became[:_MOST_CHOICES])
            ),
            "commune",
        )
    raise Refused(
        "commune",
        _("{province} không có xã, phường «{name}»; hãy chọn trong danh sách.").format(
            province=within.full_name, name=code_or_name
        ),
        "commune",
    )


def what_became_of(within: Province, name: str) -> tuple[str, ...]:
    """Return the communes of today that those of this name became, each with its older district.

    The name may have its district behind it: "Phường 14, quận Gò Vấp". Empty for a name that no
    commune of the province had.
    """
    parted = _DISTRICT.fullmatch(name.strip())
    district = _bare_key(parted[2]) if parted and parted[1] else ""
    key = _key(parted[1] if parted and parted[1] else name)
    return _now_of(
        within,
        lambda old: (
            key in (_key(old.full_name), _key(_bare(old.full_name)))
            and district in ("", _bare_key(old.district))
        ),
    )


def what_became_of_district(within: Province, name: str) -> tuple[str, ...]:
    """Return the communes of today in which those of an older district of this name lie."""
    key = _bare_key(name)
    return _now_of(within, lambda old: _bare_key(old.district) == key)


def _now_of(within: Province, is_meant: Callable[[OldCommune], bool]) -> tuple[str, ...]:
    today = {commune.code: commune for commune in communes(within.code)}
    found = [
        (today[code].full_name, old.district, old.province)
        for old in communes_until_2025()
        if is_meant(old)
        for code in old.now
        if code in today
    ]
    several = len({(district, province) for _now, district, province in found}) > 1
    return tuple(
        dict.fromkeys(
            _("{now} ({district}, {province} cũ)").format(
                now=now, district=district, province=province
            )
            if several
            else now
            for now, district, province in found
        )
    )


def communes_that_became(province_code: str) -> tuple[tuple[OldCommune, Commune], ...]:
    """Return each older commune with each of today in this province that it became, by name.

    Those that kept name and kind are left out.
    """
    today = {commune.code: commune for commune in communes(province_code)}
    found = [
        (old, today[code])
        for old in communes_until_2025()
        for code in old.now
        if code in today and today[code].full_name != old.full_name
    ]
    return tuple(sorted(found, key=lambda pair: sort_key(pair[0].full_name)))


@cache
def former_provinces() -> tuple[tuple[str, Province], ...]:
    """Return the names of the provinces that are no more, with those in which they lie."""
    of_code = {row["code"]: row["province"] for row in _rows("communes/communes.csv")}
    today = {province.code: province for province in provinces()}
    went_to = {old.province: today[of_code[old.now[0]]] for old in communes_until_2025()}
    known = {province.name for province in provinces()}
    return tuple((name, now) for name, now in went_to.items() if name not in known)


def _province_that_was(key: str) -> Province | None:
    """Return the province of today in which a former one lies; None for another name."""
    bare = _KIND.sub("", key)
    return next((now for name, now in former_provinces() if exact_key(name) == bare), None)


def _key(name: str) -> str:
    """Return the name as names are compared: small letters, one placement of the tone."""
    key = _DASH.sub(" - ", exact_key(name))
    key = _OTHER_SPELLINGS.get(_KIND.sub("", key), key)
    for short, whole in _SHORT_KINDS.items():
        if key.startswith(short):
            return f"{whole} {key[len(short) :].strip()}"
    return key


@cache
def _bare_key(name: str) -> str:
    """Return the name without its kind, marks, blanks and signs: "TP. Cần-Thơ" -> "cantho"."""
    bare = _BARE_KIND.sub("", fold(name), count=1).replace(" ", "")
    return _IN_DAILY_USE.get(bare, bare)


def _keys(place: Province | Commune) -> tuple[str, str]:
    return exact_key(place.name), exact_key(place.full_name)


def _bare(full_name: str) -> str:
    """Return the name without its kind; that of a number keeps it: «phường 1»."""
    bare = _KIND.sub("", full_name)
    return full_name if bare.isdigit() else bare


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
    former = [f"{old.province} {old.district} {old.full_name}" for old in communes_until_2025()]
    return words_of_places(names + former)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(resources.read_text(name))))
