"""Text in the old Vietnamese encodings TCVN3 (.VnTime) and VNI (VNI-Times): detected and decoded.

Both put Vietnamese letters in the places of Western ones, so "Nguyễn" arrives as "NguyÔn" or
"Nguyeãn". The tables are facts of the two standards (TCVN 5712:1993, VNI for Windows); why they
stand here: docs/decisions/008.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cchc_desk.domain.text.vietnamese import is_syllable, nfc

_TCVN3_LETTERS = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# VNI writes a second character behind a letter: the marks that each of them adds.
_VNI_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(
    zip("âàáåãä", ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True)
)
_VNI_BREVE = dict(
    zip("êèéúüë", ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True)
)
_VNI_ALONE = dict(zip("ñôöìíæóòî", "đơưìíỉĩịỵ", strict=True))

# A run between blanks, figures and ASCII signs.
_PIECE = re.compile(r"[^\s0-9!-/:-@\[-`{-~]+")
_QUOTES = "«»“”‘’·§©®"  # ordinary signs around a word
_FEW_LETTERS = 4  # a shorter word may be of any language
_MOST_OF = 0.8
_MOST_PIECES = 600
_FEWEST_IN_PART = 2
_U_IN_TCVN3 = "\xad"  # a soft hyphen, which programs show as a hyphen or take out
_HYPHEN_FOR_U = re.compile("(?<=[A-Za-z])-(?=[¬êëìíî])")
# No rhyme of Vietnamese: there was ươ, whose ư is that soft hyphen.
_LOST_U = re.compile("(?<![ưƯ])[ơờởỡớợƠỜỞỠỚỢ](?=(?:ng|c|u)(?![a-z]))", re.IGNORECASE)

_LOST_ALONE = re.compile(  # H­ng without its ư: no syllable is without a vowel
    r"(?<=\b[bcdđghklmnprstvx])ng\b|(?<=\b(?:ch|gh|kh|nh|ph|th|tr))ng\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Suggestion:
    """The text most probably meant, and the encoding it came in ("TCVN3" or "VNI").

    Not `is_sure`: a sign was lost on the way, or only a part of the line is in that encoding.
    """

    encoding: str
    text: str
    is_sure: bool = True


def as_unicode(text: str) -> Suggestion | None:
    """Decode `text` when it is in an old encoding.

    None for ordinary text of any language, codes and numbers.
    """
    line = _HYPHEN_FOR_U.sub(_U_IN_TCVN3, text)
    pieces = [
        piece
        for piece in _PIECE.findall(line)
        if not piece.isascii() and any(map(str.isalpha, piece))
    ]
    if any(map(_is_foreign, "".join(pieces))):
        return _in_part(text, pieces)
    if not pieces:
        return None
    weights = [_weigh(pieces, encoding) for encoding in _ENCODINGS]
    best = max(range(len(_ENCODINGS)), key=lambda number: weights[number])
    if not any(weights[best]):
        return None
    encoding = _ENCODINGS[best]
    if encoding.name != "TCVN3":
        line = text
    found = _PIECE.sub(lambda piece: encoding.decode(piece[0]), line)
    whole = _with_lost_u(found)
    return Suggestion(encoding.name, whole, is_sure=whole == found and line == text)


def _with_lost_u(text: str) -> str:
    return _LOST_ALONE.sub(_with_u, _LOST_U.sub(_with_u, text))


def _with_u(found: re.Match[str]) -> str:
    return ("Ư" if found[0].isupper() else "ư") + found[0]


def _in_part(text: str, pieces: list[str]) -> Suggestion | None:
    """Decode the words that read in an old encoding only, in a line with words in Unicode.

    None unless there are several of them, and no other words that cannot be read.
    """
    strange = [piece for piece in pieces if not _reads_as_it_stands(piece)]
    old = {piece for piece in strange if not any(map(_is_foreign, piece))}
    if len(old) < _FEWEST_IN_PART or len(old) < len(set(strange)):
        return None
    for encoding in _ENCODINGS:
        if all(map(encoding.reads, old)) and any(map(encoding.is_odd, old)):
            decoded = {piece: encoding.decode(piece) for piece in old}
            words = re.split(f"({_PIECE.pattern})", text)
            found = "".join(decoded.get(word, word) for word in words)
            return Suggestion(encoding.name, _with_lost_u(found), is_sure=False)
    return None


@dataclass(frozen=True)
class LegacyEncoding:
    """An old encoding in which a whole table came ("TCVN3" or "VNI")."""

    name: str

    def decode_text(self, text: str) -> str:
        """Return the text in Unicode; a text that is Unicode already stays as it is."""
        if any(map(_is_foreign, text)):
            return text
        decode = next(each.decode for each in _ENCODINGS if each.name == self.name)
        return _PIECE.sub(lambda piece: decode(piece[0]), text)


def legacy_encoding_of(texts: Iterable[str]) -> LegacyEncoding | None:
    """Return the old encoding of the texts of one table; None where they are no such thing."""
    pieces = [
        piece
        for text in texts
        if not any(map(_is_foreign, text))
        for piece in _PIECE.findall(text)
        if not piece.isascii() and piece != _U_IN_TCVN3  # in a code it is an invisible hyphen
    ][:_MOST_PIECES]
    if not pieces:
        return None
    plain = sum(map(_reads_as_it_stands, pieces))
    counts = {each.name: sum(map(each.reads, pieces)) for each in _ENCODINGS}
    best = max(counts, key=counts.__getitem__)
    if counts[best] <= plain or counts[best] < _MOST_OF * len(pieces):
        return None
    return LegacyEncoding(best)


def _is_foreign(char: str) -> bool:
    """True for characters the old encodings did not have: Vietnamese in Unicode, another script."""
    return ord(char) > 0xFF and char not in _QUOTES


def _weigh(pieces: list[str], encoding: "_Encoding") -> tuple[int, int, int]:
    """Count the pieces that are syllables only when decoded, are syllables at all, look odd.

    (0, 0, 0) when there is too little to go by.
    """
    strange = [piece for piece in pieces if not _reads_as_it_stands(piece)]
    readable = [piece for piece in pieces if encoding.reads(piece)]
    better = [piece for piece in readable if piece in strange]
    if (
        not better
        or len(better) < _MOST_OF * len(strange)
        or len(readable) < _MOST_OF * len(pieces)
    ):
        return 0, 0, 0
    if (
        len(better) == 1
        and not encoding.is_odd(better[0])
        and len(encoding.decode(better[0])) < _FEW_LETTERS
    ):
        return 0, 0, 0
    return len(better), len(readable), sum(map(encoding.is_odd, better))


def _reads_as_it_stands(piece: str) -> bool:
    word = piece.strip(_QUOTES)
    return not word or word.isascii() or is_syllable(word)


# --- the encodings


@dataclass(frozen=True)
class _Encoding:
    """An old encoding: its signs, its decoder, and combinations that no living spelling has."""

    name: str
    signs: str
    decode: Callable[[str], str]
    oddity: re.Pattern[str]

    def reads(self, piece: str) -> bool:
        return all(char.isascii() or char in self.signs for char in piece) and is_syllable(
            self.decode(piece)
        )

    def is_odd(self, piece: str) -> bool:
        return bool(self.oddity.search(piece))


def _tcvn3(piece: str) -> str:
    decoded = "".join(_TCVN3_LETTERS.get(char, char) for char in piece)
    in_capitals = any(char.isascii() for char in piece) and all(
        char.isupper() for char in piece if char.isascii()
    )
    # The capital fonts (.VnTimeH) drew small codes as capitals.
    many = len(piece) > 1 and in_capitals
    return decoded.upper() if many and not _begins_only(piece) else decoded


def _begins_only(piece: str) -> bool:
    """True for a single plain capital at the beginning: a name such as Hµ."""
    return piece[0].isascii() and not any(char.isascii() for char in piece[1:])


def _vni(piece: str) -> str:
    return nfc("".join(map(_vni_letter, re.findall("(?i)[aeiouôöy][øùûõïâàáåãäêèéúüë]|.", piece))))


def _vni_letter(written: str) -> str:
    letter, mark = written[0], written[1:].lower()
    base = _cased(_VNI_ALONE.get(letter.lower(), letter.lower()), letter)
    if mark in _VNI_TONES:
        return base + _VNI_TONES[mark]
    if mark and mark in _VNI_CIRCUMFLEX and letter.lower() in "aeo":
        return f"{base}\u0302{_VNI_CIRCUMFLEX[mark]}"
    if mark and mark in _VNI_BREVE and letter.lower() == "a":
        return f"{base}\u0306{_VNI_BREVE[mark]}"
    return base + "".join(map(_vni_letter, written[1:]))


def _cased(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


_VNI_SIGNS = "".join((*_VNI_TONES, *_VNI_CIRCUMFLEX, *_VNI_BREVE, *_VNI_ALONE))
_ENCODINGS = (
    # a sign amid letters, a capital behind a small letter
    _Encoding("TCVN3", "".join(_TCVN3_LETTERS), _tcvn3, re.compile("[¡-¿×÷][a-z]|[a-z][¡-¿À-Þ]")),
    # two vowels for one
    _Encoding(
        "VNI", _VNI_SIGNS + _VNI_SIGNS.upper(), _vni, re.compile("(?i)[aeo][âàáåãä]|[aeouyôö][øõû]")
    ),
)
