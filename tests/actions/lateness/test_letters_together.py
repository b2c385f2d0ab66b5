"""Letters drafted beforehand, signed and printed all at once: what is needless goes, one that
cannot stops none.
"""

import io
from datetime import datetime

import pypdf
import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import messages, progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.dossiers.dossier import LetterState
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, draft_all, make_intake

DAY_BEFORE = datetime(2026, 11, 25, 14, 0)


@pytest.fixture
def codes(desk: Desk, clock: TableClock) -> tuple[str, str, str]:
    """Three dossiers due on Thursday 26/11; on Wednesday afternoon nobody has given notice yet."""
    made = tuple(
        intake.accept_dossier(desk, make_intake(limit="2 ngày làm việc")).code for _ in range(3)
    )
    clock.now = DAY_BEFORE
    return made[0], made[1], made[2]


def drafts(desk: Desk) -> set[str]:
    return {row.letter.code for row in letters.letters(desk, LetterState.DRAFTED)}


def test_a_draft_goes_when_the_dossier_is_done_in_time(
    desk: Desk, codes: tuple[str, str, str]
) -> None:
    draft_all(desk)
    assert drafts(desk) == set(codes)
    steps.mark_ready(desk, codes[0])
    steps.withdraw(desk, codes[1])
    assert drafts(desk) == {codes[2]}
    done = progress.show_dossier(desk, codes[0]).dossier
    assert done.letters == ()
    assert done.responsibility is None
    assert upkeep.verify_ledger(desk).ok


def test_a_draft_stays_when_the_dossier_was_late_after_all(
    desk: Desk, clock: TableClock, codes: tuple[str, str, str]
) -> None:
    draft_all(desk)
    clock.now = datetime(2026, 11, 27, 9, 0)
    steps.mark_ready(desk, codes[0])
    assert codes[0] in drafts(desk)
    draft_all(desk)  # its date is needless now that the result is there
    become(desk, "chi")
    signed = {letter.code: letter for letter in letters.sign_all(desk).signed}
    assert signed[codes[0]].new_due is None
    assert signed[codes[1]].new_due is not None


def test_one_letter_that_cannot_be_signed_stops_no_other(
    desk: Desk, clock: TableClock, codes: tuple[str, str, str]
) -> None:
    for code, day in zip(codes, (27, 30, 27), strict=True):
        letters.draft_apology(desk, code, "volume", datetime(2026, 11, day, 9, 0))
    clock.now = datetime(2026, 11, 27, 14, 0)  # two of the new dates have passed
    with pytest.raises(Refused, match="lãnh đạo"):
        letters.sign_all(desk)
    become(desk, "chi")
    batch = letters.sign_all(desk)
    assert [letter.code for letter in batch.signed] == [codes[1]]
    assert {code for code, _ in batch.refused} == {codes[0], codes[2]}
    assert all("Ngày hẹn mới phải sau" in why for _, why in batch.refused)
    become(desk, "an")
    renewed = letters.draft_what_is_owed(desk)
    assert {letter.code for letter in renewed} == {codes[0], codes[2]}
    assert all(
        letter.new_due and letter.new_due > clock.now and letter.cause == "volume"
        for letter in renewed
    )
    become(desk, "chi")
    assert len(letters.sign_all(desk).signed) == 2


def test_all_signed_letters_are_printed_in_one_file(
    desk: Desk, codes: tuple[str, str, str]
) -> None:
    with pytest.raises(Refused, match="ký thư trước"):
        printing.signed_letters_pdf(desk)
    draft_all(desk)
    become(desk, "chi")
    letters.sign_all(desk)
    pages = pypdf.PdfReader(io.BytesIO(printing.signed_letters_pdf(desk))).pages
    assert len(pages) == 3
    text = " ".join(page.extract_text() for page in pages)
    assert all(code in text for code in codes)
    assert printing.log_signed_letters(desk) == 1
    assert "In " in progress.show_dossier(desk, codes[0]).history[-1].words


def test_who_must_hear_that_the_promise_may_break_hears_that(
    desk: Desk, codes: tuple[str, str, str]
) -> None:
    said = messages.messages_for(desk, codes[0])
    assert said.about == "notice"
    assert "có thể chưa kịp" in said.phone
    assert "co the chua kip" in said.sms
    assert len(said.sms) <= messages.LONGEST_SMS


def test_a_dossier_whose_clock_stands_still_spends_no_reappointment(
    desk: Desk, clock: TableClock, codes: tuple[str, str, str]
) -> None:
    draft_all(desk)
    steps.request_supplement(desk, codes[0], "Thiếu bản sao")
    become(desk, "chi")
    batch = letters.sign_all(desk)
    assert [code for code, _why in batch.refused] == [codes[0]]
    assert len(progress.show_dossier(desk, codes[0]).dossier.promises) == 1


def test_a_number_that_the_registrar_gave_by_hand_is_left_out(
    desk: Desk, codes: tuple[str, str, str]
) -> None:
    draft_all(desk)
    ids = [row.letter.id for row in letters.letters(desk, LetterState.DRAFTED)]
    become(desk, "dung")
    office_settings.change_settings(desk, {"letter_by_registrar": True})
    become(desk, "chi")
    letters.sign_letter(desk, ids[0], 1)
    become(desk, "dung")
    office_settings.change_settings(desk, {"letter_by_registrar": False})
    become(desk, "chi")
    assert [letter.number for letter in letters.sign_all(desk).signed] == [2, 3]
