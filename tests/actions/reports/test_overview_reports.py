"""The trend, the next days, the load and the causes, recounted one dossier after the other."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_desk.actions.reports import overview, reports
from cchc_desk.actions.reports.kinds.trends import months_until
from cchc_desk.domain.dossiers.dossier import OPEN, Dossier, LetterKind
from cchc_desk.domain.figures import GONE_LATE, OPEN_LATE, READY, READY_LATE, Origin, Period
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.session import Desk
from tests import recount
from tests.actions.conftest import become
from tests.actions.dossiers.test_figures import random_ward
from tests.papers.forms.test_read_back import joined, squeezed

LATE = (READY_LATE, GONE_LATE, OPEN_LATE)
TOTAL = (READY, GONE_LATE, OPEN_LATE)


@pytest.fixture(scope="module", params=range(4))
def desk(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    """A ward at which people acted by chance for some weeks, read only here."""
    with random_ward(ward, random.Random(700 + request.param)) as made:
        become(made, "chi")
        yield made


def asks(desk: Desk) -> Iterator[Asked]:
    today = desk.now().date()
    for first, last in ((date(2026, 1, 1), date(2026, 12, 31)), (today, today)):
        for origin in Origin:
            yield Asked(first, last, origin)


def check_cells(
    desk: Desk, report: Report, column: str, expected: dict[str | None, set[str]]
) -> None:
    """Each cell of this column counts and opens exactly these dossiers."""
    for row in report.table.all_rows:
        behind = reports.cell_dossiers(desk, report, row, column)
        wanted = expected.get(row.key, set())
        assert (len(behind), set(behind)) == (len(wanted), wanted), (row.key, column)
        assert report.table.value(row, column) == len(wanted)


def test_each_month_of_thirteen_is_counted_for_itself(desk: Desk) -> None:
    whole = recount.whole(desk)
    for asked in asks(desk):
        dossiers = recount.of_origin(whole, asked.origin)
        report = reports.make(desk, "trend", asked)
        late: dict[str | None, set[str]] = {}
        total: dict[str | None, set[str]] = {}
        for first in months_until(desk.now().date()):
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            within = Period.until_now(first, last, desk.now())
            key = f"{first:%Y-%m}"
            late[key] = {one for figure in LATE for one in recount.codes(figure, dossiers, within)}
            total[key] = {
                one for figure in TOTAL for one in recount.codes(figure, dossiers, within)
            }
        assert [row.key for row in report.table.rows] == list(late)
        check_cells(desk, report, "late", late)
        check_cells(desk, report, "total", total)
        for row in report.table.rows:
            n, of = len(late[row.key]), len(total[row.key])
            assert report.table.value(row, "share") == (Fraction(n, of) if of else None)


def test_thirteen_months_begin_with_that_of_the_year_before() -> None:
    months = months_until(date(2027, 1, 31))
    assert (months[0], months[1], months[-1], len(months)) == (
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2027, 1, 1),
        13,
    )


def test_what_falls_due_in_the_next_days_is_what_is_open_with_that_day(desk: Desk) -> None:
    whole, today = recount.whole(desk), desk.now().date()
    for origin in Origin:
        dossiers = recount.of_origin(whole, origin)
        report = reports.make(desk, "due", Asked(today, today, origin))
        by_day: dict[str | None, set[str]] = {}
        until: dict[str | None, set[str]] = {}
        so_far: set[str] = set()
        for day in (today + timedelta(days=number) for number in range(10)):
            due = {one.code for one in dossiers if one.status in OPEN and one.due.date() == day}
            so_far = so_far | due
            if due or desk.calendar.is_working_day(day):
                by_day[day.isoformat()], until[day.isoformat()] = due, so_far
        assert [row.key for row in report.table.rows] == list(by_day)
        check_cells(desk, report, "due", by_day)
        check_cells(desk, report, "until", until)
        done = {
            one.code
            for one in dossiers
            if one.ready and _days_ago(desk, one.ready.date()) in range(1, 21)
        }
        assert f"làm xong {len(done)} hồ sơ" in report.definitions[-1]


def _days_ago(desk: Desk, day: date) -> int:
    """How many working days lie from this day, itself counted, to yesterday; 0 for today."""
    today = desk.now().date()
    days = (day + timedelta(days=number) for number in range((today - day).days))
    return max(sum(map(desk.calendar.is_working_day, days)), 1 if day < today else 0)


def test_the_load_is_counted_by_weekday_and_hour(desk: Desk) -> None:
    whole = recount.whole(desk)
    for asked in asks(desk):
        within = Period.until_now(asked.first, asked.last, desk.now())
        taken_in = [
            one
            for one in recount.of_origin(whole, asked.origin)
            if not one.cancelled and within.start <= one.accepted <= within.end
        ]
        report = reports.make(desk, "load", asked)
        if not taken_in:
            assert report.table.rows == ()
        for head in report.table.heads[1:]:
            expected: dict[str | None, set[str]] = {None: set()}
            for one in taken_in:
                if head.name in ("day", f"h{one.accepted.hour:02d}"):
                    expected[None].add(one.code)
                    expected.setdefault(str(one.accepted.weekday()), set()).add(one.code)
            check_cells(desk, report, head.name, expected)
        hours = {f"h{one.accepted.hour:02d}" for one in taken_in}
        assert hours <= {head.name for head in report.table.heads}


def test_causes_are_those_of_every_late_dossier(desk: Desk) -> None:
    whole = recount.whole(desk)
    for asked in asks(desk):
        within = Period.until_now(asked.first, asked.last, desk.now())
        dossiers = recount.of_origin(whole, asked.origin)
        late = {one for figure in LATE for one in recount.codes(figure, dossiers, within)}
        expected: dict[str | None, set[str]] = {}
        for one in dossiers:
            if one.code in late:
                expected.setdefault(cause_of(one), set()).add(one.code)
        report = reports.make(desk, "causes", asked)
        assert {row.key for row in report.table.rows} == set(expected)
        check_cells(desk, report, "late", expected)
        counts = [report.table.value(row, "late") for row in report.table.rows]
        assert counts == sorted(counts, key=lambda count: -int(str(count)))
        shares = Counter[str]()
        for row in report.table.rows:
            shares["until"] += len(expected[row.key])
            assert report.table.value(row, "until") == Fraction(shares["until"], len(late))


def cause_of(dossier: Dossier) -> str:
    """What was decided, else what the last letter says."""
    if dossier.responsibility is not None:
        return dossier.responsibility.cause
    letters = [one for one in dossier.letters if one.kind is LetterKind.LATE]
    return letters[-1].cause if letters else ""


# --- the overview ---------------------------------------------------------------------------------


def test_every_part_of_a_picture_is_a_cell_with_as_many_dossiers(desk: Desk) -> None:
    for asked in asks(desk):
        made = overview.make(desk, asked)
        for one in made.drawn:
            assert len(one.cells) == len(one.picture.bars)
            for bar, cells in zip(one.picture.bars, one.cells, strict=True):
                for part, cell in zip(bar.parts, cells, strict=True):
                    behind = reports.behind(desk, one.report, cell.row, cell.column)
                    if one.report.name == "trend":
                        assert bool(part.value) is bool(behind.count)
                    else:
                        assert part.value == behind.count == len(behind.rows)


def test_the_overview_on_paper_has_its_words_and_every_title(desk: Desk) -> None:
    asked = Asked(date(2026, 1, 1), date(2026, 12, 31))
    text = squeezed(joined(overview.paper(desk, asked)))
    made = overview.make(desk, asked)
    assert squeezed(made.words) in text
    for one in made.drawn:
        assert squeezed(one.report.title) in text
        for line in one.report.definitions:
            assert squeezed(line) in text
