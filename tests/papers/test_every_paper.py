"""Every A4 paper measured in its PDF: margins by NĐ 30, whole dates, the quốc hiệu on one line, the
foot of further pages, no lone word at the end of a paragraph, no torn line.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from cchc_desk.domain.dossiers.register_rows import (
    AnnexRow,
    ApologyRow,
    FirstPromise,
    HandOverRow,
    LateRow,
    StrikeLine,
)
from cchc_desk.papers.covering_letter import CoveringLetter, covering_letter_drawing
from cchc_desk.papers.forms.apology import apology_drawing
from cchc_desk.papers.forms.blank_receipts import BlankReceipts, blank_receipts_pdf
from cchc_desk.papers.forms.control_sheet import control_sheet_drawing
from cchc_desk.papers.forms.correction import CorrectedLine, CorrectionNote, correction_drawing
from cchc_desk.papers.forms.history import HistoryLine, HistoryPaper, history_drawing
from cchc_desk.papers.forms.receipt import ReceiptPaper, receipt_drawing
from cchc_desk.papers.forms.refusal import refusal_drawing
from cchc_desk.papers.forms.return_receipt import ReturnReceipt, return_receipt_drawing
from cchc_desk.papers.forms.slip import Paragraph
from cchc_desk.papers.forms.stop_notice import stop_notice_drawing
from cchc_desk.papers.forms.supplement import supplement_drawing
from cchc_desk.papers.layout.blocks import NATION, Agency
from cchc_desk.papers.layout.words import moment_in_words
from cchc_desk.papers.lists import (
    ListHead,
    apology_list_pdf,
    hand_over_slip_pdf,
    head_note_pdf,
    receipt_annex_pdf,
    register_book_pdf,
    review_list_pdf,
)
from tests.papers.forms.test_read_back import AGENCY, NAMES, a_receipt, an_apology
from tests.papers.forms.test_slips import a_control, a_refusal, a_stop, a_supplement
from tests.papers.layout.test_tables import PASSING, book_row
from tools.gallery.situations import TIMES, situations

AT = datetime(2026, 3, 9, 8, 0)
CODE, NAME = "000.00.31.H13-200805-0001", NAMES[4]
WARD = Agency("Ủy ban nhân dân tỉnh An Giang", "Ủy ban nhân dân phường Mỹ Hòa Hưng")
REASON = (
    "Giấy chứng sinh ghi họ, chữ đệm, tên của người mẹ không thống nhất với Cơ sở dữ liệu quốc gia "
    "về dân cư; phải gửi văn bản đề nghị xác minh ngày 09 tháng 3 năm 2026"
)
HEAD = ListHead(WARD, "Phường Trần Hưng Đạo", date(2026, 3, 9), "Năm 2026")
MOVED = FirstPromise(AT, AT + timedelta(days=1))
MANY = 24

ORDER = "Công văn số 2307/UBND-NC ngày 03 tháng 8 năm 2020 của Ủy ban nhân dân thành phố Cần Thơ"


def letter(*reasons: str) -> tuple[Paragraph, ...]:
    """The sentences of a letter with these reasons and a new date."""
    return (
        Paragraph(
            "Ngày 23 tháng 11 năm 2026, Ủy ban nhân dân phường Ninh Kiều tiếp nhận giải quyết hồ "
            "sơ “Thủ tục đăng ký khai sinh” của Bà; thời gian hẹn trả kết quả giải quyết hồ sơ: "
            f"{moment_in_words(AT)}."
        ),
        *(Paragraph(f"Lý do: {reason}") for reason in reasons),
        Paragraph(f"{moment_in_words(AT)}.", bold=True),
        Paragraph("Trân trọng./."),
    )


def a_covering_letter() -> CoveringLetter:
    return CoveringLetter(
        agency=WARD,
        place="Mỹ Hòa Hưng",
        receiver="Văn phòng Ủy ban nhân dân tỉnh An Giang",
        period="6 tháng đầu năm 2026",
        first=date(2025, 12, 15),
        last=date(2026, 6, 14),
        enclosed=("Biểu số II.06a/VPCP/KSTT: Tình hình, kết quả", "Phí, lệ phí"),
        signer=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        made=AT.date(),
    )


PAPERS: dict[str, Callable[[], bytes]] = {
    "receipt": lambda: receipt_drawing(a_receipt(code=CODE, owner=NAME, due=AT, accepted=AT)).pdf(),
    "receipt of many": lambda: receipt_drawing(
        a_receipt(papers=(ReceiptPaper(NAME, 1, 2, 3),) * MANY, place="Phường Trần Hưng Đạo")
    ).pdf(),
    "apology": lambda: apology_drawing(
        an_apology(agency=WARD, addressee=NAME, address=NAME, body=letter(REASON))
    ).pdf(),
    "apology of two pages": lambda: apology_drawing(an_apology(body=letter(*[REASON] * 20))).pdf(),
    "supplement": lambda: supplement_drawing(
        replace(a_supplement(REASON), items=(REASON,) * MANY)
    ).pdf(),
    "refusal": lambda: refusal_drawing(a_refusal(REASON)).pdf(),
    "stop": lambda: stop_notice_drawing(a_stop(NAME)).pdf(),
    "control": lambda: control_sheet_drawing(
        replace(
            a_control("Đào"),
            owner=NAME,
            passings=(replace(PASSING, note=REASON, result="Quá hạn 12 ngày làm việc 5 giờ"),) * 9,
        )
    ).pdf(),
    "correction": lambda: correction_drawing(
        CorrectionNote(
            agency=AGENCY,
            place="Ninh Kiều",
            made=AT.date(),
            code=CODE,
            owner=NAME,
            you="Ông/Bà",
            accepted=AT,
            due=AT,
            lines=(CorrectedLine("Địa chỉ", NAME, NAME),) * 4,
            reasons=(REASON,),
            handed_in_by=NAME,
            official="Nguyễn Thị Hoài An",
            hotline="0292 3820 000",
        )
    ).pdf(),
    "return": lambda: return_receipt_drawing(
        ReturnReceipt(
            agency=AGENCY,
            place="Ninh Kiều",
            code=CODE,
            owner=NAME,
            procedure=NAME,
            result="Giấy khai sinh",
            returned=AT,
            to="Lý Ơn",
            phone="",
            id_label="Số định danh cá nhân/Thẻ căn cước/Hộ chiếu",
            id_number="092190001234",
            lateness=REASON,
            authority=REASON,
            how="tại quầy",
            papers_back=REASON,
            originals="",
            official="Nguyễn Thị Hoài An",
        )
    ).pdf(),
    "history": lambda: history_drawing(
        HistoryPaper(
            AGENCY,
            "Ninh Kiều",
            AT,
            CODE,
            NAME,
            "Khai sinh",
            AT,
            AT,
            (HistoryLine(AT, REASON, "Nguyễn Thị Hoài An"),) * MANY,
            "24-FEC4",
            "",
        )
    ).pdf(),
    "blank receipts": lambda: blank_receipts_pdf(
        BlankReceipts(AGENCY, "Ninh Kiều", NAME, "2025", ["GT-260309-0001"], AT.date())
    ),
    "register book": lambda: register_book_pdf(HEAD, [book_row(n, NAME) for n in range(1, MANY)]),
    "hand-over slip": lambda: hand_over_slip_pdf(
        HEAD, "An", "Bình", AT, [HandOverRow(CODE, NAME, NAME, MOVED, REASON)] * 5
    ),
    "annex": lambda: receipt_annex_pdf(
        HEAD, [], [AnnexRow(CODE, NAME, NAME, AT, AT, "1 ngày", 1, "Đào")] * 9, NAME, "An"
    ),
    "public list": lambda: apology_list_pdf(
        HEAD, [ApologyRow(CODE, NAME, NAME, MOVED, REASON, AT, "05/PXL-UBND")] * 5, ("TM.",)
    ),
    "review list": lambda: review_list_pdf(
        HEAD, [StrikeLine("Đào", "3 lần", CODE, NAME, MOVED, "Khác", REASON)] * 9, ORDER
    ),
    "head note": lambda: head_note_pdf(
        HEAD, [REASON], [LateRow(CODE, NAME, NAME, "Đào", MOVED, None)] * MANY, ORDER
    ),
    "covering letter": lambda: covering_letter_drawing(a_covering_letter()).pdf(),
    "covering letter of two pages": lambda: covering_letter_drawing(
        replace(a_covering_letter(), enclosed=(NAME,) * 14, receiver=NAME)
    ).pdf(),
}


@dataclass(frozen=True)
class Line:
    """Text of one line on its page, with its box in millimetres from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def lines_of(pdf: bytes) -> list[tuple[float, float, list[Line]]]:
    """(width, height, lines) of each page."""
    found = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            texts, (wide, high) = page.get_textpage(), page.get_size()
            lines = []
            for number in range(texts.count_rects()):
                left, bottom, right, top = texts.get_rect(number)
                said = texts.get_text_bounded(left, bottom, right, top).strip()
                box = (left, high - top, right, high - bottom)
                lines.append(Line(said, *(edge / 72 * 25.4 for edge in box)))
            found.append((wide / 72 * 25.4, high / 72 * 25.4, lines))
    return found


FOOT = re.compile(r" · (\d+)/(\d+)$")
DATE = re.compile(r"ngày \d\d tháng \d\d? năm \d{4}")
AT_THE_FOOT = ("Mã kiểm tra: ", "Sổ cái: ")
OVER_THE_EDGE = 0.6  # millimetres: italics lean out of their box
BLANK = 2.0  # a line ends with the blank at which it was broken, wider in a justified one


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_keeps_the_form(kind: str) -> None:
    check_form(lines_of(PAPERS[kind]()))


def check_form(pages: list[tuple[float, float, list[Line]]]) -> None:
    feet = []
    for number, (wide, high, lines) in enumerate(pages, 1):
        for line in lines:
            assert unicodedata.is_normalized("NFC", line.text)
            if found := FOOT.search(line.text):
                feet.append((int(found[1]), int(found[2])))
                assert high - 20 < line.top
                continue
            if line.text.startswith(AT_THE_FOOT) and high - 20 < line.top:  # at the foot's left
                assert line.right < wide / 2
                continue
            assert line.left >= 30 - OVER_THE_EDGE, (number, line)
            assert line.right <= wide - 15 + OVER_THE_EDGE + BLANK, (number, line)
            assert line.bottom <= high - 20 + OVER_THE_EDGE, (number, line)
            assert line.top >= 20 - OVER_THE_EDGE or line.text.isdigit(), (number, line)
        for line, after in pairwise(lines):
            spanning = DATE.search(f"{line.text} {after.text}")
            # A date that begins a line and is broken is longer than its column.
            broken = spanning and 0 < spanning.start() < len(line.text) < spanning.end()
            assert not broken or after.left > line.right, (line, after)
    assert any(line.text == NATION for _, _, lines in pages[:1] for line in lines)
    first_pages = [place for place, page in enumerate(pages) if _begins(page[2])]
    assert len(feet) + len(first_pages) == len(pages)
    for begins, ends in pairwise([*first_pages, len(pages)]):  # each copy counts its own pages
        copy, feet = feet[: ends - begins - 1], feet[ends - begins - 1 :]
        assert copy == [(page, ends - begins) for page in range(2, ends - begins + 1)]


def _begins(lines: list[Line]) -> bool:
    """True for the first page of a copy, which has the quốc hiệu."""
    return any(line.text == NATION for line in lines)


@pytest.mark.sweep
@pytest.mark.parametrize("time", TIMES if os.environ.get("PAPERS") == "all" else ["2025"])
def test_a_paper_of_every_situation_keeps_the_form(tmp_path: Path, time: str) -> None:
    """A letter of each state to each address, slips, receipts, lists, all by the real road."""
    seen = {}
    for name, pdf in situations(tmp_path / "desk", TIMES[time]):
        seen[name] = pages = lines_of(pdf)
        told = "\n".join(line.text for _, _, lines in pages for line in lines)
        assert not re.search(r"\bNone\b|[{}\u25a1\ufffd]|\.\.(?!\.)|,,| ,", told), (name, told)
        if round(pages[0][0]) not in (210, 297) or name == "morning":
            continue  # labels, A5, and the morning sheet, which is no paper of an authority
        check_form(pages)
        if name.startswith(("letter", "mistake", "stop", "refusal", "supplement", "lacking")):
            check_ends(pages)
            assert max(blanks(pdf)) < TORN, name
    assert len(seen) > 60


TORN = 3.0  # millimetres of a blank; between "Số điện thoại …" and "Email" stand four


def blanks(pdf: bytes) -> Iterator[float]:
    """Yield the blanks between two words of one sentence, in millimetres."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            texts = page.get_textpage()
            said = texts.get_text_range()
            for at in (found.start() for found in re.finditer(r"(?<=\S) (?=\S)", said)):
                before, after = texts.get_charbox(at - 1), texts.get_charbox(at + 1)
                wide = (after[0] - before[2]) / 72 * 25.4
                if abs(before[1] - after[1]) < 6 and wide < 4.5:
                    yield wide


@pytest.mark.parametrize(
    "kind", ["apology", "apology of two pages", "supplement", "refusal", "stop"]
)
def test_no_lone_short_word_ends_a_paragraph(kind: str) -> None:
    check_ends(lines_of(PAPERS[kind]()))


def check_ends(pages: list[tuple[float, float, list[Line]]]) -> None:
    for _, _, lines in pages:
        for before, line in pairwise(lines):
            is_short = " " not in line.text and len(line.text) < 8 and not line.text.isdigit()
            goes_on = before.right > 150 and 28 < line.left < 60
            assert not (is_short and goes_on), (before, line)


@pytest.mark.parametrize("papers", [1, 3])
@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh Đào", NAME])
def test_a_short_receipt_takes_one_a5_page_a_copy_with_the_quoc_hieu_on_one_line(
    papers: int, name: str
) -> None:
    receipt = a_receipt(
        owner=name, address=name, papers=(ReceiptPaper("Tờ khai", 1, 0, 0),) * papers
    )
    pages = lines_of(receipt_drawing(receipt, paper="A5").pdf())
    assert len(pages) == 2
    for _, _, lines in pages:
        assert any(line.text == NATION for line in lines)
        (promise,) = [
            line.text for line in lines if "25 tháng" in line.text and "năm 2026" in line.text
        ]
        assert "ngày 25 tháng 11 năm 2026" in promise


@pytest.mark.parametrize("kind", ["apology", "stop"])
def test_a_stamped_paper_leaves_28_to_32_millimetres_for_signature_and_seal(kind: str) -> None:
    lines = [line for _, _, lines in lines_of(PAPERS[kind]()) for line in lines]
    place = next(number for number, line in enumerate(lines) if line.text == "CHỦ TỊCH")
    name = next(line for line in lines[place + 1 :] if line.left > 110)
    assert 28 <= name.top - lines[place].bottom <= 32


def test_the_agency_above_is_abbreviated_and_the_place_stands_on_one_line() -> None:
    texts = [line.text for line in lines_of(PAPERS["hand-over slip"]())[0][2]]
    assert "UBND TỈNH AN GIANG" in texts
    assert "Phường Trần Hưng Đạo, ngày 09 tháng 3 năm 2026" in texts


@pytest.mark.parametrize(
    "kind", ["public list", "review list", "head note", "register book", "annex", "control"]
)
def test_no_cell_of_a_list_is_a_tower_of_words(kind: str) -> None:
    tallest = 0
    for _, _, lines in lines_of(PAPERS[kind]()):
        run = 0
        for before, line in pairwise(lines):
            below = abs(line.left - before.left) < 0.7 and 0 < line.top - before.top < 6
            run = run + 1 if below else 0
            tallest = max(tallest, run + 1)
    assert tallest < 16
