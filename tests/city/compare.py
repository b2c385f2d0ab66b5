"""A desk's own figures, asked the way its registers ask, beside what the city holds of it."""

from datetime import date, timedelta

import msgspec
from sqlalchemy import text

from cchc_desk.actions.lateness import responsibility
from cchc_desk.city import figures as at_city
from cchc_desk.city.office import City
from cchc_desk.domain.city import DayState
from cchc_desk.domain.figures import DUE_LATE, FAULT, FLOWS, STANDING, TOLD_IN_TIME, Period
from cchc_desk.session import Desk
from cchc_desk.store.city import day_counts, outbox
from cchc_desk.sync.parcel import Day
from tests import recount


def own_days(desk: Desk) -> dict[str, tuple[int, ...]]:
    """Each day of the desk by a plain recount over its dossiers."""
    now, dossiers = desk.now(), recount.whole(desk)
    with desk.database.read() as connection:
        first = day_counts.first_day(connection)
    assert first is not None
    found = {}
    for n in range((now.date() - first).days + 1):
        day = first + timedelta(days=n)
        within = Period.until_now(day, day, now)
        counted = (recount.count(figure, dossiers, within) for figure in (*FLOWS, *STANDING))
        found[day.isoformat()] = tuple(counted)
    return found


def city_days(city: City, desk: Desk) -> dict[str, tuple[int, ...]]:
    sql = (
        "SELECT day, received, ready, ready_late, gone, gone_late, open, open_late "
        "FROM days WHERE desk = :desk"
    )
    with city.database.begin() as connection:
        return {
            day: tuple(counts) for day, *counts in connection.execute(text(sql), {"desk": desk.id})
        }


def own_late(desk: Desk) -> dict[str, int]:
    """code -> letters owed, of every dossier that is late, by a plain recount."""
    now = desk.now()
    return {
        dossier.code: recount.letters_owed(dossier, now)
        for dossier in recount.whole(desk)
        if recount.is_late(dossier, now)
    }


def city_late(city: City, desk: Desk) -> set[str]:
    with city.database.begin() as connection:
        return set(
            connection.execute(
                text("SELECT code FROM late WHERE desk = :desk"), {"desk": desk.id}
            ).scalars()
        )


def assert_equal(city: City, *desks: Desk) -> None:
    """Every figure at the city is the desks' own, each day once; what is told of the past is what
    would be told now.
    """
    for desk in desks:
        assert_desk_equal(city, desk)
    for ward in {desk.settings["unit_code"] for desk in desks}:
        _assert_ward(city, ward, [desk for desk in desks if desk.settings["unit_code"] == ward])


def assert_desk_equal(city: City, desk: Desk) -> None:
    assert city_days(city, desk) == own_days(desk)
    assert city_late(city, desk) == set(own_late(desk))
    _assert_told_is_true(desk)


def _assert_told_is_true(desk: Desk) -> None:
    """The content of every day as it was sent equals a count of that day made now, over nothing but
    the dossiers.
    """
    from cchc_desk.actions.city import pack

    with desk.database.read() as connection:
        told = [msgspec.json.decode(content, type=Day) for content in outbox.contents(connection)]
        counted = day_counts.count_days(connection, told[0].day, told[-1].day, desk.now())
    for day in told:
        if (
            day.day > desk.now().date()
        ):  # packed while the desk's clock was ahead, and refused for it
            continue
        known = DayState(day.day, day.revision - 1, "")
        assert day == pack.day_of(known, counted[day.day], over=day.over)


def _assert_ward(city: City, ward: str, desks: list[Desk]) -> None:
    now = desks[0].now()
    with city.database.begin() as connection:
        period = at_city.Period(f"{now.year}-01", f"{now.year}-12")
        row = next(one for one in at_city.ranking(connection, period, now) if one.code == ward)
        strikes = at_city.strikes(connection, now.year, ward, least=1)
        doubled = (
            "SELECT count(*) FROM (SELECT desk, day, revision FROM revisions "
            "GROUP BY 1, 2, 3 HAVING count(*) > 1) x"
        )
        assert connection.execute(text(doubled)).scalar_one() == 0
    january = date(now.year, 1, 1)
    fuses = [responsibility.fuse(desk, january, now.date()).fuse for desk in desks]
    assert (row.fuse.late, row.fuse.total) == (
        sum(one.late for one in fuses),
        sum(one.total for one in fuses),
    )
    year = Period.of_year(now.year, now)
    for number, figure in ((row.due_late, DUE_LATE), (row.told, TOLD_IN_TIME)):
        assert number == sum(recount.count(figure, recount.whole(desk), year) for desk in desks)
    assert sum(one.count for one in strikes) == sum(
        recount.count(FAULT, recount.whole(desk), year) for desk in desks
    )
    assert row.owed == sum(sum(own_late(desk).values()) for desk in desks)
    own: dict[str, int] = {}
    for desk in desks:
        for one in responsibility.strikes(desk, now.year):
            own[one.official.id] = own.get(one.official.id, 0) + len(one.dossiers)
    assert {one.official: one.count for one in strikes} == own
