"""Characters that the papers can print, asked wherever a text comes in that will stand on one.

What a desk of an older version stored stays printable, with boxes; nothing is signed with one.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.text.vietnamese import TONES, clean_line, nfc
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk

_MOST_SHOWN = 12
_SIGN, _STRANGE = later("hình biểu cảm, ký hiệu"), later("ký tự lạ")
_SCRIPTS = {
    "KHMER": later("chữ Khmer"),
    "CHAM": later("chữ Chăm"),
    "CJK": later("chữ Hán"),
    "HANGUL": later("chữ Hàn"),
    "HIRAGANA": later("chữ Nhật"),
    "KATAKANA": later("chữ Nhật"),
    "THAI": later("chữ Thái"),
    "LAO": later("chữ Lào"),
    "TAI": later("chữ Thái Việt Nam"),
    "CYRILLIC": later("chữ Nga (có chữ trông như chữ Latinh)"),
    "GREEK": later("chữ Hy Lạp (có chữ trông như chữ Latinh)"),
}
_VOWELS = "aăâeêioôơuưy"
_TONED = "".join(nfc(vowel + tone) for vowel in _VOWELS for tone in TONES)
_LETTERS = _VOWELS + _TONED + "đ"
# Nearly every text is of these alone: the fonts are not opened for it.
COMMON = frozenset(
    "".join(map(chr, range(0x20, 0x7F))) + _LETTERS + _LETTERS.upper() + "–—“”‘’…«»§°²³½×·\n"
)
_SIGNED_SETTINGS = ("parent_agency", "unit_name", "place", "hotline", "local_order")


@dataclass(frozen=True)
class Missing:
    """Characters that no paper can print: their kinds in words, and as they are shown.

    Whose own screen has no letters for them either reads the kind.
    """

    kinds: str
    characters: str


def missing_in(text: str) -> Missing | None:
    """Return what no paper can print of this text; None where all of it can be printed."""
    if COMMON.issuperset(text):
        return None
    from cchc_desk.papers.layout.fonts import missing_characters  # the fonts take 0.1 s to open

    missing = missing_characters(nfc(text))
    if not missing:
        return None
    shown = "".join(char for char in missing if char.isprintable())
    codes = [f"U+{ord(char):04X}" for char in missing if not char.isprintable()]
    return Missing(
        ", ".join(dict.fromkeys(_(_kind(char)) for char in missing)),
        ", ".join(filter(None, (shown[:_MOST_SHOWN], *codes[:_MOST_SHOWN]))),
    )


def _kind(char: str) -> str:
    """Return what a clerk calls such a character."""
    script = unicodedata.name(char, "").partition(" ")[0]
    if unicodedata.category(char).startswith("S"):
        return _SIGN
    return _SCRIPTS.get(script, _STRANGE)


def not_printable(text: str, field: str | None) -> Refused | None:
    """Return the Refused("not-printable") for this text; None where a paper can print all of it."""
    missing = missing_in(text)
    if missing is None:
        return None
    return Refused(
        "not-printable",
        _(
            "Giấy tờ không in được {kinds}; hãy bỏ đi hoặc viết bằng chữ Latinh như trên giấy tờ "
            "tùy thân. Không in được: «{characters}»"
        ).format(kinds=missing.kinds, characters=missing.characters),
        field,
    )


def check_printable(text: str, field: str | None) -> None:
    """Raise not_printable()."""
    refused = not_printable(text, field)
    if refused:
        raise refused


def printable_line(text: str, field: str | None) -> str:
    """Return one clean line. Raises Refused("not-printable")."""
    line = clean_line(text)
    check_printable(line, field)
    return line


def texts_in(value: object) -> Iterator[str]:
    """Yield every text of a setting's value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.items():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def check_signing(desk: Desk, dossier: Dossier, texts: Iterable[str]) -> None:
    """Refuse to sign a paper of this dossier with a box on it; `texts` is what else it says.

    Older versions let such texts in. Raises Refused("not-printable").
    """
    of_dossier = "".join(texts_in([*vars(dossier.applicant).values(), *texts]))
    missing = missing_in(of_dossier + dossier.procedure_name + dossier.field + dossier.portal_code)
    if missing:
        raise Refused(
            "not-printable",
            _(
                "Hồ sơ {code} có {kinds}, giấy tờ không in được; hãy Sửa thông tin (hoặc viết lại "
                "lý do) bằng chữ Latinh rồi ký. Không in được: «{characters}»"
            ).format(code=dossier.code, kinds=missing.kinds, characters=missing.characters),
        )
    me = desk.official
    of_office = [me.name, me.title] if me else []
    missing = missing_in("".join((*of_office, *(desk.settings[key] for key in _SIGNED_SETTINGS))))
    if missing:
        raise Refused(
            "not-printable",
            _(
                "Tên người ký hoặc Cài đặt có {kinds}, giấy tờ không in được; hãy sửa trong Cài "
                "đặt rồi ký. Không in được: «{characters}»"
            ).format(kinds=missing.kinds, characters=missing.characters),
        )
