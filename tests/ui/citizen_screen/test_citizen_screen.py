"""The citizen's mirror: what is taken in, the date, five faces; nothing stays, and a stray touch is
no rating.
"""

import json

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

import resources
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.domain.dossiers.dossier import Status
from tests.actions.conftest import keep_settings
from tests.ui.conftest import log_in, press, write
from ui.citizen_screen import window as mirror_window
from ui.citizen_screen.citizen_events import TakingIn
from ui.citizen_screen.faces import Face
from ui.citizen_screen.window import Mirror
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.intake.page import IntakePage
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
CARD = (
    "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, phường Ninh Kiều, "
    "thành phố Cần Thơ|01072021"
)

LONG = TakingIn(
    "Công ty trách nhiệm hữu hạn một thành viên Thương mại Dịch vụ Xuất nhập khẩu Hoàng Phúc",
    "Đăng ký thành lập hợp tác xã, liên hiệp hợp tác xã; đăng ký chuyển đổi tổ hợp tác thành hợp "
    "tác xã; đăng ký khi hợp tác xã, liên hiệp hợp tác xã chia, tách, hợp nhất",
    ("Giấy đề nghị đăng ký", "Điều lệ", "Nghị quyết hội nghị thành lập", "Danh sách thành viên"),
    ("Danh sách hội đồng quản trị",),
    "10 giờ 00 thứ Tư 25/11/2026",
    False,
)


@pytest.fixture
def mirror(window: Window, monkeypatch: pytest.MonkeyPatch) -> Mirror:
    monkeypatch.setattr(mirror_window, "ARM_MS", 0)
    press(window, Qt.Key.Key_M, CTRL)
    assert window.beside.mirror is not None
    window.activateWindow()  # one screen: the clerk goes back to work beside it
    return window.beside.mirror


def shown(mirror: Mirror) -> str:
    """Everything that can be read on the screen that is in front."""
    front = mirror.screens.currentWidget()
    labels = front.findChildren(QLabel) if front else []
    return "\n".join(label.text() for label in labels if label.isVisibleTo(mirror) and label.text())


def ratings(window: Window) -> list[tuple[object, ...]]:
    with window.desk.database.read() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT faces, told FROM courtesy_ratings"
            ).fetchall()
        ]


def take_in(window: Window) -> str:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    window.scanned(CARD)
    write(page.procedure.search, "2.000908")
    QTest.keyClick(page.procedure.search, Qt.Key.Key_Return)
    QTest.keyClick(page.procedure.papers, Qt.Key.Key_A)
    page.preview.ask()
    return page.accept_button.text()


def give_back(window: Window, code: str) -> None:
    press(window, Qt.Key.Key_F4)
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    page.open(code)
    press(window, Qt.Key.Key_F9)


def a_ready_one(window: Window, *, late: bool) -> str:
    rows = progress.find_dossiers(window.desk, only="open")
    code = next(
        row.code
        for row in rows
        if row.late is late and row.status in (Status.RECEIVED, Status.PROCESSING)
    )
    steps.mark_ready(window.desk, code)
    return code


def test_it_shows_what_is_being_taken_in_and_then_the_date_in_words(
    window: Window, mirror: Mirror
) -> None:
    assert "Xin chào" in shown(mirror)
    take_in(window)
    told = shown(mirror)
    for text in ("Nguyễn Thị Ánh Đào", "Đang tiếp nhận hồ sơ", "10 giờ 00 thứ Tư 25/11/2026"):
        assert text in told
    for _ in range(2):
        press(window, Qt.Key.Key_F9)
    assert "10 giờ 00 thứ Tư 25/11/2026" in shown(mirror)
    assert "H13.999-261123-0001" in shown(mirror)
    assert "Nguyễn Thị Ánh Đào" not in shown(mirror)
    mirror.go_on()
    assert "Ông/Bà thấy phục vụ hôm nay thế nào?" in shown(mirror)


def test_nothing_of_anybody_stays_when_the_clerk_turns_elsewhere_or_locks(
    window: Window, mirror: Mirror
) -> None:
    take_in(window)
    press(window, Qt.Key.Key_F3)
    assert "Đào" not in shown(mirror)
    take_in(window)
    window.access.lock()
    assert "Đào" not in shown(mirror)
    log_in(window, "an")


def test_a_face_can_be_changed_until_it_settles(window: Window, mirror: Mirror) -> None:
    give_back(window, a_ready_one(window, late=False))
    assert not any(button.isVisibleTo(mirror) for button in mirror.rating.told.buttons())
    QTest.mouseClick(mirror.rating.chosen.button(1), Qt.MouseButton.LeftButton)
    QTest.mouseClick(mirror.rating.chosen.button(5), Qt.MouseButton.LeftButton)
    assert "Đã chọn" in shown(mirror)
    assert ratings(window) == []
    mirror.go_on()
    assert ratings(window) == [(5, None)]
    assert "Xin cảm ơn" in shown(mirror)
    mirror.go_on()
    assert "Xin chào" in shown(mirror)


def test_a_late_dossier_asks_whether_the_delay_was_announced(
    window: Window, mirror: Mirror
) -> None:
    give_back(window, a_ready_one(window, late=True))
    assert "Việc trễ hẹn có được báo trước và xin lỗi không?" in shown(mirror)
    QTest.mouseClick(mirror.rating.told.button(0), Qt.MouseButton.LeftButton)
    QTest.mouseClick(mirror.rating.chosen.button(2), Qt.MouseButton.LeftButton)
    mirror.go_on()
    assert ratings(window) == [(2, 0)]


def test_a_touch_at_once_is_not_meant(
    window: Window, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror_window, "ARM_MS", 60_000)
    give_back(window, a_ready_one(window, late=False))
    QTest.mouseClick(mirror.rating.chosen.button(1), Qt.MouseButton.LeftButton)
    assert mirror.rating.faces is None
    mirror.go_on()  # patience over
    assert ratings(window) == []


def test_who_is_rating_is_not_pushed_away_by_the_next_one(window: Window, mirror: Mirror) -> None:
    give_back(window, a_ready_one(window, late=False))
    take_in(window)
    assert "hài lòng đến đâu" in shown(mirror)
    QTest.mouseClick(mirror.rating.chosen.button(4), Qt.MouseButton.LeftButton)
    mirror.go_on()
    mirror.go_on()
    assert "Nguyễn Thị Ánh Đào" in shown(mirror)
    assert ratings(window) == [(4, None)]


def test_the_second_language_stands_under_the_first_and_every_language_says_everything(
    window: Window,
) -> None:
    languages = json.loads(resources.read_text("mirror/words.json"))["languages"]
    assert {name: set(words) for name, words in languages.items()} == {
        name: set(languages["vi"]) for name in languages
    }
    assert all(len(words["faces"]) == 5 for words in languages.values())
    keep_settings(window.desk, {"mirror_second": "en"})
    press(window, Qt.Key.Key_M, CTRL)
    assert window.beside.mirror is not None
    assert "Xin chào\nWelcome" in shown(window.beside.mirror)
    press(window, Qt.Key.Key_M, CTRL)
    assert window.beside.mirror is None


def test_a_return_by_command_line_does_not_disturb_it(window: Window, mirror: Mirror) -> None:
    steps.return_result(window.desk, a_ready_one(window, late=False), Return("Đào"))
    assert "Xin chào" in shown(mirror)


def test_on_one_screen_it_opens_in_front_and_a_key_leads_back(window: Window) -> None:
    assert len(QGuiApplication.screens()) == 1
    for back in ((Qt.Key.Key_M, CTRL), (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)):
        press(window, Qt.Key.Key_M, CTRL)
        mirror = window.beside.mirror
        assert mirror is not None
        QApplication.processEvents()
        assert mirror.isActiveWindow()
        assert "một màn hình" in window.notices.text
        QTest.keyClick(mirror, *back)
        assert not mirror.isVisible()
        QApplication.processEvents()
        assert window.isActiveWindow()


SCREENS = [(1920, 1080), (1024, 768), (800, 600), (768, 1024), (600, 1024)]


@pytest.mark.parametrize(("wide", "high"), SCREENS)
def test_it_is_as_large_as_its_screen_and_nothing_on_it_is_cut(
    window: Window, mirror: Mirror, wide: int, high: int
) -> None:
    mirror.stand_apart(QRect(0, 0, wide, high))
    mirror.show()
    mirror.code = a_ready_one(window, late=True)
    mirror.ask_rating(returned=True)
    for button in mirror.rating.told.buttons():
        button.show()
    QApplication.processEvents()
    assert (mirror.width(), mirror.height()) == (wide, high)
    for face in mirror.rating.chosen.buttons():
        assert isinstance(face, Face)
        assert mirror.rect().contains(QRect(face.mapTo(mirror, QPoint(0, 0)), face.size()))
        font, lines = face.words_font()
        for word in face.accessibleName().split(" – ")[1].split():
            assert QFontMetrics(font).horizontalAdvance(word) <= face.width()
        assert lines <= 3
    mirror.show_taking_in(LONG)
    mirror.rating.hide()
    mirror.screens.setCurrentWidget(mirror.taking)
    mirror.show_taking_in(LONG)
    QApplication.processEvents()
    for label in mirror.taking.findChildren(QLabel):
        if label.isVisible():
            assert label.heightForWidth(label.width()) <= label.height()
            assert mirror.rect().contains(QRect(label.mapTo(mirror, QPoint(0, 0)), label.size()))


def test_a_citizens_touch_leaves_the_keyboard_at_the_desk(window: Window, mirror: Mirror) -> None:
    mirror.stand_apart(QRect(0, 0, 800, 600))
    mirror.show()
    assert mirror.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    mirror.ask_rating(returned=True)
    QTest.mouseClick(mirror.rating.chosen.button(4), Qt.MouseButton.LeftButton)
    assert QApplication.activeWindow() is window
    QTest.keyClick(mirror, Qt.Key.Key_F3)  # of a desktop that gave it the keyboard all the same
    QApplication.processEvents()
    assert window.frame.current == "dossiers"
    QTest.keyClicks(mirror, "0007")
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    assert listed.search.text() == "0007"
    QApplication.processEvents()
    assert QApplication.activeWindow() is window
