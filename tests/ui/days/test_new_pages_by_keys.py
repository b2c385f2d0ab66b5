"""Ten minutes of a newcomer with the keyboard alone: passwords, copies, scans, personal data.

What is pressed is what stands on the screen; what is typed goes where the focus is.
"""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.screen import Screen

OWN = "mưa rào tháng bảy"
AN, BINH, CHI = "Nguyễn Thị Hoài An –", "Trần Quốc Bình –", "Lê Mai Chi –"


@pytest.fixture
def screen(make_window: MakeWindow, folder: Path, qtbot: QtBot) -> Screen:
    """The administrator's window."""
    window = make_window(folder, "dung")
    return Screen(window, qtbot)


def hand_over_to(screen: Screen, name: str, password: str = "practice") -> None:
    screen.press("Đổi người")
    for keys in ("Up", "Down"):
        for _step in range(8):
            if screen.shows(name):
                break
            screen.key(keys)
    screen.write(password)
    screen.key("Return")


def test_a_colleague_gets_a_password_and_chooses_an_own_one(screen: Screen) -> None:
    screen.press("Cài đặt")
    screen.write("nguoi dung")  # into the search: no name of the office is typed over
    screen.key("Return")
    screen.choose("Trần Quốc Bình")
    screen.press("Cấp mật khẩu")
    screen.key("Return")
    secret = screen.find(r"\b[a-z0-9]{4}(-[a-z0-9]{4}){3}\b")
    screen.press("In ra giấy")
    screen.wait_for("1 trang")
    screen.key("Escape")
    screen.press("Đã xong")
    hand_over_to(screen, BINH, secret)
    screen.wait_for("Đặt mật khẩu của bạn")
    for password in ("123", OWN):  # the short one is refused, and typed over in both fields
        for _field in range(2):
            screen.write(password)
            screen.key("Return")
    screen.wait_for("Hôm nay")
    assert not screen.shows("Đặt mật khẩu của bạn")


@pytest.mark.one_pc("copies of the file")
def test_a_recovery_sheet_and_a_copy_are_found_by_what_they_are_called(screen: Screen) -> None:
    screen.press("Cài đặt")
    screen.write("phieu khoi phuc")
    for _button_question_answer in range(3):
        screen.key("Return")
    assert screen.find(r"\b[A-Z0-9]{5}(-[A-Z0-9]{5}){7}\b")
    screen.press("Đã xong")
    screen.press("Cài đặt")
    screen.write("sao luu ngay")  # over what was looked for before
    screen.key("Return")
    screen.key("Return")
    screen.wait_for("đọc lại thấy lành")
    screen.press("Kiểm tra bản sao")
    screen.wait_for("1 trang")
    screen.key("Escape")
    screen.press("Khôi phục bản sao")
    screen.press("Mở ra xem")
    screen.wait_for("Trong bản này")
    screen.press("Khôi phục")
    screen.wait_for("Hãy nhập mật khẩu của người khôi phục.")
    screen.press("Quay lại")
    screen.wait_for("Đăng nhập")


def test_a_scan_is_pasted_looked_at_and_taken_out_again(screen: Screen) -> None:
    hand_over_to(screen, AN)
    screen.press("Hồ sơ")
    screen.key("Return")
    screen.key("Return")
    screen.key("4")
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0xFFEEDDCC)
    QGuiApplication.clipboard().setImage(image)
    screen.key("Ctrl+V")
    screen.wait_for("Đã thêm 1 bản chụp")
    screen.key("Return")  # opens it: the keys are where it lies
    screen.wait_for("Đóng")
    screen.key("Escape")
    screen.key("Delete")
    screen.wait_for("Vì sao bỏ bản chụp?")
    screen.write("chụp nhầm")
    screen.key("Return")
    screen.wait_for("Đã bỏ bản chụp")
    screen.key("Ctrl+Z")
    screen.wait_for("Bản chụp (1)")


def test_the_clock_is_confirmed_by_enter(screen: Screen) -> None:
    screen.key("Ctrl+Shift+G")
    screen.wait_for("Hôm nay là ngày")
    screen.key("Return")
    screen.wait_for("Giờ của quầy: 10:00")


def test_a_request_about_personal_data_is_taken_and_acknowledged(screen: Screen) -> None:
    hand_over_to(screen, CHI)
    screen.key("Ctrl+K")
    screen.write("du lieu ca nhan")
    screen.key("Return")
    screen.press("Ghi yêu cầu")
    screen.key("2")
    for answer in ("Lê Thị Hoa", "0912345678", "Hồ sơ khai sinh"):
        screen.key("Tab")
        screen.write(answer)
    screen.key("Return")
    screen.wait_for("báo nhận trước")
    screen.go_to("Đã báo nhận")
    screen.key("Return")
    screen.key("Return")
    screen.wait_for("Đã ghi báo nhận yêu cầu")
