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
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cchc_desk.domain.text.scan import payload_of
from cchc_desk.domain.text.vietnamese import TONES, clean_line, is_syllable, toneless, tones
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, later

MALE, FEMALE = later("Nam"), later("Nữ")
_SEXES = (MALE, FEMALE)
_BIRTH = re.compile(r"[0-9]{8}|[0-9]{4}")
_LOST_SEPARATORS = re.compile(r"[0-9]{12}[^0-9].{20,}")  # a card whose "|" came as another sign

_MARKS = frozenset(TONES + "\u0302\u0306\u031b\u030c")
_DOUBLED = re.compile("ââ|êê|ôô|ăă|ơơ|ưư|đđ", re.IGNORECASE)
_TONE_BEFORE_FIGURE = re.compile(r"\b[àảãáạèẻẽéẹìỉĩíịòỏõóọùủũúụỳỷỹýỵ](?=[0-9])", re.IGNORECASE)
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
    """Fields of a card's QR text; `born` is None when the card has only a year (`born_text`)."""

    id_number: str
    old_id: str  # 9 digits or empty
    name: str
    born: date | None
    born_text: str  # dd/mm/yyyy, mm/yyyy or yyyy
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


def read_card(text: str) -> Card:
    """Read the QR text of a CCCD (7 parts) or căn cước (11 parts).

    Raises Refused on field "card": card-unreadable (no card at all), card-incomplete (cut off),
    card-garbled (an input method changed it), card-encoding (the scanner lost the marks), card-date
    (no such day).
    """
    number, old_id, name, born, sex, address, issued = _parts(text)
    _require_figures(number, old_id, born, issued)
    _require_letters(name, sex, address)
    born_on, born_text = _birth(born)
    return Card(number, old_id, name, born_on, born_text, sex, address, _issued(issued))


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
    id_number: str, born: date | None, sex: str, known_provinces: Collection[str]
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


def card_warnings(card: Card, known_provinces: Collection[str]) -> tuple[CardWarning, ...]:
    """Return `id_number_warnings` of the card, and ODD_LETTERS when its letters need a look."""
    born = card.born or date(int(card.born_text[-4:]), 1, 1)
    warnings = id_number_warnings(card.id_number, born, card.sex, known_provinces)
    letters = f"{card.name} {card.address}"
    odd = letters.isascii() or any(map(_is_odd, _words(letters)))
    return (*warnings, CardWarning.ODD_LETTERS) if odd else warnings


# --- the parts of the QR text


def _parts(text: str) -> list[str]:
    """Split the QR text into the seven parts every card has; a dropped old number becomes ""."""
    parts = [part.strip() for part in clean_line(payload_of(text)).split("|")]
    if len(parts) < 3:
        raise (
            _garbled(Message("dấu ngăn cách"))
            if _LOST_SEPARATORS.match(parts[0])
            else _unreadable()
        )
    if not _has_old_id(parts):
        parts.insert(1, "")
    if len(parts) < 7:
        raise _incomplete(Message("phần cuối của thẻ")) if _is_figures(parts[0]) else _unreadable()
    return parts[:7]


def _has_old_id(parts: list[str]) -> bool:
    """True when the second part is the old number, judged by where birth date and Nam/Nữ stand."""
    if _BIRTH.fullmatch(parts[2]) or parts[3:4] in ([MALE], [FEMALE]):
        return False
    return len(parts) != 6 or bool(_BIRTH.fullmatch(parts[3])) or parts[4] in _SEXES


def _require_figures(number: str, old_id: str, born: str, issued: str) -> None:
    figures = (
        (number, Message("số")),
        (old_id, Message("số CMND cũ")),
        (born, Message("ngày sinh")),
        (issued, Message("ngày cấp")),
    )
    for part, what in figures:
        if part and not _is_figures(part):
            raise _unreadable() if part.isascii() else _garbled(what)
    if len(number) != 12:
        raise _garbled(Message("số (phải đủ 12 chữ số)")) if number else _unreadable()
    if not _BIRTH.fullmatch(born):
        raise _garbled(Message("ngày sinh")) if born else _incomplete(Message("ngày sinh"))
    if issued and len(issued) != 8:
        raise _incomplete(Message("ngày cấp"))


def _require_letters(name: str, sex: str, address: str) -> None:
    if not name:
        raise _incomplete(Message("họ tên"))
    if any(map(unicodedata.combining, name + address)):  # a mark that found no letter to sit on
        raise _garbled(Message("họ tên, địa chỉ"))
    if any(not _is_name_character(char) for char in name):
        raise _encoding(Message("họ tên"))
    if _LOST_MARKS.search(address) or any(
        char.isalpha() and not _is_letter(char) for char in address
    ):
        raise _encoding(Message("địa chỉ"))
    if sex not in _SEXES:
        raise (
            _encoding(Message("giới tính"))
            if sex.isascii() or not all(map(_is_letter, sex))
            else _garbled(Message("giới tính"))
        )
    if _DOUBLED.search(toneless(name)) or any(len(tones(word)) > 1 for word in _words(name)):
        raise _garbled(Message("họ tên"))
    if _DOUBLED.search(toneless(address)) or _TONE_BEFORE_FIGURE.search(address):
        raise _garbled(Message("địa chỉ"))


def _birth(text: str) -> tuple[date | None, str]:
    """Read ddMMyyyy; an unknown day or month is 00MMyyyy, 0000yyyy, yyyy (docs/sources.md [G])."""
    day, month, year = (text[:2], text[2:4], text[4:]) if len(text) == 8 else ("00", "00", text)
    shown = "/".join(part for part in (day, month, year) if part != "00")
    try:
        born = date(int(year), int(month) or 1, int(day) or 1)
    except ValueError:
        raise _no_such_date(Message("Ngày sinh"), f"{day}/{month}/{year}") from None
    if month == "00" and day != "00":
        raise _no_such_date(Message("Ngày sinh"), f"{day}/{month}/{year}")
    return (None if day == "00" else born), shown


def _issued(text: str) -> date | None:
    if not text:
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        raise _no_such_date(Message("Ngày cấp"), f"{text[:2]}/{text[2:4]}/{text[4:]}") from None


def _is_figures(text: str) -> bool:
    return text.isascii() and text.isdigit()


# --- letters


def _is_name_character(char: str) -> bool:
    return char in " '’.-" or _is_letter(char)


def _is_letter(char: str) -> bool:
    """True for letters of Vietnamese and of the Latin spelling of Vietnam's other languages."""
    base, *marks = list(unicodedata.normalize("NFD", char))  # ŏ, č, ñ as well
    return char in "đĐ" or (base.isascii() and base.isalpha() and set(marks) <= _MARKS)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


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
