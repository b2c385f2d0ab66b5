"""Ten minutes of a newcomer with the mouse alone: passwords, copies, scans, personal data."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress
from tests.ui.conftest import MakeWindow, log_in
from tests.ui.days.mouse import Mouse
from ui.shell.window import Window

OWN = "mưa rào tháng bảy"


@pytest.fixture
def window(make_window: MakeWindow, folder: Path) -> Window:
    """The administrator's window."""
    made = make_window(folder)
    made.resize(1366, 740)
    log_in(made, "dung")
    return made


@pytest.fixture
def mouse(window: Window) -> Mouse:
    return Mouse(window)


def hand_over_to(mouse: Mouse, name: str, password: str = "practice") -> None:
    mouse.click("Đổi người")
    mouse.choose("Người dùng (↑ ↓ để chọn)", name)
    mouse.write_into("Mật khẩu", password)
    mouse.click("Vào làm việc")


def test_a_colleague_gets_a_password_and_chooses_an_own_one(mouse: Mouse) -> None:
    mouse.click("Cài đặt")
    mouse.click("Người dùng của quầy")
    mouse.click("Trần Quốc Bình")
    mouse.click("Cấp mật khẩu")
    mouse.click("Cấp mật khẩu  ·  F9")
    found = re.search(r"\b[a-z0-9]{4}(-[a-z0-9]{4}){3}\b", " ".join(mouse.words()))
    assert found
    mouse.click("In ra giấy")
    mouse.click("Đóng")
    mouse.click("Đã xong")
    hand_over_to(mouse, "Trần Quốc Bình", found[0])
    mouse.write_into("Mật khẩu mới", OWN)
    mouse.write_into("Mật khẩu mới, lần nữa", OWN)
    mouse.click("Đặt mật khẩu và vào làm việc")
    mouse.wait_for("Hôm nay")


@pytest.mark.one_pc("copies of the file")
def test_a_copy_is_made_tried_and_looked_into(mouse: Mouse) -> None:
    mouse.click("Cài đặt")
    mouse.click("Dữ liệu, bản sao")
    mouse.click("Sao lưu ngay")
    mouse.wait_for("đọc lại thấy lành")
    mouse.click("Kiểm tra bản sao")
    mouse.click("Đóng")
    mouse.click("Khôi phục bản sao")
    mouse.click("Mở ra xem")
    mouse.wait_for("Trong bản này")
    mouse.click("Khôi phục  ·  F9")
    mouse.wait_for("Hãy nhập mật khẩu của người khôi phục.")
    mouse.click("Quay lại")
    mouse.wait_for("Đăng nhập")


def test_a_scan_is_dropped_looked_at_and_taken_out_again(
    mouse: Mouse, window: Window, tmp_path: Path
) -> None:
    hand_over_to(mouse, "Nguyễn Thị Hoài An")
    row = progress.find_dossiers(window.desk, only="open", limit=1)[0]
    file = tmp_path / "exports" / "Giấy chứng sinh.pdf"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(printing.paper_pdf(window.desk, row.code, "receipt"))
    mouse.click("Hồ sơ")
    mouse.double_click(row.name)
    mouse.click("Bản chụp")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(file))])
    page = window.page("dossier")
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    place, key = QPoint(50, 50), Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(place, copy, files, button, key))
    QApplication.sendEvent(page, QDropEvent(QPointF(place), copy, files, button, key))
    mouse.wait_for("Đã thêm 1 bản chụp")
    mouse.double_click("Giấy chứng")
    mouse.click("Đóng")
    mouse.click("Bỏ bản chụp")
    mouse.write_into("Vì sao bỏ bản chụp?", "chụp nhầm")
    mouse.click("Bỏ bản chụp  ·  F9")
    mouse.wait_for("Đã bỏ bản chụp")
    mouse.click("Hoàn tác")
    mouse.wait_for("Bản chụp (1)")


def test_a_request_about_personal_data_is_taken_and_answered(mouse: Mouse) -> None:
    hand_over_to(mouse, "Lê Mai Chi")
    mouse.click("Sổ sách")
    mouse.click("Yêu cầu về dữ liệu cá nhân")
    mouse.click("Ghi yêu cầu")
    mouse.click("2  ")
    mouse.write_into("Họ tên người yêu cầu", "Lê Thị Hoa")
    mouse.write_into("Trả lời bằng cách nào", "0912345678")
    mouse.write_into("Về dữ liệu nào", "Hồ sơ khai sinh")
    mouse.click("Ghi yêu cầu  ·  F9")
    mouse.wait_for("báo nhận trước")
    mouse.click("Đã báo nhận")
    mouse.click("Đã báo nhận  ·  F9")
    mouse.wait_for("Đã ghi báo nhận yêu cầu")
    mouse.click("Trả lời")
    mouse.click("1  ")
    mouse.write_into("Đã trả lời, đã làm gì", "Đã gửi bản sao cho công dân")
    mouse.click("Trả lời  ·  F9")
    mouse.wait_for("Đã ghi trả lời yêu cầu")
