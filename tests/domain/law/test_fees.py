"""Fees: the sum that the law's own words give, and words and JSON that are read again."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.domain.law.fees import (
    HIGHEST,
    Fee,
    FeeRule,
    FeeUnit,
    PageTier,
    fee_words,
    from_json,
    read_fee,
    sum_fee,
    to_json,
    total_fee,
)

COPY = FeeRule(FeeUnit.PAGE, 2000, (PageTier(3, 1000),), most=200_000)
CASE = FeeRule(FeeUnit.CASE, 10_000)


@pytest.mark.parametrize(
    ("copies", "pages", "amount", "words"),
    [
        (1, 1, 2000, "1 bản × 1 trang × 2.000 đ = 2.000 đ"),
        (20, 2, 80_000, "20 bản × 2 trang × 2.000 đ = 80.000 đ"),
        (3, 5, 21_000, "3 bản × (2 trang × 2.000 đ + 3 trang × 1.000 đ) = 21.000 đ"),
        (1, 198, 200_000, "1 bản × (2 trang × 2.000 đ + 196 trang × 1.000 đ) = 200.000 đ"),
        (2, 500, 400_000, "2 bản × 200.000 đ (tối đa một bản) = 400.000 đ"),
    ],
)
def test_a_certified_copy_is_priced_by_its_pages(
    copies: int, pages: int, amount: int, words: str
) -> None:
    assert sum_fee(COPY, copies, pages) == Fee(amount, words)


def test_a_case_costs_once_a_set_and_a_copy_each_time() -> None:
    assert sum_fee(CASE, copies=4, pages=9, sets=2) == Fee(10_000, "10.000 đ")
    assert sum_fee(FeeRule(FeeUnit.SET, 5000), sets=2) == Fee(10_000, "2 bộ × 5.000 đ = 10.000 đ")
    assert sum_fee(FeeRule(FeeUnit.COPY, 8000), 3).amount == 24_000
    assert sum_fee(FeeRule(FeeUnit.FREE), 3, 3, 3) == Fee(0, "miễn phí")


def test_online_has_a_price_of_its_own_where_the_law_gives_one() -> None:
    residence = FeeRule(FeeUnit.CASE, 20_000, online=10_000)
    assert sum_fee(residence).amount == 20_000
    assert sum_fee(residence, online=True).amount == 10_000
    assert sum_fee(CASE, online=True).amount == 10_000


def test_several_papers_are_added_with_their_arithmetic_side_by_side() -> None:
    total = total_fee([sum_fee(COPY, 2, 1), sum_fee(COPY, 1, 3)])
    assert total.amount == 9000
    assert total.words == (
        "2 bản × 1 trang × 2.000 đ = 4.000 đ + "
        "1 bản × (2 trang × 2.000 đ + 1 trang × 1.000 đ) = 5.000 đ; cộng 9.000 đ"
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2.000 đồng/trang; từ trang thứ 3: 1.000 đồng/trang; tối đa 200.000 đồng/bản", COPY),
        (
            "2.000 đồng/trang, từ trang thứ ba trở lên 1.000 đồng/trang, tối đa 200.000 đồng/bản",
            COPY,
        ),
        ("10.000 đồng/trường hợp (các chữ ký trong một giấy tờ, văn bản)", CASE),
        (
            "20.000 đồng/lần, nộp trực tuyến 10.000 đồng/lần",
            FeeRule(FeeUnit.CASE, 20_000, online=10_000),
        ),
        ("8.000 đồng", FeeRule(FeeUnit.CASE, 8000)),
        ("50,000 Việt Nam Đồng", FeeRule(FeeUnit.CASE, 50_000)),
        ("Miễn phí", FeeRule(FeeUnit.FREE)),
        ("Theo nghị quyết của HĐND tỉnh, thành phố", None),
        ("Chưa rõ mức thu", None),
        ("1.000 đồng/trang; theo nghị quyết", None),
        ("5.000 đồng/trường hợp; tối đa 3.000 đồng/bản", None),
        ("", None),
    ],
)
def test_words_are_read_only_where_all_of_them_are_a_price(text: str, rule: FeeRule | None) -> None:
    assert read_fee(text) == rule


@pytest.mark.parametrize(
    "facts",
    [
        {"unit": "page", "amount": -1},
        {"unit": "page", "amount": True},
        {"unit": "free", "amount": 5},
        {"unit": "case", "amount": 0},
        {"unit": "case", "amount": HIGHEST + 1},
        {"unit": "case", "amount": 5, "most": 3},
        {"unit": "page", "amount": 5, "tiers": [{"first": 1, "amount": 2}]},
        {"unit": "page", "amount": 5, "tiers": [{"first": 4, "amount": 2}] * 2},
        {"unit": "page", "amount": 5, "tiers": [{"first": "3", "amount": 2}]},
        {"unit": "page", "amount": 5, "tiers": "3"},
        {"unit": "page", "amount": 5, "tiers": [{"first": 3}]},
        {"unit": "free", "online": 5},
        {"unit": "case", "amount": 5, "source": 226},
        {"unit": "kilo", "amount": 5},
        {"unit": "page", "amount": 5, "price": 2},
        ["page"],
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(facts: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(facts)


def test_the_table_of_fees_says_what_the_catalogues_words_say() -> None:
    rows = csv.DictReader(io.StringIO(resources.read_text("catalogue/procedures.csv")))
    words = {row["code"]: row["fee"] for row in rows}
    shipped = {version.code: version for version in catalogue.starter()}
    for code in json.loads(resources.read_text("catalogue/fees.json")):
        rule, read = shipped[code].fee_rule, read_fee(words[code])
        assert rule is not None
        assert read is not None, code
        assert (rule.unit, rule.amount, rule.tiers, rule.most, rule.online) == (
            read.unit,
            read.amount,
            read.tiers,
            read.most,
            read.online,
        )
        assert rule.source


amounts = st.integers(1, HIGHEST)
tiers = st.lists(st.tuples(st.integers(2, 9999), amounts), max_size=4, unique_by=lambda t: t[0])


@st.composite
def rules(draw: st.DrawFn) -> FeeRule:
    unit = draw(st.sampled_from(FeeUnit))
    if unit is FeeUnit.FREE:
        return FeeRule(unit)
    paged = unit is FeeUnit.PAGE
    steps = tuple(PageTier(*tier) for tier in sorted(draw(tiers))) if paged else ()
    most = draw(st.none() | amounts) if paged else None
    return FeeRule(unit, draw(amounts), steps, most, draw(st.none() | amounts))


@given(rules())
def test_words_and_json_of_any_rule_are_read_again(rule: FeeRule) -> None:
    assert read_fee(fee_words(rule)) == rule
    assert from_json(json.loads(json.dumps(to_json(rule)))) == rule


@given(rules(), st.integers(0, 99), st.integers(1, 300), st.integers(1, 9))
def test_a_sum_is_whole_never_negative_and_grows_with_what_is_counted(
    rule: FeeRule, copies: int, pages: int, sets: int
) -> None:
    fee = sum_fee(rule, copies, pages, sets)
    assert 0 <= fee.amount <= sum_fee(rule, copies + 1, pages + 1, sets + 1).amount
    if rule.most is not None:
        assert fee.amount <= copies * rule.most
