"""The calendar desk: entered by one, confirmed by another, and every open promise that would move
is shown first.
"""

from datetime import date, datetime
from pathlib import Path

import pytest

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import office_calendar, office_settings
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.time.calendar import CalendarYear, DayKind, SpecialDay
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake

TABLE = """ngày;loại;tên;văn bản
24/11/2026;nghỉ lễ;Ngày Văn hóa Việt Nam;NQ 28/2026/QH16
25/11/2026;nghỉ hoán đổi;Nghỉ hoán đổi theo thông báo của thành phố;TB 99/TB-UBND
28/11/2026;làm việc hoán đổi;Làm bù thứ Bảy;TB 99/TB-UBND
27/11/2026;chỉ làm buổi sáng;Phòng, chống bão;CĐ 12/CĐ-UBND
"""


def entered(desk: Desk, table: str = TABLE, year: int = 2026) -> CalendarYear:
    become(desk, "dung")
    return office_calendar.enter_year(desk, year, "TB 99/TB-UBND", office_calendar.read_csv(table))


def take_in(desk: Desk, limit: str, name: str = "Nguyễn Thị Ánh Đào") -> str:
    become(desk, "an")
    return intake.accept_dossier(desk, make_intake(name, limit=limit)).code


def test_a_year_holds_only_when_a_second_person_has_confirmed_it(
    desk: Desk, tmp_path: Path
) -> None:
    code = take_in(
        desk, "1 ngày làm việc"
    )  # Monday; Tuesday is a holiday: due on Wednesday the 25th
    one = entered(desk)
    assert desk.calendar.is_working_day(date(2026, 11, 25))
    with pytest.raises(Refused, match="người thứ hai"):
        office_calendar.confirm_year(desk, one.id)
    become(desk, "chi")
    (move,) = office_calendar.moves_of(desk, one.id)
    assert (move.code, move.before, move.after) == (
        code,
        datetime(2026, 11, 25, 10, 0),
        datetime(2026, 11, 26, 10, 0),
    )
    assert office_calendar.confirm_year(desk, one.id) == (move,)
    assert not desk.calendar.is_working_day(date(2026, 11, 25))
    with pytest.raises(Refused, match="đã được xác nhận"):
        office_calendar.confirm_year(desk, one.id)
    desk.close()
    again = opening.open_desk(tmp_path, desk.clock)
    become(again, "chi")
    assert again.calendar.version == "2026-11-29+lich-2026-1"
    assert [len(again.calendar.sessions_on(date(2026, 11, day))) for day in (25, 27, 28)] == [
        0,
        1,
        2,
    ]
    assert upkeep.verify_ledger(again).problems == ()
    again.close()


def test_the_printed_promise_stays_and_the_due_moment_moves_with_its_entry(desk: Desk) -> None:
    code = take_in(desk, "1 ngày làm việc")
    one = entered(desk)
    become(desk, "chi")
    office_calendar.confirm_year(desk, one.id)
    view = progress.show_dossier(desk, code)
    assert view.dossier.first.due == datetime(2026, 11, 25, 10, 0)
    assert view.dossier.due == datetime(2026, 11, 26, 10, 0)
    assert view.history[-1].words == (
        "Lịch làm việc đổi (TB 99/TB-UBND): hạn trả chuyển từ 10:00 ngày 25/11/2026 sang 10:00 "
        "ngày 26/11/2026"
    )
    assert view.problems == ()
    assert view.walk[-1].day == date(2026, 11, 26)


def test_who_confirms_may_keep_a_promise_where_it_is(desk: Desk) -> None:
    kept, moved = (
        take_in(desk, "1 ngày làm việc"),
        take_in(desk, "1 ngày làm việc", "Trần Văn Bình"),
    )
    one = entered(desk)
    become(desk, "chi")
    with pytest.raises(Refused, match="không đổi hạn trả"):
        office_calendar.confirm_year(desk, one.id, keep=["H13.31-261123-9999"])
    assert [move.code for move in office_calendar.confirm_year(desk, one.id, keep=[kept])] == [
        moved
    ]
    assert progress.show_dossier(desk, kept).dossier.due == datetime(2026, 11, 25, 10, 0)


def test_a_pause_that_ended_still_counts_after_the_move(desk: Desk, clock: TableClock) -> None:
    code = take_in(desk, "1 ngày làm việc")
    steps.request_supplement(desk, code, "Thiếu giấy chứng sinh")
    clock.now = datetime(
        2026, 11, 23, 14, 0
    )  # an hour and a half before lunch, an hour after it: 150 minutes
    steps.supplement_brought(desk, code)
    assert progress.show_dossier(desk, code).dossier.due == datetime(2026, 11, 25, 14, 0)
    one = entered(desk)
    become(desk, "chi")
    office_calendar.confirm_year(desk, one.id)
    assert progress.show_dossier(desk, code).dossier.due == datetime(2026, 11, 26, 14, 0)


def test_a_promise_already_broken_is_not_healed_and_a_result_is_not_touched(
    desk: Desk, clock: TableClock
) -> None:
    broken, done = (
        take_in(desk, "1 ngày làm việc"),
        take_in(desk, "1 ngày làm việc", "Trần Văn Bình"),
    )
    steps.mark_ready(desk, done)
    clock.now = datetime(2026, 11, 26, 8, 0)
    one = entered(desk)
    become(desk, "chi")
    assert office_calendar.moves_of(desk, one.id) == ()
    office_calendar.confirm_year(desk, one.id)
    assert progress.show_dossier(desk, broken).row.late


def test_a_reappointment_only_leaves_a_day_that_has_become_a_rest_day(
    desk: Desk, clock: TableClock
) -> None:
    code = take_in(desk, "2 giờ")
    clock.now = datetime(2026, 11, 23, 16, 0)
    become(desk, "chi")
    letter = letters.draft_and_sign(desk, code, "verification", datetime(2026, 11, 25, 15, 0))
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    one = entered(desk)
    become(desk, "chi")
    office_calendar.confirm_year(desk, one.id)
    dossier = progress.show_dossier(desk, code).dossier
    assert dossier.second_due == datetime(2026, 11, 26, 7, 30)
    assert dossier.first_due == dossier.first.due


def test_a_later_document_replaces_the_whole_year(desk: Desk) -> None:
    first = entered(desk)
    become(desk, "chi")
    office_calendar.confirm_year(desk, first.id)
    second = entered(desk, "ngày;loại;tên;văn bản\n26/11/2026;nghỉ lễ;Nghỉ khác;TB 100\n")
    assert second.id == "lich-2026-2"
    become(desk, "chi")
    office_calendar.confirm_year(desk, second.id)
    assert desk.calendar.is_working_day(date(2026, 11, 25))
    assert [day.day for day in office_calendar.year_in_force(desk, 2026)] == [date(2026, 11, 26)]
    assert len(office_calendar.entered_years(desk)) == 2


def test_an_estimated_year_becomes_firm(desk: Desk) -> None:
    assert not desk.calendar.is_confirmed(date(2027, 3, 1))
    one = entered(desk, "date,kind,name,document\n2027-01-01,off,Tết Dương lịch,TB 1\n", 2027)
    become(desk, "chi")
    office_calendar.confirm_year(desk, one.id)
    assert desk.calendar.is_confirmed(date(2027, 3, 1))
    assert office_calendar.year_in_force(desk, 2027) == (
        SpecialDay(date(2027, 1, 1), DayKind.OFF, "Tết Dương lịch", "TB 1", ""),
    )


def test_the_table_can_be_taken_out_corrected_and_read_again(desk: Desk) -> None:
    days = office_calendar.year_in_force(desk, 2026)
    read = office_calendar.read_csv("\ufeff" + office_calendar.to_csv(days))
    assert [(day.day, day.kind, day.name, day.document) for day in read] == [
        (day.day, day.kind, day.name, day.document) for day in days
    ]


@pytest.mark.parametrize(
    ("table", "year", "says"),
    [
        ("", 2026, "cần bốn cột"),
        ("ngày;tên\n01/01/2026;Tết", 2026, "cần bốn cột"),
        ("ngày;loại;tên;văn bản\n32/01/2026;nghỉ lễ;Tết;TB", 2026, "Dòng 2.*không phải ngày"),
        ("ngày;loại;tên;văn bản\n01/01/2026;nghỉ chơi;Tết;TB", 2026, "Dòng 2.*phải là một trong"),
        ("ngày;loại;tên;văn bản\n01/01/2026;nghỉ lễ;;TB", 2026, "Dòng 2.*thiếu tên"),
        ("ngày;loại;tên;văn bản\n", 2026, "chưa có ngày nghỉ nào"),
        ("ngày;loại;tên;văn bản\n01/01/2027;nghỉ lễ;Tết;TB", 2026, "không thuộc năm 2026"),
        (
            "ngày;loại;tên;văn bản\n01/01/2026;nghỉ lễ;Tết;TB\n1/1/2026;nghỉ bù;Tết;TB",
            2026,
            "có hai dòng",
        ),
        ("ngày;loại;tên;văn bản\n01/01/2026;nghỉ (ước tính);Tết;TB", 2026, "ước tính"),
        ("ngày;loại;tên;văn bản\n01/01/2050;nghỉ lễ;Tết;TB", 2050, "Năm 2050 không đúng"),
        ('ngày;loại;tên;văn bản\n"01/01/2026;nghỉ lễ;Tết;TB', 2026, "dấu nháy"),
        ("x" * 100_001, 2026, "quá lớn"),
    ],
)
def test_what_is_no_calendar_is_said_in_one_sentence(
    desk: Desk, table: str, year: int, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        entered(desk, table, year)
    assert office_calendar.entered_years(desk) == ()


def test_other_office_hours_ask_before_they_move_a_promise(desk: Desk) -> None:
    kept, hours = take_in(desk, "1 ngày làm việc"), {"mon-fri": "13:00-17:00"}
    become(desk, "dung")
    (move,) = office_calendar.moves_by_hours(desk, hours)
    assert (move.code, move.after) == (kept, datetime(2026, 11, 25, 13, 0))
    office_settings.change_settings(desk, {"office_hours": hours})
    assert progress.show_dossier(desk, kept).dossier.due == datetime(2026, 11, 25, 10, 0)
    back = {"mon-fri": "07:30-11:30,13:00-17:00"}
    office_settings.change_settings(desk, {"office_hours": back})
    office_settings.change_settings(desk, {"office_hours": hours}, move_promises=True)
    view = progress.show_dossier(desk, kept)
    assert view.dossier.due == datetime(2026, 11, 25, 13, 0)
    assert view.history[-1].words.startswith("Lịch làm việc đổi (giờ làm việc mới)")
    with pytest.raises(Refused, match="07:30-11:30"):
        office_calendar.moves_by_hours(desk, {"mon-fri": "sáng"})
