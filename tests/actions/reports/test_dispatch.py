"""The report on the dispatch and the annexes of QĐ 766, recounted apart on random wards."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.reports import reports
from cchc_desk.domain import figures as names
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.figures import Figure, Origin, Period
from cchc_desk.domain.reports.report import Asked
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests import recount
from tests.actions.conftest import become
from tests.actions.dossiers.test_figures import random_ward
from tests.actions.reports.test_reports import periods

DUE_LATE, SOLVED = names.DUE_LATE, (names.READY_EARLY, names.READY_ON_TIME, names.GONE)
LATE = (names.READY_LATE, names.GONE_LATE, names.OPEN_LATE)
LINES: dict[str, tuple[tuple[Figure, ...], tuple[Figure, ...]]] = {
    "due_late": ((DUE_LATE,), ()),
    "apologised": ((names.APOLOGISED,), (DUE_LATE,)),
    "told": ((names.TOLD_IN_TIME,), (DUE_LATE,)),
    "reappointed": ((names.REAPPOINTED,), (DUE_LATE,)),
    "late": (LATE, (names.READY, names.OPEN_LATE, names.GONE_LATE)),
    "online": ((names.RECEIVED_ONLINE,), (names.RECEIVED,)),
    "in_time": (SOLVED, (*SOLVED, names.READY_LATE)),
}


@pytest.fixture(scope="module", params=range(4))
def desk(request: pytest.FixtureRequest, ward: Path) -> Iterator[Desk]:
    """A ward at which people acted by chance for some weeks, read only here."""
    with random_ward(ward, random.Random(2307 + request.param)) as made:
        become(made, "chi")
        yield made


def codes_of(figures: tuple[Figure, ...], dossiers: list[Dossier], within: Period) -> Counter[str]:
    return Counter(code for one in figures for code in recount.codes(one, dossiers, within))


def recounted(desk: Desk, asked: Asked) -> tuple[list[Dossier], Period]:
    dossiers = recount.of_origin(recount.whole(desk), asked.origin)
    return dossiers, Period.until_now(asked.first, asked.last, desk.now())


def test_every_number_is_a_plain_recount_and_opens_its_dossiers(desk: Desk) -> None:
    for asked in periods(desk):
        dossiers, within = recounted(desk, asked)
        report = reports.make(desk, "dispatch", asked)
        for key, (part, whole) in LINES.items():
            row = report.table.row(key)
            for column, figures in (("part", part), ("whole", whole), ("share", part)):
                expected = codes_of(figures, dossiers, within)
                found = Counter(reports.cell_dossiers(desk, report, row, column))
                assert found == expected, (key, column)
                if figures and column != "share":
                    assert report.table.value(row, column) == expected.total()


def test_whose_responsibility_is_named_and_who_is_reviewed(desk: Desk) -> None:
    seen = set()
    for asked in periods(desk):
        dossiers, within = recounted(desk, asked)
        late = codes_of(LATE, dossiers, within)
        named = {
            one.code
            for one in dossiers
            if one.code in late and (fixed := one.responsibility) and fixed.decided
            if fixed.official
        }
        report = reports.make(desk, "dispatch", asked)
        row = report.table.row("responsible")
        assert row.values[1:3] == (len(named), late.total())
        assert set(reports.cell_dossiers(desk, report, row, "part")) == named
        assert Counter(reports.cell_dossiers(desk, report, row, "whole")) == late
        strikes = responsibility.strikes(desk, asked.last.year, asked.origin)
        reviewed = [one for one in strikes if len(one.dossiers) >= 3]
        assert report.table.value(report.table.row("review"), "part") == len(reviewed)
        seen.add(len(reviewed))
    assert seen


def test_an_administrator_reads_the_number_of_the_reviewed_without_a_name(desk: Desk) -> None:
    asked = reports.asked_of(date(2026, 1, 1), date(2026, 12, 31))
    leaders = reports.make(desk, "dispatch", asked).table
    become(desk, "dung")
    try:
        assert reports.make(desk, "dispatch", asked).table == leaders
        become(desk, "an")
        with pytest.raises(Refused) as refused:
            reports.make(desk, "dispatch", asked)
        assert refused.value.code == "role"
    finally:
        become(desk, "chi")


def test_courtesy_is_that_of_its_own_report(desk: Desk) -> None:
    for asked in periods(desk):
        own, here = (reports.make(desk, name, asked).table for name in ("courtesy", "dispatch"))
        assert here.row("score").values[1:] == own.row("score").values[1:]
        satisfied = [own.value(own.row(f"face_{face}"), "part") for face in (4, 5)]
        assert here.value(here.row("satisfied"), "part") == sum(map(int, map(str, satisfied)))


# --- QĐ 766 ---------------------------------------------------------------------------------------


def test_both_annexes_are_what_progress_lacks_each_dossier_once(desk: Desk) -> None:
    for asked in periods(desk):
        dossiers, within = recounted(desk, asked)
        overdue = set(codes_of((*LATE, names.ASKED_TWICE), dossiers, within))
        still_open = recount.codes(names.OPEN, dossiers, within)
        done, in_work = (
            reports.make(desk, name, asked).table for name in ("766-late", "766-open-late")
        )
        assert {row.key for row in in_work.rows} == overdue & still_open
        assert {row.key for row in done.rows} == overdue - still_open
        score = reports.make(desk, "766", asked).table
        lacking = [score.value(score.row("5"), name) for name in ("whole", "part")]
        assert len(done.rows) + len(in_work.rows) == int(str(lacking[0])) - int(str(lacking[1]))


def test_an_annex_has_the_columns_that_were_seen_and_no_name_of_a_citizen(desk: Desk) -> None:
    asked = Asked(date(2026, 1, 1), date(2026, 12, 31), Origin.ALL)
    before = ["Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả"]
    for name, after in (
        ("766-late", ["Ngày có kết quả", "Đơn vị giải quyết", "Ghi chú"]),
        ("766-open-late", ["Đơn vị giải quyết", "Cán bộ đang xử lý", "Ghi chú"]),
    ):
        report = reports.make(desk, name, asked)
        assert [head.title for head in report.table.heads] == [*before, *after]
        assert not report.is_personal
        applicants = {one.applicant.name for one in recount.whole(desk)}
        assert not applicants & {value for row in report.table.rows for value in row.values}


def test_a_note_says_why_a_dossier_in_time_is_overdue_for_the_portal(desk: Desk) -> None:
    for asked in periods(desk):
        dossiers, within = recounted(desk, asked)
        late = set(codes_of(LATE, dossiers, within))
        for name in ("766-late", "766-open-late"):
            made = reports.make(desk, name, asked).table
            for row in made.rows:
                twice = "Yêu cầu bổ sung từ lần thứ hai" in str(made.value(row, "note"))
                assert twice is (row.key not in late)
