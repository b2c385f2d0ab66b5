"""Ctrl+K finds dossiers, people, procedures and acts by a few letters; the key card tells every
key.
"""

import io

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from tests.actions.conftest import make_intake
from tests.ui.conftest import log_in, press, write
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.intake.page import IntakePage
from ui.overdue.page import OverduePage
from ui.registers.page import RegistersPage
from ui.settings.page import SettingsPage
from ui.shell.palette.palette import Palette
from ui.shell.window import Window
from ui.widgets.tables.matched_text import MATCHED

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def palette(window: Window, typed: str = "") -> Palette:
    press(window, Qt.Key.Key_K, CTRL)
    shown = next(one for one in window.findChildren(Palette) if one.isVisible())
    write(shown.search, typed)
    shown.look_up()
    return shown


def lines(shown: Palette) -> list[str]:
    return [shown.list.item(row).text() for row in range(shown.list.count())]


def choose(shown: Palette, part: str) -> None:
    """Down to the line with `part`, and Enter, without leaving the field."""
    row = next(number for number, line in enumerate(lines(shown)) if part in line)
    for _ in range(row):
        QTest.keyClick(shown.search, Qt.Key.Key_Down)
    assert shown.focusWidget() is shown.search
    QTest.keyClick(shown.search, Qt.Key.Key_Return)


def test_a_dossier_is_opened_by_its_code_or_by_a_name_without_marks(window: Window) -> None:
    row = progress.find_dossiers(window.desk, limit=1)[0]
    for typed in (row.code, row.name.lower()):
        choose(palette(window, typed), f"Hồ sơ  ›  {row.code}")
        page = window.stack.currentWidget()
        assert isinstance(page, DossierPage)
        assert page.code == row.code
        window.open_page("today")


def test_a_dossier_has_the_short_name_of_its_procedure(window: Window) -> None:
    copies = make_intake(procedure="2.000815", limit="trong ngày")
    code = intake.accept_dossier(window.desk, copies).code
    found = next(line for line in lines(palette(window, code)) if code in line)
    assert found.endswith("Chứng thực bản sao")


def test_enter_right_behind_the_letters_takes_what_they_find(window: Window) -> None:
    row = progress.find_dossiers(window.desk, limit=1)[0]
    press(window, Qt.Key.Key_K, CTRL)
    shown = next(one for one in window.findChildren(Palette) if one.isVisible())
    write(shown.search, row.code)
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    page = window.stack.currentWidget()
    assert isinstance(page, DossierPage)
    assert page.code == row.code


def test_a_person_lists_all_that_is_theirs(window: Window) -> None:
    name = progress.find_dossiers(window.desk, limit=1)[0].name
    choose(palette(window, name), f"Người  ›  {name}")
    page = window.stack.currentWidget()
    assert isinstance(page, DossiersPage)
    assert {row.name for row in page.table.dossiers.rows} == {name}


def test_a_procedure_begins_an_intake(window: Window) -> None:
    choose(palette(window, "khai sinh"), "đăng ký khai sinh")
    page = window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    assert page.procedure.version is not None
    assert "khai sinh" in page.procedure.version.name


@pytest.mark.parametrize("typed", ["tre hen", "Trễ h"])
def test_a_page_is_an_act_with_its_key(window: Window, typed: str) -> None:
    shown = palette(window, typed)
    assert any("Trễ hẹn" in line and "F5" in line for line in lines(shown))
    choose(shown, "Trễ hẹn  ·  F5")
    assert isinstance(window.stack.currentWidget(), OverduePage)


def test_without_letters_it_tells_what_can_be_done_here(window: Window) -> None:
    told = lines(palette(window))
    assert any("Phiếu buổi sáng" in line and line.endswith("M") for line in told)
    assert any("Khóa" in line and line.endswith("Ctrl+L") for line in told)


def test_what_is_not_allowed_now_is_not_offered(window: Window) -> None:
    ready = next(row for row in progress.find_dossiers(window.desk) if row.returned and row.closed)
    window.open_dossier(ready.code)
    assert not any("Bàn giao  ·" in line for line in lines(palette(window, "ban giao")))


def test_esc_goes_back_and_nothing_found_says_what_to_try(window: Window) -> None:
    shown = palette(window, "zzzz")
    assert lines(shown) == ["Không thấy gì khớp; thử ít chữ hơn."]
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.isVisible()
    QTest.keyClick(shown.search, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_nothing_is_read_over_the_lock(window: Window) -> None:
    palette(window, "a")
    window.access.lock()
    assert not any(one.isVisible() for one in window.findChildren(Palette))
    log_in(window, "chi")
    assert not any(one.isVisible() for one in window.findChildren(Palette))


def test_the_key_card_tells_the_keys_of_every_page(window: Window) -> None:
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_K, ALT)
    shown = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    card = pypdf.PdfReader(io.BytesIO(shown.pdf))
    text = " ".join(" ".join(page.extract_text() for page in card.pages).split())
    assert len(card.pages) == 1
    assert "□" not in text
    for told in (
        "Ctrl+K Tìm mọi thứ",
        "F2 Tiếp nhận",
        "F7 Sổ sách",
        "Alt+6 Bỏ qua",
        "F9 Tiếp nhận và in",
        "F9 Trả kết quả",
        "K Có kết quả",
        "Alt+B Bàn giao",
        "Ctrl+U Đổi người",
        "Ctrl+= Chữ to hơn",
        "Ctrl+D Đổi màu: sáng, tối, tương phản",
        "Ctrl+F1 Giới thiệu",
        "Alt+T Cá nhân hay tổ chức",
    ):
        assert told in text, text


NAMED = (
    ("mat khau", "Cài đặt  ›  Đổi mật khẩu"),
    ("đổi mật khẩu", "Cài đặt  ›  Đổi mật khẩu"),
    ("xuat excel", "Trang  ›  Sổ sách"),
    ("in so", "Trang  ›  Sổ sách"),
    ("nguoi dung", "Cài đặt  ›  Thêm người dùng"),
    ("may in", "Cài đặt  ›  In trang thử máy in"),
    ("lich nghi", "Trang  ›  Lịch làm việc"),
    ("lich lam viec", "Trang  ›  Lịch làm việc"),
    ("sao luu", "Cài đặt  ›  Mở thư mục dữ liệu"),
    ("khoi phuc", "Cài đặt  ›  Mở thư mục dữ liệu"),
    ("ngon ngu", "Cài đặt  ›  Ngôn ngữ của cửa sổ"),
    ("co chu", "Cài đặt  ›  Cỡ chữ (%)"),
    ("dien thoai lien he", "Cài đặt  ›  Điện thoại liên hệ in trên giấy hẹn"),
    ("ten quay", "Cài đặt  ›  Tên quầy"),
    ("so theo doi", "Sổ  ›  Sổ theo dõi hồ sơ"),
    ("cong khai xin loi", "Sổ  ›  Công khai xin lỗi"),
    ("tap huan", "Trang  ›  Bài tập"),
    ("dau doc ma", "Trang  ›  Thử đầu đọc mã"),
    ("khai tu", "Tiếp nhận  ›  Thủ tục đăng ký khai tử"),
)


@pytest.mark.one_pc("copies of the file are among the commands")
def test_what_is_named_stands_first(window: Window) -> None:
    shown = palette(window)
    for typed, first in NAMED:
        shown.search.clear()
        write(shown.search, typed)
        shown.look_up()
        assert lines(shown)[0].startswith(first), typed


def test_a_setting_is_opened_at_its_field(window: Window) -> None:
    choose(palette(window, "dien thoai lien he"), "Điện thoại liên hệ")
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.focusWidget() is page.fields["hotline"]


def test_the_key_of_a_group_of_settings_brings_its_group(window: Window) -> None:
    choose(palette(window, "mat khau"), "Đổi mật khẩu")
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.stack.currentWidget() is page.password
    assert page.password.save_button.isVisible()


@pytest.mark.one_pc("copies of the file")
def test_the_last_copy_of_the_data_is_opened_with_its_hour(window: Window) -> None:
    choose(palette(window, "sao luu"), "Mở thư mục dữ liệu")
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.data.copy.isVisible()
    # The log-in is an entry since the ward's own copy: the window has made the next one.
    assert "desk-2026-11-23-100000.db" in page.data.copy.text()


def test_a_register_is_opened_at_its_book(window: Window) -> None:
    choose(palette(window, "so theo doi"), "Sổ theo dõi hồ sơ")
    page = window.stack.currentWidget()
    assert isinstance(page, RegistersPage)
    assert page.book.name == "Sổ theo dõi hồ sơ"


def test_a_sentence_of_the_help_is_opened_where_it_stands(window: Window) -> None:
    choose(palette(window, "sao luu"), "Trợ giúp  ›  Cài đặt")
    assert window.beside.help is not None
    assert window.beside.help.topic() == "settings"
    assert "sao lưu" in window.beside.help.text.textCursor().selectedText()


def test_alt_and_a_digit_take_the_line_with_that_number(window: Window) -> None:
    shown = palette(window, "ket hon")
    row = next(n for n, line in enumerate(lines(shown)) if line.endswith("đăng ký lại kết hôn"))
    assert shown.list.item(row).data(MATCHED).number == str(row + 1)
    shown.activateWindow()
    QApplication.processEvents()
    assert QApplication.focusWidget() is shown.search
    QTest.keyClick(shown.search, Qt.Key(Qt.Key.Key_1 + row), ALT)
    page = window.stack.currentWidget()
    assert isinstance(page, IntakePage)
    assert page.procedure.version is not None
    assert page.procedure.version.code == "1.004746"
