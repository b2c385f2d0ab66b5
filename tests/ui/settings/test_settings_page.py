"""Settings: each form saves only itself, says what it changed, and lets it be undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from cchc_desk.actions.office import office_settings
from tests.ui.conftest import MakeWindow, press, write
from tests.ui.questions import leave
from ui.calendar.page import CalendarPage
from ui.settings import other_ward
from ui.settings.desk_groups import SetsGroup
from ui.settings.page import SettingsPage
from ui.shell.window import Window

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def settings(make_window: MakeWindow, folder: Path) -> SettingsPage:
    window = make_window(folder, "dung")
    press(window, Qt.Key.Key_F12)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def window_of(page: SettingsPage) -> Window:
    window = page.window()
    assert isinstance(window, Window)
    return window


def line(page: SettingsPage, key: str) -> QLineEdit:
    field = page.fields[key]
    assert isinstance(field, QLineEdit)
    return field


def search(page: SettingsPage, words: str) -> None:
    page.search.setFocus()
    page.search.selectAll()
    write(page.search, words)
    press(window_of(page), Qt.Key.Key_Return)


def label(page: SettingsPage, key: str) -> str:
    group = next(group for group in page.of_desk if key in group.fields)
    beside = group.form.labelForField(group.fields[key])
    assert isinstance(beside, QLabel)
    return beside.text()


def test_f9_in_the_form_of_a_new_user_never_saves_the_desks_settings(
    settings: SettingsPage,
) -> None:
    window, heading = window_of(settings), line(settings, "parent_agency")
    before = window.desk.settings["parent_agency"]
    write(heading, "hong2Mai Thị Lựu")
    search(settings, "ten dang nhap")
    write(settings.new_user.login, "luu")
    press(window, Qt.Key.Key_F9)
    assert window.desk.settings["parent_agency"] == before
    assert "Đã đổi" not in window.notices.text
    assert settings.error.text()  # about the user: no name, no password


def test_a_steps_name_keeps_clear_of_the_papers_beside_it(settings: SettingsPage) -> None:
    group = next(group for group in settings.of_desk if isinstance(group, SetsGroup))
    letter = settings.fontMetrics().averageCharWidth()
    assert group.form.horizontalSpacing() >= 2 * letter  # no border parts them


def test_the_group_in_which_somebody_types_stays_in_sight_in_a_low_list(
    settings: SettingsPage,
) -> None:
    settings.list.setFixedHeight(90)
    settings.stack.setCurrentWidget(settings.password)
    settings.list.scrollToTop()
    write(settings.password.old, "mot")
    line = settings.list.visualItemRect(settings.list.currentItem())
    assert settings.list.viewport().rect().contains(line)


def test_the_open_group_stays_in_sight_when_the_list_gets_lower(settings: SettingsPage) -> None:
    settings.list.setFixedHeight(400)
    settings.stack.setCurrentIndex(settings.stack.count() - 1)
    settings.list.setFixedHeight(90)
    QApplication.processEvents()
    line = settings.list.visualItemRect(settings.list.currentItem())
    assert settings.list.viewport().rect().contains(line)


def test_a_folder_is_chosen_and_one_that_is_not_there_is_refused(
    settings: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, field = window_of(settings), line(settings, "lists_folder")
    group = next(group for group in settings.of_desk if "lists_folder" in group.fields)
    settings.stack.setCurrentWidget(group)
    write(field, str(tmp_path / "khong-co"))
    press(window, Qt.Key.Key_F9)
    assert "không thấy thư mục" in settings.error.text()
    assert window.desk.settings["lists_folder"] == ""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    press(window, Qt.Key.Key_C, ALT)
    assert field.hasFocus()
    press(window, Qt.Key.Key_F9)
    assert window.desk.settings["lists_folder"] == str(tmp_path)


def test_saving_says_what_was_changed_and_undo_puts_it_back(settings: SettingsPage) -> None:
    window, field = window_of(settings), line(settings, "desk_name")
    before = field.text()
    field.selectAll()
    write(field, "Quầy 7")
    assert label(settings, "desk_name") == "● Tên quầy"
    assert settings.list.item(0).text().endswith(" ●\N{NO-BREAK SPACE}1")  # never on two lines
    assert window.frame.tabs["settings"].waiting.text() == "1"
    press(window, Qt.Key.Key_F9)
    assert window.desk.settings["desk_name"] == "Quầy 7"
    assert f"Đã đổi 1 mục: Tên quầy: «{before}» → «Quầy 7»" in window.notices.text
    assert label(settings, "desk_name") == "Tên quầy"
    settings.list.setFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.desk.settings["desk_name"] == before
    assert field.text() == before
    assert window.frame.unit.text().endswith(before)


def test_what_was_changed_again_elsewhere_is_not_undone(settings: SettingsPage) -> None:
    window, field = window_of(settings), line(settings, "desk_name")
    field.selectAll()
    write(field, "Quầy 7")
    press(window, Qt.Key.Key_F9)
    office_settings.change_settings(window.desk, {"desk_name": "Quầy 8"})
    settings.list.setFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.desk.settings["desk_name"] == "Quầy 8"
    assert "đổi lần nữa" in window.notices.text


def entries(window: Window) -> int:
    with window.desk.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM journal").scalar() or 0)


def test_what_no_paper_can_print_is_told_under_its_field(settings: SettingsPage) -> None:
    line(settings, "unit_name").setText("Ủy ban 🙂")
    press(window_of(settings), Qt.Key.Key_F9)
    assert "Không in được: «🙂»" in settings.error.text()
    assert window_of(settings).desk.settings["unit_name"] != "Ủy ban 🙂"


def test_a_stray_f9_says_that_nothing_was_changed(settings: SettingsPage) -> None:
    window = window_of(settings)
    before = entries(window)
    press(window, Qt.Key.Key_F9)
    assert "Chưa sửa gì trong «Cơ quan và quầy»" in window.notices.text
    assert entries(window) == before


def test_leaving_with_something_unsaved_says_so_and_nothing_is_lost(
    settings: SettingsPage,
) -> None:
    window, field = window_of(settings), line(settings, "hotline")
    write(field, "0292 3820 000")
    press(window, Qt.Key.Key_F6)
    assert "Chưa lưu, vẫn còn trên trang: 1 mục cài đặt (Điện thoại liên hệ" in window.notices.text
    assert window.frame.tabs["settings"].waiting.isVisible()
    press(window, Qt.Key.Key_F12)
    assert field.text() == "0292 3820 000"
    assert label(settings, "hotline").startswith("● ")
    press(window, Qt.Key.Key_B, ALT)
    assert field.text() == ""
    assert not window.frame.tabs["settings"].waiting.isVisible()
    settings.list.setFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert field.text() == "0292 3820 000"


def test_enter_goes_on_and_presses_the_button_at_the_end(settings: SettingsPage) -> None:
    window, field = window_of(settings), line(settings, "desk_name")
    field.setFocus()
    field.selectAll()
    write(field, "Quầy 7")
    press(window, Qt.Key.Key_Return)
    assert line(settings, "hotline").hasFocus()
    press(window, Qt.Key.Key_Return)
    assert settings.group.save_button.hasFocus()
    press(window, Qt.Key.Key_Return)
    assert window.desk.settings["desk_name"] == "Quầy 7"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("mat khau moi", "Mật khẩu mới"),
        ("giờ làm việc", "Giờ làm việc thứ Hai – thứ Sáu"),
        ("dien thoai", "Điện thoại liên hệ in trên giấy hẹn"),
        ("ngon ngu", "Ngôn ngữ của cửa sổ"),
        ("nguoi dung", "Người dùng"),
        ("ten dang nhap", "Tên đăng nhập"),
        ("ky hieu thu xin loi", "Ký hiệu của thư xin lỗi"),
    ],
)
def test_the_search_goes_to_the_field(settings: SettingsPage, words: str, name: str) -> None:
    search(settings, words)
    focused = settings.focusWidget()
    assert focused is not None
    assert focused.isVisible()
    assert focused.accessibleName() == name


def test_the_search_opens_what_has_a_page_of_its_own(settings: SettingsPage) -> None:
    search(settings, "lich")
    assert isinstance(window_of(settings).stack.currentWidget(), CalendarPage)


@pytest.mark.one_pc("protection and copies of the file")
def test_the_keys_on_the_buttons_of_a_group_work_from_the_list(settings: SettingsPage) -> None:
    settings.list.setFocus()
    press(window_of(settings), Qt.Key.Key_End)
    assert settings.group is settings.protection
    assert settings.list.hasFocus()
    press(window_of(settings), Qt.Key.Key_M, ALT)
    leave(settings)
    settings.list.setFocus()
    press(window_of(settings), Qt.Key.Key_Up)
    press(window_of(settings), Qt.Key.Key_B, ALT)  # of this group, no other's
    assert "đọc lại thấy lành" in window_of(settings).notices.text


def test_who_may_not_change_anything_is_told_at_the_top(window: Window) -> None:
    press(window, Qt.Key.Key_F12)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    assert "Chỉ lãnh đạo và quản trị đổi được" in page.group.note.text()
    assert page.group.note.isVisible()


def test_bad_saturday_hours_are_said_at_saturday(settings: SettingsPage) -> None:
    search(settings, "gio lam viec")
    saturday = settings.hours["sat"]
    write(saturday, "sáng")
    QTest.keyClick(saturday, Qt.Key.Key_F9)
    assert saturday.property("wrong") == "true"
    assert saturday.hasFocus()
    assert settings.hours["mon-fri"].property("wrong") != "true"


@pytest.mark.one_pc("protection and copies of the file")
def test_the_last_copy_is_there_with_its_hour_and_the_other_ward_by_a_button(
    settings: SettingsPage,
) -> None:
    search(settings, "ban sao")
    assert settings.group is settings.data
    assert "hôm nay" in settings.data.copy.text() or "ngày" in settings.data.copy.text()
    assert "desk-2026-11-23-100000" in settings.data.copy.text()
    search(settings, "phuong that")
    focused = settings.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Về phường thật"


def test_each_ward_finds_the_other(tmp_path: Path) -> None:
    real = tmp_path / "cchc-desk"
    practice = other_ward.other_folder(real, is_practice=False)
    assert practice == tmp_path / "cchc-desk-phuong-tap-huan"
    assert other_ward.other_folder(practice, is_practice=True) == real
    assert other_ward.command(practice)[-2:] == ["--data", str(practice)]
