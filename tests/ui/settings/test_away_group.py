"""An away desk leaves and comes back by keys, in the settings of the window."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.away import trips
from cchc_desk.actions.away.trips import TripState
from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from tests.actions.conftest import MONDAY, become, make_intake
from tests.ui.conftest import MakeWindow, press, write
from tests.ui.questions import answer, leave, panel_in
from ui.settings.away_group import AwayGroup
from ui.settings.page import SettingsPage
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier


def group_in(window: Window) -> AwayGroup:
    window.open_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    write(page.search, "quầy lưu động")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    return page.away


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


def work_away(laptop: Path, code: str) -> str:
    """Somebody works at the laptop, in a window of its own."""
    with closing(opening.open_desk(laptop, lambda: MONDAY)) as away:
        become(away, "an")
        new = intake.accept_dossier(away, make_intake("Trần Văn Xa")).code
        steps.shelve(away, code, "Kệ xa")
    return new


def state_of(window: Window) -> trips.Trip:
    (trip,) = trips.trips(window.desk)
    return trip


def place_of(window: Window, code: str) -> str:
    return progress.show_dossier(window.desk, code).dossier.place


def shelve_here(window: Window, code: str) -> None:
    steps.shelve(window.desk, code, "Kệ gần")


def open_code(window: Window) -> str:
    become(window.desk, "chi")
    return intake.accept_dossier(window.desk, make_intake("Lê Thị Gần")).code


def test_a_laptop_leaves_works_and_comes_back(leader: Window, tmp_path: Path) -> None:
    code = open_code(leader)
    group = group_in(leader)
    laptop = tmp_path / "laptop"
    group.ask_leave(laptop)
    assert "9500–9999" in panel_in(leader).about.text()
    answer(leader, "Ấp 5")
    assert state_of(leader).state is TripState.OUT
    assert "Ấp 5" in group.out.text()
    assert "đang ở ngoài" in group.out.text()
    new = work_away(laptop, code)
    shelve_here(leader, code)

    group.ask_back(laptop)
    panel = panel_in(leader)
    assert "hồ sơ mới 1" in panel.about.text()
    assert "1 hồ sơ cả hai bên cùng làm" in panel.about.text()
    leave(leader)
    assert state_of(leader).state is TripState.OUT
    group.ask_back(laptop)
    answer(leader)  # for later
    assert state_of(leader).open_codes == (code,)
    assert "1 hồ sơ chờ quyết định" in group.out.text()
    assert place_of(leader, new) == ""
    assert place_of(leader, code) == "Kệ gần"

    group.ask_back(laptop)
    answer(leader, "Lấy bản của quầy lưu động")
    assert state_of(leader).open_codes == ()
    assert place_of(leader, code) == "Kệ xa"
    assert group.out.text().endswith("đã về")


def test_a_lost_laptop_is_given_up(leader: Window, tmp_path: Path) -> None:
    group = group_in(leader)
    assert group.lost.isHidden()
    group.ask_leave(tmp_path / "laptop")
    answer(leader, "Ấp 5")
    press(leader, Qt.Key.Key_X, ALT)
    answer(leader, None, "Máy bị mất")
    assert state_of(leader).state is TripState.GIVEN_UP
    assert "không về nữa" in group.out.text()


def test_a_folder_that_is_no_away_desks_is_told(leader: Window, tmp_path: Path) -> None:
    group = group_in(leader)
    group.ask_back(tmp_path)
    assert "không phải của một quầy lưu động" in leader.notices.text
