"""The data file goes while the window is open: nothing is said to be done, and what to do is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cchc_desk.actions.dossiers import progress
from tests.ui.conftest import log_in, press
from ui.shell.window import Window


@pytest.mark.one_pc("the file is moved away")
def test_the_window_says_what_to_do_and_works_on_once_the_file_is_back(window: Window) -> None:
    file: Path = window.desk.database.file
    away = file.with_name("away.db")
    before = len(progress.find_dossiers(window.desk))
    file.rename(away)
    press(window, Qt.Key.Key_F3)
    assert "Hãy đưa tệp về đúng chỗ" in window.notices.text
    away.rename(file)
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F3)
    assert len(progress.find_dossiers(window.desk)) == before
    window.access.lock()
    log_in(window, "an")
