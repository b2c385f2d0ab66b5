"""The group of the people in the settings, by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import MakeWindow, log_in, press, write
from ui.documents.printing import PreviewDialog
from ui.settings.page import SettingsPage
from ui.settings.people_group import PeopleGroup, Shown
from ui.shell.window import Window
from ui.widgets.question_panel import QuestionPanel

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def administrator(make_window: MakeWindow, folder: Path) -> Window:
    window = make_window(folder, "dung")
    window.open_page("settings")
    return window


def group_of(window: Window) -> PeopleGroup:
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.stack.setCurrentWidget(page.people)
    return page.people


def choose(group: PeopleGroup, login: str) -> None:
    ids = [one.official.id for one in group._people]
    group.list.setFocus()
    group.list.setCurrentRow(ids.index(login))


def panel_of(window: Window) -> QuestionPanel:
    panel = QuestionPanel.standing_in(window.page("settings"))
    assert panel
    return panel


def secret_in(panel: QuestionPanel) -> str:
    (field,) = panel.fields
    assert isinstance(field, Shown)
    assert isinstance(field.control, QLineEdit)
    return field.control.text()


def lines(group: PeopleGroup) -> list[str]:
    return [group.list.item(row).text() for row in range(group.list.count())]


def test_name_title_and_role_are_changed_and_a_clerk_only_looks(administrator: Window) -> None:
    group = group_of(administrator)
    choose(group, "an")
    group.name.selectAll()
    write(group.name, "Nguyễn Thị Hoài Ân")
    assert [edit.words for edit in group.edits()] == ["Họ tên"]
    QTest.keyClick(group.name, Qt.Key.Key_F9)
    assert any(text.startswith("Nguyễn Thị Hoài Ân – người tiếp nhận") for text in lines(group))
    press(administrator, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    log_in(administrator, "binh")
    assert "Chỉ quản trị" in group.note.text()
    assert not group.reset.isEnabled()


def test_the_last_administrator_keeps_the_role(administrator: Window) -> None:
    group = group_of(administrator)
    choose(group, "dung")
    group.role.setCurrentIndex(0)
    QTest.keyClick(group.role, Qt.Key.Key_F9)
    page = administrator.page("settings")
    assert isinstance(page, SettingsPage)
    assert "duy nhất" in page.error.text()


def test_somebody_is_switched_off_after_a_question_and_on_again(administrator: Window) -> None:
    group = group_of(administrator)
    choose(group, "an")
    QTest.keyClick(group.list, Qt.Key.Key_N, ALT)
    panel = panel_of(administrator)
    assert "không làm gì được nữa" in panel.about.text()
    QTest.keyClick(panel.yes, Qt.Key.Key_F9)
    assert "Đã ngừng Nguyễn Thị Hoài An" in administrator.notices.text
    assert any("đã ngừng dùng" in text for text in lines(group))
    QTest.keyClick(group.list, Qt.Key.Key_N, ALT)
    assert not any("đã ngừng dùng" in text for text in lines(group))


def test_a_one_time_password_is_shown_once_and_printed(administrator: Window) -> None:
    group = group_of(administrator)
    choose(group, "an")
    QTest.keyClick(group.list, Qt.Key.Key_M, ALT)
    QTest.keyClick(panel_of(administrator).yes, Qt.Key.Key_F9)
    panel = panel_of(administrator)
    password = secret_in(panel)
    QTest.keyClick(panel.yes, Qt.Key.Key_F9)
    (preview,) = administrator.findChildren(PreviewDialog)
    assert preview.pdf.startswith(b"%PDF")
    preview.close()
    press(administrator, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    log_in(administrator, "an", password)
    assert not administrator.screens.at_work  # a password of their own first


def test_a_new_recovery_sheet_is_shown_once(administrator: Window) -> None:
    group = group_of(administrator)
    choose(group, "dung")
    assert "Chưa có phiếu" in group.sheet_state.text()
    QTest.mouseClick(group.sheet, Qt.MouseButton.LeftButton)
    QTest.keyClick(panel_of(administrator).yes, Qt.Key.Key_F9)
    assert len(secret_in(panel_of(administrator)).split("-")) == 8
    assert "số 1, in ngày 23/11/2026" in group.sheet_state.text()


def test_whoever_is_added_gets_a_one_time_password(administrator: Window) -> None:
    page = administrator.page("settings")
    assert isinstance(page, SettingsPage)
    page.stack.setCurrentWidget(page.new_user)
    write(page.new_user.login, "em")
    write(page.new_user.name, "Võ Thị Em")
    QTest.keyClick(page.new_user.name, Qt.Key.Key_F9)
    assert secret_in(panel_of(administrator)).count("-") == 3
