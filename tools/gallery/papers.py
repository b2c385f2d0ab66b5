"""`make papers`: every paper of both form sets, with short and long data, in out/papers.

The papers come by the real road: dossiers of people who do not exist, taken in, passed on, broken
and apologised for. The short ones are of the practice ward and bear its mark; the long ones are of
a ward with a hotline and a deputy who signs, so that the mark of a draft is seen. After every paper
come its variants: residence and certification, second slips, each kind of letter, A5. The papers
of every situation of a dossier follow (tools/gallery/situations.py).
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from cchc_desk.actions.catalogue import process
from cchc_desk.actions.courtesy import courtesy, courtesy_papers
from cchc_desk.actions.data import new_desk
from cchc_desk.actions.documents import paper_setup, printing
from cchc_desk.actions.documents.paper_setup import PaperSetup
from cchc_desk.actions.dossiers import correct, reminders, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake, paper_receipts
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.office import clock as office_clock
from cchc_desk.actions.office import office_settings
from cchc_desk.actions.papers import registers
from cchc_desk.actions.reports import overview, written
from cchc_desk.actions.training import practice
from cchc_desk.domain.courtesy import Mark, Moment, Observation
from cchc_desk.domain.dossiers.dossier import How, PaperCount
from cchc_desk.domain.dossiers.reminders import Asker
from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.domain.law.procedure import Channel, ProcessStep
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.reports.report import Asked
from cchc_desk.papers.certificate import Certified, certificate_pdf
from cchc_desk.papers.forms.written import written_drawing
from cchc_desk.papers.key_card import key_card_pdf
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.lists import ListHead
from cchc_desk.session import PRACTICE_MARK, Desk
from tools.gallery.situations import TIMES, situations

STARTS = {"2018": datetime(2024, 3, 4, 8, 0), "2025": datetime(2026, 3, 2, 8, 0)}
LONG_REASON = (
    "Giấy chứng sinh ghi họ, chữ đệm, tên của người mẹ không thống nhất với Cơ sở dữ liệu quốc "
    "gia về dân cư; phải gửi văn bản đề nghị xác minh tới nơi cư trú trước đây và chờ văn bản "
    "trả lời của Ủy ban nhân dân xã Vĩnh Thạnh Trung"
)
_BIRTH, _STAY, _COPIES = "1.001193", "1.004222", "2.000815"
_KEYS = (
    KeyGroup(
        "Mọi trang",
        (("F1", "Hướng dẫn"), ("Ctrl+K", "Tìm hồ sơ, người, thủ tục và mọi việc bấm được")),
    ),
    KeyGroup("Tiếp nhận", (("F2", "Hồ sơ mới"), ("Ctrl+Enter", "Tiếp nhận và in giấy hẹn"))),
)
LONG_NAME = "Huỳnh Nguyễn Thị Ngọc Phương Thảo Nguyên"
SHORT = Applicant(
    ApplicantKind.PERSON, "Lý Ơn", id_number="092190001234", sex="Nữ", address="Khóm 1"
)
_LONG = Applicant(
    ApplicantKind.ORGANISATION,
    "Công ty TNHH Một thành viên Sản xuất Thương mại Dịch vụ Xuất nhập khẩu Nông sản và Thủy "
    "sản Đồng bằng sông Cửu Long – Chi nhánh Ninh Kiều",
    id_number="1801234567",
    address="Số 123/45/6B, hẻm liên tổ 12-20, đường Nguyễn Văn Cừ nối dài, khu vực Thới Nhựt, "
    "phường Ninh Kiều, thành phố Cần Thơ",
    phone="02923820000",
    email="vanphong.chinhanh.ninhkieu@nongsanthuysancuulong.example",
    representative="Nguyễn Hoàng Phương Uyên",
)


class Ward:
    """A desk with a clock that stands where it is put, and whoever is needed at the counter."""

    def __init__(self, folder: Path, start: datetime, *, real: bool) -> None:
        self.now = start
        self.desk = new_desk.set_up(folder, practice.plan(), lambda: self.now, practice=not real)
        self.at_the_desk("dung")
        minutes = (
            ProcessStep("Thụ lý", "processor", minutes=240),
            ProcessStep("Ký duyệt", "leader", minutes=60),
        )
        process.set_process(self.desk, _BIRTH, minutes)
        if real:
            signed = {"hotline": "0292 3820 000"}
            office_settings.change_settings(self.desk, signed)
        self.at_the_desk("an")

    def at_the_desk(self, who: str) -> None:
        new = next(official for official in practice.OFFICIALS if official.id == who)
        self.desk.official = Official(new.id, new.name, new.role, new.title)

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)
        if self.desk.clock_doubt():  # quiet days on a real desk
            office_clock.confirm(self.desk)


def main() -> int:
    """Write the papers and print their folder."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out/papers")
    out.mkdir(parents=True, exist_ok=True)
    for form_set, start in STARTS.items():
        for length in ("short", "long"):
            with tempfile.TemporaryDirectory() as folder:
                ward, long = Ward(Path(folder), start, real=length == "long"), length == "long"
                for name, pdf in (*papers(ward, long=long), *variants(ward, long=long)):
                    (out / f"{form_set}-{length}-{name}.pdf").write_bytes(pdf)
    for when, time in TIMES.items():
        with tempfile.TemporaryDirectory() as folder:
            for name, pdf in situations(Path(folder), time):
                (out / f"{when}-lives-{name}.pdf").write_bytes(pdf)
    sys.stdout.write(f"{len(list(out.glob('*.pdf')))} papers in {out}\n")
    return 0


def papers(ward: Ward, *, long: bool) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of every paper that a dossier and a desk can print."""
    desk, start = ward.desk, ward.now
    wanted, reason = sample_intake(long=long), LONG_REASON if long else "Cần xác minh."
    items = (
        [f"{reason} ({number})" for number in range(1, 13)] if long else ["Bản sao giấy chứng sinh"]
    )

    yield "refusal", _of_slip(desk, before_acceptance.refuse(desk, wanted, reason).id, "refusal")
    came = before_acceptance.register_online(
        desk, wanted, "000.00.31.H13-0001", ward.now - timedelta(hours=1)
    )
    online = before_acceptance.refuse(desk, wanted, reason, came.portal_code)
    yield "refusal-online", _of_slip(desk, online.id, "refusal")
    yield (
        "lacking",
        _of_slip(
            desk, before_acceptance.ask_for_lacking(desk, wanted, items, reason).id, "supplement"
        ),
    )
    yield "blank-receipts", paper_receipts.print_blank(desk, 2)[1]

    code = intake.accept_dossier(desk, wanted).code
    for kind in ("receipt", "label"):
        yield kind, printing.paper_pdf(desk, code, kind)
    yield "receipt-a5", _on_a5(desk, code, "receipt")
    printing.log_printed(desk, code, "receipt")
    yield "receipt-again", printing.paper_pdf(desk, code, "receipt")
    yield (
        "annex",
        registers.receipt_annex(
            desk, [code, *(intake.accept_dossier(desk, wanted).code for _ in range(3))]
        ),
    )

    yield from _while_handled(ward, code, reason, items, long=long)
    yield from _when_late(ward, code, reason)
    yield from _when_stopped(ward, wanted, reason)
    yield from _when_corrected(ward, wanted, reason)
    yield from _lists(desk, start.date(), ward.now.date())
    yield from _courtesy(ward, code, reason)
    yield "certificate", _certificate(desk, long=long)


def variants(ward: Ward, *, long: bool) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of what those papers can look like besides."""
    wanted, reason = sample_intake(long=long), LONG_REASON if long else "Cần xác minh."
    ward.at_the_desk("an")
    yield from _of_other_fields(ward.desk, wanted, reason)
    yield from _second_slips(ward, wanted, reason)
    yield from _letters(ward, wanted, reason)
    yield from _batches(ward, wanted, reason)
    yield "key-card", key_card_pdf(_card(ward.desk), _KEYS * (16 if long else 1))


def _of_other_fields(desk: Desk, wanted: intake.Intake, reason: str) -> Iterator[tuple[str, bytes]]:
    """Papers of other fields: residence, other counts, an unconfirmed year."""
    stay = replace(wanted, procedure=_STAY, limit="7 ngày làm việc", channel=Channel.POST)
    yield (
        "stay-receipt",
        printing.paper_pdf(desk, intake.accept_dossier(desk, stay).code, "receipt"),
    )
    yield (
        "stay-lacking",
        _of_slip(
            desk, before_acceptance.ask_for_lacking(desk, stay, ["CT01"], reason).id, "supplement"
        ),
    )
    yield "stay-refusal", _of_slip(desk, before_acceptance.refuse(desk, stay, reason).id, "refusal")
    six = tuple(
        PaperCount(f"{LONG_REASON} ({number})", original=12, certified=3, copy=1)
        for number in range(6)
    )
    copies = replace(wanted, procedure=_COPIES, papers=six if len(wanted.papers) > 1 else six[:1])
    code = intake.accept_dossier(desk, copies).code
    yield "certification", printing.paper_pdf(desk, code, "receipt")
    yield "certification-a5", _on_a5(desk, code, "receipt")
    far = intake.accept_dossier(desk, replace(wanted, limit="250 ngày làm việc")).code
    yield "receipt-provisional", printing.paper_pdf(desk, far, "receipt")


def _second_slips(ward: Ward, wanted: intake.Intake, reason: str) -> Iterator[tuple[str, bytes]]:
    desk = ward.desk
    code = intake.accept_dossier(desk, wanted).code
    steps.request_supplement(desk, code, reason, ["Giấy chứng sinh"])
    printing.log_printed(desk, code, "supplement")
    yield "supplement-again", printing.paper_pdf(desk, code, "supplement")
    ward.pass_time(hours=1)
    steps.supplement_brought(desk, code)
    ward.pass_time(hours=1)
    steps.request_supplement(desk, code, reason, ["Giấy chứng sinh"], unmet=True)
    reminders.remind(desk, code, Asker.CITIZEN, How.PHONE, reason)
    yield "reminder", printing.paper_pdf(desk, code, "reminder")
    yield "supplement-second", printing.paper_pdf(desk, code, "supplement")
    steps.supplement_brought(desk, code)


def _letters(ward: Ward, wanted: intake.Intake, reason: str) -> Iterator[tuple[str, bytes]]:
    """Letters of every kind for three dossiers late by one official, and the lists of them."""
    desk, start = ward.desk, ward.now.date()
    codes = [intake.accept_dossier(desk, wanted).code for _ in range(3)]
    steps.hand_over(desk, codes, "binh")
    yield "hand-over-many", registers.hand_over_slip(desk, codes)
    ward.pass_time(days=8)
    for number, code in enumerate(codes):
        ward.at_the_desk("binh")
        steps.mark_ready(desk, code)
        ward.at_the_desk("chi")
        letter = letters.draft_apology(desk, code, "other", None, reason=reason)
        letters.sign_letter(desk, letter.id)
        if not number:
            yield "apology-ready", printing.paper_pdf(desk, code, "apology")
        letters.deliver_letter(desk, letter.id, How.COUNTER, "Lý Ơn")
        responsibility.fix_responsibility(desk, code, "other", "binh", own_fault=True)
    ward.at_the_desk("binh")
    responsibility.object_to(desk, codes[0], reason)
    ward.at_the_desk("an")
    ward.pass_time(days=1)
    waiting = intake.accept_dossier(desk, wanted).code
    ward.pass_time(days=4)
    ward.at_the_desk("chi")
    first = letters.draft_apology(
        desk, waiting, "other", letters.propose_new_due(desk, waiting), reason=reason
    )
    _old_title(ward, True)
    yield "apology-old-title", printing.paper_pdf(desk, waiting, "apology", first.id)
    _old_title(ward, False)
    letters.sign_letter(desk, first.id)
    yield "review-list-three", registers.review_list(desk, ward.now.year)
    yield "head-note-three", registers.head_note(desk, start, ward.now.date())
    yield "apology-list-three", registers.apology_list(desk, start, ward.now.date())


def _old_title(ward: Ward, old: bool) -> None:
    """Set the title of the letter of apology; the leader is at the desk afterwards."""
    ward.at_the_desk("dung")
    office_settings.change_settings(ward.desk, {"apology_old_title": old})
    ward.at_the_desk("chi")


def _batches(ward: Ward, wanted: intake.Intake, reason: str) -> Iterator[tuple[str, bytes]]:
    """One slip of dossiers that were passed on at different times for different steps."""
    desk, codes = ward.desk, []
    ward.at_the_desk("an")
    for step in ("Thụ lý", "Ký duyệt"):
        codes.append(intake.accept_dossier(desk, wanted).code)
        steps.hand_over(desk, codes[-1:], "binh", step_name=step, note=reason)
        ward.pass_time(hours=1)
    yield "hand-over-mixed", registers.hand_over_slip(desk, codes)


def _on_a5(desk: Desk, code: str, kind: str) -> bytes:
    paper_setup.keep_paper_setup(desk, kind, PaperSetup("A5", 0, 0))
    pdf = printing.paper_pdf(desk, code, kind)
    paper_setup.keep_paper_setup(desk, kind, PaperSetup("A4", 0, 0))
    return pdf


def _while_handled(
    ward: Ward, code: str, reason: str, items: list[str], *, long: bool
) -> Iterator[tuple[str, bytes]]:
    desk = ward.desk
    steps.hand_over(desk, [code], "binh", note=reason if long else "")
    yield "hand-over", registers.hand_over_slip(desk, [code])
    ward.at_the_desk("binh")
    steps.request_supplement(desk, code, reason, items)
    yield "supplement", printing.paper_pdf(desk, code, "supplement")
    ward.at_the_desk("an")
    ward.pass_time(days=1)
    steps.supplement_brought(desk, code)
    for _ in range(4 if long else 1):
        ward.pass_time(hours=2)
        ward.at_the_desk("binh")
        steps.hand_over(desk, [code], "chi", step_name="Ký duyệt", note=reason if long else "")
        ward.at_the_desk("chi")
        steps.hand_over(desk, [code], "binh", agency="Chi cục Thuế khu vực XIX" if long else "")
    yield "control", printing.paper_pdf(desk, code, "control")


def _when_late(ward: Ward, code: str, reason: str) -> Iterator[tuple[str, bytes]]:
    desk = ward.desk
    ward.pass_time(days=4)
    ward.at_the_desk("chi")
    draft = letters.draft_apology(
        desk, code, "other", letters.propose_new_due(desk, code), reason=reason
    )
    yield "apology-draft", printing.paper_pdf(desk, code, "apology")
    letters.sign_letter(desk, draft.id)
    yield "apology", printing.paper_pdf(desk, code, "apology")
    letters.deliver_letter(desk, draft.id, How.COUNTER, "Lý Ơn")
    ward.pass_time(days=14)
    second = letters.draft_apology(desk, code, "other", None, reason=reason)
    letters.sign_letter(desk, second.id)
    yield "apology-second", printing.paper_pdf(desk, code, "apology", second.id)
    letters.deliver_letter(desk, second.id, How.COUNTER, "Lý Ơn")
    mistake = letters.draft_mistake_letter(desk, code, reason)
    letters.sign_letter(desk, mistake.id)
    yield "apology-mistake", printing.paper_pdf(desk, code, "apology", mistake.id)
    letters.deliver_letter(desk, mistake.id, How.COUNTER, "Lý Ơn")
    responsibility.fix_responsibility(desk, code, "other", "binh", own_fault=True)
    ward.at_the_desk("binh")
    steps.mark_ready(desk, code)
    ward.at_the_desk("an")
    steps.return_result(desk, code, Return("Lý Ơn", papers_back=reason))
    yield "return", printing.paper_pdf(desk, code, "return")
    yield "history", printing.paper_pdf(desk, code, "history")


def _when_stopped(ward: Ward, wanted: intake.Intake, reason: str) -> Iterator[tuple[str, bytes]]:
    """The notice of stopping: a form of 2025."""
    if ward.now < datetime(2025, 7, 1):
        return
    code = intake.accept_dossier(ward.desk, wanted).code
    ward.at_the_desk("chi")
    steps.stop(ward.desk, code, reason)
    yield "stop", printing.paper_pdf(ward.desk, code, "stop")


def _when_corrected(ward: Ward, wanted: intake.Intake, reason: str) -> Iterator[tuple[str, bytes]]:
    """The note on what was typed wrong, and the receipt given in exchange."""
    ward.at_the_desk("an")
    code = intake.accept_dossier(ward.desk, wanted).code
    printing.log_printed(ward.desk, code, "receipt")
    taken_in = correct.begin(ward.desk, code).taken_in
    other = replace(taken_in, procedure=_COPIES, limit=None, note=LONG_NAME)
    correct.correct(ward.desk, code, other, reason)
    yield "correction", printing.paper_pdf(ward.desk, code, "correction")
    yield "receipt-in-exchange", printing.paper_pdf(ward.desk, code, "receipt")


def _lists(desk: Desk, first: date, last: date) -> Iterator[tuple[str, bytes]]:
    desk.official = Official("chi", "Lê Mai Chi", practice.OFFICIALS[2].role)
    yield "register-book", registers.register_book(desk, first, last, reason="Nộp đoàn kiểm tra")
    yield "apology-list", registers.apology_list(desk, first, last)
    yield "review-list", registers.review_list(desk, last.year)
    yield "head-note", registers.head_note(desk, first, last)
    yield "overview", overview.paper(desk, Asked(first, last))
    yield "morning", printing.paper_pdf(desk, "", "morning")
    yield "printer-page", printing.paper_pdf(desk, "", "test")


def _courtesy(ward: Ward, code: str, reason: str) -> Iterator[tuple[str, bytes]]:
    desk, today = ward.desk, ward.now.date()
    eight = courtesy.items(desk)
    ward.at_the_desk("chi")
    yield "observation-blank", courtesy_papers.observation_sheet_pdf(desk)
    marks = tuple((item.key, list(Mark)[number % 3]) for number, item in enumerate(eight))
    observed = courtesy.observe(desk, Observation("an", ward.now, marks, reason, reason))
    yield "observation", courtesy_papers.observation_sheet_pdf(desk, observed.id)
    ward.at_the_desk("an")
    courtesy.record_visit(desk, [item.key for item in eight[:5]], moment=Moment.LATE)
    courtesy.rate(desk, code, 4, told=True)
    for size in ("A4", "A5"):
        yield f"week-card-{size}", courtesy_papers.weekly_card_pdf(desk, "an", today, size)
    ward.at_the_desk("chi")
    yield "courtesy-report", courtesy_papers.desk_report_pdf(desk, today.replace(day=1), today)
    for name in sorted(written.WRITTEN):
        text = written.written(desk, name, Asked(today.replace(day=1), today))
        yield f"written-{name}", written_drawing(text).pdf()


def _certificate(desk: Desk, *, long: bool) -> bytes:
    """Only the practice ward prints it, so it always bears the ward's mark."""
    titles = (
        "Tiếp nhận đăng ký khai sinh bằng thẻ",
        "Nhập hồ sơ nhận trong lúc mất điện",
        "Mã QR đọc sai",
    )
    today, agency = (
        desk.now().date(),
        Agency(desk.settings["unit_name"], desk.regime_today().desk_title),
    )
    done = [Certified(title, today, 4 + n, n, 10 - n, 5) for n, title in enumerate(titles * 3)]
    head = ListHead(agency, desk.settings["place"], today, "", PRACTICE_MARK)
    return certificate_pdf(
        head, LONG_NAME if long else "Lý Ơn", done if long else done[:1], len(done)
    )


def _card(desk: Desk) -> Metadata:
    return Metadata("Thẻ phím", desk.settings["unit_name"], desk.now())


def _of_slip(desk: Desk, slip: str, kind: str) -> bytes:
    return printing.paper_pdf(desk, slip, kind)


def sample_intake(*, long: bool) -> intake.Intake:
    if not long:
        return intake.Intake(
            _BIRTH, SHORT, papers=(PaperCount("Tờ khai", original=1),), limit="1 ngày làm việc"
        )
    names = [f"{LONG_REASON} ({number})" for number in range(1, 15)]
    many = tuple(PaperCount(name, original=1, certified=2, copy=12) for name in names)
    proxy = Submitter(LONG_NAME, "092190004321", "0912345678", "người được ủy quyền")
    return intake.Intake(_BIRTH, _LONG, proxy, sets=2, papers=many, limit="1 ngày làm việc")


if __name__ == "__main__":
    sys.exit(main())
