"""The line of notices: what goes by itself, what stays, and what can be taken back for a minute."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.conftest import press, write
from ui.intake.page import IntakePage
from ui.shell import notices
from ui.shell.notices import NoticeBar
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def undo_button(bar: NoticeBar) -> QPushButton:
    return next(one for one in bar.findChildren(QPushButton) if "Ctrl+Z" in one.text())


def time_passes(bar: NoticeBar, seconds: int) -> None:
    """The timers of the bar run out, as after so many seconds."""
    for timer in bar.findChildren(QTimer):
        if timer.isSingleShot() and timer.isActive() and timer.interval() <= seconds * 1000:
            timer.stop()
            timer.timeout.emit()
        elif not timer.isSingleShot():
            for _second in range(seconds):
                if timer.isActive():
                    timer.timeout.emit()


def test_what_was_said_goes_with_time_and_trouble_with_the_next_page(window: Window) -> None:
    bar = window.notices
    for say in (notices.say, notices.warn):
        say("một việc")
        assert "một việc" in bar.text
        time_passes(bar, notices.SECONDS_SHOWN)
        assert "một việc" not in bar.text
    notices.trouble("không có máy in")
    time_passes(bar, notices.SECONDS_SHOWN)
    assert bar.text == "✗ không có máy in"
    QApplication.processEvents()
    press(window, Qt.Key.Key_F3)
    assert "máy in" not in bar.text


def test_a_page_that_opens_leaves_what_was_said_as_it_opened(window: Window) -> None:
    notices.trouble("không có hồ sơ ấy")
    window.open_page("dossiers")
    assert "không có hồ sơ ấy" in window.notices.text


def test_an_act_is_taken_back_by_its_button_for_a_minute(window: Window) -> None:
    bar, undone = window.notices, list[str]()
    notices.undoable("Đã bàn giao cho Bình.", lambda: undone.append("bàn giao"))
    assert bar.text == "✓ Đã bàn giao cho Bình."
    button = undo_button(bar)
    assert button.text().startswith("Hoàn tác (60 s)")
    time_passes(bar, 12)
    assert button.text().startswith("Hoàn tác (48 s)")
    QApplication.processEvents()
    press(window, Qt.Key.Key_F3)
    notices.say("Đã chép.")
    assert button.isVisible()
    assert "Bình" in button.toolTip()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert undone == ["bàn giao"]
    assert not button.isVisible()

    notices.undoable("Đã bàn giao cho Chi.", lambda: undone.append("lần nữa"))
    time_passes(bar, notices.SECONDS_TO_UNDO)
    assert not button.isVisible()
    assert "Chi" not in bar.text
    bar.undo()
    assert undone == ["bàn giao"]


def test_ctrl_z_takes_the_act_back_but_first_what_is_being_typed(window: Window) -> None:
    undone = list[str]()
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    notices.undoable("Đã bàn giao.", lambda: undone.append("bàn giao"))
    name = page.person.fields["name"]
    name.setFocus()
    QTest.keyClicks(name, "Lan")
    QTest.keyClick(name, Qt.Key.Key_Z, CTRL)
    assert (name.text(), undone) == ("", [])
    QTest.keyClick(name, Qt.Key.Key_Z, CTRL)
    assert undone == ["bàn giao"]
    QTest.keyClick(name, Qt.Key.Key_Z, CTRL)
    assert undone == ["bàn giao"]

    notices.undoable("Đã bàn giao.", lambda: undone.append("từ bảng"))
    press(window, Qt.Key.Key_F3)
    window.page("dossiers").setFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert undone == ["bàn giao", "từ bảng"]


def test_a_new_page_at_intake_comes_back_by_ctrl_z(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    write(page.person.fields["name"], "Trần Văn Đức")
    press(window, Qt.Key.Key_N, CTRL)
    assert page.form().is_empty
    press(window, Qt.Key.Key_Z, CTRL)
    assert page.person.fields["name"].text() == "Trần Văn Đức"


def test_nobody_takes_back_what_another_official_did(window: Window) -> None:
    notices.undoable("Đã bàn giao.", lambda: None)
    window.frame.official_changed()
    assert not undo_button(window.notices).isVisible()


def test_the_minute_waits_while_a_dialog_covers_the_window(window: Window) -> None:
    bar = window.notices
    notices.undoable("Đã tiếp nhận.", lambda: None)
    press(window, Qt.Key.Key_K, CTRL)
    assert QApplication.activeModalWidget() is not None
    time_passes(bar, notices.SECONDS_TO_UNDO)
    assert undo_button(bar).text().startswith("Hoàn tác (60 s)")
