"""A day at the window by keys alone: log in, lock, board, list, dossier, return, letter, signature,
papers.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.dossier import LetterState, Status
from cchc_desk.domain.people.applicant import Submitter
from tests.actions.conftest import make_intake
from tests.ui.conftest import MakeWindow, log_in, press, write
from tests.ui.questions import answer
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.overdue.page import OverduePage
from ui.shell import crash, notices
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
OLD = "H13.999-200803-0001"  # the dossier of 2020 that was never finished


def page(window: Window, name: str) -> object:
    window.open_page(name)
    return window.page(name)


def followed(window: Window, code: str) -> DossierPage:
    window.open_dossier(code)
    shown = window.page("dossier")
    assert isinstance(shown, DossierPage)
    return shown


def a_dossier(window: Window, status: Status, *, late: bool = False) -> str:
    rows = progress.find_dossiers(window.desk, status=frozenset({status}))
    return next(row.code for row in rows if row.late is late)


def test_the_day_board_is_home_and_says_what_tomorrow_is(window: Window) -> None:
    board = window.stack.currentWidget()
    assert isinstance(board, TodayPage)
    assert board.date.text() == "Thứ Hai 23/11/2026 · mai nghỉ (Ngày Văn hóa Việt Nam)"
    press(window, Qt.Key.Key_3, ALT)
    assert OLD in [row.code for row in board.table.dossiers.rows]
    assert "Phải xin lỗi" in board.tiles["letters_owed"].accessibleName()


def test_a_wrong_password_says_so_and_lets_one_try_again(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    log_in(window, "an", "sai")
    assert "không đúng" in window.login.error.text()
    assert window.login.password.selectedText() == "sai"
    log_in(window, "an")
    assert window.who.text() == "Nguyễn Thị Hoài An"


def test_locking_keeps_what_is_being_typed_and_the_password_opens_again(window: Window) -> None:
    listed = page(window, "dossiers")
    assert isinstance(listed, DossiersPage)
    write(listed.search, "đào")
    press(window, Qt.Key.Key_L, CTRL)
    assert window.screens.currentWidget() is window.login
    window.scanned("092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi|01072021")
    assert window.screens.currentWidget() is window.login  # a locked desk takes no scan
    log_in(window, "an")
    assert window.stack.currentWidget() is listed
    assert listed.search.text() == "đào"


def test_switching_changes_who_is_at_the_desk_and_what_is_allowed(window: Window) -> None:
    shown = followed(window, OLD)
    assert not shown.buttons["sign"].isEnabled()
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")
    assert window.who.text() == "Lê Mai Chi"
    assert "lãnh đạo" not in shown.buttons["sign"].toolTip()


def test_the_list_finds_with_and_without_marks_and_enter_opens(window: Window) -> None:
    listed = page(window, "dossiers")
    assert isinstance(listed, DossiersPage)
    name = listed.table.dossiers.rows[0].name
    for query in (name, name.lower()):
        listed.search.setText(query)
        listed.refresh()
        assert {row.name for row in listed.table.dossiers.rows} == {name}
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    shown = window.stack.currentWidget()
    assert isinstance(shown, DossierPage)
    assert name in shown.person.text()


def test_a_name_of_its_own_stands_before_that_of_its_submitter_which_is_named(
    window: Window,
) -> None:
    own = intake.accept_dossier(window.desk, make_intake("Phùng Thị Ánh Đào")).code
    brought = replace(
        make_intake("Võ Thị Em"), submitter=Submitter("Phùng Thị Ánh Đào", "", "", "")
    )
    other = intake.accept_dossier(window.desk, brought).code  # the newer one
    listed = page(window, "dossiers")
    assert isinstance(listed, DossiersPage)
    write(listed.search, "phung anh dao")
    listed.refresh()
    table = listed.table
    assert [row.code for row in table.dossiers.rows] == [own, other]
    why = [one.title for one in table.dossiers.columns].index("Tìm thấy ở")
    assert not table.isColumnHidden(why)
    shown = [table.model().index(row, why).data() for row in range(2)]
    assert shown == ["", "người nộp: Phùng Thị Ánh Đào"]


def test_nothing_found_says_what_to_try(window: Window) -> None:
    listed = page(window, "dossiers")
    assert isinstance(listed, DossiersPage)
    listed.search.setText("không ai tên thế này")
    listed.refresh()
    assert "Thử ít chữ hơn" in listed.count.text()


def test_the_words_of_the_order_agree_with_the_list(window: Window) -> None:
    press(window, Qt.Key.Key_F3)
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)

    def rows() -> list[str]:
        return [row.code for row in listed.table.dossiers.rows]

    newest = rows()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Right, CTRL)
    assert (listed.order.currentText(), rows()[0]) == ("Theo cột", OLD)
    listed.order.setFocus()
    press(window, Qt.Key.Key_Home)
    assert (listed.order.currentText(), rows()) == ("Mới nhận trước", newest)
    press(window, Qt.Key.Key_8, ALT)
    assert len(rows()) > 1
    assert rows() == [code for code in newest if code in rows()]
    write(listed.search, OLD)
    listed.refresh()
    assert not listed.order.isEnabled()
    assert listed.count.text() == "1 hồ sơ. Enter mở hồ sơ."


def test_results_are_reached_by_down_or_by_enter_in_the_empty_field(window: Window) -> None:
    for number in range(2):
        steps.mark_ready(window.desk, a_dossier(window, Status.RECEIVED, late=bool(number)))
    press(window, Qt.Key.Key_F4)
    giving = window.page("return")
    assert isinstance(giving, ReturnPage)
    press(window, Qt.Key.Key_F9)
    assert "chọn hồ sơ trước" in window.notices.text
    press(window, Qt.Key.Key_Down)
    assert giving.table.hasFocus()
    giving.code.setFocus()
    press(window, Qt.Key.Key_Return)
    assert giving.view is not None
    assert giving.view.dossier.code == giving.table.dossiers.rows[0].code
    code = giving.view.dossier.code
    press(window, Qt.Key.Key_F9)
    assert progress.show_dossier(window.desk, code).dossier.status is Status.RETURNED


def test_the_letter_of_the_first_line_stands_there_and_a_grey_key_says_why(window: Window) -> None:
    press(window, Qt.Key.Key_F5)
    letters = window.page("overdue")
    assert isinstance(letters, OverduePage)
    assert letters.view is not None
    assert letters.form.new_due.isVisible()
    press(window, Qt.Key.Key_A, ALT)
    assert "Không có thư nào chờ ký" in window.notices.text
    press(window, Qt.Key.Key_S, ALT)
    assert "dành cho lãnh đạo" in window.notices.text


def test_ready_and_return_by_key(window: Window) -> None:
    code = a_dossier(window, Status.RECEIVED)
    shown = followed(window, code)
    press(window, Qt.Key.Key_K)
    assert shown.view is not None
    assert shown.view.dossier.status is Status.READY
    press(window, Qt.Key.Key_T)
    giving = window.stack.currentWidget()
    assert isinstance(giving, ReturnPage)
    assert giving.to_name.text() == shown.view.dossier.applicant.name
    write(giving.papers_back, "bản chính giấy chứng sinh")
    press(window, Qt.Key.Key_F9)
    assert "Xin cảm ơn" in window.notices.text
    after = progress.show_dossier(window.desk, code).dossier
    assert (after.status, after.papers_back) == (Status.RETURNED, "bản chính giấy chứng sinh")


def test_f8_explains_the_date_on_the_dossiers_page(window: Window) -> None:
    shown = followed(window, a_dossier(window, Status.RECEIVED))
    assert shown.walk.isHidden()
    press(window, Qt.Key.Key_F8)
    assert not shown.walk.isHidden()
    lines = [shown.walk.item(n).text() for n in range(shown.walk.count())]
    assert "tiếp nhận" in lines[0]
    assert "hẹn trả" in lines[-1]


def test_a_late_result_is_returned_all_the_same_and_the_letter_is_offered(window: Window) -> None:
    steps.mark_ready(window.desk, OLD)
    giving = page(window, "return")
    assert isinstance(giving, ReturnPage)
    window.scanned(OLD)
    assert "nợ thư xin lỗi" in giving.owed.text()
    press(window, Qt.Key.Key_F9)
    assert "còn mở vì nợ thư xin lỗi" in window.notices.text
    board = page(window, "today")
    assert isinstance(board, TodayPage)
    board.choose("returned_without_letter")
    assert OLD in [row.code for row in board.table.dossiers.rows]


def test_the_clerk_drafts_the_leader_signs_and_a_second_reappointment_is_refused_on_screen(
    window: Window,
) -> None:
    window.open_letter(OLD)
    letters = window.page("overdue")
    assert isinstance(letters, OverduePage)
    assert not letters.sign.isEnabled()
    write(letters.form.reason, "Chờ <b>xác minh</b> & đối chiếu")
    press(window, Qt.Key.Key_F9)
    assert "chờ lãnh đạo ký" in window.notices.text
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "chi")
    press(window, Qt.Key.Key_S, ALT)
    signed = letters._letter(LetterState.SIGNED)
    assert signed is not None
    assert signed.reason == "Chờ <b>xác minh</b> & đối chiếu"
    assert (
        "không quá 01 lần" in letters.head.rule.text()
        or "không cần thư nữa" in letters.head.rule.text()
    )
    assert not letters.draft.isEnabled()
    press(window, Qt.Key.Key_D, ALT)
    answer(window, "Bưu chính")
    given = progress.show_dossier(window.desk, OLD).dossier.letters[-1]
    assert given.state is LetterState.DELIVERED


def test_no_label_reads_markup_from_what_people_typed(window: Window) -> None:
    followed(window, OLD)
    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert labels
    assert [
        label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText
    ] == []


def test_a_bug_shows_a_report_without_values_and_the_window_lives_on(window: Window) -> None:
    try:
        raise ValueError("Nguyễn Thị Ánh Đào 092190001234")
    except ValueError as error:
        report = crash.report(type(error), error.__traceback__)
    assert "ValueError" in report
    assert "Đào" not in report
    assert "test_a_day.py" in report


def test_a_notice_offers_to_try_again(window: Window) -> None:
    tried: list[int] = []
    notices.trouble("Ổ đĩa đã đầy.", lambda: tried.append(1))
    bar = window.notices
    assert "✗ Ổ đĩa đã đầy." in bar.text
    bar.findChildren(QPushButton)[0].click()
    assert tried == [1]


def test_settings_are_saved_by_who_may_and_refused_with_a_sentence(window: Window) -> None:
    settings = page(window, "settings")
    settings.fields["hotline"].setText("0292 3820 000")  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_F9)
    assert "quản trị hoặc lãnh đạo" in settings.error.text() or "lãnh đạo" in settings.error.text()  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "dung")
    settings.fields["hotline"].setText("0292 3820 000")  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_F9)
    assert window.desk.settings["hotline"] == "0292 3820 000"


def test_f8_at_intake_without_a_date_says_what_is_lacking(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    press(window, Qt.Key.Key_F8)
    assert "hãy chọn thủ tục và thời hạn trước" in window.notices.text
