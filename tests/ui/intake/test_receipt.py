"""A receipt of another system pasted on the intake page: it fills the form, or says why not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.domain.lists.watched import Difference
from tests.actions.lists.test_receipts import CODE, FORM
from tests.actions.lists.test_receipts import page as receipt
from tests.ui.conftest import press, write
from ui.documents.printing import PreviewDialog
from ui.intake.page import IntakePage
from ui.shell.window import Window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: Window) -> IntakePage:
    press(window, Qt.Key.Key_F2)
    found = window.page("intake")
    assert isinstance(found, IntakePage)
    return found


def copied(text: str) -> None:
    QApplication.clipboard().setText(text)


def test_ctrl_v_in_an_empty_form_fills_it_and_marks_what_was_filled(
    window: Window, page: IntakePage
) -> None:
    assert page.person.fields["name"].hasFocus()
    copied(receipt())
    press(window, Qt.Key.Key_V, CTRL)
    form = page.form()
    assert (form.name, form.phone) == ("LÊ THỊ BƯỞI", "0905389330")
    assert (form.procedure, form.portal_code) == ("1.001193", CODE)
    assert (form.received_day, form.received_time) == ("04/11/2026", "10:56")
    assert CODE in page.receipt.said.text()
    assert "01/12/2026" in page.receipt.said.text()
    name = page.person.fields["name"]
    assert name.property("filled")
    assert name.accessibleDescription() == "Điền theo biên nhận"
    assert not page.person.fields["email"].property("filled")
    assert page.person.fields["id_number"].hasFocus()  # which the receipt does not give
    name.setFocus()
    QTest.keyClicks(name, "x")
    assert not name.property("filled")
    press(window, Qt.Key.Key_N, CTRL)
    assert page.form().is_empty
    assert page.receipt.isHidden()


def test_ctrl_z_takes_the_receipt_out_again(window: Window, page: IntakePage) -> None:
    copied(receipt())
    press(window, Qt.Key.Key_V, CTRL)
    assert f"Đã điền từ biên nhận {CODE}" in window.notices.text
    press(window, Qt.Key.Key_Z, CTRL)
    assert page.form().is_empty


def test_other_text_is_pasted_as_ever(window: Window, page: IntakePage) -> None:
    copied("Nguyễn Thị\nÁnh Đào")
    press(window, Qt.Key.Key_V, CTRL)
    assert page.person.fields["name"].text().startswith("Nguyễn Thị")
    assert page.form().receipt == ""


def test_a_form_that_is_begun_is_not_written_over_and_ctrl_r_makes_a_new_page(
    window: Window, page: IntakePage
) -> None:
    write(page.person.fields["name"], "Trần Văn Bảy")
    copied(receipt())
    press(window, Qt.Key.Key_V, ALT)
    assert page.form().name == "Trần Văn Bảy"
    assert "Trang này đang gõ dở" in window.notices.text
    press(window, Qt.Key.Key_R, CTRL)
    assert page.form().name == "LÊ THỊ BƯỞI"
    QTest.mouseClick(window.notices._undo_button, Qt.MouseButton.LeftButton)
    assert page.form().name == "Trần Văn Bảy"


def test_the_button_pastes_by_the_mouse(window: Window, page: IntakePage) -> None:
    copied(FORM.replace("khai sinh", "việc chưa ai biết"))
    QTest.mouseClick(page.receipt.button, Qt.MouseButton.LeftButton)
    form = page.form()
    assert (form.name, form.email) == ("Lê Thị Bưởi", "buoi@example.vn")
    assert form.id_number == ""  # only where it is wished
    assert form.procedure == ""
    assert "hãy tìm và chọn" in window.notices.text


@pytest.mark.parametrize("text", ["", "xin chào", receipt(due="01/10/2026")])
def test_what_cannot_be_read_says_what_to_do_and_changes_nothing(
    window: Window, page: IntakePage, text: str
) -> None:
    copied(text)
    press(window, Qt.Key.Key_V, ALT)
    assert "Hãy" in window.notices.text
    assert page.form().is_empty
    assert QApplication.clipboard().text() == text


def test_a_receipt_pasted_into_the_first_field_that_cannot_be_read_is_not_typed_there(
    window: Window, page: IntakePage
) -> None:
    copied(receipt(due="01/10/2026"))
    press(window, Qt.Key.Key_V, CTRL)
    assert "trước ngày tiếp nhận" in window.notices.text
    assert page.form().is_empty


def test_it_is_taken_in_with_its_source_and_the_other_due_moment_is_said(
    window: Window, page: IntakePage
) -> None:
    copied(receipt())
    press(window, Qt.Key.Key_V, CTRL)
    limit = page.procedure.limit
    limit.setFocus()
    limit.setEditText("3 ngày làm việc")
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F9)
    (found,) = progress.find_dossiers(window.desk, "LÊ THỊ BƯỞI")
    view = progress.show_dossier(window.desk, found.code)
    assert view.receipt.startswith("Mã số hồ sơ: H57")
    assert [one.what for one in view.disagreements] == [Difference.DUE]
    assert page.receipt.isHidden()
    (shown,) = window.findChildren(PreviewDialog)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    copied(receipt())  # once more: it is here
    QTest.mouseClick(page.receipt.button, Qt.MouseButton.LeftButton)
    assert f"đã có ở đây: {found.code}" in window.notices.text
    assert page.form().is_empty
    QTest.mouseClick(window.notices._button, Qt.MouseButton.LeftButton)
    assert window.frame.current == "dossier"


def test_a_draft_keeps_what_it_was_filled_in_from(window: Window, page: IntakePage) -> None:
    copied(receipt())
    press(window, Qt.Key.Key_V, CTRL)
    page.leaving()
    kept = intake.load_draft(window.desk)
    assert kept is not None
    assert kept["receipt"].startswith("Mã số hồ sơ")
    form = page.form()
    page.show_form(type(form)())
    assert page.receipt.isHidden()
    page.show_form(form)
    assert CODE in page.receipt.said.text()
    assert page.person.fields["name"].property("filled")
