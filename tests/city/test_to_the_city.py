"""A desk and its city: what the one counted the other holds, each day once, whatever came between."""

import os
import random
from collections.abc import Callable

import pytest
from sqlalchemy import text

from cchc_desk.actions import intake, sending, steps
from cchc_desk.city.office import City
from cchc_desk.desk import Desk
from tests.actions.conftest import TableClock, make_intake
from tests.city.compare import assert_equal
from tests.city.conftest import OTHER_WARD, enrol, later_by, serving
from tests.city.random_life import act, some_time


def test_a_desk_enrols_and_what_it_counted_stands_at_the_city(
    any_city: City, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    desk = make_desk()
    with serving(any_city) as served:
        enrol(desk, served.city)
        code = intake.accept_dossier(desk, make_intake()).code
        later_by(clock, days=3)
        taken = sending.send(desk)
        assert (taken.trouble, taken.receipts) == ("", (1,))
        with any_city.database.begin() as connection:
            rows = connection.execute(text("SELECT day, received, open, open_late, late FROM days ORDER BY day")).all()
        assert [tuple(row) for row in rows] == [
            ("2026-11-23", 1, 1, 0, 0),
            ("2026-11-24", 0, 1, 0, 0),  # a holiday: the dossier is due on the day after it
            ("2026-11-25", 0, 1, 0, 1),
            ("2026-11-26", 0, 1, 1, 0),
        ]
        assert code
        assert sending.state(desk).waiting == 0
        steps.mark_ready(desk, code)
        assert sending.send(desk).receipts == (2,)
        assert sending.state(desk).parcels[0].difference == ""


@pytest.mark.parametrize("seed", range(int(os.environ.get("WARDS", "2"))))
def test_every_figure_at_the_city_is_the_desks_own_whatever_they_did(
    any_city: City, make_desk: Callable[..., Desk], clock: TableClock, seed: int
) -> None:
    rng = random.Random(seed)
    desks = [make_desk("quay-1"), make_desk("quay-2", first=2000), make_desk("quay-3", OTHER_WARD)]
    with serving(any_city) as served:
        for desk in desks:
            enrol(desk, served.city)
            sending.send(desk)  # the code in the invitation is good for a week
        for _moment in range(20):
            for _act in range(5):
                act(rng.choice(desks), clock, rng)
            some_time(clock, rng)
            if rng.random() < 0.5:
                assert sending.send(rng.choice(desks)).trouble == ""
        for desk in desks:
            assert sending.send(desk).trouble == ""
    assert_equal(any_city, *desks)
    for desk in desks:
        state = sending.state(desk)
        assert (state.waiting, {one.state for one in state.parcels}) == (0, {"acknowledged"})
        assert {one.difference for one in state.parcels} == {""}
