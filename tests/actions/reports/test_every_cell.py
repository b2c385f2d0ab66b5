"""Every cell of every report on five wards of different shapes, against plain SQL."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cchc_desk.actions.reports import makers, reports
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.reports.report import Asked
from cchc_desk.domain.table import Cell
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests.actions.conftest import TableClock, become
from tests.actions.dossiers.test_figures import live, own_copy, random_ward
from tests.actions.reports.plain_sql import ELSEWHERE, FEES, RECOUNTS, Ward
from tests.city.random_life import act

WARDS = range(5)
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module", params=WARDS)
def desk(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    """A ward of its own shape, read only here."""
    rng = random.Random(4200 + request.param)
    with random_ward(ward, rng) as made:
        of_many_kinds(made, rng)
        become(made, "chi")
        yield made


def of_many_kinds(desk: Desk, rng: random.Random) -> None:
    """What chance seldom makes: every channel, every kind of fee, certified copies, sheets."""
    with desk.database.write() as connection:
        numbers = [n for (n,) in run(connection, "SELECT n FROM dossiers ORDER BY n")]
        for n in numbers:
            values = rng.choice(("online", "direct", "post")), rng.choice(tuple(FEES)), n
            run(connection, "UPDATE dossiers SET channel = ?, fee = ? WHERE n = ?", values)
            if rng.random() < 0.3:
                run(connection, "UPDATE dossiers SET sets = ? WHERE n = ?", (rng.randint(2, 4), n))
        for count, n in enumerate(rng.sample(numbers, k=len(numbers) // 4), 1):
            fee = rng.choice((None, 2_000, 40_000))
            run(
                connection,
                "INSERT INTO certifications (dossier, ordinal, book, year, volume, number, at, "
                "paper, pages, copies, fee, signer, signer_title, note) VALUES "
                "(?, 1, 'copy', 2026, 1, ?, '2026-11-23T10:00', 'Bằng', 1, 1, ?, 'chi', '', '')",
                (n, count, fee),
            )
        for n in rng.sample(numbers, k=len(numbers) // 2):
            faces, told = rng.randint(1, 5), rng.choice((None, True, False))
            run(
                connection,
                "INSERT INTO courtesy_ratings (dossier, stage, at, official, faces, told, typed) "
                "SELECT n, 'return', accepted, 'an', ?, ?, NULL FROM dossiers WHERE n = ?",
                (faces, told, n),
            )


def periods(desk: Desk) -> Iterator[Asked]:
    """The year, a whole month, a part of the ward's life, its last day; of each origin."""
    today, first = desk.now().date(), date(2026, 11, 20)
    middle = first + (today - first) / 2
    for start, end in (
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
        (first, middle),
        (today, today),
    ):
        for origin in Origin:
            yield Asked(start, end, origin)


def test_no_report_goes_without_a_recount() -> None:
    assert set(makers.MAKERS) == {*RECOUNTS, *ELSEWHERE}
    assert all((ROOT / test).is_file() for test in ELSEWHERE.values())


Table = dict[str | None, dict[str, Cell]]


def table(desk: Desk, name: str, asked: Asked) -> Table:
    """Each cell by its row and its column."""
    report = reports.make(desk, name, asked)
    heads = [head.name for head in report.table.heads]
    made = {row.key: dict(zip(heads, row.values, strict=True)) for row in report.table.all_rows}
    assert len(made) == len(report.table.all_rows)
    return made


def recounted(desk: Desk, name: str, asked: Asked) -> Table:
    with desk.database.read() as connection:
        ward = Ward(connection, asked.first, asked.last, asked.origin, desk.now())
        return RECOUNTS[name](ward)


@pytest.mark.parametrize("name", RECOUNTS)
def test_every_cell_is_what_plain_sql_counts(desk: Desk, name: str) -> None:
    for asked in periods(desk):
        assert table(desk, name, asked) == recounted(desk, name, asked), asked


def test_one_act_changes_the_cells_that_it_should_and_no_other(ward: Path, tmp_path: Path) -> None:
    """After each act every report is again what is counted anew."""
    rng, clock, changed = random.Random(77), TableClock(), set[str]()
    with own_copy(ward, tmp_path / "desk", clock) as desk:
        live(desk, clock, rng)
        of_many_kinds(desk, rng)
        for _act in range(12):
            asked = Asked(date(2026, 1, 1), date(2026, 12, 31), rng.choice(tuple(Origin)))
            become(desk, "chi")
            before = {name: table(desk, name, asked) for name in RECOUNTS}
            act(desk, clock, rng)
            become(desk, "chi")
            for name, earlier in before.items():
                now = table(desk, name, asked)
                assert now == recounted(desk, name, asked), name
                changed |= {name} if now != earlier else set()
    assert {"ii-06a", "register", "monthly", "late"} <= changed
