"""Why a dossier was found, by the words of the query."""

from dataclasses import dataclass

import pytest

from cchc_desk.domain.dossiers.found import Part, matches


@dataclass(frozen=True)
class Line:
    """The parts of a dossier that its search looks at."""

    name: str = "Nguyễn Thị Ánh Đào"
    code: str = "H13.31-261118-0007"
    id_number: str = "092190001234"
    phone: str = "0912345678"
    submitter_name: str = "Trần Văn Đức"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dao", [(Part.NAME, "Đào")]),
        ("anh dao", [(Part.NAME, "Ánh"), (Part.NAME, "Đào")]),
        ("đà", [(Part.NAME, "Đà")]),
        ("duc", [(Part.SUBMITTER, "Đức")]),
        ("0007", [(Part.CODE, "0007")]),
        ("007", [(Part.CODE, "007")]),
        ("H13.31-261118-0007", [(Part.CODE, text) for text in ("H13", "31", "261118", "0007")]),
        ("1234", [(Part.ID_NUMBER, "1234")]),
        ("0921", [(Part.ID_NUMBER, "0921")]),
        ("678", [(Part.PHONE, "678")]),
        ("dao 678", [(Part.NAME, "Đào"), (Part.PHONE, "678")]),
        ("78", []),  # two digits are the end of every hundredth number
        ("345", []),  # neither beginning nor end
        ("ao", []),
        ("an dao", [(Part.NAME, "Đào")]),  # only the last word may be a beginning
    ],
)
def test_each_word_of_a_query_stands_where_it_was_found(
    query: str, found: list[tuple[Part, str]]
) -> None:
    line = Line()
    texts = [
        (match.part, getattr(line, match.part.value)[match.start : match.end])
        for match in matches(line, query)
    ]
    assert texts == found


def test_names_with_a_sign_inside_and_numbers_with_blanks_are_found_as_they_are_typed() -> None:
    line = Line(name="H'Đrơ Niê Kdăm", phone="0912 345 678")
    found = {query: matches(line, query)[0] for query in ("hdro", "0912345678", "09123")}
    assert {query: match.part for query, match in found.items()} == {
        "hdro": Part.NAME,
        "0912345678": Part.PHONE,
        "09123": Part.PHONE,
    }
    assert line.name[found["hdro"].start : found["hdro"].end] == "H'Đrơ"
