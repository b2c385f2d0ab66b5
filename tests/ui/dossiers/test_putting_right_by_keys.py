"""What was typed wrong is put right at the window; what was done is taken back by one key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.dossier import Dossier, Status
from tests.actions.conftest import make_intake
from tests.engines import by_hand
from tests.ui.conftest import press, write
from tests.ui.questions import answer, panel_in
from ui.documents.printing import PreviewDialog
from ui.dossiers.correct_page import CorrectPage
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.hand_over_page import HandOverPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.intake.page import IntakePage
from ui.shell.window import Window
from ui.today.page import TodayPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CARD = "092192004321||Đặng Thị Bích Ngọc|17051992|Nữ|9 Hai Bà Trưng, Ninh Kiều|01012022"


@pytest.fixture
def dossier(window: Window) -> Dossier:
    """Taken in a moment ago by An, shown on its page."""
    taken_in = intake.accept_dossier(window.desk, make_intake("đặng thị bích ngọc"))
    window.open_dossier(taken_in.code)
    return taken_in


def now(window: Window, dossier: Dossier) -> Dossier:
    return progress.show_dossier(window.desk, dossier.code).dossier


def correcting(window: Window) -> CorrectPage:
    press(window, Qt.Key.Key_S, SHIFT)
    page = window.page("correct")
    assert isinstance(page, CorrectPage)
    assert window.stack.currentWidget() is page
    return page


def at_the_foot(window: Window) -> str:
    return "\n".join(label.text() for label in window.notices.findChildren(QLabel))


def retype(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    write(field, text)


def test_name_and_phone_are_put_right_by_keys_and_taken_back(
    window: Window, dossier: Dossier
) -> None:
    page = correcting(window)
    assert dossier.code in page.title.text()
    assert page.person.fields["name"].text() == "đặng thị bích ngọc"
    assert not page.procedure.limit_row.isVisible()
    retype(page.person.fields["name"], "Đặng Thị Bích Ngọc")
    retype(page.person.fields["phone"], "0987654321")
    press(window, Qt.Key.Key_F9)
    assert "vì sao sửa" in page.error.text()
    assert window.focusWidget() is page.reason
    write(page.reason, "gõ chữ thường")
    press(window, Qt.Key.Key_F9)
    assert window.stack.currentWidget() is window.page("dossier")
    after = now(window, dossier)
    assert (after.applicant.name, after.applicant.phone) == ("Đặng Thị Bích Ngọc", "0987654321")
    assert (after.first, after.papers) == (dossier.first, dossier.papers)
    assert "họ tên, điện thoại" in window.notices.text

    press(window, Qt.Key.Key_Z, CTRL)
    assert now(window, dossier) == dossier
    assert upkeep.verify_ledger(window.desk).problems == ()


def test_a_fault_stands_beside_its_field_and_nothing_is_lost(
    window: Window, dossier: Dossier
) -> None:
    page = correcting(window)
    retype(page.person.fields["born"], "31/02/1992")
    write(page.reason, "sai ngày")
    press(window, Qt.Key.Key_F9)
    assert page.person.errors["born"].isVisible()
    assert window.focusWidget() is page.person.fields["born"]
    retype(page.person.fields["born"], "28/02/1992")
    retype(page.person.fields["email"], "ngoc")
    press(window, Qt.Key.Key_F9)
    assert page.person.errors["email"].isVisible()
    assert (page.reason.text(), now(window, dossier)) == ("sai ngày", dossier)


def test_what_no_paper_can_print_is_told_at_its_field(window: Window, dossier: Dossier) -> None:
    page = correcting(window)
    page.person.fields["name"].setText("Sok សុខ")
    write(page.reason, "gõ nhầm")
    press(window, Qt.Key.Key_F9)
    assert "chữ Khmer" in page.person.errors["name"].text()
    assert now(window, dossier) == dossier


def test_a_printed_receipt_is_offered_anew_in_exchange(
    window: Window, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    printing.log_printed(window.desk, dossier.code, "receipt")
    page = correcting(window)
    assert "không đổi" in page.rule.text()
    retype(page.person.fields["address"], "9 Hai Bà Trưng")
    write(page.reason, "gõ nhầm số nhà")
    press(window, Qt.Key.Key_F9)
    shown = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    assert shown.paper.kind == "receipt"
    shown.reject()
    assert now(window, dossier).applicant.address == "9 Hai Bà Trưng"


def test_a_mistaken_entry_is_cancelled_with_a_question_that_names_the_person(
    window: Window, dossier: Dossier
) -> None:
    press(window, Qt.Key.Key_Z, SHIFT)
    assert dossier.applicant.name in panel_in(window).title.text()
    answer(window, "nhập hai lần")
    assert now(window, dossier).cancelled
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.state.text().startswith("Đã hủy (nhập sai)")
    assert not page.buttons["ready"].isEnabled()


def test_an_intake_is_taken_back_and_what_was_typed_stands_there_again(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    page.show_form(replace(page.form(), name="Trần Văn Đức", procedure="1.004222", phone="1"))
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F9)
    shown = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    shown.reject()
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    assert newest.name == "Trần Văn Đức"
    press(window, Qt.Key.Key_Z, CTRL)
    assert progress.find_dossiers(window.desk, newest.code)[0].cancelled
    assert page.form().name == "Trần Văn Đức"
    assert newest.code in window.notices.text


def test_a_hand_over_goes_to_who_took_the_last_one_and_is_taken_back(
    window: Window, dossier: Dossier
) -> None:
    before = intake.accept_dossier(window.desk, make_intake()).code
    steps.hand_over(window.desk, [before], "chi")
    press(window, Qt.Key.Key_B)
    panel = panel_in(window)
    offered = panel.fields[0].control
    assert isinstance(offered, QListWidget)
    assert "đặng thị bích ngọc" in panel.title.text()
    assert offered.currentItem().text() == "1  Lê Mai Chi · lãnh đạo"
    assert offered.item(offered.count() - 1).text().endswith("· quản trị")
    answer(window)
    assert now(window, dossier).holder == "chi"
    assert "đặng thị bích ngọc cho Lê Mai Chi" in window.notices.text
    button = next(b for b in window.notices.findChildren(QPushButton) if "Ctrl+Z" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert now(window, dossier) == dossier


@pytest.mark.parametrize(
    ("key", "status"), [(Qt.Key.Key_Escape, Status.PROCESSING), (Qt.Key.Key_F9, Status.READY)]
)
def test_a_result_of_somebody_elses_dossier_is_asked_for_first(
    window: Window, dossier: Dossier, key: Qt.Key, status: Status
) -> None:
    steps.hand_over(window.desk, [dossier.code], "binh")
    window.open_dossier(dossier.code)
    press(window, Qt.Key.Key_K)
    panel = panel_in(window)
    assert "Trần Quốc Bình" in panel.about.text()
    assert dossier.applicant.name in panel.title.text()
    press(window, key)
    assert now(window, dossier).status is status
    if status is Status.READY:
        press(window, Qt.Key.Key_Z, CTRL)
        assert now(window, dossier).status is Status.PROCESSING


def test_a_request_is_taken_back_before_its_slip_is_printed(
    window: Window, dossier: Dossier
) -> None:
    press(window, Qt.Key.Key_Y)
    answer(window, "Trích lục", "Thiếu")
    shown = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    assert now(window, dossier).status is Status.SUPPLEMENT
    shown.reject()
    press(window, Qt.Key.Key_Z, CTRL)
    after = now(window, dossier)
    assert (after.status, after.due) == (Status.RECEIVED, dossier.due)


def test_the_rail_counts_what_was_just_done(window: Window, dossier: Dossier) -> None:
    before = window.frame.tabs["return"].waiting.text()
    press(window, Qt.Key.Key_K)
    QTest.qWait(0)
    assert window.frame.tabs["return"].waiting.text() == str(int(before) + 1)


def test_what_is_typed_stays_while_another_page_is_looked_at(
    window: Window, dossier: Dossier
) -> None:
    page = correcting(window)
    retype(page.person.fields["address"], "9 Hai Bà Trưng")
    press(window, Qt.Key.Key_F6)
    window.open_dossier(dossier.code)
    assert correcting(window).person.fields["address"].text() == "9 Hai Bà Trưng"
    press(window, Qt.Key.Key_Escape)
    assert window.frame.current == "dossier"
    assert correcting(window).person.fields["address"].text() == dossier.applicant.address


def test_a_scanned_card_fills_the_owner_and_keeps_the_phone(
    window: Window, dossier: Dossier
) -> None:
    page = correcting(window)
    window.scanned(CARD)
    assert window.stack.currentWidget() is page
    fields = page.person.fields
    assert (fields["name"].text(), fields["phone"].text()) == ("Đặng Thị Bích Ngọc", "0912345678")
    write(page.reason, "quét lại thẻ")
    press(window, Qt.Key.Key_F9)
    assert now(window, dossier).applicant.id_number == "092192004321"


def test_a_broken_row_is_a_line_of_the_list_a_sentence_when_opened_and_no_crash(
    window: Window, dossier: Dossier
) -> None:
    with by_hand(window.desk.folder) as raw:
        raw.execute("UPDATE dossiers SET due = 'hôm qua' WHERE code = ?", (dossier.code,))
    press(window, Qt.Key.Key_F6)
    board = window.page("today")
    assert isinstance(board, TodayPage)
    assert dossier.code in board.alarms.text()
    press(window, Qt.Key.Key_F3)
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    (line,) = (row for row in listed.table.dossiers.rows if row.code == dossier.code)
    assert line.damaged
    window.daily.each_minute()
    assert "Hồ sơ mới nhất" not in at_the_foot(window)  # nobody knows its moment
    window.open_dossier(dossier.code)
    assert f"Dòng {dossier.code} trong dữ liệu hỏng" in window.notices.text
    assert window.frame.current == "dossiers"


def test_many_folders_go_to_the_usual_receiver_and_come_back_by_one_key(
    window: Window, dossier: Dossier
) -> None:
    before = intake.accept_dossier(window.desk, make_intake()).code
    steps.hand_over(window.desk, [before], "chi")
    other = intake.accept_dossier(window.desk, make_intake("Võ Thị Em")).code
    window.open_page("hand-over")
    page = window.page("hand-over")
    assert isinstance(page, HandOverPage)
    for code in (dossier.code, other):
        write(page.code, code)
        QTest.keyClick(page.code, Qt.Key.Key_Return)
    assert page.to.currentText() == "Lê Mai Chi – lãnh đạo"
    press(window, Qt.Key.Key_F9)
    next(one for one in window.findChildren(PreviewDialog) if one.isVisible()).reject()
    assert now(window, dossier).holder == "chi"
    press(window, Qt.Key.Key_Z, CTRL)
    assert now(window, dossier) == dossier
    assert progress.show_dossier(window.desk, other).dossier.holder == "an"


def test_a_return_is_taken_back_from_the_page_of_returns(window: Window, dossier: Dossier) -> None:
    steps.mark_ready(window.desk, dossier.code)
    press(window, Qt.Key.Key_F4)
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    write(page.code, dossier.code)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F9)
    assert now(window, dossier).returned
    assert window.focusWidget() is page.code
    press(window, Qt.Key.Key_Z, CTRL)
    assert now(window, dossier).status is Status.READY


def test_who_leaves_a_correction_unsaved_is_reminded_of_it(
    window: Window, dossier: Dossier
) -> None:
    page = correcting(window)
    press(window, Qt.Key.Key_F6)
    assert "Chưa lưu" not in window.notices.text
    window.open_dossier(dossier.code)
    page = correcting(window)
    retype(page.person.fields["phone"], "0987654321")
    press(window, Qt.Key.Key_F6)
    assert f"Chưa lưu, vẫn còn trên trang: Sửa thông tin {dossier.code}" in window.notices.text


def test_procedure_papers_and_submitter_are_put_right_by_keys(
    window: Window, dossier: Dossier
) -> None:
    page = correcting(window)
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    write(page.person.fields["submitter_name"], "Trần Văn Đức")
    write(page.person.fields["submitter_relation"], "chồng")
    write(page.procedure.search, "2.000908")
    press(window, Qt.Key.Key_Return)
    assert window.focusWidget() is page.procedure.papers
    press(window, Qt.Key.Key_1)
    write(page.reason, "chọn nhầm thủ tục")
    press(window, Qt.Key.Key_F9)
    after = now(window, dossier)
    assert after.procedure_code == "2.000908"
    assert after.submitter is not None
    assert after.submitter.with_relation == "Trần Văn Đức (chồng)"
    assert [paper.name for paper in after.papers] != [paper.name for paper in dossier.papers]
    shown = window.page("dossier")
    assert isinstance(shown, DossierPage)
    assert "Người nộp: Trần Văn Đức (chồng)" in shown.details.text()
    press(window, Qt.Key.Key_Z, CTRL)
    assert now(window, dossier) == dossier


def test_what_is_newest_is_said_at_the_foot_as_soon_as_it_is_taken_in(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    page.show_form(replace(page.form(), name="Trần Văn Đức", procedure="1.004222", phone="1"))
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F9)
    next(one for one in window.findChildren(PreviewDialog) if one.isVisible()).reject()
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    QTest.qWait(0)  # the counting follows the act
    assert f"Hồ sơ mới nhất {newest.code}" in at_the_foot(window)
