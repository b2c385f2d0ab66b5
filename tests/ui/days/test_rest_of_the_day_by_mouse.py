"""What a newcomer's day by the mouse left out: pauses, a reminder, an absence, results returned
together, a receipt of another system, work done on the spot, a register that leaves.

With CCHC_PICTURES every step is kept as a picture (pictures.py).
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.people import absences
from cchc_desk.domain.dossiers.dossier import Dossier, Status
from tests.actions.conftest import make_intake
from tests.actions.lists.test_receipts import CODE
from tests.actions.lists.test_receipts import page as receipt
from tests.ui.conftest import MakeWindow, log_in
from tests.ui.days.mouse import Mouse
from tests.ui.days.pictures import Pictures
from tests.ui.screen import Screen
from ui.dossiers.page import DossiersPage
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
OWNER = "Lý Thị Hường"


class Counter:
    """A window, the hand on the mouse, and pictures of what was done."""

    def __init__(self, make_window: MakeWindow, folder: Path, official: str) -> None:
        self.window: Window = make_window(folder)
        self.mouse = Mouse(self.window)
        self._pictures = Pictures(self.window, "rest-of-the-day")
        log_in(self.window, official)

    def click(self, words: str, nth: int = 0) -> None:
        """Click, and keep a picture of what it did."""
        self.mouse.click(words, nth)
        self.look(words)

    def look(self, name: str) -> None:
        plain = "".join(letter if letter.isalnum() else "-" for letter in name)
        self._pictures.look(plain.strip("-"))

    def now(self, code: str) -> Dossier:
        return progress.show_dossier(self.window.desk, code).dossier


def paused_and_urged(counter: Counter) -> str:
    """Two things are waited for, one of them is over, and the citizen asks again."""
    mouse = counter.mouse
    code = intake.accept_dossier(counter.window.desk, make_intake(OWNER)).code
    mouse.click("Hồ sơ")
    mouse.double_click(OWNER)
    counter.click("Khác")
    for kind, reason in (("1  Lấy ý kiến", "Công an phường"), ("2  Kiểm tra", "Đo đất")):
        counter.click("Lấy ý kiến, kiểm tra")
        mouse.click(kind)
        mouse.click_field("Hỏi cơ quan nào")
        mouse.write(reason)
        counter.click("Tạm dừng  ·  F9")
    counter.click("Hết tạm dừng")
    mouse.click("3  Đo đất")
    counter.click("Hết tạm dừng  ·  F9")
    assert [pause.reason for pause in counter.now(code).open_pauses] == ["Công an phường"]
    counter.click("Đôn đốc")
    mouse.click_field("Người hỏi nói gì")
    mouse.write("Đã chờ ba ngày")
    counter.click("Đôn đốc  ·  F9")
    assert mouse.shows("Phiếu đôn đốc 01/PĐĐ")
    counter.click("Đóng")
    assert mouse.shows("đôn đốc lần 1")
    return code


def returned_together(counter: Counter) -> None:
    mouse, page = counter.mouse, counter.window.page("dossiers")
    assert isinstance(page, DossiersPage)
    mouse.click("Hồ sơ")
    counter.click("Chờ trả")
    rows = page.table.dossiers.rows[:3]
    mouse.click(rows[0].name)
    for row in rows[1:]:
        mouse.add_click(row.name, CTRL)
    counter.click("Trả kết quả  ·  Alt+T")
    mouse.click_field("Người nhận tất cả")
    mouse.write("Nguyễn Văn Phúc")
    counter.click("Trả kết quả  ·  F9")
    for row in rows:
        returned = counter.now(row.code)
        assert (returned.status, returned.returned_to) == (Status.RETURNED, "Nguyễn Văn Phúc")


def pasted(counter: Counter) -> None:
    """The receipt of another system is watched; a second time it is known."""
    QApplication.clipboard().setText(receipt())
    counter.click("Hôm nay")
    counter.click("Dán biên nhận")
    counter.click("Theo dõi  ·  F9")
    assert counter.now(CODE).watched
    counter.click("Dán biên nhận")
    assert counter.mouse.shows("không có gì mới")
    counter.click("Mở hồ sơ  ·  Ctrl+R")


def on_the_spot(counter: Counter) -> None:
    """Done and returned at once, taken back, done again: the book tells them apart."""
    mouse = counter.mouse
    counter.click("Làm ngay")
    counter.click("Làm và trả ngay")
    mouse.write_into("quét thẻ hay giấy hẹn", "trần thị mơ")
    counter.click("Giấy khai sinh")
    counter.click("Viết hoa")
    counter.click("Làm và trả ngay")
    counter.click("Hoàn tác (")
    counter.click("Làm và trả ngay")
    assert mouse.shows("Đã trả 1 bản cho Trần Thị Mơ: số 02")
    mouse.click("Sổ sách")
    counter.click("Sổ chứng thực bản sao từ bản chính")
    assert mouse.shows("✗ đã hủy · Giấy khai sinh")
    assert mouse.shows("1 việc, 1 bản")


def away_and_back(counter: Counter) -> None:
    """The leader enters who is away and who stands in, and that they are back."""
    mouse, desk = counter.mouse, counter.window.desk
    counter.click("Sổ sách")
    counter.click("Vắng mặt và người thay")
    counter.click("Ghi vắng mặt")
    mouse.click("2  Trần Quốc Bình")
    mouse.write_into("Đến hết ngày", "25/11/2026")
    mouse.click("2  Nguyễn Thị Hoài An")
    mouse.write_into("Lý do", "Đi học")
    counter.click("Ghi vắng mặt  ·  F9")
    (entered,) = absences.listed(desk)
    assert (entered.name, entered.cover_name) == ("Trần Quốc Bình", "Nguyễn Thị Hoài An")
    counter.click("Đã về")
    counter.click("Đã về  ·  F9")
    assert absences.listed(desk) == ()


def a_register_leaves(counter: Counter, target: Path) -> None:
    mouse = counter.mouse
    counter.click("Sổ theo dõi hồ sơ")
    counter.click("Tháng này")
    counter.click("Xuất bảng tính")
    counter.click("Tiếp tục")
    assert mouse.shows("Hãy ghi ở đây.")
    mouse.write("Nộp đoàn kiểm tra")
    counter.click("Tiếp tục")
    assert OWNER in target.read_text("utf-8-sig")
    counter.click("Nhật ký xuất dữ liệu")
    assert mouse.shows("Nộp đoàn kiểm tra")


def test_a_clerk_pauses_urges_returns_pastes_and_certifies(
    make_window: MakeWindow, folder: Path
) -> None:
    counter = Counter(make_window, folder, "an")
    code = paused_and_urged(counter)
    returned_together(counter)
    pasted(counter)
    on_the_spot(counter)
    taken = counter.now(code)
    assert taken.due == taken.first.due  # the pauses moved no promise
    assert upkeep.verify_ledger(counter.window.desk).problems == ()


def test_a_leader_enters_an_absence_and_exports_a_register(
    make_window: MakeWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "exports" / "so.csv"  # as somebody chooses it in the system's own dialog
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    counter = Counter(make_window, folder, "chi")
    intake.accept_dossier(counter.window.desk, make_intake(OWNER))
    away_and_back(counter)
    a_register_leaves(counter, target)
    assert upkeep.verify_ledger(counter.window.desk).problems == ()


def test_results_are_returned_together_by_keys_alone(window: Window, qtbot: QtBot) -> None:
    screen, pictures = Screen(window, qtbot), Pictures(window, "together-by-keys")
    screen.key("F3")
    screen.key("Alt+7")
    page = window.page("dossiers")
    assert isinstance(page, DossiersPage)
    codes = [row.code for row in page.table.dossiers.rows[:3]]
    screen.key("Return")
    for keys in ("Shift+Down", "Shift+Down", "Alt+T"):
        screen.key(keys)
    pictures.look("asked")
    screen.key("Return")
    pictures.look("returned")
    screen.wait_for("Trả kết quả: 3 xong")
    for code in codes:
        assert progress.show_dossier(window.desk, code).dossier.status is Status.RETURNED
