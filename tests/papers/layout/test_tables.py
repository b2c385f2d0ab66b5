"""Tables on paper: heads in two rows, cells in two storeys, rows taller than a page."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pypdf
import pytest

from cchc_desk.domain.dossiers.dossier import How, Status
from cchc_desk.domain.dossiers.register_rows import AnnexRow, BookRow, FirstPromise
from cchc_desk.papers.forms.control_sheet import Passing, control_sheet_drawing
from cchc_desk.papers.lists import ListHead, receipt_annex_pdf, register_book_pdf
from tests.papers.forms.test_read_back import AGENCY, FOOT, NAMES, pages, squeezed
from tests.papers.forms.test_slips import a_control

AT = datetime(2026, 11, 23, 10, 0)
HEAD = ListHead(AGENCY, "Ninh Kiều", date(2026, 11, 23), "Từ ngày 01/01/2026 đến ngày 31/12/2026")
PASSING = Passing("Trung tâm", "Thụ lý", "Nguyễn Thị Hoài An", "Trần Quốc Bình", AT, "Trước hạn")


def places(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """Every text with where it stands (from the bottom left), page by page."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        texts: list[tuple[str, float, float]] = []

        def seen(
            text: str,
            cm: list[float],
            tm: list[float],
            font: object,
            size: float,
            to: object = texts,
        ) -> None:
            if text.strip() and not FOOT.search(f"\n{text}"):
                to.append((text.strip(), tm[4], tm[5]))  # type: ignore[attr-defined]

        page.extract_text(visitor_text=seen)
        found.append(texts)
    return found


def place(texts: list[tuple[str, float, float]], start: str) -> tuple[float, float]:
    """Where the first text beginning with `start` stands."""
    return next((x, y) for text, x, y in texts if text.startswith(start))


def book_row(number: int, name: str = "Nguyễn Thị Ánh Đào", *, again: bool = False) -> BookRow:
    due = datetime(2026, 11, 25, 10, 0)
    return BookRow(
        code=f"H13.31-261123-{number:04d}",
        procedure_name=name,
        sets=1,
        name=name,
        address=name,
        phone="0912345678",
        agency="Ủy ban nhân dân phường Ninh Kiều",
        accepted=AT,
        entered=AT,
        promise=FirstPromise(due, due),
        due=due + timedelta(days=2) if again else due,
        returned=datetime(2026, 11, 25, 16, 0),
        returned_how=How.COUNTER,
        returned_to=name,
        ended=None,
        status=Status.RETURNED,
        paper_receipt="",
    )


def test_the_register_book_has_a_head_in_two_rows_on_every_page() -> None:
    told = places(register_book_pdf(HEAD, [book_row(n) for n in range(1, 41)]))
    assert len(told) > 2
    for texts in told:
        moments, handed = place(texts, "Ngày, tháng, năm"), place(texts, "Trả kết quả")
        under = [place(texts, title) for title in ("Nhận", "Hẹn trả", "Phương", "Ký nhận")]
        assert moments[1] == handed[1] > max(y for _, y in under)
        assert [x for x, _ in under] == sorted(x for x, _ in under)
        assert under[0][0] < moments[0] < under[2][0] < handed[0]
        assert place(texts, "Ghi chú")[0] > under[-1][0]


@pytest.mark.parametrize("name", NAMES)
def test_the_register_book_gives_back_what_went_in(name: str) -> None:
    pdf = register_book_pdf(HEAD, [book_row(n, name, again=True) for n in range(1, 4)])
    told = squeezed("".join(pages(pdf)))
    for text in (
        "H13.31-261123-0003",
        "lập theo từng lĩnh vực hoặc nhóm lĩnh vực",
        "Địa chỉ, số điện thoại",
        "Hẹn lại 10:00 27/11/2026",
    ):
        assert squeezed(text) in told
    assert all(0 < x < 842 and 0 < y < 595 for texts in places(pdf) for _, x, y in texts)


def test_a_book_of_nothing_still_has_its_head() -> None:
    (page,) = pages(register_book_pdf(HEAD, []))
    assert "Ký nhận" in page
    assert "Không có hồ sơ nào" in page


def test_giver_and_receiver_sign_side_by_side_above_their_names() -> None:
    sheet = replace(a_control("Đào"), passings=(PASSING,), blank=0)
    texts = places(control_sheet_drawing(sheet).pdf())[0]
    giver, receiver = place(texts, "Người giao"), place(texts, "Người nhận")
    an, binh = place(texts, "Nguyễn Thị"), place(texts, "Trần")
    assert giver[0] < receiver[0]
    assert giver[1] == receiver[1] > an[1] + 28  # room to sign
    assert an[1] == binh[1]


@pytest.mark.parametrize("rows", range(1, 30, 2))
def test_signatures_under_a_long_name_stay_on_the_page(rows: int) -> None:
    row = AnnexRow(
        code="H13.31-261123-0001",
        procedure_name="",
        agency="Ủy ban",
        accepted=AT,
        due=datetime(2026, 11, 25, 10, 0),
        limit="1 ngày",
        sets=1,
        name="Đào",
    )
    for texts in places(receipt_annex_pdf(HEAD, [], [row] * rows, NAMES[4], "Nguyễn Thị Hoài An")):
        assert min(y for _, _, y in texts) > 50


@pytest.mark.parametrize("words", [10, 150, 900])
def test_a_row_taller_than_a_page_goes_on_under_the_titles_and_loses_nothing(words: int) -> None:
    note = " ".join(f"chữ{n}" for n in range(words))
    pdf = control_sheet_drawing(
        replace(a_control("Đào"), passings=(PASSING, replace(PASSING, note=note), PASSING))
    ).pdf()
    told = pages(pdf)
    assert [
        word for page in told for word in page.split() if word.startswith("chữ")
    ] == note.split()
    assert sum(page.count("Trần") for page in told) == 3
    assert all("CHÚ" in page for page in told if "chữ" in page)
    assert all(y > 40 for texts in places(pdf) for _, _, y in texts)
