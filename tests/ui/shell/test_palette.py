"""Ctrl+K finds dossiers, people, procedures and acts by a few letters; the key card tells every
key.
"""

import io

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.dossiers import progress
from tests.ui.conftest import log_in, press, write
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.intake.page import IntakePage
from ui.overdue.page import OverduePage
from ui.shell.palette import Palette
from ui.shell.window import Window

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
    window.lock()
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
        "F9 Tiếp nhận và in",
        "F9 Trả kết quả",
        "K Có kết quả",
        "Alt+B Bàn giao nhiều",
        "Ctrl+U Đổi người",
        "Ctrl+= Chữ to hơn",
        "Ctrl+D Đổi màu: sáng, tối, tương phản",
        "Ctrl+F1 Giới thiệu",
        "Alt+T Cá nhân hay tổ chức",
    ):
        assert told in text, text
