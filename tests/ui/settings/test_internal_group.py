"""The internal deadline by keys: set for a field, seen on the day board and on the dossier."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import press, write
from ui.dossiers.dossier_page import DossierPage
from ui.settings.internal_group import InternalGroup
from ui.settings.page import SettingsPage
from ui.shell.window import Window
from ui.today.page import TodayPage

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def group(window: Window) -> InternalGroup:
    """The group, found by its words, with the leader at the desk and a dossier due on the 30th."""
    friday = datetime(2026, 11, 20, 10, 0)
    intake.accept_dossier(window.desk, make_intake(limit="5 ngày làm việc", received=friday))
    become(window.desk, "dung")
    press(window, Qt.Key.Key_F12)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.search.setFocus()
    write(page.search, "han noi bo")
    press(window, Qt.Key.Key_Return)
    assert page.group is page.internal
    return page.internal


def test_it_is_set_for_all_fields_and_feeds_the_day_board(
    window: Window, group: InternalGroup
) -> None:
    assert not group.edits()
    group.days.setFocus()
    press(window, Qt.Key.Key_Up)
    for _time in range(3):
        press(window, Qt.Key.Key_Up)
    assert [edit.after for edit in group.edits()] == ["4"]
    press(window, Qt.Key.Key_F9)
    assert window.desk.settings["internal_days"] == {"*": 4}
    assert "Đã đặt hạn nội bộ Mọi lĩnh vực chưa đặt riêng: 4 ngày" in window.notices.text
    assert not group.edits()
    assert group.held.text() == "Đang đặt: lĩnh vực khác: 4 ngày."
    near = progress.internal_due(window.desk)
    assert near
    window.open_page("today")
    board = window.page("today")
    assert isinstance(board, TodayPage)
    assert board.near_internal.text() == (
        f"{len(near)} hồ sơ đã đến hạn nội bộ, chưa đến ngày hẹn  ·  Alt+H"
    )
    press(window, Qt.Key.Key_H, ALT)
    assert [row.code for row in board.table.dossiers.rows] == [row.code for row in near]
    board.table.setFocus()
    press(window, Qt.Key.Key_Return)
    page = window.page("dossier")
    assert isinstance(page, DossierPage)
    assert page.view is not None
    assert f"hạn nội bộ {page.view.internal:%d/%m/%Y}" in page.state.text()


def test_a_field_of_its_own_goes_before(window: Window, group: InternalGroup) -> None:
    group.field.setFocus()
    group.field.setCurrentIndex(group.field.findData("Hộ tịch"))
    group.days.setFocus()
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_F9)
    assert window.desk.settings["internal_days"] == {"Hộ tịch": 1}
    group.field.setCurrentIndex(0)
    assert group.days.value() == 0
    press(window, Qt.Key.Key_F9)
    assert "không có gì để lưu" in window.notices.text
