"""`make papers`: every paper of both form sets, with short and with long data, as PDF in out/papers, to be looked at.

The papers come by the real road: dossiers of people who do not exist, taken in, passed on, broken and apologised for.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from cchc_desk.actions import (
    accounts,
    before_acceptance,
    courtesy,
    courtesy_papers,
    intake,
    overdue,
    paper_receipts,
    practice,
    printing,
    registers,
    responsibility,
    steps,
)
from cchc_desk.actions.steps import Return
from cchc_desk.desk import Desk
from cchc_desk.domain.applicant import Applicant, ApplicantKind, Submitter
from cchc_desk.domain.courtesy import Mark, Moment, Observation
from cchc_desk.domain.dossier import How, PaperCount
from cchc_desk.domain.officials import Official

STARTS = {"2018": datetime(2024, 3, 4, 8, 0), "2025": datetime(2026, 3, 2, 8, 0)}
_LONG_REASON = (
    "Giấy chứng sinh ghi họ, chữ đệm, tên của người mẹ không thống nhất với Cơ sở dữ liệu quốc gia về dân cư; phải gửi "
    "văn bản đề nghị xác minh tới nơi cư trú trước đây và chờ văn bản trả lời của Ủy ban nhân dân xã Vĩnh Thạnh Trung"
)
_SHORT = Applicant(ApplicantKind.PERSON, "Lý Ơn", id_number="092190001234", sex="Nữ", address="Khóm 1")
_LONG = Applicant(
    ApplicantKind.ORGANISATION,
    "Công ty TNHH Một thành viên Sản xuất Thương mại Dịch vụ Xuất nhập khẩu Nông sản và Thủy sản Đồng bằng sông Cửu "
    "Long – Chi nhánh Ninh Kiều",
    id_number="1801234567",
    address="Số 123/45/6B, hẻm liên tổ 12-20, đường Nguyễn Văn Cừ nối dài, khu vực Thới Nhựt, phường Ninh Kiều, "
    "thành phố Cần Thơ",
    phone="02923820000",
    email="vanphong.chinhanh.ninhkieu@nongsanthuysancuulong.example",
    representative="Nguyễn Hoàng Phương Uyên",
)


class Ward:
    """A desk with a clock that stands where it is put, and whoever is needed at the counter."""

    def __init__(self, folder: Path, start: datetime) -> None:
        self.now = start
        self.desk = accounts.set_up(folder, practice.plan(), lambda: self.now, practice=True)
        self.at_the_desk("an")

    def at_the_desk(self, who: str) -> None:
        new = next(official for official in practice.OFFICIALS if official.id == who)
        self.desk.official = Official(new.id, new.name, new.role, new.title)

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)


def main() -> int:
    """Writes the papers and says where."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out/papers")
    out.mkdir(parents=True, exist_ok=True)
    for form_set, start in STARTS.items():
        for length in ("short", "long"):
            with tempfile.TemporaryDirectory() as folder:
                for name, pdf in papers(Ward(Path(folder), start), long=length == "long"):
                    (out / f"{form_set}-{length}-{name}.pdf").write_bytes(pdf)
    sys.stdout.write(f"{len(list(out.glob('*.pdf')))} papers in {out}\n")
    return 0


def papers(ward: Ward, *, long: bool) -> Iterator[tuple[str, bytes]]:
    """(name, PDF) of every paper that a dossier and a desk can print."""
    desk, start = ward.desk, ward.now
    wanted, reason = _intake(long=long), _LONG_REASON if long else "Cần xác minh."
    items = [f"{reason} ({number})" for number in range(1, 13)] if long else ["Bản sao giấy chứng sinh"]

    yield "refusal", _of_slip(desk, before_acceptance.refuse(desk, wanted, reason).id, "refusal")
    came = before_acceptance.register_online(desk, wanted, "000.00.31.H13-0001", ward.now - timedelta(hours=1))
    online = before_acceptance.refuse(desk, wanted, reason, came.portal_code)
    yield "refusal-online", _of_slip(desk, online.id, "refusal")
    yield "lacking", _of_slip(desk, before_acceptance.ask_for_lacking(desk, wanted, items, reason).id, "supplement")
    yield "blank-receipts", paper_receipts.print_blank(desk, 2)[1]

    code = intake.accept_dossier(desk, wanted).code
    for kind in ("receipt", "label"):
        yield kind, printing.paper_pdf(desk, code, kind)
    printing.log_printed(desk, code, "receipt")
    yield "receipt-again", printing.paper_pdf(desk, code, "receipt")
    yield "annex", registers.receipt_annex(desk, [code, *(intake.accept_dossier(desk, wanted).code for _ in range(3))])

    yield from _while_handled(ward, code, reason, items, long=long)
    yield from _when_late(ward, code, reason)
    yield from _when_stopped(ward, wanted, reason)
    yield from _lists(desk, start.date(), ward.now.date())
    yield from _courtesy(ward, code, reason)


def _while_handled(ward: Ward, code: str, reason: str, items: list[str], *, long: bool) -> Iterator[tuple[str, bytes]]:
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
    draft = overdue.draft_apology(desk, code, "other", overdue.propose_new_due(desk, code), reason=reason)
    yield "apology-draft", printing.paper_pdf(desk, code, "apology")
    overdue.sign_letter(desk, draft.id)
    yield "apology", printing.paper_pdf(desk, code, "apology")
    overdue.deliver_letter(desk, draft.id, How.COUNTER, "Lý Ơn")
    ward.pass_time(days=14)
    second = overdue.draft_apology(desk, code, "other", None, reason=reason)
    overdue.sign_letter(desk, second.id)
    yield "apology-second", printing.paper_pdf(desk, code, "apology", second.id)
    overdue.deliver_letter(desk, second.id, How.COUNTER, "Lý Ơn")
    mistake = overdue.draft_mistake_letter(desk, code, reason)
    overdue.sign_letter(desk, mistake.id)
    yield "apology-mistake", printing.paper_pdf(desk, code, "apology", mistake.id)
    overdue.deliver_letter(desk, mistake.id, How.COUNTER, "Lý Ơn")
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


def _lists(desk: Desk, first: date, last: date) -> Iterator[tuple[str, bytes]]:
    desk.official = Official("chi", "Lê Mai Chi", practice.OFFICIALS[2].role)
    yield "register-book", registers.register_book(desk, first, last)
    yield "apology-list", registers.apology_list(desk, first, last)
    yield "review-list", registers.review_list(desk, last.year)
    yield "head-note", registers.head_note(desk, first, last)
    yield "morning", printing.paper_pdf(desk, "", "morning")


def _courtesy(ward: Ward, code: str, reason: str) -> Iterator[tuple[str, bytes]]:
    desk, today = ward.desk, ward.now.date()
    eight = courtesy.items(desk)
    ward.at_the_desk("chi")
    yield "observation-blank", courtesy_papers.observation_sheet_pdf(desk)
    marks = tuple((item.key, list(Mark)[number % 3]) for number, item in enumerate(eight))
    kept = courtesy.observe(desk, Observation("an", ward.now, marks, reason, reason))
    yield "observation", courtesy_papers.observation_sheet_pdf(desk, kept.id)
    ward.at_the_desk("an")
    courtesy.record_visit(desk, [item.key for item in eight[:5]], moment=Moment.LATE)
    courtesy.rate(desk, code, 4, told=True)
    for size in ("A4", "A5"):
        yield f"week-card-{size}", courtesy_papers.weekly_card_pdf(desk, "an", today, size)
    ward.at_the_desk("chi")
    yield "courtesy-report", courtesy_papers.desk_report_pdf(desk, today.replace(day=1), today)


def _of_slip(desk: Desk, slip: str, kind: str) -> bytes:
    return printing.paper_pdf(desk, slip, kind)


def _intake(*, long: bool) -> intake.Intake:
    if not long:
        return intake.Intake("1.001193", _SHORT, papers=(PaperCount("Tờ khai", original=1),), limit="1 ngày làm việc")
    names = [f"{_LONG_REASON} ({number})" for number in range(1, 15)]
    many = tuple(PaperCount(name, original=1, certified=2, copy=12) for name in names)
    proxy = Submitter("Huỳnh Nguyễn Thị Ngọc Phương Thảo Nguyên", "092190004321", "0912345678", "người được ủy quyền")
    return intake.Intake("1.001193", _LONG, proxy, sets=2, papers=many, limit="1 ngày làm việc")


if __name__ == "__main__":
    sys.exit(main())
