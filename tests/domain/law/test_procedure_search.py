"""What clerks type finds what they mean; the pairs that would harm a citizen are never swapped."""

import csv
import io
import json
from itertools import combinations
from pathlib import Path

import pytest

import resources
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.domain.law.procedure_search import (
    FoundProcedure,
    OfficeOrder,
    search_procedures,
)
from cchc_desk.domain.text.vietnamese import fold

QUERIES = Path(__file__).with_name("procedure_queries.csv")
BIRTH, DEATH, MARRIAGE = "1.001193", "1.000656", "1.000894"

# Each in the words that a clerk types for it, with the code that no other of the group may take.
PAIRS = (
    (("khai sinh", BIRTH), ("khai tử", DEATH)),
    (
        ("kết hôn", MARRIAGE),
        ("ly hôn", "2.000554"),
        ("đăng ký lại kết hôn", "1.004746"),
        ("tình trạng hôn nhân", "1.004873"),
    ),
    (("đăng ký lại khai sinh", "1.004884"), ("đăng ký lại khai tử", "1.005461")),
    (("cải chính", "1.004859"), ("sửa lỗi sai sót giao dịch", "2.000927")),
    (
        ("cấp bản sao trích lục", "2.000635"),
        ("chứng thực bản sao", "2.000815"),
        ("bản sao từ sổ gốc", "2.000908"),
    ),
    (("thường trú", "1.004222"), ("tạm trú", "1.004194"), ("tạm vắng", "1.003677")),
    (("xóa đăng ký thường trú", "1.003197"), ("xóa đăng ký tạm trú", "1.010028")),
    (("nhận cha, mẹ, con", "1.001022"), ("nhận con nuôi", "2.001263")),
    (("giám hộ", "1.004837"), ("chấm dứt giám hộ", "1.004845")),
    (("di chúc", "2.001019"), ("từ chối nhận di sản", "2.001016")),
    (
        ("thành lập hộ kinh doanh", "1.001612"),
        ("thay đổi hộ kinh doanh", "2.000720"),
        ("chấm dứt hộ kinh doanh", "1.001266"),
        ("tạm ngừng kinh doanh", "1.001570"),
    ),
    (("hộ nghèo", "1.011607"), ("thoát nghèo", "1.011608")),
    (("hòa giải tranh chấp đất đai", "1.012812"), ("giải quyết tranh chấp đất đai", "1.013967")),
)


def search(query: str, order: OfficeOrder | None = None) -> tuple[FoundProcedure, ...]:
    return search_procedures(
        catalogue.starter(), query, catalogue.vocabulary(), order or OfficeOrder()
    )


def first(query: str) -> ProcedureVersion | None:
    found = search(query)
    return found[0].version if found else None


def code(query: str) -> str:
    version = first(query)
    return version.code if version else ""


def test_what_clerks_type_finds_first_what_they_mean() -> None:
    rows = list(csv.DictReader(io.StringIO(QUERIES.read_text(encoding="utf-8"))))
    wrong = [
        f"{row['query']}: {code(row['query'])}, wanted {row['wanted']} ({row['why']})"
        for row in rows
        if code(row["query"]) not in row["wanted"].split("|")
    ]
    assert len(rows) > 200
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("group", PAIRS, ids=lambda group: group[0][0])
def test_a_dangerous_pair_is_never_swapped(group: tuple[tuple[str, str], ...]) -> None:
    for (one, wanted), (_other, not_wanted) in combinations((*group, *group[::-1]), 2):
        for typed in (one, fold(one), one.upper(), f"thủ tục {one}", f"lam {fold(one)}"):
            assert code(typed) == wanted or wanted == not_wanted, typed
        words = fold(one).split()
        for shortened in (" ".join((*words[:-1], words[-1][:2])), f"{fold(one)} "):
            assert code(shortened) != not_wanted or wanted == not_wanted, shortened


def test_the_letters_typed_are_marked_in_the_name() -> None:
    found = search("khai tu")[0]
    name = found.version.name
    assert [name[start:end] for start, end in found.hit.spans] == ["khai", "tử"]
    begun = search("ket ho")[0]
    assert [begun.version.name[start:end] for start, end in begun.hit.spans] == ["kết", "hô"]


def test_a_synonym_says_which_word_was_understood() -> None:
    assert search("doc than")[0].hit.synonym == "độc thân"


def test_a_synonym_does_not_beat_an_exact_name() -> None:
    order = OfficeOrder(synonyms={BIRTH: ("khai tử",)})
    assert search("khai tử", order)[0].version.code == DEATH
    assert search("khai tử", order)[1].version.code == BIRTH


def test_the_office_adds_words_puts_favourites_first_among_equals_and_hides() -> None:
    own = OfficeOrder(synonyms={DEATH: ("lên đường",)})
    assert search("len duong", own)[0].version.code == DEATH
    favourite = OfficeOrder(favourites=("2.001019",))
    assert search("chung thuc", favourite)[0].version.code == "2.001019"
    assert search("khai sinh", OfficeOrder(favourites=(DEATH,)))[0].version.code == BIRTH
    hidden = OfficeOrder(hidden=frozenset({DEATH}))
    assert DEATH not in {found.version.code for found in search("khai tu", hidden)}


def test_nothing_is_found_for_letters_that_stand_nowhere() -> None:
    assert search("zzz") == ()
    assert search("khai zzz") == ()


def test_every_synonym_has_a_source_and_leads_to_a_procedure_of_the_catalogue() -> None:
    shipped = json.loads(resources.read_text("catalogue/synonyms.json"))
    codes = {version.code for version in catalogue.starter()}
    words = [row["words"] for row in shipped["synonyms"]]
    assert len(set(words)) == len(words) >= 80
    for row in shipped["synonyms"]:
        assert row["code"] in codes, row
        assert shipped["sources"][row["source"]], row
        assert code(row["words"]) == row["code"], row["words"]


def test_thu_tuc_is_no_match_for_tu() -> None:
    assert BIRTH not in {found.version.code for found in search("khai tu")}
