"""Sentences of an apology letter: every situation with every addressee says only what is so."""

from itertools import product

import pytest

from cchc_desk.domain.apologies import MAY_SAY, RECEIPT, Broken, Outcome
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.forms_of_address import form_of_address

PERSONS = [Applicant(ApplicantKind.PERSON, "Lê Thị Hoa", sex=sex) for sex in ("Nam", "Nữ", "")]
ADDRESSEES = [
    *PERSONS,
    Applicant(ApplicantKind.ORGANISATION, "Công ty TNHH Thuận Phát"),
    Applicant(ApplicantKind.ORGANISATION, "Sở Tư pháp thành phố Cần Thơ"),
    Applicant(ApplicantKind.ORGANISATION, "Câu lạc bộ Cầu lông Ninh Kiều"),
]
SITUATIONS = list(MAY_SAY)
OVER = {Outcome.RETURNED, Outcome.WITHDRAWN, Outcome.STOPPED}


def said(situation: tuple[Broken, Outcome], addressee: Applicant) -> str:
    sentences = MAY_SAY[situation]
    return " ".join((sentences.happened, sentences.sorry, sentences.follows)).format(
        office="Ủy ban nhân dân phường Ninh Kiều",
        you=form_of_address(addressee),
        receipt=RECEIPT,
        desk="Trung tâm Phục vụ hành chính công",
        finished="10 giờ 00 phút, ngày 25 tháng 11 năm 2026",
        returned="14 giờ 00 phút, ngày 25 tháng 11 năm 2026",
    )


def test_every_broken_promise_has_its_sentences_whatever_became_of_the_dossier() -> None:
    broken = product((Broken.FIRST, Broken.REAPPOINTMENT), Outcome)
    assert set(MAY_SAY) == {(Broken.NOT_YET, Outcome.OPEN), *broken}


@pytest.mark.parametrize("addressee", ADDRESSEES, ids=lambda one: f"{one.name} {one.sex}")
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: f"{one[0].value} {one[1].value}")
def test_a_letter_says_what_is_so_and_no_more(
    situation: tuple[Broken, Outcome], addressee: Applicant
) -> None:
    broken, outcome = situation
    text = said(situation, addressee)
    assert "{" not in text
    delayed = "chậm trễ" in text or "đến nay" in text or "sau thời hạn" in text
    assert delayed is (broken is not Broken.NOT_YET)
    if broken is Broken.NOT_YET:
        assert "sẽ chưa thể trả đúng thời hạn" in text
    assert ("đã hẹn lại" in text) is (broken is Broken.REAPPOINTMENT)
    promises = "trả kết quả cho" in text or "ngay khi xong" in text
    assert not (promises and outcome in OVER)
    assert ("có kết quả lúc" in text) is (outcome in {Outcome.READY, Outcome.RETURNED})
    assert ("rút hồ sơ" in text) is (outcome is Outcome.WITHDRAWN)
    assert ("dừng giải quyết" in text) is (outcome is Outcome.STOPPED)
    assert "khắc phục" not in text


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: f"{one[0].value} {one[1].value}")
def test_a_letter_addresses_its_reader_in_one_way(situation: tuple[Broken, Outcome]) -> None:
    man, woman, unknown, company, agency, club = (said(situation, one) for one in ADDRESSEES)
    assert "Ông/Bà" not in man + woman + company + agency + club
    assert " Ông " in man.replace(".", " ").replace(",", " ")
    assert " Bà " in woman.replace(".", " ").replace(",", " ")
    assert "Ông/Bà" in unknown
    assert "Quý Công ty" in company
    assert "Quý Cơ quan" in agency
    assert "Quý Tổ chức" in club


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Tổng công ty Lương thực Miền Nam", "Quý Công ty"),
        ("CHI NHÁNH CÔNG TY CỔ PHẦN SÔNG HẬU", "Quý Công ty"),
        ("Công an phường Ninh Kiều", "Quý Cơ quan"),
        ("Công đoàn phường Ninh Kiều", "Quý Công đoàn"),
        ("Trường Tiểu học Trần Quốc Toản", "Quý Trường"),
        ("Hợp tác xã Nông nghiệp Tân Thới", "Quý Hợp tác xã"),
        ("Hội Người cao tuổi", "Quý Hội"),
        ("Hội đồng hương Bến Tre", "Quý Hội"),
        ("Sông Hậu Farm", "Quý Tổ chức"),
        ("Thuế cơ sở 3", "Quý Cơ quan"),
    ],
)
def test_an_organisation_is_addressed_by_its_kind(name: str, form: str) -> None:
    assert form_of_address(Applicant(ApplicantKind.ORGANISATION, name)) == form
