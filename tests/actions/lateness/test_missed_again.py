"""A missed re-appointment is seen at once; a second one is refused with the rule on every road."""

from datetime import datetime

import pytest

from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import messages, progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.domain.dossiers.dossier import How, LetterState
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, draft_all, make_intake
from tests.papers.forms.test_read_back import joined

AGAIN = datetime(2026, 11, 27, 9, 11)
RULE = "tối đa không quá 01 lần"


@pytest.fixture
def code(desk: Desk, clock: TableClock) -> str:
    """Due on Wednesday 25/11, re-appointed to Friday 27/11 09:11; its letter was handed over."""
    made = intake.accept_dossier(desk, make_intake()).code
    clock.now = datetime(2026, 11, 26, 8, 0)
    become(desk, "chi")
    letter = letters.draft_and_sign(desk, made, "volume", AGAIN)
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    become(desk, "an")
    return made


def why(desk: Desk, code: str, act: str = "apologise") -> str:
    return progress.show_dossier(desk, code).allowed[act] or ""


def test_until_its_day_is_over_the_letter_is_refused_with_the_rule_and_the_way(
    desk: Desk, clock: TableClock, code: str
) -> None:
    clock.now = datetime(2026, 11, 27, 9, 31)  # past the hour, on the day: not broken yet
    assert progress.day_board(desk).reappointment_broken == ()
    refusals = [why(desk, code)]
    for new_due in (None, datetime(2026, 12, 2, 9, 0)):
        with pytest.raises(Refused) as refused:
            letters.draft_apology(desk, code, "other", new_due)  # no reason: not what is wrong
        refusals.append(refused.value.message)
    for words in refusals:
        assert RULE in words
        assert "báo lãnh đạo" in words
        assert "09:11 ngày 27/11/2026" in words


def test_once_missed_it_stands_first_everywhere_with_its_next_act(
    desk: Desk, clock: TableClock, code: str
) -> None:
    clock.now = datetime(2026, 11, 23, 14, 0)
    older = intake.accept_dossier(desk, make_intake("Trần Văn Cũ", limit="2 giờ")).code
    clock.now = datetime(2026, 11, 30, 8, 0)
    board = progress.day_board(desk)
    assert [row.code for row in board.reappointment_broken] == [code]
    assert [row.code for row in board.late] == [code, older]
    assert [row.code for row in board.letters_owed] == [code, older]
    assert why(desk, code) == ""  # the second letter may be drafted
    with pytest.raises(Refused, match=RULE):
        letters.draft_apology(desk, code, "volume", datetime(2026, 12, 2, 9, 0))
    sheet = joined(printing.paper_pdf(desk, "", "morning"))
    assert sheet.index("TRỄ CẢ HẸN LẠI") < sheet.index("Trả hôm nay")
    assert code in sheet
    said = messages.messages_for(desk, code)
    assert "hẹn lại 09:11 ngày 27/11/2026 cũng không kịp" in said.phone
    assert "Hen lai" not in said.sms


def test_with_its_second_letter_it_stays_until_the_result_is_there(
    desk: Desk, clock: TableClock, code: str
) -> None:
    clock.now = datetime(2026, 11, 30, 8, 0)
    (drafted,) = draft_all(desk)
    assert drafted.new_due is None
    become(desk, "chi")
    letters.deliver_letter(desk, letters.sign_letter(desk, drafted.id).id, How.PHONE)
    assert [row.code for row in progress.day_board(desk).reappointment_broken] == [code]
    assert "báo lãnh đạo và trả kết quả sớm nhất" in why(desk, code)
    steps.mark_ready(desk, code)
    assert progress.day_board(desk).reappointment_broken == ()


def test_a_signed_letter_that_waits_is_to_be_handed_over(desk: Desk, clock: TableClock) -> None:
    made = intake.accept_dossier(desk, make_intake()).code
    clock.now = datetime(2026, 11, 26, 8, 0)
    steps.mark_ready(desk, made)
    become(desk, "chi")
    letters.draft_and_sign(desk, made, "volume", None)
    assert "hãy in và trao cho công dân" in why(desk, made)


# --- letters together -----------------------------------------------------------------------------


@pytest.fixture
def owing(desk: Desk, clock: TableClock) -> list[str]:
    """Four late dossiers drafted in one minute, by due moment and code."""
    made = [
        intake.accept_dossier(desk, make_intake(limit=limit)).code
        for limit in ("1 ngày làm việc", "4 giờ", "2 giờ", "2 giờ")
    ]
    clock.now = datetime(2026, 11, 26, 8, 0)
    draft_all(desk)
    return [made[2], made[3], made[1], made[0]]


def test_letters_of_one_minute_are_numbered_by_due_moment_and_code(
    desk: Desk, owing: list[str]
) -> None:
    become(desk, "chi")
    shown = letters.waiting_drafts(desk)
    assert [draft.row.letter.code for draft in shown.drafts] == owing
    assert shown.numbers == (1, 2, 3, 4)
    signed = letters.sign_all(desk).signed
    assert [(letter.code, letter.number) for letter in signed] == list(
        zip(owing, shown.numbers, strict=True)
    )


def test_an_unticked_letter_stays_and_takes_no_number(desk: Desk, owing: list[str]) -> None:
    become(desk, "chi")
    drafts = [draft.row.letter for draft in letters.waiting_drafts(desk).drafts]
    chosen = {drafts[0].id, drafts[2].id}
    batch = letters.sign_all(desk, chosen)
    assert [(letter.code, letter.number) for letter in batch.signed] == [
        (owing[0], 1),
        (owing[2], 2),
    ]
    waiting = letters.waiting_drafts(desk)
    assert [draft.row.letter.code for draft in waiting.drafts] == [owing[1], owing[3]]
    assert waiting.numbers == (3, 4)


def test_many_letters_are_handed_over_by_one_answer(desk: Desk, owing: list[str]) -> None:
    become(desk, "chi")
    signed = letters.sign_all(desk).signed
    given = letters.deliver_letters(desk, {letter.id for letter in signed[:3]}, How.POST)
    assert [letter.code for letter in given.delivered] == owing[:3]
    assert {letter.delivered_to for letter in given.delivered} == {"Nguyễn Thị Ánh Đào"}
    assert [row.letter.code for row in letters.letters(desk, LetterState.SIGNED)] == owing[3:]
    again = letters.deliver_letters(desk, {signed[0].id}, How.POST)
    assert again == letters.HandedOver((), ())


# --- who must be warned ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "warned"),
    [
        ("trong ngày", {}),
        ("4 giờ", {"14:29": False, "14:30": True}),  # due at 15:30, over the midday rest
        ("1 ngày làm việc", {"10:30": True}),  # due tomorrow: today is the last day for a notice
        ("2 ngày làm việc", {"10:30": False, "16:00": False}),
    ],
)
def test_same_day_work_needs_no_notice_but_hours_in_their_last(
    desk: Desk, clock: TableClock, limit: str, warned: dict[str, bool]
) -> None:
    clock.now = datetime(2026, 11, 25, 10, 0)
    made = intake.accept_dossier(desk, make_intake(limit=limit))
    seen = {}
    for hour in warned or {"10:30": False, "16:30": False}:
        clock.now = datetime.fromisoformat(f"2026-11-25T{hour}")
        seen[hour] = [row.code for row in progress.notice_owed(desk)] == [made.code]
    assert seen == (warned or {"10:30": False, "16:30": False}), made.first_due


# --- a day of rest, the counts of a day -----------------------------------------------------------


def test_the_board_counts_the_day_and_says_from_when_a_rest_day_counts(
    desk: Desk, clock: TableClock
) -> None:
    codes = [intake.accept_dossier(desk, make_intake()).code for _ in range(3)]
    steps.mark_ready(desk, codes[0])
    steps.return_result(desk, codes[0], steps.Return("Đào"))
    board = progress.day_board(desk)
    assert (board.counts.taken_in, board.counts.returned, board.rest) == (3, 1, None)
    clock.now = datetime(2026, 11, 29, 16, 10)
    board = progress.day_board(desk)
    assert (board.counts.taken_in, board.counts.returned, board.rest) == (0, 0, "")
    assert board.counts_from == datetime(2026, 11, 30, 7, 30)
    clock.now = datetime(2026, 11, 24, 9, 0)
    assert progress.day_board(desk).rest == "Ngày Văn hóa Việt Nam"


# --- responsibility -------------------------------------------------------------------------------


def test_an_unknown_step_is_refused_not_replaced(desk: Desk, clock: TableClock) -> None:
    made = intake.accept_dossier(desk, make_intake()).code
    steps.hand_over(desk, [made], "binh", step_name="Thẩm định")
    clock.now = datetime(2026, 11, 26, 8, 0)
    become(desk, "chi")
    with pytest.raises(Refused, match=r"«Xác minh».*Thẩm định") as refused:
        responsibility.fix_responsibility(desk, made, "volume", "binh", False, "Xác minh")
    assert (refused.value.code, refused.value.field) == ("unknown-step", "step")
    assert progress.show_dossier(desk, made).dossier.responsibility is None
    fixed = responsibility.fix_responsibility(desk, made, "volume", "binh", False, "Thẩm định")
    assert fixed.step == "Thẩm định"
