"""Vietnamese text: its clean form, search keys, alphabetical order, and valid syllables."""

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile("[\u0300-\u036f]+")
# Never meant here: letters and signs that look like đ, full-width forms, rare dashes, apostrophes
# of Windows-1252 and of phonetics, and what has no form of its own (fillers are blanks).
_LIKE_OTHERS = dict(
    zip("ÐƉƊƋꟇðɖɗƌꟈ₫‐‑‒⁃−﹘﹣‛ʽ\x91\x92ˋˊ", "ĐĐĐĐĐđđđđđđ-------’’‘’`´", strict=True)
)
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FILLERS = dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " ")
_FORMLESS = "\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_UNIFIED = str.maketrans(_LIKE_OTHERS | _FILLERS) | _WIDE
_INVISIBLE = re.compile(f"[{_FORMLESS}]")
_TO_UNIFY = re.compile(f"[{''.join(_LIKE_OTHERS)}{''.join(_FILLERS)}{_FORMLESS}\uff01-\uff5e]")
# One sign in the names of many peoples, on keyboards and in encodings several.
APOSTROPHES = "'’‘ʼʻ`´ʹˈ′＇ꞌ"
# Letters of other scripts that look like Latin ones: a name copied from elsewhere may hold them.
LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοντ",
        "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXovt",
        strict=True,
    )
)
_KEYS = str.maketrans(
    {letter.lower(): like.lower() for letter, like in LOOK_ALIKES.items()}
    | dict.fromkeys("ðɖ", "d")
    | dict.fromkeys(APOSTROPHES, " ")
)
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_JOINING = re.compile(f"(?<=[^\\W\\d_])[{APOSTROPHES}]+(?=[^\\W\\d_])")
_PLAIN_WORD = re.compile("[0-9a-z]+")
# huyền hỏi ngã sắc nặng: their dictionary order; ngang has no mark
TONES = "\u0300\u0309\u0303\u0301\u0323"
# Circumflex, breve, horn: they make another letter, not another tone.
_SHAPES = "\u0302\u0306\u031b"
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# What stands before the letters, in the order of the Unicode collation algorithm.
_BEFORE_LETTERS = " _-–—,;:!?.'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$0123456789"
_WEIGHT = {char: bytes([place]) for place, char in enumerate(_BEFORE_LETTERS + _ALPHABET, start=2)}
_NO_MORE_MARKS = b"\x02"
_END = b"\x01"  # below every weight, so that a shorter word stands before a longer one
_CLUSTER = re.compile(".[\u0300-\u036f]*", re.DOTALL)
# A syllable that ends in p, t, c, ch takes only sắc or nặng.
_TONES_BEFORE_STOP = ("\u0301", "\u0323")
_SYLLABLE = re.compile(
    "(?!quo[ae])(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    "(?:(?:[aăâeêioôơuưy]|iê|yê|uô|ươ|oa|oă|oe|oo(?=ng|c)|uâ|uê|uơ|uy|uyê)(?:ch|ng|nh|[cmnpt])?"
    "|ia|ya|ua|ưa|uya|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|iêu|yêu|oai|oay|oao|oeo|uây|uôi"
    "|ươi|ươu|uyu)"
)
# The old habit marks the first vowel of oa, oe, uy (hòa, thúy), the new one the second (hoà, thuý).
_OLD_PLACEMENT = re.compile(f"(o(?=.[ae])|u(?=.y))([{TONES}])([aey])(?![{_SHAPES}{TONES}])")


def nfc(text: str) -> str:
    """Return the composed Unicode form: the only one that is stored or compared."""
    return unicodedata.normalize("NFC", text)


def unified(text: str) -> str:
    """Return the text with one letter or sign for those that look alike, none without a form."""
    if text.isascii() or not _TO_UNIFY.search(text):
        return text
    return _INVISIBLE.sub("", text).translate(_UNIFIED)


def clean_line(text: str) -> str:
    """Return one NFC line with single blanks, without control or zero-width characters.

    Letters that only look like đ (Ð, ð of Iceland, Ɖ of Africa) are đ, full-width ones narrow, rare
    dashes a hyphen.
    """
    text = unified(text)
    if text.isprintable() and unicodedata.is_normalized("NFC", text) and "  " not in text:
        return text.strip()
    spaced = " ".join(text.split())
    visible = "".join(ch for ch in spaced if unicodedata.category(ch) not in ("Cc", "Cf", "Cs"))
    return " ".join(nfc(visible).split())


def fold(text: str) -> str:
    """Return the search key: "Nguyễn Thị Ánh-Đào" -> "nguyen thi anh dao".

    No marks, đ as d, lower case; digits and letters stay, everything else is one blank. Old and new
    tone placement fold alike, because the tones are gone.
    """
    bare = text.lower()
    if not bare.isascii():
        bare = _MARKS.sub("", unicodedata.normalize("NFKD", bare)).replace("đ", "d")
    if bare.isascii():
        return " ".join(_PLAIN_WORD.findall(bare))
    return " ".join("".join(map(_letter_or_blank, bare.translate(_KEYS))).split())


def without_apostrophes(text: str) -> str:
    """Return the text with the parts of each name joined: "H’Nhơn" -> "HNhơn"."""
    return _JOINING.sub("", text)


@lru_cache(maxsize=4096)  # a list of dossiers asks twice for each owner, to sort and to find
def exact_key(text: str) -> str:
    """Return the key that ranks hits with the very same marks first: lower case, hòa as hoà."""
    return " ".join(map(_exact_word, clean_line(text).split(" ")))


@lru_cache(maxsize=4096)  # names are made of few words
def _exact_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().translate(_ONE_APOSTROPHE))
    return nfc(_OLD_PLACEMENT.sub(r"\1\3\2", decomposed))


def tones(word: str) -> str:
    """Return the tone marks of a word, as combining characters; "" for ngang."""
    return "".join(mark for mark in unicodedata.normalize("NFD", word) if mark in TONES)


def toneless(text: str) -> str:
    """Return the text without its tones: "Nguyễn" -> "Nguyên"."""
    return nfc("".join(char for char in unicodedata.normalize("NFD", text) if char not in TONES))


def is_syllable(word: str) -> bool:
    """True when Vietnamese spelling allows this word, in any case; one syllable, letters only."""
    tone, bare = tones(word), toneless(word.lower())
    if len(tone) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(("p", "t", "c", "ch")) or tone in _TONES_BEFORE_STOP


def sort_key(text: str) -> bytes:
    """Return Vietnamese dictionary order as bytes, to be stored and compared as a BLOB.

    The letters of the whole text decide first (a ă â b c d đ e ê …), then the tones (ngang huyền
    hỏi ngã sắc nặng), then case (small before capital): the order of ICU's "vi".
    """
    letters, tones, cases = _weights(text)
    return letters + _END + tones + _END + cases


def name_sort_key(full_name: str) -> bytes:
    """Return the order of a class list: given name (last word), family name (first), middle."""
    words = exact_key(full_name).split()
    parts = (words[-1:], words[:1], words[1:-1])
    return (
        b"".join(_caseless_key(" ".join(part)) for part in parts) + clean_line(full_name).encode()
    )


@lru_cache(maxsize=4096)  # few family and given names are borne by many
def _caseless_key(text: str) -> bytes:
    letters, tones, _ = _weights(text)
    return letters + _END + tones + _END


def _letter_or_blank(char: str) -> str:
    # "M": the vowel signs of other scripts (Khmer) are part of the word.
    return char if char.isalnum() or unicodedata.category(char).startswith("M") else " "


def _weights(text: str) -> tuple[bytes, bytes, bytes]:
    """Return letters, tones and cases of `text`; the latter two have a part for each letter."""
    weighed = [_weigh(cluster) for cluster in _CLUSTER.findall(nfc(text))]
    letters, tones, cases = zip(*weighed, strict=True) if weighed else ((), (), ())
    return b"".join(letters), b"".join(tones), b"".join(cases)


@lru_cache(maxsize=2048)
def _weigh(cluster: str) -> tuple[bytes, bytes, bytes]:
    """Return a letter's weight, the weight of its tone and the weight of its case."""
    case = b"\x02" if cluster == cluster.lower() else b"\x03"
    base, *marks = list(unicodedata.normalize("NFD", cluster.lower()))
    for shape in _SHAPES:
        letter = nfc(base + shape)
        if shape in marks and letter in _WEIGHT:
            marks.remove(shape)
            base = letter
    tones = b"".join(map(_mark, marks)) + _NO_MORE_MARKS
    return _WEIGHT.get(base) or _foreign(base), tones, case


def _mark(mark: str) -> bytes:
    return bytes([3 + TONES.index(mark)]) if mark in TONES else _foreign(mark)


def _foreign(char: str) -> bytes:
    """Weigh a character outside the Vietnamese alphabet: after all of it, in Unicode's order."""
    return b"\xff" + ord(char).to_bytes(3, "big")
