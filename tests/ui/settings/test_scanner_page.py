"""The scanner's test page: what arrived, character by character, what it is taken for, what
to set.
"""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import press
from ui.settings.scanner_page import ScannerPage
from ui.shell.window import Window

CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"


@pytest.fixture
def page(window: Window) -> ScannerPage:
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    made = window.page("scanner")
    assert isinstance(made, ScannerPage)
    return made


def scan(text: str, gap: int = 8, stamp: int = 10_000) -> None:
    """A scanner's keys into whatever has the focus, with their time stamps."""
    for char in text:
        stamp += gap
        code = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace}.get(
            char, 0
        )
        held = (
            Qt.KeyboardModifier.ControlModifier
            if char == "\x1d"
            else Qt.KeyboardModifier.NoModifier
        )
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_BracketRight if char == "\x1d" else code, held, char
        )
        event.setTimestamp(stamp)
        receiver = QApplication.focusWidget()
        assert receiver is not None
        QApplication.sendEvent(receiver, event)
    QApplication.processEvents()


def test_a_card_is_shown_with_its_fields_and_goes_nowhere(
    window: Window, page: ScannerPage
) -> None:
    scan(CARD + "\r")
    page.look()
    assert (
        page.arrived.text().replace("\N{ZERO WIDTH SPACE}", "")
        == CARD.replace(" ", "␣") + "‹Enter›"
    )
    assert "trung bình 8 ms, lâu nhất 8 ms" in page.pace.text()
    assert page.end.text() == "Kết thúc bằng Enter."
    assert "Thẻ căn cước. Chữ tiếng Việt còn nguyên." in page.meaning.text()
    for line in ("Họ tên: Nguyễn Thị Ánh Đào", "Ngày sinh: 17/05/1990", "Ngày cấp: 01/07/2021"):
        assert line in page.meaning.text()
    assert page.advice.text() == ""
    assert page.table.model_.rowCount() == len(CARD) + 1
    assert page.isVisible()
    assert page.field.text() == ""


def test_from_a_button_as_well(window: Window, page: ScannerPage) -> None:
    press(window, Qt.Key.Key_Tab)
    scan("H13.31-261123-0001\r")
    page.look()
    assert "Mã hồ sơ H13.31-261123-0001" in page.meaning.text()


def test_control_characters_are_made_visible(page: ScannerPage) -> None:
    scan("0921\x1d900\x1d1234\t")
    page.look()
    assert page.arrived.text() == "0921‹GS›900‹GS›1234‹Tab›"
    assert page.end.text() == "Kết thúc bằng Tab."
    assert "không phải thẻ căn cước" in page.meaning.text()


def test_a_scanner_without_enter_or_too_slow_is_told_what_to_set(page: ScannerPage) -> None:
    scan("H13.31-261123-0001")
    page.look()
    assert page.end.text() == "Không có Enter ở cuối."
    assert "Chưa nhận ra là đầu đọc" in page.meaning.text()
    assert "suffix CR" in page.advice.text()
    scan("H13.31-261123-0001\r", gap=50, stamp=90_000)
    page.look()
    assert "Chưa nhận ra" in page.meaning.text()
    assert "chậm" in page.advice.text()
    assert "suffix" not in page.advice.text()


def test_an_input_method_that_is_on_is_told(window: Window, page: ScannerPage) -> None:
    window.scanner._now_ms = lambda: 0.0
    scan("092190001234||")
    for commit in ("Nguyễn Thị Ánh Đào", "|17051990|", "Nữ|Cần Thơ|01072021"):
        event = QInputMethodEvent()
        event.setCommitString(commit)
        QApplication.sendEvent(page.field, event)
    scan("\r", stamp=10_150)
    page.look()
    assert "Họ tên: Nguyễn Thị Ánh Đào" in page.meaning.text()
    assert "tiếng Anh (E)" in page.advice.text()


def test_unikey_that_takes_back_and_types_anew_is_told(page: ScannerPage) -> None:
    damaged = CARD.replace("Ánh", "A\bÁnh")
    scan(damaged + "\r")
    page.look()
    assert "đã ghép lại đúng" in page.meaning.text()
    assert "Họ tên: Nguyễn Thị Ánh Đào" in page.meaning.text()
    assert "tiếng Anh (E)" in page.advice.text()


def test_a_damaged_card_says_what_is_wrong(page: ScannerPage) -> None:
    scan(CARD.replace("Ánh", "A?nh") + "\r")
    page.look()
    assert "không đọc được" in page.meaning.text()
    assert "Unicode" in page.meaning.text()


def test_other_pages_are_not_listened_to(window: Window, page: ScannerPage) -> None:
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F3)
    scan("abc123def")
    page.look()
    assert page.arrived.text() == "Chưa nhận được gì."
