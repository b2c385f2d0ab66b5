"""Watched dossiers at the city: what lists named is counted, and how many are watched is said."""

import random
from collections.abc import Callable
from pathlib import Path

import msgspec
from sqlalchemy import text

from cchc_desk.actions.city import sending
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.lists import taking
from cchc_desk.city.office import City
from cchc_desk.domain.figures import Origin
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests.actions.conftest import TableClock, make_intake
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import LAYOUTS, make_dossiers
from tests.city.compare import assert_equal
from tests.city.conftest import enrol, later_by, serving


def take_lists(desk: Desk, folder: Path) -> None:
    """Own and watched dossiers; of two lists, with procedures that no catalogue knows."""
    intake.accept_dossier(desk, make_intake())
    for seed, layout in enumerate(("igate", "opencps")):
        dice = random.Random(seed)
        file = folder / f"{layout}.xlsx"
        file.write_bytes(xlsx(LAYOUTS[layout](make_dossiers(25, dice), dice).rows))
        taking.take_list(desk, file)
    with desk.database.write() as connection:  # the code of another system is any text
        odd = (
            "UPDATE dossiers SET code = 'BĐ/2026-17', procedure_code = 'Nguyễn Dấu Vết' WHERE n = 2"
        )
        run(connection, odd)


def test_the_city_counts_what_lists_named_and_hears_how_many_are_watched(
    any_city: City, make_desk: Callable[..., Desk], clock: TableClock, tmp_path: Path
) -> None:
    desk = make_desk()
    with serving(any_city) as served:
        enrol(desk, served.city)
        take_lists(desk, tmp_path)
        later_by(clock, days=5)
        assert sending.send(desk).trouble == ""
        assert sending.state(desk).waiting == 0
        assert_equal(any_city, desk)
    with any_city.database.begin() as connection:
        (standing,) = connection.execute(text("SELECT standing FROM desks")).scalars()
        flows = connection.execute(text("SELECT flows FROM days")).scalars()
        assert not [told for told in flows if "Dấu Vết" in told]
    told = msgspec.json.decode(standing)["fuse"]
    year = responsibility.year_to_date(clock.now)
    every, watched = (
        responsibility.fuse(desk, *year, origin).fuse for origin in (Origin.ALL, Origin.LIST)
    )
    assert 0 < watched.late < every.late
    assert told == {
        "year": 2026,
        "late": every.late,
        "total": every.total,
        "watched": watched.total,
        "watched_late": watched.late,
    }
