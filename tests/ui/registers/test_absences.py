"""Absences by keys: entered, shown, the roster, back again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from cchc_desk.actions.office import absences
from tests.actions.conftest import become
from tests.ui.conftest import press
from tests.ui.questions import answer
from tests.ui.registers.test_registers_page import opened
from ui.documents.printing import PreviewDialog
from ui.registers.absences import ABSENCES
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT = Qt.KeyboardModifier.AltModifier


def test_a_leader_enters_who_is_away_and_prints_the_roster(window: Window) -> None:
    become(window.desk, "chi")
    page = opened(window, ABSENCES)
    assert page.nothing.text() == "Không ai vắng mặt."
    press(window, Qt.Key.Key_V, ALT)
    answer(window, "Trần Quốc Bình", None, None, "chưa có người thay", "Nghỉ phép")
    (line,) = page.table.model_.rows
    assert [line.name, line.cover_name] == ["Trần Quốc Bình", ""]
    press(window, Qt.Key.Key_F9)
    (dialog,) = (one for one in window.findChildren(QDialog) if isinstance(one, PreviewDialog))
    assert dialog.pages.text() == "1 trang"
    dialog.reject()
    dialog.deleteLater()
    press(window, Qt.Key.Key_F6)
    board = window.stack.currentWidget()
    assert isinstance(board, TodayPage)
    assert "Trần Quốc Bình vắng, chưa có người thay" in board.alarms.text()
    page = opened(window, ABSENCES)
    page.table.setFocus()
    next(made for made in page.away if "Đã về" in made.text()).click()
    answer(window)
    assert absences.listed(window.desk) == ()
    assert page.nothing.text() == "Không ai vắng mặt."
