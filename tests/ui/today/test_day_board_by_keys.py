"""The day board's keys for the line under the cursor: print, letter, notice by telephone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.dossier import How
from tests.ui.conftest import press
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
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
    assert letters.cause.hasFocus()


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
    assert second in opened.title.text()


def test_the_keys_of_a_line_do_nothing_where_the_list_is_empty(
    window: Window, board: TodayPage
) -> None:
    assert board.board is not None
    assert board.board.due_today == ()
    press(window, Qt.Key.Key_1, ALT)
    assert board.table.isHidden()
    told = window.notices.text
    for key in (Qt.Key.Key_I, Qt.Key.Key_X, Qt.Key.Key_G):
        press(window, key)
    assert (previews(window), window.notices.text) == ([], told)
    assert window.stack.currentWidget() is board
