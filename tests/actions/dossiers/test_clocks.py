"""Promise and process limit are two clocks: each is named, and only the promise makes lateness."""

from datetime import date, datetime
from pathlib import Path

import pytest

from cchc_desk.actions.catalogue import process
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.lists import taking
from cchc_desk.domain.dossiers.clocks import Clock, ClockKind
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake
from tests.actions.lists.containers import xlsx

BIRTH = "1.001193"
CODE = "H57.32-261123-0007"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


def set_process(desk: Desk, *minutes: int | None) -> None:
    become(desk, "dung")
    each = [ProcessStep(f"Bước {n}", "processor", minutes=one) for n, one in enumerate(minutes)]
    process.set_process(desk, BIRTH, each)
    become(desk, "an")


@pytest.fixture
def code(desk: Desk) -> str:
    """Accepted on Monday at ten: a day and a half of process, due on Friday the 27th."""
    set_process(desk, 480, 240)
    return intake.accept_dossier(desk, make_intake(limit="3 ngày làm việc")).code


def clock_of(desk: Desk, code: str, kind: ClockKind) -> Clock:
    return next(one for one in progress.show_dossier(desk, code).clocks if one.kind is kind)


def badge(desk: Desk, code: str) -> str:
    return progress.show_dossier(desk, code).standing.text


def test_the_process_may_be_over_while_the_promise_holds(
    desk: Desk, clock: TableClock, code: str
) -> None:
    promise, limit = progress.show_dossier(desk, code).clocks
    assert (promise.kind, promise.due) == (ClockKind.PROMISE, at("11-27T10:00"))
    assert (limit.kind, limit.due) == (ClockKind.PROCESS, at("11-25T15:30"))  # the 24th is no day
    assert promise.walk[-1].at == promise.due.time()
    assert limit.walk[-1].at == limit.due.time()
    assert sum(step.minutes or 0 for step in limit.walk) == 720
    clock.now = at("11-25T15:30")
    assert badge(desk, code) == "còn 2 ngày"
    clock.now = at("11-25T15:31")
    assert badge(desk, code) == "còn 2 ngày · quá hạn quy trình"
    (row,) = progress.find_dossiers(desk, code)
    assert (row.process_late, row.late, row.letters_owed) == (True, False, 0)
    assert letters.draft_what_is_owed(desk) == ()
    assert responsibility.fuse(desk, date(2026, 11, 1), date(2026, 12, 31)).fuse.late == 0
    steps.mark_ready(desk, code)
    assert [one.late for one in progress.show_dossier(desk, code).clocks] == [False, True]
    assert badge(desk, code) == "có kết quả, chờ trả"


def test_the_promise_may_be_broken_while_the_process_holds(desk: Desk, clock: TableClock) -> None:
    set_process(desk, 4800)
    code = intake.accept_dossier(desk, make_intake(limit="1 ngày làm việc")).code
    clock.now = at("11-27T08:00")
    assert [one.late for one in progress.show_dossier(desk, code).clocks] == [True, False]
    assert badge(desk, code) == "trễ 2 ngày"
    become(desk, "chi")
    assert "quy trình" not in letters.draft_apology(desk, code, "volume", at("12-01T10:00")).reason


def test_a_pause_moves_both_each_by_its_own_rule(desk: Desk, clock: TableClock, code: str) -> None:
    steps.request_supplement(desk, code, "Thiếu bản sao")
    clock.now = at("11-26T10:00")  # two days of work later
    assert not clock_of(desk, code, ClockKind.PROCESS).late  # it stands still
    steps.supplement_brought(desk, code)
    assert clock_of(desk, code, ClockKind.PROMISE).due == at("12-01T10:00")
    assert clock_of(desk, code, ClockKind.PROCESS).due == at("11-27T15:30")


def test_a_process_with_a_step_without_limit_makes_no_clock(desk: Desk) -> None:
    set_process(desk, 480, None)
    code = intake.accept_dossier(desk, make_intake(limit="3 ngày làm việc")).code
    assert [one.kind for one in progress.show_dossier(desk, code).clocks] == [ClockKind.PROMISE]
    set_process(desk, 480)  # what is accepted keeps the process of its day
    assert [one.kind for one in progress.show_dossier(desk, code).clocks] == [ClockKind.PROMISE]


def listed(desk: Desk, folder: Path, name: str, limit: str) -> None:
    heading = [
        "Mã hồ sơ", "Nội dung", "Chủ hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái",
        "Hạn xử lý",
    ]  # fmt: skip
    row = [CODE, "Khai sinh", "Trần Thị Thử", "23/11/2026 08:00", "01/12/2026 17:00",
           "Đang xử lý", limit]  # fmt: skip
    other = ["H57.32-261123-0008", "Khai sinh", "Lê Văn Thử", "23/11/2026 08:00",
             "01/12/2026 17:00", "Đang xử lý", "27/11/2026"]  # fmt: skip
    file = folder / name
    file.write_bytes(xlsx([list(heading), list(row), list(other)]))
    become(desk, "an")
    taking.take_list(desk, file)


def test_a_list_names_the_process_limit_of_a_watched_dossier(
    desk: Desk, clock: TableClock, tmp_path: Path
) -> None:
    clock.now = at("11-23T16:00")
    listed(desk, tmp_path, "mot.xlsx", "26/11/2026")
    promise, limit = progress.show_dossier(desk, CODE).clocks
    assert (promise.due, limit.due) == (at("12-01T17:00"), at("11-26T17:00"))
    assert promise.walk
    assert limit.walk
    assert promise.system == limit.system == progress.show_dossier(desk, CODE).dossier.system
    clock.now = at("11-26T18:00")
    assert "quá hạn quy trình" not in badge(desk, CODE)  # a day alone is kept until it is over
    clock.now = at("11-27T08:00")
    assert badge(desk, CODE).endswith("quá hạn quy trình")
    assert not progress.show_dossier(desk, CODE).row.late
    listed(desk, tmp_path, "hai.xlsx", "30/11/2026")  # over there it was moved; the promise stays
    promise, limit = progress.show_dossier(desk, CODE).clocks
    assert (promise.due, limit.due) == (at("12-01T17:00"), at("11-30T17:00"))
    assert not limit.late
    assert progress.show_dossier(desk, CODE).disagreements == ()
