"""The arithmetic of «4 xin, 4 luôn»: what counts, exact shares, and nothing of nothing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain import courtesy
from cchc_desk.domain.courtesy import Item, Moment, Rating, Share, Stage, Visit
from cchc_desk.errors import Refused

ITEMS = (
    Item("greet", "xin chào"),
    Item("apologise", "xin lỗi", "late"),
    Item("ask-leave", "xin phép", "wait"),
    Item("smile", "luôn mỉm cười"),
)
MONDAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 10, 0)
KEYS = [item.key for item in ITEMS]

visits = st.builds(
    Visit,
    at=st.integers(-60, 6).map(lambda days: AT + timedelta(days=days)),
    official=st.just("an"),
    moment=st.sampled_from(Moment),
    done=st.frozensets(st.sampled_from(KEYS)),
)
ratings = st.builds(
    Rating,
    code=st.just("H13.31-261123-0001"),
    stage=st.sampled_from(Stage),
    at=st.integers(-60, 6).map(lambda days: AT + timedelta(days=days)),
    official=st.just("an"),
    faces=st.sampled_from(courtesy.FACES),
    told=st.sampled_from([None, True, False]),
)


def visit(moment: Moment, *done: str) -> Visit:
    return Visit(AT, "an", moment, frozenset(done))


@pytest.mark.parametrize(
    ("moment", "done", "part", "whole"),
    [
        (
            Moment.GREETING,
            (),
            0,
            2,
        ),  # an apology and asking leave were not called for: they are not missed
        (Moment.GREETING, ("greet", "smile"), 2, 2),
        (
            Moment.GREETING,
            ("greet", "smile", "apologise"),
            3,
            3,
        ),  # done without being called for: it counts
        (Moment.LATE, ("greet", "smile"), 2, 3),  # the dossier was late and nobody said sorry
        (Moment.LATE, ("greet", "smile", "apologise"), 3, 3),
        (Moment.WAIT, ("ask-leave",), 1, 3),
        (Moment.THANKS, ("greet",), 1, 2),
    ],
)
def test_what_a_visit_counts(moment: Moment, done: Sequence[str], part: int, whole: int) -> None:
    assert courtesy.self_score([visit(moment, *done)], ITEMS) == Share(part, whole)


def test_each_item_is_counted_where_it_was_called_for() -> None:
    found = dict(
        courtesy.by_item([visit(Moment.GREETING, "greet"), visit(Moment.LATE, "apologise")], ITEMS)
    )
    assert [found[item] for item in ITEMS] == [Share(1, 2), Share(1, 1), Share(0, 0), Share(0, 2)]


def test_of_nothing_there_is_no_share_and_no_mean() -> None:
    nothing = courtesy.tally([], [], Share(0, 0), ITEMS)
    assert nothing.score.value is None
    assert nothing.citizens.mean is None
    assert nothing.citizens.told.value is None
    assert nothing.letters.value is None
    assert all(share.value is None for _, share in nothing.items)


def test_the_mean_is_exact_and_told_counts_only_answers() -> None:
    pressed = [(5, True), (4, None), (4, False)]
    said = [
        Rating(f"c{n}", Stage.RETURN, AT, "an", faces, told)
        for n, (faces, told) in enumerate(pressed)
    ]
    score = courtesy.citizens_score(said)
    assert (score.faces, score.mean, score.told) == ((0, 0, 0, 2, 1), Fraction(13, 3), Share(1, 2))


@given(st.lists(visits), st.lists(visits))
def test_scores_add_up_and_stay_within_bounds(one: list[Visit], two: list[Visit]) -> None:
    first, second, both = (courtesy.self_score(found, ITEMS) for found in (one, two, [*one, *two]))
    assert (both.part, both.whole) == (first.part + second.part, first.whole + second.whole)
    assert 0 <= both.part <= both.whole
    assert sum(share.part for _, share in courtesy.by_item(one, ITEMS)) == first.part
    assert sum(share.whole for _, share in courtesy.by_item(one, ITEMS)) == first.whole


@given(visits, st.sampled_from(KEYS))
def test_one_more_item_done_never_lowers_the_score(found: Visit, key: str) -> None:
    more = Visit(found.at, found.official, found.moment, found.done | {key})
    before, after = (
        courtesy.self_score([one], ITEMS).value or Fraction(0) for one in (found, more)
    )
    assert after >= before


@given(st.lists(ratings, min_size=1))
def test_the_mean_lies_between_the_worst_and_the_best(found: list[Rating]) -> None:
    score = courtesy.citizens_score(found)
    assert score.count == len(found)
    assert score.mean is not None
    assert min(one.faces for one in found) <= score.mean <= max(one.faces for one in found)


@given(st.lists(visits), st.lists(ratings))
def test_every_visit_of_the_eight_weeks_stands_in_one_week_of_the_trend(
    found: list[Visit], said: list[Rating]
) -> None:
    points = courtesy.trend(MONDAY, found, said, ITEMS)
    assert [point.monday for point in points][-1] == MONDAY
    assert {(b.monday - a.monday).days for a, b in pairwise(points)} == {7}
    within = [one for one in found if one.at.date() >= points[0].monday]
    assert sum(point.score.whole for point in points) == courtesy.self_score(within, ITEMS).whole
    assert sum(point.citizens.count for point in points) == sum(
        one.at.date() >= points[0].monday for one in said
    )


@pytest.mark.parametrize(
    ("own", "code"),
    [
        (ITEMS[:3], "courtesy-items"),
        ((*ITEMS[:3], ITEMS[0]), "courtesy-items"),
        ((*ITEMS[:3], Item("smile", "  ")), "courtesy-text"),
        ((*ITEMS[:3], Item("smile", "x" * 41)), "courtesy-text"),
    ],
)
def test_a_desk_keeps_all_the_items_whatever_it_calls_them(
    own: tuple[Item, ...], code: str
) -> None:
    with pytest.raises(Refused) as no:
        courtesy.checked_items(own, ITEMS)
    assert no.value.code == code


def test_another_order_and_wording_keep_when_an_item_is_called_for() -> None:
    own = (Item("smile", "  luôn   tươi cười "), *ITEMS[1:3], ITEMS[0])
    kept = courtesy.checked_items(own, ITEMS)
    assert [item.key for item in kept] == ["smile", "apologise", "ask-leave", "greet"]
    assert kept[0].text == "luôn tươi cười"
    assert kept[1].when == "late"
