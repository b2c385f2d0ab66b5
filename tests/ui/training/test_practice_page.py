"""Lessons in the real window by real keys: begun, hinted, explained, solved, certified; above any
page the strip.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.training import lessons, practice
from cchc_desk.actions.training.certificate import certificate
from tests.engines import new_place
from tests.ui.conftest import MONDAY, MakeWindow, cells_of, log_in, press, write
from tests.ui.questions import answer
from tests.ui.rooms import set_appearance
from tests.ui.shell.test_accessibility import lacks_room
from ui.documents.printing import PreviewDialog
from ui.dossiers.page import DossiersPage
from ui.intake.page import IntakePage
from ui.overdue.page import OverduePage
from ui.shell import jobs
from ui.shell.window import Window
from ui.training.page import PracticePage
from ui.training.strip import LessonStrip

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
BIRTH, ANGRY, WRONG_QR, POWER_CUT, SECOND_DATE = 1, 3, 4, 5, 8


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ward: a lesson prepares what it needs."""
    folder = tmp_path_factory.mktemp("ward")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True).close()
    return folder


@pytest.fixture(autouse=True)
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The strip's own seconds, put where the test wants them."""
    now = [0.0]
    monkeypatch.setattr(LessonStrip.__init__, "__defaults__", (lambda: now[0],))
    return now


def strip_of(window: Window) -> LessonStrip:
    strip = window.frame.lesson
    assert strip is not None
    return strip


def page_of(window: Window) -> PracticePage:
    press(window, Qt.Key.Key_F11)
    page = window.page("practice")
    assert isinstance(page, PracticePage)
    return page


def intake_of(window: Window) -> IntakePage:
    press(window, Qt.Key.Key_F2)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    return page


def begin(window: Window, number: int) -> LessonStrip:
    """F11, down to the lesson, F9."""
    page = page_of(window)
    for _down in range(number - 1):
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_F9)
    return strip_of(window)


def choose(window: Window, letters: str) -> None:
    write(intake_of(window).procedure.search, letters)
    press(window, Qt.Key.Key_Return)


def accept(window: Window) -> None:
    """F9 twice, and the receipt that comes up is put away."""
    for _twice in range(2):
        press(window, Qt.Key.Key_F9)
    for dialog in window.findChildren(QDialog):
        if isinstance(dialog, PreviewDialog):
            dialog.reject()
            dialog.deleteLater()


def rows(page: PracticePage) -> list[str]:
    return [line[2] for line in cells_of(page.table)]


def test_a_birth_is_taken_in_by_card_and_the_strip_goes_along(
    window: Window, seconds: list[float]
) -> None:
    strip = begin(window, BIRTH)
    assert strip.isVisible()
    assert "Ánh Đào" in strip.said.text()
    assert strip.task.text().startswith("Bài 1 · 0/3 · Quét thẻ")
    press(window, Qt.Key.Key_G, CTRL)
    assert "Ctrl+Q" in strip.said.text()
    assert "Luật Căn cước" in strip.said.text()
    press(window, Qt.Key.Key_Q, CTRL)  # the card opens intake by itself
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    assert page.person.fields["name"].text() == "Nguyễn Thị Ánh Đào"
    choose(window, "khai sinh")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_A):
        press(window, key)
    accept(window)
    assert strip.task.text() == "Bài 1 · 2/3 · Tự chấm lượt này: có «xin chào»"
    assert strip.said.text() == ""
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_9, CTRL)
    assert strip.task.text().startswith("Xong bài 1: 10/10 điểm")
    assert strip.isVisible()  # above the page where the work was done
    page_at_hand = page_of(window)
    assert not strip.isVisible()
    assert rows(page_at_hand)[:2] == ["✓ 10/10", "chưa làm"]
    assert (
        page_at_hand.outcome.text() == "✓ Bài 1 xong: 10/10 điểm, 1 phút (dự kiến 5), 0 bước sai."
    )


def test_a_wrong_scan_is_read_then_the_right_one_taken(
    window: Window, seconds: list[float]
) -> None:
    strip = begin(window, WRONG_QR)
    press(window, Qt.Key.Key_Q, CTRL)
    assert "Bộ gõ tiếng Việt" in window.notices.text
    assert strip.task.text().startswith("Bài 4 · 1/2")
    press(window, Qt.Key.Key_Q, CTRL)
    choose(window, "1.000656")  # a wrong procedure first
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(window, key)
    accept(window)
    assert strip.said.text().startswith("⚠ Hồ sơ của chị Ngân vào nhầm thủ tục.")
    assert "thực hành của quầy" in strip.said.text()
    press(window, Qt.Key.Key_Q, CTRL)
    choose(window, "1.004873")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(window, key)
    seconds[0] = 250
    accept(window)
    assert strip.task.text().startswith("Xong bài 4: 9/10 điểm, 5 phút, 1 bước sai.")
    page = page_of(window)
    assert "Hồ sơ của chị Ngân vào nhầm thủ tục" in page.panel.mistakes.text()


def test_a_power_cut_loses_nothing(
    make_window: MakeWindow, folder: Path, seconds: list[float]
) -> None:
    window = make_window(folder, "an")
    begin(window, POWER_CUT)
    press(window, Qt.Key.Key_Q, CTRL)
    window.close()  # the power is gone
    again = make_window(folder, "an")
    strip = strip_of(again)
    assert strip.task.text().startswith("Bài 5 · 1/2")
    page = intake_of(again)
    assert page.person.fields["name"].text() == "Đỗ Quốc Vinh"
    choose(again, "2.000908")
    accept(again)
    assert strip.task.text().startswith("Xong bài 5: 10/10")


def test_what_another_job_was_refused_is_explained_at_once(
    window: Window, seconds: list[float]
) -> None:
    strip, desk = begin(window, SECOND_DATE), window.desk
    code = next(row.code for row in progress.find_dossiers(desk) if row.name == "Bùi Thành Giang")
    later = MONDAY.replace(day=30)
    jobs.run(
        window, lambda: letters.draft_apology(desk, code, "volume", later), lambda _letter: None
    )
    assert strip.said.text().startswith("⚠ Lại hẹn thêm một ngày nữa.")
    assert "Công văn 2307/UBND-NC" in strip.said.text()


def test_the_clock_counts_real_seconds_and_the_lesson_may_be_stopped(
    window: Window, seconds: list[float]
) -> None:
    strip = begin(window, ANGRY)
    assert strip.clock.text() == "0:00 / 8 phút"
    seconds[0] = 65
    strip.ask()
    assert strip.clock.text() == "1:05 / 8 phút"
    press(window, Qt.Key.Key_B, CTRL)
    assert strip.task.text().startswith("Đã dừng bài 3: 0/10 điểm, 2 phút")
    assert rows(page_of(window))[ANGRY - 1] == "✗ 0/10"
    for key in (Qt.Key.Key_G, Qt.Key.Key_Q):
        press(window, key, CTRL)  # nothing runs: the keys rest
    assert lessons.look_at(window.desk) is None


def test_the_strip_speaks_the_language_of_the_window_and_goes_on(
    window: Window, seconds: list[float]
) -> None:
    begin(window, BIRTH)
    window.set_preference("language", "en")
    QApplication.sendPostedEvents(None, 0)
    strip = strip_of(window)
    assert strip.isVisible()
    assert strip.hint.property("key") == "Ctrl+G"
    window.set_preference("language", "vi")


@pytest.mark.parametrize(
    ("size", "wide", "high"), [(100, 1366, 740), (150, 910, 500), (200, 1366, 740)]
)
def test_the_strip_is_whole_at_any_size(window: Window, size: int, wide: int, high: int) -> None:
    window.resize(wide, high)
    window.set_preference("text_size", size)
    strip = begin(window, ANGRY)
    for page in (Qt.Key.Key_F11, Qt.Key.Key_F2):
        press(window, page)
        for _shown in range(2):  # with the hint, and without
            press(window, Qt.Key.Key_G, CTRL)
            for _turn in range(3):  # the strip grows, the frame makes room, the strip fills it
                QApplication.processEvents()
            seen = [one for one in strip.findChildren(QWidget) if one.isVisibleTo(strip)]
            shown = [one for one in seen if isinstance(one, QLabel | QPushButton)]
            assert [one.text() for one in shown if one.text() and lacks_room(one)] == []
            assert strip.task.isVisible() or strip.said.isVisible()


def test_the_certificate_bears_the_name_typed_on_the_page(
    window: Window, seconds: list[float]
) -> None:
    page = page_of(window)
    assert not page.certificate.isEnabled()
    write(page.trainee, "Trần Học Viên")
    press(window, Qt.Key.Key_F9)
    window.desk.clock = lambda: MONDAY
    press(window, Qt.Key.Key_Q, CTRL)
    choose(window, "khai sinh")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_A):
        press(window, key)
    accept(window)
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_9, CTRL)
    page = page_of(window)
    press(window, Qt.Key.Key_C, ALT)
    (dialog,) = (
        one
        for one in window.findChildren(QDialog)
        if isinstance(one, PreviewDialog) and one.isVisible()
    )
    assert dialog.pdf == certificate(window.desk, "Trần Học Viên")
    dialog.reject()


@pytest.mark.parametrize("size", [150, 200])
def test_the_strip_of_an_ended_lesson_is_no_higher_than_its_words(
    window: Window, size: int
) -> None:
    strip = begin(window, 1)
    set_appearance(window, size=size)
    press(window, Qt.Key.Key_B, CTRL)
    press(window, Qt.Key.Key_F3)
    QApplication.processEvents()
    assert strip.isVisible()
    words = strip.task.heightForWidth(strip.task.width())
    assert strip.height() < words + strip.fontMetrics().lineSpacing()


def test_a_real_desk_has_no_lessons(make_window: MakeWindow, tmp_path: Path) -> None:
    new_desk.set_up(tmp_path, practice.plan(), lambda: MONDAY).close()
    window = make_window(tmp_path, "an")
    assert window.frame.lesson is None
    assert "practice" not in window.frame.tabs
    press(window, Qt.Key.Key_F11)
    assert window.frame.current == "today"


def switch_to(window: Window, official: str) -> None:
    press(window, Qt.Key.Key_U, CTRL)
    log_in(window, official)


def find(window: Window, name: str) -> str:
    """F3, the name, Enter: the dossier's page. Answers its code."""
    press(window, Qt.Key.Key_F3)
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    write(listed.search, name)
    listed.refresh()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert window.frame.current == "dossier"
    return window.page("dossier").showing()


def test_an_angry_visitor_gets_the_result_at_once_and_the_letter_after(
    window: Window,
) -> None:
    strip = begin(window, ANGRY)
    code = find(window, "Lê Thị Hường")
    press(window, Qt.Key.Key_T)
    for key in (Qt.Key.Key_2, Qt.Key.Key_7, Qt.Key.Key_9):
        press(window, key, CTRL)
    assert strip.task.text().startswith("Bài 3 · 1/5")
    press(window, Qt.Key.Key_F9)
    assert strip.task.text().startswith("Bài 3 · 2/5")
    window.open_letter(code)
    letter = window.page("overdue")
    assert isinstance(letter, OverduePage)
    letter.form.dated.setFocus()
    press(window, Qt.Key.Key_Space)  # a date after all
    press(window, Qt.Key.Key_F9)
    assert strip.said.text().startswith("⚠ Kết quả đã có mà thư lại hẹn thêm một ngày.")
    letter.form.dated.setFocus()
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_F9)
    switch_to(window, "chi")
    press(window, Qt.Key.Key_S, ALT)
    press(window, Qt.Key.Key_D, ALT)
    answer(window, "Tại quầy")
    assert strip.task.text().startswith("Xong bài 3: 9/10")
