"""Finding dossiers: marks or none, old and new tone placement, exact marks first, every other
key.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.filters import ANY_DAY, Chip, Days
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, make_intake

OTHER = replace(make_intake().applicant, name="Trần Văn Tám", id_number="", phone="0701000111")
NAMES = (
    "Nguyễn Thị Hòa",
    "Nguyễn Thị Hoa",
    "Đặng Văn Dũng",
    "Dang Văn Dung",
    "Trần Thị Ân",
    "Trần Thị An",
)


@pytest.fixture
def codes(desk: Desk) -> dict[str, str]:
    return {
        name: intake.accept_dossier(desk, make_intake(name=name, id_number=f"09219000123{n}")).code
        for n, name in enumerate(NAMES)
    }


def found(desk: Desk, query: str) -> list[str]:
    return [row.name for row in progress.find_dossiers(desk, query)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("hoa", ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa"]),
        ("hòa", ["Nguyễn Thị Hòa", "Nguyễn Thị Hoa"]),
        ("hoà", ["Nguyễn Thị Hòa", "Nguyễn Thị Hoa"]),
        ("NGUYỄN THỊ HÒA", ["Nguyễn Thị Hòa", "Nguyễn Thị Hoa"]),
        ("dang", ["Dang Văn Dung", "Đặng Văn Dũng"]),
        ("đặng", ["Đặng Văn Dũng", "Dang Văn Dung"]),
        ("dung van", ["Dang Văn Dung", "Đặng Văn Dũng"]),
        ("ân", ["Trần Thị Ân", "Trần Thị An"]),
        ("092190001234", ["Trần Thị Ân"]),
        ('" OR 1=1 --', []),
        ("khong co ai", []),
    ],
)
def test_a_query_finds_and_ranks(
    desk: Desk, codes: dict[str, str], query: str, names: list[str]
) -> None:
    assert found(desk, query) == names


def test_a_code_finds_its_dossier_whole_or_in_part(desk: Desk, codes: dict[str, str]) -> None:
    code = codes["Đặng Văn Dũng"]
    assert found(desk, code) == ["Đặng Văn Dũng"]
    assert found(desk, code[-4:]) == ["Đặng Văn Dũng"]


def test_lists_stand_by_given_name_in_the_vietnamese_alphabet(
    desk: Desk, codes: dict[str, str]
) -> None:
    names = [row.name for row in progress.find_dossiers(desk, order="name")]
    assert names == [
        "Trần Thị An",
        "Trần Thị Ân",
        "Dang Văn Dung",
        "Đặng Văn Dũng",
        "Nguyễn Thị Hoa",
        "Nguyễn Thị Hòa",
    ]


@pytest.mark.parametrize("only", ["all", "open", "late", "owed"])
def test_filters_hold_for_searches_too(desk: Desk, codes: dict[str, str], only: str) -> None:
    assert len(progress.find_dossiers(desk, "nguyen", only=only)) == (
        2 if only in ("all", "open") else 0
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("1234", ["Trần Thị Ân"]),  # the last four of an identity number
        ("234", ["Trần Thị Ân"]),
        ("34", []),
        ("an 1234", ["Trần Thị Ân"]),
        ("hoa 1234", []),
        ("90001234", ["Trần Thị Ân"]),
    ],
)
def test_the_last_digits_find_too(
    desk: Desk, codes: dict[str, str], query: str, names: list[str]
) -> None:
    assert found(desk, query) == names


def test_the_last_digits_of_a_phone_and_the_last_group_of_a_code_find_too(desk: Desk) -> None:
    def taken_in(name: str, phone: str) -> str:
        form = make_intake(name=name, id_number="")
        person = replace(form.applicant, phone=phone)
        return intake.accept_dossier(desk, replace(form, applicant=person)).code

    taken_in("Lê Thị Một", "0913 000 567")
    code = taken_in("Lê Thị Hai", "0913000999")
    assert found(desk, "567") == ["Lê Thị Một"]
    assert found(desk, "000567") == ["Lê Thị Một"]
    assert found(desk, code[-3:]) == ["Lê Thị Hai"]


def fitting(desk: Desk, *chips: Chip, query: str = "", accepted: Days = ANY_DAY) -> set[str]:
    rows = progress.find_dossiers(desk, query, chips=frozenset(chips), accepted=accepted)
    return {row.name for row in rows}


def test_filters_combine(desk: Desk, codes: dict[str, str]) -> None:
    steps.hand_over(desk, [codes["Trần Thị An"], codes["Trần Thị Ân"]], "binh")
    steps.mark_ready(desk, codes["Trần Thị An"])
    steps.request_supplement(desk, codes["Trần Thị Ân"], "Thiếu", ["Tờ khai"])
    everybody = set(NAMES)
    assert fitting(desk, Chip.OPEN) == fitting(desk, Chip.THIS_WEEK) == everybody
    assert fitting(desk, Chip.MINE) == everybody - {"Trần Thị An", "Trần Thị Ân"}
    assert fitting(desk, Chip.READY) == {"Trần Thị An"}
    assert fitting(desk, Chip.WAITING) == {"Trần Thị Ân"}
    assert fitting(desk, Chip.WAITING, Chip.READY) == set()
    assert fitting(desk, Chip.MINE, query="tran") == set()
    assert fitting(desk, Chip.MINE, query="nguyen") == {"Nguyễn Thị Hòa", "Nguyễn Thị Hoa"}


def test_days_of_acceptance_bound_the_list(
    desk: Desk, codes: dict[str, str], clock: TableClock
) -> None:
    today = clock.now.date()
    clock.now += timedelta(days=8)
    intake.accept_dossier(desk, make_intake(name="Lê Thị Sau"))
    assert fitting(desk, Chip.THIS_WEEK) == {"Lê Thị Sau"}
    assert fitting(desk, accepted=Days(last=today)) == set(NAMES)
    assert fitting(desk, accepted=Days(first=today + timedelta(days=1))) == {"Lê Thị Sau"}
    assert fitting(desk, query="thi hoa", accepted=Days(today, today)) == {
        "Nguyễn Thị Hòa",
        "Nguyễn Thị Hoa",
    }


def test_what_is_due_today_and_what_is_late(
    desk: Desk, codes: dict[str, str], clock: TableClock
) -> None:
    due = progress.find_dossiers(desk, limit=1)[0].due
    clock.now = due.replace(hour=8)
    assert fitting(desk, Chip.DUE_TODAY) == set(NAMES)
    assert fitting(desk, Chip.LATE) == set()
    clock.now = due + timedelta(days=1)
    assert fitting(desk, Chip.DUE_TODAY) == set()
    assert fitting(desk, Chip.LATE) == fitting(desk, Chip.OWED) == set(NAMES)
    assert fitting(desk, Chip.LATE, query="dung") == {"Đặng Văn Dũng", "Dang Văn Dung"}


@pytest.mark.parametrize(
    ("stored", "queries"),
    [
        ("H’Nhơn Niê", ("h'nhon", "h nhon", "hnhon", "H`Nhơn", "HʼNhơn", "H´Nhơn nie", "hnh")),
        ("HʼYam Ayŭn", ("h'yam", "hyam", "h yam", "ayun h’yam")),
        ("Kʻbrông", ("k'brong", "kbrong", "K‘Brông")),
        ("Seán O'Brien", ("obrien", "o brien", "O’Brien sean")),
        ("Hồng Ðăng Khoa", ("Hồng Đăng", "dang", "hong ðang", "Ɖăng")),
        ("Lê Ɖình Phúc", ("dinh", "Đình", "lê đình")),
        ("Nguyễn Văn An", ("nguyen vаn Аn", "Văn Αn")),  # Cyrillic а, А, Greek Α
    ],
)
def test_a_name_is_found_whatever_its_apostrophe_and_its_d(
    desk: Desk, stored: str, queries: tuple[str, ...]
) -> None:
    intake.accept_dossier(desk, make_intake(name="Trần Văn Tám", id_number="092090001235"))
    intake.accept_dossier(desk, make_intake(name=stored))
    assert [(query, len(found(desk, query))) for query in queries] == [(q, 1) for q in queries]


@pytest.mark.parametrize(
    "query",
    [
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "0084 912345678",
        "０９１２３４５６７８",
        "0987654321",
        "0987.654.321",
        "654 321",
        "345678",
        "092 199 001 234",
        "0921.9900.1234",
        "092199-001-234",
        "niê 0912 345 678",
        "0912−345−678",
        "0912‑345‑678",
        "tel:0912345678",
        "ĐT: 0987.654.321",
        "CCCD 092199001234",
        "Số CCCD: 092-199-001-234",
    ],
)
def test_a_number_is_found_in_any_spelling(desk: Desk, query: str) -> None:
    both = replace(
        make_intake(name="H’Nhơn Niê", id_number="092199001234").applicant,
        phone="0912345678 - 0987654321",
    )
    intake.accept_dossier(desk, make_intake(applicant=both))
    intake.accept_dossier(desk, make_intake(name="Trần Văn Tám", applicant=OTHER))
    assert found(desk, query) == ["H’Nhơn Niê"]


def test_names_with_a_look_alike_are_stored_with_the_letter_of_the_alphabet(desk: Desk) -> None:
    for number, name in enumerate(("Zang Văn Út", "Hồng Ðăng Khoa", "Eban Y Lan", "Lê Ɖình ð")):
        intake.accept_dossier(desk, make_intake(name=name, id_number=f"09219000123{number}"))
    rows = progress.find_dossiers(desk, order="name")
    assert {row.name for row in rows} >= {"Hồng Đăng Khoa", "Lê Đình đ"}
