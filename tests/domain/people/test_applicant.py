"""Persons, organisations and submitters: phones made alike, mistakes told beside their field."""

import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain.people.applicant import (
    Applicant,
    ApplicantKind,
    PhoneWarning,
    Submitter,
    applicant_problems,
    check_applicant,
    check_submitter,
    normalise_phone,
    phone_warning,
    tidy_applicant,
    tidy_id_number,
    tidy_submitter,
)
from cchc_desk.errors import Refused

TODAY = date(2026, 11, 23)
DAO = Applicant(
    kind=ApplicantKind.PERSON,
    name="Nguyễn Thị Ánh Đào",
    id_number="092190001234",
    born=date(1990, 5, 17),
    sex="Nữ",
    address="12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
    phone="0912345678",
)
COMPANY = Applicant(
    kind=ApplicantKind.ORGANISATION,
    name="Công ty TNHH Đào & Cả",
    id_number="1801234567-001",
    representative="Trần Văn Cả",
    email="lienhe@daoca.vn",
)


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("0912345678", "0912345678"),
        (" 0912 345.678 ", "0912345678"),
        ("0912-345-678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("+84 (0)912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("(0292) 3812345", "02923812345"),
        ("+84 292 3812345", "02923812345"),
        ("8491234567", "8491234567"),
        ("0912345678 / 0292 3812345", "0912345678 - 02923812345"),
        ("0912−345‑678", "0912345678"),
        ("+855 12 345 678", "+85512345678"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("hỏi con trai", "hỏi con trai"),
        ("\u200e0912345678\u202c", "0912345678"),
        ("", ""),
    ],
)
def test_phones_are_written_in_one_way(typed: str, phone: str) -> None:
    assert normalise_phone(typed) == phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *((text, "092073662042") for text in ("CCCD 092073662042", "092 073 662 042 (CCCD)")),
        *((text, "092073662042") for text in ("Số CCCD: 092.073.662.042", "092‑073−662–042")),
        *(
            (text, "092073662042")
            for text in ("092/073/662/042", "092_073_662_042", "092'073662042")
        ),
        *((text, "C1234567") for text in ("c1234567", "C 1234567", "Hộ chiếu: C1234567")),
        ("36 1234 567", "361234567"),
        ("361234567 092073662042", "361234567 092073662042"),  # two numbers stay two
        ("361234567/092073662042", "361234567/092073662042"),
        ("O92073662042", "O92073662042"),
        ("", ""),
    ],
)
def test_identity_numbers_are_written_in_one_way(typed: str, number: str) -> None:
    assert tidy_id_number(typed) == number
    assert tidy_id_number(number) == number


@pytest.mark.parametrize(
    "typed", ["Quyết định số 12/QĐ-UBND", "0312345678-001", "12 GP/TN", "1801234567"]
)
def test_the_number_of_an_organisation_keeps_its_dash_and_words(typed: str) -> None:
    assert tidy_id_number(typed, ApplicantKind.ORGANISATION) == typed


@given(st.text(alphabet="0123456789+84 .-()/a", max_size=20))
def test_a_phone_in_its_one_way_stays(text: str) -> None:
    once = normalise_phone(text)
    if once.startswith("0") and not once.startswith("0084"):
        assert normalise_phone(once) == once


@pytest.mark.parametrize(
    ("phone", "warning"),
    [
        ("0912345678", None),
        ("+84 352 345 678", None),
        ("0292 3812345", None),
        ("", None),
        ("0952345678", PhoneWarning.UNKNOWN_RANGE),
        ("0112345678", PhoneWarning.UNKNOWN_RANGE),
        ("091234567", PhoneWarning.NOT_A_NUMBER),
        ("091234567890", PhoneWarning.NOT_A_NUMBER),
        ("912345678", PhoneWarning.NOT_A_NUMBER),
        ("hỏi con trai", PhoneWarning.NOT_A_NUMBER),
        ("0912345678 / 0913456789", None),
        ("0912345678 / 091345678", PhoneWarning.NOT_A_NUMBER),
    ],
)
def test_an_odd_phone_is_a_warning_and_never_a_refusal(
    phone: str, warning: PhoneWarning | None
) -> None:
    assert phone_warning(phone) is warning
    check_applicant(replace(DAO, phone=phone), TODAY)


@pytest.mark.parametrize(
    "applicant", [DAO, COMPANY, replace(DAO, id_number="", born=None, sex="", address="")]
)
def test_an_ordinary_applicant_has_no_problem(applicant: Applicant) -> None:
    check_applicant(applicant, TODAY)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": ""}, "name-empty", "name"),
        ({"name": " \u200b\t"}, "name-empty", "name"),
        ({"name": "Đ" * 201}, "text-too-long", "name"),
        ({"name": "092190001234||Nguyen Thi Anh Dao|1705199"}, "name-scan", "name"),
        ({"address": "ấ" * 201}, "text-too-long", "address"),
        ({"representative": "x" * 201}, "text-too-long", "representative"),
        ({"born": date(2026, 11, 24)}, "born-in-future", "born"),
        ({"born": date(1899, 12, 31)}, "born-too-early", "born"),
        ({"email": "dao.cantho.vn"}, "email-wrong", "email"),
        ({"email": "dao@"}, "email-wrong", "email"),
        ({"email": "dao @cantho.vn"}, "email-wrong", "email"),
    ],
)
def test_a_mistake_is_told_beside_its_field(change: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(Refused, match=r"; .+\.$") as no:
        check_applicant(replace(DAO, **change), TODAY)
    assert (no.value.code, no.value.field) == (code, field)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Đ" * 200},
        {"name": unicodedata.normalize("NFD", "ấ" * 200)},
        {"born": TODAY},
        {"born": date(1900, 1, 1)},
        {"email": " dao@cantho.vn "},
    ],
)
def test_what_lies_just_inside_the_limits_is_taken(change: dict[str, Any]) -> None:
    check_applicant(replace(DAO, **change), TODAY)


def test_all_mistakes_are_told_at_once() -> None:
    wrong = replace(DAO, name="", address="x" * 300, born=date(2030, 1, 1), email="x")
    assert [problem.field for problem in applicant_problems(wrong, TODAY)] == [
        "name",
        "address",
        "born",
        "email",
    ]


def test_texts_are_tidied_and_the_rest_is_kept() -> None:
    messy = replace(
        DAO, name=unicodedata.normalize("NFD", "  Nguyễn  Thị Ánh Đào "), phone="+84 912 345 678"
    )
    assert tidy_applicant(messy) == DAO
    assert tidy_submitter(Submitter(" Trần  Cả\u200b", phone="84912345678")) == Submitter(
        "Trần Cả", phone="0912345678"
    )


def test_a_submitter_needs_a_name() -> None:
    check_submitter(Submitter("Trần Văn Cả", relation="chồng"))
    with pytest.raises(Refused, match="người nộp") as no:
        check_submitter(Submitter("  "))
    assert (no.value.code, no.value.field) == ("name-empty", "name")
