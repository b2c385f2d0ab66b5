"""What was typed wrong is put right, the promise stays; an entry made by mistake leaves every
figure and keeps its number; the last act is taken back.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import anonymise, correct, messages, progress, steps, take_back
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake, paper_receipts
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import numbers
from cchc_desk.actions.papers import registers
from cchc_desk.domain.dossiers.dossier import Dossier, How, Status
from cchc_desk.domain.ledger.facts.putting_right import Corrected
from cchc_desk.domain.people.applicant import Submitter
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists
from cchc_desk.store.engine.database import run
from cchc_desk.store.ledger import journal
from tests.actions.conftest import MONDAY, TableClock, become, make_intake
from tests.engines import by_hand

OTHER = "1.004222"  # permanent residence
REASON = "Gõ nhầm"


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    return intake.accept_dossier(desk, make_intake("Nguyễn Thị Đào"))


def corrected(desk: Desk, code: str, **other: Any) -> correct.Correction:
    """Puts right these parts of the intake, of its person too."""
    taken_in = correct.begin(desk, code).taken_in
    person = {key: other.pop(key) for key in list(other) if hasattr(taken_in.applicant, key)}
    who = replace(taken_in.applicant, **person)
    return correct.correct(desk, code, replace(taken_in, applicant=who, **other), REASON)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())


# --- correcting -----------------------------------------------------------------------------------


def test_a_corrected_dossier_is_found_and_sorted_by_what_is_right(
    desk: Desk, dossier: Dossier
) -> None:
    done = corrected(
        desk,
        dossier.code,
        name="Nguyễn Thị Ánh Đào",
        phone="+84 987 654 321",
        address="9 Hai Bà Trưng",
        id_number="092190004321",
        submitter=Submitter("Trần Văn Đức", relation="chồng"),
        sets=2,
        note="Nộp lại bản sao",
    )
    assert {change.key for change in done.changes} == {
        *("name", "phone", "address", "id_number", "sets", "note"),
        *("submitter_name", "submitter_relation"),
    }
    view = progress.show_dossier(desk, dossier.code)
    assert view.dossier.applicant.name == "Nguyễn Thị Ánh Đào"
    assert view.dossier.applicant.phone == "0987654321"
    assert view.dossier.submitter == Submitter("Trần Văn Đức", relation="chồng")
    assert (view.dossier.first, view.dossier.due) == (dossier.first, dossier.due)
    for query in ("anh dao", "092190004321", "0987654321", "tran van duc", dossier.code):
        assert [row.code for row in progress.find_dossiers(desk, query)] == [dossier.code]
    for query in ("0912345678", "092190001234"):
        assert progress.find_dossiers(desk, query) == ()
    assert view.problems == upkeep.verify_ledger(desk).problems == ()
    assert "«Nguyễn Thị Đào» → «Nguyễn Thị Ánh Đào»" in view.history[-1].words
    assert REASON in view.history[-1].words


def test_the_checks_of_intake_hold_for_a_correction(desk: Desk, dossier: Dossier) -> None:
    code = dossier.code
    assert refused(lambda: corrected(desk, code, name=" ")) == "name-empty"
    assert refused(lambda: corrected(desk, code, email="dao")) == "email-wrong"
    assert refused(lambda: corrected(desk, code, born=MONDAY.date() + timedelta(1))) == (
        "born-in-future"
    )
    assert refused(lambda: corrected(desk, code, sets=0)) == "sets"
    assert refused(lambda: corrected(desk, code, procedure="9.999")) == "unknown-procedure"
    assert refused(lambda: corrected(desk, code)) == "correct-nothing"
    assert refused(lambda: corrected(desk, code, received=MONDAY - timedelta(hours=1))) == (
        "correct-fixed"
    )
    assert refused(lambda: corrected(desk, code, limit="9 ngày làm việc")) == "correct-fixed"
    taken_in = correct.begin(desk, code).taken_in
    assert refused(lambda: correct.correct(desk, code, taken_in, " ")) == "reason-missing"
    assert progress.show_dossier(desk, code).dossier == dossier


def test_what_another_counter_corrected_meanwhile_is_not_overwritten(
    desk: Desk, dossier: Dossier
) -> None:
    seen = correct.begin(desk, dossier.code).taken_in
    corrected(desk, dossier.code, phone="0987654321")
    wanted = replace(seen, sets=2)
    code = refused(lambda: correct.correct(desk, dossier.code, wanted, REASON, shown=seen))
    assert code == "correct-elsewhere"


def test_another_procedure_moves_a_promise_that_no_paper_bears(
    desk: Desk, dossier: Dossier
) -> None:
    done = corrected(desk, dossier.code, procedure=OTHER, limit="5 ngày làm việc")
    after = progress.show_dossier(desk, dossier.code).dossier
    assert (after.procedure_code, after.limit.text) == (OTHER, "5 ngày làm việc")
    assert refused(
        lambda: corrected(desk, dossier.code, procedure=dossier.procedure_code, limit=None)
    ) == ("limit-unconfirmed")
    assert after.first.made == dossier.accepted
    assert after.first.due == after.due == after.first_due > dossier.first.due
    assert done.reprint == ()
    history = progress.show_dossier(desk, dossier.code).history
    assert "chưa in giấy nào" in history[-1].words
    assert upkeep.verify_ledger(desk).problems == ()


def test_on_a_printed_promise_another_procedure_is_a_paper_of_its_own(
    desk: Desk, dossier: Dossier
) -> None:
    printing.log_printed(desk, dossier.code, "receipt")
    done = corrected(desk, dossier.code, procedure=OTHER, limit=None)
    after = progress.show_dossier(desk, dossier.code).dossier
    assert (after.procedure_code, after.limit, after.first) == (OTHER, dossier.limit, dossier.first)
    assert done.reprint == ("receipt", "correction")
    note = text_of(printing.paper_pdf(desk, dossier.code, "correction"))
    for words in (dossier.procedure_name[:30], after.procedure_name[:30], "không thay đổi", REASON):
        assert words in note
    receipt = text_of(printing.paper_pdf(desk, dossier.code, "receipt"))
    assert "Cấp đổi, thay bản đã cấp" in receipt
    printing.log_printed(desk, dossier.code, "receipt")
    again = text_of(printing.paper_pdf(desk, dossier.code, "receipt"))
    assert "Cấp đổi, thay bản đã cấp, bản in lại lần 1" in again
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_printed_promise_is_kept_by_the_database_itself(desk: Desk, dossier: Dossier) -> None:
    printing.log_printed(desk, dossier.code, "receipt")
    with pytest.raises(Trouble, match="a promise is never changed"), desk.write() as connection:
        run(connection, "UPDATE promises SET due = '2027-01-01T10:00'")


def test_a_reprint_without_a_correction_stays_a_reprint(desk: Desk, dossier: Dossier) -> None:
    printing.log_printed(desk, dossier.code, "receipt")
    receipt = text_of(printing.paper_pdf(desk, dossier.code, "receipt"))
    assert "Bản in lại lần 1" in receipt
    assert "Cấp đổi" not in receipt
    assert refused(lambda: printing.paper_pdf(desk, dossier.code, "correction")) == "no-correction"


def test_a_closed_dossier_is_corrected_by_the_leader_but_not_its_procedure(
    desk: Desk, dossier: Dossier
) -> None:
    steps.mark_ready(desk, dossier.code)
    assert refused(lambda: corrected(desk, dossier.code, procedure=OTHER)) == "correct-finished"
    steps.return_result(desk, dossier.code, Return("Đào"))
    assert refused(lambda: corrected(desk, dossier.code, name="Đào")) == "correct-closed"
    become(desk, "binh")
    assert refused(lambda: corrected(desk, dossier.code, name="Đào")) == "role"
    become(desk, "chi")
    corrected(desk, dossier.code, name="Nguyễn Thị Ánh Đào")
    after = progress.show_dossier(desk, dossier.code).dossier
    assert (after.applicant.name, after.returned_to) == ("Nguyễn Thị Ánh Đào", "Đào")
    assert refused(lambda: corrected(desk, dossier.code, procedure=OTHER)) == "correct-finished"


def test_people_go_from_a_correction_when_their_time_is_over(
    desk: Desk, clock: TableClock, dossier: Dossier
) -> None:
    corrected(desk, dossier.code, name="Nguyễn Thị Ánh Đào", phone="0987654321")
    steps.mark_ready(desk, dossier.code)
    steps.return_result(desk, dossier.code, Return("Đào"))
    clock.now = datetime(2037, 1, 5, 9, 0)
    become(desk, "dung")
    anonymise.anonymise(desk, dossier.code, "Hết thời hạn lưu")
    with desk.read() as connection:
        stored = journal.of_dossier(connection, dossier.code)
        texts = [d for _e, _s, d in journal.entries(connection) if '"before"' in d]
    (fact,) = [facts for _entry, facts in stored if isinstance(facts, Corrected)]
    assert fact.after == {"name": "(đã ẩn danh)", "phone": "(đã ẩn danh)"}
    assert not any(name in text for text in texts for name in ("Đào", "0987654321", REASON))
    assert upkeep.verify_ledger(desk).problems == ()
    become(desk, "chi")
    assert refused(lambda: corrected(desk, dossier.code, name="Đào")) == "anonymised"


# --- cancelling -----------------------------------------------------------------------------------


def test_a_cancelled_entry_leaves_the_lists_and_keeps_its_number(
    desk: Desk, dossier: Dossier
) -> None:
    printing.log_printed(desk, dossier.code, "receipt")
    steps.hand_over(desk, [dossier.code], "binh")
    corrected(desk, dossier.code, phone="0987654321")
    gone = correct.cancel(desk, dossier.code, "Nhập hai lần")
    assert (gone.status, gone.cancelled, gone.closed) == (Status.NOT_RECEIVED, MONDAY, MONDAY)
    (row,) = progress.find_dossiers(desk, "dao")
    assert row.cancelled == MONDAY
    assert progress.find_dossiers(desk, only="open") == ()
    assert registers.book_rows(desk, MONDAY.date(), MONDAY.date()) == ()
    (line,) = registers.cancelled_rows(desk, MONDAY.date(), MONDAY.date())
    assert (line.number, line.official, line.reason) == (
        dossier.code,
        "Nguyễn Thị Hoài An",
        "Nhập hai lần",
    )
    with desk.read() as connection:  # a system that was told of it learns that it is none
        day = ("2026-11-23T00:00", "2026-11-23T23:59")
        (told,) = lists.for_exchange(connection, *day)
    assert told.status is Status.NOT_RECEIVED
    again = intake.accept_dossier(desk, make_intake())
    assert again.code > dossier.code
    assert upkeep.verify_ledger(desk).problems == ()


def test_nothing_more_is_done_with_a_cancelled_entry(desk: Desk, dossier: Dossier) -> None:
    code = dossier.code
    correct.cancel(desk, code, "Nhập hai lần")
    for act in (
        lambda: correct.cancel(desk, code, "Lần nữa"),
        lambda: corrected(desk, code, name="Đào"),
        lambda: letters.notify(desk, code, How.PHONE),
        lambda: letters.draft_mistake_letter(desk, code, "Ghi sai"),
        lambda: steps.shelve(desk, code, "Kệ 1"),
        lambda: printing.paper_pdf(desk, code, "receipt"),
        lambda: take_back.undo(desk, code, "Nhầm"),
        lambda: messages.messages_for(desk, code),
        lambda: registers.receipt_annex(desk, [code]),
        lambda: registers.hand_over_slip(desk, [code]),
    ):
        assert refused(act) == "cancelled"
    assert refused(lambda: steps.mark_ready(desk, code)) == "step-not-allowed"
    allowed = progress.show_dossier(desk, code).allowed
    assert {act for act, why in allowed.items() if why is None} == {"print-history"}


def test_only_who_made_it_cancels_it_and_only_on_the_same_day(
    desk: Desk, clock: TableClock, dossier: Dossier
) -> None:
    become(desk, "chi")
    assert refused(lambda: correct.cancel(desk, dossier.code, "Nhầm")) == "cancel-other"
    become(desk, "an")
    assert refused(lambda: correct.cancel(desk, dossier.code, " ")) == "reason-missing"
    clock.now += timedelta(days=1)
    assert refused(lambda: correct.cancel(desk, dossier.code, "Nhầm")) == "cancel-day"


def test_an_entry_with_work_behind_it_is_not_cancelled(desk: Desk, dossier: Dossier) -> None:
    steps.request_supplement(desk, dossier.code, "Thiếu trích lục")
    assert refused(lambda: correct.cancel(desk, dossier.code, "Nhầm")) == "cancel-begun"
    other = intake.accept_dossier(desk, make_intake()).code
    steps.mark_ready(desk, other)
    assert refused(lambda: correct.cancel(desk, other, "Nhầm")) == "step-not-allowed"


def test_a_letter_that_was_only_drafted_does_not_keep_a_mistaken_entry(desk: Desk) -> None:
    """Received long ago by a slip of the hand: late at once, and the desk drafts its letter."""
    long_ago = MONDAY - timedelta(days=20)
    code = intake.accept_dossier(desk, make_intake(received=long_ago)).code
    letters.draft_what_is_owed(desk)
    assert progress.day_board(desk).to_sign
    correct.cancel(desk, code, "Gõ nhầm ngày nhận")
    assert progress.day_board(desk).to_sign == ()
    assert upkeep.verify_ledger(desk).problems == ()


def test_what_came_from_the_portal_waits_again_and_the_paper_receipt_is_free(desk: Desk) -> None:
    before_acceptance.register_online(desk, make_intake(), "G22.2", MONDAY)
    (number,), _pdf = paper_receipts.print_blank(desk, 1)
    wanted = make_intake(portal_code="G22.2", paper_receipt=number)
    code = intake.accept_dossier(desk, wanted).code
    assert before_acceptance.waiting(desk) == ()
    correct.cancel(desk, code, "Nhầm người")
    assert [row.registration.portal_code for row in before_acceptance.waiting(desk)] == ["G22.2"]
    assert intake.accept_dossier(desk, wanted).paper_receipt == number
    assert upkeep.verify_ledger(desk).problems == ()


# --- taking back ----------------------------------------------------------------------------------


def test_a_hand_over_is_taken_back(desk: Desk, dossier: Dossier) -> None:
    steps.hand_over(desk, [dossier.code], "binh")
    steps.hand_over(desk, [dossier.code], "chi")
    view = take_back.undo(desk, dossier.code, "Nhầm người")
    assert (view.dossier.holder, view.dossier.status) == ("binh", Status.PROCESSING)
    assert [passed.receiver for passed in view.dossier.hand_overs] == ["binh"]
    assert "Hoàn tác «bàn giao»" in view.history[-1].words
    assert upkeep.verify_ledger(desk).problems == ()
    assert refused(lambda: take_back.undo(desk, dossier.code, "Nữa")) == "step-not-allowed"


def test_the_first_hand_over_leaves_the_dossier_as_it_was_taken_in(
    desk: Desk, dossier: Dossier
) -> None:
    steps.hand_over(desk, [dossier.code], "binh")
    view = take_back.undo(desk, dossier.code, "Nhầm người")
    assert view.dossier == dossier


def test_a_place_is_taken_back_to_the_one_before(desk: Desk, dossier: Dossier) -> None:
    for place in ("Kệ 1", "Kệ 2"):
        steps.shelve(desk, dossier.code, place)
    assert take_back.undo(desk, dossier.code, "Nhầm").dossier.place == "Kệ 1"
    steps.shelve(desk, dossier.code, "Kệ 3")
    assert take_back.undo(desk, dossier.code, "Nhầm").dossier.place == "Kệ 1"


def test_a_notice_is_taken_back_and_is_owed_again(desk: Desk) -> None:
    dossier = intake.accept_dossier(desk, make_intake(limit="1 ngày làm việc"))
    first = letters.notify(desk, dossier.code, How.PHONE)
    letters.notify(desk, dossier.code, How.MESSAGE)
    assert take_back.undo(desk, dossier.code, "Nhầm dòng").dossier.notices == (first,)
    other = intake.accept_dossier(desk, make_intake(limit="1 ngày làm việc"))
    letters.notify(desk, other.code, How.PHONE)
    assert other.code not in {row.code for row in progress.notice_owed(desk)}
    view = take_back.undo(desk, other.code, "Nhầm dòng")
    assert view.dossier == other
    assert other.code in {row.code for row in progress.notice_owed(desk)}
    noted, taken_back = (line.words for line in view.history[-2:])
    assert "Báo trước cho công dân" in noted
    assert "Hoàn tác «báo trước»: Nhầm dòng" in taken_back
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_request_is_taken_back_while_its_slip_is_not_printed(
    desk: Desk, clock: TableClock, dossier: Dossier
) -> None:
    slip = steps.request_supplement(desk, dossier.code, "Thiếu trích lục")
    clock.now += timedelta(minutes=1)
    view = take_back.undo(desk, dossier.code, "Nhầm hồ sơ")
    assert (view.dossier.status, view.dossier.due) == (Status.RECEIVED, dossier.due)
    assert not view.dossier.open_pauses
    assert refused(lambda: printing.paper_pdf(desk, dossier.code, "supplement")) == "no-slip"
    (series,) = [one for one in numbers.series(desk, 2026) if one.symbol == slip.symbol]
    assert (series.given, series.void, series.gaps) == (1, (slip.number,), ())
    (line,) = registers.cancelled_rows(desk, MONDAY.date(), MONDAY.date())
    assert (line.number, line.reason) == (slip.number_text, "Nhầm hồ sơ")
    # It is as if it had never been asked: the first request is still to come.
    second = steps.request_supplement(desk, dossier.code, "Thiếu tờ khai")
    assert second.number == slip.number + 1
    printing.log_printed(desk, dossier.code, "supplement")
    assert refused(lambda: take_back.undo(desk, dossier.code, "Nhầm")) == "undo-printed"
    assert upkeep.verify_ledger(desk).problems == ()


def test_the_end_of_a_dossier_is_taken_back_as_before(desk: Desk, dossier: Dossier) -> None:
    steps.mark_ready(desk, dossier.code)
    assert take_back.undo(desk, dossier.code, "Nhầm").dossier.status is Status.PROCESSING


def test_nobody_takes_back_what_another_did(
    desk: Desk, clock: TableClock, dossier: Dossier
) -> None:
    steps.hand_over(desk, [dossier.code], "binh")
    become(desk, "binh")
    assert refused(lambda: take_back.undo(desk, dossier.code, "Nhầm")) == "undo-other"
    become(desk, "an")
    clock.now += timedelta(days=1)
    assert refused(lambda: take_back.undo(desk, dossier.code, "Nhầm")) == "undo-other"


def test_a_receipt_voided_by_mistake_is_out_again(desk: Desk) -> None:
    (number,), _pdf = paper_receipts.print_blank(desk, 1)
    assert refused(lambda: paper_receipts.restore(desk, number, "Nhầm")) == "paper-receipt"
    paper_receipts.void(desk, number, "Giấy ướt")
    assert paper_receipts.restore(desk, number, "Nhầm số").void == ""
    assert [one.number for one in paper_receipts.reconcile(desk).out] == [number]
    assert upkeep.verify_ledger(desk).problems == ()


# --- unreadable values ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("dossiers", "due"),
        ("dossiers", "accepted"),
        pytest.param(
            "dossiers",
            "status",
            marks=pytest.mark.one_pc("a value that a typed column cannot hold"),
        ),
        ("promises", "made"),
    ],
)
def test_a_nonsense_value_in_a_row_is_a_trouble_that_names_the_dossier(
    desk: Desk, dossier: Dossier, table: str, column: str
) -> None:
    with by_hand(desk.folder) as connection:
        connection.execute(f"UPDATE {table} SET {column} = 'hôm qua'")
    with pytest.raises(Trouble, match=dossier.code) as trouble:
        progress.show_dossier(desk, dossier.code)
    assert trouble.value.code == "row-unreadable"
    if table == "dossiers":
        (line,) = progress.find_dossiers(desk)
        assert (line.code, line.damaged) == (dossier.code, True)
        assert progress.day_board(desk).damaged == (dossier.code,)
    if column in ("due", "status"):
        assert registers.book_rows(desk, MONDAY.date(), MONDAY.date()) == ()
    assert not upkeep.verify_ledger(desk).ok
