"""The card's QR text: layouts that are read, damage that is told, doubts that only warn."""

import contextlib
import csv
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from cchc_desk.actions.office import places
from cchc_desk.domain.people.birth import Birth, PartialDate, birth_text
from cchc_desk.domain.people.identity_card import (
    Card,
    CardWarning,
    card_warnings,
    id_number_warnings,
    read_card,
)
from cchc_desk.domain.text.vietnamese import APOSTROPHES
from cchc_desk.errors import Refused

DAO = Card(
    id_number="092190001234",
    old_id="361234567",
    name="Nguyễn Thị Ánh Đào",
    born=date(1990, 5, 17),
    sex="Nữ",
    address="12 Nguyễn Trãi, Ninh Kiều, Cần Thơ",
    issued=date(2021, 7, 1),
)
WITH_OLD = (
    "092190001234|361234567|Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|"
    "01072021"
)
WITHOUT_OLD = WITH_OLD.replace("361234567", "")
PROVINCES = {
    row["code"]
    for row in csv.DictReader(resources.read_text("law/card_provinces.csv").splitlines())
}


@pytest.mark.parametrize(
    "text",
    [
        WITH_OLD,
        WITH_OLD + "||||",
        WITH_OLD + "|||Bộ Công an|",
        "\ufeff" + WITH_OLD + "\r\n",
        unicodedata.normalize("NFD", WITH_OLD),
        WITH_OLD.replace("|", " | "),
    ],
)
def test_a_card_is_read(text: str) -> None:
    assert read_card(text) == DAO


@pytest.mark.parametrize(
    "text",
    [
        WITHOUT_OLD,
        WITHOUT_OLD + "||||",
        WITHOUT_OLD.replace("||", "|"),
        WITHOUT_OLD.replace("||", "|") + "||||",
    ],
)
def test_an_empty_old_number_may_be_there_or_dropped(text: str) -> None:
    card = read_card(text)
    assert (card.old_id, card.name, card.born, card.issued) == ("", DAO.name, DAO.born, DAO.issued)


@pytest.mark.parametrize(
    ("on_card", "born", "shown"),
    [
        ("29022000", date(2000, 2, 29), "29/02/2000"),
        ("1960", PartialDate(1960), "1960"),
        ("00001960", PartialDate(1960), "1960"),
        ("00051960", PartialDate(1960, 5), "05/1960"),
        ("17/05/1990", date(1990, 5, 17), "17/05/1990"),
        ("7-5-1990", date(1990, 5, 7), "07/05/1990"),
        ("17.05.1990", date(1990, 5, 17), "17/05/1990"),
        ("1990-05-17", date(1990, 5, 17), "17/05/1990"),
        ("00000000", None, ""),
    ],
)
@pytest.mark.parametrize("layout", [WITH_OLD, WITHOUT_OLD, WITHOUT_OLD.replace("||", "|")])
def test_births_with_unknown_day_or_month(
    layout: str, on_card: str, born: Birth | None, shown: str
) -> None:
    card = read_card(layout.replace("17051990", on_card))
    assert (card.born, birth_text(card.born)) == (born, shown)


@pytest.mark.parametrize(
    "issued", ["", "00000000", "00002021", "31022021", "01072", "ă10720êô", "không rõ", "2021"]
)
def test_a_day_of_issue_that_cannot_be_read_stands_in_nobodys_way(issued: str) -> None:
    for text in (WITH_OLD, WITH_OLD + "||||"):
        assert read_card(text.replace("01072021", issued)) == replace(DAO, issued=None)


@pytest.mark.parametrize("old_id", ["36123456", "CMND 361234567", "ă61ê34567", "092190001234"])
def test_an_odd_old_number_stands_in_nobodys_way(old_id: str) -> None:
    assert read_card(WITH_OLD.replace("361234567", old_id)) == replace(DAO, old_id="")


@pytest.mark.parametrize("layout", [WITH_OLD, WITHOUT_OLD, WITHOUT_OLD.replace("||", "|")])
def test_birth_and_sex_may_stand_in_either_order(layout: str) -> None:
    card = read_card(layout.replace("17051990|Nữ", "NỮ|17/05/1990"))
    assert (card.name, card.born, card.sex, card.address) == (
        DAO.name,
        DAO.born,
        DAO.sex,
        DAO.address,
    )


def test_a_separator_within_the_address_is_part_of_it() -> None:
    parted = WITH_OLD.replace("12 Nguyễn Trãi, ", "12 Nguyễn Trãi|")
    for text in (parted, parted.replace("361234567|", ""), parted.replace("Ninh Kiều, ", "|")):
        card = read_card(text)
        assert (card.name, card.issued) == (DAO.name, DAO.issued)
        assert card.address.startswith("12 Nguyễn Trãi, ")
        assert card.address.endswith("Cần Thơ")


def test_no_official_name_of_a_place_is_taken_for_typing_damage() -> None:
    """All provinces and communes of today, the former ones that are known, as ends of addresses."""
    words = places.place_words()
    names = [one.full_name for one in places.provinces()]
    for province in places.provinces():
        names += [f"{one.name}, {province.name}" for one in places.communes(province.code)]
    names += [one.name for one in places.former_communes()]
    assert len(names) > 3321
    for name in names:
        for person in ("Nguyễn Văn An", "Y Bhăm"):
            read = read_card(_card(name=person, address=f"Thôn 2, {name}"), words)
            assert card_warnings(read, PROVINCES, words) == (), name


def test_damage_beside_an_official_name_is_still_told() -> None:
    words = places.place_words()
    with pytest.raises(Refused, match="địa chỉ"):
        read_card(_card(address="12 Nguyễn Trââi, La Êê, Đà Nẵng"), words)
    odd = read_card(_card(name="Nguyễn Văn Crá", address="Krông Búk, Đắk Lắk"), words)
    assert card_warnings(odd, PROVINCES, words) == (CardWarning.ODD_LETTERS,)


@pytest.mark.parametrize("sign", APOSTROPHES)
def test_every_apostrophe_is_read_and_stays_as_written(sign: str) -> None:
    text = WITH_OLD.replace(DAO.name, f"H{sign}Yam Niê").replace("Ninh Kiều", f"Cư M{sign}gar")
    card = read_card(text, places.place_words())
    assert card.name in (f"H{sign}Yam Niê", "H'Yam Niê")  # the full-width one is narrow
    assert "Cư M" in card.address


@pytest.mark.parametrize("letter", "ÐƉ")
def test_a_letter_that_looks_like_it_is_read_as_the_letter(letter: str) -> None:
    assert read_card(WITH_OLD.replace("Đào", f"{letter}ào")) == DAO


@pytest.mark.parametrize(
    "name",
    [
        "H'Hen Niê",
        "Ksor Blơ",
        "K'Tẽm",
        "Y Bhăm Ayŭn",
        "Thạch Sô Phi",
        "Lý A-Ô",
        "Y Kơ\u0306 Êban",
        "H Bê\u0306",
    ],
)
def test_the_names_of_every_people_are_read(name: str) -> None:
    assert read_card(WITH_OLD.replace(DAO.name, name)).name == name


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", "card-unreadable", "không phải mã QR"),
        ("8934563138165", "card-unreadable", "không phải mã QR"),
        ("https://vneid.gov.vn/x?a=1", "card-unreadable", "không phải mã QR"),
        (
            "DN4929200012345|4e677579|17/05/1990|2|43e1|92001|01/01/2026|",
            "card-unreadable",
            "mã QR",
        ),
        ("092190001234", "card-unreadable", "nhập tay"),
        ("092190001234||Nguyễn Thị", "card-incomplete", "quét lại"),
        (WITH_OLD.rpartition("|")[0], "card-incomplete", "quét lại"),
        (WITH_OLD.replace("17051990", ""), "card-incomplete", "ngày sinh"),
        (WITH_OLD.replace(DAO.name, ""), "card-incomplete", "họ tên"),
        (WITH_OLD.replace("17051990", "31022000"), "card-date", "31/02/2000"),
        (WITH_OLD.replace("17051990", "17001990"), "card-date", "17/00/1990"),
        (WITH_OLD.replace("17051990", "0000"), "card-date", "Ngày sinh"),
    ],
)
def test_what_is_no_whole_card_is_refused_with_advice(text: str, code: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as no:
        read_card(text)
    assert (no.value.code, no.value.field) == (code, "card")


# --- what an input method makes of a scan


def _type_through(text: str, tones: dict[str, str], shapes: dict[str, str]) -> str:
    """What an input method leaves of `text`: a tone key marks the last vowel of the word, a shape
    key the letter.

    Plain letters and figures pass through it key by key; marked letters arrive whole, as scanners
    send them.
    """
    out = ""
    for key in text:
        head, word = _last_word(out)
        low = key.lower()
        at = _place_of_tone(word)
        if low in tones and at is not None:
            toned = unicodedata.normalize("NFC", word[: at + 1] + tones[low])
            # The same tone key again takes the tone back and types the letter.
            again = tones[low] in unicodedata.normalize("NFD", word[at])
            out = head + (word + key if again else toned + word[at + 1 :])
        elif word and word[-1].lower() + low in shapes:
            shaped = shapes[word[-1].lower() + low]
            out = out[:-1] + (shaped.upper() if word[-1].isupper() else shaped)
        else:
            out += shapes.get(low, key)
    return out


def _last_word(text: str) -> tuple[str, str]:
    start = len(text)
    while start and text[start - 1].isalnum():
        start -= 1
    return text[:start], text[start:]


def _place_of_tone(word: str) -> int | None:
    vowels = [place for place, char in enumerate(word) if _bare(char) in "aeiouy"]
    shaped = [place for place in vowels if word[place].lower() in "ăâêôơư"]
    open_pair = len(vowels) > 1 and vowels[-1] == len(word) - 1
    places = shaped or (vowels[:-1] if open_pair else vowels)
    return places[-1] if places else None


def _bare(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0].lower()


def telex(text: str) -> str:
    tones = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
    shapes = {"aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư", "dd": "đ", "w": "ư"}
    return _type_through(text, tones, shapes)


def vni(text: str) -> str:
    tones = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
    shapes = {"a6": "â", "e6": "ê", "o6": "ô", "a8": "ă", "o7": "ơ", "u7": "ư", "d9": "đ"}
    return _type_through(text, tones, shapes)


def vietnamese_layout(text: str) -> str:
    """The national keyboard layout of Windows: the figure row types letters and tones."""
    row = dict(zip("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ", strict=True))
    return "".join(row.get(char, char) for char in text)


def test_the_simulated_input_methods_type_vietnamese() -> None:
    assert telex("Ddaof") == "Đào"
    assert telex("Nguyeenx Trair, dduwowngf") == "Nguyễn Trải, đường"
    assert vni("Nguye64n Tra4i, D9a2o") == "Nguyễn Trãi, Đào"


def _card(name: str = DAO.name, address: str = DAO.address) -> str:
    return WITH_OLD.replace(DAO.name, name).replace(DAO.address, address)


@pytest.mark.parametrize(
    "text",
    [
        vietnamese_layout(WITH_OLD),
        vietnamese_layout(WITHOUT_OLD),
        vietnamese_layout(WITHOUT_OLD.replace("||", "|")),
        vni(_card(address="Căn hộ A12, Ninh Kiều, Cần Thơ")),  # Á2
        vni(_card(address="Lô E5B, số O33, Cái Răng, Cần Thơ")),  # Ỏ3
        telex(_card(name="Y Bllee Êêban", address="Ea Kar, Đắk Lắk")),
        WITH_OLD.replace("092190001234", "09219000123"),  # a figure eaten
        WITH_OLD.replace("092190001234", "0921900012344"),
        WITH_OLD.replace("17051990", "1705199"),
        WITH_OLD.replace("17051990", "1705199ô"),
        WITH_OLD.replace("Nguyễn", "Ngũyễn"),  # two tones in one word
        WITH_OLD.replace("Đào", "đđào"),
        WITH_OLD.replace("Ninh Kiều", "Ninh Kiêều"),
        WITH_OLD.replace("Ninh Kiều", "Ninh\u0301\u0303 Kiều"),  # a mark with no letter to sit on
        WITH_OLD.replace("|Nữ|", "|Nứ|"),
        WITH_OLD.replace("|", "~"),
    ],
)
def test_a_scan_changed_by_the_input_method_is_explained(text: str) -> None:
    with pytest.raises(
        Refused, match=r"tắt bộ gõ hoặc chuyển sang chế độ tiếng Anh \(E\) rồi quét lại"
    ) as no:
        read_card(text)
    assert (no.value.code, no.value.field) == ("card-garbled", "card")


@pytest.mark.parametrize(
    "text",
    [
        WITH_OLD.encode().decode("cp1252", errors="replace"),
        _card(name=DAO.name.encode().decode("latin-1")),
        _card(name="Nguy?n Th? Ánh Đào"),
        _card(name="Nguy�n Thị"),
        _card(name="Nguye64n Thi5 A1nh D9a2o"),
        _card(address="12 Nguy?n Trãi, Cần Thơ"),
        _card(address="12 Nguyá»…n Trãi, Cần Thơ"),
        WITH_OLD.replace("|Nữ|", "|Nu|"),
        WITH_OLD.replace("|Nữ|", "|Ná»¯|"),
    ],
)
def test_a_scanner_that_loses_the_marks_is_explained(text: str) -> None:
    with pytest.raises(Refused, match="đặt đầu đọc sang Unicode") as no:
        read_card(text)
    assert no.value.code == "card-encoding"


@pytest.mark.parametrize(
    "text",
    [
        telex(_card(name="Ksor Blơ")),  # Ksỏ Blơ
        telex(_card(name="Siu Hless", address="Ia Grai, Gia Lai")),
        _card(name="Nguyen Van An", address="Ninh Kieu, Can Tho"),
        _card(name="Nguyeenx Vawn An", address="Ninh Kieeuf, Caanf Thow"),
        _card(address="Ấp Bình Thuànk, Cần Thơ"),
        _card(address="Xã Tân Hưngđ, Cần Thơ"),
        _card(name="Trần Thị Tuyềt"),  # a syllable in t takes only sắc or nặng
    ],
)
def test_odd_letters_are_read_with_a_warning(text: str) -> None:
    assert CardWarning.ODD_LETTERS in card_warnings(read_card(text), PROVINCES)


@pytest.mark.parametrize("method", [telex, vni])
@pytest.mark.parametrize("text", [WITH_OLD, WITHOUT_OLD, WITH_OLD.replace("Nữ", "Nam")])
def test_plain_vietnamese_passes_telex_and_vni_unharmed(
    method: Callable[[str], str], text: str
) -> None:
    assert method(text) == text
    assert CardWarning.ODD_LETTERS not in card_warnings(read_card(text), PROVINCES)


@pytest.mark.parametrize(
    "address",
    [
        "Tổ 3, khu vực 5, phường Cái Khế, thành phố Cần Thơ",
        "Số 12/5A Lý Tự Trọng, An Cư, Ninh Kiều, Cần Thơ",
        "Ấp4, Thạnh Quới, Vĩnh Thạnh, Cần Thơ",
        "Căn hộ Ô2-B15, chung cư Hưng Phú 1, Cái Răng, TP.Cần Thơ",
        "Thôn Quyết Thắng, xã Uyển Hưng – Khuỷu Sông, huyện Quảng Ngoạn",
        "Khu phố 2 (nhà ông Bảy), Rạch Giá & Phú Quốc, Kiên Giang",
    ],
)
def test_ordinary_addresses_raise_no_doubt(address: str) -> None:
    assert card_warnings(read_card(_card(address=address)), PROVINCES) == ()


@given(st.text(max_size=120) | st.text(alphabet="0123456789|Nữam ễ?,", max_size=120))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        card = read_card(text)
        assert len(card.id_number) == 12
        assert card.name


# --- the number


@pytest.mark.parametrize(
    ("number", "born", "sex", "warnings"),
    [
        ("092190001234", date(1990, 5, 17), "Nữ", []),
        ("092090001234", date(1990, 5, 17), "Nam", []),
        ("092305001234", date(2005, 1, 1), "Nữ", []),
        ("092205001234", date(2005, 1, 1), "Nam", []),
        ("092900001234", date(2300, 1, 1), "Nữ", []),
        ("092190001234", None, "", []),
        ("", date(1990, 5, 17), "Nữ", []),
        ("092190001234", date(1991, 5, 17), "Nữ", [CardWarning.BIRTH_YEAR]),
        ("092190001234", date(2090, 5, 17), "Nữ", [CardWarning.BIRTH_YEAR]),
        ("092190001234", date(1990, 5, 17), "Nam", [CardWarning.SEX]),
        ("003190001234", date(1990, 5, 17), "Nữ", [CardWarning.UNKNOWN_PROVINCE]),
        ("999090001234", date(1980, 5, 17), "Nữ", list(CardWarning)[3:6]),
        ("361234567", date(1990, 5, 17), "Nữ", [CardWarning.OLD_NUMBER]),
        ("0921900012", None, "", [CardWarning.WRONG_LENGTH]),
        ("09219000123A", None, "", [CardWarning.NOT_DIGITS]),
        ("٠٩٢١٩٠٠٠١٢٣٤", None, "", [CardWarning.NOT_DIGITS]),
    ],
)
def test_the_number_is_compared_with_birth_and_sex(
    number: str, born: date | None, sex: str, warnings: list[CardWarning]
) -> None:
    assert list(id_number_warnings(number, born, sex, PROVINCES)) == warnings


def test_a_card_that_knows_only_the_year_is_compared_by_the_year() -> None:
    assert card_warnings(read_card(WITH_OLD.replace("17051990", "00001990")), PROVINCES) == ()
    warnings = card_warnings(read_card(WITH_OLD.replace("17051990", "1961")), PROVINCES)
    assert warnings == (CardWarning.BIRTH_YEAR,)


def test_the_codes_of_warnings_are_stable() -> None:
    assert [warning.value for warning in CardWarning] == [
        "id-not-digits",
        "id-old-number",
        "id-wrong-length",
        "id-unknown-province",
        "id-birth-year",
        "id-sex",
        "card-odd-letters",
    ]


def test_the_card_codes_of_all_63_provinces() -> None:
    rows = list(csv.DictReader(resources.read_text("law/card_provinces.csv").splitlines()))
    by_code = {row["code"]: row["province"] for row in rows}
    assert len(rows) == len(by_code) == 63
    assert all(len(code) == 3 and code.isdigit() for code in by_code)
    assert [by_code[code] for code in ("001", "092", "093", "094")] == [
        "Hà Nội",
        "Cần Thơ",
        "Hậu Giang",
        "Sóc Trăng",
    ]
    assert {row["mark"] for row in rows} <= {"V", "I", "G"}


@pytest.mark.parametrize(
    "before", ["s", "Q", "QR", "QR:", "QRCODE: ", "P01", "^]", '"', "]Q1", "]d2\\000026", "\x02"]
)
def test_what_a_reader_puts_before_a_card_is_taken_off(before: str) -> None:
    assert read_card(before + WITH_OLD) == DAO


@pytest.mark.parametrize("sign", "¦ǀ│┃❘\t")
def test_a_sign_like_the_bar_parts_a_card_too(sign: str) -> None:
    assert read_card(WITH_OLD.replace("|", sign)) == DAO


@pytest.mark.parametrize(
    ("part", "spelt"),
    [("17051990", "17 05 1990"), ("17051990", "17.5.1990"), ("|Nữ|", "|Female|"), ("|Nữ|", "|NỮ|")],
)
def test_a_card_may_be_spelt_as_another_program_does(part: str, spelt: str) -> None:
    assert read_card(WITH_OLD.replace(part, spelt)) == DAO


def test_a_month_of_birth_alone_may_be_written_with_a_sign() -> None:
    assert read_card(WITH_OLD.replace("17051990", "05/1990")).born == PartialDate(1990, 5)


@pytest.mark.parametrize("text", ["0" + WITH_OLD, "s0" + WITH_OLD, "DN4" + WITH_OLD])
def test_a_number_that_is_too_long_is_no_card_with_something_before_it(text: str) -> None:
    with pytest.raises(Refused):
        read_card(text)
