"""The day board's keys for the line under the cursor, its tiles, and what stands beside them."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import How
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import MakeWindow, log_in, press
from tests.ui.rooms import set_appearance
from tests.ui.widgets.tables.test_menus import click, line, right_click
from ui import formatting
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.rows import STATE
from ui.overdue.page import OverduePage
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def board(window: Window) -> TodayPage:
    """The board at the second of the unfinished dossiers that owe a letter."""
    page = window.stack.currentWidget()
    assert isinstance(page, TodayPage)
    press(window, Qt.Key.Key_3, ALT)
    page.table.setFocus()
    codes = [row.code for row in page.table.dossiers.rows if row.finished is None]
    press(window, Qt.Key.Key_Home)
    while page.table.current_code() != codes[1]:
        press(window, Qt.Key.Key_Down)
    return page


@pytest.fixture
def second(board: TodayPage) -> str:
    """The code of that dossier."""
    return str(board.table.current_code())


def previews(window: Window) -> list[PreviewDialog]:
    return window.findChildren(PreviewDialog)


def test_i_shows_the_receipt_of_the_chosen_line(
    window: Window, board: TodayPage, second: str
) -> None:
    press(window, Qt.Key.Key_I)
    (shown,) = previews(window)
    assert (shown.kind, shown.paper.code, shown.pages.text()) == ("receipt", second, "2 trang")
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is board
    assert board.table.current_code() == second


def test_x_opens_the_letter_of_the_chosen_line(
    window: Window, board: TodayPage, second: str
) -> None:
    press(window, Qt.Key.Key_X)
    letters = window.stack.currentWidget()
    assert isinstance(letters, OverduePage)
    assert letters.view is not None
    assert letters.view.dossier.code == second
    assert letters.form.cause.hasFocus()


def test_g_notes_that_the_citizen_of_the_chosen_line_was_called(
    window: Window, board: TodayPage, second: str
) -> None:
    before = progress.show_dossier(window.desk, second).dossier.notices
    press(window, Qt.Key.Key_G)
    assert f"Đã ghi: báo trước cho công dân hồ sơ {second}" in window.notices.text
    assert "nhưng muộn" in window.notices.text  # it is late already
    *earlier, noted = progress.show_dossier(window.desk, second).dossier.notices
    assert tuple(earlier) == before
    assert (noted.how, noted.at) == (How.PHONE, window.desk.now())


def test_ctrl_z_takes_the_call_back_and_the_ledger_keeps_both(
    window: Window, board: TodayPage, second: str
) -> None:
    before = progress.show_dossier(window.desk, second).dossier.notices
    press(window, Qt.Key.Key_G)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Đã hoàn tác: Đã ghi: báo trước" in window.notices.text
    view = progress.show_dossier(window.desk, second)
    assert view.dossier.notices == before
    assert [line.act for line in view.history[-2:]] == ["notify", "undo"]
    assert window.stack.currentWidget() is board
    assert board.table.current_code() == second


def test_enter_opens_the_chosen_line_and_m_shows_the_morning_sheet(
    window: Window, board: TodayPage, second: str
) -> None:
    press(window, Qt.Key.Key_M)
    (shown,) = previews(window)
    assert (shown.kind, shown.pages.text()) == ("morning", "1 trang")
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Return)
    opened = window.stack.currentWidget()
    assert isinstance(opened, DossierPage)
    assert opened.code == second


def test_the_keys_of_a_line_are_dim_and_say_why_where_the_list_is_empty(
    window: Window, board: TodayPage
) -> None:
    assert board.board is not None
    assert board.board.due_today == ()
    press(window, Qt.Key.Key_1, ALT)
    assert board.table.isHidden()
    for key in (Qt.Key.Key_I, Qt.Key.Key_X, Qt.Key.Key_G):
        window.notices.clear()
        press(window, key)
        assert "không có hồ sơ nào phải trả" in window.notices.text
    assert not any(made.isEnabled() for made in board.of_line)
    assert previews(window) == []
    assert window.stack.currentWidget() is board
    press(window, Qt.Key.Key_3, ALT)
    assert all(made.isEnabled() for made in board.of_line)


def test_a_missed_reappointment_has_the_first_tile_and_is_shown_first(
    window: Window, board: TodayPage
) -> None:
    assert board.board is not None
    broken = [row.code for row in board.board.reappointment_broken]
    assert broken  # the practice ward has one
    assert next(iter(board.tiles)) == "reappointment_broken"
    tile = board.tiles["reappointment_broken"]
    assert tile.figure.text() == str(len(broken))
    assert tile.figure.property("role") == "figure-late"
    assert "Lỡ cả hẹn lại" in board.broken.text()
    assert board.board.reappointment_broken[0].name in board.broken.text()
    press(window, Qt.Key.Key_0, ALT)
    assert [row.code for row in board.table.dossiers.rows] == broken
    assert formatting.state(board.table.dossiers.rows[0]).startswith("✗ Lỡ cả hẹn lại")


def test_zeros_are_grey(board: TodayPage) -> None:
    tile = board.tiles["due_today"]
    assert (tile.figure.text(), tile.figure.property("role")) == ("0", "figure-none")


@pytest.mark.parametrize("size", [150, 200])
def test_large_type_leaves_lines_under_the_tiles(
    window: Window, board: TodayPage, size: int
) -> None:
    window.resize(1366, 768)
    set_appearance(window, size=size)
    assert board.table.viewport().height() >= 4 * board.table.rowHeight(0)
    rail = window.frame.tabs["today"]
    assert not rail.visibleRegion().isEmpty()


def test_the_menu_of_a_line_has_the_acts_under_the_table_with_their_keys(
    window: Window, board: TodayPage, second: str
) -> None:
    menu = right_click(board.table.viewport(), line(board.table, board.table.currentIndex().row()))
    shown = [one.text() for one in menu.actions() if one.text()][:4]
    assert shown == [
        "Mở hồ sơ\tEnter",
        "In lại giấy hẹn\tI",
        "Thư xin lỗi\tX",
        "Đã gọi báo trước\tG",
    ]
    click(menu, "In lại giấy hẹn")
    (paper,) = previews(window)
    assert paper.paper.code == second


def test_only_one_line_is_highlighted_and_it_is_the_one_acted_on(
    window: Window, board: TodayPage, second: str
) -> None:
    press(window, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert len({index.row() for index in board.table.selectedIndexes()}) == 1


def test_the_day_is_counted_beside_the_table(window: Window, board: TodayPage) -> None:
    assert board.aside.taken_in.text() == board.aside.returned.text() == "0"
    made = intake.accept_dossier(window.desk, make_intake(limit="2 giờ")).code
    board.refresh()
    assert board.aside.taken_in.text() == "1"
    (line, *_) = board.aside.next.shown()
    assert line[:2] == ("13:30", "Nguyễn Thị Ánh Đào")
    assert "còn" in line[2]
    assert "Nguyễn Thị Hoài An" in board.aside.holders.accessibleDescription()
    steps.mark_ready(window.desk, made)
    steps.return_result(window.desk, made, steps.Return("Đào"))
    board.refresh()
    assert (board.aside.taken_in.text(), board.aside.returned.text()) == ("1", "1")


def test_who_must_be_warned_today_is_a_list_of_its_own(window: Window, board: TodayPage) -> None:
    owed = [row.code for row in board.notice_owed]
    made = intake.accept_dossier(window.desk, make_intake(limit="1 ngày làm việc")).code
    same_day = intake.accept_dossier(window.desk, make_intake(limit="trong ngày")).code
    board.refresh()
    press(window, Qt.Key.Key_6, ALT)
    assert f"{len(owed) + 1} hồ sơ hôm nay phải báo trước" in board.notice.text()
    assert {row.code for row in board.table.dossiers.rows} == {*owed, made}
    assert same_day not in owed
    assert not any(tile.isChecked() for tile in board.tiles.values())


def test_a_day_of_rest_says_from_when_on_it_counts(
    make_window: MakeWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(folder)
    monkeypatch.setattr(window.desk, "clock", lambda: datetime(2026, 11, 29, 16, 10))
    log_in(window, "an")
    page = window.stack.currentWidget()
    assert isinstance(page, TodayPage)
    assert page.rest.text() == "Chủ nhật: ngày nghỉ; nhận hôm nay tính từ 07:30 thứ Hai 30/11."


def test_no_name_and_no_standing_is_cut_on_the_ward_s_screen(
    window: Window, board: TodayPage, second: str
) -> None:
    window.resize(1366, 768)
    long = "Công ty trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Hoàng Gia Phát"
    intake.accept_dossier(window.desk, make_intake(long, limit="2 giờ"))
    QApplication.processEvents()
    board.refresh()
    QApplication.processEvents()
    (_at, name, left), *_others = board.aside.next.rows
    assert (name.text(), left.text()) == (long, "còn 3 giờ")
    for label in (name, left):
        assert label.height() >= label.heightForWidth(label.width())
    become(window.desk, "chi")
    reason, again = "Máy chủ hỏng", datetime(2026, 11, 26, 10, 0)
    letters.draft_and_sign(window.desk, second, "other", again, reason)
    become(window.desk, "an")
    board.refresh()
    table = board.table
    shown = [table.dossiers.index(row, STATE) for row in range(len(table.dossiers.rows))]
    assert any("hẹn lại, còn" in index.data() for index in shown)
    wide = table.columnWidth(STATE)
    delegate = table.itemDelegateForColumn(STATE)
    option = QStyleOptionViewItem()
    option.font = table.font()
    assert all(delegate.sizeHint(option, index).width() <= wide for index in shown)
