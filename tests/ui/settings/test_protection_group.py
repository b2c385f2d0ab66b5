"""The protection of the data in the settings: encrypted, given a new key, made plain, by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.data import protection
from cchc_desk.actions.training import practice
from cchc_desk.domain.people import recovery_code
from cchc_desk.store.engine import encryption
from tests.ui.conftest import MakeWindow, log_in, press, write
from tests.ui.questions import answer, leave
from ui.settings.page import SettingsPage
from ui.settings.protection_group import ProtectionGroup
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier


def group_in(window: Window) -> ProtectionGroup:
    window.open_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    write(page.search, "bảo vệ dữ liệu")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    return page.protection


@pytest.fixture
def administrator(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "dung")


@pytest.mark.one_pc("encryption of the file")
def test_a_desk_is_encrypted_by_keys_and_the_window_works_on(administrator: Window) -> None:
    group = group_in(administrator)
    assert "ai lấy được tệp đều đọc được" in group.state.text()
    assert "bản sao ai cũng đọc được: desk-2026-11-23" in group.copies.text()
    press(administrator, Qt.Key.Key_M, ALT)
    leave(administrator)
    assert not encryption.is_encrypted(administrator.desk.database.file)
    press(administrator, Qt.Key.Key_M, ALT)
    answer(administrator)
    assert encryption.is_encrypted(administrator.desk.database.file)
    assert "Đã mã hóa (AES-256)" in group.state.text()
    assert "ai lấy cả ổ đĩa thì vẫn mở được" in group.state.text()  # no key store in a test
    assert "đều được mã hóa" in group.copies.text()
    assert group.others.text() == "Không đọc được thư mục dữ liệu"
    assert "Hãy in phiếu khôi phục" in group.sheet.text()
    assert protection.hold_by_sheet(administrator.desk.folder, recovery_code.new_code())
    press(administrator, Qt.Key.Key_O, ALT)
    answer(administrator)
    assert "Phiếu in gần nhất" in group.sheet.text()
    press(administrator, Qt.Key.Key_G, ALT)
    answer(administrator)
    assert not encryption.is_encrypted(administrator.desk.database.file)
    administrator.open_page("today")


@pytest.mark.one_pc("encryption of the file")
def test_a_clerk_is_told_who_may_do_it(window: Window) -> None:
    group_in(window)
    press(window, Qt.Key.Key_M, ALT)
    panel = answer(window)
    assert "lãnh đạo" in panel.error.text()
    assert not encryption.is_encrypted(window.desk.database.file)


def test_a_window_on_a_new_computer_is_opened_by_the_recovery_sheet(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = practice.make_practice_ward(tmp_path / "desk", 1, encrypt=True)
    code = recovery_code.new_code()
    assert protection.hold_by_sheet(desk.folder, code)
    desk.close()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "another computer"))
    monkeypatch.setattr(encryption, "_known", [])
    monkeypatch.setattr(encryption, "_of_file", {})
    window = make_window(tmp_path / "desk")
    assert "mã trên phiếu khôi phục" in window.login.error.text()
    box = window.login.code_box
    assert box.code.hasFocus()
    write(box.code, "4KTMR-9XN2C")
    press(window, Qt.Key.Key_Return)
    assert "Nhóm thứ 1" in window.login.error.text()
    box.code.clear()
    write(box.code, recovery_code.new_code())
    press(window, Qt.Key.Key_Return)
    assert "phiếu khôi phục in gần nhất" in window.login.error.text()
    box.code.clear()
    write(box.code, code.lower())
    press(window, Qt.Key.Key_Return)
    assert not box.isVisible()
    log_in(window, "an")
    assert window.who.text() == "Nguyễn Thị Hoài An"
