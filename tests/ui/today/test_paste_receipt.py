"""A receipt pasted on the day board: asked about once, watched, or said to be here."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from tests.actions.conftest import make_intake
from tests.actions.lists.test_receipts import CODE
from tests.actions.lists.test_receipts import page as receipt
from tests.ui.conftest import press
from ui.dossiers.dossier_page import DossierPage
from ui.shell.window import Window
from ui.today.page import TodayPage
from ui.widgets.question_panel import QuestionPanel

CTRL = Qt.KeyboardModifier.ControlModifier


def paste(window: Window, text: str) -> QuestionPanel | None:
    QApplication.clipboard().setText(text)
    press(window, Qt.Key.Key_V, CTRL)
    return QuestionPanel.standing_in(window.page("today"))


@pytest.fixture
def board(window: Window) -> TodayPage:
    found = window.stack.currentWidget()
    assert isinstance(found, TodayPage)
    return found


def test_ctrl_v_asks_once_and_enter_watches(window: Window, board: TodayPage) -> None:
    panel = paste(window, receipt())
    assert panel is not None
    assert panel.title.text() == "Theo dõi hồ sơ này?"
    for said in (CODE, "LÊ THỊ BƯỞI", "Đăng ký khai sinh", "01/12/2026", "một cửa"):
        assert said in panel.about.text()
    assert progress.find_dossiers(window.desk, CODE) == ()
    press(window, Qt.Key.Key_Return)
    assert f"Đang theo dõi {CODE}" in window.notices.text
    press(window, Qt.Key.Key_R, CTRL)
    page = window.stack.currentWidget()
    assert isinstance(page, DossierPage)
    assert page.code == CODE
    press(window, Qt.Key.Key_2)
    assert "Mã số hồ sơ: H57.132-261104-0583" in page.receipt.text()
    press(window, Qt.Key.Key_F6)
    assert paste(window, receipt()) is None
    assert "đã có ở đây" in window.notices.text
    assert CODE in window.notices.text


def test_esc_leaves_everything_as_it_was(window: Window, board: TodayPage) -> None:
    assert paste(window, receipt()) is not None
    press(window, Qt.Key.Key_Escape)
    assert progress.find_dossiers(window.desk, CODE) == ()
    assert QApplication.clipboard().text() == receipt()


def test_another_due_moment_is_asked_about_and_noted(window: Window, board: TodayPage) -> None:
    paste(window, receipt())
    press(window, Qt.Key.Key_F9)
    panel = paste(window, receipt(due="05/12/2026"))
    assert panel is not None
    assert "ngày hẹn khác" in panel.title.text()
    assert "⚠ Ngày hẹn khác" in panel.about.text()
    QTest.mouseClick(panel.yes, Qt.MouseButton.LeftButton)
    assert "biên nhận nói khác" in window.notices.text
    assert len(progress.show_dossier(window.desk, CODE).disagreements) == 1


def test_what_is_probably_a_dossier_taken_in_here_is_joined_by_its_digit(
    window: Window, board: TodayPage
) -> None:
    mine = intake.accept_dossier(window.desk, make_intake("Lê Thị Bưởi"))
    panel = paste(window, receipt("H57.132-261123-0001", "23/11/2026"))
    assert panel is not None
    press(window, Qt.Key.Key_F9)
    assert "Hãy chọn một dòng" in panel.fields[0].error.text()  # nothing is chosen for the clerk
    press(window, Qt.Key.Key_2)
    press(window, Qt.Key.Key_F9)
    assert mine.code in window.notices.text
    assert len(progress.find_dossiers(window.desk, "Lê Thị Bưởi")) == 1


@pytest.mark.parametrize("text", ["", "xin chào", receipt(due="01/10/2026")])
def test_what_cannot_be_read_says_what_to_do(window: Window, board: TodayPage, text: str) -> None:
    assert paste(window, text) is None
    assert "Hãy" in window.notices.text


def test_the_button_does_it_by_the_mouse(window: Window, board: TodayPage) -> None:
    QApplication.clipboard().setText(receipt())
    QTest.mouseClick(board.receipt, Qt.MouseButton.LeftButton)
    assert QuestionPanel.standing_in(board) is not None
