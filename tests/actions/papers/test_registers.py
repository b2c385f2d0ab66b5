"""Lists on paper, what comes before acceptance, and the numbers of papers with their gaps."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cchc_desk.actions.catalogue import process
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import messages, progress, steps, supplements
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake, paper_receipts
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.office import numbers
from cchc_desk.actions.papers import registers
from cchc_desk.domain.dossiers.dossier import How, Status
from cchc_desk.domain.law.procedure import ProcessStep
from cchc_desk.domain.lobby import masked
from cchc_desk.domain.papers.slips import Slip
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import WHY, TableClock, become, keep_settings, make_intake
from tests.papers.forms.test_read_back import joined, pages, squeezed

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def told(pdf: bytes) -> str:
    return squeezed(joined(pdf))


@pytest.fixture
def late(desk: Desk, clock: TableClock) -> str:
    """A dossier late through Bình's fault, apologised for and returned."""
    code = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    steps.hand_over(desk, [code], "binh")
    clock.now = datetime(2026, 11, 23, 16, 0)
    become(desk, "chi")
    due = letters.propose_new_due(desk, code)
    letter = letters.draft_and_sign(
        desk, code, "verification", due, responsible="binh", own_fault=True
    )
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào", how=How.POST))
    return code


def test_the_register_book_holds_the_period_and_the_field(desk: Desk, late: str) -> None:
    book = told(registers.register_book(desk, *YEAR, reason=WHY))
    for text in (
        late,
        "Nguyễn Thị Ánh Đào",
        "0912345678",
        "bưu chính",
        "Từ ngày 01/01/2026 đến ngày 31/12/2026",
    ):
        assert squeezed(text) in book
    assert late in told(registers.register_book(desk, *YEAR, "Hộ tịch", WHY))
    land = told(registers.register_book(desk, *YEAR, "Đất đai", WHY))
    assert squeezed("Không có hồ sơ nào") in land
    before = date(2025, 1, 1), date(2025, 12, 31)
    assert late not in told(registers.register_book(desk, *before, reason=WHY))
    with pytest.raises(Refused, match="Ngày cuối"):
        registers.register_book(desk, YEAR[1], YEAR[0], reason=WHY)


def test_the_register_book_notes_what_the_columns_do_not_say(
    desk: Desk, clock: TableClock, late: str
) -> None:
    clock.now = datetime(2026, 11, 25, 9, 0)
    intake.accept_dossier(desk, make_intake(received=datetime(2026, 11, 23, 14, 0)))
    gone = intake.accept_dossier(desk, make_intake()).code
    book = told(registers.register_book(desk, *YEAR, reason=WHY))
    again = progress.show_dossier(desk, late).dossier.due
    steps.withdraw(desk, gone)
    for text in (f"Hẹn lại {again:%H:%M %d/%m/%Y}", "Nhập 09:00 25/11/2026"):
        assert book.count(squeezed(text)) == 1
    assert "Rút" not in book
    assert squeezed("Rút 09:00 25/11/2026") in told(
        registers.register_book(desk, *YEAR, reason=WHY)
    )


def test_a_slip_of_different_steps_and_times_says_them_row_by_row(
    desk: Desk, clock: TableClock
) -> None:
    codes = [intake.accept_dossier(desk, make_intake()).code for _ in range(2)]
    steps.hand_over(desk, codes[:1], "binh", step_name="Thụ lý")
    clock.now += timedelta(hours=1)
    steps.hand_over(desk, codes[1:], "binh", step_name="Ký duyệt")
    slip = told(registers.hand_over_slip(desk, codes))
    for text in (
        "Bước: Thụ lý\nGiao lúc 10:00 23/11/2026",
        "Bước: Ký duyệt\nGiao lúc 11:00 23/11/2026",
        "ghi ở từng hồ sơ",
    ):
        assert slip.count(squeezed(text)) == 2
    alone = told(registers.hand_over_slip(desk, codes[:1]))
    assert squeezed("Bước: Thụ lý") in alone
    assert "Giaolúc" not in alone


def test_the_agency_whose_head_signs_the_public_list_stands_above_it(desk: Desk, late: str) -> None:
    public = told(registers.apology_list(desk, *YEAR))
    head = public[: public.index(squeezed("CỘNG HÒA"))]
    assert head.endswith(squeezed("UBND THÀNH PHỐ CẦN THƠ" + desk.settings["unit_name"].upper()))
    assert squeezed(f"{desk.settings['unit_name']} thành thật xin lỗi") in public


def test_the_public_list_masks_the_names(desk: Desk, late: str) -> None:
    public = told(registers.apology_list(desk, *YEAR))
    assert squeezed("Nguyễn T. Á. Đ.") in public
    assert squeezed("Ánh Đào") not in public
    assert "01/PXL-UBND" in public


def test_the_public_list_names_an_organisation_in_full(desk: Desk, clock: TableClock) -> None:
    company = Applicant(
        ApplicantKind.ORGANISATION, "Công ty TNHH Cửu Long", representative="Lê Thị Ơn"
    )
    code = intake.accept_dossier(desk, make_intake(applicant=company)).code
    become(desk, "chi")
    clock.now = datetime(2026, 12, 1, 9, 0)
    letters.draft_and_sign(desk, code, "volume", letters.propose_new_due(desk, code))
    assert squeezed("Công ty TNHH Cửu Long") in told(registers.apology_list(desk, *YEAR))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Nguyễn Thị Ánh Đào", "Nguyễn T. Á. Đ."), ("Đào", "Đ."), ("Lý A", "Lý A.")],
)
def test_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_the_review_begins_at_two_strikes_and_carries_the_objection(
    desk: Desk, clock: TableClock, late: str
) -> None:
    assert late not in told(registers.review_list(desk, 2026))
    clock.now = datetime(2026, 11, 25, 8, 0)
    become(desk, "an")  # what a leader held late she could not decide
    second = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    clock.now = datetime(2026, 11, 25, 16, 0)
    become(desk, "chi")
    responsibility.fix_responsibility(desk, second, "absence", "binh", own_fault=True)
    responsibility.object_to(desk, second, "Đi tập huấn")
    review = told(registers.review_list(desk, 2026))
    for text in (
        late,
        second,
        "Trần Quốc Bình",
        "2 lần – cảnh báo",
        "Đi tập huấn",
        "Công chức phụ trách vắng mặt",
    ):
        assert squeezed(text) in review
    note = told(registers.head_note(desk, *YEAR))
    for text in (late, second, "2/2 = 100%", "đã vượt ngưỡng 5%"):
        assert squeezed(text) in note


def test_dossiers_passed_on_together_share_one_slip(desk: Desk) -> None:
    codes = [intake.accept_dossier(desk, make_intake()).code for _ in range(3)]
    steps.hand_over(desk, codes[:2], "binh", note="kèm ảnh")
    slip = told(registers.hand_over_slip(desk, codes[:2]))
    for text in (*codes[:2], "Nguyễn Thị Hoài An", "Trần Quốc Bình", "kèm ảnh", "Liên 2: Bên nhận"):
        assert slip.count(squeezed(text)) >= 1
    with pytest.raises(Refused, match="cùng người giao"):
        registers.hand_over_slip(desk, codes)
    with pytest.raises(Refused, match="đang do chính"):
        steps.hand_over(desk, codes[:2], "binh")
    with pytest.raises(Refused, match="Không có công chức"):
        steps.hand_over(desk, codes, "nobody")


def test_what_one_person_handed_in_at_once_shares_one_annex(desk: Desk) -> None:
    names = ("Nguyễn Thị Ánh Đào", "Trần Văn Hai", "Lê Văn Tư")
    ba = Submitter("Trần Văn Ba", "092088005678")
    codes = [
        intake.accept_dossier(desk, make_intake(name, submitter=ba, sets=2)).code for name in names
    ]
    annex = registers.receipt_annex(desk, [*codes, codes[0]])
    assert len(pages(annex)) == 2
    for page, copy in zip(
        pages(annex), ("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ"), strict=True
    ):
        for text in (
            "BIÊN BẢN GIAO NHẬN HỒ SƠ",
            copy,
            "Người nộp hồ sơ: Trần Văn Ba.",
            "Kèm theo 03",
            *names,
            *codes,
        ):
            assert squeezed(text) in squeezed(page)
        for text in (
            "10:00 23/11/2026",
            "10:00 25/11/2026",
            "1 ngày làm việc",
            "Nguyễn Thị Hoài An",
        ):
            assert squeezed(text) in squeezed(page)
    alone = [intake.accept_dossier(desk, make_intake(name)).code for name in names[:2]]
    assert squeezed("Kèm theo 01") in told(registers.receipt_annex(desk, alone[:1]))
    namesake = intake.accept_dossier(desk, make_intake(id_number="092190009999")).code
    for mixed in (alone, [*codes, alone[0]], [alone[0], namesake], []):
        with pytest.raises(Refused, match="cùng một người nộp"):
            registers.receipt_annex(desk, mixed)


def test_a_batch_that_cannot_pass_whole_passes_nothing(desk: Desk) -> None:
    codes = [intake.accept_dossier(desk, make_intake()).code for _ in range(2)]
    steps.withdraw(desk, codes[1])
    with pytest.raises(Refused, match="công dân yêu cầu rút hồ sơ"):
        steps.hand_over(desk, codes, "binh")
    assert steps.shelve(desk, codes[0], "Kệ 1").dossier.holder == "an"


# --- letters drafted beforehand -------------------------------------------------------------------


def test_every_letter_owed_is_drafted_with_what_the_dossier_shows(
    desk: Desk, clock: TableClock
) -> None:
    held, asked, agency, early = (
        intake.accept_dossier(desk, make_intake(limit=limit)).code
        for limit in ("2 giờ", "1 ngày làm việc", "1 ngày làm việc", "20 ngày làm việc")
    )
    steps.hand_over(desk, [held], "binh")
    steps.pause(desk, asked, PauseKind.OPINION, "Chờ ý kiến Công an phường")
    steps.hand_over(desk, [agency], "binh", agency="Chi nhánh Văn phòng đăng ký đất đai")
    clock.now = datetime(
        2026, 11, 23, 16, 0
    )  # the working day before the one of the second and the third
    drafted = {letter.code: letter for letter in letters.draft_what_is_owed(desk)}
    assert {code: (letter.cause, letter.reason) for code, letter in drafted.items()} == {
        held: ("other", ""),
        asked: ("other-agency", "Chờ ý kiến Công an phường"),
        agency: ("other-agency", "Hồ sơ đang chờ Chi nhánh Văn phòng đăng ký đất đai giải quyết"),
    }
    assert early not in drafted
    assert all(
        letter.own_fault is None and letter.responsible is None for letter in drafted.values()
    )
    assert letters.draft_what_is_owed(desk) == ()


def test_the_proposed_date_learns_from_the_desks_own_late_dossiers(
    desk: Desk, clock: TableClock
) -> None:
    start = clock.now
    for days in (3, 5, 7):
        clock.now = start
        code = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
        clock.now = start + timedelta(days=days)
        steps.mark_ready(desk, code)
    clock.now = datetime(2026, 12, 7, 10, 0)
    code = intake.accept_dossier(desk, make_intake(limit="1 ngày làm việc")).code
    # late by 2, 3 and 4 working days (24/11 rests): the middle one after the due moment of Tuesday
    # 8/12
    assert letters.propose_new_due(desk, code) == datetime(2026, 12, 11, 10, 0)


# --- what the citizen hears -----------------------------------------------------------------------


def test_the_news_of_each_state_in_the_shape_of_each_channel(desk: Desk, clock: TableClock) -> None:
    keep_settings(desk, {"hotline": "0292 3820 000"})
    code = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    assert (
        messages.messages_for(desk, code).sms
        == f"{code}: dang giai quyet, hen tra 13:30 ngay 23/11/2026 LH 0292 3820 000"
    )
    steps.request_supplement(desk, code, "Thiếu", ["Giấy chứng sinh bản chính " * 10])
    asked = messages.messages_for(desk, code)
    assert (asked.about, len(asked.sms)) == ("supplement", 160)
    assert asked.sms.endswith("... LH 0292 3820 000")
    assert asked.sms.isascii()
    steps.supplement_brought(desk, code)
    clock.now = datetime(2026, 11, 23, 16, 0)
    late = messages.messages_for(desk, code)
    assert late.about == "late"
    assert "Rất xin lỗi vì hồ sơ không kịp hẹn 13:30 ngày 23/11/2026" in late.phone
    assert late.letter.startswith("Kính gửi: Nguyễn Thị Ánh Đào")
    steps.mark_ready(desk, code)
    assert messages.messages_for(desk, code).about == "ready"


# --- before acceptance ----------------------------------------------------------------------------

PORTAL = "000.00.31.H13-261120-0007"
FRIDAY = datetime(2026, 11, 20, 15, 0)


def test_what_comes_from_the_portal_waits_within_its_own_limit_and_is_accepted(
    desk: Desk, clock: TableClock
) -> None:
    one = before_acceptance.register_online(desk, make_intake(), PORTAL, FRIDAY)
    assert one.answer_by == datetime(2026, 11, 23, 15, 0)  # eight working hours
    clock.now = datetime(2026, 11, 23, 15, 0)
    assert [row.late for row in before_acceptance.waiting(desk)] == [False]
    clock.now = datetime(2026, 11, 23, 15, 1)
    assert [(row.applicant.name, row.late) for row in before_acceptance.waiting(desk)] == [
        ("Nguyễn Thị Ánh Đào", True)
    ]
    with pytest.raises(Refused, match="đã được ghi nhận"):
        before_acceptance.register_online(desk, make_intake(), PORTAL, FRIDAY)
    dossier = intake.accept_dossier(desk, make_intake(portal_code=PORTAL))
    assert (dossier.portal_code, dossier.status) == (PORTAL, Status.RECEIVED)
    assert before_acceptance.waiting(desk) == ()
    with pytest.raises(Refused, match="không tiếp nhận được"):
        intake.accept_dossier(desk, make_intake(portal_code=PORTAL))


def test_a_refusal_spends_no_code_and_answers_the_portal(desk: Desk, tmp_path: Path) -> None:
    before_acceptance.register_online(desk, make_intake(), PORTAL, FRIDAY)
    with pytest.raises(Refused, match="lý do từ chối"):
        before_acceptance.refuse(desk, make_intake(), " ", PORTAL)
    slip = before_acceptance.refuse(desk, make_intake(), "Không thuộc thẩm quyền", PORTAL)
    assert (slip.number_text, slip.code) == ("01/TCHS", "")
    assert before_acceptance.waiting(desk) == ()
    paper = printed(desk, slip, "refusal", tmp_path)
    assert paper.count(squeezed(PORTAL)) == 1
    assert squeezed("Hộ chiếu: 092190001234") in paper
    at_the_counter = before_acceptance.refuse(desk, make_intake(), "Không thuộc thẩm quyền")
    assert "092190001234" not in printed(desk, at_the_counter, "refusal", tmp_path)
    assert intake.accept_dossier(desk, make_intake()).code.endswith("-0001")
    with pytest.raises(Refused, match="Chưa ghi nhận"):
        before_acceptance.refuse(desk, make_intake(), "Không thuộc thẩm quyền", "khác")


def test_what_is_lacking_goes_on_a_slip_and_a_reprint_says_so(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="còn thiếu"):
        before_acceptance.ask_for_lacking(desk, make_intake(), [" "], "Thiếu")
    slip = before_acceptance.ask_for_lacking(
        desk, make_intake(), ["Giấy chứng sinh"], "Thiếu bản chính"
    )
    first, again = (printed(desk, slip, "supplement", tmp_path) for _ in range(2))
    assert squeezed("1. Giấy chứng sinh") in first
    assert [squeezed("Bản in lại lần 1") in text for text in (first, again)] == [False, True]


def printed(desk: Desk, slip: Slip, kind: str, folder: Path) -> str:
    printing.save_paper(desk, slip.id, kind, folder / "exports" / "slip.pdf")
    return told((folder / "exports" / "slip.pdf").read_bytes())


def test_gaps_in_a_series_are_listed(desk: Desk, clock: TableClock) -> None:
    become(desk, "chi")
    keep_settings(desk, {"letter_by_registrar": True})
    for number in (3, 4, 7):
        code = intake.accept_dossier(desk, make_intake()).code
        letter = letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
        letters.sign_letter(desk, letter.id, number)
    before_acceptance.refuse(desk, make_intake(), "Không thuộc thẩm quyền")
    found = {one.symbol: (one.given, one.last, one.gaps) for one in numbers.series(desk, 2026)}
    assert found == {"PXL-UBND": (3, 7, (5, 6)), "TCHS": (1, 1, ())}


LINES_OF_MAU_01 = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "Tiếp nhận hồ sơ của:",
    "Địa chỉ:",
    "Số điện thoại:",
    "Email:",
    "Nội dung yêu cầu giải quyết:",
    "1. Thành phần hồ sơ nộp gồm:",
    "2. Số lượng hồ sơ:",
    "3. Thời gian giải quyết hồ sơ theo quy định là:",
    "4. Thời gian nhận hồ sơ:",
    "5. Thời gian trả kết quả giải quyết hồ sơ:",
    "6. Đăng ký nhận kết quả tại:",
    "Vào Sổ theo dõi hồ sơ, Quyển số:",
    "NGƯỜI NỘP HỒ SƠ",
)

# --- days without power ---------------------------------------------------------------------------


def test_no_pre_numbered_receipt_is_unaccounted_for(desk: Desk, clock: TableClock) -> None:
    with pytest.raises(Refused, match="từ 1 đến"):
        paper_receipts.print_blank(desk, 0)
    numbers_given, pdf = paper_receipts.print_blank(desk, 3)
    assert numbers_given == ("GT-261123-0001", "GT-261123-0002", "GT-261123-0003")
    copies = [page for page in map(squeezed, pages(pdf)) if "GT-261123-0002" in page]
    assert ["Liên1:Lưu" in copies[0], "Liên2:Giaongườinộphồsơ" in copies[1], len(copies)] == [
        True,
        True,
        2,
    ]
    for page in copies:
        assert all(squeezed(line) in page for line in LINES_OF_MAU_01)
        at = [page.index(squeezed(line)) for line in LINES_OF_MAU_01]
        assert at == sorted(at)
    clock.now = datetime(2026, 11, 25, 9, 0)
    by_hand = make_intake(received=datetime(2026, 11, 23, 14, 0), paper_receipt="gt-261123-0002")
    dossier = intake.accept_dossier(desk, by_hand)
    assert (dossier.paper_receipt, dossier.due) == ("GT-261123-0002", datetime(2026, 11, 25, 14, 0))
    with pytest.raises(Refused, match="đã dùng cho hồ sơ"):
        intake.accept_dossier(desk, by_hand)
    paper_receipts.void(desk, "GT-261123-0001", "viết hỏng")
    for number in ("GT-261123-0001", "GT-261123-0002"):
        with pytest.raises(Refused, match="đã dùng hoặc đã hủy"):
            paper_receipts.void(desk, number, "nhầm")
    with pytest.raises(Refused, match="Không có giấy hẹn in sẵn"):
        intake.accept_dossier(desk, make_intake(paper_receipt="GT-1"))
    found = paper_receipts.reconcile(desk)
    assert [[one.number[-1] for one in part] for part in (found.used, found.void, found.out)] == [
        ["2"],
        ["1"],
        ["3"],
    ]


# --- the internal process -------------------------------------------------------------------------


def test_a_hand_over_takes_its_step_and_limit_from_the_process_and_the_minutes_are_counted(
    desk: Desk, clock: TableClock
) -> None:
    wanted = (
        ProcessStep("Thẩm tra", "processor", "binh", 120),
        ProcessStep("Xác minh nơi cư trú", "processor", agency="Công an phường", minutes=240),
        ProcessStep("Ký", "leader"),
    )
    with pytest.raises(Refused, match="quản trị"):
        process.set_process(desk, "1.001193", wanted)
    become(desk, "dung")
    for wrong, why in (
        (ProcessStep(" ", "leader"), "cần có tên"),
        (ProcessStep("Ký", "king"), "Vai trò"),
        (ProcessStep("Ký", "leader", "nobody"), "Không có công chức"),
        (ProcessStep("Ký", "leader", minutes=0), "từ 1 phút"),
    ):
        with pytest.raises(Refused, match=why):
            process.set_process(desk, "1.001193", [wrong])
    process.set_process(desk, "1.001193", wanted)
    assert process.process_of(desk, "1.001193") == wanted
    become(desk, "an")
    code = intake.accept_dossier(desk, make_intake(limit="5 ngày làm việc")).code
    steps.hand_over(desk, [code], "binh")
    clock.now = datetime(2026, 11, 23, 15, 0)  # 1.5 hours before lunch, two after it
    steps.hand_over(desk, [code], "chi", step_name="Xác minh nơi cư trú")
    clock.now = datetime(2026, 11, 23, 16, 0)
    held = progress.show_dossier(desk, code).segments
    assert [(one.step, one.agency, one.worked, one.budget, one.over) for one in held] == [
        ("Tiếp nhận", "", 0, None, None),
        ("Thẩm tra", "", 210, 120, 90),
        ("Xác minh nơi cư trú", "Công an phường", 60, 240, 0),
    ]
    printing.save_paper(desk, code, "control", desk.folder / "exports" / "control.pdf")
    sheet = told((desk.folder / "exports" / "control.pdf").read_bytes())
    for text in (
        "Quá hạn 1 giờ 30 phút",
        "Cơ quan phối hợp giải quyết hồ sơ: Công an phường",
        "Người nhận Lê Mai Chi",
    ):
        assert squeezed(text) in sheet


# --- what goes with the folder and with the result ------------------------------------------------


def test_the_return_receipt_and_the_label(desk: Desk, late: str) -> None:
    paper = told(printing.paper_pdf(desk, late, "return"))
    for text in (
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
        late,
        "Cách trả: qua bưu chính",
        "Người nhận: Nguyễn Thị Ánh Đào",
        "Lê Mai Chi",
    ):
        assert squeezed(text) in paper
    open_one = intake.accept_dossier(desk, make_intake(name="Đào " * 49)).code
    with pytest.raises(Refused, match="chưa trả kết quả"):
        printing.paper_pdf(desk, open_one, "return")
    steps.shelve(desk, open_one, "Kệ 2, hộp 5")
    label = printing.paper_pdf(desk, open_one, "label")
    assert len(pages(label)) == 1
    for text in (open_one, "Nơi để: Kệ 2, hộp 5", "25/11/2026"):
        assert squeezed(text) in told(label)


def test_three_lists_of_supplements_by_how_far_they_have_come(
    desk: Desk, clock: TableClock
) -> None:
    codes = [intake.accept_dossier(desk, make_intake(f"Nguyễn Văn {name}")).code for name in "ABC"]
    for code in codes:
        steps.request_supplement(desk, code, "Thiếu bản sao", ["Bản sao hộ chiếu"])
    steps.tell_supplement(desk, codes[1], How.PHONE)
    steps.tell_supplement(desk, codes[2], How.PHONE)
    clock.now += timedelta(hours=1)
    steps.supplement_brought(desk, codes[2])
    found = supplements.supplements(desk)
    assert [[one.row.code for one in part] for part in vars(found).values()] == [
        [code] for code in codes
    ]
    (waiting,) = found.told
    assert (waiting.items, waiting.number, waiting.told_how) == (
        ("Bản sao hộ chiếu",),
        "02/HDHS",
        "phone",
    )
    steps.mark_ready(desk, codes[2])
    assert supplements.supplements(desk).brought == ()
