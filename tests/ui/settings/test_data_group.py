"""The data of the desk in the settings: what is wrong with them, and the keys that put it right."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.data import copies, opening
from cchc_desk.actions.dossiers import anonymise, progress
from cchc_desk.domain.copies import Reason
from cchc_desk.domain.dossiers.dossier import Status
from tests.actions.conftest import become
from tests.ui.conftest import MONDAY, MakeWindow, log_in, press
from ui.settings.data_group import DataGroup
from ui.settings.page import SettingsPage
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier


def group_in(window: Window) -> DataGroup:
    press(window, Qt.Key.Key_F12)
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page._show_group(page.data)
    page.data.first().setFocus()
    return page.data


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


@pytest.mark.one_pc("the index of the file")
def test_a_damaged_search_index_is_made_anew_by_its_key(leader: Window, folder: Path) -> None:
    group_in(leader)
    with closing(sqlite3.connect(folder / "desk.db")) as connection, connection:
        connection.execute("DELETE FROM dossier_search_docsize")
    press(leader, Qt.Key.Key_S, ALT)
    assert "Đã lập lại chỉ mục tìm kiếm: 40 hồ sơ." in leader.notices.text
    press(leader, Qt.Key.Key_S, ALT)
    assert "Tệp dữ liệu lành" in leader.notices.text


@pytest.mark.one_pc("copies of the file")
def test_copies_that_hold_somebody_anonymised_are_told_and_renewed_by_a_key(
    make_window: MakeWindow, folder: Path
) -> None:
    later = MONDAY + timedelta(days=9999)
    with closing(opening.open_desk(folder, lambda: later)) as desk:
        become(desk, "dung")
        copies.copy_now(desk, Reason.UPGRADE)  # one that nothing thins out
        done = next(row for row in progress.find_dossiers(desk) if row.status is Status.RETURNED)
        anonymise.anonymise(desk, done.code, "Hết thời hạn lưu")
    window = make_window(folder)
    log_in(window, "dung")  # the day's copy is made, and the old one is there still
    group = group_in(window)
    assert "bản sao còn giữ người đã ẩn danh." in group.forgotten.text()
    press(window, Qt.Key.Key_A, ALT)
    assert "Đã sao lưu bản mới và xóa" in window.notices.text
    assert group.renew.isHidden()
    assert group.forgotten.isHidden()


@pytest.mark.one_pc("copies of the file")
def test_in_large_type_the_words_are_whole_whatever_came_in_their_place(
    leader: Window, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stick = tmp_path_factory.mktemp("stick-with-a-long-name")
    leader.set_preference("text_size", 200)
    become(leader.desk, "chi")
    copies.choose_second_place(leader.desk, stick)
    group = group_in(leader)
    press(leader, Qt.Key.Key_B, ALT)
    QTest.qWait(20)
    shutil.rmtree(stick)
    press(leader, Qt.Key.Key_B, ALT)
    QTest.qWait(20)
    assert "chưa cắm" in group.second.text()
    for label in (group.copy, group.second, group.folder):
        assert label.height() >= label.heightForWidth(label.width())
