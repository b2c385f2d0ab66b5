"""Finding dossiers: marks or none, old and new tone placement, exact marks first, every other
key.
"""

import pytest

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.session import Desk
from tests.actions.conftest import make_intake

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
