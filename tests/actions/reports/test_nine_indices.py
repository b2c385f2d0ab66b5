"""The nine indices of 2018: counted from dossiers, scored by the office, ranked on the line."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_desk.actions.reports import reports
from cchc_desk.actions.reports.kinds import nine
from cchc_desk.domain import figures as names
from cchc_desk.domain.figures import Period
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.reports.nine_indices import (
    ONLINE_LATE,
    READY_ASKED,
    READY_ASKED_TWICE,
    points,
    rank,
)
from cchc_desk.domain.reports.report import Report
from cchc_desk.domain.reports.table import half_up
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.settings import SCORED_BY_OFFICE
from tests import recount
from tests.actions.conftest import become
from tests.actions.dossiers.test_figures import random_ward


@pytest.fixture(params=range(2))
def desk(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    """A ward at which people acted by chance for some weeks."""
    with random_ward(ward, random.Random(902 + request.param)) as made:
        become(made, "chi")
        yield made


def report_of(desk: Desk) -> Report:
    asked = reports.asked_of(date(2026, 1, 1), desk.now().date())
    return reports.make(desk, "nine-indices", asked)


def points_in(report: Report) -> dict[str | None, object]:
    return {row.key: report.table.value(row, "points") for row in report.table.all_rows}


@pytest.mark.parametrize(
    ("total", "name"),
    [
        ("18", "Xuất sắc"),
        ("15", "Xuất sắc"),  # exactly on the line
        ("14.99", "Tốt"),
        ("12", "Tốt"),
        ("11.99", "Khá"),
        ("9", "Khá"),
        ("8.99", "Trung bình"),
        ("6", "Trung bình"),
        ("5.99", "Yếu"),
        ("0", "Yếu"),
    ],
)
def test_a_rank_begins_exactly_on_its_line(total: str, name: str) -> None:
    assert rank(Fraction(total), nine.ranks()) == name


def test_what_the_dossiers_tell_is_a_plain_recount(desk: Desk) -> None:
    within = Period.until_now(date(2026, 1, 1), desk.now().date(), desk.now())
    whole = recount.whole(desk)
    ready = [one for one in whole if recount.RULES[names.READY](one, within)]
    early = [one for one in ready if recount.RULES[names.READY_EARLY](one, within)]
    on_time = [one for one in ready if recount.RULES[names.READY_ON_TIME](one, within)]
    asked = Counter(
        min(2, sum(one.kind is PauseKind.SUPPLEMENT and not one.undone for one in found.pauses))
        for found in ready
    )
    received = [one for one in whole if recount.RULES[names.RECEIVED](one, within)]
    online = [one for one in received if one.channel is Channel.ONLINE]
    late = any(
        one.channel is Channel.ONLINE
        and (
            recount.RULES[names.READY_LATE](one, within)
            or recount.RULES[names.OPEN_LATE](one, within)
        )
        for one in whole
    )
    share = Fraction(len(online), len(received))
    ninth = 0 if late or share < Fraction(15, 100) else 2 if share >= Fraction(30, 100) else 1
    found = points_in(report_of(desk))
    assert found["1"] == half_up(Fraction(2 * len(early) + len(on_time), len(ready)), 2)
    assert found["3"] == half_up(Fraction(2 * asked[0] + asked[1], len(ready)), 2)
    assert found["9"] == half_up(Fraction(ninth), 2)


def test_there_is_a_rank_only_where_every_index_has_its_points(desk: Desk) -> None:
    before = report_of(desk)
    assert before.table.totals is not None
    assert "Chưa xếp loại" in str(before.table.totals.values[-1])
    nine.give_points(desk, dict.fromkeys(SCORED_BY_OFFICE, 2))
    report = report_of(desk)
    counted = [value for key, value in points_in(report).items() if key in ("1", "3", "9")]
    total = sum((value for value in counted if isinstance(value, Decimal)), Decimal(12))
    assert abs(total - Decimal(str(points_in(report)[None]))) <= Decimal("0.02")  # each is rounded
    assert report.table.totals is not None
    assert report.table.totals.values[-1] in ("Xuất sắc", "Tốt")
    nine.give_points(desk, {8: None})
    assert points_in(report_of(desk))["8"] is None


def test_points_that_there_are_not_are_refused(desk: Desk) -> None:
    for wrong in ({4: 3}, {4: -1}, {1: 2}, {10: 1}):
        with pytest.raises(Refused, match="0, 1 hoặc 2 điểm"):
            nine.give_points(desk, wrong)
    become(desk, "an")
    with pytest.raises(Refused):
        nine.give_points(desk, {4: 2})


def test_nothing_to_count_gives_no_points() -> None:
    nothing = Counter[names.Figure]()
    assert [points(number, nothing) for number in (1, 3, 9, 4)] == [None] * 4
    some = Counter({names.RECEIVED: 100, names.RECEIVED_ONLINE: 30})
    assert points(9, some) == 2
    assert points(9, some | Counter({ONLINE_LATE: 1})) == 0
    assert points(9, some - Counter({names.RECEIVED_ONLINE: 15})) == 1
    assert points(9, some - Counter({names.RECEIVED_ONLINE: 16})) == 0
    asked = Counter({names.READY: 4, READY_ASKED: 2, READY_ASKED_TWICE: 1})
    assert points(3, asked) == Fraction(5, 4)
