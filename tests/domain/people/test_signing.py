"""Authority over the signature: that of who signs (NĐ 30/2020, Phụ lục I, II.7)."""

import pytest

from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.people.signing import Signing, SigningForm, check_signing, signer_lines
from cchc_desk.errors import Refused

OFFICE = "TM. ỦY BAN NHÂN DÂN"


def leader(title: str) -> Official:
    return Official("chi", "Lê Mai Chi", Role.LEADER, title)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Chủ tịch", (OFFICE, "CHỦ TỊCH")),
        ("Chủ tịch UBND phường", (OFFICE, "CHỦ TỊCH")),
        ("Phó Chủ tịch", (OFFICE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("phó chủ tịch UBND phường Ninh Kiều", (OFFICE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Quyền Chủ tịch", (OFFICE, "Q. CHỦ TỊCH")),
    ],
)
def test_a_title_that_says_it_is_enough(title: str, lines: tuple[str, ...]) -> None:
    assert signer_lines(leader(title), {}) == lines


@pytest.mark.parametrize("title", ["", "Lãnh đạo", "Giám đốc Trung tâm", "Chủ tịchh"])
def test_nobody_signs_by_an_authority_that_nobody_named(title: str) -> None:
    with pytest.raises(Refused) as refused:
        signer_lines(leader(title), {})
    assert refused.value.code == "signer-title"
    assert "Lê Mai Chi" in refused.value.message


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (SigningForm.BY_ORDER, ("TL. CHỦ TỊCH", "GIÁM ĐỐC TRUNG TÂM")),
        (SigningForm.AUTHORISED, ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC TRUNG TÂM")),
        (SigningForm.DEPUTY, (OFFICE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)
def test_what_was_kept_for_an_official_holds(form: SigningForm, lines: tuple[str, ...]) -> None:
    kept = {"chi": Signing(form, "Quyết định số 12/QĐ-UBND")}
    assert signer_lines(leader("Giám đốc Trung tâm"), kept) == lines


@pytest.mark.parametrize(
    ("title", "signing", "code"),
    [
        (" ", Signing(SigningForm.HEAD), "signer-title"),
        ("Giám đốc", Signing(SigningForm.BY_ORDER), "signer-mandate"),
        ("Giám đốc", Signing(SigningForm.AUTHORISED), "signer-mandate"),
        ("Quyền Chủ tịch", Signing(SigningForm.ACTING), "signer-mandate"),
        ("Giám đốc", Signing(SigningForm.BY_ORDER, "x" * 201), "signer-mandate"),
    ],
)
def test_signing_for_another_needs_its_paper(title: str, signing: Signing, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_signing(title, signing)
    assert refused.value.code == code


def test_a_deputy_needs_no_paper() -> None:
    check_signing("Phó Chủ tịch", Signing(SigningForm.DEPUTY))
