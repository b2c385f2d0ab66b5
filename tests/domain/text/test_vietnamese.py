"""Clean text, search keys and the Vietnamese order, compared with ICU's."""

import random
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCollator, QLocale

from cchc_desk.domain.text.vietnamese import (
    APOSTROPHES,
    clean_line,
    exact_key,
    fold,
    name_sort_key,
    nfc,
    sort_key,
    without_apostrophes,
)

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
EVERY_LETTER = (
    "".join(nfc(vowel + tone) for vowel in VOWELS for tone in TONES) + "bcdđghklmnpqrstvx"
)

words = st.text(alphabet=EVERY_LETTER + EVERY_LETTER.upper(), min_size=1, max_size=6)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Nguyễn \t Thị\u00a0Ánh\n", "Nguyễn Thị Ánh"),
        ("\ufeffĐào\u200b\u200e", "Đào"),
        (unicodedata.normalize("NFD", "Trần Hữu Đức"), "Trần Hữu Đức"),
        ("a\x00b\x1b", "ab"),
        ("e\u200b\u0302", "ê"),
        ("hồ\r\nsơ\x1d1", "hồ sơ 1"),
        ("\ud83d lẻ", "lẻ"),
        (" \u200b ", ""),
        ("Th\u034fị \ufe0fÁnh\U000e0100\u180e", "Thị Ánh"),
        ("\u3164Đào\u2800\u115f", "Đào"),
        ("A‑Lăng ‐ Bhin −5", "A-Lăng - Bhin -5"),
        ("H\x92Ly, K‛Brông", "H’Ly, K’Brông"),
        ("₫ào ƌỗ ꟈức Ɗinh", "đào đỗ đức Đinh"),
        ("<b>Đào & Cả</b>", "<b>Đào & Cả</b>"),
    ],
)
def test_a_line_is_cleaned(typed: str, line: str) -> None:
    assert clean_line(typed) == line


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_line(text)
    assert clean_line(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn Thị Ánh Đào", "nguyen thi anh dao"),
        ("ĐẶNG VĂN ĐỖ", "dang van do"),
        ("H'Hen Niê", "h hen nie"),
        ("H13.12.04-261123-0001", "h13 12 04 261123 0001"),
        ("0912.345.678", "0912 345 678"),
        ("  --  ", ""),
        ("１２３", "123"),
    ],
)
def test_the_search_key_has_no_marks(text: str, key: str) -> None:
    assert fold(text) == key
    assert fold(unicodedata.normalize("NFD", text)) == key


@given(lines)
def test_folding_leaves_plain_letters_only(text: str) -> None:
    assert fold(text).replace(" ", "").isascii()
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("Thúy", "Thuý"),
        ("HÓA", "HOÁ"),
        ("thụy", "thuỵ"),
        ("qúy", "quý"),
    ],
)
def test_old_and_new_tone_placement_are_the_same_word(old: str, new: str) -> None:
    assert exact_key(old) == exact_key(new)
    assert fold(old) == fold(new)


@pytest.mark.parametrize(
    "word", ["của", "múa", "ngoài", "hoàn", "thuế", "nguyễn", "khuỷu", "gìn", "rượu"]
)
def test_other_words_keep_their_marks_in_the_exact_key(word: str) -> None:
    assert exact_key(word.upper()) == word


def test_the_exact_key_tells_marks_apart() -> None:
    assert len({exact_key(word) for word in ("duong", "dương", "đường", "Dướng")}) == 4


@pytest.mark.parametrize(
    "ordered",
    [
        list("aăâbcdđeêghiklmnoôơpqrstuưvxy"),
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mắ", "mâ", "mấ"],
        ["Ân", "Bình", "Dũng", "Đào", "Em", "Yến"],
        ["an", "An", "AN", "àn", "an an"],
        ["an bình", "An Cư", "anh"],
    ],
)
def test_letters_then_tones_then_case(ordered: list[str]) -> None:
    assert sorted(_shuffled(ordered), key=sort_key) == ordered


def _shuffled(items: list[str]) -> list[str]:
    return random.Random(7).sample(items, len(items))


def _pretend_name(chance: random.Random) -> str:
    def word() -> str:
        letters = "".join(chance.choice(EVERY_LETTER) for _ in range(chance.randint(1, 4)))
        return chance.choice((letters, letters.upper(), letters.title()))

    return chance.choice((" ", " ", "-", "")).join(word() for _ in range(chance.randint(1, 4)))


def test_the_order_is_the_one_of_icu() -> None:
    chance = random.Random(2026)
    names = [_pretend_name(chance) for _ in range(4000)]
    # Near twins are where tones and case decide.
    names += ["".join(nfc(chance.choice("aAàÀáÁạẠâÂ")) for _ in range(3)) for _ in range(2000)]
    icu = QCollator(QLocale("vi_VN"))
    in_order = sorted(names, key=sort_key)
    wrong = [pair for pair in pairwise(in_order) if icu.compare(*pair) > 0]
    assert wrong == []
    assert len(set(map(sort_key, names))) == len(set(names))


@given(lines)
def test_composed_and_decomposed_text_sort_alike(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(nfc(text))


def test_foreign_letters_come_after_the_vietnamese_ones() -> None:
    assert sorted(["Ω", "Zoë", "Yến", "សុខ"], key=sort_key) == ["Yến", "Zoë", "Ω", "សុខ"]


def test_people_stand_as_in_a_class_list() -> None:
    ordered = [
        "Trần Thị An",
        "Lê Văn Ân",
        "Đặng Thị Bình",
        "Đặng Văn Bình",
        "Nguyễn Bình",
        "Ánh Đào",
        "Nguyễn Thị Ánh Đào",
        "Trần Hoà",
        "Vũ Hòa",
        "Y",
    ]
    assert sorted(_shuffled(ordered), key=name_sort_key) == ordered


def test_a_name_in_capitals_stands_where_it_would_otherwise() -> None:
    names = ["LÊ VĂN AN", "Nguyễn Văn An", "TRẦN VĂN AN"]
    assert sorted(_shuffled(names), key=name_sort_key) == names


@given(st.lists(lines, max_size=8))
def test_different_names_have_different_keys(names: list[str]) -> None:
    assert len({name_sort_key(name) for name in names}) == len({clean_line(name) for name in names})


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Hồng Ðăng", "Hồng Đăng"),
        ("Lê Ɖình, ðường ɖất", "Lê Đình, đường đất"),
        ("０９１２　Ｎｇｕyễn", "0912 Nguyễn"),
        ("H’Nhơn Kʼbrông H`Lan", "H’Nhơn Kʼbrông H`Lan"),  # apostrophes stay as written
    ],
)
def test_letters_that_look_alike_are_the_alphabets_own(typed: str, clean: str) -> None:
    assert clean_line(typed) == clean


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_every_apostrophe_is_the_same_in_a_key(sign: str) -> None:
    assert fold(f"H{sign}Nhơn") == "h nhon"
    assert fold(without_apostrophes(f"H{sign}Nhơn")) == "hnhon"
    assert exact_key(f"H{sign}Nhơn") == "h'nhơn"


def test_letters_of_other_scripts_that_look_latin_are_found_by_latin_ones() -> None:
    assert fold("Nguyễn Vаn Αn") == "nguyen van an"  # Cyrillic а, Greek Α


@given(
    st.text(max_size=30) | st.text("oOuUyYaAeE\u0300\u0301\u0302\u0309\u0323 'ΣςĐđ", max_size=12)
)
def test_the_exact_key_of_words_is_that_of_the_whole(text: str) -> None:
    whole = clean_line(text).lower().translate(dict.fromkeys(map(ord, APOSTROPHES), "'"))
    moved = re.sub(
        "(o(?=.[ae])|u(?=.y))([\u0300\u0309\u0303\u0301\u0323])([aey])"
        "(?![\u0302\u0306\u031b\u0300\u0309\u0303\u0301\u0323])",
        r"\1\3\2",
        unicodedata.normalize("NFD", whole),
    )
    assert exact_key(text) == unicodedata.normalize("NFC", moved)
