"""An open window while another process changes what the desk promises by."""

from pathlib import Path

from PySide6.QtCore import Qt

from cchc_desk.actions.dossiers import progress
from tests import elsewhere
from tests.ui.conftest import press, write
from ui.intake.page import IntakePage
from ui.shell.window import Window

CARD = (
    "092190001234|362123456|Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|"
    "01012022"
)


def test_the_open_window_shows_and_keeps_the_promise_by_the_new_settings(
    window: Window, folder: Path
) -> None:
    window.scanned(CARD)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    write(page.procedure.search, "sao so")  # a copy from the register: one working day
    press(window, Qt.Key.Key_Return)
    assert "10 giờ 00 thứ Tư 25/11/2026" in page.due.text()
    elsewhere.change_settings(folder, {"due_at_closing": True, "block_first": 700})
    press(window, Qt.Key.Key_Escape)
    window.scanned(CARD)
    write(page.procedure.search, "sao so")
    press(window, Qt.Key.Key_Return)
    assert "17 giờ 00 thứ Tư 25/11/2026" in page.due.text()
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F9)
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    assert (newest.code[-4:], newest.first_due.hour) == ("0700", 17)


def test_the_promise_accepted_is_of_the_settings_that_moved_after_it_was_shown(
    window: Window, folder: Path
) -> None:
    window.scanned(CARD)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    write(page.procedure.search, "sao so")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F9)
    elsewhere.change_settings(folder, {"due_at_closing": True})
    press(window, Qt.Key.Key_F9)
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    assert newest.first_due.hour == 17
    assert "17 giờ 00 thứ Tư 25/11/2026" in page.due.text()  # read to the citizen again
