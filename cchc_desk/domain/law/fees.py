"""Fees in whole đồng: a price per case, set, copy or page, and the sum with its arithmetic."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.i18n import _, _n

HIGHEST = 1_000_000_000  # đồng: above every fee of a ward, a slip of the key
MOST_TIERS = 9
_MONEY = r"(\d{1,3}(?:[.,]\d{3})+|\d{1,10})\s*(?:(?:việt nam )?đồng|vnđ|đ)"
_PRICE = re.compile(_MONEY + r"(?:/(.+))?")
_TIER = re.compile(r"từ trang thứ (\d{1,4}|hai|ba|tư|năm)(?: trở lên| trở đi)?:? " + _MONEY + r".*")
_MOST = re.compile(r"tối đa " + _MONEY + r"(?:/.+)?")
_ONLINE = re.compile(r"nộp trực tuyến:? " + _MONEY + r"(?:/.+)?")
_REMARK = re.compile(r"\s*\([^()]*\)")
_ORDINALS = {"hai": 2, "ba": 3, "tư": 4, "năm": 5}


class FeeUnit(StrEnum):
    """The thing that a fee is counted by; CASE is once for a dossier or a certified paper."""

    FREE = "free"
    CASE = "case"
    SET = "set"
    COPY = "copy"
    PAGE = "page"


# The word behind "đồng/", and the beginnings by which the catalogue's own words are read.
_PER = {
    FeeUnit.CASE: "trường hợp",
    FeeUnit.SET: "bộ",
    FeeUnit.COPY: "bản",
    FeeUnit.PAGE: "trang",
}
_UNITS = {
    "trang": FeeUnit.PAGE,
    "bản": FeeUnit.COPY,
    "bộ": FeeUnit.SET,
    "trường hợp": FeeUnit.CASE,
    "lần": FeeUnit.CASE,
    "giao dịch": FeeUnit.CASE,
    "văn bản": FeeUnit.CASE,
    "di chúc": FeeUnit.CASE,
    "hồ sơ": FeeUnit.CASE,
}


@dataclass(frozen=True)
class PageTier:
    """The price of each page of a copy from page `first` on, in đồng."""

    first: int
    amount: int


@dataclass(frozen=True)
class FeeRule:
    """Fee of a procedure, in whole đồng.

    `amount` is for one of `unit`; for pages it holds until the first of `tiers`. `most` is the most
    for one copy, `online` the amount for a dossier handed in online. `source` names the law with
    its date; `certain` is False where nobody compared the figures with it. Raises ValueError where
    the parts contradict one another.
    """

    unit: FeeUnit
    amount: int = 0
    tiers: tuple[PageTier, ...] = ()
    most: int | None = None
    online: int | None = None
    exemptions: str = ""
    source: str = ""
    certain: bool = True

    def __post_init__(self) -> None:
        amounts = [self.amount, *(tier.amount for tier in self.tiers), self.most, self.online]
        if any(amount is not None and not 0 <= amount <= HIGHEST for amount in amounts):
            raise ValueError("an amount is from 0 to HIGHEST đồng")
        if (self.unit is FeeUnit.FREE) != (self.amount == 0):
            raise ValueError("free is 0 đồng, and only that")
        firsts = [1, *(tier.first for tier in self.tiers)]
        if firsts != sorted(set(firsts)) or len(self.tiers) > MOST_TIERS:
            raise ValueError("tiers begin behind page 1, each behind the one before")
        if self.unit is not FeeUnit.PAGE and (self.tiers or self.most is not None):
            raise ValueError("only a price per page has tiers and a most per copy")
        if self.unit is FeeUnit.FREE and self.online is not None:
            raise ValueError("what is free has no other price online")


@dataclass(frozen=True)
class Fee:
    """A sum in đồng, and the arithmetic that leads to it in the language in use."""

    amount: int
    words: str


# --- the sum --------------------------------------------------------------------------------------


def sum_fee(
    rule: FeeRule, copies: int = 1, pages: int = 1, sets: int = 1, *, online: bool = False
) -> Fee:
    """Return what `copies` copies of one paper of `pages` pages cost, in `sets` sets.

    A fee per case or set does not look at copies and pages, one per copy or page not at sets.
    """
    price = rule.online if online and rule.online is not None else rule.amount
    if rule.unit is FeeUnit.FREE:
        return Fee(0, _("miễn phí"))
    if rule.unit is FeeUnit.CASE:
        return Fee(price, money(price))
    if rule.unit is FeeUnit.SET:
        return _product(sets, _n("{count} bộ", sets).format(count=sets), price)
    counted = _n("{count} bản", copies).format(count=copies)
    if rule.unit is FeeUnit.COPY:
        return _product(copies, counted, price)
    one, arithmetic = _one_copy(rule, price, pages)
    amount = copies * one
    return Fee(amount, f"{counted} × {arithmetic} = {money(amount)}")


def total_fee(fees: Iterable[Fee]) -> Fee:
    """Add several fees; their arithmetic stands side by side."""
    parts = tuple(fees)
    if len(parts) == 1:
        return parts[0]
    amount = sum(fee.amount for fee in parts)
    together = _("{parts}; cộng {sum}")
    words = " + ".join(fee.words for fee in parts)
    return Fee(amount, together.format(parts=words, sum=money(amount)))


def _product(count: int, counted: str, price: int) -> Fee:
    amount = count * price
    if count == 1:
        return Fee(amount, money(amount))
    return Fee(amount, f"{counted} × {money(price)} = {money(amount)}")


def _one_copy(rule: FeeRule, price: int, pages: int) -> tuple[int, str]:
    """Return the price of one copy, and its arithmetic."""
    parts = [(count, each) for count, each in _priced_pages(rule, price, pages) if count]
    amount = sum(count * each for count, each in parts)
    if rule.most is not None and amount > rule.most:
        most = _("{amount} (tối đa một bản)").format(amount=money(rule.most))
        return rule.most, most
    words = " + ".join(
        f"{_n('{count} trang', count).format(count=count)} × {money(each)}" for count, each in parts
    )
    return amount, f"({words})" if len(parts) > 1 else words or money(0)


def _priced_pages(rule: FeeRule, price: int, pages: int) -> Iterable[tuple[int, int]]:
    """Yield how many pages cost how much, tier by tier."""
    starts = [PageTier(1, price), *rule.tiers]
    ends = [tier.first - 1 for tier in rule.tiers] + [pages]
    for tier, end in zip(starts, ends, strict=True):
        yield max(0, min(end, pages) - tier.first + 1), tier.amount


def money(amount: int) -> str:
    """Format an amount of đồng as receipts do: 80000 -> "80.000 đ"."""
    return f"{_grouped(amount)} đ"


def _grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


# --- words ----------------------------------------------------------------------------------------


def fee_words(rule: FeeRule) -> str:
    """Return the rule in the catalogue's own Vietnamese words; `read_fee` reads them again."""
    if rule.unit is FeeUnit.FREE:
        return "Miễn phí"
    per = _PER[rule.unit]
    parts = [f"{_grouped(rule.amount)} đồng/{per}"]
    parts += [f"từ trang thứ {t.first}: {_grouped(t.amount)} đồng/trang" for t in rule.tiers]
    if rule.most is not None:
        parts.append(f"tối đa {_grouped(rule.most)} đồng/bản")
    if rule.online is not None:
        parts.append(f"nộp trực tuyến {_grouped(rule.online)} đồng/{per}")
    return "; ".join(parts)


def read_fee(text: str) -> FeeRule | None:
    """Read the words of a fee; None where a part of them is no price that can be summed.

    "2.000 đồng/trang; từ trang thứ 3: 1.000 đồng/trang; tối đa 200.000 đồng/bản", "Miễn phí",
    "20.000 đồng/lần, nộp trực tuyến 10.000 đồng/lần". Remarks in brackets are left out.
    """
    line = _REMARK.sub("", clean_line(text)).strip(" .")
    if line.lower() in ("miễn phí", "không", "không thu", "0 đồng"):
        return FeeRule(FeeUnit.FREE)
    first, *others = (part.strip() for part in re.split(r";|,(?!\d)", line))
    price = _PRICE.fullmatch(first.lower())
    if price is None:
        return None
    unit = _unit((price[2] or "trường hợp").strip())
    try:
        return _with_parts(unit, _amount(price[1]), others) if unit else None
    except ValueError:  # the parts contradict one another: no price that could be summed
        return None


def _unit(word: str) -> FeeUnit | None:
    return next(
        (unit for begin, unit in _UNITS.items() if f"{word} ".startswith(f"{begin} ")), None
    )


def _with_parts(unit: FeeUnit, amount: int, parts: Iterable[str]) -> FeeRule | None:
    tiers: list[PageTier] = []
    most: int | None = None
    online: int | None = None
    for part in (part.lower() for part in parts if part):
        if tier := _TIER.fullmatch(part):
            first = _ORDINALS.get(tier[1]) or int(tier[1])
            tiers.append(PageTier(first, _amount(tier[2])))
        elif limit := _MOST.fullmatch(part):
            most = _amount(limit[1])
        elif other := _ONLINE.fullmatch(part):
            online = _amount(other[1])
        else:
            return None
    return FeeRule(unit, amount, tuple(tiers), most, online)


def _amount(text: str) -> int:
    return int(re.sub(r"\D", "", text))


# --- JSON -----------------------------------------------------------------------------------------


def to_json(rule: FeeRule) -> dict[str, Any]:
    """Return the rule as JSON knows it; what is empty is left out."""
    facts = asdict(rule) | {"unit": rule.unit.value}
    certain = facts.pop("certain")
    stated = {key: value for key, value in facts.items() if value not in (None, "", ())}
    return stated if certain else stated | {"certain": False}


def from_json(facts: object) -> FeeRule:
    """Read a rule from JSON. Raises ValueError for a wrong key, type or amount."""
    if not isinstance(facts, Mapping):
        raise ValueError("a fee is an object")
    unknown = set(facts) - set(FeeRule.__dataclass_fields__)
    if unknown:
        raise ValueError(f"a fee has no {sorted(unknown)[0]}")
    tiers = facts.get("tiers", ())
    if not isinstance(tiers, list | tuple):
        raise ValueError("tiers must be a list")
    return FeeRule(
        unit=FeeUnit(facts.get("unit", "")),
        amount=_whole(facts.get("amount", 0)),
        tiers=tuple(_tier(tier) for tier in tiers),
        most=_optional(facts.get("most")),
        online=_optional(facts.get("online")),
        exemptions=_text(facts.get("exemptions", "")),
        source=_text(facts.get("source", "")),
        certain=facts.get("certain", True) is True,
    )


def _tier(facts: object) -> PageTier:
    if not isinstance(facts, Mapping) or set(facts) != {"first", "amount"}:
        raise ValueError("a tier has first and amount")
    return PageTier(_whole(facts["first"]), _whole(facts["amount"]))


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("an amount is a whole number of đồng")
    return value


def _optional(value: object) -> int | None:
    return None if value is None else _whole(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("exemptions and source are text")
    return value
