"""Certification while the citizen waits: one act from the paper to the line of the book."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import certify, intake
from cchc_desk.actions.intake.certify import Request, ToCertify
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.office import numbers
from cchc_desk.domain.dossiers.certifications import BookSum, CertificationBook, sum_of
from cchc_desk.domain.dossiers.dossier import PaperCount, Status
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, TableClock, become, keep_settings

COPIES, SIGNATURE = "2.000815", "2.000884"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def request(*papers: ToCertify, procedure: str = COPIES, id_number: str = "") -> Request:
    person = Applicant(ApplicantKind.PERSON, "Nguyễn Thị Ánh Đào", id_number)
    return Request(procedure, person, papers or (ToCertify("Giấy khai sinh"),), "chi")


def refusal(desk: Desk, wanted: Request) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        certify.certify(desk, wanted)
    return refused.value.code, refused.value.field


def test_one_act_takes_in_fills_the_book_and_returns(desk: Desk) -> None:
    done = certify.certify(
        desk, request(ToCertify("Bằng tốt nghiệp", 3, 5), ToCertify("Căn cước", 2))
    )
    view = progress.show_dossier(desk, done.dossier.code)
    assert view.dossier.status is Status.RETURNED
    assert view.dossier.accepted == view.dossier.ready == view.dossier.returned == MONDAY
    assert view.dossier.closed is not None
    assert view.dossier.limit.text == "trong ngày"
    assert [(line.number, line.paper, line.copies, line.fee) for line in done.lines] == [
        (1, "Bằng tốt nghiệp", 3, 21_000),
        (2, "Căn cước", 2, 4_000),
    ]
    assert done.fee is not None
    assert done.fee.amount == 25_000
    assert [line.volume_text for line in done.lines] == ["01/2026-SCT/BS"] * 2
    assert [line.act for line in view.history] == ["accept", "certify", "ready", "return"]
    assert view.history[1].words.startswith("Chứng thực 5 bản, số 01, 02, quyển số 01/2026-SCT/BS")
    assert upkeep.verify_ledger(desk).problems == ()
    counts = progress.day_board(desk).counts
    assert (counts.taken_in, counts.returned) == (1, 1)


def test_what_was_taken_in_before_is_written_into_the_book_when_it_is_done(
    desk: Desk, clock: TableClock, an_intake: Callable[..., Intake]
) -> None:
    papers = (PaperCount("Học bạ", original=12, certified=20),)
    wanted = an_intake(procedure=COPIES, papers=papers, limit="2 ngày làm việc")
    taken_in = intake.accept_dossier(desk, wanted)
    clock.now = datetime(2026, 11, 24, 9, 0)
    asked = replace(request(), procedure="", papers=certify.papers_of(taken_in), code=taken_in.code)
    done = certify.certify(desk, asked)
    assert (done.dossier.code, done.dossier.status) == (taken_in.code, Status.RETURNED)
    assert [(line.paper, line.copies, line.fee) for line in done.lines] == [("Học bạ", 20, 280_000)]
    assert refusal(desk, asked) == ("certify-done", "procedure")
    other = intake.accept_dossier(desk, an_intake()).code
    assert refusal(desk, replace(asked, code=other)) == ("certify-procedure", "procedure")
    assert certify.kinds(desk)[0].next_number == 2
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_book_has_its_own_numbers_in_every_year(desk: Desk, clock: TableClock) -> None:
    certify.certify(desk, request())
    certify.certify(desk, request(procedure=SIGNATURE, id_number="092190001234"))
    certify.certify(desk, request())
    clock.now = datetime(2027, 1, 4, 8, 0)
    certify.certify(desk, request())
    copies = certify.book_lines(desk, CertificationBook.COPY, date(2026, 1, 1), date(2027, 12, 31))
    assert [(one.line.year, one.line.number) for one in copies] == [(2026, 1), (2026, 2), (2027, 1)]
    (signed,) = certify.book_lines(desk, CertificationBook.SIGNATURE, *YEAR)
    assert signed.line.number == 1
    assert signed.requester == "Nguyễn Thị Ánh Đào\n092190001234"
    assert signed.signed_by.startswith(signed.signer_name)
    assert copies[0].requester == "Nguyễn Thị Ánh Đào"


def test_the_desk_goes_on_from_its_own_block_and_gaps_are_listed(desk: Desk) -> None:
    keep_settings(desk, {"copy_first": 120, "copy_last": 121, "copy_volume": 2})
    (line,) = certify.certify(desk, request()).lines
    assert (line.number, line.volume_text) == (120, "02/2026-SCT/BS")
    certify.certify(desk, request())
    assert refusal(desk, request())[0] == "book-full"
    (series,) = numbers.series(desk, 2026)
    assert (series.symbol, series.given, series.last, series.gaps) == ("SCT/BS", 2, 121, ())


def test_a_line_whose_dossier_ended_otherwise_keeps_its_number_and_counts_no_more(
    desk: Desk,
) -> None:
    code = certify.certify(desk, request(ToCertify("Học bạ", 3))).dossier.code
    certify.certify(desk, request())
    for _time in range(2):
        steps.undo(desk, code, "gõ nhầm người")
    steps.withdraw(desk, code)
    lines = certify.book_lines(desk, CertificationBook.COPY, *YEAR)
    assert [(one.line.number, one.void) for one in lines] == [(1, True), (2, False)]
    assert sum_of(lines) == BookSum(1, 1, 2_000)
    assert certify.lines_of(desk, code) == lines[:1]
    assert upkeep.verify_ledger(desk).problems == ()


def test_what_the_book_cannot_hold_is_refused_beside_its_field(desk: Desk) -> None:
    assert refusal(desk, request(procedure="1.001193")) == ("certify-procedure", "procedure")
    assert refusal(desk, request(procedure=SIGNATURE)) == ("certify-id-number", "id_number")
    assert refusal(desk, request(ToCertify("Học bạ", 0))) == ("certify-count", "papers")
    assert refusal(desk, request(ToCertify(" "))) == ("paper-name", "papers")
    nobody = Request(COPIES, request().applicant, request().papers, "nobody")
    assert refusal(desk, nobody) == ("certify-signer", "signer")
    nothing = Request(COPIES, request().applicant, (), "chi")
    assert refusal(desk, nothing) == ("certify-papers", "papers")
    assert certify.kinds(desk)[0].next_number == 1  # a refusal takes no number


def test_who_takes_nothing_in_certifies_nothing(desk: Desk) -> None:
    become(desk, "binh")
    assert refusal(desk, request())[0] == "role"


def test_the_lane_leaves_the_clerks_half_typed_form_and_the_remembered_limit_alone(
    desk: Desk,
) -> None:
    intake.save_draft(desk, {"name": "Lê Văn Tám"})
    certify.certify(desk, request())
    assert intake.load_draft(desk) == {"name": "Lê Văn Tám"}
    preview = intake.preview_promise(desk, "2.001035", Channel.DIRECT, None)
    assert preview.remembered is None


def test_the_papers_certified_most_are_offered_first_and_the_last_signer_stays(desk: Desk) -> None:
    for _time in range(2):
        certify.certify(desk, request(ToCertify("Sổ tiết kiệm")))
    certify.certify(desk, request(ToCertify("Học bạ")))
    kind = certify.kinds(desk)[0]
    assert kind.papers[:2] == ("Sổ tiết kiệm", "Học bạ")
    assert "Căn cước" in kind.papers
    assert (kind.next_number, kind.last_signer) == (4, "chi")
    assert certify.signers(desk)[0].id == "chi"
