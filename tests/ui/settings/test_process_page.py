"""The internal process of a procedure, set by keys and obeyed by the next hand-over."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.catalogue import process
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.intake import intake
from tests.actions.conftest import make_intake
from tests.ui.conftest import MakeWindow, log_in, press, write
from ui.settings.process_page import ProcessPage
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier
BIRTH = "1.001193"


def opened(make_window: MakeWindow, folder: Path, who: str = "dung") -> tuple[Window, ProcessPage]:
    window = make_window(folder)
    log_in(window, who)
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_Q, ALT)
    page = window.page("process")
    assert isinstance(page, ProcessPage)
    write(page.search, BIRTH)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.found, Qt.Key.Key_Return)
    assert page.title.text().startswith(BIRTH)
    return window, page


def put(
    window: Window, page: ProcessPage, name: str, minutes: int, official: str | None = None
) -> None:
    write(page.name, name)
    page.minutes.setValue(minutes)
    page.official.setCurrentIndex(page.official.findData(official))
    press(window, Qt.Key.Key_N, ALT)


def test_steps_are_put_corrected_and_ordered_and_the_next_hand_over_obeys(
    make_window: MakeWindow, folder: Path
) -> None:
    window, page = opened(make_window, folder)
    put(window, page, "Ký duyệt", 60)
    put(window, page, "Thẩm tra", 240, "binh")
    put(window, page, "Thừa", 0)
    page.table.selectRow(2)
    press(window, Qt.Key.Key_X, ALT)
    page.table.selectRow(1)
    press(window, Qt.Key.Key_Up, ALT)
    page.table.setFocus()
    press(window, Qt.Key.Key_Return)
    assert (page.name.text(), page.official.currentData()) == ("Thẩm tra", "binh")
    page.minutes.setValue(300)
    press(window, Qt.Key.Key_N, ALT)
    press(window, Qt.Key.Key_F9)
    assert "Đã ghi quy trình 2 bước" in window.notices.text
    kept = process.process_of(window.desk, BIRTH)
    assert [(step.name, step.official, step.minutes) for step in kept] == [
        ("Thẩm tra", "binh", 300),
        ("Ký duyệt", None, 60),
    ]
    window.access.switch()
    log_in(window, "an")
    code = intake.accept_dossier(window.desk, make_intake()).code
    (passed,) = steps.hand_over(window.desk, [code], "binh")
    assert (passed.hand_overs[0].step, passed.hand_overs[0].budget) == ("Thẩm tra", 300)


def test_a_step_without_a_name_and_a_clerk_without_the_right_are_told(
    make_window: MakeWindow, folder: Path
) -> None:
    window, page = opened(make_window, folder, "an")
    press(window, Qt.Key.Key_N, ALT)
    assert "tên của bước" in page.error.text()
    QTest.keyClick(page.minutes, Qt.Key.Key_Up)
    assert page.error.text() == ""
    put(window, page, "Thẩm tra", 60)
    press(window, Qt.Key.Key_F9)
    assert "dành cho" in page.error.text()
    assert process.process_of(window.desk, BIRTH) == ()


def test_f9_in_the_form_of_a_step_puts_that_step_before_anything_is_kept(
    make_window: MakeWindow, folder: Path
) -> None:
    window, page = opened(make_window, folder)
    put(window, page, "Ký duyệt", 60)
    write(page.name, "Thẩm tra")
    press(window, Qt.Key.Key_F9)
    assert [step.name for step in page.steps] == ["Ký duyệt", "Thẩm tra"]
    assert process.process_of(window.desk, BIRTH) == ()
    assert "F9 lần nữa" in window.notices.text
    press(window, Qt.Key.Key_F9)
    assert [step.name for step in process.process_of(window.desk, BIRTH)] == [
        "Ký duyệt",
        "Thẩm tra",
    ]


def test_steps_not_yet_kept_are_named_on_leaving_and_come_back_after_another_procedure(
    make_window: MakeWindow, folder: Path
) -> None:
    window, page = opened(make_window, folder)
    put(window, page, "Ký duyệt", 60)
    press(window, Qt.Key.Key_F6)
    assert "Chưa lưu, vẫn còn trên trang: quy trình của" in window.notices.text
    window.open_page("process")
    page.search.selectAll()
    write(page.search, "1.000656")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.found, Qt.Key.Key_Return)
    assert page.steps == []
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.title.text().startswith(BIRTH)
    assert [step.name for step in page.steps] == ["Ký duyệt"]
