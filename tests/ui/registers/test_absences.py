"""Absences by keys: entered, shown, the roster, back again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from cchc_desk.actions.exports.tables import export_table
from cchc_desk.actions.people import absences
from cchc_desk.actions.people.absences import NewAbsence
from cchc_desk.domain.table import Listing
from cchc_desk.errors import Refused
from tests.actions.conftest import become
from tests.ui.conftest import press
from tests.ui.questions import answer
from tests.ui.registers.test_registers_page import opened
from ui.documents.printing import PreviewDialog
from ui.registers.absences import ABSENCES, COLUMNS
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


def test_why_somebody_is_away_leaves_with_a_reason_alone(window: Window, tmp_path: Path) -> None:
    desk = window.desk
    today = desk.now().date()
    absences.enter(desk, NewAbsence(today, today, reason="Nằm viện"))
    with pytest.raises(Refused) as no:
        export_table(desk, tmp_path / "a.csv", ABSENCES, Listing(COLUMNS, absences.listed(desk)))
    assert no.value.code == "role"
