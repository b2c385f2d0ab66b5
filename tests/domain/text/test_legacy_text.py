"""TCVN3 and VNI are told and put right; ordinary text of any language is never suspected."""

import csv
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from cchc_desk.domain.text.legacy_text import Suggestion, as_unicode
from cchc_desk.domain.text.vietnamese import is_syllable, nfc

_SENTENCES = [
    line
    for name in ("catalogue/procedures.csv", "communes/communes.csv")
    for row in csv.reader(resources.read_text(name).splitlines())
    for line in row
    if " " in line
]
_NAMES = [
    f"{family} {middle} {given_name}"
    for family in ("Nguyễn", "Trần", "Lê", "Đặng", "Huỳnh", "Võ", "Thạch", "Ngô")
    for middle in ("Thị", "Văn", "Hữu", "Ngọc", "Thị Ánh", "Quốc")
    for given_name in (
        "Hường",
        "Ước",
        "Đào",
        "Thảo",
        "Hà",
        "Cả",
        "Kỷ",
        "Mỹ",
        "Út",
        "Bảy",
        "Na",
        "Nữ",
        "Vân",
    )
]
_VNI_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_CIRCUMFLEX = {
    "": "â",
    "\u0300": "à",
    "\u0301": "á",
    "\u0309": "å",
    "\u0303": "ã",
    "\u0323": "ä",
}
_VNI_BREVE = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_ALONE = dict(zip("đơưìíỉĩịỵ", "ñôöìíæóòî", strict=True))


def in_tcvn3(text: str) -> str:
    """As an old file would be pasted; iconv writes capitals with tones differently, so these come
    as small ones.
    """
    small = "".join(char if char in "ĂÂĐÊÔƠƯ" or char.isascii() else char.lower() for char in text)
    made = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], input=small.encode(), capture_output=True
    )
    if made.returncode:
        pytest.skip("no iconv that knows TCVN5712-1")
    return made.stdout.decode("latin-1")


def in_vni(text: str) -> str:
    return "".join(map(_vni_letter, nfc(text)))


def _vni_letter(char: str) -> str:
    small = char.lower()
    base, *marks = list(unicodedata.normalize("NFD", small))
    tone = next((mark for mark in marks if mark in _VNI_MARKS), "")
    if small in _VNI_ALONE:
        written = _VNI_ALONE[small]
    elif "\u0302" in marks:
        written = base + _VNI_CIRCUMFLEX[tone]
    elif "\u0306" in marks:
        written = base + _VNI_BREVE[tone]
    else:
        letter = _VNI_ALONE.get(nfc(base + "\u031b"), base) if "\u031b" in marks else base
        written = letter + _VNI_MARKS.get(tone, "")
    return written.upper() if char != small else written


@pytest.mark.parametrize(
    ("pasted", "encoding", "meant"),
    [
        ("NguyÔn ThÞ H­êng", "TCVN3", "Nguyễn Thị Hường"),
        ("§Æng ¦íc", "TCVN3", "Đặng Ước"),
        ("céng hßa x· héi chñ nghÜa viÖt nam", "TCVN3", "cộng hòa xã hội chủ nghĩa việt nam"),
        ("NGUYÔN THÞ ¸NH", "TCVN3", "NGUYỄN THỊ ÁNH"),
        ("Th¶o", "TCVN3", "Thảo"),
        ("sè 12/3A, Ninh KiÒu (CÇn Th¬)", "TCVN3", "số 12/3A, Ninh Kiều (Cần Thơ)"),
        ("Nguyeãn Thò Höôøng", "VNI", "Nguyễn Thị Hường"),
        ("Ñaëng Öôùc", "VNI", "Đặng Ước"),
        ("UÛY BAN NHAÂN DAÂN", "VNI", "ỦY BAN NHÂN DÂN"),
        ("Ñaø Naüng", "VNI", "Đà Nẵng"),
    ],
)
def test_old_text_is_told(pasted: str, encoding: str, meant: str) -> None:
    assert as_unicode(pasted) == Suggestion(encoding, meant)


@pytest.mark.parametrize(
    "text",
    [
        "", "Nguyễn Thị Hường", "Thái", "Lê Thái Tô", "«Thái Bình»", "ca phê", "Hà", "Cà Mau",
        "Trí", "ông Ba", "092190001234", "H13.31-261123-0001", "0907 123 456", "an@cantho.gov.vn",
        "GT-0007", "12/3A", "Nguyen Van A", "café", "résumé Noël", "São Paulo", "Män",
        "où est Noël", "20°C 50µg § 5", "José Müller", "© 2024 Công ty", "à la carte",
        "crème brûlée", "naïve façade", "Zürich für Köln", "Señor Muñoz", "½ cup, 1½", "£5 ¥3 ±2",
        "Điều 5 · khoản 2", "đ", "ជំរាបសួរ", "中文", "🙂", "Öl", "Bjørn Ærø", "a\u0303o",
    ],
)  # fmt: skip
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert as_unicode(text) is None


@given(st.sampled_from(_SENTENCES + _NAMES))
def test_no_alarm_on_real_vietnamese(text: str) -> None:
    assert as_unicode(nfc(text)) is None


@given(st.lists(st.sampled_from(" ".join(_SENTENCES + _NAMES).split()), max_size=6).map(" ".join))
def test_no_alarm_on_any_of_its_words(text: str) -> None:
    assert as_unicode(nfc(text)) is None


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_no_alarm_on_plain_text(text: str) -> None:
    assert as_unicode(text) is None


@given(st.text())
def test_anything_at_all_is_answered(text: str) -> None:
    as_unicode(text)


@given(st.sampled_from(_NAMES))
def test_names_come_back_from_tcvn3(name: str) -> None:
    found = as_unicode(in_tcvn3(name))
    assert found is not None
    assert (found.encoding, found.text.lower()) == ("TCVN3", name.lower())


@given(st.sampled_from(_NAMES))
def test_names_come_back_from_vni(name: str) -> None:
    assert as_unicode(in_vni(name)) == Suggestion("VNI", name)


@given(st.sampled_from([line for line in _SENTENCES if len(line.split()) > 4]))
def test_sentences_come_back_from_both(sentence: str) -> None:
    old_enough = all(is_syllable(word) or word.isascii() for word in sentence.split())
    if not old_enough or "–" in sentence:
        return
    for encoding, written in (("TCVN3", in_tcvn3(sentence)), ("VNI", in_vni(sentence))):
        found = as_unicode(written)
        assert found is not None, written
        assert (found.encoding, found.text.lower()) == (encoding, sentence.lower())


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("Tr¬ng V¨n H¬ng", "Trương Văn Hương"),
        ("Tr-¬ng V¨n H-¬ng", "Trương Văn Hương"),
        ("Ph¬ng ThÞ L¬ng", "Phương Thị Lương"),
        ("NguyÔn §×nh Th¬ng", "Nguyễn Đình Thương"),
        ("NguyÔn ThÞ Phíc", "Nguyễn Thị Phước"),
        ("NguyÔn V¨n Hng", "Nguyễn Văn Hưng"),
        ("TrÇn §×nh Trng", "Trần Đình Trưng"),
        ("Họ tên: NguyÔn ThÞ L­¬ng", "Họ tên: Nguyễn Thị Lương"),
        ("Địa chỉ: ấp Ph¸t Lîi, xã Mü Kh¸nh", "Địa chỉ: ấp Phát Lợi, xã Mỹ Khánh"),
    ],
)
def test_what_lost_a_sign_or_is_old_in_part_is_offered_as_uncertain(
    pasted: str, meant: str
) -> None:
    assert as_unicode(pasted) == Suggestion("TCVN3", meant, is_sure=False)


@pytest.mark.parametrize(
    "line", ["Nguyễn Văn Ðức", "Số 5 – Trần Hưng Đạo", "Müller ở Cần Thơ", "café Đà Lạt"]
)
def test_a_line_in_unicode_with_a_word_of_another_language_is_left_alone(line: str) -> None:
    assert as_unicode(line) is None


@pytest.mark.parametrize("text", ["Nguyễn lèí nëÒÌ", "Nguyễn gª¹ò ó«É"])
def test_words_of_two_old_encodings_at_once_are_left_as_they_are(text: str) -> None:
    assert as_unicode(text) is None
