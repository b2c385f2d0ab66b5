"""Which passwords may be chosen, and which a set-up file may give."""

import unicodedata

import pytest

from cchc_desk.actions.people.passwords import guessed_at_set_up, guessed_first
from cchc_desk.domain.people.passwords import check_chosen, given_fault, one_time_password
from cchc_desk.errors import Refused

OFFICE = {
    "unit_name": "Ủy ban nhân dân phường Ninh Kiều",
    "desk_name": "Quầy tiếp nhận",
    "place": "Ninh Kiều",
    "unit_code": "H13.31",
}


def refusal(password: str) -> str | None:
    """The code with which An may not choose this password."""
    try:
        check_chosen(password, guessed_first(OFFICE, "hoaian", "Nguyễn Thị Hoài An"))
    except Refused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("mưa rào tháng bảy", None),
        ("muarao7h", None),
        ("trà đá vỉa hè", None),
        ("an-com-chua", None),
        ("7h30-chiều-về", None),
        ("bảy ký tự"[:7], "password-short"),
        ("ngắn", "password-short"),
        ("", "password-short"),
        (" " * 8, "password-common"),
        ("11111111", "password-common"),
        ("abababab", "password-common"),
        ("12345678", "password-common"),
        ("9876543210", "password-common"),
        ("abcdefgh", "password-common"),
        ("matkhau123", "password-common"),
        ("Mật khẩu 123", "password-common"),
        ("MatKhau12345", "password-common"),
        ("PASSWORD", "password-common"),
        ("password2026", "password-common"),
        ("practice", "password-common"),
        ("tiepnhan123", "password-common"),
        ("Hoài An 1990", "password-own"),
        ("nguyenthihoaian", "password-own"),
        ("hoaian2026", "password-own"),
        ("ninhkieu2026", "password-own"),
        ("Phường Ninh Kiều", "password-own"),
        ("quaytiepnhan1", "password-own"),
        ("\u200b" * 8, "password-invisible"),
        ("mưa rào\u200b tháng bảy", "password-invisible"),
        ("mưa rào\u202e tháng bảy", "password-invisible"),
        ("mưa rào\x07 tháng bảy", "password-invisible"),
        ("mưa rào\t tháng bảy", "password-invisible"),
        ("\u3164" * 9, "password-invisible"),
        ("mưa rào\u00a0tháng bảy", "password-invisible"),
    ],
)
def test_what_somebody_may_choose(password: str, code: str | None) -> None:
    assert refusal(password) == code
    assert refusal(unicodedata.normalize("NFD", password)) == code


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("matkhau1", None),
        ("secret1", None),
        ("bimat7", None),
        ("mật-khẩu-1", None),
        ("12345", "password-short"),
        ("      ", "password-common"),
        ("111111", "password-common"),
        ("123456", "password-common"),
        ("practice", "password-common"),
        ("\u200b" * 6, "password-invisible"),
        ("hoaian", "password-own"),
        ("HoaiAn", "password-own"),
        ("Nguyễn Thị Hoài An", "password-own"),
    ],
)
def test_a_set_up_file_may_give_all_but_the_worst(password: str, code: str | None) -> None:
    fault = given_fault(password, guessed_at_set_up("hoaian", "Nguyễn Thị Hoài An"))
    assert (fault.code if fault else None) == code


def test_a_one_time_password_may_be_chosen_too_and_never_comes_twice() -> None:
    made = {one_time_password() for _time in range(100)}
    assert len(made) == 100
    assert {refusal(password) for password in made} == {None}
