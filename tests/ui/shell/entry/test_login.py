"""Who is at the desk: log in, lock, switch, by keys; what was being typed waits behind the lock."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cchc_desk import i18n
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Role
from tests.ui.conftest import MONDAY, MakeWindow, log_in, press, write
from ui.documents.printing import PreviewDialog
from ui.dossiers.page import DossiersPage
from ui.look import style
from ui.settings.page import SettingsPage
from ui.shell import jobs
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def locked(window: Window) -> bool:
    return window.screens.currentWidget() is window.login


def search(window: Window) -> QLineEdit:
    press(window, Qt.Key.Key_F3)
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    return listed.search


def test_the_password_can_be_typed_and_entered_while_the_desk_is_still_opening(
    qtbot: QtBot, folder: Path
) -> None:
    window = Window(folder, lambda: MONDAY)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    write(window.login.password, practice.PASSWORD)
    QTest.keyClick(window.login.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not locked(window), timeout=20_000)
    assert window.who.text() == "Nguyễn Thị Hoài An"
    window.close()
    jobs.finish()


def test_the_arrows_choose_a_name_from_the_password_field(
    make_window: MakeWindow, folder: Path
) -> None:
    login = make_window(folder).login
    names = [login.who.itemText(n).partition(" –")[0] for n in range(login.who.count())]
    assert names == [
        "Nguyễn Thị Hoài An",
        "Trần Quốc Bình",
        "Lê Mai Chi",
        "Phạm Tiến Dũng",
    ]  # by given name
    for key, chosen in ((Qt.Key.Key_Up, "an"), (Qt.Key.Key_Down, "binh"), (Qt.Key.Key_Down, "chi")):
        QTest.keyClick(login.password, key)
        assert login.who.currentData() == chosen
    assert login.password.hasFocus()


def test_five_wrong_passwords_cost_a_minute_and_the_screen_says_until_when(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    for _ in range(5):
        log_in(window, "an", "sai")
        assert "không đúng" in window.login.error.text()
    log_in(window, "an")
    assert locked(window)
    assert (
        window.login.error.text()
        == "Sai mật khẩu nhiều lần; hãy thử lại sau 10:01:00, hoặc nhờ quản trị gỡ khóa."
    )


@pytest.mark.one_pc("damage to the file")
def test_a_desk_that_cannot_be_opened_says_why_and_enter_tries_again(
    make_window: MakeWindow, folder: Path
) -> None:
    whole = (folder / "desk.db").read_bytes()
    (folder / "desk.db").write_bytes(b"not a database at all" * 100)
    window = make_window(folder)
    assert window.login.error.text()
    assert window.login.button.text() == "Thử lại"
    assert not window.login.password.isVisible()
    (folder / "desk.db").write_bytes(whole)
    QTest.keyClick(window.login.button, Qt.Key.Key_Return)
    assert window.login.error.text() == ""
    assert window.login.button.text() == "Vào làm việc"
    log_in(window, "an")
    assert not locked(window)


def test_after_the_lock_the_next_letter_goes_where_the_last_one_went(window: Window) -> None:
    write(search(window), "đà")
    press(window, Qt.Key.Key_L, CTRL)
    assert locked(window)
    log_in(window, "an")
    assert window.focusWidget() is search_field(window)
    write(search_field(window), "o")
    assert search_field(window).text() == "đào"


def search_field(window: Window) -> QLineEdit:
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    return listed.search


def test_settings_not_yet_saved_wait_behind_the_lock_but_not_for_somebody_else(
    window: Window,
) -> None:
    press(window, Qt.Key.Key_F12)
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    hotline = settings.fields["hotline"]
    assert isinstance(hotline, QLineEdit)
    write(hotline, "0292 3820 000")
    write(settings.password.old, "mật khẩu")
    press(window, Qt.Key.Key_L, CTRL)
    log_in(window, "an")
    assert (hotline.text(), settings.password.old.text()) == ("0292 3820 000", "mật khẩu")
    press(window, Qt.Key.Key_L, CTRL)
    log_in(window, "chi")
    assert (hotline.text(), settings.password.old.text()) == ("", "")


def test_a_paper_on_the_screen_is_not_read_over_the_lock(window: Window) -> None:
    code = progress.find_dossiers(window.desk, limit=1)[0].code
    window.preview(code, "receipt")
    (paper,) = window.findChildren(PreviewDialog)
    window.access.lock()
    assert not paper.isVisible()
    log_in(window, "an")
    assert paper.isVisible()
    window.access.lock()
    log_in(window, "chi")
    assert not paper.isVisible()


def test_a_paper_that_comes_after_the_lock_waits_for_the_desk(window: Window) -> None:
    code = progress.find_dossiers(window.desk, limit=1)[0].code
    window.access.lock()
    window.preview(code, "receipt")
    (paper,) = window.findChildren(PreviewDialog)
    assert not paper.isVisible()
    log_in(window, "an")
    assert paper.isVisible()


def test_esc_leaves_the_switch_but_never_the_lock(window: Window) -> None:
    field = search(window)
    press(window, Qt.Key.Key_U, CTRL)
    assert locked(window)
    QTest.keyClick(window.login.password, Qt.Key.Key_Escape)
    assert not locked(window)
    assert window.focusWidget() is field
    press(window, Qt.Key.Key_L, CTRL)
    QTest.keyClick(window.login.password, Qt.Key.Key_Escape)
    assert locked(window)


def test_idle_minutes_lock_the_desk_and_a_switch_left_alone(window: Window, qtbot: QtBot) -> None:
    assert window.access.idle.interval() == 10 * 60_000
    window.access.idle.start(0)
    qtbot.waitUntil(lambda: locked(window))
    log_in(window, "an")
    press(window, Qt.Key.Key_U, CTRL)
    window.access.idle.start(0)
    qtbot.waitUntil(lambda: window.login.title.text() == "Màn hình đã khóa")
    QTest.keyClick(window.login.password, Qt.Key.Key_Escape)
    assert locked(window)


def test_saved_settings_hold_at_once(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder)
    log_in(window, "dung")
    press(window, Qt.Key.Key_F12)
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    for key, text in (("desk_name", "Quầy 2"), ("unit_name", "Ủy ban nhân dân phường Cái Khế")):
        field = settings.fields[key]
        assert isinstance(field, QLineEdit)
        field.selectAll()
        write(field, text)
    press(window, Qt.Key.Key_F9)
    of_idle = next(group for group in settings.of_desk if "idle_minutes" in group.fields)
    settings.stack.setCurrentWidget(of_idle)
    settings.fields["idle_minutes"].setValue(0)  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_F9)
    assert window.frame.unit.text() == "Ủy ban nhân dân phường Cái Khế · Quầy 2"
    assert not window.access.idle.isActive()


def test_bad_hours_are_refused_under_their_field_and_nothing_typed_is_lost(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    log_in(window, "dung")
    press(window, Qt.Key.Key_F12)
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    settings.stack.setCurrentIndex(1)
    week = settings.hours["mon-fri"]
    week.selectAll()
    write(week, "7 giờ rưỡi")
    press(window, Qt.Key.Key_F9)
    assert "07:30-11:30,13:00-17:00" in settings.error.text()
    row_of = settings.group.form.getWidgetPosition
    assert row_of(settings.error)[0] == row_of(week)[0] + 1  # type: ignore[index]
    assert (week.text(), week.hasFocus()) == ("7 giờ rưỡi", True)
    sunday = settings.hours["sun"]
    write(sunday, "7")
    assert settings.error.text()  # of another field
    write(week, ".")
    assert (settings.error.text(), settings.error.isVisible()) == ("", False)
    assert week.property("wrong") == "false"
    assert window.desk.settings["office_hours"] == {"mon-fri": "07:30-11:30,13:00-17:00"}


def test_somebody_new_can_take_the_desk_without_a_restart(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    log_in(window, "dung")
    accounts.add_official(
        window.desk, NewOfficial("giang", "Đỗ Thị Giang", Role.CLERK, "", practice.PASSWORD)
    )
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, "giang")
    assert window.who.text() == "Đỗ Thị Giang"


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"\xff\xfe\x00 no settings",
        "[General]\nlanguage=xx\ntheme=hồng\ntext_size=9999\n".encode(),
    ],
)
def test_a_look_that_makes_no_sense_is_the_ordinary_one(
    make_window: MakeWindow, folder: Path, kept: bytes
) -> None:
    (folder / "look.ini").write_bytes(kept)
    window = make_window(folder)
    assert (style.size(), style.theme(), window.login.title.text()) == (100, "light", "Đăng nhập")


def test_before_anybody_is_known_the_window_can_be_read_by_whoever_sits_there(
    make_window: MakeWindow, folder: Path
) -> None:
    """Type, colours and language by key on the log-in page; worn again at the next start, until
    somebody logs in.
    """
    window = make_window(folder)
    window.login.who.setCurrentIndex(1)
    write(window.login.password, "mat khau")
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_D, Qt.Key.Key_T):
        QTest.keyClick(window.login.password, key, Qt.KeyboardModifier.ControlModifier)
    assert (style.size(), style.theme(), i18n.language()) == (112, "dark", "en")
    assert window.login.title.text() == "Log in"
    assert (window.login.password.text(), window.login.who.currentIndex()) == (
        "mat khau",
        1,
    )  # nothing was lost
    window.close()
    window = make_window(folder)
    assert (style.size(), style.theme(), window.login.title.text()) == (112, "dark", "Log in")
    log_in(window, "an")
    assert (style.size(), style.theme(), i18n.language()) == (100, "light", "vi")  # An's own liking
    window.access.lock()
    QTest.keyClick(window.login.password, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert style.size() == 112
    log_in(window, "an")
    assert style.size() == 100  # whoever stood before the lock changed nothing of An's
    window.access.switch()
    QTest.keyClick(window.login.password, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.login.password, Qt.Key.Key_Escape)
    assert (locked(window), style.size()) == (False, 100)  # nobody else came after all


def test_who_was_here_last_stands_on_the_log_in_page_of_the_next_start(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    assert window.login.who.currentData() == "an"  # nobody was here yet: by the alphabet
    log_in(window, "chi")
    window.close()
    assert make_window(folder).login.who.currentData() == "chi"


def test_a_day_of_rest_is_said_before_anybody_logs_in(
    qtbot: QtBot, straight_away: None, folder: Path
) -> None:
    for day, words in (
        (22, "Ngày nghỉ; nhận hôm nay tính từ 07:30 thứ Hai 23/11/2026"),
        (23, ""),
        (24, "Ngày nghỉ (Ngày Văn hóa Việt Nam); nhận hôm nay tính từ 07:30 thứ Tư 25/11/2026"),
    ):
        window = Window(folder, lambda day=day: datetime(2026, 11, day, 9, 0))  # type: ignore[misc]
        qtbot.addWidget(window)
        window.begin()
        assert window.login.rest.text() == words
        window.close()


def test_caps_lock_and_a_vietnamese_method_are_said_while_the_password_is_typed(
    make_window: MakeWindow, folder: Path
) -> None:
    login = make_window(folder).login
    login.show()
    QTest.keyClicks(login.password, "ab")
    assert not login.warning.isVisible()
    for held, words in (
        (Qt.KeyboardModifier.ShiftModifier, ""),  # a capital with Shift is a capital
        (Qt.KeyboardModifier.NoModifier, "Phím Caps Lock đang bật: chữ hoa thay chữ thường."),
    ):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, "A")
        QApplication.sendEvent(login.password, event)
        assert login.warning.text() == words
    login.password.clear()
    write(login.password, "mật")
    assert "UniKey" in login.warning.text()


def test_the_eye_shows_the_password_until_the_field_is_left(
    make_window: MakeWindow, folder: Path
) -> None:
    login = make_window(folder).login
    write(login.password, "practice")
    QTest.keyClick(login.password, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert login.password.echoMode() is QLineEdit.EchoMode.Normal
    login.who.setFocus()
    assert login.password.echoMode() is QLineEdit.EchoMode.Password
    assert login.password.text() == "practice"
