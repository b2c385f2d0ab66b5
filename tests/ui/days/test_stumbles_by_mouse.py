"""What a newcomer with the mouse alone could not do, or was misled by, and can do now."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from cchc_desk.actions.dossiers import correct, progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.people import absences
from cchc_desk.actions.people.absences import NewAbsence
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import Dossier
from tests.actions.conftest import become, make_intake
from tests.actions.lists.test_receipts import CODE
from tests.actions.lists.test_receipts import page as receipt
from tests.ui.conftest import MakeWindow, log_in
from tests.ui.days.mouse import Mouse
from ui.dossiers.correct_page import CorrectPage
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.intake.page import IntakePage
from ui.on_the_spot.page import OnTheSpotPage
from ui.shell.window import Window
from ui.today.page import TodayPage

_FIELD_EDGE = 8  # points beside the text of a field
CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01012022"


@pytest.fixture
def mouse(window: Window) -> Mouse:
    window.resize(1366, 768)
    return Mouse(window)


@pytest.fixture
def page(window: Window, mouse: Mouse) -> IntakePage:
    mouse.click("Tiếp nhận")
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    return page


def newest(window: Window) -> Dossier:
    code = progress.find_dossiers(window.desk, limit=1, order="accepted")[0].code
    return progress.show_dossier(window.desk, code).dossier


def clear_button(field: QWidget) -> QToolButton:
    return next(one for one in field.children() if isinstance(one, QToolButton))


def test_the_whole_birthday_of_a_known_person_stays(page: IntakePage, mouse: Mouse) -> None:
    taken_in = make_intake("Nguyễn Thị Ánh Đào")
    known = replace(taken_in.applicant, born=date(1990, 5, 17))
    intake.accept_dossier(page.desk, replace(taken_in, applicant=known))
    mouse.click_field("Số định danh")
    mouse.write(known.id_number)
    mouse.click("Lấy")
    mouse.click("vài chữ, hoặc mã")  # out of the number, which knows the year only
    assert page.form().born == "17/05/1990"


def test_required_papers_and_one_of_ones_own_by_clicks(
    page: IntakePage, mouse: Mouse, window: Window
) -> None:
    mouse.scan(CARD)
    mouse.click("Đăng ký khai sinh")
    mouse.click("Đủ giấy bắt buộc")
    mouse.write_into("giấy tờ khác", "Bản dịch hộ chiếu của cha")
    mouse.click("Thêm")
    mouse.write_into("giấy tờ khác", "Sổ hộ khẩu cũ")  # typed, and «Thêm» forgotten
    mouse.click("Tiếp nhận và in")
    mouse.click("Đúng, tiếp nhận và in")
    mouse.click("Đóng")
    names = [paper.name for paper in newest(window).papers]
    assert names[-2:] == ["Bản dịch hộ chiếu của cha", "Sổ hộ khẩu cũ"]
    assert "Tờ khai đăng ký khai sinh" in names
    assert page.procedure.own.text() == ""


def test_another_procedure_looked_for_is_not_confirmed_as_the_one_read_back(
    page: IntakePage, mouse: Mouse
) -> None:
    mouse.scan(CARD)
    mouse.click("Đăng ký khai sinh")
    mouse.click("Đủ giấy bắt buộc")
    mouse.click("Tiếp nhận và in")
    assert mouse.shows("Đúng, tiếp nhận và in")
    mouse.write_into("vài chữ, hoặc mã", "khai tử")
    assert not mouse.shows("Đúng, tiếp nhận và in")


def test_a_search_is_cleared_by_its_button(window: Window, mouse: Mouse) -> None:
    mouse.click("Hồ sơ")
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    mouse.write_into("tên (có dấu", "không ai tên thế")
    mouse.wait_for("Không có hồ sơ nào khớp")
    mouse.click_on(clear_button(page.search))
    assert page.search.text() == ""
    mouse.wait_for("hồ sơ. Enter")


def test_results_are_narrowed_while_a_name_is_typed(window: Window, mouse: Mouse) -> None:
    mouse.click("Trả kết quả")
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    rows = page.table.dossiers.rows
    wanted = rows[-1]
    assert len(rows) > 1
    mouse.write_into("quét giấy hẹn", wanted.name)
    mouse.wait_until(lambda: {row.name for row in page.table.dossiers.rows} == {wanted.name})
    mouse.click(wanted.name, nth=1)
    assert page.view is not None
    assert page.view.dossier.code == page.table.current_code()


def test_the_page_of_a_cancelled_dossier_opens(window: Window, mouse: Mouse) -> None:
    taken_in = intake.accept_dossier(window.desk, make_intake("Lý Thị Hường"))
    correct.cancel(window.desk, taken_in.code, "nhập hai lần")
    mouse.click("Hồ sơ")
    mouse.double_click("Lý Thị Hường")
    assert mouse.shows("Đã hủy (nhập sai)")
    assert mouse.shows("Khác")


def test_required_papers_are_not_called_optional_when_put_right(
    window: Window, mouse: Mouse
) -> None:
    intake.accept_dossier(window.desk, make_intake("Lý Thị Hường"))
    mouse.click("Hồ sơ")
    mouse.double_click("Lý Thị Hường")
    mouse.click("Sửa thông tin")
    page = window.page("correct")
    assert isinstance(page, CorrectPage)
    asked = {p.name: p.required for p in page.procedure.version.papers}  # type: ignore[union-attr]
    ticks = page.procedure.papers.ticks.ticks
    assert {tick.name: tick.required for tick in ticks if tick.name in asked} == asked


def test_who_changes_the_user_may_think_better_of_it(window: Window, mouse: Mouse) -> None:
    mouse.click("Đổi người")
    mouse.click("Thôi")
    assert mouse.shows("Nguyễn Thị Hoài An")
    assert not mouse.shows("Mật khẩu")
    mouse.click("Khóa")
    assert not mouse.shows("Thôi")  # a locked screen stays locked


def test_type_and_colours_are_chosen_before_the_log_in(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    window.resize(1366, 768)
    mouse = Mouse(window)
    before = window.appearance.current
    mouse.click_field("Mật khẩu")
    mouse.write("prac")
    mouse.click("Chữ to hơn")
    mouse.click("Màu")
    now = window.appearance.current
    assert now.text_size > before.text_size
    assert now.theme != before.theme
    mouse.write("tice")
    mouse.click("Vào làm việc")
    assert mouse.shows("Nguyễn Thị Hoài An")


def test_the_day_board_opens_what_is_clicked_and_names_who_was_told(
    window: Window, mouse: Mouse
) -> None:
    board = window.page("today")
    assert isinstance(board, TodayPage)
    mouse.click("Sắp hết hạn")
    row = board.table.dossiers.rows[0]
    mouse.click(row.name)
    mouse.click("Đã gọi báo trước")
    assert row.name in window.notices.text
    mouse.click("Mở hồ sơ")
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert window.stack.currentWidget() is page
    assert row.name in page.person.text()
    mouse.click("Hôm nay")
    due = board.aside.next.shown()[-1][1]
    mouse.click(due, nth=-1)  # beside the table
    assert window.stack.currentWidget() is page
    assert due in page.person.text()


def test_a_confirmed_procedure_with_two_limits_says_that_one_is_chosen_at_intake(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    window.resize(1366, 768)
    mouse = Mouse(window)
    log_in(window, "dung")
    mouse.click("Thủ tục")
    mouse.click("Đăng ký kết hôn")
    mouse.write_into("số văn bản", "3152/QĐ-BTP")
    mouse.write_into("Ngày văn bản", "01/11/2026")
    mouse.click("Ghi thay đổi")
    assert mouse.shows("Có 2 thời hạn: khi tiếp nhận chọn một.")


def test_the_list_to_sign_says_which_promise_is_not_broken_yet(
    window: Window, mouse: Mouse
) -> None:
    intake.accept_dossier(window.desk, make_intake("Lý Thị Hường"))
    mouse.click("Hồ sơ")
    mouse.double_click("Lý Thị Hường")
    mouse.click("Khác")
    mouse.click("Soạn thư xin lỗi")
    mouse.click("Soạn thư")
    mouse.click("Đổi người")
    mouse.click_field("Người dùng")
    mouse.click("Lê Mai Chi")
    mouse.write_into("Mật khẩu", practice.PASSWORD)
    mouse.click("Vào làm việc")
    mouse.click("Trễ hẹn")
    mouse.click("Ký tất cả")
    mouse.wait_for("chưa trễ · ")


def paused(
    window: Window,
    mouse: Mouse,
    procedure: str = "1.001193",
    limit: str | None = "1 ngày làm việc",
) -> None:
    """The page of a dossier that waits for two things; what else may be done is unfolded."""
    intake.accept_dossier(window.desk, make_intake("Lý Thị Hường", limit, procedure=procedure))
    mouse.click("Hồ sơ")
    mouse.double_click("Lý Thị Hường")
    mouse.click("Khác")
    for kind, reason in (("Lấy ý kiến cơ quan", "Công an phường"), ("Kiểm tra thực", "Đo đất")):
        mouse.click("Lấy ý kiến, kiểm tra")
        mouse.click(f"{kind}", nth=-1)
        mouse.click_field("Hỏi cơ quan nào")
        mouse.write(reason)
        mouse.click("Tạm dừng  ·  F9")


def test_a_yes_by_the_mouse_says_that_nothing_is_chosen(window: Window, mouse: Mouse) -> None:
    paused(window, mouse)
    mouse.click("Hết tạm dừng")
    mouse.click("Hết tạm dừng  ·  F9")
    assert mouse.shows("Hãy chọn một dòng.")


def test_a_pause_says_that_the_time_runs_on(window: Window, mouse: Mouse) -> None:
    paused(window, mouse)
    mouse.click("Lấy ý kiến, kiểm tra")
    assert mouse.shows("Mỗi dòng một lý do; ghi cùng lúc thì hết cùng lúc.")
    mouse.click("Thôi")
    assert "của Lý Thị Hường đang tạm dừng; thời gian vẫn tính" in window.notices.text
    mouse.click("Hết tạm dừng")
    assert mouse.shows("Thời gian vẫn tính, hẹn trả không đổi")
    assert not mouse.shows("Đồng hồ chạy tiếp")


def test_a_pause_that_stops_the_clock_says_so(window: Window, mouse: Mouse) -> None:
    paused(window, mouse, procedure="1.007919", limit="4 ngày làm việc")
    assert "đồng hồ đứng tới khi hết tạm dừng" in window.notices.text
    mouse.click("Hết tạm dừng")
    assert mouse.shows("Xong lý do dừng đồng hồ cuối cùng thì đồng hồ chạy tiếp")
    mouse.click("3  Đo đất")
    mouse.click("Hết tạm dừng  ·  F9")
    mouse.click("Hết tạm dừng")
    assert mouse.shows("Đồng hồ chạy tiếp và hẹn trả được tính lại")


def test_what_was_built_upon_is_not_offered_to_be_taken_back(window: Window, mouse: Mouse) -> None:
    paused(window, mouse)
    assert mouse.shows("Hoàn tác (")
    mouse.click("Hết tạm dừng")
    mouse.click("3  Đo đất")
    mouse.click("Hết tạm dừng  ·  F9")
    assert mouse.shows("xong một lý do tạm dừng")
    assert not mouse.shows("Hoàn tác (")
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert "xong một lý do" in page.timeline.accessibleName()
    assert "đi tiếp" not in page.timeline.accessibleName()  # it waits for the police still


def test_a_clerk_is_asked_about_the_own_absence_alone(window: Window, mouse: Mouse) -> None:
    mouse.click("Sổ sách")
    mouse.click("Vắng mặt và người thay")
    mouse.click("Ghi vắng mặt")
    assert mouse.shows("Ghi vắng mặt – Nguyễn Thị Hoài An")
    assert not mouse.shows("Ai vắng mặt?")
    assert not mouse.shows("Phạm Tiến Dũng")  # who may not do a clerk's work
    mouse.write_into("Đến hết ngày", "25/11/2026")
    mouse.click("Lê Mai Chi · lãnh đạo")
    mouse.click("Ghi vắng mặt  ·  F9")
    said = "Nguyễn Thị Hoài An vắng từ 23/11/2026 đến hết 25/11/2026; Lê Mai Chi thay."
    assert said in window.notices.text


def test_enter_is_promised_where_lines_open_alone(window: Window, mouse: Mouse) -> None:
    today = window.desk.now().date()
    absences.enter(window.desk, NewAbsence(today, today, reason="Đi học"))
    mouse.click("Sổ sách")
    mouse.click("Vắng mặt và người thay")
    assert mouse.shows("1 dòng. Esc về danh sách sổ.")
    assert not mouse.shows("Enter mở")
    mouse.click("Sổ theo dõi hồ sơ")
    assert mouse.shows("Enter mở")


def test_results_returned_together_leave_the_focus_in_the_list(
    window: Window, mouse: Mouse
) -> None:
    mouse.click("Hồ sơ")
    mouse.click("Chờ trả")
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    chosen = {row.code for row in page.table.dossiers.rows[:3]}
    first, *others = (row.name for row in page.table.dossiers.rows[:3])
    mouse.click(first)
    for name in others:
        mouse.add_click(name, Qt.KeyboardModifier.ControlModifier)
    mouse.click("Trả kết quả  ·  Alt+T")
    mouse.click("Trả kết quả  ·  F9")
    assert mouse.shows("Trả kết quả: 3 xong")
    assert page.table.hasFocus()
    mouse.click("Hoàn tác (")
    assert {row.code for row in page.table.chosen_rows()} == chosen  # for the right receiver


def test_a_return_names_who_has_the_result(window: Window, mouse: Mouse) -> None:
    mouse.click("Trả kết quả")
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    name = page.table.dossiers.rows[-1].name
    mouse.click(name)
    mouse.click("Trả kết quả  ·  F9")
    assert f"cho {name}." in window.notices.text


def test_an_empty_register_says_that_nothing_can_be_exported(window: Window, mouse: Mouse) -> None:
    become(window.desk, "chi")
    mouse.click("Sổ sách")
    mouse.click("Công chức gây trễ hẹn")
    mouse.click("Xuất bảng tính")
    assert "Danh sách trống" in window.notices.text
    mouse.click("In danh sách")
    assert "Danh sách trống" in window.notices.text


def test_a_paper_clicked_mends_what_was_lacking(window: Window, mouse: Mouse) -> None:
    mouse.click("Làm ngay")
    mouse.click("Làm và trả ngay")
    assert mouse.shows("Hãy ghi tên giấy tờ")
    mouse.click("Giấy khai sinh")
    assert not mouse.shows("Hãy ghi tên giấy tờ")
    page = window.page("on-the-spot")
    assert isinstance(page, OnTheSpotPage)
    assert page.papers.paper.property("wrong") == "false"


def test_a_line_of_a_book_says_that_it_was_cancelled(window: Window, mouse: Mouse) -> None:
    mouse.click("Làm ngay")
    mouse.write_into("quét thẻ hay giấy hẹn", "Trần Thị Mơ")
    mouse.click("Giấy khai sinh")
    mouse.click("Làm và trả ngay")
    mouse.click("Hoàn tác (")
    mouse.click("Sổ sách")
    mouse.click("Sổ chứng thực bản sao từ bản chính")
    assert mouse.shows("✗ đã hủy · Giấy khai sinh")


def test_a_pasted_code_is_seen_whole(page: IntakePage, mouse: Mouse) -> None:
    QApplication.clipboard().setText(receipt())
    mouse.click("Dán biên nhận")
    field = page.promise.portal_code
    assert field.text() == CODE
    QTest.qWait(50)  # the column takes its place
    assert field.fontMetrics().horizontalAdvance(CODE) < field.width() - 2 * _FIELD_EDGE


def test_no_line_of_a_history_is_cut(window: Window, mouse: Mouse) -> None:
    paused(window, mouse)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    lines = page.history
    QTest.qWait(50)  # the lines take their places beside what was unfolded
    for row in range(lines.count()):
        place = lines.visualItemRect(lines.item(row))
        room = QRect(0, 0, place.width() - 2 * _FIELD_EDGE, 1_000)
        text = lines.item(row).text()
        needed = lines.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        assert place.height() >= needed.height(), text


def test_the_clock_of_a_practice_ward_ran_forward(window: Window, mouse: Mouse) -> None:
    mouse.click("Hôm nay")
    assert not mouse.shows("Đồng hồ lùi")
