"""Papers of real dossiers: the form set of their own regime, the set-up kept per kind, every
printing logged.
"""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from cchc_desk.actions.data import opening
from cchc_desk.actions.documents import paper_setup, printing
from cchc_desk.actions.documents.paper_setup import PaperSetup
from cchc_desk.actions.documents.reprints import MADE_ANEW
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.papers import registers
from cchc_desk.domain.dossiers.dossier import How, PaperCount
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.errors import Refused, Trouble
from cchc_desk.papers.layout.words import moment_in_words
from cchc_desk.session import Desk
from cchc_desk.store.office import registers as registers_of_settings
from tests.actions.conftest import WHY, TableClock, become, keep_settings, make_intake


def text_of(pdf: bytes) -> str:
    return " ".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split()
    )


@pytest.mark.parametrize(
    ("accepted", "desk_title", "letter_title"),
    [
        (
            datetime(2020, 8, 3, 9, 0),
            "BỘ PHẬN TIẾP NHẬN",
            "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        ),
        (
            datetime(2025, 6, 30, 9, 0),
            "BỘ PHẬN TIẾP NHẬN",
            "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        ),
        (
            datetime(2025, 9, 12, 9, 0),  # NĐ 118 in force, the forms of its circular not yet
            "TRUNG TÂM PHỤC VỤ",
            "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        ),
        (datetime(2025, 9, 15, 9, 0), "TRUNG TÂM PHỤC VỤ", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN"),
    ],
)
def test_a_dossier_prints_the_papers_of_the_regime_it_was_accepted_under(
    desk: Desk, clock: TableClock, accepted: datetime, desk_title: str, letter_title: str
) -> None:
    today, clock.now = clock.now, accepted
    code = intake.accept_dossier(desk, make_intake()).code
    clock.now = today
    letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    assert desk_title in text_of(printing.paper_pdf(desk, code, "receipt"))
    assert letter_title in text_of(printing.paper_pdf(desk, code, "apology"))


def test_a_residence_paper_claims_to_be_no_form_of_the_police(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake(procedure="1.004222")).code
    told = text_of(printing.paper_pdf(desk, code, "receipt"))
    assert "BCA" not in told
    assert "CT04" not in told
    assert "Mẫu số 01 Thông tư 03/2025/TT-VPCP" in told


def test_certification_counts_pages_and_sheets(desk: Desk) -> None:
    papers = (PaperCount("Bản chính học bạ", original=12, certified=3, copy=1),)
    code = intake.accept_dossier(desk, make_intake(procedure="2.000815", papers=papers)).code
    told = text_of(printing.paper_pdf(desk, code, "receipt"))
    for text in ("Số trang", "Số bản giấy", "Ký bản điện tử", "1 Bản chính học bạ 12 3 1"):
        assert text in told
    assert "Bản photo" not in told


def test_for_a_company_its_representative_signs_and_a_proxy_before_that(desk: Desk) -> None:
    company = Applicant(
        ApplicantKind.ORGANISATION, "Công ty TNHH Cửu Long", representative="Lê Thị Ơn"
    )
    wanted = make_intake(applicant=company)
    code = intake.accept_dossier(desk, wanted).code
    assert text_of(printing.paper_pdf(desk, code, "receipt")).count("Người nộp: Lê Thị Ơn") == 2
    refused = before_acceptance.refuse(desk, wanted, "Không thuộc thẩm quyền")
    assert "Lê Thị Ơn" in text_of(printing.paper_pdf(desk, refused.id, "refusal"))
    by_proxy = before_acceptance.refuse(
        desk, replace(wanted, submitter=Submitter("Võ Văn Út")), "Không thuộc thẩm quyền"
    )
    told = text_of(printing.paper_pdf(desk, by_proxy.id, "refusal"))
    assert "Võ Văn Út" in told
    assert "Lê Thị Ơn" not in told


def test_papers_of_the_practice_ward_are_marked(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    assert "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ" in text_of(printing.paper_pdf(desk, code, "receipt"))


def test_the_signed_letter_bears_number_signer_and_new_date(desk: Desk) -> None:
    become(desk, "chi")
    code = intake.accept_dossier(desk, make_intake()).code
    letters.draft_and_sign(desk, code, "verification", datetime(2026, 11, 27, 9, 0))
    text = text_of(printing.paper_pdf(desk, code, "apology"))
    for part in (
        "Số: 01/PXL-UBND",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "Lê Mai Chi",
        "09 giờ 00 phút, ngày 27 tháng 11 năm 2026",
    ):
        assert part in text


def test_the_letter_of_2025_may_keep_the_title_of_2018(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    assert "VĂN BẢN XIN LỖI" in text_of(printing.paper_pdf(desk, code, "apology"))
    keep_settings(desk, {"apology_old_title": True})
    told = text_of(printing.paper_pdf(desk, code, "apology"))
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in told
    assert "đề nghị gia hạn thời gian giải quyết" in told


def test_size_and_offset_are_kept_per_kind_and_survive_the_program(
    desk: Desk, tmp_path: Path, clock: TableClock
) -> None:
    paper_setup.keep_paper_setup(desk, "receipt", PaperSetup("A5", 2.5, -1.0, "Canon LBP"))
    again = opening.open_desk(tmp_path, clock)
    assert paper_setup.paper_setup(again, "receipt") == PaperSetup("A5", 2.5, -1.0, "Canon LBP")
    assert paper_setup.paper_setup(again, "apology") == PaperSetup("A4", 0.0, 0.0, "")
    become(again, "an")
    code = intake.accept_dossier(again, make_intake()).code
    page = pypdf.PdfReader(io.BytesIO(printing.paper_pdf(again, code, "receipt"))).pages[0]
    assert round(float(page.mediabox.width) / 72 * 25.4) == 148
    again.close()


def test_the_offset_belongs_to_the_printer(desk: Desk) -> None:
    paper_setup.keep_paper_setup(desk, "receipt", PaperSetup("A5", 2.5, -1.0, "Canon LBP"))
    assert paper_setup.paper_setup(desk, "apology", "Canon LBP") == PaperSetup(
        "A4", 2.5, -1.0, "Canon LBP"
    )
    assert paper_setup.paper_setup(desk, "receipt", "HP") == PaperSetup("A5", 0.0, 0.0, "HP")
    paper_setup.keep_paper_setup(desk, "apology", PaperSetup("A4", -3.0, 0.5, "Canon LBP"))
    assert paper_setup.paper_setup(desk, "receipt") == PaperSetup("A5", -3.0, 0.5, "Canon LBP")


def test_an_offset_kept_for_the_kind_alone_still_holds(desk: Desk) -> None:
    keep_settings(
        desk,
        {
            "receipt_offset": [1.5, 2.0],
            "receipt_printer": "Canon LBP",
            "apology_offset": [4.0, 0.0],
        },
    )
    assert paper_setup.paper_setup(desk, "receipt") == PaperSetup("A4", 1.5, 2.0, "Canon LBP")
    assert paper_setup.paper_setup(desk, "receipt", "HP") == PaperSetup("A4", 0.0, 0.0, "HP")
    assert paper_setup.paper_setup(desk, "apology") == PaperSetup("A4", 4.0, 0.0, "")
    assert paper_setup.paper_setup(desk, "apology", "HP") == PaperSetup("A4", 4.0, 0.0, "HP")


def test_the_test_page_tells_the_desk_and_what_is_set(desk: Desk) -> None:
    paper_setup.keep_paper_setup(desk, "test", PaperSetup("A5", 1.5, 0, "Canon LBP"))
    told = text_of(printing.paper_pdf(desk, "", "test"))
    assert "TRANG THỬ MÁY IN – A5" in told
    assert "Canon LBP" in told
    assert "lệch phải 1,5 mm" in told


def test_every_printing_is_in_the_ledger_and_counted(desk: Desk) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    assert [printing.log_printed(desk, code, "receipt") for _ in range(2)] == [1, 2]
    assert progress.show_dossier(desk, code).history[-1].words == "In giấy hẹn lần 2"


def test_each_slip_and_each_letter_has_reprints_of_its_own(desk: Desk, clock: TableClock) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    steps.request_supplement(desk, code, "Thiếu", ["Bản sao"])
    assert printing.log_printed(desk, code, "supplement") == 1
    assert "Bản in lại lần 1" in text_of(printing.paper_pdf(desk, code, "supplement"))
    clock.now += timedelta(hours=1)
    steps.supplement_brought(desk, code)
    steps.request_supplement(desk, code, "Vẫn thiếu", ["Bản sao"], unmet=True)
    assert "in lại" not in text_of(printing.paper_pdf(desk, code, "supplement"))
    assert [printing.log_printed(desk, code, "supplement") for _ in range(2)] == [1, 2]
    steps.supplement_brought(desk, code)
    clock.now += timedelta(days=4)
    become(desk, "chi")
    first = letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    printing.log_printed(desk, code, "apology")
    letters.sign_letter(desk, first.id)
    assert "in lại" not in text_of(
        printing.paper_pdf(desk, code, "apology", first.id)
    )  # what was printed was a draft
    printing.log_printed(desk, code, "apology", first.id)
    letters.deliver_letter(desk, first.id, How.COUNTER)
    clock.now += timedelta(days=20)
    second = letters.draft_and_sign(desk, code, "volume", None)
    assert "in lại" not in text_of(printing.paper_pdf(desk, code, "apology", second.id))
    assert "Bản in lại lần 1" in text_of(printing.paper_pdf(desk, code, "apology", first.id))


def test_prints_noted_by_older_versions_count_for_the_slip_of_that_time(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    steps.request_supplement(desk, code, "Thiếu", ["Bản sao"])
    with desk.database.write() as connection:
        desk.record(connection, Printed("supplement", 1), code)
        desk.record(connection, Printed("receipt", 1), code)
    assert MADE_ANEW in text_of(printing.paper_pdf(desk, code, "supplement"))
    assert printing.log_printed(desk, code, "receipt") == 2
    clock.now += timedelta(hours=1)
    steps.supplement_brought(desk, code)
    steps.request_supplement(desk, code, "Vẫn thiếu", ["Bản sao"], unmet=True)
    assert MADE_ANEW not in text_of(printing.paper_pdf(desk, code, "supplement"))


def test_papers_keep_the_printed_promise_and_say_what_a_pause_made_of_it(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake(limit="2 ngày làm việc")).code
    steps.request_supplement(desk, code, "Thiếu", ["Bản sao"])
    clock.now += timedelta(days=2)
    steps.supplement_brought(desk, code)
    steps.hand_over(desk, [code], "binh")
    dossier = progress.show_dossier(desk, code).dossier
    printed, now = dossier.first.due, dossier.due
    assert printed < now
    slip = text_of(registers.hand_over_slip(desk, [code]))
    clock.now = now + timedelta(days=3)
    become(desk, "chi")
    letter = letters.draft_and_sign(desk, code, "volume", letters.propose_new_due(desk, code))
    told = text_of(printing.paper_pdf(desk, code, "apology", letter.id))
    assert f"Thời gian hẹn trả kết quả giải quyết hồ sơ: {moment_in_words(printed)}." in told
    assert f"Thời hạn sau khi trừ thời gian tạm dừng: {moment_in_words(now)}." in told
    assert moment_in_words(printed) in text_of(printing.paper_pdf(desk, code, "receipt"))
    mistake = letters.sign_letter(desk, letters.draft_mistake_letter(desk, code, "ghi sai tên").id)
    assert moment_in_words(now) not in text_of(
        printing.paper_pdf(desk, code, "apology", mistake.id)
    )
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    responsibility.fix_responsibility(desk, code, "volume", "binh", own_fault=True)
    year = date(2026, 1, 1), date(2026, 12, 31)
    lists = (
        registers.register_book(desk, *year, reason=WHY),
        registers.apology_list(desk, *year),
        registers.head_note(desk, *year),
    )
    for paper in (slip, *map(text_of, lists)):
        assert f"{printed:%H:%M %d/%m/%Y} nay là {now:%H:%M %d/%m/%Y}" in paper
        assert "lời hẹn đã in giữ nguyên" in paper
    (strike,) = registers.strike_rows(desk, 2026)
    assert (strike.promise.printed, strike.promise.now) == (printed, now)


def test_a_notice_of_stopping_tells_the_printed_promise_and_its_signer(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake(limit="2 ngày làm việc")).code
    steps.request_supplement(desk, code, "Thiếu", ["Bản sao"])
    clock.now += timedelta(days=2)
    steps.supplement_brought(desk, code)
    dossier = progress.show_dossier(desk, code).dossier
    steps.stop(desk, code, "Không đủ điều kiện")
    told = text_of(printing.paper_pdf(desk, code, "stop"))
    assert (
        f"{moment_in_words(dossier.first.due)} (thời hạn sau khi trừ thời gian tạm dừng: " in told
    )
    assert "Ký tên, đóng dấu, ghi rõ họ tên" in told  # a clerk stopped it: a leader has yet to sign
    become(desk, "chi")
    second = intake.accept_dossier(desk, make_intake()).code
    steps.stop(desk, second, "Không đủ điều kiện")
    told = text_of(printing.paper_pdf(desk, second, "stop"))
    assert told.partition(" Mã kiểm tra:")[0].endswith("Lê Mai Chi")


@pytest.mark.parametrize(
    ("procedure", "printed"),
    [
        (
            "1.001193",
            "Phí, lệ phí: Theo nghị quyết của HĐND tỉnh, thành phố (bản sao thu riêng) Vào Sổ",
        ),
        ("2.000815", "1.000 đồng/trang; tối đa 200.000 đồng/bản Vào Sổ"),
    ],
)
def test_the_receipt_tells_the_fee_without_the_catalogues_remarks(
    desk: Desk, procedure: str, printed: str
) -> None:
    dossier = intake.accept_dossier(desk, make_intake(procedure=procedure))
    assert "chưa" in dossier.fee  # the screen keeps the doubt
    assert printed in text_of(printing.paper_pdf(desk, dossier.code, "receipt"))


def test_the_return_receipt_gives_nobody_the_phone_of_another(desk: Desk) -> None:
    by = Submitter("Võ Văn Út", phone="0987654321")
    wanted = make_intake(submitter=by)
    for to, phone in (
        ("Võ Văn Út", "0987654321"),
        ("Nguyễn Thị Ánh Đào", "0912345678"),
        ("Lý Ơn", "…"),
    ):
        code = intake.accept_dossier(desk, wanted).code
        steps.mark_ready(desk, code)
        steps.return_result(desk, code, steps.Return(to))
        paper = text_of(printing.paper_pdf(desk, code, "return"))
        assert f"Người nhận: {to} Số điện thoại: {phone}" in paper
        assert "Trễ hẹn:" not in paper


def test_the_return_receipt_of_a_late_result_says_so_and_what_letter_is_owed(
    desk: Desk, clock: TableClock
) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    clock.now += timedelta(days=20)
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, steps.Return("Nguyễn Thị Ánh Đào"))
    paper = text_of(printing.paper_pdf(desk, code, "return"))
    assert "Số định danh cá nhân/Thẻ căn cước/Hộ chiếu: 092" in paper
    assert "Trễ hẹn: kết quả trả sau thời gian đã hẹn" in paper
    assert "cơ quan sẽ gửi 01 thư xin lỗi" in paper


@pytest.mark.parametrize(
    ("setup", "code"),
    [(PaperSetup("A3", 0, 0), "paper-size"), (PaperSetup("A4", 31, 0), "paper-offset")],
)
def test_a_setup_that_cannot_be_meant_is_refused(desk: Desk, setup: PaperSetup, code: str) -> None:
    with pytest.raises(Refused) as refused:
        paper_setup.keep_paper_setup(desk, "receipt", setup)
    assert refused.value.code == code


A4_ONLY = "in trên A4 theo Nghị định 30/2020/NĐ-CP"


@pytest.mark.parametrize("kind", ["apology", "stop", "supplement", "refusal", "control", "return"])
def test_a_paper_of_a4_only_is_refused_on_a5_wherever_it_is_asked(desk: Desk, kind: str) -> None:
    with pytest.raises(Refused, match=A4_ONLY):
        paper_setup.keep_paper_setup(desk, kind, PaperSetup("A5", 0, 0))
    become(desk, "dung")
    with pytest.raises(Refused, match=A4_ONLY):
        office_settings.change_settings(desk, {f"{kind}_paper": "A5"})
    office_settings.change_settings(desk, {"receipt_paper": "A5", "label_paper": "A5"})


def test_a5_stored_by_an_older_version_is_not_used_and_that_is_told(desk: Desk) -> None:
    with desk.write() as connection:
        registers_of_settings.keep_setting(connection, "apology_paper", "A5")
    setup = paper_setup.paper_setup(desk, "apology")
    assert setup.size == "A4"
    assert A4_ONLY in setup.told
    paper_setup.keep_paper_setup(desk, "apology", setup)
    assert paper_setup.paper_setup(desk, "apology").told == ""


def test_what_cannot_be_printed_says_why(desk: Desk, tmp_path: Path) -> None:
    code = intake.accept_dossier(desk, make_intake()).code
    with pytest.raises(Refused, match="chưa có thư xin lỗi"):
        printing.paper_pdf(desk, code, "apology")
    with pytest.raises(Refused, match="Không có loại giấy"):
        printing.paper_pdf(desk, code, "diploma")
    with pytest.raises(Refused, match="chưa có thông báo dừng"):
        printing.paper_pdf(desk, code, "stop")
    with pytest.raises(Trouble, match="chọn thư mục khác"):
        printing.save_paper(desk, code, "receipt", tmp_path / "exports" / "missing" / "a.pdf")
    assert printing.save_paper(desk, code, "receipt", tmp_path / "exports" / "a.pdf") == 2
