"""Every report on random wards: recounted apart, every cell with exactly its dossiers."""

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.intake import before_acceptance
from cchc_desk.actions.reports import exports, makers, reports
from cchc_desk.actions.reports.kinds import scores
from cchc_desk.actions.reports.kinds.monthly import before_it, year_before
from cchc_desk.domain import figures as names
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.figures import Figure, Origin, Period
from cchc_desk.domain.reports.indicators import Score
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import half_up
from cchc_desk.domain.table import Cell
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests import recount
from tests.actions.conftest import WHY, TableClock, become, make_intake
from tests.actions.dossiers.test_figures import own_copy, random_ward

WARDS = range(5)


@pytest.fixture(scope="module", params=WARDS)
def desk(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    """A ward at which people acted by chance for some weeks, read only here."""
    with random_ward(ward, random.Random(900 + request.param)) as made:
        become(made, "chi")
        yield made


def periods(desk: Desk) -> Iterator[Asked]:
    """The whole life of the ward, a part of it, its last day, of each origin."""
    today, first = desk.now().date(), date(2026, 11, 20)
    middle = first + (today - first) / 2
    for start, end in ((date(2026, 1, 1), date(2026, 12, 31)), (first, middle), (today, today)):
        for origin in Origin:
            yield Asked(start, end, origin)


# --- the counts -----------------------------------------------------------------------------------

Rule = Callable[[Dossier, Period], bool]


def rule(*figures: Figure) -> Rule:
    return lambda one, within: any(recount.RULES[figure](one, within) for figure in figures)


II_06A: dict[str, Rule] = {
    "c4": rule(names.RECEIVED_ONLINE),
    "c5": rule(names.RECEIVED_ON_PAPER),
    "c6": rule(names.CARRIED_OVER),
    "c8": rule(names.READY_EARLY),
    "c9": rule(names.READY_ON_TIME, names.GONE),
    "c10": rule(names.READY_LATE),
    "c12": rule(names.OPEN_IN_TIME),
    "c13": rule(names.OPEN_LATE),
}
COVERAGE: dict[str, Rule] = {
    "late": rule(names.DUE_LATE),
    "apologised": rule(names.APOLOGISED),
    "told": rule(names.TOLD_IN_TIME),
}
MOVEMENTS: dict[str, Rule] = {
    "received": rule(names.RECEIVED),
    "ready": rule(names.READY),
    "returned": rule(names.RETURNED),
    "withdrawn": rule(names.WITHDRAWN),
    "stopped": rule(names.STOPPED),
    "open": rule(names.OPEN),
    "paused": rule(names.STANDS_STILL),
}
CHANNELS: dict[str, Rule] = {
    "received": rule(names.RECEIVED),
    "online": rule(names.RECEIVED_ONLINE),
    "on_paper": rule(names.RECEIVED_ON_PAPER),
}


@pytest.mark.parametrize(
    ("name", "key", "rules"),
    [
        ("ii-06a", lambda one: one.field, II_06A),
        ("apology-coverage", lambda one: one.field, COVERAGE),
        ("movements", lambda one: one.field, MOVEMENTS),
        ("channels", lambda one: one.procedure_code, CHANNELS),
        ("outreach", lambda one: one.procedure_code, CHANNELS),
    ],
)
def test_each_cell_is_a_plain_recount_of_its_group(
    desk: Desk, name: str, key: Callable[[Dossier], str], rules: dict[str, Rule]
) -> None:
    whole = recount.whole(desk)
    for asked in periods(desk):
        within = Period.until_now(asked.first, asked.last, desk.now())
        dossiers = recount.of_origin(whole, asked.origin)
        report = reports.make(desk, name, asked)
        groups = {key(one) for one in dossiers if any(of(one, within) for of in rules.values())}
        assert {row.key for row in report.table.rows} == groups
        for row in report.table.all_rows:
            for column, of in rules.items():
                expected = {
                    one.code
                    for one in dossiers
                    if of(one, within) and (row.key is None or key(one) == row.key)
                }
                behind = reports.cell_dossiers(desk, report, row, column)
                assert (set(behind), len(behind)) == (expected, len(expected)), (row, column)
                assert report.table.value(row, column) == len(expected), (row, column)


def test_what_was_refused_at_the_desk_stands_under_what_happened(
    ward: Path, tmp_path: Path
) -> None:
    with own_copy(ward, tmp_path / "desk", TableClock()) as own:
        become(own, "an")
        asked = Asked(own.now().date(), own.now().date())
        assert "Từ chối tiếp nhận trong kỳ: 0 phiếu" in under(own, asked)
        before_acceptance.refuse(own, make_intake("Lý Văn Ba"), "Không thuộc thẩm quyền")
        assert "Từ chối tiếp nhận trong kỳ: 1 phiếu" in under(own, asked)
        assert "Từ chối" not in under(own, replace(asked, origin=Origin.LIST))


def under(desk: Desk, asked: Asked) -> str:
    return " ".join(reports.make(desk, "movements", asked).definitions)


def number(value: object) -> int:
    assert isinstance(value, int)
    return value


def test_form_ii_06_adds_up(desk: Desk) -> None:
    for asked in periods(desk):
        report = reports.make(desk, "ii-06a", asked)
        for row in report.table.all_rows:
            c = {n: number(report.table.value(row, f"c{n}")) for n in range(3, 14)}
            assert c[3] == c[4] + c[5] + c[6] == c[7] + c[11]
            assert c[7] == c[8] + c[9] + c[10]
            assert c[11] == c[12] + c[13]


@pytest.mark.parametrize("name", sorted(makers.MAKERS))
def test_every_number_that_opens_opens_so_many_dossiers(desk: Desk, name: str) -> None:
    """A share opens the dossiers of its part, an amount those that have one."""
    for asked in periods(desk):
        report = reports.make(desk, name, asked)
        for row in report.table.all_rows:
            for head, value in zip(report.table.heads, row.values, strict=True):
                behind = reports.cell_dossiers(desk, report, row, head.name)
                assert len(set(behind)) == len(behind)
                if isinstance(value, int) and behind and head.name != "amount" and listed(report):
                    assert len(behind) == value, (name, row, head)


def listed(report: Report) -> bool:
    """Whether a cell opens what it counts, and not the one dossier of its row."""
    return report.name not in ("register", "late", "forecast")


def test_most_can_be_won_where_most_come_on_paper(desk: Desk) -> None:
    report = reports.make(desk, "outreach", next(periods(desk)))
    counts = [number(report.table.value(row, "on_paper")) for row in report.table.rows]
    assert counts == sorted(counts, reverse=True)


def test_progress_by_766_is_the_portals_count(desk: Desk) -> None:
    whole = recount.whole(desk)
    for asked in periods(desk):
        within = Period.until_now(asked.first, asked.last, desk.now())
        dossiers = recount.of_origin(whole, asked.origin)
        handled = recount.codes(names.READY, dossiers, within)
        handled |= recount.codes(names.GONE, dossiers, within)
        handled |= recount.codes(names.OPEN, dossiers, within)
        late = {
            code
            for figure in (*names_of_late(), names.ASKED_TWICE)
            for code in recount.codes(figure, dossiers, within)
        }
        score = scores.progress(desk, asked)
        assert (score.part, score.whole) == (len(handled - late), len(handled))


def names_of_late() -> tuple[Figure, ...]:
    return names.READY_LATE, names.GONE_LATE, names.OPEN_LATE


# --- figures seen ---------------------------------------------------------------------------------

PHU_THO = """\
1780,1415,79.49,15.9
2645,2134,80.68,16.14
1038,939,90.46,18.09
1203,1110,92.27,18.45
1267,1091,86.11,17.22
510,478,93.73,18.75
184513,144625,78.38,15.68
2,0,0,0
0,0,0,0
"""


@pytest.mark.parametrize("line", PHU_THO.splitlines())
def test_scores_seen_on_the_portal_are_worked_out_to_the_second_decimal(line: str) -> None:
    """Phú Thọ, August 2026 (docs/sources.md)."""
    received, in_time, ratio, points = next(csv.reader(io.StringIO(line)))
    score = Score(int(in_time), int(received), 20)
    assert (float(score.ratio), float(score.points)) == (float(ratio), float(points))


def test_a_half_goes_up() -> None:
    assert str(half_up(Fraction(125, 1000), 2)) == "0.13"
    assert str(half_up(Fraction(15), 2)) == "15.00"
    assert str(half_up(Fraction(4995, 100000) * 100, 2)) == "5.00"
    assert str(half_up(Fraction(49949, 1000000) * 100, 2)) == "4.99"


# --- periods --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "before", "last_year"),
    [
        ("2026-11-01", "2026-11-30", "2026-10-01 2026-10-31", "2025-11-01 2025-11-30"),
        ("2026-01-01", "2026-03-31", "2025-10-01 2025-12-31", "2025-01-01 2025-03-31"),
        ("2025-02-01", "2025-02-28", "2025-01-01 2025-01-31", "2024-02-01 2024-02-29"),
        ("2024-02-01", "2024-02-29", "2024-01-01 2024-01-31", "2023-02-01 2023-02-28"),
        ("2026-01-01", "2026-12-31", "2025-01-01 2025-12-31", "2025-01-01 2025-12-31"),
        ("2026-11-10", "2026-11-16", "2026-11-03 2026-11-09", "2025-11-10 2025-11-16"),
    ],
)
def test_periods_are_compared_with_their_like(
    first: str, last: str, before: str, last_year: str
) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert " ".join(map(str, before_it(*days))) == before
    assert " ".join(map(str, year_before(*days))) == last_year


# --- out of the program ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(makers.MAKERS))
def test_the_workbook_reads_back_as_the_table(desk: Desk, name: str, tmp_path: Path) -> None:
    asked = reports.asked_of(date(2026, 1, 1), date(2026, 12, 31))
    report = reports.make(desk, name, asked)
    file = tmp_path / "a.xlsx"
    exports.save_report(desk, report, file, WHY if report.is_personal else "")
    book = CalamineWorkbook.from_path(file)
    sheet = book.get_sheet_by_index(0).to_python()
    assert len(sheet[0]) == len(report.table.heads)
    for row, cells in zip(report.table.all_rows, sheet[1:], strict=False):
        expected = [as_read(cell) for cell in row.values]
        assert cells[: len(expected)] == expected
    opened = [
        code
        for row in report.table.rows
        for head in report.table.heads
        for code in reports.cell_dossiers(desk, report, row, head.name)
    ]
    codes = book.get_sheet_by_index(1).to_python()[1:] if opened else []
    assert [line[2] for line in codes] == opened


def as_read(value: Cell) -> object:
    """A value as a workbook gives it back: sixteen digits of a share."""
    match value:
        case None:
            return "—"
        case Fraction():
            return pytest.approx(float(value))
        case int() | Decimal():
            return float(value)
        case datetime() if value.time() == time():
            return value.date()
    return value


def test_a_report_with_citizens_leaves_with_a_reason(desk: Desk, tmp_path: Path) -> None:
    report = reports.make(desk, "register", reports.asked_of(date(2026, 1, 1), date(2026, 12, 31)))
    with pytest.raises(Refused) as refused:
        exports.save_report(desk, report, tmp_path / "a.xlsx")
    assert refused.value.code == "reason-missing"
    assert not (tmp_path / "a.xlsx").exists()


def test_a_report_with_citizens_goes_on_paper_with_a_reason_in_the_log(desk: Desk) -> None:
    asked = reports.asked_of(date(2026, 1, 1), date(2026, 12, 31))
    report = reports.make(desk, "late", asked)
    with pytest.raises(Refused) as refused:
        exports.report_pdf(desk, report)
    assert refused.value.code == "reason-missing"
    assert exports.report_pdf(desk, report, WHY).startswith(b"%PDF")
    newest = leaving.export_log(desk, date(2026, 1, 1), desk.now().date())[0]
    assert (newest.title, newest.lines, newest.reason) == (
        report.title,
        len(report.table.rows),
        WHY,
    )


def test_what_does_not_exist_is_refused_in_a_sentence(desk: Desk) -> None:
    asked = reports.asked_of(date(2026, 1, 1), date(2026, 12, 31))
    report = reports.make(desk, "ii-06a", asked)
    asks: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: reports.make(desk, "ii-99", asked), "unknown-report"),
        (lambda: reports.row_of(report.table, "không có"), "no-row"),
        (lambda: reports.asked_of(date(2026, 2, 1), date(2026, 1, 1)), "period"),
    )
    for ask, code in asks:
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == code


def test_a_processor_opens_their_own_dossiers_alone(desk: Desk) -> None:
    asked = reports.asked_of(date(2026, 1, 1), date(2026, 12, 31))
    totals = reports.make(desk, "ii-06a", asked).table.totals
    assert totals is not None
    become(desk, "binh")
    try:
        report = reports.make(desk, "ii-06a", asked)
        own = set(reports.cell_dossiers(desk, report, totals, "c3"))
    finally:
        become(desk, "chi")
    everybody = reports.cell_dossiers(desk, report, totals, "c3")
    assert own < set(everybody)
