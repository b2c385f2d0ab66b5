"""The way a person's name is written: each part with a capital."""

import re

from cchc_desk.domain.text.vietnamese import clean_line

_PLAIN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*['’.]?")  # Đào, H'Hen, K’Brêu, Hoài-An, J.
_PARTS = re.compile(r"[-.]|(?<=^.)['’]|(?<=[-.].)['’]")
_JOINING = frozenset(("và",))  # between two people


def with_capitals(name: str) -> str:
    """Return the name as people write theirs: "nguyễn thị ánh đào" -> "Nguyễn Thị Ánh Đào".

    Words all in small letters or all in capitals get one capital; a mixed word was meant that way.
    After the one letter that stands before an apostrophe (H'Hen, K'Brêu) and after a hyphen comes
    a capital again. Words with figures or other signs stay.
    """
    return " ".join(map(_word, clean_line(name).split()))


def _word(word: str) -> str:
    letters = sum(map(str.isalpha, word))
    is_shouted = word.isupper() and letters > 1
    if not _PLAIN.fullmatch(word) or not (word.islower() or is_shouted) or word in _JOINING:
        return word
    starts = {0, *(match.end() for match in _PARTS.finditer(word))}
    return "".join(
        letter.upper() if place in starts else letter.lower() for place, letter in enumerate(word)
    )
