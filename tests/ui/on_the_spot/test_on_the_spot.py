"""Làm ngay, trả ngay: from an idle desk to the line of the book, by few keys or by mouse alone."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QWidget

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import certify, intake
from cchc_desk.domain.dossiers.certifications import BookLine, CertificationBook
from cchc_desk.domain.dossiers.dossier import PaperCount, Status
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from tests.actions.conftest import make_intake
from tests.ui.conftest import cells_of, log_in, press, write
from tests.ui.shell.test_twelve_keys import CARD, Hands
from ui.on_the_spot.page import OnTheSpotPage
from ui.shell.window import Window

MOST_KEYS = 8
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: Window) -> OnTheSpotPage:
    press(window, Qt.Key.Key_F2, CTRL)
    shown = window.page("on-the-spot")
    assert isinstance(shown, OnTheSpotPage)
    return shown


def book(window: Window, kind: CertificationBook = CertificationBook.COPY) -> list[BookLine]:
    """The lines of today, past what the practice ward had before."""
    today = window.desk.now().date()
    return list(certify.book_lines(window.desk, kind, today, today))


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def click_line(line_of: QListWidget, row: int) -> None:
    click(line_of.viewport(), line_of.visualItemRect(line_of.item(row)).center())


def test_one_scan_and_at_most_eight_keys_for_three_copies(window: Window) -> None:
    hands = Hands(window)
    hands.press(Qt.Key.Key_F2, with_=CTRL)
    window.scanned(CARD)
    hands.press(Qt.Key.Key_1, with_=ALT)
    hands.type("3")
    hands.press(Qt.Key.Key_F9)
    (done,) = book(window)
    page = window.page("on-the-spot")
    assert isinstance(page, OnTheSpotPage)
    assert (done.name, done.line.copies, done.line.pages) == ("Nguyễn Thị Ánh Đào", 3, 1)
    assert page.sum.fee.text() == "Thu 6.000 đ"
    dossier = progress.show_dossier(window.desk, done.code).dossier
    assert dossier.status is Status.RETURNED
    assert dossier.applicant.id_number == "092190001234"
    assert (page.person.name.text(), page.papers.paper.text(), page.papers.copies.value()) == (
        "",
        "",
        1,
    )
    assert page.person.name.hasFocus()
    assert hands.count <= MOST_KEYS
    assert hands.count == 4


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nguyễn thị ánh đào", "Nguyễn Thị Ánh Đào"),
        ("công ty tnhh phương nam", "Công ty TNHH Phương Nam"),
    ],
)
def test_capitals_are_offered_for_the_name_in_the_book(
    window: Window, page: OnTheSpotPage, typed: str, name: str
) -> None:
    write(page.person.name, typed)
    press(window, Qt.Key.Key_Return)
    assert page.person.capitals.words.text() == name
    press(window, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert page.person.name.text() == name
    assert page.person.capitals.isHidden()


def test_a_name_that_was_written_on_purpose_is_offered_no_capitals(
    window: Window, page: OnTheSpotPage
) -> None:
    for name in ("Công ty trách nhiệm hữu hạn Sông Hậu", "Ê Ban"):
        page.person.empty()
        write(page.person.name, name)
        press(window, Qt.Key.Key_Return)
        assert page.person.capitals.isHidden()


def test_a_long_name_shows_its_beginning_once_it_is_left(
    window: Window, page: OnTheSpotPage
) -> None:
    write(page.person.name, "Công ty trách nhiệm hữu hạn Thương mại và Dịch vụ vận tải Sông Hậu")
    press(window, Qt.Key.Key_Return)
    assert page.person.name.cursorPosition() == 0
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_1, ALT)
    press(window, Qt.Key.Key_F9)
    (done,) = book(window)
    assert done.name.startswith("Công ty trách nhiệm")
    assert page.sum.number.text().startswith("Đã trả 1 bản cho Công ty")
    write(page.person.name, "L")
    assert page.sum.number.text().startswith("Số tiếp theo: ")


def test_a_typed_name_alone_is_enough_for_certified_copies(
    window: Window, page: OnTheSpotPage
) -> None:
    write(page.person.name, "Lê Văn Tám")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)
    assert page.papers.paper.hasFocus()
    write(page.papers.paper, "gks")
    press(window, Qt.Key.Key_Return)
    assert page.papers.paper.text() == "Giấy khai sinh"
    press(window, Qt.Key.Key_F9)
    (done,) = book(window)
    assert (done.name, done.line.paper) == ("Lê Văn Tám", "Giấy khai sinh")


def test_several_papers_of_one_person_are_one_dossier_with_numbers_in_a_row(
    window: Window, page: OnTheSpotPage
) -> None:
    write(page.person.name, "Lê Văn Tám")
    for paper, copies, pages in (("Học bạ", "2", "12"), ("Hộ chiếu", "1", "4")):
        write(page.papers.paper, paper)
        press(window, Qt.Key.Key_Escape)  # as typed, whatever is offered
        for count in ("", copies, pages):
            page.focusWidget().setFocus()
            QTest.keyClicks(window.focusWidget(), count)
            press(window, Qt.Key.Key_Return)
    assert [line[3] for line in cells_of(page.papers.table)] == ["Học bạ", "Hộ chiếu"]
    assert page.sum.fee.text() == "Thu 34.000 đ"  # 2 × 14.000 đ + 6.000 đ
    press(window, Qt.Key.Key_F9)
    one, other = book(window)
    assert one.code == other.code
    assert other.line.number == one.line.number + 1
    assert [(of.line.copies, of.line.pages) for of in (one, other)] == [(2, 12), (1, 4)]
    assert one.line.number_text in page.sum.number.text()


@pytest.mark.parametrize("by_scan", [True, False])
def test_the_receipt_of_what_was_taken_in_before_brings_its_papers(
    window: Window, page: OnTheSpotPage, by_scan: bool
) -> None:
    papers = (PaperCount("Học bạ", original=12, certified=20),)
    wanted = make_intake(procedure="2.000815", papers=papers, limit="2 ngày làm việc")
    code = intake.accept_dossier(window.desk, wanted).code
    if by_scan:
        window.scanned(code)
    else:
        write(page.person.name, code)
        press(window, Qt.Key.Key_Return)
    assert page.person.name.text() == "Nguyễn Thị Ánh Đào"
    assert page.person.name.isReadOnly()
    assert page.sum.fee.text() == "Thu 280.000 đ"
    press(window, Qt.Key.Key_F9)
    (done,) = book(window)
    assert (done.code, done.line.copies, done.line.pages) == (code, 20, 12)
    assert not page.person.name.isReadOnly()
    window.scanned(code)
    assert "không còn chờ" in window.notices.text
    assert page.person.name.text() == ""


def test_by_mouse_alone(window: Window) -> None:
    click(window.frame.tabs["on-the-spot"])
    page = window.page("on-the-spot")
    assert isinstance(page, OnTheSpotPage)
    window.scanned(CARD)
    row = next(
        row
        for row in range(page.papers.paper.list.count())
        if "Giấy khai sinh" in page.papers.paper.list.item(row).text()
    )
    click_line(page.papers.paper.list, row)
    up = QPoint(page.papers.copies.width() - 6, 6)
    click(page.papers.copies, up)
    click(page.papers.copies, up)
    click(page.papers.more)
    click_line(page.papers.paper.list, 0)
    click(page.papers.more)
    click(
        page.papers.table.viewport(),
        page.papers.table.visualRect(page.papers.table.model_.index(1, 0)).center(),
    )
    click(page.papers.less)
    click(page.done)
    (done,) = book(window)
    assert (done.line.paper, done.line.copies) == ("Giấy khai sinh", 3)


def test_a_signature_needs_the_number_of_the_identity_paper_and_costs_per_case(
    window: Window, page: OnTheSpotPage
) -> None:
    click_line(page.kinds, 1)
    write(page.person.name, "Lê Văn Tám")
    write(page.papers.paper, "Giấy ủy quyền")
    press(window, Qt.Key.Key_F9)
    assert page.person.id_number.hasFocus()
    assert not page.errors["id_number"].isHidden()
    assert book(window, CertificationBook.SIGNATURE) == []
    write(page.person.id_number, "092190001234")
    assert page.errors["id_number"].isHidden()
    assert page.sum.fee.text() == "Thu 10.000 đ"
    press(window, Qt.Key.Key_F9)
    (done,) = book(window, CertificationBook.SIGNATURE)
    assert done.id_number == "092190001234"


def test_nothing_typed_is_said_beside_the_paper(window: Window, page: OnTheSpotPage) -> None:
    write(page.person.name, "Lê Văn Tám")
    press(window, Qt.Key.Key_F9)
    assert page.papers.paper.hasFocus()
    assert "tên giấy tờ" in page.errors["papers"].text()
    assert book(window) == []


def test_what_no_paper_can_print_is_told_at_its_field_and_takes_no_number(
    window: Window, page: OnTheSpotPage
) -> None:
    page.person.name.setText("Sok សុខ")
    write(page.papers.paper, "gks")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F9)
    assert "chữ Khmer" in page.errors["name"].text()
    assert page.person.name.hasFocus()
    assert book(window) == []


def test_who_may_not_certify_is_told_at_once(window: Window) -> None:
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "binh")
    press(window, Qt.Key.Key_F2, CTRL)
    page = window.page("on-the-spot")
    assert isinstance(page, OnTheSpotPage)
    assert "người tiếp nhận" in page.role.text()
    assert not page.done.isEnabled()


def test_the_book_stands_in_the_registers_with_its_paper(
    window: Window, page: OnTheSpotPage
) -> None:
    certify.certify(
        window.desk,
        certify.Request(
            "2.000815",
            Applicant(ApplicantKind.PERSON, "Lê Văn Tám"),
            (certify.ToCertify("Học bạ", 2),),
            "chi",
        ),
    )
    window.open_page("registers")
    registers = window.page("registers")
    books = registers.books  # type: ignore[attr-defined]
    row = next(
        row for row in range(books.count()) if "bản sao từ bản chính" in books.item(row).text()
    )
    books.setCurrentRow(row)
    cells = cells_of(registers.table)[-1]  # type: ignore[attr-defined]
    assert cells[1] == date(2026, 11, 23).strftime("%d/%m/%Y")
    assert cells[2:4] == ("Lê Văn Tám", "Học bạ")
    assert cells[5:7] == ("2", "4.000")


def test_what_was_certified_wrongly_is_taken_back_by_one_key_and_stands_in_the_fields(
    window: Window, page: OnTheSpotPage
) -> None:
    window.scanned(CARD)
    press(window, Qt.Key.Key_1, ALT)
    write(page.papers.copies, "30")
    press(window, Qt.Key.Key_F9)
    (wrong,) = book(window)
    press(window, Qt.Key.Key_Z, CTRL)
    (void,) = book(window)
    assert (void.line.number, void.void) == (wrong.line.number, True)
    taken_in = progress.show_dossier(window.desk, wrong.code).dossier
    assert taken_in.cancelled is not None
    assert page.person.name.text() == "Nguyễn Thị Ánh Đào"
    (line,) = page.papers.table.model_.rows
    assert line.asked.copies == wrong.line.copies
    assert upkeep.verify_ledger(window.desk).problems == ()
    window.scanned(wrong.code)
    assert "không còn chờ chứng thực" in window.notices.text


def test_who_leaves_a_certification_half_typed_is_reminded_of_it(
    window: Window, page: OnTheSpotPage
) -> None:
    window.scanned(CARD)
    press(window, Qt.Key.Key_1, ALT)
    press(window, Qt.Key.Key_F3)
    assert "chứng thực cho Nguyễn Thị Ánh Đào" in window.notices.text
    press(window, Qt.Key.Key_F2, CTRL)
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F3)
    assert "chứng thực cho" not in window.notices.text
