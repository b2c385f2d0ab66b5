"""A desk and its city: what the one counted the other holds, each day once, whatever came
between.
"""

import os
import random
from collections.abc import Callable

import pytest
from sqlalchemy import text

from cchc_desk.actions.city import sending
from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.intake import intake
from cchc_desk.city.office import City
from cchc_desk.domain.ledger.doubts import Outside
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.test_outside import forge
from tests.city.compare import assert_equal
from tests.city.conftest import OTHER_WARD, enrol, later_by, serving
from tests.city.random_life import act, some_time
from tests.engines import copy_desk, put_back


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
            rows = connection.execute(
                text("SELECT day, received, open, open_late, late FROM days ORDER BY day")
            ).all()
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


def test_a_city_that_holds_something_else_is_seen_at_the_desk(
    any_city: City, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    desk = make_desk()
    with serving(any_city) as served:
        enrol(desk, served.city)
        sending.send(desk)
        with any_city.database.begin() as connection:  # a hand in the city's database
            connection.execute(text("UPDATE days SET received = 7"))
            connection.execute(text("UPDATE desks SET state = :state"), {"state": "1" * 64})
        later_by(clock, hours=1)
        intake.accept_dossier(desk, make_intake())
        sending.send(desk)
        later_by(clock, days=1)
        intake.accept_dossier(desk, make_intake("Trần Văn Bình"))
        sending.send(desk)
    newest = sending.state(desk).parcels[0]
    assert newest.state == "acknowledged"
    assert "không khớp với số liệu của quầy" in newest.difference


def test_a_forger_is_seen_by_the_citys_receipt(
    any_city: City, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    """He wrote the ledger anew, and took away the witness and everything else that lay beside."""
    desk = make_desk()
    with serving(any_city) as served:
        enrol(desk, served.city)
        code = intake.accept_dossier(desk, make_intake()).code
        sending.send(desk)
    fitting = {place.outside for place in upkeep.verify_ledger(desk).compared if place.fits}
    assert fitting == {Outside.WITNESS, Outside.CITY}
    forge(desk, code)
    for file in desk.folder.glob("desk.witness*"):
        file.unlink()

    answer = upkeep.verify_ledger(desk)
    assert any("viết lại" in problem for problem in answer.problems)
    assert [(place.outside, place.fits) for place in answer.compared] == [(Outside.CITY, False)]


@pytest.mark.parametrize(("acts_after", "kind"), [(0, "rewound"), (6, "forked")])
@pytest.mark.usefixtures("read_log")
def test_a_ledger_that_went_back_or_has_two_ends_is_an_alarm_and_everything_is_told_again(
    any_city: City, make_desk: Callable[..., Desk], clock: TableClock, acts_after: int, kind: str
) -> None:
    desk = make_desk()
    with serving(any_city) as served:
        enrol(desk, served.city)
        sending.send(desk)
        kept = desk.folder / "kept"
        copy_desk(desk.folder, kept)
        intake.accept_dossier(desk, make_intake())
        sending.send(desk)
        desk.close()
        put_back(kept, desk.folder)
        later_by(clock, days=1)  # at the latest when a day has ended something is to be told
        for file in desk.folder.glob("desk.witness*"):  # it would refuse; the city sees it too
            file.unlink()
        restored = opening.open_desk(desk.folder, clock)
        become(restored, "an")
        for number in range(acts_after):
            intake.accept_dossier(
                restored, make_intake(f"Người Thứ {number}", id_number=f"09219000{number:04d}")
            )
        assert sending.send(restored).trouble == ""
    with any_city.database.begin() as connection:
        assert connection.execute(text("SELECT kind FROM alarms")).scalars().all() == [kind]
    assert_equal(any_city, restored)
    assert {one.difference for one in sending.state(restored).parcels} == {""}
    restored.close()
