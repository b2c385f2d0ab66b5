"""The list of dossiers: what is found and why, filters, preview, acts on many lines."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import Dossier, How, Status
from cchc_desk.domain.dossiers.filters import Chip
from tests.actions.conftest import make_intake
from tests.ui import questions
from tests.ui.conftest import MakeWindow, log_in, press, write
from tests.ui.widgets.tables.test_menus import click, line, open_menu, right_click
from ui.documents.printing import PreviewDialog
from ui.dossiers.hand_over_page import HandOverPage
from ui.dossiers.page import DossiersPage
from ui.shell import jobs
from ui.shell.window import Window
from ui.widgets.tables.found_text import FoundText

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: Window) -> DossiersPage:
    press(window, Key.Key_F3)
    shown = window.page("dossiers")
    assert isinstance(shown, DossiersPage)
    return shown


def search(page: DossiersPage, text: str) -> None:
    """Types into the field over what stands there, and waits no longer than the next key."""
    page.search.setFocus()
    page.search.selectAll()
    write(page.search, text)
    page.refresh()


def codes(page: DossiersPage) -> list[str]:
    return [row.code for row in page.table.dossiers.rows]


def shown_codes(page: DossiersPage) -> list[str]:
    model = page.table.dossiers
    return [str(model.index(row, 1).data()) for row in range(len(model.rows))]


def a_person(page: DossiersPage, place: int = 3) -> Dossier:
    return progress.show_dossier(page.desk, codes(page)[place]).dossier


def choose_by_keys(page: DossiersPage, first: int, count: int) -> list[str]:
    """Shift and the arrow, from the line `first` on."""
    page.table.setFocus()
    page.table.choose_row(first)
    for _ in range(count - 1):
        QTest.keyClick(page.table, Key.Key_Down, SHIFT)
    return codes(page)[first : first + count]


def button(page: DossiersPage, words: str) -> QPushButton:
    return next(
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and one.text().startswith(words)
    )


def press_button(page: DossiersPage, words: str) -> None:
    QTest.mouseClick(button(page, words), Qt.MouseButton.LeftButton)


# --- search ---------------------------------------------------------------------------------------


def test_the_last_digits_of_a_number_find_and_the_list_says_so(page: DossiersPage) -> None:
    person = a_person(page)
    search(page, person.applicant.id_number[-4:])
    assert person.code in codes(page)
    why = next(
        place for place, one in enumerate(page.table.dossiers.columns) if one.title == "Tìm thấy ở"
    )
    assert not page.table.isColumnHidden(why)
    shown = page.table.model().index(codes(page).index(person.code), why).data()
    assert shown == f"số định danh …{person.applicant.id_number[-4:]}"
    search(page, person.applicant.phone[-5:])
    shown = page.table.model().index(codes(page).index(person.code), why).data()
    assert shown == f"điện thoại …{person.applicant.phone[-5:]}"


def test_a_name_that_was_found_is_bold_and_needs_no_reason(page: DossiersPage) -> None:
    person = a_person(page)
    word = person.applicant.name.split()[-1]
    search(page, word)
    place = codes(page).index(person.code)
    name = 2
    spans = page.table.itemDelegateForColumn(name)._spans(place)  # type: ignore[attr-defined]
    shown = person.applicant.name
    assert [shown[start:end] for start, end in spans] == [word]
    before = page.table.grab().toImage()
    page.table.fill(page.table.dossiers.rows)
    assert page.table.grab().toImage() != before


def test_two_dossiers_never_look_like_one(page: DossiersPage) -> None:
    made = intake.accept_dossier(page.desk, make_intake()).code
    page.refresh()
    whole, shown = codes(page), shown_codes(page)
    assert len(set(shown)) == len(whole)
    assert shown[whole.index(made)] == f"…{made[-4:]}"
    other = next(code for code in whole if code != made)
    assert shown[whole.index(other)] == f"{other[-7:-5]}/{other[-9:-7]} …{other[-4:]}"
    search(page, other[-4:])
    assert other in codes(page)
    delegate = page.table.itemDelegateForColumn(1)
    assert isinstance(delegate, FoundText)
    spans = delegate._spans(codes(page).index(other))
    found = shown_codes(page)[codes(page).index(other)]
    assert [found[start:end] for start, end in spans] == [other[-4:]]
    wide = page.table.fontMetrics().horizontalAdvance(found)
    assert page.table.columnWidth(1) > wide


def test_another_query_chooses_its_first_line(page: DossiersPage, window: Window) -> None:
    page.table.choose_row(5)
    kept = page.table.current_code()
    page.refresh()  # the same list again: the line stays
    assert page.table.current_code() == kept
    search(page, "nguyen")
    assert page.table.currentIndex().row() == 0


def test_enter_opens_the_only_one_and_says_so_before(page: DossiersPage, window: Window) -> None:
    code = codes(page)[4]
    search(page, code)
    assert page.count.text() == "1 hồ sơ. Enter mở hồ sơ."
    press(window, Key.Key_Return)
    assert window.page("dossier").showing() == code


def test_enter_right_behind_the_letters_never_opens_what_was_found_before(
    page: DossiersPage, window: Window, qtbot: QtBot
) -> None:
    first, second = codes(page)[4], codes(page)[7]
    search(page, first)
    assert codes(page) == [first]
    jobs.immediately(False)
    page.search.selectAll()
    write(page.search, second)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: window.frame.current == "dossier")
    qtbot.waitUntil(lambda: window.page("dossier").showing() != "")
    assert window.page("dossier").showing() == second


def test_enter_on_several_goes_to_the_list_and_says_so_before(
    page: DossiersPage, window: Window
) -> None:
    search(page, "nguyen")
    assert len(codes(page)) > 1
    assert "Enter xuống danh sách, Enter nữa mở hồ sơ" in page.count.text()
    press(window, Key.Key_Return)
    assert window.frame.current == "dossiers"
    press(window, Key.Key_Return)
    assert window.page("dossier").showing() == codes(page)[0]


def test_esc_leads_from_the_list_back_to_the_search(page: DossiersPage, window: Window) -> None:
    search(page, "nguyen")
    press(window, Key.Key_Down)
    assert page.table.hasFocus()
    press(window, Key.Key_Escape)
    assert page.search.hasFocus()
    assert page.search.selectedText() == "nguyen"


# --- filters --------------------------------------------------------------------------------------


def test_filters_combine_by_keys_and_by_the_mouse(page: DossiersPage, window: Window) -> None:
    everything = set(codes(page))
    press(window, Key.Key_1, ALT)
    still_open = set(codes(page))
    assert still_open < everything
    press_button(page, "Đang trễ")
    late = set(codes(page))
    assert late < still_open
    assert all(row.late for row in page.table.dossiers.rows)
    press(window, Key.Key_1, ALT)
    press_button(page, "Đang trễ")
    assert set(codes(page)) == everything
    press(window, Key.Key_7, ALT)
    assert {row.status for row in page.table.dossiers.rows} == {Status.READY}


def test_who_is_asked_for_from_elsewhere_is_found_whatever_was_filtered(
    window: Window, page: DossiersPage
) -> None:
    row = next(row for row in page.table.dossiers.rows if row.closed)
    press(window, Key.Key_1, ALT)
    page.first.setText("23/11/2026")
    QTest.keyClick(page.first, Key.Key_Return)
    assert row.code not in codes(page)
    window.find_dossiers(row.name)  # as the palette does
    assert row.code in codes(page)
    assert page.chips.chosen() == frozenset()


def test_days_bound_the_list(page: DossiersPage, window: Window) -> None:
    page.first.setFocus()
    write(page.first, "16112026")
    QTest.keyClick(page.first, Key.Key_Return)
    assert all(row.accepted.day >= 16 for row in page.table.dossiers.rows)
    page.last.setText("40/11/2026")
    QTest.keyClick(page.last, Key.Key_Return)
    assert "chưa đọc được" in window.notices.text


def test_a_filter_is_saved_under_a_name_for_who_saved_it(
    window: Window, page: DossiersPage, make_window: MakeWindow, folder: Path
) -> None:
    press(window, Key.Key_5, ALT)
    search(page, "nguyen")
    found = codes(page)
    press(window, Key.Key_L, ALT)
    questions.answer(window, "họ Nguyễn trễ")
    window.close()
    again = make_window(folder, "an")
    press(again, Key.Key_F3)
    page_again = again.page("dossiers")
    assert isinstance(page_again, DossiersPage)
    press_button(page_again, "★ họ Nguyễn trễ")
    assert codes(page_again) == found
    assert page_again.chips.chosen() == {Chip.LATE}
    press(again, Key.Key_U, CTRL)
    log_in(again, "binh")
    press(again, Key.Key_F3)
    assert page_again.chips.saved == []


def test_a_saved_filter_is_dropped_and_brought_back(window: Window, page: DossiersPage) -> None:
    press(window, Key.Key_1, ALT)
    press(window, Key.Key_L, ALT)
    questions.answer(window, "việc còn")
    made = button(page, "★ việc còn")
    made.setFocus()
    QTest.keyClick(made, Key.Key_Delete)
    assert page.chips.saved == []
    window.notices.findChildren(QPushButton)[0].click()
    assert button(page, "★ việc còn")
    made = button(page, "★ việc còn")
    made.customContextMenuRequested.emit(QPoint(2, 2))
    click(open_menu(), "Bỏ bộ lọc này")
    assert page.chips.saved == []


def test_a_low_window_shows_lines_and_keeps_the_filters_behind_a_key(
    window: Window, page: DossiersPage
) -> None:
    window.resize(1366, 740)
    window.set_preference("text_size", 200)
    QApplication.processEvents()
    QApplication.processEvents()
    assert not page.chips.isVisible()
    assert page.table.viewport().height() >= 4 * page.table.rowHeight(0)
    press(window, Key.Key_5, ALT)
    assert all(row.late for row in page.table.dossiers.rows)
    assert "Đang lọc: Đang trễ." in page.count.text()
    press(window, Key.Key_F, ALT)
    assert page.chips.isVisible()
    press_button(page, "Bộ lọc")
    assert not page.chips.isVisible()


# --- preview --------------------------------------------------------------------------------------


def test_the_preview_follows_the_cursor_and_can_be_hidden(
    window: Window, page: DossiersPage, qtbot: QtBot
) -> None:
    page.table.setFocus()
    for _ in range(2):
        QTest.keyClick(page.table, Key.Key_Down)
    row = page.table.dossiers.rows[2]
    qtbot.waitUntil(lambda: page.preview.code == row.code)
    assert page.preview.name.text() == row.name
    assert f"{row.due:%d/%m/%Y}" in page.preview.promise.text()
    wide = page.table.width()
    press(window, Key.Key_X, ALT)
    assert page.preview.isHidden()
    qtbot.waitUntil(lambda: page.table.width() > wide)
    press_button(page, "Xem nhanh")
    assert page.preview.isVisible()


# --- acts on many ---------------------------------------------------------------------------------


def states(page: DossiersPage, wanted: list[str]) -> set[Status]:
    return {progress.show_dossier(page.desk, code).dossier.status for code in wanted}


def received(page: DossiersPage, count: int) -> list[str]:
    """Filters the list down to dossiers at work, so that many stand side by side."""
    rows = progress.find_dossiers(page.desk, status=frozenset({Status.RECEIVED}))
    return [row.code for row in rows[:count]]


def choose(page: DossiersPage, wanted: list[str]) -> None:
    """Ctrl and the left button on each of these lines."""
    page.table.clearSelection()
    for place, code in enumerate(codes(page)):
        if code in wanted:
            page.table.scrollTo(page.table.model().index(place, 0))
            QTest.mouseClick(
                page.table.viewport(), Qt.MouseButton.LeftButton, CTRL, line(page.table, place)
            )


def test_many_results_are_ready_at_one_key_and_one_question(
    window: Window, page: DossiersPage
) -> None:
    wanted = received(page, 3)
    choose(page, wanted)
    assert page.bulk.count.text() == "3 hồ sơ đã chọn:"
    press(window, Key.Key_K, ALT)
    panel = questions.panel_in(window)
    assert panel.title.text() == "Có kết quả – 3 hồ sơ"
    for code in wanted:
        assert progress.show_dossier(page.desk, code).dossier.applicant.name in panel.about.text()
    questions.answer(window)
    assert states(page, wanted) == {Status.READY}
    assert "Có kết quả: 3 xong" in window.notices.text


def test_nothing_stays_chosen_once_the_lines_are_gone(window: Window, page: DossiersPage) -> None:
    choose_by_keys(page, 0, 3)
    assert button(page, "Có kết quả").isVisible()
    search(page, "không ai tên thế này")
    assert not page.bulk.buttons["ready"].isVisible()
    press(window, Key.Key_K, ALT)
    assert "chọn hồ sơ trong danh sách trước" in window.notices.text


def test_what_was_done_to_many_is_taken_back_at_one_key(window: Window, page: DossiersPage) -> None:
    wanted = received(page, 2)
    choose(page, wanted)
    press(window, Key.Key_K, ALT)
    questions.answer(window)
    assert states(page, wanted) == {Status.READY}
    page.table.setFocus()
    press(window, Key.Key_Z, CTRL)
    assert states(page, wanted) == {Status.PROCESSING}
    assert "Đã hoàn tác «Có kết quả: 2 xong»: 2 xong" in window.notices.text


def test_what_cannot_be_done_is_named_with_its_reason_and_stays_chosen(
    window: Window, page: DossiersPage
) -> None:
    wanted = received(page, 3)
    steps.withdraw(page.desk, wanted[1])
    page.refresh()
    choose(page, wanted)
    press_button(page, "Có kết quả")
    questions.answer(window)
    refused = progress.show_dossier(page.desk, wanted[1])
    assert "Có kết quả: 2 xong, 1 không" in window.notices.text
    assert refused.dossier.applicant.name in page.bulk.result.text()
    assert page.bulk.result.isVisible()
    assert [row.code for row in page.table.chosen_rows()] == [wanted[1]]


def test_many_are_handed_over_with_one_slip(window: Window, page: DossiersPage) -> None:
    wanted = received(page, 2)
    choose(page, wanted)
    press(window, Key.Key_B, ALT)
    questions.answer(window, "Trần Quốc Bình", "chờ xác minh")
    holders = {progress.show_dossier(page.desk, code).dossier.holder for code in wanted}
    assert holders == {"binh"}
    window.notices.findChildren(QPushButton)[0].click()
    dialog = window.findChildren(PreviewDialog)[-1]
    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()


def test_without_a_choice_folders_are_scanned_to_be_handed_over(
    window: Window, page: DossiersPage
) -> None:
    press(window, Key.Key_B, ALT)
    scanning = window.stack.currentWidget()
    assert isinstance(scanning, HandOverPage)
    assert scanning.rows == {}


def test_many_results_are_returned_each_to_who_handed_it_in(
    window: Window, page: DossiersPage
) -> None:
    wanted = received(page, 2)
    for code in wanted:
        steps.mark_ready(page.desk, code)
    page.refresh()
    choose(page, wanted)
    press(window, Key.Key_T, ALT)
    questions.answer(window)
    assert states(page, wanted) == {Status.RETURNED}
    for code in wanted:
        dossier = progress.show_dossier(page.desk, code).dossier
        by = dossier.submitter.name if dossier.submitter else dossier.applicant.name
        assert dossier.returned_to == by


def test_receipts_of_many_come_as_one_paper(window: Window, page: DossiersPage) -> None:
    choose_by_keys(page, 0, 2)
    press(window, Key.Key_I, ALT)
    questions.answer(window)
    dialog = window.findChildren(PreviewDialog)[-1]
    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()


def test_the_menu_shows_each_act_with_its_key_and_why_one_cannot_be_done(
    window: Window, page: DossiersPage
) -> None:
    (code,) = received(page, 1)
    place = codes(page).index(code)
    page.table.scrollTo(page.table.model().index(place, 0))
    menu = right_click(page.table.viewport(), line(page.table, place))
    acts = {one.text().partition("\t")[0]: one for one in menu.actions() if one.text()}
    assert acts["Có kết quả"].text() == "Có kết quả\tAlt+K"
    dim = next(one for text, one in acts.items() if text.startswith("Trả kết quả – "))
    assert not dim.isEnabled()
    assert dim.toolTip()
    click(menu, "Có kết quả")
    assert questions.panel_in(window).title.text().startswith("Có kết quả – ")
    questions.answer(window)
    assert states(page, [code]) == {Status.READY}


def test_who_may_not_return_sees_it_dim(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder, "dung")
    press(window, Key.Key_F3)
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    ready = progress.find_dossiers(page.desk, status=frozenset({Status.READY}))[0].code
    place = codes(page).index(ready)
    page.table.scrollTo(page.table.model().index(place, 0))
    menu = right_click(page.table.viewport(), line(page.table, place))
    dim = next(one for one in menu.actions() if one.text().startswith("Trả kết quả – "))
    assert "người tiếp nhận" in dim.toolTip()


def test_letters_of_many_are_handed_over_by_the_mouse_alone(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "chi")
    late = [row for row in progress.day_board(window.desk).late if row.letters_owed][:2]
    assert len(late) == 2
    for row in late:
        new_due = letters.propose_new_due(window.desk, row.code)
        letters.draft_and_sign(window.desk, row.code, "volume", new_due)
    QTest.mouseClick(window.frame.tabs["dossiers"], Qt.MouseButton.LeftButton)
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    press_button(page, "Đang trễ")
    wanted = [row.code for row in late]
    choose(page, wanted)
    press_button(page, "Trao thư")
    panel = questions.panel_in(window)
    ways = panel.fields[0].control
    assert isinstance(ways, QListWidget)
    post = next(row for row in range(ways.count()) if "Bưu chính" in ways.item(row).text())
    place = ways.visualItemRect(ways.item(post)).center()
    QTest.mouseClick(ways.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(panel.yes, Qt.MouseButton.LeftButton)
    for row in late:
        letter = progress.show_dossier(window.desk, row.code).dossier.letters[-1]
        assert letter.delivered_how is How.POST
        assert letter.delivered_to == row.name
    assert "Trao thư: 2 xong" in window.notices.text
