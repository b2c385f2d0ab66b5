"""The way names are written: a person's with a capital for each part, an organisation's by kind."""

import re
from collections.abc import Sequence

from cchc_desk.domain.text.vietnamese import APOSTROPHES, clean_line, exact_key, fold

_LETTER = rf"[^\W\d_{APOSTROPHES}]"
# Đào, H'Hen, K’Brêu, HʼYam, Hoài-An, J.
_PLAIN = re.compile(rf"{_LETTER}+(?:[{APOSTROPHES}.-]{_LETTER}+)*[{APOSTROPHES}.]?")
_PARTS = re.compile(rf"[-.]|(?<=^.)[{APOSTROPHES}]|(?<=[-.].)[{APOSTROPHES}]")
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


# --- organisations --------------------------------------------------------------------------------

# Legal forms and kinds with the capitals of their own: Luật Doanh nghiệp, Nghị định 30/2020/NĐ-CP.
_FORMS = """
Công ty|Công ti|Tổng công ty|Công ty Cổ phần|Cổ phần|Hợp danh
Trách nhiệm hữu hạn|Một thành viên|Hai thành viên trở lên
Hợp tác xã|Liên hiệp hợp tác xã|Tổ hợp tác|Doanh nghiệp tư nhân|Doanh nghiệp|Hộ kinh doanh
Tập đoàn|Chi nhánh|Văn phòng|Văn phòng đại diện|Địa điểm kinh doanh|Cửa hàng|Nhà máy|Xí nghiệp
Cơ sở|Nhà thuốc|Phòng khám|Bệnh viện|Đa khoa|Trung tâm|Trạm Y tế|Trung tâm Y tế|Y tế|Ngân hàng
Quỹ Tín dụng nhân dân|Chính sách xã hội|Bảo hiểm xã hội|Phòng Công chứng|Văn phòng Công chứng
Trường Mầm non|Trường Mẫu giáo|Trường Tiểu học|Mầm non|Mẫu giáo|Tiểu học|Trung học cơ sở
Trung học phổ thông|Phổ thông|Giáo dục nghề nghiệp|Giáo dục thường xuyên|Cao đẳng|Đại học
Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Mặt trận Tổ quốc Việt Nam|Mặt trận Tổ quốc
Hội Nông dân|Hội Phụ nữ|Hội Liên hiệp Phụ nữ|Hội Cựu chiến binh|Hội Người cao tuổi|Hội Chữ thập đỏ
Đoàn Thanh niên|Liên đoàn Lao động|Công đoàn|Ban Quản lý|Ban Quản lý dự án|Ban Chỉ huy Quân sự
Công an phường|Công an xã|Công an tỉnh|Công an thành phố|Tòa án nhân dân
Viện kiểm sát nhân dân|Hành chính công|Xã hội
"""
# Abbreviations that hold a vowel; a word without any is one by itself (TNHH, MTV, CP, HTX, THCS).
_ABBREVIATIONS = frozenset(("ubnd", "ubmttq", "ubmttqvn", "qlda", "ttyt", "bqlda", "dntn"))
_SMALL = """
và|của|cho|về|tại|số
phường|xã|đặc khu|thị trấn|quận|huyện|thị xã|tỉnh|thành phố|ấp|khóm|khu vực|thôn
"""
_WORDS = re.compile(r"\w+(?:['’.]\w+)*")
_VOWELS = frozenset("aeiouy")


def organisation_with_capitals(name: str) -> str:
    """Return the name of an organisation: "công ty tnhh mtv an phú" -> "Công ty TNHH MTV An Phú".

    Legal forms, kinds and abbreviations have the capitals of their own, other words one each. Only
    small letters change, and none of a name whose first word has a capital: it was meant that way,
    as was one all in capitals.
    """
    line = clean_line(name)
    words = list(_WORDS.finditer(line))
    if not words or not words[0][0].islower():
        return line
    texts = [word[0] for word in words]
    written: list[str] = []
    while len(written) < len(texts):
        written += _next_words(texts[len(written) :], is_first=not written)
    for word, text in zip(words, written, strict=True):
        if word[0].islower():
            line = line[: word.start()] + text + line[word.end() :]
    return line


def citizen_with_capitals(name: str) -> str:
    """Return the name of one who did not say their kind: what begins as an organisation is one."""
    words = [word[0] for word in _WORDS.finditer(clean_line(name))]
    forms = (known for known, has_capitals in _KNOWN if has_capitals)
    is_organisation = any(_are(words, known, or_bare=True) for known in forms)
    return organisation_with_capitals(name) if is_organisation else with_capitals(name)


def _next_words(words: Sequence[str], *, is_first: bool) -> list[str]:
    """Return the longest known form that the words begin with, as it is written; else one word."""
    for known, has_capitals in _KNOWN:
        is_in_place = has_capitals or (len(words) > len(known) and not is_first)
        if is_in_place and _are(words, known, or_bare=has_capitals):
            return [
                word.lower() if one.islower() else word[:1].upper() + word[1:].lower()
                for word, one in zip(words, known, strict=False)
            ]
    word = words[0]
    bare = fold(word)
    if bare in _ABBREVIATIONS or (len(bare) > 1 and bare.isalpha() and not _VOWELS & set(bare)):
        return [word.upper()]
    text = _word(word)
    return [text[:1].upper() + text[1:] if is_first else text]


def _are(words: Sequence[str], known: Sequence[str], *, or_bare: bool) -> bool:
    """Return True if the words begin with the known ones, with their marks `or_bare` of any."""
    typed = words[: len(known)]
    return len(typed) == len(known) and all(
        exact_key(word) == exact_key(one) or (or_bare and word.lower() == fold(one))
        for word, one in zip(typed, known, strict=True)
    )


def _known() -> list[tuple[list[str], bool]]:
    """Return forms and small words, the longest first; True for those with a capital."""
    forms = [(one.split(), True) for one in re.split(r"[|\n]", _FORMS.strip())]
    small = [(one.split(), False) for one in re.split(r"[|\n]", _SMALL.strip())]
    return sorted(forms + small, key=lambda known: -len(known[0]))


_KNOWN = _known()
