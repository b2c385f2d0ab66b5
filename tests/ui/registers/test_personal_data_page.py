"""What citizens ask about their own data, by keys; the day board says when it is due."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cchc_desk.actions.data import personal_data
from tests.papers.forms.test_read_back import joined, squeezed
from tests.ui import questions
from tests.ui.conftest import MakeWindow, press
from tests.ui.registers.test_registers_page import click, lines, opened, pdf_of
from ui.registers.personal_data import EXPORTS, REQUESTS
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


def test_a_request_is_entered_acknowledged_and_answered(leader: Window) -> None:
    page = opened(leader, REQUESTS)
    press(leader, Key.Key_G, ALT)
    questions.answer(leader, "Xóa", "Võ Thị Em", "0912345678", "Hồ sơ khai sinh", "")
    assert "trả lời trước 14/12/2026" in leader.notices.text
    assert lines(page)[0][0] == "01/2026-YCDL"
    leader.open_page("today")
    board = leader.page("today")
    assert isinstance(board, TodayPage)
    assert "1 yêu cầu về dữ liệu cá nhân" in board.alarms.text()
    page = opened(leader, REQUESTS)
    click(page, "Đã báo nhận")
    questions.answer(leader, "01/2026-YCDL")
    click(page, "Trả lời")
    questions.answer(leader, "01/2026-YCDL", "từ chối", "Hồ sơ chưa hết thời hạn lưu")
    (done,) = personal_data.requests(leader.desk, *YEAR)
    assert done.acknowledged
    assert done.answered
    assert "từ chối" in lines(page)[0][-1]


def test_the_folder_is_printed_as_one_set_and_stands_in_the_log(leader: Window) -> None:
    opened(leader, REQUESTS)
    press(leader, Key.Key_F9)
    questions.answer(leader, "Nộp đoàn kiểm tra")
    assert squeezed("HỒ SƠ DỮ LIỆU CÁ NHÂN") in squeezed(joined(pdf_of(leader)))
    assert lines(opened(leader, EXPORTS))[0][2] == "Hồ sơ dữ liệu cá nhân"


def test_a_breach_is_entered_and_its_sheet_shown(leader: Window) -> None:
    click(opened(leader, REQUESTS), "Phiếu sự cố 72 giờ")
    questions.answer(leader, "Mất máy tính", "Bản sao", "12", "Đã khóa máy")
    sheet = squeezed(joined(pdf_of(leader)))
    assert squeezed("10:00 ngày 26/11/2026") in sheet
    assert len(personal_data.breaches(leader.desk, *YEAR)) == 1


def test_a_clerk_enters_a_request_and_reads_no_log(window: Window) -> None:
    opened(window, REQUESTS)
    press(window, Key.Key_G, ALT)
    questions.answer(window, "Xem", "Võ Thị Em", "0912345678", "Hồ sơ khai sinh", "")
    assert "01/2026-YCDL" in window.notices.text
    page = opened(window, EXPORTS)
    assert lines(page) == []
    assert "dành cho lãnh đạo" in page.nothing.text()
