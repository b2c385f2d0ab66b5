"""A given password is changed before the first work; a desk without administrator is recovered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.data import opening
from cchc_desk.actions.people import people, recovery
from cchc_desk.actions.training import practice
from cchc_desk.session import Desk
from tests.actions.conftest import become
from tests.ui.conftest import MONDAY, MakeWindow, log_in, press, write
from ui.shell.entry.new_password import NewPasswordPage
from ui.shell.entry.recovery_page import RecoveryPage
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def managed(folder: Path) -> Desk:
    """The desk elsewhere, with its administrator."""
    desk = opening.open_desk(folder, lambda: MONDAY)
    become(desk, "dung")
    return desk


def given_password(desk: Desk, login: str) -> str:
    from ui.shell import jobs

    answers: list[str] = []
    jobs.run(_anyone(), lambda: people.reset_password(desk, login).password, answers.append)
    return answers[0]


def _anyone() -> Window:
    from PySide6.QtWidgets import QApplication

    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window))


def new_password(window: Window) -> NewPasswordPage:
    page = window.screens.currentWidget()
    assert isinstance(page, NewPasswordPage)
    return page


def test_a_given_password_is_changed_at_the_first_log_in(
    make_window: MakeWindow, managed: Desk, folder: Path
) -> None:
    window = make_window(folder)
    log_in(window, "an", given_password(managed, "an"))
    page = new_password(window)
    assert "Nguyễn Thị Hoài An" in page.about.text()
    write(page.new, "mưa rào tháng bảy")
    QTest.keyClick(page.new, Qt.Key.Key_Return)
    write(page.again, "mưa rào tháng ba")
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    assert "không giống nhau" in page.error.text()
    page.new.clear()
    page.again.clear()
    write(page.new, "ngắn")
    write(page.again, "ngắn")
    QTest.keyClick(page.again, Qt.Key.Key_F9)
    assert "ít nhất" in page.error.text()
    assert window.desk.official is None
    page.new.clear()
    page.again.clear()
    write(page.new, "mưa rào tháng bảy")
    write(page.again, "mưa rào tháng bảy")
    QTest.keyClick(page.again, Qt.Key.Key_F9)
    assert window.screens.at_work
    assert window.who.text() == "Nguyễn Thị Hoài An"
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    log_in(window, "an", "mưa rào tháng bảy")
    assert window.screens.at_work
    managed.close()


def test_esc_leaves_it_and_whoever_was_at_the_desk_is_still_there(
    window: Window, managed: Desk
) -> None:
    given = given_password(managed, "binh")
    press(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    log_in(window, "binh", given)
    QTest.keyClick(new_password(window).new, Qt.Key.Key_Escape)
    assert window.screens.currentWidget() is window.login
    assert window.desk.official
    assert window.desk.official.id == "an"
    QTest.keyClick(window.login.password, Qt.Key.Key_Escape)
    assert window.screens.at_work
    managed.close()


def test_who_was_switched_off_is_locked_out_of_an_open_window(
    window: Window, managed: Desk
) -> None:
    from ui.shell import jobs

    jobs.run(window, lambda: people.switch(managed, "an", active=False), lambda _done: None)
    window.access._watch.timeout.emit()
    assert not window.screens.at_work
    assert "ngừng dùng" in window.login.error.text()
    assert window.login.who.findData("an") < 0
    log_in(window, "chi")
    assert window.who.text() == "Lê Mai Chi"
    managed.close()


def recovery_page(window: Window) -> RecoveryPage:
    QTest.keyClick(window.login.password, Qt.Key.Key_M, ALT)
    page = window.screens.currentWidget()
    assert isinstance(page, RecoveryPage)
    return page


def test_a_leader_and_the_sheet_recover_the_administrator(
    make_window: MakeWindow, managed: Desk, folder: Path
) -> None:
    from ui.shell import jobs

    window = make_window(folder)
    codes: list[str] = []
    jobs.run(window, lambda: recovery.new_sheet(managed).code, codes.append)
    page = recovery_page(window)
    assert page.helpers[0].currentData() == "chi"
    write(page.passwords[0], practice.PASSWORD)
    QTest.keyClick(page.passwords[0], Qt.Key.Key_F9)
    assert "Cần lãnh đạo" in page.error.text()
    wrong = "X" if codes[0][2] != "X" else "V"
    write(page.code, codes[0][:2] + wrong + codes[0][3:])
    QTest.keyClick(page.code, Qt.Key.Key_F9)
    assert "Nhóm thứ 1" in page.error.text()
    page.code.clear()
    write(page.code, codes[0].lower())
    QTest.keyClick(page.code, Qt.Key.Key_F9)
    assert not page.answer.isHidden()
    assert page.new_code.text() not in ("", codes[0])
    password = page.secret.text()
    QTest.keyClick(page.secret, Qt.Key.Key_Escape)
    assert window.screens.currentWidget() is window.login
    log_in(window, "dung", password)
    assert isinstance(window.screens.currentWidget(), NewPasswordPage)
    managed.close()


def test_a_new_administrator_is_named_where_the_old_one_left(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    page = recovery_page(window)
    write(page.passwords[0], practice.PASSWORD)
    page.helpers[1].setCurrentIndex(page.helpers[1].findData("binh"))
    write(page.passwords[1], practice.PASSWORD)
    page.administrator.setCurrentIndex(1)
    assert not page.new_name.isHidden()
    write(page.new_name, "Đỗ Văn Giáp")
    QTest.keyClick(page.new_name, Qt.Key.Key_F9)
    assert "giap" in page.told.text()
    assert page.new_code.isHidden()
    QTest.keyClick(page.secret, Qt.Key.Key_Escape)
    assert window.login.who.findData("giap") >= 0
