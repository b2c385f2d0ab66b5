"""A desk that went wrong is put right by somebody who only reads what stands on the screen."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.papers.pdf import page_count
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import MONDAY, MakeWindow
from tests.ui.days.pictures import Person

pytestmark = pytest.mark.one_pc("copies of the file")


@pytest.fixture
def accepted_since(folder: Path) -> str:
    """The code of a dossier that no copy has."""
    with closing(opening.open_desk(folder, lambda: MONDAY)) as desk:
        become(desk, "an")
        return intake.accept_dossier(desk, make_intake()).code


def test_from_the_log_in_page_by_keys(
    make_window: MakeWindow, folder: Path, qtbot: QtBot, accepted_since: str
) -> None:
    one = Person(make_window, folder, qtbot, "log-in")
    screen = one.screen
    one.look("log-in")
    one.press("Khôi phục bản sao")
    one.sees("tiếp nhận hồ sơ: 1")
    one.sees("✓ lành")
    one.look("copies")
    one.press("Mở ra xem")
    one.sees("không thấy lỗi")
    one.look("inside")
    one.press("Khôi phục")
    one.sees("Hãy nhập mật khẩu")
    screen.write("wrong")
    screen.key("Return")
    one.sees("không đúng; hãy nhập lại")
    one.look("refused")
    screen.write(practice.PASSWORD)
    screen.key("Return")
    one.sees("Đã khôi phục bản sao desk-2026-11-23")
    one.look("done")
    one.comes_in("an")
    assert one.window.screens.at_work
    assert int(one.next_code()[-4:]) == int(accepted_since[-4:]) + 1


def test_a_file_that_is_no_database_any_more(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    (folder / "desk.db").write_bytes(b"rubbish" * 1000)
    one = Person(make_window, folder, qtbot, "rubbish")
    one.sees("Chưa mở được dữ liệu của quầy")
    assert not one.screen.shows("Vào làm việc")
    one.look("told")
    one.screen.key("Return")  # the key that has the focus is the one that helps
    one.sees("Các bản sao, mới nhất trước")
    one.screen.write_into("Mật khẩu", practice.PASSWORD)
    one.press("Khôi phục")
    one.comes_in("an")
    assert one.window.screens.at_work


def test_a_file_that_is_damaged_further_in_by_mouse(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'hand_overs'"
        (page,) = connection.execute(sql).fetchone()
    with (folder / "desk.db").open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xff" * size)
    one = Person(make_window, folder, qtbot, "damaged")
    one.sees("bị hỏng một phần")
    one.look("led-to-copies")
    one.mouse.click("Quay lại")
    one.sees("bị hỏng một phần")
    one.look("log-in")
    one.mouse.click("Khôi phục bản sao")
    one.mouse.write_into("Mật khẩu", practice.PASSWORD)
    one.mouse.click("Khôi phục")
    one.sees("Đã khôi phục bản sao")
    one.comes_in("an")
    one.mouse.click("Hồ sơ")
    assert "hỏng" not in one.window.notices.text


def test_a_file_that_is_gone(
    make_window: MakeWindow, folder: Path, qtbot: QtBot, accepted_since: str
) -> None:
    for file in folder.glob("desk.db*"):
        file.unlink()
    one = Person(make_window, folder, qtbot, "gone")
    one.sees("Đừng lập quầy mới ở đây")
    one.sees("việc không còn đọc được tên: 1")
    one.look("led-to-copies")
    one.press("Quay lại")
    one.sees("Chưa mở được dữ liệu của quầy")
    one.look("left")
    one.screen.key("Return")
    one.screen.write_into("Mật khẩu", practice.PASSWORD)
    one.press("Khôi phục")
    one.sees("Đã khôi phục bản sao")
    one.comes_in("an")
    assert one.window.screens.at_work
    assert int(one.next_code()[-4:]) == int(accepted_since[-4:]) + 1


def test_a_new_computer_and_a_stick_with_copies(
    make_window: MakeWindow,
    folder: Path,
    qtbot: QtBot,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path_factory.mktemp("stick")
    for file in (folder / "backups").iterdir():
        shutil.copy(file, stick / file.name)
    (copy,) = stick.glob("*.db")
    desk = tmp_path_factory.mktemp("new") / "home" / "desk"  # beside it lies no other test's data
    desk.mkdir(parents=True)
    one = Person(make_window, desk, qtbot, "new-computer")
    one.look("first-run")
    one.press("Mở dữ liệu có sẵn hoặc bản sao")
    one.sees("Không thấy dữ liệu nào")
    one.look("nothing-found")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(stick / "thư.db"), ""))
    (stick / "thư.db").write_text("a letter", encoding="utf-8")
    one.press("Chọn tệp khác")
    one.sees("không phải dữ liệu của CCHC Desk")
    one.look("no-copy")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copy), ""))
    one.press("Chọn tệp khác")
    one.sees("Đăng nhập")
    one.look("log-in")
    one.comes_in("an")
    assert one.window.screens.at_work
    assert upkeep.verify_ledger(one.window.desk).problems == ()


@pytest.mark.sweep
def test_from_the_settings_by_mouse_with_the_drill_and_its_record(
    make_window: MakeWindow,
    folder: Path,
    qtbot: QtBot,
    accepted_since: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = Person(make_window, folder, qtbot, "settings")
    mouse = one.mouse
    one.comes_in("chi")
    if mouse.shows("điều phải để ý"):  # in large type
        mouse.click("điều phải để ý")
    one.sees("Chưa lần nào kiểm tra bản sao có khôi phục được không")
    one.look("today")
    mouse.click("Cài đặt")
    mouse.click("Dữ liệu, bản sao, phường tập huấn")
    one.look("data")
    mouse.click("Kiểm tra và sửa tệp")
    one.sees("Tệp dữ liệu lành")
    one.look("checked")
    mouse.click("Sao lưu ngay")
    one.sees("đọc lại thấy lành")
    mouse.click("Kiểm tra bản sao")
    one.look("record")
    record = tmp_path_factory.mktemp("papers") / "record.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(record), ""))
    mouse.click("Lưu PDF")
    mouse.click("Đóng")
    one.sees("Đã lưu")
    one.look("drilled")
    assert page_count(record.read_bytes()) == 1
    mouse.click("Hôm nay")
    assert not mouse.shows("kiểm tra bản sao")
    mouse.click("Cài đặt")
    mouse.click("Khôi phục bản sao")
    one.sees("Khôi phục bản này thì mất")
    one.look("restore")
    mouse.write_into("Mật khẩu", practice.PASSWORD)
    mouse.click("Khôi phục")
    one.sees("Đã khôi phục bản sao")
    one.comes_in("an")
    assert int(one.next_code()[-4:]) == int(accepted_since[-4:]) + 1


def test_a_drill_that_fails_is_told_with_the_next_step_until_one_succeeds(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    one = Person(make_window, folder, qtbot, "bad-copy")
    one.comes_in("chi")
    (copy,) = (folder / "backups").glob("*.db")
    content = bytearray(copy.read_bytes())
    content[5000] ^= 1
    copy.write_bytes(bytes(content))
    one.press("Cài đặt")
    one.screen.write("sao lưu")
    one.screen.key("Return")
    one.press("Kiểm tra bản sao")
    one.look("record")
    one.press("Đóng")
    one.sees("hãy sao lưu ngay (Alt+B) rồi kiểm tra lại (Alt+R)")
    one.look("failed")
    one.press("Hôm nay")
    if one.mouse.shows("điều phải để ý"):  # in large type
        one.mouse.click("điều phải để ý")
    one.sees("không đạt: F12, Dữ liệu, Alt+B sao lưu rồi Alt+R kiểm tra lại")
    one.look("today")
    one.press("Cài đặt")
    one.screen.write("sao lưu")
    one.screen.key("Return")
    one.press("Sao lưu ngay")
    one.sees("đọc lại thấy lành")
    one.press("Kiểm tra bản sao")
    one.press("Đóng")
    one.sees("mở được và khớp: 40 hồ sơ")
    one.press("Hôm nay")
    assert not one.mouse.shows("không đạt")
