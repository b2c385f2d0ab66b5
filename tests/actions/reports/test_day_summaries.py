"""A report counted from sums of days is the one counted dossier by dossier, on random wards."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from cchc_desk.actions.data import repair
from cchc_desk.actions.intake import intake
from cchc_desk.actions.reports import reports
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.reports.report import Asked
from cchc_desk.domain.reports.table import ReportTable
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import day_summaries
from cchc_desk.store.engine.database import run
from tests.actions.conftest import become, make_intake
from tests.actions.dossiers.test_figures import random_ward
from tests.engines import by_hand


@pytest.fixture(params=range(2))
def desk(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    """A ward at which people acted by chance for some weeks."""
    with random_ward(ward, random.Random(1300 + request.param)) as made:
        become(made, "chi")
        yield made


def periods(today: date) -> Iterator[Asked]:
    """Days and spans of days around the life of the ward, of each origin."""
    first = date(2026, 11, 16)
    days = [first + timedelta(days=number) for number in range(0, (today - first).days + 3, 5)]
    for origin in Origin:
        yield Asked(date(2026, 1, 1), date(2026, 12, 31), origin)
        for day in days:
            yield Asked(day, day, origin)
            yield Asked(first, day, origin)
            yield Asked(day, today, origin)


def counted(desk: Desk, name: str = "ii-06a") -> dict[Asked, ReportTable]:
    return {
        asked: reports.make(desk, name, asked).table
        for asked in periods(desk.now().date())
        if asked.first <= asked.last
    }


def sum_all(desk: Desk) -> None:
    with desk.write() as connection:
        day_summaries.sum_block(connection, 0)


def is_summed(desk: Desk) -> bool:
    with desk.read() as connection:
        return day_summaries.summed_blocks(connection) == (0,)


def test_the_sums_give_what_the_dossiers_give(desk: Desk) -> None:
    plain = counted(desk)
    sum_all(desk)
    assert is_summed(desk)
    assert counted(desk) == plain


def _same(moment: datetime) -> datetime:
    return moment


def test_what_comes_later_today_is_not_counted_yet(desk: Desk) -> None:
    """At each hour of the last days, with results and due moments that are still to come."""
    sum_all(desk)
    end = desk.now().replace(hour=0, minute=0)
    for hours in range(0, 72, 5):
        now = end - timedelta(hours=hours) + timedelta(minutes=30)
        desk.clock = partial(_same, now)
        today = now.date()
        for asked in (Asked(today, today), Asked(date(2026, 11, 16), today)):
            summed = reports.make(desk, "ii-06a", asked).table
            with desk.write() as connection:
                run(connection, "DELETE FROM day_summaries")
            assert reports.make(desk, "ii-06a", asked).table == summed, (now, asked)
            sum_all(desk)


def test_an_act_on_one_dossier_forgets_its_days(desk: Desk) -> None:
    sum_all(desk)
    become(desk, "an")
    intake.accept_dossier(desk, make_intake("Trần Thị Mới"))
    assert not is_summed(desk)
    plain = counted(desk)
    sum_all(desk)
    assert counted(desk) == plain


def test_a_dossier_whose_moments_cannot_be_is_counted_for_itself(desk: Desk) -> None:
    """A result before the acceptance belongs to no span of days."""
    with desk.write() as connection:
        run(
            connection,
            "UPDATE dossiers SET ready = '2026-11-18T09:00' WHERE n = "
            "(SELECT max(n) FROM dossiers WHERE accepted > '2026-11-19')",
        )
    plain = counted(desk)
    sum_all(desk)
    assert not is_summed(desk)
    assert counted(desk) == plain


def test_check_finds_days_that_somebody_changed(desk: Desk) -> None:
    sum_all(desk)
    become(desk, "dung")
    assert repair.check_and_rebuild(desk).rebuilt == ()
    plain = counted(desk)
    with by_hand(desk.folder) as connection:
        connection.execute("UPDATE day_summaries SET ready_late = ready_late + 1")
    assert counted(desk) != plain
    assert "số liệu theo ngày" in repair.check_and_rebuild(desk).rebuilt[0]
    assert counted(desk) == plain
