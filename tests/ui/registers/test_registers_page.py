"""Sổ sách and the passing on of many folders, by keys and scans."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import paper_receipts
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lists.taking import take_list
from cchc_desk.domain.dossiers.certifications import BOOK_NAMES
from cchc_desk.domain.dossiers.dossier import How, Status
from cchc_desk.domain.figures import ORIGIN_NAMES
from tests.console.dossiers.test_lists import a_list
from tests.papers.forms.test_read_back import joined, squeezed
from tests.ui import questions
from tests.ui.conftest import MakeWindow, cells_of, press, write
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.hand_over_page import HandOverPage
from ui.registers.books import BOOKS
from ui.registers.page import RegistersPage
from ui.shell.window import Window
from ui.widgets.tables.line_table import opens_nothing


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


def opened(window: Window, name: str) -> RegistersPage:
    """F7, then down to the register called `name`."""
    press(window, Qt.Key.Key_F7)
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    press(window, Qt.Key.Key_Home)
    for _ in range([book.name for book in BOOKS].index(name)):
        press(window, Qt.Key.Key_Down)
    assert page.title.text() == name
    return page


def lines(page: RegistersPage) -> list[tuple[str, ...]]:
    return cells_of(page.table)


def pdf_of(window: Window) -> bytes:
    dialog = window.findChildren(PreviewDialog)[-1]
    assert isinstance(dialog, PreviewDialog)
    pdf = dialog.pdf
    dialog.reject()
    dialog.deleteLater()
    return pdf


def test_every_register_opens_by_keys_and_what_has_a_paper_shows_it(leader: Window) -> None:
    page = opened(leader, BOOKS[0].name)
    for book in BOOKS:
        if book is not BOOKS[0]:
            press(leader, Qt.Key.Key_F7)  # from the lines back to the list of registers
            press(leader, Qt.Key.Key_Down)
        assert page.title.text() == book.name
        assert page.nothing.text(), book.name
        assert page.paper.isVisible() is (book.paper is not None), book.name
        if book.paper:
            press(leader, Qt.Key.Key_F9)
            if book.lists_citizens:
                questions.answer(leader, "Nộp đoàn kiểm tra")
            assert pdf_of(leader).startswith(b"%PDF"), book.name


def test_a_line_opens_its_dossier_and_esc_goes_back_to_the_registers(leader: Window) -> None:
    page = opened(leader, "Sổ theo dõi hồ sơ")
    assert len(lines(page)) == 39  # the ward's forty but for the one of 2020
    press(leader, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    press(leader, Qt.Key.Key_Escape)
    assert page.books.hasFocus()
    press(leader, Qt.Key.Key_Return)
    press(leader, Qt.Key.Key_Return)
    dossier = leader.page("dossier")
    assert isinstance(dossier, DossierPage)
    assert dossier.code == lines(page)[0][0]


def test_the_period_and_the_field_narrow_the_book_and_a_bad_day_says_so(leader: Window) -> None:
    page = opened(leader, "Sổ theo dõi hồ sơ")
    page.first.setText("45/13/2026")
    QTest.keyClick(page.first, Qt.Key.Key_Return)
    assert "chưa đọc được" in leader.notices.text
    page.first.setText("01/01/2020")
    page.last.setText("31/12/2020")
    QTest.keyClick(page.last, Qt.Key.Key_Return)
    assert [line[0] for line in lines(page)] == ["H13.999-200803-0001"]


def test_the_fuse_tells_its_numbers_with_the_dossiers_behind_them(leader: Window) -> None:
    page = opened(leader, "Tỷ lệ trễ hẹn, đường 5 %")
    late = len(lines(page))
    assert page.said.text().startswith(f"{late}/")
    assert "Cổng Dịch vụ công đếm" in page.said.text()
    assert "Biểu II.06" in page.said.text()
    for chart in page.charts:
        assert chart.isVisible()
        assert chart.bars
        assert chart.accessibleDescription() == chart.bars.in_words
        image = chart.grab().toImage()
        colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
        assert len(colours) > 2


def test_a_strike_stands_with_its_official_and_what_they_say(leader: Window) -> None:
    late = progress.day_board(leader.desk).late[-1]
    new_due = letters.propose_new_due(leader.desk, late.code)
    letters.draft_and_sign(
        leader.desk, late.code, "volume", new_due, responsible="binh", own_fault=True
    )
    page = opened(leader, "Công chức gây trễ hẹn")
    (line,) = lines(page)
    assert line[:3] == ("Trần Quốc Bình", "1 lần", late.code)
    assert "1 lần gây trễ hẹn do lỗi cá nhân, của 1 người" in page.said.text()


def test_receipts_are_numbered_beforehand_and_voided(leader: Window) -> None:
    page = opened(leader, "Giấy hẹn in sẵn số")
    press(leader, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    questions.answer(leader, "2")
    assert pdf_of(leader).startswith(b"%PDF")
    assert [line[2] for line in lines(page)] == ["✗ còn ngoài"] * 2
    press(leader, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    questions.answer(leader, "GT-261123-0001", "Rách")
    assert [line[2] for line in lines(page)] == ["✗ còn ngoài", "đã hủy: Rách"]
    press(leader, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [line[2] for line in lines(page)] == ["✗ còn ngoài"] * 2
    press(leader, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    questions.answer(leader, "GT-261123-0001", "Rách")
    press(leader, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    panel = questions.answer(leader, "hai mươi")
    assert "Hãy ghi một số" in panel.fields[0].error.text()
    questions.leave(leader)
    press(leader, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    panel = questions.answer(leader, "GT-999999-0001", "Rách")
    assert panel.isVisible()  # nothing typed is lost
    questions.leave(leader)
    assert len(paper_receipts.reconcile(leader.desk).out) == 1


def test_supplements_move_from_list_to_list(leader: Window) -> None:
    row = next(iter(progress.find_dossiers(leader.desk, status=frozenset({Status.RECEIVED}))))
    steps.request_supplement(leader.desk, row.code, "Thiếu", ["Bản sao giấy khai sinh"])
    page = opened(leader, "Bổ sung: chưa báo công dân")
    (line,) = lines(page)
    assert (line[0], line[3]) == (row.code, "Bản sao giấy khai sinh")


def test_esc_from_a_line_that_was_opened_leads_back_to_that_line(leader: Window) -> None:
    page = opened(leader, "Sổ theo dõi hồ sơ")
    press(leader, Qt.Key.Key_Return)
    press(leader, Qt.Key.Key_Down)
    line = page.table.current()
    press(leader, Qt.Key.Key_Return)
    assert leader.frame.current == "dossier"
    press(leader, Qt.Key.Key_Escape)
    assert (leader.frame.current, page.table.hasFocus(), page.table.current()) == (
        "registers",
        True,
        line,
    )
    press(leader, Qt.Key.Key_F7)
    assert page.books.hasFocus()


def test_the_book_shows_who_received_the_result_and_the_note_under_their_own_headings(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(leader, "Sổ theo dõi hồ sơ")
    row = next(iter(progress.find_dossiers(leader.desk, status=frozenset({Status.READY}))))
    steps.return_result(leader.desk, row.code, Return("Lý Thị Người Nhận", how=How.POST))
    page.refresh()
    titles = page.table.model_.listing.headings
    shown = {cells[0]: dict(zip(titles, cells, strict=True)) for cells in lines(page)}
    assert shown[row.code]["Ký nhận"] == "Lý Thị Người Nhận"
    assert shown[row.code]["Nhận kết quả"] == "bưu chính"
    with_notes = [line for line in shown.values() if line["Ghi chú"]]
    assert any("Hẹn lại" in line["Ghi chú"] for line in with_notes)
    target = tmp_path / "exports" / "so.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    QTest.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    questions.answer(leader, "Nộp đoàn kiểm tra")
    with target.open(encoding="utf-8-sig", newline="") as file:
        exported = {line["Mã hồ sơ"]: line for line in csv.DictReader(file, delimiter=";")}
    assert exported == shown
    press(leader, Qt.Key.Key_F9)
    questions.answer(leader, "Nộp đoàn kiểm tra")
    paper = squeezed(joined(pdf_of(leader)))
    for line in shown.values():
        for cell in line.values():
            assert squeezed(cell) in paper


def column(page: RegistersPage, title: str) -> list[str]:
    """The cells under this heading, from the top."""
    model = page.table.model_
    place = model.listing.headings.index(title)
    return [model.text(row, place) for row in range(model.rowCount())]


def test_moments_order_the_book_by_time_and_not_by_their_letters(leader: Window) -> None:
    page = opened(leader, "Sổ theo dõi hồ sơ")
    came = column(page, "Nhận")
    leader.resize(1920, 1080)
    press(leader, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)  # room for the column
    headings = page.table.model_.listing.headings
    to_there = range(headings.index("Nhận") + 1)
    for _ in range(sum(not page.table.isColumnHidden(place) for place in to_there)):
        QTest.keyClick(page.table, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    moments = [datetime.strptime(cell, "%H:%M %d/%m/%Y") for cell in column(page, "Nhận")]
    assert moments == sorted(moments)
    assert sorted(column(page, "Nhận")) == sorted(came)


# --- periods, room and files by the mouse ---------------------------------------------------------


def button(page: RegistersPage, text: str) -> QPushButton:
    return next(
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and one.text().startswith(text)
    )


def click(page: RegistersPage, text: str) -> None:
    QTest.mouseClick(button(page, text), Qt.MouseButton.LeftButton)


def test_a_period_is_chosen_at_one_click_or_one_key(leader: Window) -> None:
    page = opened(leader, "Sổ theo dõi hồ sơ")
    click(page, "Tháng trước")
    assert (page.first.text(), page.last.text()) == ("01/10/2026", "31/10/2026")
    october = lines(page)
    assert october
    press(leader, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert (page.first.text(), page.last.text()) == ("23/11/2026", "23/11/2026")
    assert lines(page) != october
    press(leader, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert page.first.text() == "01/10/2026"


def test_a_register_of_no_period_offers_none(leader: Window) -> None:
    page = opened(leader, "Số văn bản và số trống")
    assert not page.spans.isVisible()
    page.last.set_day(date(2025, 12, 31))
    press(leader, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.last.text() == "31/12/2025"


def test_the_list_of_registers_gives_its_room_to_the_lines(leader: Window) -> None:
    page = opened(leader, "Sổ theo dõi hồ sơ")
    QApplication.processEvents()
    before = page.table.width()
    click(page, "Ẩn danh sách sổ")
    QApplication.processEvents()
    assert not page.books.isVisible()
    assert page.table.width() > before + 100
    assert page.table.hasFocus()
    press(leader, Qt.Key.Key_Escape)
    assert page.books.hasFocus()
    assert page.books.isVisible()


def test_every_register_is_exported_and_printed_by_the_mouse(
    leader: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "exports" / "sổ.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    row = next(iter(progress.find_dossiers(leader.desk, status=frozenset({Status.RECEIVED}))))
    steps.request_supplement(leader.desk, row.code, "Thiếu", ["Bản sao giấy khai sinh"])
    page = opened(leader, "Bổ sung: chưa báo công dân")
    click(page, "Xuất bảng tính")
    questions.answer(leader, "Nộp đoàn kiểm tra")
    assert row.code in target.read_text(encoding="utf-8-sig")
    click(page, "In danh sách")
    questions.answer(leader, "Nộp đoàn kiểm tra")
    paper = squeezed(joined(pdf_of(leader)))
    assert squeezed(row.code) in paper
    assert squeezed("Bản sao giấy khai sinh") in paper


# --- many folders ---------------------------------------------------------------------------------


def test_folders_are_scanned_one_after_the_other_and_pass_on_together(leader: Window) -> None:
    rows = progress.find_dossiers(leader.desk, status=frozenset({Status.RECEIVED}))[:3]
    press(leader, Qt.Key.Key_F3)
    press(leader, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    page = leader.page("hand-over")
    assert isinstance(page, HandOverPage)
    for row in rows[:2]:
        leader.scanned(row.code)
    write(page.code, rows[2].code.lower())
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    leader.scanned("H13.999-261123-9999")
    assert "Không có hồ sơ" in page.error.text()
    assert list(page.rows) == [row.code for row in rows]
    page.table.setFocus()
    page.table.selectRow(2)
    press(leader, Qt.Key.Key_Delete)
    assert page.to.currentData() not in (None, "chi")  # nobody hands over to oneself
    page.to.setCurrentIndex(page.to.findData("binh"))
    press(leader, Qt.Key.Key_F9)
    assert pdf_of(leader).startswith(b"%PDF")
    holders = [progress.show_dossier(leader.desk, row.code).dossier.hand_overs for row in rows]
    assert [[passed.receiver for passed in given] for given in holders] == [["binh"], ["binh"], []]
    assert holders[0][0].at == datetime(2026, 11, 23, 10, 0)
    assert page.rows == {}


def test_what_cannot_be_passed_on_stays_and_says_why(leader: Window) -> None:
    done = next(iter(progress.find_dossiers(leader.desk, status=frozenset({Status.RETURNED}))))
    leader.open_page("hand-over")
    page = leader.page("hand-over")
    assert isinstance(page, HandOverPage)
    press(leader, Qt.Key.Key_F9)
    assert "ít nhất một hồ sơ" in page.error.text()
    leader.scanned(done.code)
    assert "không bàn giao được" in page.error.text()
    assert page.rows == {}


def test_an_unreadable_period_leaves_no_lines_of_another_register(window: Window) -> None:
    window.open_page("registers")
    page = window.page("registers")
    assert isinstance(page, RegistersPage)
    while not page.first.isVisibleTo(page):
        QTest.keyClick(page.books, Qt.Key.Key_Down)
    page.first.setText("32/13/2026")
    QTest.keyClick(page.first, Qt.Key.Key_Return)
    assert (page.table.model_.rowCount(), page.nothing.text()) == (0, "")
    for _step in range(page.books.count()):
        QTest.keyClick(page.books, Qt.Key.Key_Up)
    assert page.nothing.text()


def test_figures_are_chosen_by_where_their_dossiers_come_from(
    make_window: MakeWindow, folder: Path, tmp_path: Path
) -> None:
    """Only where a list was taken, and what leaves names the choice."""
    window = make_window(folder, "chi")
    page = opened(window, "Tỷ lệ trễ hẹn, đường 5 %")
    assert page.asked["origin"].isHidden()
    take_list(window.desk, a_list(tmp_path / "ds.xlsx"))
    press(window, Qt.Key.Key_F1)
    page = opened(window, "Tỷ lệ trễ hẹn, đường 5 %")
    assert page.asked["origin"].isVisible()
    found = []
    for name in ORIGIN_NAMES.values():
        assert page.origin.currentText() == name
        found.append({line[0] for line in lines(page)})
        QTest.keyClick(page.origin, Qt.Key.Key_Down)
    assert all(found)
    assert found[0] == found[1] | found[2]
    assert not found[1] & found[2]
    assert page.table.accessibleName() == "Tỷ lệ trễ hẹn, đường 5 % – Từ tệp của tỉnh"
    press(window, Qt.Key.Key_F9)
    assert squeezed("Chỉ tính hồ sơ theo dõi từ tệp của tỉnh.") in squeezed(joined(pdf_of(window)))
    opened(window, "Giấy hẹn in sẵn số")
    assert page.asked["origin"].isHidden()


def test_every_register_of_dossiers_asks_where_they_come_from() -> None:
    own_alone = {"Nhận trên giấy, nhập muộn", *BOOK_NAMES.values(), "Giấy hẹn in sẵn số"}
    own_alone |= {"Yêu cầu về dữ liệu cá nhân"}
    for book in BOOKS:
        lists_dossiers = book.opens == "dossier" and book.code is not opens_nothing
        if lists_dossiers and book.name not in own_alone:
            assert "origin" in book.asks, book.name
