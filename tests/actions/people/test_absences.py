"""Somebody is away: their work shows at the stand-in, new work goes there, lateness stays."""

from datetime import date, datetime, timedelta

import pytest

from cchc_desk.actions.boards import morning, roster
from cchc_desk.actions.catalogue import process
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress, receivers, reminders, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.people import absences, people
from cchc_desk.actions.people.absences import NewAbsence
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.filters import Chip
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.people.absences import Absence, cover_on
from cchc_desk.domain.people.officials import Role
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, TableClock, become, make_intake
from tests.papers.forms.test_read_back import joined, squeezed

TODAY = MONDAY.date()
FRIDAY = TODAY + timedelta(days=4)


@pytest.fixture
def code(desk: Desk) -> str:
    """A dossier that Binh holds."""
    code = intake.accept_dossier(desk, make_intake(limit="3 ngày làm việc")).code
    steps.hand_over(desk, [code], "binh")
    return code


def away(desk: Desk, official: str = "binh", stand_in: str = "an") -> Absence:
    become(desk, "chi")
    entered = absences.enter(desk, NewAbsence(TODAY, FRIDAY, stand_in, official, "Nghỉ phép"))
    become(desk, "an")
    return entered


def refused(desk: Desk, new: NewAbsence) -> str:
    with pytest.raises(Refused) as no:
        absences.enter(desk, new)
    return no.value.code


def test_open_work_shows_at_the_stand_in_and_stays_with_its_holder(
    desk: Desk, code: str, clock: TableClock
) -> None:
    mine = frozenset({Chip.MINE})
    assert progress.find_dossiers(desk, chips=mine) == ()
    away(desk)
    (row,) = progress.find_dossiers(desk, chips=mine)
    assert (row.code, row.holder_name) == (code, "Trần Quốc Bình")
    assert "Bạn đang thay Trần Quốc Bình: 1 hồ sơ" in absences.remarks(desk)[0]
    clock.now = datetime(2026, 11, 30, 8, 0)  # Binh is back, the promise is broken
    desk.clock_is_sure()
    assert progress.find_dossiers(desk, chips=mine) == ()
    late = progress.show_dossier(desk, code)
    assert [held.official for held in late.segments] == ["an", "binh"]  # whatever lists showed


def test_the_remark_counts_what_the_list_that_it_names_shows(desk: Desk, code: str) -> None:
    steps.mark_ready(desk, code)
    away(desk)
    mine = progress.find_dossiers(desk, chips=frozenset({Chip.MINE}))
    assert [row.code for row in mine] == [code]
    assert "Bạn đang thay Trần Quốc Bình: 1 hồ sơ" in absences.remarks(desk)[0]


def test_a_stand_in_who_works_here_no_more_is_none(desk: Desk) -> None:
    become(desk, "dung")
    people.add(desk, "em", "Võ Thị Em", Role.CLERK)
    away(desk, "binh", "em")
    become(desk, "dung")
    people.switch(desk, "em", active=False)
    become(desk, "an")
    (listed,) = absences.listed(desk)
    assert listed.cover_name == ""
    other = intake.accept_dossier(desk, make_intake("Lê Văn Tám")).code
    (passed,) = steps.hand_over(desk, [other], "binh")
    assert passed.holder == "binh"


def test_a_processor_who_stands_in_sees_what_the_other_holds(desk: Desk, code: str) -> None:
    become(desk, "chi")
    steps.hand_over(desk, [code], "an")
    become(desk, "binh")
    before = progress.find_dossiers(desk)
    other = make_intake("Lê Văn Tám")
    become(desk, "an")
    held = intake.accept_dossier(desk, other).code
    become(desk, "binh")
    assert progress.find_dossiers(desk) == before
    with desk.write() as connection:  # as a second processor would be away
        connection.exec_driver_sql("UPDATE officials SET role = 'processor' WHERE id = 'an'")
    become(desk, "chi")
    absences.enter(desk, NewAbsence(TODAY, FRIDAY, "binh", "an"))
    become(desk, "binh")
    assert held in {row.code for row in progress.find_dossiers(desk)}
    assert held in {row.code for row in progress.day_board(desk).soon}


def test_new_work_goes_to_the_stand_in_by_the_step_of_whom_they_stand_in_for(
    desk: Desk, clock: TableClock
) -> None:
    become(desk, "chi")
    step = ProcessStep("Thẩm định", "processor", "binh", 60)
    process.set_process(desk, "1.001193", [step])
    away(desk, "binh", "chi")
    other = intake.accept_dossier(desk, make_intake("Lê Văn Tám")).code
    found = receivers.receivers(desk, [other])
    assert "binh" not in {who.id for who in found.officials}
    (passed,) = steps.hand_over(desk, [other], "binh")
    assert passed.holder == "chi"
    assert passed.hand_overs[-1].note == "Thay Trần Quốc Bình"
    assert passed.hand_overs[-1].step == "Thẩm định"
    urged = reminders.remind(desk, other, Asker.CITIZEN, How.PHONE)
    assert (urged.holder, urged.receiver) == ("chi", "chi")


def test_a_reminder_goes_to_whoever_stands_in_and_counts_for_the_holder(
    desk: Desk, code: str
) -> None:
    away(desk)
    made = reminders.remind(desk, code, Asker.CITIZEN, How.PHONE)
    assert (made.holder, made.receiver) == ("binh", "an")


def test_the_day_board_warns_of_what_nobody_covers(desk: Desk, code: str) -> None:
    become(desk, "chi")
    process.set_process(desk, "1.001193", [ProcessStep("Thẩm định", "processor", "binh", 60)])
    away(desk, "binh", "")
    assert morning.morning(desk).cover == (
        "Hôm nay: Trần Quốc Bình vắng, chưa có người thay; 1 hồ sơ chưa xong, 1 bước của quy "
        "trình.",
        "25/11: Trần Quốc Bình vắng, chưa có người thay; 1 hồ sơ chưa xong, 1 bước của quy trình.",
    )
    away(desk, "an", "")
    told = " ".join(morning.morning(desk).cover)
    assert "Hôm nay: không có ai tiếp nhận hồ sơ ở quầy." in told


def test_a_stand_in_who_is_away_passes_it_on_and_two_for_each_other_are_no_cover() -> None:
    def one(official: str, stand_in: str) -> Absence:
        return Absence(1, official, TODAY, TODAY, stand_in, "", MONDAY, "chi")

    assert cover_on([one("a", "b"), one("b", "c")], TODAY).by_absent == {"a": "c", "b": "c"}
    assert cover_on([one("a", "b"), one("b", "a")], TODAY).by_absent == {"a": None, "b": None}
    assert cover_on([one("a", "b")], TODAY + timedelta(days=1)).by_absent == {}


def test_who_may_enter_what(desk: Desk) -> None:
    assert refused(desk, NewAbsence(TODAY, FRIDAY, "", "binh")) == "absence-other"
    assert refused(desk, NewAbsence(FRIDAY, TODAY)) == "absence-days"
    yesterday = TODAY - timedelta(days=1)
    assert refused(desk, NewAbsence(yesterday, yesterday)) == "absence-days"
    assert refused(desk, NewAbsence(TODAY, FRIDAY, "an")) == "stand-in"
    assert refused(desk, NewAbsence(TODAY, FRIDAY, "binh")) == "stand-in-role"
    assert refused(desk, NewAbsence(TODAY, FRIDAY, "nobody")) == "unknown-official"
    absences.enter(desk, NewAbsence(TODAY, FRIDAY, "chi"))
    assert refused(desk, NewAbsence(FRIDAY, date(2026, 12, 4), "chi")) == "absence-known"


def test_back_early_the_work_is_ones_own_again(desk: Desk, code: str) -> None:
    entered = away(desk)
    with pytest.raises(Refused) as no:
        absences.end(desk, entered.number)  # An, of Binh
    assert no.value.code == "absence-other"
    become(desk, "binh")
    absences.end(desk, entered.number)
    assert absences.listed(desk) == ()
    become(desk, "an")
    assert absences.remarks(desk) == ()
    assert progress.find_dossiers(desk, chips=frozenset({Chip.MINE})) == ()
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_row_changed_in_silence_shows(desk: Desk) -> None:
    away(desk)
    with desk.write() as connection:
        connection.exec_driver_sql("UPDATE absences SET stand_in = 'chi'")
    assert any("vắng mặt" in problem for problem in upkeep.verify_ledger(desk).problems)


def test_the_roster_names_who_is_away_and_who_stands_in_and_no_reason(desk: Desk) -> None:
    assert "Mọi công chức đều có mặt" in joined(roster.roster(desk))
    away(desk)
    told = squeezed(joined(roster.roster(desk)))
    for said in ("Trần Quốc Bình", "23/11 – 27/11/2026", "Nguyễn Thị Hoài An", "vẫn tiếp nhận"):
        assert squeezed(said) in told
    assert squeezed("Nghỉ phép") not in told
