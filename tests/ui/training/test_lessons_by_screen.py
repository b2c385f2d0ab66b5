"""The first four lessons, played by what stands on the screen alone: words that are read, keys that
are named.
"""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.training import practice
from tests.engines import new_place
from tests.ui.conftest import MONDAY, MakeWindow
from tests.ui.screen import Screen

CODE = r"H\d\d\.\d{3}-\d{6}-\d{4}"


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ward: a lesson prepares what it needs."""
    folder = tmp_path_factory.mktemp("ward")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True).close()
    return folder


@pytest.fixture
def screen(make_window: MakeWindow, folder: Path, qtbot: QtBot) -> Screen:
    """The clerk who takes in has logged in."""
    screen = Screen(make_window(folder), qtbot)
    log_in(screen, "Nguyễn Thị Hoài An")
    return screen


def log_in(screen: Screen, name: str) -> None:
    screen.wait_for("↑ ↓ để chọn")
    for _name in range(9):
        screen.key("Up")
    while not screen.shows(name):
        screen.key("Down")
    screen.write(practice.PASSWORD)  # the hint of a lesson tells it
    screen.key("Return")


def change_to(screen: Screen, name: str) -> None:
    screen.press("Đổi người")
    log_in(screen, name)


def begin(screen: Screen, title: str) -> None:
    screen.press("Bài tập")
    screen.choose(title)
    screen.press("Bắt đầu bài này")


def accept(screen: Screen) -> None:
    """Read back, accepted, and the receipt that comes up put away."""
    screen.press("Tiếp nhận và in")
    screen.press("Đúng")
    screen.press("Đóng")


def find(screen: Screen, name: str) -> None:
    screen.press("Hồ sơ")
    screen.write(name)
    screen.wait_for("1 hồ sơ")
    screen.key("Down")
    screen.key("Return")


def answer(screen: Screen, words: str) -> None:
    """The first question of the panel in front; what the others propose stays."""
    screen.choose(words)
    screen.key("F9")


def test_a_birth_is_taken_in_by_card(screen: Screen) -> None:
    begin(screen, "Tiếp nhận đăng ký khai sinh bằng thẻ")
    screen.wait_for("Bài 1 · 0/3 · Quét thẻ")
    screen.press("Thẻ của bài")
    screen.wait_for("Nguyễn Thị Ánh Đào")
    screen.write_into("vài chữ, hoặc mã", "khai sinh")
    screen.key("Return")
    screen.go_to("↓ chọn, hoặc gõ")
    screen.choose("trong ngày")
    screen.key("Return")
    screen.key("A")
    accept(screen)
    screen.wait_for("Bài 1 · 2/3 · Tự chấm lượt này: có «xin chào»")
    screen.press("Gợi ý")
    screen.wait_for("Ctrl+1 là xin chào; Ctrl+9 ghi lượt")
    screen.key("Ctrl+1")
    screen.key("Ctrl+9")
    screen.wait_for("Xong bài 1: 10/10 điểm")


def test_a_dossier_that_will_be_late_from_notice_to_letter(screen: Screen) -> None:
    begin(screen, "Một hồ sơ sắp trễ")
    screen.wait_for("Bài 2 · 0/4 · Báo trước cho ông Đức")
    find(screen, "Trần Văn Đức")
    screen.press("Báo trước")
    answer(screen, "Điện thoại")
    screen.wait_for("Bài 2 · 1/4 · Soạn thư xin lỗi")
    screen.key("X")  # as on every card of keys: the act itself is folded away
    screen.go_to("Nguyên nhân")
    screen.choose("Cần thời gian xác minh")
    screen.press("Soạn thư  ·")
    screen.wait_for("Bài 2 · 2/4 · Lãnh đạo ký thư")
    change_to(screen, "Lê Mai Chi")
    screen.press("Lãnh đạo ký")
    screen.wait_for("Bài 2 · 3/4 · Trao thư cho ông Đức")
    screen.press("Đã trao thư  ·")
    answer(screen, "Điện thoại")
    screen.wait_for("Xong bài 2: 10/10 điểm")


def test_an_angry_visitor_gets_the_result_at_once_and_the_letter_after(screen: Screen) -> None:
    begin(screen, "Người dân bực vì hồ sơ trễ")
    screen.wait_for("Bài 3 · 0/5")
    code = screen.find(CODE)
    screen.press("Trả kết quả")
    screen.press("Gợi ý")
    screen.wait_for("Ctrl+2 xin lỗi, Ctrl+7 lắng nghe, Ctrl+9 ghi")
    for keys in ("Ctrl+2", "Ctrl+7", "Ctrl+9"):
        screen.key(keys)
    screen.wait_for("Bài 3 · 1/5 · Trả kết quả ngay")
    screen.write(code)
    screen.key("Return")
    screen.press("Trả kết quả  ·")
    screen.wait_for("Bài 3 · 2/5 · Soạn thư xin lỗi, không hẹn ngày nào")
    screen.press("Trễ hẹn")
    screen.choose(f"…{code[-4:]}")
    screen.key("Return")
    screen.press("Soạn thư  ·")
    screen.wait_for("Bài 3 · 3/5 · Lãnh đạo ký thư")
    change_to(screen, "Lê Mai Chi")
    screen.press("Lãnh đạo ký")
    screen.wait_for("Bài 3 · 4/5 · Trao thư; hồ sơ đóng lại")
    screen.press("Đã trao thư  ·")
    answer(screen, "Tại quầy")
    screen.wait_for("Xong bài 3: 10/10 điểm")


def test_a_wrong_scan_is_read_then_the_right_one_taken(screen: Screen) -> None:
    begin(screen, "Mã QR đọc sai")
    screen.press("Thẻ của bài")
    screen.wait_for("Bộ gõ tiếng Việt")
    screen.press("Thẻ của bài")
    screen.wait_for("Phan Thị Kim Ngân")
    screen.write_into("vài chữ, hoặc mã", "hon nhan")
    screen.key("Return")
    screen.go_to("↓ chọn, hoặc gõ")
    screen.write("3 ngày làm việc")
    screen.key("Return")
    accept(screen)
    screen.wait_for("Xong bài 4: 10/10 điểm")


def test_the_provinces_file_from_the_dialog_to_the_letter(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog opens in the folder of the lesson's file, which is chosen there by its name."""

    def choose(_page: object, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        return str(Path(folder) / screen.find(r"\S+\.xls")), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    begin(screen, "Bỏ tệp của tỉnh vào")
    screen.wait_for("Bài 10 · 0/4 · Xem trước rồi nhận danh sách")
    screen.press("Tệp của tỉnh")
    screen.press("Chọn tệp…")
    screen.wait_for("mẫu «VNPT iGate – thống kê hồ sơ»")
    screen.press("Nhận 8 hồ sơ mới")
    screen.wait_for("Bài 10 · 1/4 · Soạn thư xin lỗi bà Tuyết")
    screen.press("Trễ hẹn")
    screen.choose("Mai Thị Tuyết")
    screen.key("Return")
    screen.go_to("Nguyên nhân")
    screen.choose("Cần thời gian xác minh")
    screen.press("Soạn thư  ·")
    screen.wait_for("Bài 10 · 2/4 · Lãnh đạo ký thư")
    change_to(screen, "Lê Mai Chi")
    screen.press("Lãnh đạo ký")
    screen.wait_for("Bài 10 · 3/4 · In thư, trao cho bà Tuyết")
    screen.press("Đã trao thư  ·")
    answer(screen, "Tại quầy")
    screen.wait_for("Xong bài 10: 10/10 điểm")
