"""Phone and identity numbers in any spelling."""

import pytest

from cchc_desk.domain.text.numbers import ascii_digits, in_one_piece, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0912345678", ("0912345678",)),
        ("+84 (0)912-345-678", ("0912345678",)),
        ("0292.3.812.345", ("02923812345",)),
        ("0912345678 - 0987654321", ("0912345678", "0987654321")),
        ("0912 345 678 0987 654 321", ("0912345678", "0987654321")),
        ("0912345678-0987654321", ("0912345678", "0987654321")),
        ("0912345678 (con), 0987654321", ("0912345678", "0987654321")),
        ("+84912345678+84987654321", ("0912345678", "0987654321")),
        ("02923812345 máy lẻ 101", ("02923812345", "101")),
        ("092 073 662 042", ("092073662042",)),
        ("", ()),
        ("hỏi con trai", ()),
    ],
)
def test_each_number_of_a_field_is_one(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize("digits", ["０９１２", "០៩១២", "٠٩١٢", "०९१२", "0912"])
def test_digits_of_every_script_are_read(digits: str) -> None:
    assert ascii_digits(f"số {digits}") == "số 0912"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("092 073 662 042", "092073662042"),
        ("0920.7366.2042", "092073662042"),
        ("０９２０７３６６２０４２", "092073662042"),
        ("C 1234567", "C 1234567"),
        (" . ", " . "),
    ],
)
def test_a_number_is_kept_in_one_piece(typed: str, kept: str) -> None:
    assert in_one_piece(typed) == kept
