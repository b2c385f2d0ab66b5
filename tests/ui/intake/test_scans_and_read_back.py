"""A scan goes where it was aimed, a question takes all keys, and what is unusual is read back."""

from dataclasses import replace
from itertools import count

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cchc_desk.session import Desk
from tests.ui.intake.test_intake_page import (
    CARD,
    COPY_FROM_BOOK,
    DUE,
    HIS_CARD,
    Hands,
    Key,
    become,
    commit,
    dossiers_of,
    focus,
)
from tests.ui.intake.test_intake_page import counter as counter
from tests.ui.intake.test_intake_page import desk as desk
from tests.ui.intake.test_intake_page import open_page as open_page
from tests.ui.intake.test_intake_page import page as page
from tests.ui.intake.test_intake_page import press as press
from tests.ui.intake.test_intake_page import said as said
from tests.ui.intake.test_intake_page import ward as ward
from ui.intake.page import IntakePage
from ui.widgets.keys.scanner import ScannerFilter

pytestmark = pytest.mark.usefixtures("straight_away")
HER_CARD = HIS_CARD.replace("092090001235", "092195001236").replace("Trần Văn Đức", "Lê Thị Cả")


def burst(qapp: QApplication, page: IntakePage, text: str) -> None:
    """Types as a scanner does, 5 ms a letter, wherever the focus is."""
    ticks = count(step=5)
    scanner = ScannerFilter(qapp, lambda: float(next(ticks)))
    scanner.scanned.connect(page.scanned)
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(focus(page), letter)
        else:
            commit(focus(page), letter)
    QTest.keyClick(focus(page), Key.Key_Return)
    QApplication.processEvents()
    scanner.stop()


def bring(page: IntakePage, pages: int, copies: int) -> None:
    """Ticks the first paper of a certification with these counts."""
    ticks = page.procedure.papers.ticks
    ticks.put(0, replace(ticks.ticks[0], ticked=True, original=pages, certified=copies, copy=0))


# --- where a scan goes


def test_a_scan_in_the_submitters_fields_fills_the_submitter(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    page.scanned(CARD)
    press.alt(Key.Key_N)
    page.scanned(HIS_CARD)
    assert page.question.isHidden()
    form = page.form()
    assert (form.name, form.submitter_name, form.submitter_id_number) == (
        "Nguyễn Thị Ánh Đào",
        "Trần Văn Đức",
        "092090001235",
    )
    assert focus(page) is page.person.fields["submitter_phone"]
    press.type("0912345678")
    press(Key.Key_Return)
    assert focus(page) is page.person.fields["submitter_relation"]
    press.type("chồng")
    press(Key.Key_Return)
    assert focus(page) is page.procedure.search
    press.type("ban sao")
    form = page.form()
    assert (form.submitter_name, form.submitter_phone, form.submitter_relation) == (
        "Trần Văn Đức",
        "0912345678",
        "chồng",
    )


@pytest.mark.parametrize(
    ("filled", "then"),
    [
        (("submitter_phone",), "submitter_relation"),
        (("submitter_relation",), "submitter_phone"),
        (("submitter_phone", "submitter_relation"), "procedure"),
    ],
)
def test_a_scanned_submitter_is_asked_for_what_the_card_does_not_say(
    page: IntakePage, press: Hands, filled: tuple[str, ...], then: str
) -> None:
    page.scanned(CARD)
    press.alt(Key.Key_N)
    for name in filled:
        page.person.fields[name].setFocus()
        press.type("0912345678" if name == "submitter_phone" else "vợ")
    page.scanned(HIS_CARD)
    assert focus(page) is {**page.person.fields, "procedure": page.procedure.search}[then]


def test_the_submitter_first_then_the_owner(page: IntakePage, press: Hands) -> None:
    press.alt(Key.Key_N)
    page.scanned(HIS_CARD)
    assert (page.form().name, page.form().submitter_name) == ("", "Trần Văn Đức")
    assert focus(page) is page.person.fields["name"]
    page.scanned(CARD)
    assert page.form().name == "Nguyễn Thị Ánh Đào"
    assert page.form().submitter_name == "Trần Văn Đức"


def test_another_submitter_takes_neither_phone_nor_name_of_the_one_before(
    page: IntakePage, press: Hands
) -> None:
    page.scanned(CARD)
    press.alt(Key.Key_N)
    page.scanned(HIS_CARD)
    page.person.fields["submitter_phone"].setFocus()
    press.type("0912345678")
    page.scanned(HER_CARD)
    assert (page.form().submitter_name, page.form().submitter_phone) == ("Lê Thị Cả", "")
    press.alt(Key.Key_Z)
    assert (page.form().submitter_name, page.form().submitter_phone) == (
        "Trần Văn Đức",
        "0912345678",
    )


def test_the_owners_card_among_the_submitters_fields_is_the_owners(
    page: IntakePage, press: Hands
) -> None:
    page.scanned(CARD)
    press.alt(Key.Key_N)
    page.scanned(CARD)
    assert page.form().submitter_name == ""


def test_a_slow_scan_in_the_submitters_field_is_the_submitters(
    page: IntakePage, press: Hands
) -> None:
    page.scanned(CARD)
    press.alt(Key.Key_N)
    press.type(HIS_CARD)
    press(Key.Key_F9)
    assert page.question.isHidden()
    assert page.form().submitter_name == "Trần Văn Đức"


# --- the question


def test_keys_go_to_nothing_but_the_question(page: IntakePage, press: Hands) -> None:
    page.scanned(CARD)
    page.person.fields["phone"].setFocus()
    press.type("0912")
    page.scanned(HIS_CARD)
    before = page.form()
    press.type("ho ngheo 1")
    press(Key.Key_Return, Key.Key_Tab, Key.Key_Backspace, Key.Key_F9, Key.Key_F8)
    press.alt(Key.Key_T)
    press.alt(Key.Key_N)
    press.alt(Key.Key_M)
    press.ctrl(Key.Key_N)
    assert page.form() == before
    assert page.question.isVisible()
    assert not page.question.first.isHidden()
    press(Key.Key_Escape)
    assert page.question.isHidden()
    press.type("345678")
    assert page.form().phone == "0912345678"


@pytest.mark.parametrize("key", [Key.Key_1, Key.Key_2])
def test_after_the_answer_typing_goes_to_the_procedure(
    page: IntakePage, press: Hands, key: Key
) -> None:
    page.scanned(CARD)
    page.person.fields["name"].setFocus()
    page.scanned(HIS_CARD)
    press.alt(key)
    press.type("ban sao")
    form = page.form()
    assert {form.name, form.submitter_name} <= {"Nguyễn Thị Ánh Đào", "Trần Văn Đức", ""}
    assert page.procedure.search.text() == "ban sao"


def test_a_burst_while_the_question_stands_is_refused_with_a_sentence_and_never_typed(
    page: IntakePage, press: Hands, qapp: QApplication, said: list[str]
) -> None:
    page.scanned(CARD)
    page.scanned(HIS_CARD)
    before = page.form()
    burst(qapp, page, HER_CARD)
    assert page.form() == before
    assert "Chưa nhận thẻ của Lê Thị Cả" in said[-1]
    assert "Trần Văn Đức" in said[-1]
    press.alt(Key.Key_2)
    assert page.form().submitter_name == "Trần Văn Đức"


def test_the_cursor_stands_behind_what_a_scan_or_a_draft_wrote(
    page: IntakePage, press: Hands
) -> None:
    page.scanned(CARD)
    page.person.fields["name"].setFocus()
    press.type("!")
    assert page.form().name == "Nguyễn Thị Ánh Đào!"


# --- who may, and what is read back


def test_who_may_not_take_in_is_told_at_the_top_at_once(
    page: IntakePage, press: Hands, desk: Desk, said: list[str]
) -> None:
    assert page.role.isHidden()
    become(desk, "binh")
    page.official_changed()
    assert "người tiếp nhận hoặc lãnh đạo" in page.role.text()
    assert page.role.isVisible()
    press(Key.Key_F9)
    assert "người tiếp nhận hoặc lãnh đạo" in said[-1]
    become(desk, "an")
    page.official_changed()
    assert page.role.isHidden()
    assert page.accept_button.isEnabled()


def test_copies_channel_submitter_and_late_entry_are_read_back(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    page.scanned(CARD)
    press.alt(Key.Key_N)
    page.scanned(HIS_CARD)
    page.person.fields["submitter_relation"].setFocus()
    press.type("vợ")
    press.choose(COPY_FROM_BOOK)
    bring(page, pages=1, copies=4)
    page.promise.channel.setCurrentIndex(2)
    press.alt(Key.Key_M)
    press.type("8h30")
    press(Key.Key_F9)
    shown = page.accept_bar.read_back.text()
    assert "Bà Nguyễn Thị Ánh Đào, người nộp Trần Văn Đức (vợ), nộp qua bưu chính «" in shown
    assert "1 giấy tờ (4 bản), 1 bộ, nhận lúc 8 giờ 30 thứ Hai 23/11/2026, hẹn trả" in shown


def test_the_copies_and_the_fee_of_a_certification_are_read_back(
    page: IntakePage, press: Hands
) -> None:
    page.scanned(CARD)
    press.choose("2.000815")
    if focus(page) is not page.procedure.papers:
        press.type("trong ngay")
        press(Key.Key_Return)
    bring(page, pages=2, copies=20)
    press(Key.Key_F9)
    assert "«Chứng thực bản sao», 1 giấy tờ (20 bản)" in page.accept_bar.read_back.text()
    assert page.accept_bar.read_back.text().endswith(", phải thu 80.000 đ.")


def test_what_is_usual_is_not_told(page: IntakePage, press: Hands, desk: Desk) -> None:
    page.scanned(CARD)
    press.choose(COPY_FROM_BOOK)
    press.type("1")
    press(Key.Key_F9)
    assert page.accept_bar.read_back.text().endswith(f"1 giấy tờ, 1 bộ, hẹn trả {DUE}.")
    press(Key.Key_F9)
    assert len(dossiers_of(desk)) == 1
