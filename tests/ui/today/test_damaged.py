"""A damaged dossier on the screen: named on the day board, a line of the list, no crash box."""

import os
from pathlib import Path

from PySide6.QtCore import Qt

from tests.engines import by_hand
from tests.ui.conftest import MakeWindow, press
from ui.dossiers.page import DossiersPage
from ui.today.page import TodayPage


def test_one_damaged_dossier_leaves_the_board_and_the_list_usable(
    make_window: MakeWindow, folder: Path
) -> None:
    with by_hand(folder) as connection:
        (code,) = connection.execute(
            "SELECT code FROM dossiers WHERE closed IS NULL ORDER BY n DESC LIMIT 1"
        ).fetchone()
        connection.execute("UPDATE dossiers SET due = 'hỏng' WHERE code = ?", (code,))
    window = make_window(folder, "an")
    board = window.stack.currentWidget()
    assert isinstance(board, TodayPage)
    assert board.alarms.isVisible()
    assert code in board.alarms.text()
    window.daily.each_minute()
    if out := os.environ.get("PICTURES"):
        window.resize(1366, 768)
        window.grab().save(f"{out}-today.png")
    press(window, Qt.Key.Key_F3)
    listed = window.stack.currentWidget()
    assert isinstance(listed, DossiersPage)
    lines = {row.code: row for row in listed.table.dossiers.rows}
    assert lines[code].damaged
    assert sum(not row.damaged for row in lines.values()) > 10
    if out:
        window.grab().save(f"{out}-list.png")
    window.notices.clear()
    window.open_dossier(code)
    assert f"Dòng {code} trong dữ liệu hỏng" in window.notices.text
