"""Somebody asks again: the how-many-th time, to whom, until when, answered, counted, on paper."""

from datetime import datetime, timedelta

import pytest

from cchc_desk.actions.boards import morning
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import (
    anonymise,
    correct,
    progress,
    reminders,
    steps,
    take_back,
)
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import numbers
from cchc_desk.actions.people import people
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.dossiers.filters import Chip
from cchc_desk.domain.dossiers.reminders import Asker, Reminder, count_by
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests.actions.conftest import MONDAY, TableClock, become, keep_settings, make_intake
from tests.papers.forms.test_read_back import joined, squeezed


@pytest.fixture
def code(desk: Desk) -> str:
    """A dossier that Binh holds."""
    code = intake.accept_dossier(desk, make_intake(limit="3 ngày làm việc")).code
    steps.hand_over(desk, [code], "binh")
    return code


def urge(desk: Desk, code: str, words: str = "Bao giờ xong?", to: str = "") -> Reminder:
    return reminders.remind(desk, code, Asker.CITIZEN, How.PHONE, words, to)


def test_it_goes_to_the_holder_and_is_answered_within_24_working_hours(
    desk: Desk, code: str
) -> None:
    made = urge(desk, code)
    assert (made.time, made.holder, made.receiver) == (1, "binh", "binh")
    assert made.number_text == "01/PĐĐ"
    assert made.answer_by == datetime(
        2026, 11, 27, 10, 0
    )  # three days of eight hours, not the 24th
    keep_settings(desk, {"reminder_hours": 4})
    assert urge(desk, code).answer_by == datetime(2026, 11, 23, 15, 30)  # over the noon rest


def test_the_third_time_goes_to_the_leader_alone(desk: Desk, code: str) -> None:
    urge(desk, code)
    urge(desk, code)
    assert [who.id for who in reminders.coming(desk, code).receivers] == ["chi"]
    with pytest.raises(Refused) as no:
        urge(desk, code, to="binh")
    assert no.value.code == "reminder-receiver"
    third = urge(desk, code)
    assert (third.time, third.holder, third.receiver) == (3, "binh", "chi")


def test_it_stands_on_the_day_board_and_on_the_holders_list_until_it_is_answered(
    desk: Desk, code: str, clock: TableClock
) -> None:
    urge(desk, code)
    urge(desk, code, "Nhà cần gấp")
    for who in ("an", "binh", "chi"):
        become(desk, who)
        found = morning.morning(desk)
        assert [line.reminder.time for line in found.reminders] == [1, 2]
        assert [row.code for row in found.urged] == [code]
    (row,) = progress.find_dossiers(desk, chips=frozenset({Chip.URGED}))
    assert row.urged == 2
    clock.now = MONDAY + timedelta(days=7)
    assert all(line.is_overdue for line in reminders.waiting(desk))
    answered = reminders.answer(desk, code, "Đã gọi lại: chiều mai có kết quả")
    assert [(one.time, one.answered_by, one.answered) for one in answered] == [
        (1, "chi", clock.now),
        (2, "chi", clock.now),
    ]
    assert morning.morning(desk).urged == ()
    assert not progress.find_dossiers(desk, chips=frozenset({Chip.URGED}))
    view = progress.show_dossier(desk, code)
    assert view.urged is None
    assert "Đã gọi lại: chiều mai có kết quả" in view.history[-1].words
    assert "(quá giờ)" in view.history[-1].words
    with pytest.raises(Refused) as no:
        reminders.answer(desk, code, "Lần nữa")
    assert no.value.code == "no-reminder"


def test_counts_go_by_who_held_the_dossier_then(desk: Desk, code: str, clock: TableClock) -> None:
    other = intake.accept_dossier(desk, make_intake("Lê Văn Tám", limit="3 ngày làm việc")).code
    urge(desk, code)
    become(desk, "binh")
    steps.hand_over(desk, [code], "chi")
    become(desk, "an")
    urge(desk, code)
    urge(desk, code)
    urge(desk, other)
    reminders.answer(desk, other, "Mai có")
    day = MONDAY.date()
    lines = reminders.register(desk, day, day)
    counts = {count.of: count for count in count_by(lines, lambda line: line.reminder.holder)}
    assert {who: (one.reminders, one.to_leader) for who, one in counts.items()} == {
        "binh": (1, 0),
        "chi": (2, 1),
        "an": (1, 0),
    }
    (field,) = count_by(lines, lambda line: line.field)
    assert (field.reminders, field.dossiers, field.answered) == (4, 2, 1)
    become(desk, "binh")  # a processor: of the dossiers that were theirs
    assert {line.reminder.code for line in reminders.register(desk, day, day)} == {code}


def test_a_dossier_that_is_done_is_not_urged(desk: Desk, code: str) -> None:
    steps.mark_ready(desk, code)
    with pytest.raises(Refused) as no:
        urge(desk, code)
    assert no.value.code == "already-finished"


def test_nobody_waits_for_an_answer_about_an_entry_made_by_mistake(desk: Desk, code: str) -> None:
    urge(desk, code)
    correct.cancel(desk, code, "Nhập hai lần một hồ sơ")
    assert reminders.waiting(desk) == ()
    assert not progress.find_dossiers(desk, chips=frozenset({Chip.URGED}))
    assert progress.show_dossier(desk, code).standing.urged == 0


def test_one_made_by_mistake_is_taken_back_and_its_number_stays_used(desk: Desk, code: str) -> None:
    urge(desk, code)
    take_back.undo(desk, code, "Nhầm hồ sơ")
    assert reminders.waiting(desk) == ()
    assert reminders.coming(desk, code).time == 1
    assert urge(desk, code).number_text == "02/PĐĐ"
    (series,) = (one for one in numbers.series(desk, 2026) if one.symbol == "PĐĐ")
    assert (series.given, series.void, series.gaps) == (2, (1,), ())
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_row_changed_in_silence_breaks_the_dossiers_seal(desk: Desk, code: str) -> None:
    made = urge(desk, code)
    with desk.write() as connection:
        run(
            connection,
            "UPDATE reminders SET answer_by = '2027-01-01T00:00' WHERE slip = ?",
            (made.slip,),
        )
    assert any(code in problem for problem in upkeep.verify_ledger(desk).problems)


def test_the_slip_says_who_asked_whom_and_until_when(
    desk: Desk, code: str, clock: TableClock
) -> None:
    clock.now = MONDAY + timedelta(days=7)  # past the promise
    for words in ("Bao giờ xong?", "Gọi mãi", "Cần nộp hồ sơ cho con đi học."):
        made = urge(desk, code, words)
    told = squeezed(joined(printing.paper_pdf(desk, code, "reminder")))
    for said in (
        "Số: 03/PĐĐ",
        "PHIẾU ĐÔN ĐỐC GIẢI QUYẾT HỒ SƠ",
        "(Lần thứ ba)",
        "hỏi qua điện thoại về việc giải quyết hồ sơ này: “Cần nộp hồ sơ cho con đi học”.",
        "đề nghị trình văn bản xin lỗi",
        "phiếu gửi lãnh đạo",
        f"trước {made.answer_by:%H} giờ {made.answer_by:%M} phút",
        "người đang giữ hồ sơ: ",
    ):
        assert squeezed(said) in told, said
    printing.log_printed(desk, code, "reminder")
    assert "Bản in lại" in joined(printing.paper_pdf(desk, code, "reminder"))


def test_the_slip_of_a_dossier_whose_holder_left_goes_to_a_leader(desk: Desk, code: str) -> None:
    become(desk, "dung")
    people.switch(desk, "binh", active=False)
    become(desk, "an")
    made = urge(desk, code)
    assert (made.holder, made.receiver) == ("binh", "chi")
    assert "Trần Quốc Bình" in joined(printing.paper_pdf(desk, code, "reminder"))


def test_words_and_answers_go_when_the_people_of_a_dossier_are_forgotten(
    desk: Desk, code: str, clock: TableClock
) -> None:
    urge(desk, code, "Tôi là Đào, mẹ cháu")
    reminders.answer(desk, code, "Đã gọi cô Đào")
    steps.withdraw(desk, code)
    clock.now = datetime(2033, 1, 4, 9, 0)
    become(desk, "dung")
    desk.clock_is_sure()
    anonymise.anonymise(desk, code, "Hết thời hạn lưu")
    (one,) = progress.show_dossier(desk, code).reminders
    assert "Đào" not in one.words + one.answer
    assert upkeep.verify_ledger(desk).problems == ()


def test_the_history_of_one_who_said_nothing_ends_without_a_colon(desk: Desk, code: str) -> None:
    urge(desk, code, words="")
    assert (
        progress.show_dossier(desk, code)
        .history[-1]
        .words.endswith("trả lời trước 10:00 ngày 27/11/2026")
    )
