"""Frozen months: printed again as they were, corrected beside, opened by a leader with a reason."""

import sqlite3
from datetime import date, timedelta

import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.reports import exports, makers, months, reports
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, keep_settings, make_intake

NOVEMBER = date(2026, 11, 1)
ASKED = reports.asked_of(NOVEMBER, date(2026, 11, 30))


@pytest.fixture
def december(desk: Desk, clock: TableClock) -> Desk:
    """The office on 1 December, with two dossiers of November, one of them finished."""
    become(desk, "an")
    first = intake.accept_dossier(desk, make_intake(limit="20 ngày làm việc"))
    intake.accept_dossier(desk, make_intake(limit="20 ngày làm việc"))
    steps.mark_ready(desk, first.code)
    clock.now = clock.now.replace(month=12, day=1)
    become(desk, "chi")
    return desk


def test_a_frozen_month_is_printed_later_as_it_was(december: Desk, clock: TableClock) -> None:
    desk = december
    months.freeze(desk, NOVEMBER)
    february = exports.report_pdf(desk, reports.make(desk, "ii-06a", ASKED))
    clock.now += timedelta(days=60)
    keep_settings(desk, {"unit_name": "Ủy ban nhân dân phường Khác"})
    march = exports.report_pdf(desk, reports.make(desk, "ii-06a", ASKED))
    assert march == february


def test_what_changes_later_is_told_beside_the_frozen_figure(
    december: Desk, clock: TableClock
) -> None:
    desk = december
    frozen = reports.make(desk, "ii-06a", ASKED).table
    months.freeze(desk, NOVEMBER)
    assert months.frozen_months(desk)[0].corrections == ()
    become(desk, "an")
    late = make_intake(limit="20 ngày làm việc", received=clock.now - timedelta(days=5))
    intake.accept_dossier(desk, late)  # received on paper in November, typed now
    report = reports.make(desk, "ii-06a", ASKED)
    assert report.table == frozen
    assert report.frozen is not None
    told = {(one.row, one.column): (one.frozen, one.now) for one in report.frozen.corrections}
    assert told["Tổng cộng", "c3"] == ("2", "3")
    assert told["Tổng cộng", "c12"] == ("1", "2")
    assert ("Tổng cộng", "c7") not in told


def test_only_a_leader_opens_it_with_a_reason(december: Desk) -> None:
    desk = december
    months.freeze(desk, NOVEMBER)
    with pytest.raises(Refused, match="đã chốt"):
        months.freeze(desk, NOVEMBER)
    with pytest.raises(Refused, match="vì sao"):
        months.unfreeze(desk, NOVEMBER, " ")
    become(desk, "dung")
    with pytest.raises(Refused) as refused:
        months.unfreeze(desk, NOVEMBER, "Nhập sót hồ sơ")
    assert refused.value.code == "role"
    become(desk, "chi")
    months.unfreeze(desk, NOVEMBER, "Nhập sót hồ sơ")
    assert months.frozen_months(desk) == ()
    assert reports.make(desk, "ii-06a", ASKED).frozen is None
    months.freeze(desk, NOVEMBER)
    assert len(months.frozen_months(desk)) == 1


def test_a_month_that_runs_on_is_not_frozen(december: Desk) -> None:
    with pytest.raises(Refused) as refused:
        months.freeze(december, date(2026, 12, 1))
    assert refused.value.code == "month-not-over"
    with pytest.raises(Refused) as refused:
        months.unfreeze(december, NOVEMBER, "Chưa chốt mà mở")
    assert refused.value.code == "month-open"


def test_the_ledger_answers_for_every_frozen_report(december: Desk) -> None:
    desk = december
    months.freeze(desk, NOVEMBER)
    assert upkeep.verify_ledger(desk).ok
    frozen = {
        name
        for name in makers.MAKERS
        if (report := reports.make(desk, name, ASKED)).frozen or report.is_personal
    }
    assert frozen == set(makers.MAKERS) - makers.OF_TODAY


@pytest.mark.one_pc("a trigger taken out of the file")
def test_a_frozen_report_that_somebody_changed_is_not_shown_as_frozen(december: Desk) -> None:
    desk = december
    months.freeze(desk, NOVEMBER)
    with sqlite3.connect(desk.folder / "desk.db") as file:
        for (name,) in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'frozen_papers'"
        ).fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute("UPDATE frozen_papers SET facts = replace(facts, 'Hộ tịch', 'Đất đai')")
    with pytest.raises(Refused) as refused:
        reports.make(desk, "ii-06a", ASKED)
    assert refused.value.code == "paper-changed"
