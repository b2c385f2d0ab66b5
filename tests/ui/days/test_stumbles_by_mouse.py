"""What a newcomer with the mouse alone could not do, or was misled by, and can do now."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton, QWidget

from cchc_desk.actions.dossiers import correct, progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.dossier import Dossier
from tests.actions.conftest import make_intake
from tests.ui.conftest import MakeWindow, log_in
from tests.ui.days.mouse import Mouse
from ui.dossiers.correct_page import CorrectPage
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.intake.page import IntakePage
from ui.shell.window import Window
from ui.today.page import TodayPage

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
