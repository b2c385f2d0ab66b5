"""Whom the desk knows is offered and taken by a key; nothing typed is changed but by a key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.session import Desk
from tests.actions.conftest import COMPANY
from tests.ui.intake.test_intake_page import CARD, COPY_FROM_BOOK, Hands, Key, focus
from tests.ui.intake.test_intake_page import counter as counter
from tests.ui.intake.test_intake_page import desk as desk
from tests.ui.intake.test_intake_page import open_page as open_page
from tests.ui.intake.test_intake_page import page as page
from tests.ui.intake.test_intake_page import press as press
from tests.ui.intake.test_intake_page import ward as ward
from ui.intake.form import IntakeForm
from ui.intake.page import IntakePage

pytestmark = pytest.mark.usefixtures("straight_away")
NUMBER = "092190001234"
DAO = Applicant(
    ApplicantKind.PERSON,
    "Nguyễn Thị Ánh Đào",
    NUMBER,
    sex="Nữ",
    address="12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",
    phone="0912345678",
)


def accept(desk: Desk, who: Applicant = DAO, procedure: str = COPY_FROM_BOOK) -> None:
    intake.accept_dossier(desk, Intake(procedure, who, limit="1 ngày làm việc"))


def go_to(page: IntakePage, name: str) -> QLineEdit:
    field = page.person.fields[name]
    field.setFocus()
    return field


def value(page: IntakePage, name: str) -> str:
    return page.person.fields[name].text()


# --- a number


def test_a_known_number_and_enter_bring_everything_and_the_last_procedure_is_a_key_away(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk, procedure="1.001193")
    accept(desk)
    go_to(page, "id_number")
    press.type(NUMBER)
    assert "Đang có: Nguyễn Thị Ánh Đào · 12 Nguyễn Trãi" in page.person.offer.words.text()
    assert value(page, "name") == ""
    press(Key.Key_Return)
    form = page.form()
    assert (form.name, form.address, form.phone, form.sex) == (
        DAO.name,
        DAO.address,
        DAO.phone,
        "Nữ",
    )
    assert focus(page) is page.procedure.search
    press.alt(Key.Key_P)
    assert page.procedure.version is not None
    assert page.procedure.version.code == COPY_FROM_BOOK
    press.alt(Key.Key_P)
    assert page.procedure.version.code == "1.001193"


def test_enter_goes_on_as_ever_once_something_is_typed_and_the_offer_stays_a_key_away(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    go_to(page, "id_number")
    press.type(NUMBER)
    go_to(page, "address")
    press.type("5 Ngô Quyền")
    press(Key.Key_Return)
    assert focus(page) is page.person.fields["phone"]
    assert value(page, "name") == ""
    press.alt(Key.Key_L)
    assert value(page, "name") == DAO.name
    assert value(page, "address") == "5 Ngô Quyền"  # typed by the clerk: newer than the desk's


def test_what_was_taken_is_said_and_taken_out_again_by_one_key(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    press.type("dao")
    go_to(page, "id_number")
    press.type(NUMBER)
    press(Key.Key_Return)
    assert page.person.filled.words.text() == "Máy điền theo sổ của quầy, số định danh."
    press.alt(Key.Key_Z)
    form = page.form()
    assert (form.name, form.id_number, form.address, form.phone, form.sex, form.born) == (
        "dao",
        NUMBER,
        "",
        "",
        "",
        "",
    )
    assert page.person.filled.isHidden()


def test_nothing_is_offered_that_stands_there_already(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    page.scanned(CARD)
    field = go_to(page, "id_number")
    press(Key.Key_End, Key.Key_Backspace)
    press.type("4")
    assert field.text() == NUMBER
    assert not page.person.offer.is_open
    assert not page.person.last.isHidden()


def test_sex_and_birth_year_come_from_the_number_where_nothing_was_typed(
    page: IntakePage, press: Hands
) -> None:
    go_to(page, "id_number")
    press.type("092190001299")
    assert value(page, "born") == ""  # still being typed
    press(Key.Key_Return)
    assert (value(page, "born"), page.form().sex) == ("1990", "Nữ")
    assert page.person.filled.words.text() == "Máy điền theo số định danh: Nữ · 1990"
    press.type("17051990")
    press(Key.Key_Return)
    assert value(page, "born") == "17/05/1990"
    press.alt(Key.Key_Z)
    assert (value(page, "born"), page.form().sex) == ("17/05/1990", "")


def test_ctrl_z_in_a_field_takes_back_what_the_program_wrote(
    page: IntakePage, press: Hands
) -> None:
    go_to(page, "id_number")
    press.type("092190001299")
    press(Key.Key_Return)
    press.ctrl(Key.Key_Z)
    assert value(page, "born") == ""


@pytest.mark.parametrize(("keys", "sex"), [("", "Nam"), ("N", "Nam")])
def test_a_letter_for_the_sex_chooses_as_ever(
    page: IntakePage, press: Hands, keys: str, sex: str
) -> None:
    go_to(page, "id_number")
    press.type("092090001299")
    press(Key.Key_Return, Key.Key_Return)
    assert focus(page) is page.person.sex
    press.type(keys)
    assert page.form().sex == sex


def test_a_number_of_the_future_or_an_old_one_fills_nothing(page: IntakePage, press: Hands) -> None:
    for number in ("092390001299", "361234567", "09219000"):
        go_to(page, "id_number").clear()
        press.type(number)
        press(Key.Key_Return)
        assert (value(page, "born"), page.form().sex) == ("", "")


# --- a phone, an organisation


def test_a_phone_offers_each_of_its_people(page: IntakePage, press: Hands, desk: Desk) -> None:
    accept(desk)
    accept(desk, replace(DAO, name="Trần Văn Đức", id_number="092090001235", sex="Nam"))
    go_to(page, "phone")
    press.type("0912345678")
    assert "(1/2): Trần Văn Đức" in page.person.offer.words.text()
    press.alt(Key.Key_O)
    press(Key.Key_Return)
    assert (page.form().name, page.form().id_number) == (DAO.name, NUMBER)


def test_a_known_organisation_by_its_name_or_its_tax_code(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk, COMPANY)
    press.alt(Key.Key_T)
    press.type("thuan phat")
    press(Key.Key_Return)
    assert "Công ty TNHH Thuận Phát" in page.person.offer.words.text()
    press(Key.Key_Return)
    form = page.form()
    assert (form.name, form.id_number, form.representative, form.phone) == (
        COMPANY.name,
        "0100109106",
        "Lê Văn Thuận",
        "02923812345",
    )
    press.ctrl(Key.Key_N)
    press.alt(Key.Key_T)
    go_to(page, "id_number")
    press.type("0100109106")
    press(Key.Key_Return)
    assert page.form().name == COMPANY.name


def test_a_wrong_tax_code_is_said_when_it_is_left(page: IntakePage, press: Hands) -> None:
    press.alt(Key.Key_T)
    go_to(page, "id_number")
    press.type("18012345")
    press(Key.Key_Return)
    assert "không đủ 10 hay 13 chữ số" in page.person.notes.warnings.text()


def test_the_number_of_a_submitter_brings_name_and_phone(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    press.alt(Key.Key_N)
    go_to(page, "submitter_id_number")
    press.type(NUMBER)
    press(Key.Key_Return)
    form = page.form()
    assert (form.submitter_name, form.submitter_phone, form.name) == (DAO.name, DAO.phone, "")
    assert focus(page) is page.person.fields["submitter_relation"]


# --- names


def test_capitals_are_offered_and_never_forced(page: IntakePage, press: Hands) -> None:
    press.type("nguyễn thị ánh đào")
    assert page.person.capitals.isHidden()  # still being typed
    press(Key.Key_Return)
    assert page.person.capitals.words.text() == DAO.name
    assert value(page, "name") == "nguyễn thị ánh đào"
    press.alt(Key.Key_H)
    assert value(page, "name") == DAO.name
    assert page.person.capitals.isHidden()
    go_to(page, "name")
    press.ctrl(Key.Key_Z)
    assert value(page, "name") == "nguyễn thị ánh đào"


def test_capitals_stand_under_the_name_they_are_of(page: IntakePage, press: Hands) -> None:
    def is_under(name: str) -> bool:
        field, hint = page.person.fields[name], page.person.capitals
        QApplication.processEvents()
        gap = hint.mapTo(page, QPoint(0, 0)).y() - field.mapTo(page, field.rect().bottomLeft()).y()
        return hint.isVisible() and 0 < gap < field.height()

    press.type("Nguyễn Thị Ánh Đào")
    press(Key.Key_Return)
    press.alt(Key.Key_N)
    press.type("phạm quốc toàn")
    press(Key.Key_Return)
    assert is_under("submitter_name")
    press.alt(Key.Key_H)
    assert value(page, "submitter_name") == "Phạm Quốc Toàn"
    go_to(page, "name")
    press.type(" an")
    press(Key.Key_Return)
    assert is_under("name")


def test_an_organisations_name_stays_but_not_its_representatives(
    page: IntakePage, press: Hands
) -> None:
    press.alt(Key.Key_T)
    press.type("CÔNG TY TNHH ABC")
    press(Key.Key_Return)
    assert page.person.capitals.isHidden()
    go_to(page, "representative")
    press.type("lê thị cả")
    press(Key.Key_Return)
    press.alt(Key.Key_H)
    assert (value(page, "name"), value(page, "representative")) == (
        "CÔNG TY TNHH ABC",
        "Lê Thị Cả",
    )


def test_an_organisations_name_is_offered_with_the_capitals_of_its_kind(
    page: IntakePage, press: Hands
) -> None:
    press.type("công ty tnhh phương nam")
    press(Key.Key_Return)
    press.alt(Key.Key_T)  # noticed late: an organisation
    assert page.person.capitals.words.text() == "Công ty TNHH Phương Nam"
    press.alt(Key.Key_H)
    assert value(page, "name") == "Công ty TNHH Phương Nam"
    assert page.person.capitals.isHidden()
    go_to(page, "name")
    press.ctrl(Key.Key_Z)
    assert value(page, "name") == "công ty tnhh phương nam"


def test_the_key_for_capitals_does_nothing_while_none_are_offered(
    page: IntakePage, press: Hands
) -> None:
    press.type("Ê Ban")
    press.alt(Key.Key_H)
    assert value(page, "name") == "Ê Ban"


# --- addresses


def test_an_address_is_completed_by_arrow_and_enter_alone(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    page.shown()
    address = go_to(page, "address")
    proposals = page.person.addresses
    press.type("15 nguyen tr")
    press.wait_for(proposals.isVisible)
    press(Key.Key_Return)  # nothing is chosen: Enter goes on
    assert address.text() == "15 nguyen tr"
    assert focus(page) is page.person.fields["phone"]
    address.setFocus()
    press.type("a")
    press.wait_for(proposals.isVisible)
    press(Key.Key_Down, Key.Key_Return)
    assert address.text() == "15 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ"
    assert focus(page) is address
    assert not proposals.isVisible()
    press.ctrl(Key.Key_Z)
    assert address.text() == "15 nguyen tra"


def test_an_old_ward_says_what_became_of_it(page: IntakePage, press: Hands) -> None:
    go_to(page, "address")
    press.type("7 Mậu Thân, xuan khanh")
    proposals = page.person.addresses
    press.wait_for(proposals.isVisible)
    lines = [proposals.item(row).text() for row in range(proposals.count())]
    assert lines == [
        "7 Mậu Thân, phường Ninh Kiều, thành phố Cần Thơ  (trước là phường Xuân Khánh)"
    ]
    press(Key.Key_Escape)
    assert not proposals.isVisible()
    assert value(page, "address") == "7 Mậu Thân, xuan khanh"


# --- who cannot be reached


def test_a_person_without_phone_gets_the_amber_line_once_the_procedure_is_next(
    page: IntakePage, press: Hands
) -> None:
    press.type("Lý Ơn")
    press(Key.Key_Return)
    assert "Chưa có điện thoại" not in page.person.notes.warnings.text()
    press.choose(COPY_FROM_BOOK)
    assert "Chưa có điện thoại, địa chỉ: không báo trước được." in page.person.notes.warnings.text()
    press(Key.Key_F9)
    assert "Chưa có điện thoại" in page.accept_bar.cautions.text()
    press(Key.Key_Escape)
    go_to(page, "phone")
    press.type("0912345678")
    go_to(page, "address")
    press.type("5 Ngô Quyền")
    press(Key.Key_Return)
    assert "Chưa có" not in page.person.notes.warnings.text()


def test_name_and_address_have_room_where_the_window_allows(page: IntakePage) -> None:
    page.resize(1146, 534)  # the page in a window of 1366 × 768
    QApplication.processEvents()
    assert min(page.person.fields[name].width() for name in ("name", "address")) >= 320


def test_the_page_fits_without_scrolling_sideways_with_everything_offered(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk, procedure="1.001193")
    accept(desk, replace(DAO, address="Số 123/45/6B, hẻm liên tổ 12-20, " + DAO.address))
    page.resize(770, 430)
    press.type("nguyễn thị ánh đào")
    go_to(page, "id_number")
    press.type(NUMBER)
    inside = page._scroll.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= page._scroll.viewport().width()
    press(Key.Key_Return)
    assert not page.person.last.isHidden()
    assert inside.minimumSizeHint().width() <= page._scroll.viewport().width()
    assert page._scroll.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_the_commune_of_today_is_offered_for_the_address_of_an_old_card(
    page: IntakePage, press: Hands
) -> None:
    page.scanned(CARD.replace("Ninh Kiều, Cần Thơ", "Tân An, Ninh Kiều, Cần Thơ"))
    today = "12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ"
    assert page.person.today.words.text() == f"Nay là: {today}"
    assert value(page, "address") == "12 Nguyễn Trãi, Tân An, Ninh Kiều, Cần Thơ"
    press.alt(Key.Key_D)
    assert value(page, "address") == today
    assert page.person.today.isHidden()
    go_to(page, "address")
    press.ctrl(Key.Key_Z)
    assert value(page, "address") == "12 Nguyễn Trãi, Tân An, Ninh Kiều, Cần Thơ"
    page.scanned(CARD)  # no older commune in it: nothing to say
    assert page.person.today.isHidden()


def test_ctrl_z_brings_back_a_phone_as_it_was_typed(page: IntakePage, press: Hands) -> None:
    go_to(page, "phone")
    press.type("+84 912 345 678")
    press(Key.Key_Return)
    assert value(page, "phone") == "0912345678"
    go_to(page, "phone")
    press.ctrl(Key.Key_Z)
    assert value(page, "phone") == "+84 912 345 678"


def test_what_is_typed_and_left_by_tab_stays_whatever_the_desk_knows(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    accept(desk, COMPANY)
    typed = {
        "name": "nguyễn thị ánh đào",
        "id_number": NUMBER,
        "born": "01/02/1991",
        "address": "7 mậu thân, Xuân Khánh, Ninh Kiều, Cần Thơ",
        "phone": "0912345679",
        "email": "dao@example.vn",
    }
    for order in (list(typed), list(reversed(typed))):
        page.show_form(IntakeForm())
        for name in order:
            go_to(page, name).selectAll()
            press.type(typed[name])
            press(Key.Key_Tab)
        assert {name: value(page, name) for name in typed} == typed


def test_an_address_an_offer_and_a_last_procedure_are_taken_by_mouse_as_well(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    address, proposals = go_to(page, "address"), page.person.addresses
    press.type("7 Mậu Thân, cai khe")
    press.wait_for(proposals.isVisible)
    line = proposals.visualItemRect(proposals.item(0)).center()
    QTest.mouseClick(proposals.viewport(), Qt.MouseButton.LeftButton, pos=line)
    assert address.text() == "7 Mậu Thân, phường Cái Khế, thành phố Cần Thơ"
    go_to(page, "id_number")
    press.type(NUMBER)
    QTest.mouseClick(page.person.offer.take_button, Qt.MouseButton.LeftButton)
    assert value(page, "name") == DAO.name
    QTest.mouseClick(page.person.last.buttons[0], Qt.MouseButton.LeftButton)
    assert page.procedure.version is not None
    assert page.procedure.version.code == COPY_FROM_BOOK


def test_the_list_of_addresses_follows_its_field_and_goes_with_it(
    page: IntakePage, press: Hands
) -> None:
    proposals = page.person.addresses
    page.resize(770, 400)
    address = go_to(page, "address")
    press.type("7 Mậu Thân, cai khe")
    press.wait_for(proposals.isVisible)
    bar = page._scroll.verticalScrollBar()
    bar.setValue(bar.value() - 8 if bar.value() > 8 else bar.value() + 8)
    below = address.mapTo(page, address.rect().bottomLeft()).y() + 1
    assert proposals.isVisible()
    assert below in (proposals.y(), proposals.y() + proposals.height() + address.height())
    press(Key.Key_Tab)
    assert not proposals.isVisible()


def test_a_number_typed_in_groups_is_known_as_well(
    page: IntakePage, press: Hands, desk: Desk
) -> None:
    accept(desk)
    go_to(page, "id_number")
    press.type("092 190 001 234")
    press(Key.Key_Return)
    assert (value(page, "name"), value(page, "id_number")) == (DAO.name, NUMBER)
