"""What a field of the intake page says and shows once it is left."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import press, write
from ui.intake.page import IntakePage
from ui.shell.window import Window

CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"
LONG = "Số 123/45/6 đường Nguyễn Văn Cừ nối dài, khu vực 3, phường An Bình, thành phố Cần Thơ"


@pytest.fixture
def page(window: Window) -> IntakePage:
    press(window, Qt.Key.Key_F2)
    opened = window.page("intake")
    assert isinstance(opened, IntakePage)
    return opened


def test_a_day_that_is_none_is_said_when_the_field_is_left(page: IntakePage) -> None:
    born = page.person.fields["born"]
    write(born, "31/02/1992")
    assert not page.person.errors["born"].isVisible()
    QTest.keyClick(born, Qt.Key.Key_Tab)
    assert "31/02/1992" in page.person.errors["born"].text()
    write(born, "")
    born.selectAll()
    write(born, "28/02/1992")
    assert not page.person.errors["born"].isVisible()


def test_an_hour_that_is_none_is_said_when_the_field_is_left(page: IntakePage) -> None:
    page.promise.late.toggle()
    write(page.promise.received_time, "27/11")
    QTest.keyClick(page.promise.received_time, Qt.Key.Key_Tab)
    assert "14:05" in page.promise.errors["received"].text()


@pytest.mark.parametrize(
    ("number", "is_doubtful"),
    [
        ("12345678", True),
        ("0100109106", False),
        ("0100109106-001", False),
        ("092190001234", False),
        ("", False),
    ],
)
def test_a_tax_code_of_no_known_shape_is_doubted_when_the_field_is_left(
    page: IntakePage, number: str, is_doubtful: bool
) -> None:
    page.person.switch_kind()
    write(page.person.fields["id_number"], number)
    QTest.keyClick(page.person.fields["id_number"], Qt.Key.Key_Tab)
    assert ("Mã số thuế" in page.person.notes.warnings.text()) is is_doubtful


def test_the_submitters_phone_is_doubted_like_the_owners(page: IntakePage) -> None:
    page.person.submitter.toggle()
    write(page.person.fields["submitter_phone"], "12345")
    QTest.keyClick(page.person.fields["submitter_phone"], Qt.Key.Key_Tab)
    assert "12345" in page.person.notes.warnings.text()


def test_a_long_text_shows_its_beginning_once_it_is_left(page: IntakePage) -> None:
    address = page.person.fields["address"]
    write(address, LONG)
    QTest.keyClick(address, Qt.Key.Key_Tab)
    assert address.cursorPosition() == 0
    press(page.shell, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)  # type: ignore[arg-type]
    assert address.selectedText() == LONG  # by Tab the whole is chosen, as before


def test_who_comes_back_to_a_field_goes_on_where_they_were(page: IntakePage) -> None:
    """A question, a dialog or the lock took the focus: the next letter is not the first."""
    address = page.person.fields["address"]
    write(address, LONG)
    address.setCursorPosition(9)
    page.person.fields["phone"].setFocus()
    address.setFocus()
    assert address.cursorPosition() == 9
    page.person.fields["phone"].setFocus()
    address.setText("12 Trần Phú")
    address.setFocus()
    write(address, "ng")
    assert address.text() == "12 Trần Phúng"


def test_a_click_puts_the_cursor_where_it_is(page: IntakePage) -> None:
    address = page.person.fields["address"]
    write(address, LONG)
    page.person.fields["phone"].setFocus()
    QApplication.processEvents()
    QTest.mouseClick(address, Qt.MouseButton.LeftButton, pos=QPoint(12, address.height() // 2))
    assert address.cursorPosition() <= 2


def test_name_and_address_are_wide(window: Window, page: IntakePage) -> None:
    window.resize(1366, 768)
    QApplication.processEvents()
    assert page.person.fields["name"].width() >= 320
    assert page.person.fields["address"].width() >= 320


def test_while_the_card_is_asked_about_nothing_typed_goes_into_a_field(
    window: Window, page: IntakePage
) -> None:
    name = page.person.fields["name"]
    write(name, "Trần Văn Đức")
    window.scanned(CARD)
    assert page.question.isVisible()
    QTest.keyClicks(window.focusWidget() or window, "ho ngheo")
    assert page.question.isVisible()
    assert name.text() == "Trần Văn Đức"
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
    assert name.hasFocus()
    window.scanned(CARD)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.person.fields["submitter_name"].text() == "Nguyễn Thị Ánh Đào"
    assert page.procedure.search.hasFocus()
