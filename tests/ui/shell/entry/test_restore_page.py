"""Going back to a copy in the window: from the log-in page, from the settings, from a lost desk."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import MakeWindow, log_in, press, write
from ui.documents.printing import PreviewDialog
from ui.settings.page import SettingsPage
from ui.shell import jobs
from ui.shell.entry.restore_page import RestorePage
from ui.shell.progress_box import ProgressBox
from ui.shell.window import Window

pytestmark = pytest.mark.one_pc("copies of the file")


def page_of(window: Window) -> RestorePage:
    page = window.screens.currentWidget()
    assert isinstance(page, RestorePage)
    return page


def go_back(window: Window, official: str = "dung", password: str = practice.PASSWORD) -> None:
    page = page_of(window)
    page.who.setCurrentIndex(page.who.findData(official))
    write(page.password, password)
    press(window, Qt.Key.Key_F9)


def test_from_the_log_in_page_a_copy_is_put_back_and_work_goes_on(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    press(window, Qt.Key.Key_F7)
    page = page_of(window)
    assert page.list.count() == 1
    assert "✓ lành" in page.list.item(0).text()
    assert page.go.isEnabled()
    go_back(window)
    assert "Đã khôi phục bản sao desk-2026-11-23-100000.db" in window.login.warning.text()
    assert window.login.who.count() > 2
    log_in(window, "an")
    assert window.screens.at_work
    press(window, Qt.Key.Key_F2)


def test_what_would_be_lost_is_named_before_anything_happens(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    become(window.desk, "an")
    lost = intake.accept_dossier(window.desk, make_intake()).code
    press(window, Qt.Key.Key_F7)
    page = page_of(window)
    assert "tiếp nhận hồ sơ: 1" in page.lost.text()
    go_back(window, password="wrong")
    assert "không đúng" in page.error.text()
    assert page_of(window) is page
    write(page.password, practice.PASSWORD)
    press(window, Qt.Key.Key_F9)
    log_in(window, "an")
    become(window.desk, "an")
    code = intake.accept_dossier(window.desk, make_intake()).code
    assert upkeep.verify_ledger(window.desk).problems == ()
    assert code != lost
    assert int(code[-4:]) == int(lost[-4:]) + 1


def test_esc_leads_back_and_nothing_has_changed(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder)
    before = (folder / "desk.db").read_bytes()
    press(window, Qt.Key.Key_F7)
    press(window, Qt.Key.Key_Escape)
    log_in(window, "an")
    assert window.screens.at_work
    assert (folder / "desk.db").read_bytes()[:4096] == before[:4096]
    assert not list(folder.glob("trước*"))


def test_from_the_settings_the_desk_is_closed_first_and_opens_as_new(window: Window) -> None:
    press(window, Qt.Key.Key_F12)
    settings = window.page("settings")
    settings.data.acts[0].click()  # type: ignore[attr-defined]
    settings.data.acts[1].click()  # type: ignore[attr-defined]
    page = page_of(window)
    assert page.list.count() == 1  # of one hour the last is kept
    go_back(window, "chi")
    log_in(window, "an")
    assert window.screens.at_work
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.login.to_copies.isHidden()  # a locked screen stays at its desk
    press(window, Qt.Key.Key_F7)
    assert window.screens.currentWidget() is window.login


def test_a_folder_with_copies_and_no_database_is_no_first_run(
    make_window: MakeWindow, folder: Path
) -> None:
    for file in folder.glob("desk.db*"):
        file.unlink()
    window = make_window(folder)
    page = page_of(window)
    assert "Đừng lập quầy mới" in page.why.text()
    go_back(window)
    log_in(window, "an")
    assert window.screens.at_work


def test_a_damaged_file_leads_to_the_copies_by_one_key(
    make_window: MakeWindow, folder: Path
) -> None:
    (folder / "desk.db").write_bytes(b"rubbish" * 1000)
    window = make_window(folder)
    assert "hỏng" in window.login.error.text()
    press(window, Qt.Key.Key_F7)
    page = page_of(window)
    page.look_inside()
    assert "40 hồ sơ" in page.seen.text()
    assert "không thấy lỗi" in page.seen.text()
    go_back(window)
    log_in(window, "an")
    assert window.screens.at_work


@pytest.mark.parametrize("official", ["an", "binh"])
def test_a_clerk_is_not_among_those_who_may(
    make_window: MakeWindow, folder: Path, official: str
) -> None:
    window = make_window(folder)
    press(window, Qt.Key.Key_F7)
    assert page_of(window).who.findData(official) == -1


def test_a_file_that_is_no_copy_is_refused_in_one_sentence(
    make_window: MakeWindow, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    letter = tmp_path_factory.mktemp("stick") / "desk-letter.db"
    letter.write_text("a letter", encoding="utf-8")
    window = make_window(folder)
    press(window, Qt.Key.Key_F7)
    page = page_of(window)
    page.take(letter)
    assert "không phải dữ liệu của CCHC Desk" in page.error.text()
    assert not page.go.isEnabled()
    shutil.rmtree(letter.parent)
    QTest.keyClick(page, Qt.Key.Key_F9)
    assert page_of(window) is page


def test_a_drill_by_its_key_brings_its_record_to_be_printed(window: Window) -> None:
    press(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    log_in(window, "dung")
    press(window, Qt.Key.Key_F12)
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    settings._show_group(settings.data)
    QTest.keyClick(settings.data, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    (preview,) = window.findChildren(PreviewDialog)
    assert preview.windowTitle() == "Biên bản kiểm tra sao lưu"
    assert preview.pdf.startswith(b"%PDF")
    assert "mở được và khớp: 40 hồ sơ" in window.notices.text
    preview.reject()


def test_where_nothing_can_be_compared_nothing_is_claimed(
    make_window: MakeWindow, folder: Path
) -> None:
    for file in (*folder.glob("desk.db*"), *folder.glob("desk.witness*")):
        file.unlink()
    page = page_of(make_window(folder))
    assert page.lost.text().startswith("Không biết")


def test_whoever_stops_it_may_begin_again(
    qtbot: QtBot, make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    press(window, Qt.Key.Key_F7)
    page = page_of(window)
    write(page.password, practice.PASSWORD)
    jobs.immediately(False)
    press(window, Qt.Key.Key_F9)
    page.findChildren(ProgressBox)[-1].reject()  # as Esc does once it shows
    qtbot.waitUntil(lambda: "chưa khôi phục gì" in page.error.text())
    jobs.finish()
    jobs.immediately(True)
    assert page.back.isEnabled()
    press(window, Qt.Key.Key_F9)
    assert "Đã khôi phục bản sao" in window.login.warning.text()
