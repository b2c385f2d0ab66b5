"""The memory of people: by number, by phone, by an organisation's name; never an anonymised one."""

from dataclasses import replace
from datetime import datetime

import pytest

from cchc_desk.actions.dossiers import anonymise, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake, people
from cchc_desk.domain.people.applicant import Submitter
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, search
from cchc_desk.store.dossiers import people as stored
from cchc_desk.store.engine.database import run
from tests.actions.conftest import COMPANY, TableClock, become, make_intake


def test_a_number_brings_all_of_the_newest_dossier_and_the_last_procedures(desk: Desk) -> None:
    first = make_intake()
    intake.accept_dossier(desk, first)
    moved = replace(first.applicant, address="5 Ngô Quyền", phone="0987654321", sex="Nữ")
    intake.accept_dossier(desk, make_intake(procedure="2.000908", limit=None, applicant=moved))
    (known,) = people.known_by_number(desk, " 092190001234 ")
    assert known.applicant == moved
    assert [version.code for version in known.procedures] == ["2.000908", "1.001193"]
    assert people.known_by_number(desk, "092190001235") == people.known_by_number(desk, "") == ()


def test_a_phone_brings_each_of_a_family_the_newest_first(desk: Desk) -> None:
    intake.accept_dossier(desk, make_intake())
    intake.accept_dossier(desk, make_intake(name="Trần Văn Đức", id_number="092090001235"))
    names = [known.applicant.name for known in people.known_by_phone(desk, "+84 912 345 678")]
    assert names == ["Trần Văn Đức", "Nguyễn Thị Ánh Đào"]


def test_an_organisation_by_its_code_or_by_words_of_its_name(desk: Desk) -> None:
    intake.accept_dossier(desk, make_intake(applicant=COMPANY))
    intake.accept_dossier(desk, make_intake(name="Nguyễn Thuận Phát", id_number="092090001236"))
    (by_code,) = people.known_by_number(desk, "0100109106")
    (by_name,) = people.known_organisations(desk, "thuan phat")
    assert by_code.applicant == by_name.applicant == COMPANY
    assert people.known_organisations(desk, "thuận") == ()


def test_who_was_anonymised_is_not_known_any_more(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake(applicant=COMPANY)).code
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Lê Văn Thuận"))
    clock.now = datetime(2040, 1, 2, 8, 0)
    become(desk, "dung")
    anonymise.anonymise(desk, code, "hết thời hạn lưu")
    assert people.known_by_number(desk, "0100109106") == ()
    assert people.known_by_phone(desk, "02923812345") == ()
    assert people.known_organisations(desk, "thuan phat") == ()
    assert people.address_book(desk).used == ()


@pytest.mark.one_pc("query plans of SQLite")
def test_number_and_phone_are_found_by_their_index(desk: Desk) -> None:
    with desk.read() as connection:
        for statement, index in (
            (stored.BY_NUMBER, "applicants_id_number (id_number=?)"),
            (stored.BY_PHONE, "applicants_phone (phone=?)"),
        ):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("",)).fetchall()
            assert plan[0][3].endswith(index)
            words = [step[3] for step in plan]
            assert not [one for one in words if one.startswith(("SCAN", "USE TEMP B-TREE"))]


def test_nobody_is_known_to_who_has_not_logged_in(desk: Desk) -> None:
    desk.official = None
    for ask in (people.known_by_number, people.known_by_phone, people.known_organisations):
        with pytest.raises(Refused) as refused:
            ask(desk, "092190001234")
        assert refused.value.code == "log-in"


def test_addresses_are_completed_by_the_own_commune_first_and_what_became_of_old_ones(
    desk: Desk,
) -> None:
    intake.accept_dossier(desk, make_intake())
    book = people.address_book(desk)
    assert book.used == ("Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ",)
    assert desk.settings["unit_name"].endswith(f"{book.places[0].kind} {book.places[0].name}")
    became = {place.full for place in book.places if place.was == "phường Xuân Khánh"}
    assert became == {"phường Ninh Kiều, thành phố Cần Thơ"}
    split = {place.full for place in book.places if place.was == "phường Bùi Hữu Nghĩa"}
    assert split == {
        "phường Cái Khế, thành phố Cần Thơ",
        "phường Bình Thủy, thành phố Cần Thơ",
    }


@pytest.mark.parametrize(
    ("owner", "submitter", "said"),
    [
        ({}, None, ""),
        ({"phone": ""}, None, "Chưa có điện thoại: không báo trước được."),
        ({"phone": " "}, Submitter("Đức", phone="0912345678"), ""),
        ({"address": ""}, None, "Chưa có địa chỉ: không gửi giấy tờ qua bưu chính được."),
        (
            {"phone": "", "address": ""},
            None,
            "Chưa có điện thoại, địa chỉ: không báo trước được.",
        ),
    ],
)
def test_who_cannot_be_reached_is_said(
    desk: Desk, owner: dict[str, str], submitter: Submitter | None, said: str
) -> None:
    wanted = make_intake(submitter=submitter)
    wanted = replace(wanted, applicant=replace(wanted.applicant, **owner))  # type: ignore[arg-type]
    sentences = [one for one in intake.warnings_for(desk, wanted) if one.startswith("Chưa có")]
    assert sentences == ([said] if said else [])


def test_a_wrong_tax_code_is_a_doubt_and_no_refusal(desk: Desk) -> None:
    wrong = make_intake(applicant=replace(COMPANY, id_number="0100109107"))
    assert any("chữ số thứ mười" in sentence for sentence in intake.warnings_for(desk, wrong))
    assert intake.accept_dossier(desk, wrong).applicant.id_number == "0100109107"


def test_a_number_in_groups_and_the_older_number_on_a_card_are_known_too(desk: Desk) -> None:
    (known,) = _known_after(desk, "092190001234", "092 190 001 234")
    assert known.applicant.name == "Nguyễn Thị Ánh Đào"
    intake.accept_dossier(desk, make_intake(name="Trần Văn Đức", id_number="362123456"))
    card = "092090001235|362123456|{name}|02031990|Nam|5 Hòa Bình, Ninh Kiều, Cần Thơ|01012022"
    same = intake.read_card(desk, card.format(name="Trần Văn Đức"))
    other = intake.read_card(desk, card.format(name="Lê Văn Tám"))
    assert same.known is not None
    assert (same.known.phone, other.known) == ("0912345678", None)


def _known_after(desk: Desk, stored: str, asked: str) -> tuple[people.Known, ...]:
    intake.accept_dossier(desk, make_intake(id_number=stored))
    return people.known_by_number(desk, asked)


@pytest.mark.parametrize("spelling", ["092 190 001 234", "0921.9000.1234", "092-190-001-234"])
def test_a_number_in_any_spelling_is_tidied_and_brings_the_open_dossier(
    desk: Desk, spelling: str
) -> None:
    first = intake.accept_dossier(desk, make_intake())
    again = make_intake(id_number=spelling)
    assert [row.code for row in intake.open_dossiers_of(desk, spelling)] == [first.code]
    assert any(first.code in doubt for doubt in intake.warnings_for(desk, again))
    second = intake.accept_dossier(desk, again)
    assert second.applicant.id_number == "092190001234"


def test_a_number_that_an_older_version_kept_with_blanks_is_known(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    with desk.write() as connection:
        was = dossiers.load(connection, code)
        assert was is not None
        search.forget(connection, 1, was)
        run(connection, "UPDATE applicants SET id_number = '092 190 001 234'", ())
        now = dossiers.load(connection, code)
        assert now is not None
        search.index(connection, 1, now)
    assert [row.code for row in intake.open_dossiers_of(desk, "092190001234")] == [code]
    assert len(people.known_by_number(desk, "0921.9000.1234")) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678 - 0987654321",
        "0912345678 0987654321",
        "0912 345 678 / 0987 654 321",
        "+84912345678;+84987654321",
        "0912.345.678, 0987.654.321",
        "０９１２３４５６７８ 0987654321",
    ],
)
def test_two_phones_in_one_field_stay_two(desk: Desk, typed: str) -> None:
    owner = replace(make_intake().applicant, phone=typed)
    accepted = intake.accept_dossier(desk, make_intake(applicant=owner))
    assert accepted.applicant.phone == "0912345678 - 0987654321"
    assert not [
        doubt
        for doubt in intake.warnings_for(desk, make_intake(applicant=owner))
        if "điện thoại" in doubt
    ]
    for phone in ("0912345678", "+84 987 654 321"):
        assert len(people.known_by_phone(desk, phone)) == 1
