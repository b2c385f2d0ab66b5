"""Encrypted, given a new key, kept on a stick, and recovered, by who only reads the screen."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import copies, opening, protection, upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.people import recovery
from cchc_desk.actions.training import practice
from cchc_desk.domain.copies import Reason
from cchc_desk.domain.people import recovery_code
from cchc_desk.store.engine import copies as copies_of_folder
from cchc_desk.store.engine import encryption
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import MONDAY, MakeWindow
from tests.ui.days.pictures import Person

CODE = r"(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}"
NEW = "mưa rào tháng bảy"


def open_group(one: Person, words: str) -> None:
    one.mouse.click("Cài đặt")
    one.mouse.click(words)


@pytest.mark.one_pc("encryption of the file")
@pytest.mark.sweep
def test_a_plain_desk_is_encrypted_its_sheet_printed_its_key_changed_and_made_plain_again(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    one = Person(make_window, folder, qtbot, "encrypt")
    screen = one.screen
    before = int(one.next_code()[-4:])
    one.comes_in("dung")
    open_group(one, "Bảo vệ dữ liệu trên đĩa")
    one.sees("Không mã hóa: ai lấy được tệp đều đọc được")
    one.look("plain")
    one.press("Mã hóa dữ liệu")
    one.look("question")
    screen.key("F9")
    one.sees("Đã mã hóa (AES-256)")
    one.sees("Chưa có: mất máy này là mất dữ liệu")
    one.look("encrypted")
    one.press("In phiếu khôi phục")
    one.look("sheet-question")
    one.press("Làm phiếu mới")
    code = screen.find(CODE)
    one.look("sheet")
    one.press("In ra giấy")
    one.look("sheet-paper")
    one.press("Đóng")
    one.press("Đã xong")
    one.sees("Phiếu in gần nhất mở được dữ liệu trên máy khác")
    assert int(one.next_code()[-4:]) == before + 1
    become(one.window.desk, "dung")
    one.press("Đổi khóa mã hóa")
    one.look("rekey-question")
    screen.key("F9")
    one.sees("bản sao cũng được mã hóa lại")
    one.look("rekeyed")
    protection.unlock_file(folder / "desk.db", code)  # raises for a sheet that opens nothing
    one.press("Bỏ mã hóa")
    one.look("decrypt-question")
    one.press("Thôi")
    assert encryption.is_encrypted(one.window.desk.database.file)
    assert all(encryption.is_encrypted(copy) for copy in (folder / "backups").glob("*.db"))
    assert int(one.next_code()[-4:]) == before + 2
    become(one.window.desk, "dung")
    one.press("Bỏ mã hóa")
    screen.key("F9")
    one.sees("Không mã hóa: ai lấy được tệp đều đọc được")
    assert one.mouse.focused().startswith("Mã hóa dữ liệu")
    one.look("plain-again")
    assert not encryption.is_encrypted(one.window.desk.database.file)
    assert int(one.next_code()[-4:]) == before + 3


@pytest.mark.one_pc("encryption of the file")
@pytest.mark.sweep
def test_a_copy_made_before_the_key_was_changed_is_put_back(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    with closing(opening.open_desk(folder, lambda: MONDAY)) as desk:
        become(desk, "dung")
        copies.copy_now(desk, Reason.UPGRADE)  # one that nothing thins out
    one = Person(make_window, folder, qtbot, "rekey-restore")
    one.comes_in("dung")
    open_group(one, "Bảo vệ dữ liệu trên đĩa")
    one.press("Mã hóa dữ liệu")
    one.screen.key("F9")
    one.sees("Đã mã hóa (AES-256)")
    one.next_code()
    become(one.window.desk, "dung")
    one.press("Đổi khóa mã hóa")
    one.screen.key("F9")
    one.sees("bản sao cũng được mã hóa lại")
    accepted = int(one.next_code()[-4:])
    become(one.window.desk, "dung")
    one.mouse.click("Dữ liệu, bản sao, phường tập huấn")
    one.press("Khôi phục bản sao")
    one.screen.key("End")
    one.sees("tiếp nhận hồ sơ: 2")
    one.sees("Phạm Tiến Dũng – quản trị")  # who asked for it
    one.look("chosen")
    one.screen.key("Return")
    one.screen.write(practice.PASSWORD)
    one.press("Khôi phục")
    one.sees("Đã khôi phục bản sao")
    one.look("done")
    one.comes_in("an")
    assert one.window.screens.at_work
    assert encryption.is_encrypted(one.window.desk.database.file)
    assert int(one.next_code()[-4:]) == accepted + 1


@pytest.mark.one_pc("copies of the file")
@pytest.mark.sweep
def test_a_second_place_is_chosen_missed_found_again_and_left(
    make_window: MakeWindow,
    folder: Path,
    qtbot: QtBot,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path_factory.mktemp("stick")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    one = Person(make_window, folder, qtbot, "second-place")
    screen = one.screen
    one.comes_in("chi")
    open_group(one, "Dữ liệu, bản sao, phường tập huấn")
    one.sees("ổ đĩa này hỏng thì mất cả bản sao")
    assert not screen.shows("Thôi nơi thứ hai")
    one.press("Chọn nơi thứ hai")
    one.sees("Cả ở nơi thứ hai")
    one.look("chosen")
    away = stick.rename(stick.with_name("away"))
    one.press("Sao lưu ngay")
    one.sees("Nơi thứ hai chưa cắm")
    one.look("absent")
    one.mouse.click("Bảo vệ dữ liệu trên đĩa")
    one.press("Mã hóa dữ liệu")
    screen.key("F9")
    one.sees("chưa cắm nên bản sao ở đó vẫn như cũ")
    one.look("encrypted-without-it")
    away.rename(stick)
    one.mouse.click("Dữ liệu, bản sao, phường tập huấn")
    assert not one.mouse.shows("chưa cắm;")
    one.mouse.click("Bảo vệ dữ liệu trên đĩa")
    one.sees("1 bản sao ai cũng đọc được")
    one.look("plain-copy")
    one.press("Mã hóa bản sao")
    one.sees("Bản sao của quầy đều được mã hóa")
    assert all(encryption.is_encrypted(copy) for copy in stick.glob("*.db"))
    one.mouse.click("Dữ liệu, bản sao, phường tập huấn")
    one.press("Sao lưu ngay")
    one.sees("Cả ở nơi thứ hai")
    one.look("back-again")
    place = copies.second_place(one.window.desk)
    assert place is not None
    assert place.newest is not None
    assert place.newest.dossiers == 40
    assert copies_of_folder.read_copy(place.newest.file, one.window.desk.id).is_sound
    one.press("Thôi nơi thứ hai")
    one.sees("Không chép sang nơi thứ hai nữa")
    one.look("left")
    before = len(list(stick.iterdir()))
    one.press("Sao lưu ngay")
    assert len(list(stick.iterdir())) == before


def sheet_of(one: Person) -> str:
    """Print a sheet as the administrator, lock, and return its code."""
    one.comes_in("dung")
    open_group(one, "Người dùng của quầy")
    one.mouse.click("Phiếu khôi phục")
    one.press("Làm phiếu mới")
    code = one.screen.find(CODE)
    one.press("Đã xong")
    one.press("Khóa")
    return code


def test_a_lost_administrator_is_recovered_by_the_leader_and_the_sheet(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    one = Person(make_window, folder, qtbot, "recover")
    screen = one.screen
    code = sheet_of(one)
    one.sees("Màn hình đã khóa")
    one.look("locked")
    one.press("Mất quyền quản trị")
    one.look("asked")
    one.press("Cấp mật khẩu mới")
    one.sees("Lê Mai Chi hãy tự gõ mật khẩu của mình.")
    one.look("no-password")
    screen.write(practice.PASSWORD)
    one.press("Cấp mật khẩu mới")
    one.sees("Cần lãnh đạo cùng một người nữa")
    one.look("not-enough")
    screen.write_into("Mã trên phiếu khôi phục", code.replace("-", " ").lower())
    one.press("Cấp mật khẩu mới")
    one.sees("Mật khẩu dùng một lần của Phạm Tiến Dũng")
    one.sees("Phiếu vừa dùng hết giá trị")
    one.look("answered")
    once = screen.find(r"(?:[0-9a-z]{4}-){3}[0-9a-z]{4}|[0-9a-z]{16}")
    assert screen.find(CODE) != code
    one.press("In mật khẩu")
    one.look("slip")
    one.press("Đóng")
    one.press("In phiếu mới")
    one.look("new-sheet")
    one.press("Đóng")
    one.press("Quay lại đăng nhập")
    one.comes_in("dung", once)
    one.look("must-change")
    screen.write(NEW)
    screen.key("Return")
    screen.write(NEW)
    screen.key("Return")
    assert one.window.screens.at_work
    one.look("at-work")
    become(one.window.desk, "chi")
    assert upkeep.verify_ledger(one.window.desk).problems == ()


def test_a_new_administrator_is_named_by_the_leader_and_another_without_a_sheet(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    one = Person(make_window, folder, qtbot, "two-people")
    screen = one.screen
    one.press("Mất quyền quản trị")
    screen.write(practice.PASSWORD)  # the leader is chosen already
    screen.go_to("Người thứ hai")
    screen.choose("Trần Quốc Bình")
    screen.key("Tab")
    screen.write(practice.PASSWORD)
    screen.go_to("Cấp mật khẩu cho")
    screen.choose("một người quản trị mới")
    one.look("new-one")
    one.press("Cấp mật khẩu mới")
    one.sees("Hãy nhập họ tên của người dùng")
    one.look("no-name")
    screen.write("Võ Thị Én")
    one.press("Cấp mật khẩu mới")
    one.sees("Mật khẩu dùng một lần của Võ Thị Én")
    assert not screen.shows("In phiếu mới")
    one.look("answered")
    once = screen.find(r"(?:[0-9a-z]{4}-){3}[0-9a-z]{4}")
    one.press("Quay lại đăng nhập")
    one.sees("Võ Thị Én – quản trị")
    one.look("chosen-already")
    screen.write(once)
    screen.key("Return")
    one.sees("Đặt mật khẩu của bạn")
    screen.write(NEW)
    screen.key("Return")
    screen.write(NEW)
    screen.key("Return")
    assert one.window.screens.at_work
    one.look("at-work")
    one.next_code()


def test_two_who_do_not_lead_need_the_sheet(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    one = Person(make_window, folder, qtbot, "two-clerks")
    code = sheet_of(one)
    one.press("Mất quyền quản trị")
    one.sees("Hai người không có phiếu và không có lãnh đạo thì không được")
    one.mouse.choose("Người thứ nhất", "Nguyễn Thị Hoài An")
    one.mouse.choose("Người thứ hai", "Trần Quốc Bình")
    for field in one.window.screens.currentWidget().passwords:  # type: ignore[union-attr]
        field.setFocus()
        one.screen.write(practice.PASSWORD)
    one.press("Cấp mật khẩu mới")
    one.sees("Cần lãnh đạo cùng một người nữa")
    one.look("refused")
    one.screen.write_into("Mã trên phiếu khôi phục", code)
    one.press("Cấp mật khẩu mới")
    one.sees("Mật khẩu dùng một lần của Phạm Tiến Dũng")


@pytest.mark.one_pc("encryption of the file")
def test_an_encrypted_copy_on_a_stick_is_opened_on_a_new_computer_by_the_sheet(
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick, code = tmp_path_factory.mktemp("stick"), recovery_code.new_code()
    desk = practice.make_practice_ward(tmp_path_factory.mktemp("old"), 1, encrypt=True)
    assert protection.hold_by_sheet(desk.folder, code)
    become(desk, "dung")
    copies.choose_second_place(desk, stick)
    copy = copies.copy_now(desk).second_file
    desk.close()
    another = tmp_path_factory.mktemp("another computer")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(another))
    monkeypatch.setattr(encryption, "_known", [])
    monkeypatch.setattr(encryption, "_of_file", {})
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copy), ""))
    one = Person(make_window, another / "desk", qtbot, "stick-and-sheet")
    one.press("Mở dữ liệu có sẵn hoặc bản sao")
    one.press("Chọn tệp khác")
    one.sees("Đã mã hóa: cần mã trên phiếu khôi phục")
    assert not one.mouse.shows("Không thấy dữ liệu nào")
    one.look("asked")
    one.screen.write(recovery_code.new_code())
    one.screen.key("Return")
    one.sees("hãy dùng phiếu khôi phục in gần nhất")
    one.look("refused")
    one.screen.key("Ctrl+A")
    one.screen.write(code.lower())
    one.press("Mở dữ liệu này")
    one.sees("Đăng nhập")
    one.comes_in("an")
    assert one.window.screens.at_work
    assert encryption.is_encrypted(one.window.desk.database.file)
    one.next_code()


@pytest.mark.one_pc("encryption of the file")
def test_the_folder_itself_is_opened_on_another_computer_by_the_sheet(
    make_window: MakeWindow,
    folder: Path,
    qtbot: QtBot,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(opening.open_desk(folder, lambda: MONDAY)) as desk:
        become(desk, "dung")
        protection.encrypt(desk)
        code = recovery.new_sheet(desk).code
        become(desk, "an")
        accepted = intake.accept_dossier(desk, make_intake()).code
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("another computer")))
    monkeypatch.setattr(encryption, "_known", [])
    monkeypatch.setattr(encryption, "_of_file", {})
    one = Person(make_window, folder, qtbot, "unlock")
    one.sees("Chưa mở được dữ liệu của quầy")
    one.sees("Hãy nhập mã trên phiếu khôi phục in gần nhất")
    one.look("asked")
    one.screen.write(code[:-1])
    one.screen.key("Return")
    one.sees("Nhóm thứ 8")
    one.look("a-letter-short")
    one.screen.key("Ctrl+A")
    one.screen.write(code.replace("-", "").lower())
    one.screen.key("Return")
    one.sees("Đăng nhập")
    one.look("log-in")
    one.comes_in("an")
    assert one.window.screens.at_work
    one.look("at-work")
    assert int(one.next_code()[-4:]) == int(accepted[-4:]) + 1
