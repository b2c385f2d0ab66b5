"""What goes onto a paper comes back from its PDF letter by letter, inside the page, in our own
fonts only.
"""

import io
import re
import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from itertools import product

import pypdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4, A5

from cchc_desk.papers.forms.apology import Apology, apology_drawing, apology_title
from cchc_desk.papers.forms.receipt import COPIES, Receipt, ReceiptPaper, receipt_drawing
from cchc_desk.papers.forms.slip import Paragraph
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.fonts import MISSING, fonts, missing_characters
from cchc_desk.papers.layout.sheet import wrap
from cchc_desk.papers.layout.words import date_in_words, moment_in_words, number_line

AGENCY = Agency("Ủy ban nhân dân phường Ninh Kiều", "Trung tâm Phục vụ hành chính công")
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
VOWELS = "aăâeêioôơuưy"
LETTERS = [
    unicodedata.normalize("NFC", v + t) for v, t in product(VOWELS + VOWELS.upper(), TONES)
] + ["đ", "Đ"]
EVERY_LETTER = " ".join("".join(LETTERS[i : i + 6]) for i in range(0, len(LETTERS), 6))
LONG_WORD = "Ngườidânkhôngcódấucách" * 9

NAMES = [
    "Nguyễn Thị Ánh Đào",
    EVERY_LETTER[:190],
    EVERY_LETTER[-190:],
    "<b>Đào & Cả</b> {x} %s \\n <para>",
    "Công ty TNHH Một thành viên Sản xuất Thương mại Dịch vụ Xuất nhập khẩu Nông sản và Thủy "
    "sản Đồng bằng sông Cửu Long – Chi nhánh Ninh Kiều (Cần Thơ)",
    LONG_WORD,
]


def a_receipt(**change: object) -> Receipt:
    receipt = Receipt(
        agency=AGENCY,
        place="Ninh Kiều",
        circular="Thông tư 03/2025/TT-VPCP",
        desk="Trung tâm Phục vụ hành chính công phường Ninh Kiều, Quầy 1",
        code="H13.31-261123-0004",
        owner="Nguyễn Thị Ánh Đào",
        submitter="",
        address="12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
        phone="0912345678",
        email="",
        id_number="092190001234",
        procedure="Thủ tục đăng ký khai sinh",
        papers=(
            ReceiptPaper("Tờ khai đăng ký khai sinh", 1, 0, 0),
            ReceiptPaper("Giấy chứng sinh", 1, 0, 2),
        ),
        counts=("Bản chính", "Bản chứng thực", "Bản photo"),
        sets=1,
        limit="1 ngày làm việc",
        accepted=datetime(2026, 11, 23, 10, 0),
        due=datetime(2026, 11, 25, 10, 0),
        provisional=False,
        receive_at="Trung tâm Phục vụ hành chính công phường Ninh Kiều",
        fee="Không thu phí, lệ phí",
        official="Nguyễn Thị Hoài An",
        hotline="",
    )
    return replace(receipt, **change)  # type: ignore[arg-type]


def an_apology(**change: object) -> Apology:
    letter = Apology(
        agency=Agency("Ủy ban nhân dân thành phố Cần Thơ", "Ủy ban nhân dân phường Ninh Kiều"),
        place="Ninh Kiều",
        number="05/PXL-UBND",
        symbol="PXL-UBND",
        signed=date(2026, 8, 3),
        drafted=date(2026, 8, 3),
        title=apology_title("2025", dated=True),
        addressee="Bà Nguyễn Thị Ánh Đào",
        address="12 Nguyễn Trãi",
        phone="0912345678",
        code="H13.31-261123-0004",
        body=(
            Paragraph("Lý do: Cần thời gian xác minh."),
            Paragraph("10 giờ 00 phút, ngày 27 tháng 11 năm 2026.", bold=True),
            Paragraph("Trân trọng./."),
        ),
        signer_lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        signer="Lê Mai Chi",
        desk="Trung tâm Phục vụ hành chính công",
    )
    return replace(letter, **change)  # type: ignore[arg-type]


FOOT = re.compile(r"\n.* · \d+/\d+\s*$")  # of the second page of a copy and on


def pages(pdf: bytes) -> list[str]:
    """The text of each page without its foot."""
    return [FOOT.sub("", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def quick_pages(pdf: bytes) -> list[str]:
    """The letters of each page without blanks, by a reader in C: pypdf takes ten times as long."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def joined(pdf: bytes) -> str:
    """The text with wrapped lines joined (a line broken at a blank still ends with it, the reader
    puts another before one that begins further right), page numbers left out.
    """
    lines = [[line.removeprefix(" ") for line in page.split("\n")] for page in pages(pdf)]
    return "".join("".join(page[1:] if page[0].isdigit() else page) for page in lines)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_every_field_of_the_receipt_comes_back_exactly(name: str, paper: str) -> None:
    receipt = a_receipt(
        owner=name, submitter=name, address=name, procedure=name, fee=name, official=name
    )
    text = joined(receipt_drawing(receipt, paper=paper).pdf())
    for label in (
        "Tiếp nhận hồ sơ của",
        "Người nộp",
        "Địa chỉ",
        "Nội dung yêu cầu giải quyết",
        "Phí, lệ phí",
    ):
        assert text.count(f"{label}: {name}") == len(COPIES)


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_the_apology_comes_back_exactly(name: str) -> None:
    body = (Paragraph(f"Lý do: {name}"), Paragraph("Trân trọng./."))
    text = joined(apology_drawing(an_apology(addressee=name, address=name, body=body)).pdf())
    for expected in (f"Kính gửi: {name}", f"Địa chỉ: {name}", f"Lý do: {name}", "Trân trọng./."):
        assert expected in text


@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_twenty_papers_go_on_to_a_second_page_and_none_is_lost(paper: str) -> None:
    papers = tuple(ReceiptPaper(f"{n:02d} {NAMES[4]}", n, 0, 1) for n in range(1, 21))
    pdf = receipt_drawing(a_receipt(papers=papers), paper=paper).pdf()
    text = squeezed("".join(pages(pdf)))
    for listed in papers:
        assert text.count(squeezed(listed.name)) == len(COPIES)
    assert len(pages(pdf)) >= 2 * len(COPIES)
    assert (
        pages(pdf)[1].lstrip().startswith("2")
    )  # the page number, from the second page of a copy on


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("A5", A5)])
def test_nothing_stands_outside_the_page(paper: str, size: tuple[float, float]) -> None:
    papers = tuple(ReceiptPaper(LONG_WORD[:120], 100, 100, 100) for _ in range(20))
    pdf = receipt_drawing(
        a_receipt(owner=LONG_WORD, papers=papers, email="x" * 60 + "@thu.vn"), paper=paper
    ).pdf()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            size, abs=0.01
        )
        places: list[tuple[float, float]] = []

        def seen(
            text: str,
            cm: list[float],
            tm: list[float],
            font: object,
            points: float,
            to: object = places,
        ) -> None:
            if text.strip():
                to.append((tm[4], tm[5]))  # type: ignore[attr-defined]

        page.extract_text(visitor_text=seen)
        assert places
        assert all(0 < x < size[0] and 0 < y < size[1] for x, y in places)


def test_a_normal_receipt_is_one_page_a_copy_with_both_copies_named() -> None:
    both = pages(receipt_drawing(a_receipt()).pdf())
    assert len(both) == 2
    for copy, text in zip(COPIES, both, strict=True):
        assert f"({copy})" in text
        assert "10 giờ 00 phút, ngày 25 tháng 11 năm 2026" in text


def test_the_same_receipt_is_the_same_bytes() -> None:
    assert receipt_drawing(a_receipt()).pdf() == receipt_drawing(a_receipt()).pdf()
    assert (
        receipt_drawing(a_receipt()).pdf() != receipt_drawing(a_receipt(), offset_mm=(1, 0)).pdf()
    )


def test_only_our_own_fonts_are_in_the_file() -> None:
    for pdf in (
        receipt_drawing(a_receipt(watermark="TẬP HUẤN")).pdf(),
        apology_drawing(an_apology()).pdf(),
    ):
        used = {
            str(font.get_object()["/BaseFont"])
            for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
            for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
        }
        assert used
        assert all("CCHCSerif" in name for name in used), used


def test_a_provisional_date_says_so() -> None:
    assert "tạm tính" in joined(receipt_drawing(a_receipt(provisional=True)).pdf())
    assert "tạm tính" not in joined(receipt_drawing(a_receipt()).pdf())


@pytest.mark.parametrize(
    ("form_set", "title"),
    [
        ("2018", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
        ("2025", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
    ],
)
def test_the_letter_bears_the_title_of_its_form_set_number_and_date(
    form_set: str, title: str
) -> None:
    letter = apology_drawing(an_apology(title=apology_title(form_set, dated=True))).pdf()
    text = " ".join(joined(letter).split())
    assert title in pages(letter)[0]  # on one line, no word of it torn off
    assert f"{title} HỒ SƠ" not in text
    assert "Số: 05/PXL-UBND" in text
    assert "ngày 03 tháng 8 năm 2026" in text
    assert text.count("./.") == 1


def test_a_draft_has_no_number_and_says_it_is_one() -> None:
    text = joined(apology_drawing(an_apology(number=None, signed=None)).pdf())
    assert "DỰ THẢO" in text
    assert "05/" not in text


@pytest.mark.parametrize("form_set", ["2018", "2025"])
def test_the_title_of_a_letter_without_a_new_date_promises_none(form_set: str) -> None:
    title = apology_title(form_set, dated=False)
    assert "XIN LỖI" in title
    assert "HẸN" not in title


def test_the_letter_names_no_clerk() -> None:
    assert "Hoài An" not in joined(apology_drawing(an_apology()).pdf())


def test_a_character_the_fonts_lack_is_a_visible_box_never_nothing() -> None:
    assert missing_characters("Sok សុខ 王 Đào") == "សុខ王"
    assert f"Sok {MISSING * 3}" in joined(receipt_drawing(a_receipt(owner="Sok សុខ")).pdf())


def test_every_vietnamese_letter_and_sign_is_in_every_font() -> None:
    needed = "".join(LETTERS) + "₫–—…“”‘’«»•½²³°%§№" + MISSING
    assert [char for char in needed if ord(char) not in fonts()] == []


@pytest.mark.parametrize("room", [30, 61, 120, 400])
@pytest.mark.parametrize("text", NAMES)
def test_wrapped_lines_fit_and_join_to_the_text(text: str, room: float) -> None:
    fonts()
    lines = wrap(text, "CCHC", 13, room)
    assert "".join(lines) == text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_in_words(day: date, words: str) -> None:
    assert date_in_words(day) == words
    assert (
        moment_in_words(datetime(day.year, day.month, day.day, 8, 7)) == f"08 giờ 07 phút, {words}"
    )


def test_numbers_below_ten_have_a_zero() -> None:
    assert [number_line(n, "PXL-UBND") for n in (5, 10, 123)] == [
        "05/PXL-UBND",
        "10/PXL-UBND",
        "123/PXL-UBND",
    ]
