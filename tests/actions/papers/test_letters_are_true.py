"""A letter says what was so on the day it was signed, by the authority of who signed it."""

import io
from collections.abc import Callable
from datetime import datetime

import pypdf
import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import signing
from cchc_desk.actions.papers import registers
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.signing import SigningForm
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import COMPANY, TableClock, become, keep_settings, make_intake

NEW_DUE = datetime(2026, 11, 27, 9, 0)
LATE = datetime(2026, 11, 26, 9, 0)


@pytest.fixture
def code(desk: Desk) -> str:
    """A dossier of Monday, due on Tuesday 24/11."""
    return intake.accept_dossier(desk, make_intake()).code


def signed(desk: Desk, code: str, new_due: datetime | None, reason: str = "") -> Letter:
    become(desk, "chi")
    return letters.draft_and_sign(desk, code, "volume", new_due, reason)


def said(desk: Desk, code: str) -> str:
    pages = pypdf.PdfReader(io.BytesIO(printing.paper_pdf(desk, code, "apology"))).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def test_a_letter_before_the_due_day_confesses_no_delay(desk: Desk, code: str) -> None:
    signed(desk, code, NEW_DUE)
    letter = said(desk, code)
    assert "sẽ chưa thể trả đúng thời hạn" in letter
    assert "Tuy nhiên đến nay" not in letter
    assert "chậm trễ" not in letter


def test_a_signed_letter_says_on_reprint_what_it_said(
    desk: Desk, clock: TableClock, code: str
) -> None:
    clock.now = LATE
    signed(desk, code, NEW_DUE)
    letter = said(desk, code)
    assert "Tuy nhiên đến nay" in letter
    clock.now = datetime(2026, 11, 26, 10, 0)
    steps.pause(desk, code, PauseKind.OPINION, "Chờ ý kiến Công an phường")
    clock.now = datetime(2026, 11, 26, 15, 0)
    steps.resume(desk, code)
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào"))
    assert said(desk, code) == letter


@pytest.mark.parametrize("end", [steps.withdraw, steps.stop])
def test_nothing_is_promised_to_who_withdrew_or_was_stopped(
    desk: Desk, clock: TableClock, code: str, end: Callable[[Desk, str, str], object]
) -> None:
    clock.now = LATE
    end(desk, code, "Công dân xin rút")
    signed(desk, code, None)
    letter = said(desk, code)
    assert "trả kết quả cho" not in letter
    assert "đã không trả kết quả giải quyết hồ sơ" in letter


def test_a_mistake_is_not_said_to_be_mended(desk: Desk, code: str) -> None:
    letters.draft_mistake_letter(desk, code, "Ghi sai năm sinh của cháu")
    letter = said(desk, code)
    assert "Ghi sai năm sinh của cháu." in letter
    assert "khắc phục" not in letter
    assert "Thời gian hẹn trả kết quả không thay đổi" in letter


def test_a_company_and_a_woman_are_addressed_as_such_throughout(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake(applicant=COMPANY)).code
    signed(desk, code, NEW_DUE)
    assert "của Quý Công ty" in said(desk, code)
    assert "Ông/Bà" not in said(desk, code)


def test_several_reasons_stand_each_as_a_citizen_understands_it(
    desk: Desk, clock: TableClock, code: str
) -> None:
    clock.now = LATE
    reasons = letters.several_reasons(["volume", "absence"], ["Máy in của phường hỏng"])
    signed(desk, code, NEW_DUE, reasons)
    letter = said(desk, code)
    assert (
        "Lý do: - Số hồ sơ nộp trong thời gian này tăng cao, cơ quan chưa giải quyết kịp. - Công "
        "chức phụ trách hồ sơ vắng mặt, việc bố trí người thay chưa kịp thời. - Máy in của phường "
        "hỏng."
    ) in letter
    with pytest.raises(Refused, match="«nobody»"):
        letters.several_reasons(["nobody"], [])


def test_a_step_that_is_not_done_is_no_reason_so_the_clerk_is_asked(
    desk: Desk, clock: TableClock, code: str
) -> None:
    clock.now = LATE
    (draft,) = letters.draft_what_is_owed(desk)
    assert draft.reason == ""
    become(desk, "chi")
    with pytest.raises(Refused, match="chưa có lý do") as refused:
        letters.sign_letter(desk, draft.id)
    assert refused.value.code == "reason-missing"
    (waiting,) = letters.waiting_drafts(desk).drafts
    assert waiting.why_not == refused.value.message


def test_the_portals_code_stands_in_the_letter_and_on_the_receipt(
    desk: Desk, clock: TableClock
) -> None:
    online = make_intake()
    before_acceptance.register_online(desk, online, "H01.102-260301-0077", clock.now)
    online = make_intake(portal_code="H01.102-260301-0077")
    code = intake.accept_dossier(desk, online).code
    signed(desk, code, NEW_DUE)
    assert "Mã hồ sơ trên Cổng Dịch vụ công: H01.102-260301-0077." in said(desk, code)
    receipt = pypdf.PdfReader(io.BytesIO(printing.paper_pdf(desk, code, "receipt"))).pages
    for page in receipt:
        assert "Cổng Dịch vụ công: H01.102-260301-0077" in page.extract_text()


# --- who signs ------------------------------------------------------------------------------------


def test_two_leaders_each_sign_by_their_own_authority(desk: Desk, code: str) -> None:
    other = intake.accept_dossier(desk, make_intake()).code
    become(desk, "dung")
    head = accounts.add_official(
        desk, NewOfficial("giang", "Võ Thị Giang", Role.LEADER, "Chủ tịch", "đủ dài")
    )
    signed(desk, code, NEW_DUE)
    desk.official = head
    letters.draft_and_sign(desk, other, "volume", NEW_DUE)
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Mai Chi" in said(desk, code)
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Võ Thị Giang" in said(desk, other)


def test_a_leader_of_unknown_authority_is_asked_once(desk: Desk, code: str) -> None:
    become(desk, "dung")
    leader = accounts.add_official(
        desk, NewOfficial("giang", "Võ Thị Giang", Role.LEADER, "Giám đốc", "đủ dài")
    )
    desk.official = leader
    with pytest.raises(Refused) as refused:
        letters.draft_and_sign(desk, code, "volume", NEW_DUE)
    assert refused.value.code == "signer-title"
    mandate = "Quyết định số 12/QĐ-UBND ngày 02/01/2026"
    signing.keep_signing(desk, "giang", "Giám đốc Trung tâm", SigningForm.BY_ORDER, mandate)
    letters.draft_and_sign(desk, code, "volume", NEW_DUE)
    assert "TL. CHỦ TỊCH GIÁM ĐỐC TRUNG TÂM Võ Thị Giang" in said(desk, code)
    assert upkeep.verify_ledger(desk).ok
    become(desk, "an")
    with pytest.raises(Refused, match="dành cho"):
        signing.keep_signing(desk, "giang", "Chủ tịch", SigningForm.HEAD)
    become(desk, "dung")
    with pytest.raises(Refused, match="Không có lãnh đạo «an»"):
        signing.keep_signing(desk, "an", "Chủ tịch", SigningForm.HEAD)


# --- the public list ------------------------------------------------------------------------------


def test_a_letter_in_advance_is_no_line_of_the_public_list(
    desk: Desk, clock: TableClock, code: str
) -> None:
    year = datetime(2026, 1, 1).date(), datetime(2026, 12, 31).date()
    signed(desk, code, NEW_DUE, "Mẹ cháu chưa nộp giấy chứng sinh")
    assert registers.apology_rows(desk, *year) == ()
    clock.now = LATE
    (row,) = registers.apology_rows(desk, *year)
    assert row.reason == "Số lượng hồ sơ tăng đột biến"  # none of what was written about people
    clock.now = datetime(2026, 11, 24, 9, 0)
    steps.mark_ready(desk, code)
    clock.now = LATE
    assert registers.apology_rows(desk, *year) == ()  # the promise held after all


# --- orders of a city -----------------------------------------------------------------------------


def test_only_a_ward_of_the_city_cites_its_order_others_by_a_setting(desk: Desk) -> None:
    def cited() -> str:
        pages = pypdf.PdfReader(io.BytesIO(registers.review_list(desk, 2026))).pages
        return " ".join("".join(page.extract_text() for page in pages).split())

    become(desk, "chi")
    assert "Căn cứ Công văn số 2307/UBND-NC ngày 03 tháng 8 năm 2020" in cited()
    keep_settings(desk, {"unit_code": "H01.31"})
    assert "2307" not in cited()
    assert "Căn cứ" not in cited()
    keep_settings(desk, {"local_order": "Kế hoạch số 5/KH-UBND ngày 02/02/2026"})
    assert "Căn cứ Kế hoạch số 5/KH-UBND ngày 02/02/2026: xem xét" in cited()
