"""A file that went back, or came from another machine: the window says so and asks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from cchc_desk.actions.data import opening
from cchc_desk.actions.intake import intake
from tests.actions.conftest import become, make_intake
from tests.engines import copy_desk, put_back
from tests.ui.conftest import MONDAY, MakeWindow, log_in, press
from tests.ui.questions import answer, panel_in
from ui.shell.window import Window


@pytest.fixture
def gone_back(folder: Path) -> Path:
    """The morning's file put over today's by hand; its witness stayed."""
    kept = folder / "morning"
    desk = opening.open_desk(folder, lambda: MONDAY)
    desk.close()
    copy_desk(folder, kept)
    desk = opening.open_desk(folder, lambda: MONDAY)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    desk.close()
    put_back(kept, folder)
    return folder


def test_a_clerk_reads_what_happened_and_the_notice_stays_on_every_page(
    make_window: MakeWindow, gone_back: Path
) -> None:
    window = make_window(gone_back)
    log_in(window, "an")

    assert panel_in(window).title.text() == "Dữ liệu bị lùi"
    assert "khôi phục" in panel_in(window).about.text()
    assert panel_in(window).yes.isHidden()
    press(window, Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F6):
        press(window, key)
        assert "Dữ liệu bị lùi" in window.notices.text


def test_the_leader_decides_with_a_reason_and_the_desk_works(
    make_window: MakeWindow, gone_back: Path
) -> None:
    window = make_window(gone_back)
    log_in(window, "chi")
    assert panel_in(window).title.text() == "Dữ liệu bị lùi"

    answer(window, "ổ đĩa hỏng, dùng bản sao buổi sáng")

    assert window.desk.doubt is None
    assert "Đã ghi quyết định" in window.notices.text
    press(window, Qt.Key.Key_F3)
    assert "Dữ liệu bị lùi" not in window.notices.text


@pytest.fixture
def copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder as another machine gets it."""
    desk = opening.open_desk(folder, lambda: MONDAY)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    desk.close()
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(folder / "home"))
    return folder


@pytest.mark.parametrize("own", [False, True])
def test_a_copied_folder_is_the_desk_moved_or_a_desk_of_its_own(
    make_window: MakeWindow, copied: Path, own: bool
) -> None:
    window: Window = make_window(copied)
    before = window.desk.id
    log_in(window, "chi")
    which = panel_in(window).fields[0].control
    assert isinstance(which, QListWidget)
    which.setFocus()
    press(window, Qt.Key.Key_2 if own else Qt.Key.Key_1)
    press(window, Qt.Key.Key_F9)

    assert window.desk.doubt is None
    assert (window.desk.id != before) is own
    assert window.desk.settings["block_first"] == (5001 if own else 1)
    assert ("5000" in window.notices.text) is own
