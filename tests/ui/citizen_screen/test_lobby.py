"""The board of the waiting room: opened by a key, codes without names, written for a TV."""

from pathlib import Path

from PySide6.QtCore import Qt

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.dossier import Status
from tests.actions.conftest import keep_settings
from tests.ui.conftest import press
from ui.citizen_screen.lobby import Lobby
from ui.shell.window import Window

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_key_opens_it_with_codes_and_no_names_and_closes_it(window: Window) -> None:
    press(window, Qt.Key.Key_M, KEYS)
    board = window.beside.lobby
    assert isinstance(board, Lobby)
    ready = progress.find_dossiers(window.desk, status=frozenset({Status.READY}))
    assert ready
    shown = board.accessibleName()
    assert all(row.code in shown for row in ready[:5])
    assert not any(row.name in shown for row in progress.find_dossiers(window.desk))
    assert not board.grab().isNull()
    window.beside.toggle_lobby()
    assert window.beside.lobby is None


def test_each_minute_the_file_for_the_tv_is_written(window: Window, tmp_path: Path) -> None:
    file = tmp_path / "exports" / "bang.html"
    keep_settings(window.desk, {"lobby_file": str(file)})
    window.daily.each_minute()
    assert "MỜI NHẬN KẾT QUẢ" in file.read_text("utf-8")


def test_a_place_that_takes_no_file_is_said_once(window: Window, tmp_path: Path) -> None:
    keep_settings(window.desk, {"lobby_file": str(tmp_path / "missing" / "bang.html")})
    window.daily.each_minute()
    assert "hãy chọn thư mục khác" in window.notices.text
    window.notices.clear()
    window.daily.each_minute()
    assert "hãy chọn thư mục khác" not in window.notices.text
