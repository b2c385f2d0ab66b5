"""Reports whose rows are groups of another kind or parts of the period, on random wards."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cchc_desk.actions.reports import makers, reports
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.reports.groupings import Grouping, part_name, parts
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests import recount
from tests.actions.conftest import become
from tests.actions.dossiers.test_figures import random_ward

NUMBERS = [f"c{n}" for n in range(3, 14)]
KEYS: dict[Grouping, Callable[[Dossier], str]] = {
    Grouping.FIELD: lambda one: one.field,
    Grouping.PROCEDURE: lambda one: one.procedure_code,
    Grouping.CHANNEL: lambda one: one.channel.value,
    Grouping.OFFICIAL: lambda one: one.holder,
    Grouping.ORIGIN: lambda one: one.system,
}


@pytest.fixture(scope="module", params=range(2))
def desk(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    """A ward at which people acted by chance for some weeks, read only here."""
    with random_ward(ward, random.Random(1700 + request.param)) as made:
        become(made, "chi")
        yield made


def year(desk: Desk, by: Grouping | None = None, origin: Origin = Origin.ALL) -> Asked:
    return reports.asked_of(date(2026, 1, 1), desk.now().date(), origin, by)


def numbers(report: Report) -> dict[str | None, list[object]]:
    """The numbers of each row, the totals under None."""
    return {
        row.key: [report.table.value(row, name) for name in NUMBERS]
        for row in report.table.all_rows
    }


@pytest.mark.parametrize("by", KEYS)
def test_every_group_has_its_own_dossiers_and_the_totals_are_those_of_the_form(
    desk: Desk, by: Grouping
) -> None:
    by_code = {one.code: one for one in recount.whole(desk)}
    for origin in Origin:
        form = reports.make(desk, "ii-06a", year(desk, origin=origin))
        report = reports.make(desk, "ii-06a", year(desk, by, origin))
        assert numbers(report)[None] == numbers(form)[None]
        assert (report.form is None) is (by is not Grouping.FIELD)
        for row in report.table.rows:
            for name in NUMBERS:
                codes = reports.cell_dossiers(desk, report, row, name)
                assert {KEYS[by](by_code[code]) for code in codes} <= {row.key}
                assert len(codes) == report.table.value(row, name)


@pytest.mark.parametrize("by", [one for one in Grouping if one.is_of_time])
def test_every_part_is_the_report_of_its_days_alone(desk: Desk, by: Grouping) -> None:
    asked = year(desk, by)
    report = reports.make(desk, "ii-06a", asked)
    found = numbers(report)
    assert found[None] == numbers(reports.make(desk, "ii-06a", year(desk)))[None]
    spans = parts(asked.first, asked.last, by)
    assert [row.key for row in report.table.rows] == [first.isoformat() for first, _ in spans]
    busy = [(first, last) for first, last in spans if any(found[first.isoformat()])]
    for first, last in busy[-12:]:
        alone = reports.make(desk, "ii-06a", reports.asked_of(first, last))
        assert numbers(alone)[None] == found[first.isoformat()]
        row = next(row for row in report.table.rows if row.key == first.isoformat())
        assert row.values[0] == part_name(first, last, by)
        for name in NUMBERS:
            codes = reports.cell_dossiers(desk, report, row, name)
            assert sorted(codes) == sorted(
                reports.cell_dossiers(desk, alone, reports.row_of(alone.table, "total"), name)
            )


def test_systems_stand_beside_each_other_and_balance(desk: Desk) -> None:
    report = reports.make(desk, "systems", year(desk))
    with desk.read() as connection:
        sql = "SELECT DISTINCT d.code FROM dossiers d JOIN disagreements g ON g.dossier = d.n"
        disputed = {code for (code,) in run(connection, sql)}
    found = set()
    for row in report.table.rows:
        assert report.table.value(row, "balance") == 0
        assert reports.cell_dossiers(desk, report, row, "balance") == ()
        found |= set(reports.cell_dossiers(desk, report, row, "disputed"))
    counted = reports.cell_dossiers(desk, report, reports.row_of(report.table, "total"), "c3")
    assert found == disputed & set(counted)
    assert {row.values[0] for row in report.table.rows if not row.key} <= {"Tại quầy"}


def test_what_cannot_be_grouped_so_is_refused_in_a_sentence(desk: Desk) -> None:
    with pytest.raises(Refused, match="chỉ có một cách chia dòng"):
        reports.make(desk, "fees", year(desk, Grouping.DAY))
    long = reports.asked_of(date(2020, 1, 1), date(2026, 12, 31), by=Grouping.DAY)
    with pytest.raises(Refused, match="chia ra quá 400 dòng"):
        reports.make(desk, "ii-06a", long)
    assert makers.groupings("fees") == ()
    assert makers.groupings("channels")[0] is Grouping.PROCEDURE


def test_parts_cover_the_period_without_a_gap() -> None:
    for by in (one for one in Grouping if one.is_of_time):
        found = parts(date(2026, 2, 11), date(2026, 11, 3), by)
        assert (found[0][0], found[-1][1]) == (date(2026, 2, 11), date(2026, 11, 3))
        for (_first, last), (following, _last) in pairwise(found):
            assert following == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("by", "first", "last", "name"),
    [
        (Grouping.DAY, date(2026, 2, 3), date(2026, 2, 3), "03/02/2026"),
        (Grouping.WEEK, date(2026, 11, 16), date(2026, 11, 22), "Tuần 47/2026 (từ 16/11)"),
        (Grouping.MONTH, date(2026, 2, 1), date(2026, 2, 28), "Tháng 02/2026"),
        (Grouping.QUARTER, date(2026, 10, 1), date(2026, 12, 31), "Quý IV/2026"),
        (Grouping.HALF_YEAR, date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        (Grouping.HALF_YEAR, date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        (Grouping.YEAR, date(2026, 1, 1), date(2026, 12, 31), "Năm 2026"),
    ],
)
def test_a_part_has_the_name_that_a_report_writes(
    by: Grouping, first: date, last: date, name: str
) -> None:
    assert parts(first, last, by) == ((first, last),)
    assert part_name(first, last, by) == name
