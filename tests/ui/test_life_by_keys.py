"""A dossier's life on its page, by keys: passed on, supplemented, stopped, undone; what cannot be done says why."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QInputDialog

from cchc_desk.actions import progress
from cchc_desk.domain.dossier import Status
from tests.ui.conftest import press
from ui.dossiers.dossier_page import DossierPage
from ui.printing import PreviewDialog
from ui.today.page import TodayPage
from ui.window import Window

Answers = Callable[..., None]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What the clerk answers to the questions that come, in order; None leaves a question with Esc."""

    def give(*texts: str | None) -> None:
        waiting = list(texts)

        def answered(dialog: QInputDialog) -> int:
            text = waiting.pop(0)
            if text is None:
                return 0
            dialog.setTextValue(text)
            return 1

        monkeypatch.setattr(QInputDialog, "exec", answered)

    return give


@pytest.fixture
def page(window: Window) -> DossierPage:
    rows = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))
    window.open_dossier(next(row.code for row in rows if not row.late))
    shown = window.page("dossier")
    assert isinstance(shown, DossierPage)
    return shown


def status(page: DossierPage) -> Status:
    assert page.view is not None
    return page.view.dossier.status


def close_preview(window: Window, kind: str) -> None:
    (dialog,) = (found for found in window.findChildren(QDialog) if isinstance(found, PreviewDialog))
    assert dialog.kind == kind
    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()
    dialog.deleteLater()


def test_passed_on_and_supplemented_by_keys(window: Window, page: DossierPage, answers: Answers) -> None:
    answers("Trần Quốc Bình (binh)")
    press(window, Qt.Key.Key_B)
    assert status(page) is Status.PROCESSING
    assert "Trần Quốc Bình giữ" in page.state.text()
    answers("Bản sao khai sinh\nẢnh <4×6>", "Thiếu & mờ")
    press(window, Qt.Key.Key_Y)
    assert status(page) is Status.SUPPLEMENT
    assert "⏸ Thiếu & mờ" in page.state.text()
    close_preview(window, "supplement")
    assert "đang chờ công dân bổ sung" in page.buttons["ready"].toolTip()
    press(window, Qt.Key.Key_K)
    assert status(page) is Status.SUPPLEMENT
    press(window, Qt.Key.Key_O)
    assert status(page) is Status.PROCESSING
    assert not page.buttons["supplement"].isVisible()
    assert page.buttons["request"].isVisible()


def test_a_question_left_with_esc_changes_nothing(window: Window, page: DossierPage, answers: Answers) -> None:
    for key in (Qt.Key.Key_B, Qt.Key.Key_Y, Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_H):
        answers(None)
        press(window, key)
        assert status(page) is Status.RECEIVED


def test_stopped_with_its_notice_and_undone_with_a_reason(window: Window, page: DossierPage, answers: Answers) -> None:
    answers("Công dân không bổ sung đúng hạn")
    press(window, Qt.Key.Key_W)
    assert status(page) is Status.STOPPED
    close_preview(window, "stop")
    answers("")
    press(window, Qt.Key.Key_Z)
    assert "lý do hoàn tác" in window.notices.text
    answers("Ghi nhầm hồ sơ")
    press(window, Qt.Key.Key_Z)
    assert status(page) is Status.PROCESSING
    assert "Hoàn tác «dừng xử lý»: Ghi nhầm hồ sơ" in page.history.item(page.history.count() - 1).text()


def test_pauses_and_the_place_of_the_folder(window: Window, page: DossierPage, answers: Answers) -> None:
    answers("Kiểm tra thực địa", "Đo đất")
    press(window, Qt.Key.Key_P)
    assert "⏸ Đo đất" in page.state.text()
    press(window, Qt.Key.Key_N)
    assert "⏸" not in page.state.text()
    answers("Kệ 2, hộp 5")
    press(window, Qt.Key.Key_H)
    assert "để tại Kệ 2, hộp 5" in page.state.text()
    press(window, Qt.Key.Key_C)
    close_preview(window, "control")


def test_the_board_tells_the_year_and_offers_the_morning_sheet(window: Window) -> None:
    window.open_page("today")
    board = window.page("today")
    assert isinstance(board, TodayPage)
    assert "Trễ hẹn từ đầu năm: " in board.year.text()
    press(window, Qt.Key.Key_M)
    close_preview(window, "morning")
