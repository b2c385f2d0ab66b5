"""Faults that were seen when every paper of the gallery was looked at as a picture."""

from dataclasses import replace
from datetime import datetime

from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import correct, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import signing
from cchc_desk.actions.papers import registers
from cchc_desk.actions.people import accounts
from cchc_desk.actions.people.accounts import NewOfficial
from cchc_desk.domain.dossiers.dossier import PaperCount
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Role
from cchc_desk.domain.people.signing import SigningForm
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, keep_settings, make_intake
from tests.papers.forms.test_read_back import joined

LATE = datetime(2026, 11, 26, 9, 0)
AGENCY = Applicant(ApplicantKind.ORGANISATION, "Chi cục Thi hành án dân sự khu vực 3")
COPIES = "2.000815"


def told(pdf: bytes) -> str:
    return " ".join(joined(pdf).split())


def letter(desk: Desk, code: str, new_due: datetime | None = None) -> str:
    """Sign a letter of the deputy and return what it says."""
    become(desk, "chi")
    signed = letters.draft_and_sign(desk, code, "volume", new_due)
    return told(printing.paper_pdf(desk, code, "apology", signed.id))


# --- letters --------------------------------------------------------------------------------------


def test_a_code_that_cannot_break_stands_in_a_paragraph_of_its_own(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    said = letter(desk, code, datetime(2026, 11, 27, 9, 0))
    assert f".Mã hồ sơ: {code}.Thời gian hẹn" in said  # nothing between two paragraphs
    assert "vào lúc:09 giờ 00 phút, ngày 27 tháng 11 năm 2026." in said


def test_a_ready_result_can_be_taken_at_the_desk(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    clock.now = LATE
    steps.mark_ready(desk, code)
    assert "có thể nhận kết quả ngay tại Trung tâm Phục vụ hành chính công, hoặc" in letter(
        desk, code
    )


def test_a_title_is_not_broken_within_a_word(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    become(desk, "dung")
    title = "Giám đốc Trung tâm Phục vụ hành chính công"
    new = NewOfficial("ly", "Tô Thị Hải Lý", Role.LEADER, title, "đủ dài")
    leader = accounts.add_official(desk, new)
    signing.keep_signing(desk, "ly", title, SigningForm.BY_ORDER, "Quyết định số 12/QĐ-UBND")
    desk.official = leader
    letters.draft_and_sign(desk, code, "volume", datetime(2026, 11, 27, 9, 0))
    pdf = printing.paper_pdf(desk, code, "apology")
    assert "GIÁM ĐỐC TRUNG TÂMPHỤC VỤ HÀNH CHÍNH CÔNG" in told(pdf)  # two lines


def test_a_stop_notice_decides_on_its_ground(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    become(desk, "chi")
    steps.stop(desk, code, "Tổ chức đã giải thể")
    assert (
        "Căn cứ Nghị định số 118/2025/NĐ-CP của Chính phủ về thực hiện thủ tục hành chính theo cơ "
        "chế một cửa, một cửa liên thông, Ủy ban nhân dân phường Ninh Kiều thông báo dừng giải "
        "quyết hồ sơ này." in told(printing.paper_pdf(desk, code, "stop"))
    )


# --- who signs at the counter ---------------------------------------------------------------------


def test_an_agency_does_not_sign_as_a_person(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake(applicant=AGENCY)).code
    receipt = told(printing.paper_pdf(desk, code, "receipt"))
    assert receipt.count(AGENCY.name) == 2  # "Tiếp nhận hồ sơ của", in each copy
    slip = before_acceptance.refuse(desk, make_intake(applicant=AGENCY), "Không thuộc thẩm quyền")
    assert told(printing.paper_pdf(desk, slip.id, "refusal")).count(AGENCY.name) == 1
    annex = told(registers.receipt_annex(desk, [code]))
    assert f"Người nộp hồ sơ: {AGENCY.name}." in annex


def test_who_applied_online_has_no_place_to_sign_on_the_receipt(
    desk: Desk, clock: TableClock
) -> None:
    portal = "H01.102-260301-0077"
    before_acceptance.register_online(desk, make_intake(), portal, clock.now)
    code = intake.accept_dossier(desk, make_intake(portal_code=portal)).code
    receipt = told(printing.paper_pdf(desk, code, "receipt"))
    assert "NGƯỜI NỘP HỒ SƠ" not in receipt
    assert receipt.count("NGƯỜI TIẾP NHẬN HỒ SƠ") == 2
    refused = portal.replace("77", "78")
    before_acceptance.register_online(desk, make_intake(), refused, clock.now)
    slip = before_acceptance.refuse(desk, make_intake(), "Ảnh không đọc được", refused)
    named = f"Mã hồ sơ trên Cổng Dịch vụ công: {refused}"  # as on every other paper
    assert named in told(printing.paper_pdf(desk, slip.id, "refusal"))


def test_a_slip_addresses_a_woman_as_one(desk: Desk) -> None:
    who = Applicant(ApplicantKind.PERSON, "Lý Ơn", sex="Nữ")
    code = intake.accept_dossier(desk, make_intake(applicant=who)).code
    steps.request_supplement(desk, code, "Thiếu giấy", ["Giấy chứng sinh"])
    slip = told(printing.paper_pdf(desk, code, "supplement"))
    assert "Tiếp nhận hồ sơ/yêu cầu của Bà: Lý Ơn" in slip
    assert "Ông/Bà" not in slip


# --- fees, lists ----------------------------------------------------------------------------------


def test_the_fee_of_many_papers_is_their_sum(desk: Desk) -> None:
    papers = tuple(PaperCount(f"Bằng {n}", original=12, certified=3) for n in range(6))
    code = intake.accept_dossier(desk, make_intake(procedure=COPIES, papers=papers)).code
    receipt = told(printing.paper_pdf(desk, code, "receipt"))
    assert "Phí, lệ phí: 252.000 đ; mức thu: 2.000 đồng/trang" in receipt
    assert "×" not in receipt


def test_the_head_note_names_what_was_withdrawn_or_stopped(desk: Desk, clock: TableClock) -> None:
    codes = [intake.accept_dossier(desk, make_intake()).code for _ in range(3)]
    clock.now = LATE
    steps.withdraw(desk, codes[0], "Không còn nhu cầu")
    become(desk, "chi")
    steps.stop(desk, codes[1], "Tổ chức đã giải thể")
    note = told(registers.head_note(desk, clock.now.date().replace(month=1), clock.now.date()))
    assert "rút 26/11/2026" in note
    assert "dừng 26/11/2026" in note
    assert note.count("chưa có") == 1


def test_an_office_without_an_order_states_no_rule_of_another_city(desk: Desk) -> None:
    become(desk, "chi")
    keep_settings(desk, {"unit_code": "H01.31"})
    today = desk.now().date()
    assert "kỷ luật" not in told(registers.head_note(desk, today, today))
    assert "đánh giá" not in told(registers.review_list(desk, today.year))


def test_the_register_book_has_short_rows_and_the_phone_below_the_address(desk: Desk) -> None:
    who = Applicant(ApplicantKind.PERSON, "Lý Ơn", address="Khóm 2", phone="0912345678")
    intake.accept_dossier(desk, make_intake(applicant=who))
    (row,) = registers.book_rows(desk, desk.now().date(), desk.now().date())
    column = next(one for one in registers.BOOK_COLUMNS if one.title == "Địa chỉ, số điện thoại")
    assert column.value(row) == "Khóm 2\n0912345678"
    agency = next(one for one in registers.BOOK_COLUMNS if one.title.startswith("Cơ quan chủ trì"))
    assert agency.value(row) == "UBND phường Ninh Kiều"  # three lines of the column, not five


def test_a_letter_that_was_signed_but_not_given_is_not_said_to_be_missing(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    clock.now = LATE
    steps.mark_ready(desk, code)
    letter(desk, code)
    become(desk, "an")
    steps.return_result(desk, code, Return("Lý Ơn"))
    sheet = told(printing.paper_pdf(desk, "", "morning"))
    assert "Đã trả kết quả, chưa trao thư xin lỗi (1)" in sheet


def test_a_correction_apologises_in_plain_words(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    taken_in = correct.begin(desk, code).taken_in
    correct.correct(desk, code, replace(taken_in, sets=2), "Gõ")
    assert "vì sai sót này" in told(printing.paper_pdf(desk, code, "correction"))
