"""How papers break and stand: no page of signatures alone, dates whole, letters justified, no word
torn in a head.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cchc_desk.domain.dossiers.register_rows import ApologyRow, FirstPromise, HandOverRow
from cchc_desk.papers.forms.apology import apology_drawing
from cchc_desk.papers.forms.control_sheet import control_sheet_drawing
from cchc_desk.papers.forms.history import HistoryLine, HistoryPaper, history_drawing
from cchc_desk.papers.forms.label import Label, label_drawing
from cchc_desk.papers.forms.receipt import ReceiptPaper, receipt_drawing
from cchc_desk.papers.forms.refusal import refusal_drawing
from cchc_desk.papers.forms.slip import Citizen, Paragraph
from cchc_desk.papers.forms.stop_notice import stop_notice_drawing
from cchc_desk.papers.forms.supplement import supplement_drawing
from cchc_desk.papers.layout.fonts import fonts, width
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Sheet, Style
from cchc_desk.papers.lists import ListHead, apology_list_pdf, hand_over_slip_pdf
from tests.papers.forms.test_read_back import (
    AGENCY,
    NAMES,
    a_receipt,
    an_apology,
    joined,
    pages,
    quick_pages,
    squeezed,
)
from tests.papers.forms.test_slips import a_control, a_refusal, a_stop, a_supplement
from tests.papers.layout.test_tables import HEAD, PASSING, places

AT = datetime(2026, 11, 23, 10, 0)
BLANK = Metadata("", "", AT)


def words(count: int) -> str:
    return " ".join(f"chữ{number}" for number in range(count))


def a_receipt_of(papers: int, paper: str) -> bytes:
    return receipt_drawing(
        a_receipt(papers=(ReceiptPaper(NAMES[4], 1, 0, 0),) * papers), paper=paper
    ).pdf()


def body(count: int) -> tuple[Paragraph, ...]:
    return Paragraph(words(count)), Paragraph("Trân trọng./.")


KEPT = FirstPromise(AT, AT)
APOLOGY = ApologyRow("mã", "tên", "việc", KEPT, "", None, "hàng")
HANDED = HandOverRow("mã", "việc", "tên", KEPT, "hàng")

# What grows with a number, and what has to stand above the signatures wherever they come to stand.
GROWING: dict[str, tuple[Callable[[int], bytes], str]] = {
    "receipt": (lambda n: a_receipt_of(n, "A4"), "VàoSổtheodõihồsơ"),
    "receipt A5": (lambda n: a_receipt_of(n, "A5"), "VàoSổtheodõihồsơ"),
    "apology": (lambda n: apology_drawing(an_apology(body=body(n * 8))).pdf(), "./."),
    "stop": (lambda n: stop_notice_drawing(replace(a_stop("Đào"), body=body(n * 8))).pdf(), "./."),
    "refusal": (
        lambda n: refusal_drawing(replace(a_refusal("Đào"), reason=words(n * 8))).pdf(),
        "./.",
    ),
    "supplement": (
        lambda n: supplement_drawing(
            replace(a_supplement("Đào"), items=("Bản sao",) * n * 2)
        ).pdf(),
        "./.",
    ),
    "apology list": (
        lambda n: apology_list_pdf(HEAD, [APOLOGY] * n, ("TM.",)),
        "hàng",
    ),
    "slip": (
        lambda n: hand_over_slip_pdf(HEAD, "An", "Bình", AT, [HANDED] * n),
        "hàng",
    ),
}
SIGNED = ("(Kývàghirõhọtên)", "TM.")


@pytest.mark.parametrize("kind", GROWING)
def test_no_page_holds_nothing_but_signatures(kind: str) -> None:
    draw, above = GROWING[kind]
    for length in range(2, 44, 3):
        drawn = quick_pages(draw(length))
        signing = [page for page in drawn if any(mark in page for mark in SIGNED)]
        assert signing
        assert all(above in page for page in signing), length


def test_the_notes_of_a_receipt_stand_under_its_signatures() -> None:
    for papers in range(1, 16, 2):
        for page in quick_pages(a_receipt_of(papers, "A5")):
            assert ("Ghichú:" in page) == ("NGƯỜINỘPHỒSƠ" in page)


def test_a_control_sheet_leaves_room_by_hand_and_no_block_or_note_alone_on_a_page() -> None:
    for passings in range(8):
        control = replace(a_control("Đào"), passings=(PASSING,) * passings)
        told = quick_pages(control_sheet_drawing(control).pdf())
        assert sum(page.count("1.Giao:……") for page in told) >= 1
        assert told[-1].count("1.Giao:") > 1
        assert "(2)Cộtkếtquả" in told[-1]


@pytest.mark.parametrize("size", [9, 11, 13])
@pytest.mark.parametrize("shift", range(0, 40, 7))
def test_dates_times_and_phone_numbers_are_never_broken(size: int, shift: int) -> None:
    text = (
        "x" * shift
        + " lúc 07 giờ 30 phút, ngày 03 tháng 3 năm 2024, gọi 0292 3820 000 về 5 % hồ sơ, Email: "
        + "an@vidu.vn – sau đó 6 tháng đầu năm 2026"
    )
    sheet = Sheet(BLANK, "A4")
    for room in range(120, 400, 11):
        lines = sheet.lines_of(text, Style(size=size), room)
        assert "".join(lines) == text
        date = "ngày 03 tháng 3 năm 2024"
        fits = width(date + ",", "CCHC", size) <= room
        for whole in (
            "07 giờ 30 phút",
            *((date,) if fits else ("ngày 03", "tháng 3", "năm 2024")),
            "0292 3820 000",
            "5 %",
            "Email: an@vidu.vn",
            "6 tháng",
        ):
            assert any(whole in line for line in lines), (whole, lines)
        assert not [line for line in lines if line.startswith("– ")]


def test_a_word_of_two_syllables_is_kept_whole_in_a_heading_and_broken_in_a_body() -> None:
    sheet, heading = Sheet(BLANK, "A4"), "Phiếu kiểm soát quá trình giải quyết hồ sơ và kết quả"
    rooms = [*range(130, 400, 11)]
    for room in rooms:
        lines = sheet.balanced_lines(heading, Style(), room)
        assert not [line for line in lines if line.endswith(("giải ", "hồ ", "kết "))]
    bodies = [sheet.lines_of(heading, Style(), room) for room in rooms]
    assert any(line.endswith(("giải ", "hồ ", "kết ")) for lines in bodies for line in lines)


@pytest.mark.parametrize("room", range(90, 460, 7))
def test_no_lone_word_ends_a_paragraph(room: int) -> None:
    sheet = Sheet(BLANK, "A4")
    text = "Chi nhánh Ninh Kiều của công ty nông sản Cửu Long xin gửi ./."
    for count in range(3, 14):
        shown = " ".join(text.split()[:count])
        lines = sheet.lines_of(shown, Style(), room)
        assert "".join(lines) == shown
        alone = len(lines) > 1 and " " not in lines[-1]
        assert not alone or " " not in lines[-2].rstrip(), lines  # none to be spared


def test_a_letter_is_justified_and_reads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts()
    reason = words(120)
    letter = an_apology(body=(Paragraph(reason), Paragraph("Trân trọng./.")))
    pdf = apology_drawing(letter).pdf()
    assert reason in joined(pdf)
    assert apology_drawing(letter).pdf() == pdf
    ends: list[float] = []
    sheet = Sheet(BLANK, "A4")

    def note(text: str, x: float, y: float, font: str, size: float, stretch: float) -> None:
        blanks = text.rstrip().count(" ")
        ends.append(x + width(text.rstrip(), font, size) + stretch * blanks)

    monkeypatch.setattr(sheet.canvas, "line_of_text", note)
    sheet.paragraph(reason, Style(first=28, align="justify"))
    assert len(ends) > 3
    assert ends[:-1] == pytest.approx([sheet.right] * (len(ends) - 1), abs=0.01)
    assert ends[-1] < sheet.right - 1


def test_a_justified_line_is_not_torn_apart_by_a_word_too_long() -> None:
    sheet = Sheet(BLANK, "A4")
    assert sheet._stretch("mã hồ sơ: ", Style(align="justify"), sheet.room) == 0


def test_no_title_is_torn_within_a_word() -> None:
    for texts in (
        *places(apology_drawing(an_apology()).pdf()),
        *places(control_sheet_drawing(a_control("Đào")).pdf()),
    ):
        lines = [text for text, _, _ in texts]
        assert not [
            line
            for line in lines
            if line.endswith((" GIA", "NHẬN HỒ", " GIẢI")) or line in ("HẠN", "SƠ")
        ]


def test_the_label_drops_whole_words_and_stays_on_one_page() -> None:
    for name in (*NAMES, "M" * 200, "Nông sản Cửu Long " * 11):
        assert (
            len(
                pages(
                    label_drawing(Label("H13.31-261123-0004", name, name, AT, name, "", AT)).pdf()
                )
            )
            == 1
        )
    (page,) = pages(
        label_drawing(
            Label("H13.31-261123-0004", "", "Nông sản Cửu Long " * 30, AT, "", "", AT)
        ).pdf()
    )
    assert page.split(" …")[0].split()[-1] in ("Nông", "sản", "Cửu", "Long")


def test_a_life_too_long_for_a_page_is_not_written_small_for_nothing() -> None:
    def history(lines: int) -> HistoryPaper:
        line = HistoryLine(AT, "Bàn giao An → Bình", "Nguyễn Thị Hoài An")
        return HistoryPaper(
            AGENCY,
            "Ninh Kiều",
            AT,
            "H13",
            "Đào",
            "Khai sinh",
            AT,
            AT,
            (line,) * lines,
            "24-FEC4",
            "",
        )

    def kinds(lines: int) -> tuple[int, float]:
        """How many pages, and how far apart the first two rows stand."""
        told = places(history_drawing(history(lines)).pdf())
        rows = [y for text, _, y in told[0] if text.startswith("Bàn giao")]
        return len(told), round(rows[0] - rows[1], 1)

    largest = kinds(5)[1]
    assert [kinds(5), kinds(50)] == [(1, largest), (2, largest)]
    assert kinds(26)[0] == 1
    assert kinds(26)[1] < largest  # smaller, since that saves a page


COMPANY = Citizen("Công ty Cửu Long", "", "", "", "Khai sinh", you="Quý Công ty", organisation=True)


def test_a_company_is_addressed_as_one() -> None:
    told = (
        supplement_drawing(replace(a_supplement("Đào"), citizen=COMPANY)).pdf(),
        refusal_drawing(replace(a_refusal("Đào"), citizen=COMPANY)).pdf(),
        receipt_drawing(a_receipt(organisation=True)).pdf(),
    )
    for pdf in told:
        assert "Ông/Bà" not in squeezed(joined(pdf))
    for pdf in told[:-1]:
        assert "QuýCôngty" in squeezed(joined(pdf))
    receipt = squeezed(joined(told[-1]))
    assert "giấygiớithiệuhoặcgiấyủyquyền" in receipt
    assert "Mãsốthuế/Mãsốdoanhnghiệp:092190001234" in receipt
    assert "CMND" not in receipt


def test_an_unsigned_notice_leaves_room_for_the_name() -> None:
    assert "ghi rõ họ tên" in joined(stop_notice_drawing(replace(a_stop("Đào"), signer="")).pdf())
    assert "ghi rõ họ tên" not in joined(stop_notice_drawing(a_stop("Đào")).pdf())


def test_a_list_explains_a_moved_promise_only_where_there_is_one() -> None:
    head = ListHead(AGENCY, "Ninh Kiều", date(2026, 11, 23), "")
    moved = replace(HANDED, promise=FirstPromise(AT, AT + timedelta(days=1)))
    assert "lời hẹn đã in giữ nguyên" in " ".join(
        joined(hand_over_slip_pdf(head, "An", "Bình", None, [moved])).split()
    )
    named = replace(HANDED, procedure_name="Đổi tên xã\nnay là phường", note="a\nnay là b")
    assert "lời hẹn đã in" not in joined(hand_over_slip_pdf(head, "An", "Bình", None, [named]))
