"""Phone and identity numbers in whatever spelling they are written, dictated or pasted."""

import re
import unicodedata

_GROUP = re.compile(r"\+?[0-9]+")
_COUNTRY_CODE = re.compile(r"(?:\+84|0084|84(?=[0-9]{9,10}$))0?")
_WHOLE = 10  # digits: what follows a phone number of so many and begins anew is another one
_LONGEST = 15  # digits of a number that is searched for
_IN_ONE_NUMBER = r"[\s.,()·‐‑–—_-]*"
_SPELT = re.compile(rf"\+?[0-9]+(?:{_IN_ONE_NUMBER}[0-9]+)*")
_PLAIN = frozenset("0123456789")
# A letter and the digits of a passport, written apart.
_PASSPORT = re.compile(r"\b([A-Za-z])[ .-]?([0-9]{7,8})\b")
# Words before a number that say which one it is.
_LABELS = re.compile(
    r"(?:\b(?:tel|mobile|đt|dt|đtdđ|dtdd|sđt|sdt|dđ|zalo|cccd|cmnd|cmt|căn cước công dân|căn cước"
    r"|mst|hộ chiếu|hc|số|so)\b[\s.:-]*)+(?=\+?[0-9]|[A-Z] ?[0-9]{7})",
    re.IGNORECASE,
)


def ascii_digits(text: str) -> str:
    """Return the text with the digits of every script (full-width ０９, Khmer ០៩) as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
        for char in text
    )


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers of a phone field, each in one piece and in its Vietnamese form.

    "+84 912.345.678" -> 0912345678; "0912 345 678 - 0987 654 321" -> two of them.
    """
    text = ascii_digits(text)
    if text.isdecimal():
        return (at_home(text),)
    found: list[str] = []
    end = 0
    for group in _GROUP.finditer(text):
        between, end = text[end : group.start()], group.end()
        if found and _goes_on(found[-1], between, group[0]):
            found[-1] += group[0]
        else:
            found.append(group[0])
    return tuple(map(at_home, found))


def _goes_on(number: str, between: str, group: str) -> bool:
    """Return True if these digits belong to the number before them."""
    if re.search(r"[^\s.,()·‐‑–—_-]", between) or group[0] == "+":
        return False
    is_whole = len(at_home(number)) >= _WHOLE
    return not (is_whole and group.startswith(("0", "84")))


def at_home(number: str) -> str:
    """Return the digits of one number, +84 as 0."""
    return _COUNTRY_CODE.sub("0", number, count=1).removeprefix("+")


def spelt_numbers(text: str) -> tuple[tuple[str, str], ...]:
    """Return each number of a query as it is written there and in one piece at home."""
    return tuple(
        (spelt[0], whole)
        for spelt in _SPELT.finditer(ascii_digits(text))
        if len(whole := at_home(re.sub(r"[^0-9+]", "", spelt[0]))) <= _LONGEST
    )


def without_labels(text: str) -> str:
    """Return the text without the words that say what the number behind them is: "CCCD 092…"."""
    return _LABELS.sub("", text)


def without_first_label(text: str) -> str:
    """Return the text without such words at its beginning."""
    found = _LABELS.match(text)
    return text[found.end() :] if found else text


def joined_passports(text: str) -> str:
    """Return the text with passport numbers in one piece and capital: "c 1234567" -> "C1234567"."""
    return _PASSPORT.sub(lambda found: found[1].upper() + found[2], text)


def in_one_piece(text: str, signs: str = " .-") -> str:
    """Return a number without the blanks and signs that group its digits; other text as it is."""
    if _PLAIN.issuperset(text):
        return text
    bare = "".join(char for char in ascii_digits(text) if not char.isspace() and char not in signs)
    return bare if bare and _PLAIN.issuperset(bare) else text
