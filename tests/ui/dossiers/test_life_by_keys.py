"""A dossier's life on its page, by keys: passed on, supplemented, stopped, undone; what cannot be
done says why.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QPlainTextEdit

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import Status
from tests.ui.conftest import MakeWindow, press
from tests.ui.questions import answer, leave, panel_in
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.message_panel import Text
from ui.shell.window import Window
from ui.today.page import TodayPage
from ui.widgets.question_panel import Choice, Line


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


def close_set(window: Window) -> None:
    """Put away the papers of an acceptance."""
    close_preview(window, "")


def close_preview(window: Window, kind: str) -> None:
    (dialog,) = (
        found for found in window.findChildren(QDialog) if isinstance(found, PreviewDialog)
    )
    assert dialog.kind == kind
    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()
    dialog.deleteLater()


def test_passed_on_and_supplemented_by_keys(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_B)
    answer(window, "Trần Quốc Bình")
    assert status(page) is Status.PROCESSING
    assert "Trần Quốc Bình giữ" in page.state.text()
    press(window, Qt.Key.Key_Y)
    answer(window, "Bản sao khai sinh\nẢnh <4×6>", "Thiếu & mờ")
    assert status(page) is Status.SUPPLEMENT
    assert "tạm dừng: Thiếu & mờ" in page.state.text()
    close_preview(window, "supplement")
    assert "đang chờ công dân bổ sung" in page.buttons["ready"].toolTip()
    press(window, Qt.Key.Key_K)
    assert status(page) is Status.SUPPLEMENT
    press(window, Qt.Key.Key_O)
    assert page.view is not None
    assert page.view.dossier.applicant.name in panel_in(window).title.text()
    leave(window)
    assert status(page) is Status.SUPPLEMENT  # one bare letter moves no promise
    press(window, Qt.Key.Key_O)
    answer(window)
    assert status(page) is Status.PROCESSING
    assert not page.buttons["supplement"].isVisible()
    assert page.buttons["request"].isVisible()


def test_several_lines_are_asked_for_and_kept_by_keys(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_Y)
    items, reason = panel_in(window).fields
    assert isinstance(reason, Line)
    assert reason.value == "Hồ sơ chưa đủ thành phần theo quy định"  # as at F2
    QTest.keyClicks(items.control, "anh")
    QTest.keyClick(items.control, Qt.Key.Key_Return)
    QTest.keyClicks(items.control, "to khai")
    QTest.keyClick(items.control, Qt.Key.Key_Tab)
    QTest.keyClicks(reason.control, "Thieu")
    QTest.keyClick(reason.control, Qt.Key.Key_Return)
    assert page.view is not None
    assert page.view.dossier.pauses[-1].items == ("anh", "to khai")
    assert page.view.dossier.pauses[-1].reason == "Thieu"  # what is typed takes its place


def test_all_questions_of_an_act_stand_in_one_panel_that_names_the_person(
    window: Window, page: DossierPage
) -> None:
    assert page.view is not None
    for key in (Qt.Key.Key_B, Qt.Key.Key_Y, Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_H):
        press(window, key)
        assert page.view.dossier.applicant.name in panel_in(window).title.text()
        leave(window)
    assert window.findChildren(QInputDialog) == []


def test_esc_leads_back_to_where_the_dossier_was_opened(window: Window) -> None:
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_Return)
    assert window.frame.current == "dossier"
    press(window, Qt.Key.Key_Escape)
    assert window.frame.current == "today"


def test_a_question_left_with_esc_changes_nothing(window: Window, page: DossierPage) -> None:
    for key in (Qt.Key.Key_B, Qt.Key.Key_Y, Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_H):
        press(window, key)
        leave(window)
        assert status(page) is Status.RECEIVED


def test_a_reason_that_no_paper_can_print_is_told_at_its_field(
    window: Window, page: DossierPage
) -> None:
    for key in (Qt.Key.Key_W, Qt.Key.Key_R, Qt.Key.Key_P, Qt.Key.Key_Y):
        press(window, key)
        field = next(one for one in panel_in(window).fields if one.name == "reason")
        control = field.control
        assert isinstance(control, QPlainTextEdit)
        control.setPlainText("Thiếu giấy 🙂")
        items = [one for one in panel_in(window).fields if one.name == "items"]
        answer(window, *(["Tờ khai"] if items else []))
        assert "«🙂»" in field.error.text()
        leave(window)
    assert status(page) is Status.RECEIVED


def test_stopped_with_its_notice_and_undone_with_a_reason(
    window: Window, page: DossierPage
) -> None:
    press(window, Qt.Key.Key_W)
    answer(window, "Công dân không bổ sung đúng hạn")
    assert status(page) is Status.STOPPED
    close_preview(window, "stop")
    press(window, Qt.Key.Key_Z)
    panel = answer(window, "")
    assert "lý do hoàn tác" in panel.fields[0].error.text()
    answer(window, "Ghi nhầm hồ sơ")
    assert status(page) is Status.PROCESSING
    assert (
        "Hoàn tác «dừng xử lý»: Ghi nhầm hồ sơ"
        in page.history.item(page.history.count() - 1).text()
    )


def test_pauses_and_the_place_of_the_folder(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_P)
    answer(window, "Kiểm tra thực địa", "Đo đất")
    assert "tạm dừng: Đo đất" in page.state.text()
    press(window, Qt.Key.Key_N)
    assert "không hoàn tác được" in panel_in(window).about.text()
    answer(window)
    assert "tạm dừng:" not in page.state.text()
    press(window, Qt.Key.Key_H)
    answer(window, "Kệ 2, hộp 5")
    assert "để tại Kệ 2, hộp 5" in page.state.text()
    press(window, Qt.Key.Key_C)
    close_preview(window, "control")


def test_several_reasons_of_a_pause_end_one_by_one(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_P)
    answer(window, "Lấy ý kiến", "Hỏi công an\nHỏi tư pháp")
    assert "tạm dừng: Hỏi công an; Hỏi tư pháp" in page.state.text()
    assert page.buttons["resume"].isVisibleTo(page.acts)
    press(window, Qt.Key.Key_P)
    assert panel_in(window).about.text() == "Đang tạm dừng vì lý do khác; ghi thêm được."
    answer(window, "Kiểm tra thực địa", "Đo đất")
    assert "tạm dừng: Hỏi công an; Hỏi tư pháp; Đo đất" in page.state.text()
    press(window, Qt.Key.Key_N)
    answer(window, "Hỏi công an")
    assert "tạm dừng: Đo đất" in page.state.text()
    assert "xong một lý do tạm dừng" in window.notices.text
    assert page.view is not None
    assert page.view.dossier.applicant.name in window.notices.text  # the next citizen is here
    press(window, Qt.Key.Key_N)  # one is left: nothing to choose
    assert not panel_in(window).fields
    answer(window)
    assert "tạm dừng" not in page.state.text()


def test_the_board_tells_the_year_and_offers_the_morning_sheet(window: Window) -> None:
    window.open_page("today")
    board = window.page("today")
    assert isinstance(board, TodayPage)
    assert "Trễ hẹn từ đầu năm: " in board.year.text()
    press(window, Qt.Key.Key_M)
    close_preview(window, "morning")


def test_what_the_citizen_must_bring_is_told_and_stands_so(
    window: Window, page: DossierPage
) -> None:
    press(window, Qt.Key.Key_Y)
    answer(window, "Bản sao khai sinh", "Thiếu")
    close_preview(window, "supplement")
    assert page.buttons["tell"].isVisible()
    press(window, Qt.Key.Key_Q)
    answer(window, "Điện thoại")
    assert page.view is not None
    assert page.view.dossier.pauses[-1].told_how == "phone"
    assert not page.buttons["tell"].isVisible()


def test_a_mistake_is_apologised_for_and_the_history_printed(
    window: Window, page: DossierPage
) -> None:
    press(window, Qt.Key.Key_F)
    answer(window, "Ghi sai ngày sinh")
    assert "sai sót – chờ ký: Ghi sai ngày sinh" in page.letters.text()
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    close_preview(window, "history")


def test_what_to_say_stands_ready_to_be_read_or_copied(window: Window, page: DossierPage) -> None:
    press(window, Qt.Key.Key_M)
    panel = panel_in(window)
    phone, sms, _letter = panel.fields
    assert isinstance(phone, Text)
    assert isinstance(sms, Text)
    assert page.view is not None
    assert page.view.dossier.code in phone.value
    QTest.keyClick(phone.control, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    copied = QApplication.clipboard().text()
    assert copied == sms.value
    assert copied.isascii()
    assert len(copied) <= 160
    leave(window)


def test_the_leader_decides_who_answers_and_they_may_object(
    make_window: MakeWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(folder, "chi")
    late = next(row for row in progress.day_board(window.desk).late)
    window.open_dossier(late.code)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)

    holder = progress.show_dossier(window.desk, late.code).dossier.holder

    press(window, Qt.Key.Key_J)
    _cause, official, _fault, step, _paper = panel_in(window).fields
    assert isinstance(official, Choice)
    assert isinstance(step, Choice)
    assert (official.value, step.value) == (holder, "")
    answer(window, None, "Trần Quốc Bình", "  do lỗi của người này")
    assert page.answers.text().startswith("Trần Quốc Bình: do lỗi cá nhân")
    press(window, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    answer(window, "Máy chủ hỏng cả ngày")
    assert "Ý kiến: Máy chủ hỏng cả ngày" in page.answers.text()


def test_a_letter_is_handed_over_with_who_took_it(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder, "chi")
    late = next(row for row in progress.day_board(window.desk).late)
    letters.draft_and_sign(
        window.desk, late.code, "volume", letters.propose_new_due(window.desk, late.code)
    )
    window.open_dossier(late.code)
    press(window, Qt.Key.Key_D)
    answer(window, "Tại quầy", "Con gái bà Đào")
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert "(Con gái bà Đào nhận)" in page.letters.text()
