"""A file that opens and is damaged further in: seen at opening, and it leads to the copies."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.training import practice
from tests.ui.conftest import MakeWindow, log_in, press, write
from ui.shell.entry.restore_page import RestorePage
from ui.shell.upkeep import file_check
from ui.shell.window import Window

pytestmark = pytest.mark.one_pc("damage to the file")


def damage(folder: Path, table: str) -> None:
    """Spoil the first page of a table that is not needed to open the desk."""
    file = folder / "desk.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(sql, (table,)).fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xff" * size)


def restore_page(window: Window) -> RestorePage:
    page = window.screens.currentWidget()
    assert isinstance(page, RestorePage)
    return page


def test_a_damaged_part_leads_to_the_copies_and_who_leaves_them_is_told_on_each_page(
    make_window: MakeWindow, folder: Path
) -> None:
    damage(folder, "notices")
    window = make_window(folder)
    assert "bị hỏng một phần" in restore_page(window).why.text()
    press(window, Qt.Key.Key_Escape)
    assert "bị hỏng một phần" in window.login.warning.text()
    log_in(window, "an")
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F12):
        press(window, key)
        assert "bị hỏng một phần" in window.notices.text
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    write(restore_page(window).password, practice.PASSWORD)
    QTest.keyClick(restore_page(window).password, Qt.Key.Key_Return)
    log_in(window, "an")
    press(window, Qt.Key.Key_F3)
    assert "hỏng" not in window.notices.text


def test_damage_met_at_work_is_told_with_the_key_that_leads_to_the_copies(
    window: Window, folder: Path
) -> None:
    (code,) = (row.code for row in progress.find_dossiers(window.desk, limit=1))
    damage(folder, "promises")
    window.open_dossier(code)
    press(window, Qt.Key.Key_F3)
    assert "bị hỏng một phần" in window.notices.text
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert restore_page(window).list.count()


def test_a_large_file_is_read_once_nobody_is_at_the_desk(
    make_window: MakeWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_check, "LARGE", 1000)
    damage(folder, "notices")
    window = make_window(folder)
    log_in(window, "an")
    assert "hỏng" not in window.notices.text
    window.access.idle.timeout.emit()
    log_in(window, "an")
    assert "bị hỏng một phần" in window.notices.text


def test_a_large_file_is_read_once_however_often_damage_is_met(
    window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_check, "LARGE", 1000)
    (code,) = (row.code for row in progress.find_dossiers(window.desk, limit=1))
    damage(folder, "promises")
    window.open_dossier(code)
    waiting = window.access.idle.receivers(SIGNAL("timeout()"))
    window.open_dossier(code)
    assert window.access.idle.receivers(SIGNAL("timeout()")) == waiting
