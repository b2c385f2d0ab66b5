"""The edges of the rules on lateness: last minute, working day before, exactly 5 %, third strike,
twice asked.
"""

from datetime import date, datetime

import pytest

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.domain.dossiers.dossier import Dossier, How, Status
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def taken_in(
    desk: Desk, clock: TableClock, when: str, limit: str, procedure: str = "1.001193"
) -> Dossier:
    clock.now = at(when)
    become(desk, "an")
    return intake.accept_dossier(desk, make_intake(limit=limit, procedure=procedure))


def view(desk: Desk, code: str) -> Dossier:
    return progress.show_dossier(desk, code).dossier


@pytest.mark.parametrize(
    ("limit", "ready", "late"),
    [
        ("1 ngày làm việc", "2026-11-25T16:59", False),  # the due day counts whole
        ("1 ngày làm việc", "2026-11-25T23:59", False),
        ("1 ngày làm việc", "2026-11-26T00:00", True),
        ("2 giờ", "2026-11-23T13:30", False),  # 10:00 + 1.5 h to lunch + 0.5 h
        ("2 giờ", "2026-11-23T13:31", True),
        ("trong ngày", "2026-11-23T17:00", False),
        ("trong ngày", "2026-11-24T00:00", True),
        ("2 ngày", "2026-11-25T23:59", False),
        ("2 ngày", "2026-11-26T00:00", True),
    ],
)
def test_the_last_minute_of_the_due_day(
    desk: Desk, clock: TableClock, limit: str, ready: str, late: bool
) -> None:
    code = taken_in(desk, clock, "2026-11-23T10:00", limit).code
    clock.now = at(ready)
    row = progress.show_dossier(desk, code).row
    assert row.late is late
    counted = responsibility.fuse(desk, date(2026, 11, 1), date(2026, 11, 30)).fuse
    assert (counted.late, counted.total) == (
        int(late),
        int(late),
    )  # not late and not ready: not counted yet
    steps.mark_ready(desk, code)
    counted = responsibility.fuse(desk, date(2026, 11, 1), date(2026, 11, 30)).fuse
    assert (counted.late, counted.total) == (int(late), 1)


@pytest.mark.parametrize(
    ("accepted", "due", "told", "in_time"),
    [
        # 24/11/2026 is a rest day: the working day before Wednesday 25/11 is Monday 23/11
        ("2026-11-20T10:00", "2026-11-25T10:00", "2026-11-23T17:00", True),
        ("2026-11-20T10:00", "2026-11-25T10:00", "2026-11-23T17:01", False),
        ("2026-11-20T10:00", "2026-11-25T10:00", "2026-11-24T08:00", False),
        # across Tết 2026 (rest from 16/02 to 20/02): before Monday 23/02 stands Friday 13/02
        ("2026-02-12T10:00", "2026-02-23T10:00", "2026-02-13T17:00", True),
        ("2026-02-12T10:00", "2026-02-23T10:00", "2026-02-13T17:01", False),
        ("2026-02-12T10:00", "2026-02-23T10:00", "2026-02-20T08:00", False),
    ],
)
def test_notice_exactly_one_working_day_before(
    desk: Desk, clock: TableClock, accepted: str, due: str, told: str, in_time: bool
) -> None:
    dossier = taken_in(desk, clock, accepted, "2 ngày làm việc")
    assert dossier.due == at(due)
    clock.now = at(told)
    assert letters.notify(desk, dossier.code, How.PHONE).in_time is in_time


def test_zero_dossiers_and_the_counts_of_others(desk: Desk, clock: TableClock) -> None:
    answer = responsibility.fuse(desk, date(2026, 11, 1), date(2026, 11, 30))
    assert (answer.fuse.late, answer.fuse.total, answer.fuse.share, answer.portal.share) == (
        0,
        0,
        None,
        None,
    )
    code = taken_in(desk, clock, "2026-11-23T10:00", "10 ngày làm việc").code
    for unmet in (False, True):
        steps.request_supplement(desk, code, "Thiếu bản sao", ["Bản sao"], unmet=unmet)
        steps.supplement_brought(desk, code)
    answer = responsibility.fuse(desk, date(2026, 11, 1), date(2026, 11, 30))
    assert (answer.fuse.late, answer.fuse.total) == (0, 0)
    assert (answer.portal.late, answer.portal.total) == (
        1,
        1,
    )  # the portal counts a second request as overdue
    assert (answer.solved, answer.unsolved) == ((0, 0), (0, 1))
    with pytest.raises(Refused, match="Ngày cuối"):
        responsibility.fuse(desk, date(2026, 12, 1), date(2026, 11, 30))


def test_withdrawn_and_stopped_count_only_when_they_were_late(
    desk: Desk, clock: TableClock
) -> None:
    codes = [taken_in(desk, clock, "2026-11-23T10:00", "1 ngày làm việc").code for _ in range(4)]
    steps.withdraw(desk, codes[0])
    steps.stop(desk, codes[1], "Công dân không bổ sung")
    clock.now = at("2026-11-26T08:00")
    steps.withdraw(desk, codes[2])
    steps.stop(desk, codes[3], "Công dân không bổ sung")
    counted = responsibility.fuse(desk, date(2026, 11, 1), date(2026, 11, 30))
    assert (counted.fuse.late, counted.fuse.total) == (2, 2)
    assert set(counted.late) == set(codes[2:])
    assert [view(desk, code).closed is not None for code in codes] == [True, True, False, False]


def struck(desk: Desk, clock: TableClock, due_day: str, count: int) -> None:
    """`count` dossiers due on that day, late, through the own fault of Bình."""
    for _ in range(count):
        code = taken_in(desk, clock, f"{due_day}T08:00", "2 giờ").code
        clock.now = clock.now.replace(hour=16)
        become(desk, "chi")
        responsibility.fix_responsibility(desk, code, "own-error", "binh", own_fault=True)


@pytest.mark.parametrize(
    ("days", "of_2026", "of_2027"),
    [
        (("2026-12-29", "2026-12-30", "2026-12-31"), (3, Standing.REVIEW), None),
        (("2026-12-30", "2026-12-31", "2027-01-04"), (2, Standing.WARNING), (1, Standing.CLEAR)),
        (("2026-12-31", "2027-01-04", "2027-01-05"), (1, Standing.CLEAR), (2, Standing.WARNING)),
    ],
)
def test_the_third_strike_on_the_last_day_of_the_year_and_on_the_first(
    desk: Desk,
    clock: TableClock,
    days: tuple[str, ...],
    of_2026: tuple[int, Standing],
    of_2027: tuple[int, Standing] | None,
) -> None:
    for day in days:
        struck(desk, clock, day, 1)
    for year, expected in ((2026, of_2026), (2027, of_2027)):
        rows = responsibility.strikes(desk, year)
        assert [(len(row.dossiers), row.standing) for row in rows] == (
            [expected] if expected else []
        )
        assert all(row.official.id == "binh" for row in rows)


def test_a_strike_falls_in_the_year_of_the_first_due_day_whenever_it_was_taken_in_or_promised_anew(
    desk: Desk, clock: TableClock
) -> None:
    over_the_year = taken_in(
        desk, clock, "2026-12-30T09:00", "3 ngày làm việc"
    )  # 31/12, 04/01, 05/01
    promised_anew = taken_in(desk, clock, "2026-12-30T09:00", "1 ngày làm việc")
    assert (over_the_year.first_due.year, promised_anew.first_due.year) == (2027, 2026)
    clock.now = at("2026-12-31T10:00")
    become(desk, "chi")
    letters.draft_and_sign(desk, promised_anew.code, "volume", at("2027-01-05T09:00"))
    clock.now = at("2027-01-07T09:00")
    for dossier in (over_the_year, promised_anew):
        responsibility.fix_responsibility(desk, dossier.code, "own-error", "binh", own_fault=True)
    for year, dossier in ((2026, promised_anew), (2027, over_the_year)):
        (row,) = responsibility.strikes(desk, year)
        assert [one.code for one in row.dossiers] == [dossier.code]


def test_a_strike_needs_lateness_and_own_fault_and_keeps_the_objection(
    desk: Desk, clock: TableClock
) -> None:
    in_time = taken_in(desk, clock, "2026-11-23T08:00", "5 ngày làm việc").code
    become(desk, "chi")
    with pytest.raises(Refused, match="không trễ hẹn"):
        responsibility.fix_responsibility(desk, in_time, "volume", "binh", own_fault=True)
    late = taken_in(desk, clock, "2026-11-23T08:00", "2 giờ").code
    clock.now = at("2026-11-23T16:00")
    with pytest.raises(Refused, match="dành cho lãnh đạo"):
        responsibility.fix_responsibility(desk, late, "volume", "binh", own_fault=True)
    become(desk, "chi")
    with pytest.raises(Refused, match="chọn người chịu trách nhiệm"):
        responsibility.fix_responsibility(desk, late, "volume", None, own_fault=True)
    responsibility.fix_responsibility(desk, late, "volume", "binh", own_fault=True)
    become(desk, "an")
    with pytest.raises(Refused, match="Chỉ người chịu trách nhiệm"):
        responsibility.object_to(desk, late, "Không phải tôi")
    become(desk, "binh")
    responsibility.object_to(desk, late, "Máy chủ hỏng cả buổi")
    (row,) = responsibility.strikes(desk, 2026)
    assert row.objections == ("Máy chủ hỏng cả buổi",)
    become(desk, "chi")
    responsibility.fix_responsibility(desk, late, "system", "binh", own_fault=False)
    assert responsibility.strikes(desk, 2026) == ()
    assert view(desk, late).responsibility is not None


def test_a_supplement_is_asked_once_and_again_only_for_what_was_not_met(
    desk: Desk, clock: TableClock
) -> None:
    code = taken_in(desk, clock, "2026-11-23T10:00", "10 ngày làm việc").code
    steps.request_supplement(desk, code, "Thiếu giấy tờ", ["Bản sao khai sinh", "Ảnh 4×6"])
    with pytest.raises(Refused) as waiting:
        steps.request_supplement(desk, code, "Thêm nữa")
    assert waiting.value.code == "step-not-allowed"
    steps.supplement_brought(desk, code)
    with pytest.raises(Refused) as once:
        steps.request_supplement(desk, code, "Thêm nữa", ["Sổ hộ khẩu"])
    assert once.value.code == "supplement-once"
    with pytest.raises(Refused) as new:
        steps.request_supplement(desk, code, "Chưa đạt", ["Sổ hộ khẩu"], unmet=True)
    assert new.value.code == "supplement-new-demand"
    again = steps.request_supplement(desk, code, "Ảnh mờ", ["Ảnh 4×6"], unmet=True)
    assert (again.again, again.items, again.number_text) == (True, ("Ảnh 4×6",), "02/HDHS")
    steps.supplement_brought(desk, code)
    with pytest.raises(Refused) as twice:
        steps.request_supplement(desk, code, "Ảnh vẫn mờ", unmet=True)
    assert twice.value.code == "supplement-twice"
    assert view(desk, code).status is Status.PROCESSING


@pytest.mark.parametrize(
    ("asked", "brought", "due", "broken"),
    [
        (
            "2026-11-25T09:00",
            "2026-11-26T09:00",
            "2026-11-27T10:00",
            False,
        ),  # a day's work stood still
        (
            "2026-11-26T10:00",
            "2026-11-26T11:30",
            "2026-11-26T11:30",
            True,
        ),  # on the due day, at the due moment
        (
            "2026-11-26T10:01",
            "2026-11-30T09:00",
            "2026-11-26T10:00",
            True,
        ),  # after it: nothing moves
        (
            "2026-11-23T17:30",
            "2026-11-24T20:00",
            "2026-11-26T10:00",
            False,
        ),  # a rest day: no work stood still
    ],
)
def test_a_pause_moves_the_due_moment_by_the_work_it_took(
    desk: Desk, clock: TableClock, asked: str, brought: str, due: str, broken: bool
) -> None:
    code = taken_in(desk, clock, "2026-11-23T10:00", "2 ngày làm việc").code
    clock.now = at(asked)
    steps.request_supplement(desk, code, "Thiếu bản sao")
    clock.now = at(brought)
    steps.supplement_brought(desk, code)
    dossier = view(desk, code)
    assert dossier.first.due == at("2026-11-26T10:00")  # the printed moment stays
    assert dossier.first_due == dossier.due == at(due)
    assert dossier.pauses[0].broken_notice is broken


def test_a_dossier_that_waits_for_the_citizen_is_not_late_unless_it_was_before(
    desk: Desk, clock: TableClock
) -> None:
    before = taken_in(desk, clock, "2026-11-23T10:00", "2 ngày làm việc").code
    after = taken_in(desk, clock, "2026-11-23T10:00", "2 giờ").code
    clock.now = at("2026-11-23T16:00")
    for code in (before, after):
        steps.request_supplement(desk, code, "Thiếu bản sao")
    clock.now = at("2026-12-10T10:00")
    assert [progress.show_dossier(desk, code).row.late for code in (before, after)] == [False, True]
    assert responsibility.fuse(desk, date(2026, 11, 1), date(2026, 12, 31)).fuse.late == 1


def test_which_pauses_stop_the_clock_is_the_procedures_matter(
    desk: Desk, clock: TableClock
) -> None:
    birth = taken_in(desk, clock, "2026-11-25T10:00", "2 ngày làm việc").code
    forest = taken_in(desk, clock, "2026-11-25T10:00", "2 ngày làm việc", procedure="1.007919").code
    for code in (birth, forest):
        clock.now = at("2026-11-25T10:00")
        steps.pause(desk, code, PauseKind.FIELD_CHECK, "Xem rừng")
        clock.now = at("2026-11-26T10:00")
        steps.resume(desk, code)
    assert [view(desk, code).due for code in (birth, forest)] == [
        at("2026-11-27T10:00"),
        at("2026-11-30T10:00"),
    ]


def test_an_undone_step_is_a_new_entry_with_its_reason(desk: Desk, clock: TableClock) -> None:
    code = taken_in(desk, clock, "2026-11-23T10:00", "1 ngày làm việc").code
    steps.mark_ready(desk, code)
    steps.return_result(
        desk, code, Return("Đào", authority="giấy ủy quyền số 5", originals="CMND cũ")
    )
    with pytest.raises(Refused, match="lý do hoàn tác"):
        steps.undo(desk, code, " ")
    assert steps.undo(desk, code, "Trả nhầm người").dossier.status is Status.READY
    clock.now = at("2026-11-26T08:00")
    undone = steps.undo(desk, code, "Kết quả sai tên")
    assert (undone.dossier.status, undone.dossier.ready, undone.row.late) == (
        Status.PROCESSING,
        None,
        True,
    )
    assert [line.act for line in undone.history] == ["accept", "ready", "return", "undo", "undo"]
