"""The citizen's card: its QR text read into fields, and checks of its 12-digit number.

Layout of the QR text (docs/sources.md), separated by "|": number, old 9-digit number (often empty),
name, birth ddMMyyyy, Nam/Nữ, address, issued ddMMyyyy; the card of 2024 adds four more parts. Some
readers drop the empty old number.

A hand scanner types this text as a keyboard would, so an input method that is on works on it too.
It leaves behind, as far as we assume:

* Telex and VNI change only runs of plain letters and figures (A12 -> Á2, aa -> â, w -> ư, dd -> đ):
  names and addresses suffer; a program that deletes and types again loses figures as well.
* The "Vietnamese" layout of Windows turns the figure row into ă â ê ô, the five tones and đ:
  numbers and dates suffer.
* A scanner set to another code page sends marks as "?" or as two or three odd letters (Nguyá»…n),
  or as VNI keystrokes (Nguye64n).

A part that should be figures cannot lie, so these are refused. Letters lie only in part: a text
that no Vietnamese spelling allows is refused, one that is merely odd (people of every ethnic group
come to the desk) is a warning.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cchc_desk.domain.people.birth import Birth, PartialDate
from cchc_desk.domain.text.scan import CODE_ID, payload_of
from cchc_desk.domain.text.vietnamese import (
    APOSTROPHES,
    TONES,
    clean_line,
    is_syllable,
    nfc,
    toneless,
    tones,
)
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later

MALE, FEMALE = later("Nam"), later("Nữ")
_SEXES = (MALE, FEMALE)
# As cards have them, and as some readers and programs write them instead.
_SPELT_SEXES = {"nam": MALE, "nữ": FEMALE, "male": MALE, "female": FEMALE}
_BIRTH = re.compile(r"[0-9]{8}|[0-9]{4}")
_FEWEST_PARTS = 7
_USUAL_PARTS = (7, 11)
_LOST_SEPARATORS = re.compile(r"[0-9]{12}[^0-9].{20,}")  # a card whose "|" came as another sign
_LIKE_A_BAR = re.compile("[¦ǀ│┃∣❘\t]")
_BEFORE_NUMBER = re.compile(rf"\A(?:{CODE_ID}|[^\w\s]{{1,2}})(?=[0-9]{{12}}(?![0-9]))")

_MARKS = frozenset(TONES + "\u0302\u0306\u031b\u030c")
_DOUBLED = re.compile("ââ|êê|ôô|ăă|ơơ|ưư|đđ", re.IGNORECASE)
# ơ̆, ư̆, ê̆ of the highlands' languages have no letter of their own in Unicode.
_HIGHLAND_BREVE = re.compile("(?<=[êôơưÊÔƠƯ])\u0306")
_TONE_BEFORE_FIGURE = re.compile(r"\b[àảãáạèẻẽéẹìỉĩíịòỏõóọùủũúụỳỷỹýỵ](?=[0-9])", re.IGNORECASE)
_WORD = re.compile(rf"[^\W\d_{APOSTROPHES}]+")
_LOST_MARKS = re.compile(r"[\ufffd»¼½¾¿]|[^\W\d_]\?[^\W\d_]")

_UNREADABLE = later(
    "Mã vừa quét không phải mã QR của thẻ căn cước; quét mã QR trên thẻ, hoặc nhập tay theo thẻ."
)
_INCOMPLETE = later(
    "Mã quét bị đứt đoạn, thiếu {missing}; giữ yên thẻ và quét lại, hoặc nhập tay theo thẻ."
)
_GARBLED = later(
    "Bộ gõ tiếng Việt đã làm sai {what} của thẻ; hãy tắt bộ gõ hoặc chuyển sang chế độ tiếng Anh "
    "(E) rồi quét lại."
)
_ENCODING = later(
    "Đầu đọc không gửi đúng chữ tiếng Việt ({what} có ký tự lạ); đặt đầu đọc sang Unicode "
    "(UTF-8) rồi quét lại, hoặc nhập tay theo thẻ."
)
_NO_SUCH_DATE = later(
    "{what} đọc được là {shown}, không có ngày ấy trong lịch; quét lại, hoặc nhập tay theo thẻ."
)


@dataclass(frozen=True)
class Card:
    """Fields of a card's QR text."""

    id_number: str
    old_id: str  # 9 digits or empty
    name: str
    born: Birth | None
    sex: str  # "Nam" or "Nữ"
    address: str
    issued: date | None


class CardWarning(Enum):
    """A doubt about a card that may well be in order; the value is the stable code."""

    NOT_DIGITS = "id-not-digits"
    OLD_NUMBER = "id-old-number"
    WRONG_LENGTH = "id-wrong-length"
    UNKNOWN_PROVINCE = "id-unknown-province"
    BIRTH_YEAR = "id-birth-year"
    SEX = "id-sex"
    ODD_LETTERS = "card-odd-letters"


def read_card(text: str, place_words: Collection[str] = ()) -> Card:
    """Read the QR text of a CCCD (7 parts) or căn cước (11 parts).

    `place_words`: the words of official names of places, in small letters; they are never typing
    damage. A field that no dossier keeps (old number, day of issue) never stands in the way.
    Raises Refused on field "card": card-unreadable (no card at all), card-incomplete (cut off),
    card-garbled (an input method changed it), card-encoding (the scanner lost the marks), card-date
    (no such day).
    """
    parts = _parts(text)
    _require_figures(parts)
    _require_letters(parts, place_words)
    return Card(
        parts.number,
        parts.old_id if _is_figures(parts.old_id) and len(parts.old_id) == 9 else "",
        parts.name,
        _birth(parts.born),
        _SPELT_SEXES[parts.sex.lower()],
        parts.address,
        _issued(parts.issued),
    )


@dataclass(frozen=True)
class NumberFacts:
    """Facts that a 12-digit number was made from; `sex` is "Nam" or "Nữ"."""

    sex: str
    birth_year: int


def number_facts(id_number: str) -> NumberFacts | None:
    """Return the sex and the birth year in a 12-digit number; None for any other number."""
    if len(id_number) != 12 or not _is_figures(id_number):
        return None
    century, female = divmod(int(id_number[3]), 2)
    year = 1900 + 100 * century + int(id_number[4:6])
    return NumberFacts(FEMALE if female else MALE, year)


def id_number_warnings(
    id_number: str, born: Birth | None, sex: str, known_provinces: Collection[str]
) -> tuple[CardWarning, ...]:
    """Compare an identity number with birth date and sex (docs/sources.md); empty is not compared.

    Warnings only: there is no check digit, the number keeps what was first registered, and people
    born abroad have a country code in place of the province. `known_provinces` holds three-digit
    codes.
    """
    if not id_number:
        return ()
    if not _is_figures(id_number):
        return (CardWarning.NOT_DIGITS,)
    said = number_facts(id_number)
    if said is None:
        return (CardWarning.OLD_NUMBER if len(id_number) == 9 else CardWarning.WRONG_LENGTH,)
    doubts = (
        (CardWarning.UNKNOWN_PROVINCE, id_number[:3] not in known_provinces),
        (CardWarning.BIRTH_YEAR, born is not None and born.year != said.birth_year),
        (CardWarning.SEX, sex in _SEXES and sex != said.sex),
    )
    return tuple(warning for warning, holds in doubts if holds)


def card_warnings(
    card: Card, known_provinces: Collection[str], place_words: Collection[str] = ()
) -> tuple[CardWarning, ...]:
    """Return `id_number_warnings` of the card, and ODD_LETTERS when its letters need a look."""
    warnings = id_number_warnings(card.id_number, card.born, card.sex, known_provinces)
    words = _words(f"{card.name} {card.address}")
    odd = any(_is_odd(word) for word in words if word not in place_words)
    if f"{card.name} {card.address}".isascii():  # no mark at all: lost, unless the place has none
        end = _words(card.address.rpartition(",")[2])
        odd = not end or any(word not in place_words for word in end)
    return (*warnings, CardWarning.ODD_LETTERS) if odd else warnings


# --- the parts of the QR text


@dataclass(frozen=True)
class _Parts:
    """The texts of a card's fields as the QR has them."""

    number: str
    old_id: str
    name: str
    born: str
    sex: str
    address: str
    issued: str


def _parts(text: str) -> _Parts:
    """Sort the parts of the QR text by what they are.

    The old number may be missing, birth and sex may stand in either order, an address may hold a
    "|" of its own. What comes after the day of issue (card of 2024) is not kept.
    """
    scan = _with_bars(_BEFORE_NUMBER.sub("", payload_of(text), count=1))
    parts = [part.strip() for part in clean_line(scan).split("|")]
    if len(parts) < 3:
        raise (
            _garbled(Message("dấu ngăn cách"))
            if _LOST_SEPARATORS.match(parts[0])
            else _unreadable()
        )
    if _is_name_next(parts):
        parts.insert(1, "")
    if len(parts) < _FEWEST_PARTS:
        raise _incomplete(Message("phần cuối của thẻ")) if _is_figures(parts[0]) else _unreadable()
    number, old_id, name, first, second, *rest = parts
    born, sex = (second, first) if _is_sex(first) and not _is_sex(second) else (first, second)
    place = 1 if len(parts) in _USUAL_PARTS else _place_of_issue(rest)
    return _Parts(number, old_id, name, born, sex, ", ".join(rest[:place]), rest[place])


def _with_bars(scan: str) -> str:
    """Return the text with "|" between the parts where a reader sent a like sign, or a Tab."""
    return scan if "|" in scan else _LIKE_A_BAR.sub("|", scan)


def _is_name_next(parts: list[str]) -> bool:
    """Return True if the old number was dropped, judged by where birth date and sex stand."""
    third, fourth, fifth, *_rest = [*parts[2:], "", "", ""]
    is_name_second = _is_sex(fourth) and not _is_birth(fifth)
    return _is_birth(third) or _is_sex(third) or is_name_second


def _is_birth(part: str) -> bool:
    return bool(_BIRTH.fullmatch(_figures_of_date(part)))


def _is_sex(part: str) -> bool:
    return part.lower() in _SPELT_SEXES


def _place_of_issue(rest: list[str]) -> int:
    """Return which part after the sex is the day of issue: an address holds no date."""
    dates = (place for place, part in enumerate(rest) if place and _is_date(part))
    return next(dates, 1)


def _is_date(part: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{8}", _figures_of_date(part)))


def _figures_of_date(part: str) -> str:
    """Return a date as the QR of today has it: "30/12/1999", "1999-12-30" -> 30121999.

    Without its day: "12/1999" -> 00121999.
    """
    if found := re.fullmatch(r"(?:([0-9]{1,2})[/. -])?([0-9]{1,2})[/. -]([0-9]{4})", part):
        return f"{found[1] or '':0>2}{found[2]:0>2}{found[3]}"
    if found := re.fullmatch(r"([0-9]{4})[/. -]([0-9]{2})[/. -]([0-9]{2})", part):
        return f"{found[3]}{found[2]}{found[1]}"
    return part


def _require_figures(parts: _Parts) -> None:
    """Refuse a number or a birth date that are none; nobody keeps old number and day of issue."""
    for part, what in ((parts.number, Message("số")), (parts.born, Message("ngày sinh"))):
        if part and not _is_figures(_figures_of_date(part)):
            raise _unreadable() if part.isascii() and part is parts.number else _garbled(what)
    if len(parts.number) != 12:
        raise _garbled(Message("số (phải đủ 12 chữ số)")) if parts.number else _unreadable()
    if not _is_birth(parts.born):
        raise _garbled(Message("ngày sinh")) if parts.born else _incomplete(Message("ngày sinh"))


def _require_letters(parts: _Parts, place_words: Collection[str]) -> None:
    name, sex, address = parts.name, parts.sex, parts.address
    if not name:
        raise _incomplete(Message("họ tên"))
    if any(map(unicodedata.combining, _HIGHLAND_BREVE.sub("", name + address))):
        raise _garbled(Message("họ tên, địa chỉ"))  # a mark that found no letter to sit on
    if any(not _is_name_character(char) for char in name):
        raise _encoding(Message("họ tên"))
    if _LOST_MARKS.search(address) or any(
        char.isalpha() and not _is_letter(char) and char not in APOSTROPHES for char in address
    ):
        raise _encoding(Message("địa chỉ"))
    if not _is_sex(sex):
        raise (
            _encoding(Message("giới tính"))
            if sex.isascii() or not all(map(_is_letter, sex))
            else _garbled(Message("giới tính"))
        )
    words = [word for word in _words(address) if word not in place_words]
    if _DOUBLED.search(toneless(name)) or any(len(tones(word)) > 1 for word in _words(name)):
        raise _garbled(Message("họ tên"))
    if any(map(_DOUBLED.search, map(toneless, words))) or _TONE_BEFORE_FIGURE.search(address):
        raise _garbled(Message("địa chỉ"))


def _birth(text: str) -> Birth | None:
    """Read ddMMyyyy; an unknown day or month is 00MMyyyy, 0000yyyy, yyyy (docs/sources.md [G]).

    None where no part of it is known.
    """
    text = _figures_of_date(text)
    day, month, year = (text[:2], text[2:4], text[4:]) if len(text) == 8 else ("00", "00", text)
    if text == "00000000":
        return None
    try:
        if day == "00":
            return PartialDate(int(year), int(month) or None)
        return date(int(year), int(month), int(day))
    except ValueError:
        raise _no_such_date(Message("Ngày sinh"), f"{day}/{month}/{year}") from None


def _issued(text: str) -> date | None:
    """Return the day of issue; None where it cannot be read: no dossier keeps it."""
    figures = _figures_of_date(text)
    if not _is_date(text):
        return None
    try:
        return date(int(figures[4:]), int(figures[2:4]), int(figures[:2]))
    except ValueError:
        return None


def _is_figures(text: str) -> bool:
    return text.isascii() and text.isdigit()


# --- letters


def _is_name_character(char: str) -> bool:
    return char in " .-\u0306" or char in APOSTROPHES or _is_letter(char)


def _is_letter(char: str) -> bool:
    """True for letters of Vietnamese and of the Latin spelling of Vietnam's other languages."""
    base, *marks = list(unicodedata.normalize("NFD", char))  # ŏ, č, ñ as well
    return char in "đĐ" or (base.isascii() and base.isalpha() and set(marks) <= _MARKS)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def words_of_places(names: Iterable[str]) -> frozenset[str]:
    """Return the words of official names as `read_card` and `card_warnings` ask for them."""
    return frozenset(word for name in names for word in _words(nfc(name)))


def _is_odd(word: str) -> bool:
    """True for a word with a tone, or a đ within it, that is no Vietnamese syllable."""
    return not is_syllable(word) if tones(word) else "đ" in word[1:]


# --- the sentences


def _unreadable() -> Refused:
    return Refused("card-unreadable", Message(_UNREADABLE), "card")


def _incomplete(missing: Message) -> Refused:
    return Refused("card-incomplete", Message(_INCOMPLETE, missing=missing), "card")


def _garbled(what: Message) -> Refused:
    return Refused("card-garbled", Message(_GARBLED, what=what), "card")


def _encoding(what: Message) -> Refused:
    return Refused("card-encoding", Message(_ENCODING, what=what), "card")


def _no_such_date(what: Message, shown: str) -> Refused:
    return Refused("card-date", Message(_NO_SUCH_DATE, what=what, shown=shown), "card")
