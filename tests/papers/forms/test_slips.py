"""The slips, the control sheet and the morning sheet: what goes in comes back, and nothing leaves
the page.
"""

from dataclasses import replace
from datetime import date, datetime

import pytest

from cchc_desk.papers.forms.control_sheet import ControlSheet, Passing, control_sheet_drawing
from cchc_desk.papers.forms.refusal import Refusal, refusal_drawing
from cchc_desk.papers.forms.slip import Citizen, Paragraph, SlipHead
from cchc_desk.papers.forms.stop_notice import StopNotice, stop_notice_drawing
from cchc_desk.papers.forms.supplement import Supplement, supplement_drawing
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.morning_sheet import MorningSheet, Section, morning_sheet_drawing
from tests.papers.forms.test_read_back import AGENCY, NAMES, joined, pages, squeezed

AT = datetime(2026, 11, 23, 10, 0)
DESK = "Trung tâm Phục vụ hành chính công phường Ninh Kiều"


def head(title: str) -> SlipHead:
    return SlipHead(AGENCY, "Ninh Kiều", "05/HDHS", date(2026, 8, 3), title, "H13.31-261123-0004")


def citizen(name: str) -> Citizen:
    return Citizen(name, name, "0912345678", "", name, "Ông/Bà")


def a_supplement(name: str) -> Supplement:
    return Supplement(
        head("PHIẾU"),
        DESK,
        citizen(name),
        (name, "Bản sao"),
        name,
        name,
        "0292 3820 000",
        again=True,
    )


def a_refusal(name: str) -> Refusal:
    return Refusal(head("PHIẾU"), DESK, citizen(name), name, name, name, "", "000.00.01-261123", AT)


def a_stop(name: str) -> StopNotice:
    lines = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return StopNotice(
        head("THÔNG BÁO"),
        DESK,
        citizen(name),
        (Paragraph(f"Lý do: {name}"), Paragraph("Xin thông báo để Ông/Bà được biết./.")),
        lines,
        name,
    )


def a_control(name: str, passings: int = 2) -> ControlSheet:
    passing = Passing(name, name, name, name, AT, "Quá hạn 90 phút", name)
    agency = Agency("Ủy ban nhân dân phường Ninh Kiều", "Trung tâm Phục vụ hành chính công")
    code = "H13.31-261123-0004"
    return ControlSheet(
        agency,
        "Ninh Kiều",
        AT,
        code,
        name,
        name,
        "",
        name,
        AT,
        AT,
        name,
        name,
        (passing,) * passings,
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_slip_gives_back_what_went_in(name: str) -> None:
    for pdf in (
        supplement_drawing(a_supplement(name)).pdf(),
        refusal_drawing(a_refusal(name)).pdf(),
        stop_notice_drawing(a_stop(name)).pdf(),
        control_sheet_drawing(a_control(name)).pdf(),
    ):
        assert squeezed(joined(pdf)).count(squeezed(name)) >= 2


@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_the_words_of_the_forms(paper: str) -> None:
    told = squeezed(joined(supplement_drawing(a_supplement("Đào"), paper=paper).pdf()))
    for line in (
        "Số: 05/HDHS",
        "Ninh Kiều, ngày 03 tháng 8 năm 2026",
        "Tiếp nhận hồ sơ/yêu cầu của Ông/Bà: Đào",
        "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:",
        "1. Đào",
        "2. Bản sao",
        "NGƯỜI HƯỚNG DẪN",
    ):
        assert squeezed(line) in told
    told = squeezed(joined(refusal_drawing(a_refusal("Đào"), paper=paper).pdf()))
    for line in (
        "không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        "000.00.01-261123",
    ):
        assert squeezed(line) in told
    assert "NGƯỜINỘPHỒSƠ" not in told  # an online dossier has nobody at the counter to sign
    assert "NGƯỜINỘPHỒSƠ" in squeezed(
        joined(refusal_drawing(replace(a_refusal("Đào"), portal_code=""), paper=paper).pdf())
    )


def test_the_same_facts_give_the_same_bytes() -> None:
    assert (
        supplement_drawing(a_supplement("Đào")).pdf()
        == supplement_drawing(a_supplement("Đào")).pdf()
    )
    assert (
        control_sheet_drawing(a_control("Đào")).pdf()
        == control_sheet_drawing(a_control("Đào")).pdf()
    )


def test_a_reprint_says_so() -> None:
    slip = a_supplement("Đào")
    again = supplement_drawing(
        replace(slip, head=replace(slip.head, reprint="Bản in lại lần 2"))
    ).pdf()
    assert "Bảninlạilần2" in squeezed(joined(again))


def test_many_hand_overs_go_on_under_the_same_titles() -> None:
    told = pages(
        control_sheet_drawing(a_control("Ủy ban nhân dân phường Ninh Kiều", passings=20)).pdf()
    )
    assert len(told) > 2
    assert all("GHI CHÚ" in page for page in told[:-1])


@pytest.mark.parametrize("rows", [0, 3, 40, 900])
def test_the_morning_sheet_is_one_page_whatever_the_day_holds(rows: int) -> None:
    line = ("H13.31-261123-0004 · " + "Nguyễn Thị Ánh Đào " * 12, "10:00 25/11")
    sections = tuple(Section(f"Mục {n}", (line,) * rows, "Không có.", "(F6)") for n in range(8))
    foot = tuple((f"Dòng {n}", "chữ " * 30) for n in range(3))
    pdf = morning_sheet_drawing(MorningSheet(AGENCY, AT, sections, foot)).pdf()
    (page,) = pages(pdf)
    assert page.count("Mục") >= 8
    assert "CỘNG HÒA" not in page  # a sheet for within the house
    assert ("mục nữa (F6)" in page) == (rows > 14 or rows * 8 > 40)
    assert "Dòng 2" in page
