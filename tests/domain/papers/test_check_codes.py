"""The check code of a paper and the text of its QR, which begins with the dossier's code."""

from dataclasses import replace
from datetime import datetime

import pytest
from reportlab.graphics.barcode.qrencoder import QRAlphaNum

from cchc_desk.domain.papers.check_codes import (
    CheckText,
    code_in,
    read_scan,
    same_code,
    scan_of,
)
from cchc_desk.errors import Refused

CODE = "000.00.31.H13-261123-0004"
TEXT = CheckText(
    "receipt",
    CODE,
    "Nguyễn Thị Hòa",
    datetime(2026, 11, 23, 10, 0),
    datetime(2026, 11, 25, 10, 0),
    "",
    "Nguyễn Thị Hoài An",
)
SIGNED = replace(scan_of(TEXT), key=b"\xff" * 4, signature=b"\x7f" * 64)


@pytest.mark.parametrize("scan", [scan_of(TEXT), SIGNED, replace(SIGNED, kind="stop", due=None)])
def test_what_a_qr_holds_is_read_back_and_names_nobody(scan: object) -> None:
    text = scan.text()  # type: ignore[attr-defined]
    assert read_scan(text) == read_scan(f" {text.lower()}\n") == scan
    assert "|" not in text, "a card"
    assert QRAlphaNum(text), "the letters of the small QR"


def test_every_word_on_the_paper_counts() -> None:
    others = [
        replace(TEXT, kind="apology"),
        replace(TEXT, code="000.00.31.H13-261123-0005"),
        replace(TEXT, owner="Nguyễn Thị Hoa"),
        replace(TEXT, made=datetime(2026, 11, 23, 10, 1)),
        replace(TEXT, due=None),
        replace(TEXT, number="05/PXL-UBND"),
        replace(TEXT, signer="Trần Quốc Bình"),
    ]
    assert len({scan_of(text).check for text in (TEXT, *others)}) == 8


def test_a_name_is_compared_as_a_person_writes_it() -> None:
    scan = scan_of(TEXT)
    assert scan.is_of("nguyễn thị hoà")
    assert not scan.is_of("Nguyễn Thị Hoa")


def test_a_check_code_is_the_same_however_it_is_typed() -> None:
    assert same_code("3f9a 01bc-77D2 ", "3F9A-01BC-77D2")
    assert not same_code("", "")


def test_the_code_is_found_in_old_and_new_qrs_and_in_garbled_ones() -> None:
    text = SIGNED.text()
    assert code_in(CODE) == CODE
    assert code_in(text) == code_in(text.replace("7", "Ư")) == CODE
    assert code_in(text.lower()) == CODE.lower()
    card = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|Cần Thơ|01072021"
    for typed in ("", "hoa c1a", f"{CODE} hoa", card):
        assert code_in(typed) == typed


@pytest.mark.parametrize(
    "around",
    ["s{}", "P01{}", "QR:{}", "*{}*", "(91){}", "«{}»", "{}.", "https://a.vn/?ma={}"],
)
@pytest.mark.parametrize("code", [CODE, "H13.999-261124-0017"])
def test_a_code_is_found_with_signs_around_it_and_other_dashes(around: str, code: str) -> None:
    assert code_in(around.format(code)) == code
    for dash in "–/' ":
        assert code_in(around.format(code.replace("-", dash))) == code
    assert code_in(f"{code}1234") == f"{code}1234"


@pytest.mark.parametrize(
    "scan",
    [
        "",
        CODE,
        f"{CODE} ",
        f"{CODE} C1R",
        f"{CODE} C1",
        f"{CODE} C1XMFRGG",
        f"{CODE} C1RMFRGGZDFMZTWQ2LK",
        f"{CODE} C1R{'A' * 900}",
        SIGNED.text()[:-1],
        SIGNED.text() + "A" * 8,
        SIGNED.text().replace(" C1R", " C1R" + "7" * 7),
        "đ" * 40,
        "CCHC1:MFRGGZDFMZTWQ2LK",
    ],
)
def test_a_qr_of_something_else_is_refused(scan: str) -> None:
    with pytest.raises(Refused, match="không phải của giấy hẹn"):
        read_scan(scan)
