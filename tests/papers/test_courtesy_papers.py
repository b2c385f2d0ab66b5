"""The papers of «4 xin, 4 luôn», read back: one page each, whole words, "—" for nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from cchc_desk.domain.courtesy import Item, ItemShare, Mark, Share
from cchc_desk.papers.courtesy import (
    CARD,
    OBSERVATION,
    Figures,
    Seen,
    SeenItem,
    Week,
    card_pdf,
    observation_pdf,
    report_pdf,
)
from cchc_desk.papers.lists import ListHead
from tests.papers.forms.test_read_back import AGENCY, NAMES, pages, squeezed

HEAD = ListHead(AGENCY, "Ninh Kiều", date(2026, 11, 23), "Tuần từ 23/11/2026 đến 29/11/2026")
EIGHT = (
    "xin chào", "xin lỗi", "xin cảm ơn", "xin phép",
    "luôn mỉm cười", "luôn nhẹ nhàng", "luôn lắng nghe", "luôn sẵn sàng giúp đỡ bà con từ xa đến",
)  # fmt: skip
FIGURES = Figures(
    [ItemShare(Item(text, text), Share(0, 0)) for text in EIGHT],
    [
        ("Tự chấm", "—"),
        (
            "Công dân đánh giá",
            "4,2 trên 5, 72 lượt (rất hài lòng 37, hài lòng 19, bình thường 16, không hài lòng 4)",
        ),
    ],
)
WEEKS = [Week("23/11", "100 %", "—")] * 8


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_a_week_stands_on_one_page(name: str, paper: str) -> None:
    (text,) = pages(card_pdf(HEAD, name, FIGURES, WEEKS, paper))
    said = squeezed(text)
    for words in (CARD, name, *EIGHT, "Không dùng phiếu này để xếp loại", "4,2 trên 5"):
        assert squeezed(words) in said
    assert said.count("100%") == 8


def test_the_desk_s_report_names_nobody_and_is_signed_by_two() -> None:
    (text,) = pages(report_pdf(HEAD, FIGURES))
    assert "LÃNH ĐẠO" in text
    assert "Họ và tên" not in text


def test_the_blank_sheet_leaves_everything_to_the_hand() -> None:
    blank = Seen("", "", None, [SeenItem(item, None) for item in EIGHT], "", "")
    (text,) = pages(observation_pdf(replace(HEAD, about=""), blank))
    assert OBSERVATION in text
    assert "×" not in text.split("Đánh dấu")[0]
    assert "23" not in text  # no day is printed


def test_a_filled_sheet_says_what_was_seen_and_by_whom() -> None:
    marks = [SeenItem(item, Mark.DONE) for item in EIGHT]
    at = datetime(2026, 11, 23, 9, 15)
    (text,) = pages(
        observation_pdf(HEAD, Seen(NAMES[0], "Lê Mai Chi", at, marks, "Chào trước.", ""))
    )
    assert text.split("Đánh dấu")[0].count("×") == 8
    for words in (NAMES[0], "09 giờ 15", "Chào trước.", "không ghi"):
        assert squeezed(words) in squeezed(text)
