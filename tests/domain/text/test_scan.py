"""What a reader adds to a code is taken off, whatever it is set to."""

import pytest

from cchc_desk.domain.papers.check_codes import code_in
from cchc_desk.domain.people.identity_card import read_card
from cchc_desk.domain.text.scan import payload_of

CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"
CODE = "H13.999-261026-0001"
ADDED = [
    ("]C0", ""),
    ("]C1", "\r"),
    ("]C1\x1d", "\r\n"),
    ("]Q1", "\t"),
    ("]Q3", "\x1d"),
    ("]d2", "\n"),
    ("]Q2\\000026", ""),
    ("\x1d", "\x04"),
    ("  ", "  "),
    ("\ufeff]Q1", "\r"),
    ("\x02]Q1 ", "\x03"),
]


@pytest.mark.parametrize(("before", "after"), ADDED)
def test_only_the_code_is_left(before: str, after: str) -> None:
    assert payload_of(f"{before}{CODE}{after}") == code_in(f"{before}{CODE}{after}") == CODE
    assert payload_of(f"{before}{CARD}{after}") == CARD
    assert read_card(f"{before}{CARD}{after}") == read_card(CARD)


@pytest.mark.parametrize("text", [CODE, CARD, "nguyễn thị", "]", "0912 345 678", "C1 an", ""])
def test_a_text_without_additions_stays(text: str) -> None:
    assert payload_of(text) == text
