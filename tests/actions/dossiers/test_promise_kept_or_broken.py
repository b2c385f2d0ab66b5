"""One dossier's road: ready, returned; or late, apologised for, signed, handed over - and
re-appointed once at most.
"""

from datetime import datetime

import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import Dossier, How, LetterState, Status
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake
from tests.papers.forms.test_read_back import joined, squeezed

DUE = datetime(2026, 11, 25, 10, 0)
NEW_DUE = datetime(2026, 11, 27, 10, 0)


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return intake.accept_dossier(desk, make_intake())


def signed(desk: Desk, code: str, new_due: datetime | None) -> str:
    become(desk, "an")
    letter = letters.draft_apology(desk, code, "volume", new_due)
    become(desk, "chi")
    return letters.sign_letter(desk, letter.id).id


def test_in_time_ready_and_returned_is_closed(
    desk: Desk, dossier: Dossier, clock: TableClock
) -> None:
    clock.now = datetime(2026, 11, 25, 16, 59)  # the due day counts whole, whatever the hour
    steps.mark_ready(desk, dossier.code)
    clock.now = datetime(2026, 12, 30, 9, 0)  # fetched late is not late
    answer = steps.return_result(desk, dossier.code, Return("Nguyễn Thị Ánh Đào", "Thẻ căn cước"))
    assert (answer.closed, answer.owed) == (True, ())
    assert answer.view.dossier.status is Status.RETURNED
    assert [line.act for line in answer.view.history] == ["accept", "ready", "return"]


def test_a_result_is_never_withheld_but_the_late_dossier_stays_open_and_heads_the_leaders_list(
    desk: Desk, dossier: Dossier, clock: TableClock
) -> None:
    clock.now = datetime(2026, 11, 26, 8, 0)
    steps.mark_ready(desk, dossier.code)
    answer = steps.return_result(desk, dossier.code, Return("Nguyễn Thị Ánh Đào"))
    assert (answer.closed, answer.owed) == (False, ("apology",))
    assert [row.code for row in progress.day_board(desk).returned_without_letter] == [dossier.code]
    letter = signed(desk, dossier.code, None)
    assert progress.show_dossier(desk, dossier.code).dossier.closed is None
    letters.deliver_letter(desk, letter, How.POST)
    assert progress.show_dossier(desk, dossier.code).dossier.closed == clock.now
    assert progress.day_board(desk).returned_without_letter == ()


def test_a_draft_binds_nobody_and_only_the_leader_signs(desk: Desk, dossier: Dossier) -> None:
    letter = letters.draft_apology(
        desk, dossier.code, "volume", NEW_DUE, responsible="binh", own_fault=False
    )
    assert (letter.state, letter.number) == (LetterState.DRAFTED, None)
    assert progress.show_dossier(desk, dossier.code).dossier.due == DUE
    with pytest.raises(Refused, match="dành cho lãnh đạo"):
        letters.sign_letter(desk, letter.id)
    become(desk, "chi")
    letters.sign_letter(desk, letter.id)
    after = progress.show_dossier(desk, dossier.code).dossier
    assert [promise.due for promise in after.promises] == [DUE, NEW_DUE]
    assert after.letters[0].responsible == "binh"


def test_a_corrected_draft_stays_one_letter(desk: Desk, dossier: Dossier) -> None:
    first = letters.draft_apology(desk, dossier.code, "volume", NEW_DUE)
    second = letters.draft_apology(desk, dossier.code, "system", NEW_DUE, "Máy chủ của tỉnh hỏng")
    assert first.id == second.id
    assert [row.letter.reason for row in letters.letters(desk)] == ["Máy chủ của tỉnh hỏng"]


def test_a_second_reappointment_is_refused_with_the_rule(
    desk: Desk, dossier: Dossier, clock: TableClock
) -> None:
    letters.deliver_letter(desk, signed(desk, dossier.code, NEW_DUE), How.COUNTER)
    clock.now = datetime(2026, 11, 30, 9, 0)
    with pytest.raises(Refused, match="tối đa không quá 01 lần") as refused:
        letters.draft_apology(desk, dossier.code, "volume", datetime(2026, 12, 2, 9, 0))
    assert refused.value.code == "second-reappointment"
    assert "10:00 ngày 27/11/2026" in refused.value.message
    assert len(progress.show_dossier(desk, dossier.code).dossier.promises) == 2


def test_a_broken_reappointment_owes_a_second_numbered_letter_without_a_date(
    desk: Desk, dossier: Dossier, clock: TableClock
) -> None:
    letters.deliver_letter(desk, signed(desk, dossier.code, NEW_DUE), How.COUNTER)
    clock.now = datetime(2026, 11, 27, 17, 0)  # the last minute of the re-appointed day
    assert progress.show_dossier(desk, dossier.code).row.letters_owed == 0
    clock.now = datetime(2026, 11, 30, 9, 0)
    steps.mark_ready(desk, dossier.code)
    assert not steps.return_result(desk, dossier.code, Return("Đào")).closed
    second = signed(desk, dossier.code, None)
    letters.deliver_letter(desk, second, How.PHONE)
    view = progress.show_dossier(desk, dossier.code)
    assert view.dossier.closed == clock.now
    assert [letter.number_text for letter in view.dossier.letters] == ["01/PXL-UBND", "02/PXL-UBND"]
    with pytest.raises(Refused, match="không cần thư nữa"):
        letters.draft_apology(desk, dossier.code, "volume", None)


def test_letter_numbers_restart_each_year(desk: Desk, clock: TableClock) -> None:
    numbers = []
    for when in (
        datetime(2026, 12, 30, 8, 0),
        datetime(2026, 12, 31, 8, 0),
        datetime(2027, 1, 4, 8, 0),
    ):
        clock.now = when
        become(desk, "an")
        code = intake.accept_dossier(desk, make_intake()).code
        signed(desk, code, datetime(2027, 1, 12, 9, 0))
        numbers.append(progress.show_dossier(desk, code).dossier.letters[0].number_text)
    assert numbers == ["01/PXL-UBND", "02/PXL-UBND", "01/PXL-UBND"]


def test_the_registrars_number_is_typed_in_and_never_twice(desk: Desk) -> None:
    from cchc_desk.actions.office import office_settings

    become(desk, "dung")
    office_settings.change_settings(desk, {"letter_by_registrar": True})
    become(desk, "chi")
    one, two = (
        letters.draft_apology(
            desk, intake.accept_dossier(desk, make_intake()).code, "volume", NEW_DUE
        ).id
        for _ in range(2)
    )
    with pytest.raises(Refused, match="nhập số"):
        letters.sign_letter(desk, one)
    assert letters.sign_letter(desk, one, 17).number == 17
    with pytest.raises(Refused, match="Số 17 đã dùng"):
        letters.sign_letter(desk, two, 17)


@pytest.mark.parametrize(
    ("new_due", "code"),
    [
        (datetime(2026, 11, 25, 9, 59), "new-due-past"),
        (datetime(2026, 11, 28, 9, 0), "new-due-rest"),  # Saturday
        (datetime(2026, 11, 27, 12, 0), "new-due-rest"),  # lunch
        (datetime(2029, 1, 1, 9, 0), "new-due-far"),
        (None, "new-due-missing"),
    ],
)
def test_a_new_date_must_be_one_the_desk_can_keep(
    desk: Desk, dossier: Dossier, new_due: datetime | None, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        letters.draft_apology(desk, dossier.code, "volume", new_due)
    assert (refused.value.code, refused.value.field) == (code, "new_due")


def test_the_cause_is_from_the_list_and_other_needs_words(desk: Desk, dossier: Dossier) -> None:
    with pytest.raises(Refused, match="chọn một trong"):
        letters.draft_apology(desk, dossier.code, "laziness", NEW_DUE)
    with pytest.raises(Refused, match="ghi rõ lý do"):
        letters.draft_apology(desk, dossier.code, "other", NEW_DUE)


def test_a_proposed_date_can_be_kept(desk: Desk, dossier: Dossier, clock: TableClock) -> None:
    for now in (clock.now, datetime(2026, 11, 28, 12, 0)):
        clock.now = now
        letters.draft_apology(
            desk, dossier.code, "volume", letters.propose_new_due(desk, dossier.code)
        )


@pytest.mark.parametrize(
    ("told", "in_time"),
    [
        (
            datetime(2026, 11, 23, 17, 0),
            True,
        ),  # closing of the working day before; 24/11 is a holiday
        (datetime(2026, 11, 23, 17, 1), False),
        (datetime(2026, 11, 25, 8, 0), False),
    ],
)
def test_notice_is_in_time_by_closing_of_the_working_day_before(
    desk: Desk, dossier: Dossier, clock: TableClock, told: datetime, in_time: bool
) -> None:
    clock.now = told
    assert letters.notify(desk, dossier.code, How.PHONE).in_time is in_time


def test_steps_out_of_order_are_refused_with_the_reason(desk: Desk, dossier: Dossier) -> None:
    with pytest.raises(Refused, match="chưa có kết quả"):
        steps.return_result(desk, dossier.code, Return("Đào"))
    steps.mark_ready(desk, dossier.code)
    with pytest.raises(Refused, match="đã có kết quả"):
        steps.mark_ready(desk, dossier.code)
    with pytest.raises(Refused, match="đúng hẹn"):
        letters.draft_apology(desk, dossier.code, "volume", None)
    with pytest.raises(Refused, match="Không có hồ sơ"):
        progress.show_dossier(desk, "H13.999-261123-9999")


def test_what_is_allowed_now_says_why_the_rest_is_not(desk: Desk, dossier: Dossier) -> None:
    assert dossier.taken_in
    allowed = progress.show_dossier(desk, dossier.code).allowed
    possible = {
        "ready",
        "notify",
        "apologise",
        "print-set",
        "print-receipt",
        "print-control",
        "print-label",
        "shelve",
    }
    possible |= {
        "hand-over",
        "request",
        "pause",
        "oblige",
        "withdraw",
        "stop",
        "message",
        "mistake",
        "print-history",
        "correct",
        "cancel",
        "remind",
    }
    assert {act for act, why in allowed.items() if why is None} == possible
    assert "lãnh đạo" in str(allowed["sign"])
    assert "chưa có kết quả" in str(allowed["return"])


def test_the_ledger_holds_every_act_and_shows_a_changed_past(desk: Desk, dossier: Dossier) -> None:
    steps.mark_ready(desk, dossier.code)
    steps.return_result(desk, dossier.code, Return("Đào"))
    answer = upkeep.verify_ledger(desk)
    assert (answer.ok, answer.problems, answer.entries) == (True, (), 4)
    with desk.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE journal_details SET details = replace(details, 'Đào', 'Mai') WHERE seq = 4"
        )
    answer = upkeep.verify_ledger(desk)
    assert not answer.ok
    assert "số 4" in answer.problems[0]


def test_the_day_board_sorts_the_day(desk: Desk, clock: TableClock) -> None:
    soon = intake.accept_dossier(desk, make_intake(limit="1 ngày làm việc")).code
    today = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    later = intake.accept_dossier(desk, make_intake(limit="10 ngày làm việc")).code
    board = progress.day_board(desk)
    assert [row.code for row in board.due_today] == [today]
    assert [row.code for row in board.soon] == [soon]
    assert board.tomorrow_rest == "Ngày Văn hóa Việt Nam"
    clock.now = datetime(2026, 11, 26, 8, 0)
    board = progress.day_board(desk)
    assert [row.code for row in board.late] == [today, soon]
    assert {row.code for row in board.letters_owed} == {today, soon}
    assert later not in {row.code for row in board.due_today}


# --- a mistake of the desk itself -----------------------------------------------------------------


def test_a_mistake_is_apologised_for_by_a_letter_of_its_own(desk: Desk, dossier: Dossier) -> None:
    draft = letters.draft_mistake_letter(desk, dossier.code, "ghi sai ngày sinh")
    again = letters.draft_mistake_letter(desk, dossier.code, "ghi sai ngày sinh trên giấy hẹn")
    assert again.id == draft.id
    become(desk, "chi")
    letter = letters.sign_letter(desk, draft.id)
    assert (letter.number_text, letter.new_due) == ("01/PXL-UBND", None)
    told = squeezed(joined(printing.paper_pdf(desk, dossier.code, "apology", letter.id)))
    for words in (
        "đã có sai sót sau: - ghi sai ngày sinh trên giấy hẹn.",
        "xin lỗi Ông/Bà vì sai sót này",
        "Thời gian hẹn trả kết quả không thay đổi: 10 giờ 00 phút, ngày 25 tháng 11 năm 2026",
    ):
        assert squeezed(words) in told
    assert "chậmtrễ" not in told
    assert letters.deliver_letter(desk, letter.id, How.COUNTER).state is LetterState.DELIVERED
    assert progress.show_dossier(desk, dossier.code).dossier.second_due is None
    assert letters.draft_mistake_letter(desk, dossier.code, "lại ghi sai").ordinal == 2


def test_a_letter_about_a_mistake_settles_no_lateness(
    desk: Desk, dossier: Dossier, clock: TableClock
) -> None:
    clock.now = datetime(2026, 11, 26, 8, 0)
    become(desk, "chi")
    letter = letters.sign_letter(
        desk, letters.draft_mistake_letter(desk, dossier.code, "ghi sai tên").id
    )
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    steps.mark_ready(desk, dossier.code)
    assert steps.return_result(desk, dossier.code, Return("Đào")).owed == ("apology",)
    assert "không thay đổi" not in joined(
        printing.paper_pdf(desk, dossier.code, "apology", letter.id)
    )
    late = letters.draft_and_sign(desk, dossier.code, "volume", None)
    assert late.ordinal == 1
    letters.deliver_letter(desk, late.id, How.COUNTER)
    assert progress.show_dossier(desk, dossier.code).dossier.closed
    assert upkeep.verify_ledger(desk).ok


@pytest.mark.parametrize("mistake", ["", "  ", "x" * 1001])
def test_a_letter_about_a_mistake_says_which(desk: Desk, dossier: Dossier, mistake: str) -> None:
    with pytest.raises(Refused):
        letters.draft_mistake_letter(desk, dossier.code, mistake)
    assert progress.show_dossier(desk, dossier.code).dossier.letters == ()
