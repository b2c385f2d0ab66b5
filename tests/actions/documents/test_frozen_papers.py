"""Papers stay as they were signed or first printed, whatever happens afterwards."""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest

from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.documents import given_papers, paper_setup, printing
from cchc_desk.actions.documents.paper_setup import PaperSetup
from cchc_desk.actions.documents.printing import Printout
from cchc_desk.actions.documents.reprints import IN_EXCHANGE, MADE_ANEW
from cchc_desk.actions.dossiers import anonymise, correct, progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.dossiers.dossier import How, Letter
from cchc_desk.domain.papers.frozen_papers import PaperState
from cchc_desk.domain.time.pauses import PauseKind
from cchc_desk.errors import Refused, Trouble
from cchc_desk.papers import frozen
from cchc_desk.papers.forms.receipt import Receipt
from cchc_desk.session import Desk
from cchc_desk.store.engine import backup, migrations
from cchc_desk.store.engine.database import Database
from cchc_desk.store.papers import frozen_papers
from tests.actions.conftest import MONDAY, WHY, TableClock, become, make_intake
from tests.actions.test_tampering import refused_by_hand
from tests.engines import by_hand

RELEASED = Path(__file__).parents[2] / "store" / "engine" / "released"
AGAIN = "Bản in lại lần 1"
LATER = {
    "unit_name": "Ủy ban nhân dân phường Khác",
    "parent_agency": "Ủy ban nhân dân thành phố Khác",
    "place": "Khác",
    "desk_name": "Quầy số 9",
    "hotline": "0292 999 999",
    "signers": {"chi": ["TL", "Quyết định số 12/QĐ-UBND"]},
    "apology_old_title": True,
}


def text_of(pdf: bytes) -> str:
    return " ".join(
        "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split()
    )


def unmarked(text: str, mark: str = AGAIN) -> str:
    """The paper's text without the mark of its reprint; it has to be there."""
    assert mark in text
    return text.replace(f" ({mark})", "")


@pytest.fixture
def code(desk: Desk) -> str:
    return intake.accept_dossier(desk, make_intake(limit="2 ngày làm việc")).code


@pytest.fixture
def signed(desk: Desk, clock: TableClock, code: str) -> Letter:
    """A letter signed one day late, not yet printed."""
    clock.now += timedelta(days=3)
    become(desk, "chi")
    letter = letters.draft_and_sign(desk, code, "volume", letters.propose_new_due(desk, code))
    become(desk, "an")
    return letter


def change_settings(desk: Desk, changes: Mapping[str, object]) -> None:
    """As the administrator does it, with its entry in the ledger."""
    before = desk.official
    become(desk, "dung")
    office_settings.change_settings(desk, changes)
    desk.official = before


def everything_changes(desk: Desk, clock: TableClock, code: str) -> None:
    """Settings, ward, signer; a pause, the result, its return."""
    change_settings(desk, LATER)
    steps.pause(desk, code, PauseKind.FIELD_CHECK, "Xem thực địa")
    clock.now += timedelta(days=1)
    steps.resume(desk, code)
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào"))


def sql(desk: Desk, statement: str, *values: object) -> None:
    """Somebody else's hand on the database, past its triggers."""
    with by_hand(desk.folder) as connection:
        connection.execute(statement, values)


# --- a reprint is the same paper ------------------------------------------------------------------


def test_a_signed_letter_stays_whatever_happens_afterwards(
    desk: Desk, clock: TableClock, code: str, signed: Letter
) -> None:
    first = text_of(printing.paper_pdf(desk, code, "apology", signed.id))
    assert "in lại" not in first
    printing.log_printed(desk, code, "apology", signed.id)
    everything_changes(desk, clock, code)
    again = text_of(printing.paper_pdf(desk, code, "apology", signed.id))
    assert unmarked(again) == first
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_letter_is_frozen_by_its_signature_not_by_its_print(
    desk: Desk, clock: TableClock, code: str, signed: Letter
) -> None:
    first = text_of(printing.paper_pdf(desk, code, "apology", signed.id))
    everything_changes(desk, clock, code)
    assert text_of(printing.paper_pdf(desk, code, "apology", signed.id)) == first


def test_receipt_and_slip_stay_as_they_were_first_printed(
    desk: Desk, clock: TableClock, code: str
) -> None:
    steps.request_supplement(desk, code, "Thiếu", ["Bản sao hộ khẩu"])
    kinds = ("receipt", "supplement")
    first = [text_of(printing.paper_pdf(desk, code, kind)) for kind in kinds]
    for kind in kinds:
        printing.log_printed(desk, code, kind)
    steps.supplement_brought(desk, code)
    everything_changes(desk, clock, code)
    again = [unmarked(text_of(printing.paper_pdf(desk, code, kind))) for kind in kinds]
    assert again == first
    assert upkeep.verify_ledger(desk).problems == ()


def test_slips_before_acceptance_stay_too(desk: Desk) -> None:
    refused = before_acceptance.refuse(desk, make_intake(), "Không thuộc thẩm quyền")
    lacking = before_acceptance.ask_for_lacking(desk, make_intake(), ["Bản sao"], "Thiếu")
    for slip in (refused, lacking):
        first = text_of(printing.paper_pdf(desk, slip.id, slip.kind))
        printing.log_printed(desk, slip.id, slip.kind)
        change_settings(desk, LATER)
        assert unmarked(text_of(printing.paper_pdf(desk, slip.id, slip.kind))) == first
        change_settings(desk, {"unit_name": "Ủy ban nhân dân phường Ninh Kiều"})
    assert upkeep.verify_ledger(desk).problems == ()


def test_a_notice_of_stopping_stays_as_it_was_made(desk: Desk, code: str) -> None:
    become(desk, "chi")
    steps.stop(desk, code, "Không đủ điều kiện")
    first = text_of(printing.paper_pdf(desk, code, "stop"))
    change_settings(desk, LATER)
    assert text_of(printing.paper_pdf(desk, code, "stop")) == first
    printing.log_printed(desk, code, "stop")
    assert unmarked(text_of(printing.paper_pdf(desk, code, "stop"))) == first


def test_each_return_has_a_receipt_of_its_own(desk: Desk, clock: TableClock, code: str) -> None:
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Trần Văn Nhầm"))
    first = text_of(printing.paper_pdf(desk, code, "return"))
    printing.log_printed(desk, code, "return")
    steps.undo(desk, code, "Trả nhầm người")
    clock.now += timedelta(hours=1)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào"))
    second = text_of(printing.paper_pdf(desk, code, "return"))
    assert "Trần Văn Nhầm" not in second
    assert "lại lần" not in second
    old, new = (one for one in given_papers.paper_choices(desk, code) if one.kind == "return")
    assert (old.state, new.state) == (PaperState.GIVEN, PaperState.NOT_PRINTED)
    again = text_of(printing.paper_pdf(desk, code, "return", None, old.paper))
    assert unmarked(again) == first


def test_after_a_correction_a_new_receipt_is_frozen_and_the_old_one_can_be_chosen(
    desk: Desk, code: str
) -> None:
    first = text_of(printing.paper_pdf(desk, code, "receipt"))
    printing.log_printed(desk, code, "receipt")
    taken_in = correct.begin(desk, code).taken_in
    person = make_intake("Nguyễn Thị Ánh Hồng").applicant
    correct.correct(desk, code, replace(taken_in, applicant=person), "Gõ nhầm tên")
    given, wanted = given_papers.paper_choices(desk, code)[:2]
    assert (given.state, wanted.state) == (PaperState.GIVEN, PaperState.IN_EXCHANGE)
    exchanged = text_of(printing.paper_pdf(desk, code, "receipt"))
    assert "Nguyễn Thị Ánh Hồng" in exchanged
    assert IN_EXCHANGE in exchanged
    printing.log_printed(desk, code, "receipt")
    change_settings(desk, LATER)
    again = text_of(printing.paper_pdf(desk, code, "receipt"))
    assert again.replace(f"{IN_EXCHANGE}, bản in lại lần 1", IN_EXCHANGE) == exchanged
    assert unmarked(text_of(printing.paper_pdf(desk, code, "receipt", None, given.paper))) == first
    states = [one.state for one in given_papers.paper_choices(desk, code) if one.kind == "receipt"]
    assert states == [PaperState.GIVEN, PaperState.IN_EXCHANGE]


def test_a_correction_exchanges_no_signed_letter(desk: Desk, code: str, signed: Letter) -> None:
    first = text_of(printing.paper_pdf(desk, code, "apology", signed.id))
    printing.log_printed(desk, code, "apology", signed.id)
    person = replace(correct.begin(desk, code).taken_in.applicant, phone="0987654321")
    wanted = replace(correct.begin(desk, code).taken_in, applicant=person)
    correct.correct(desk, code, wanted, "Gõ nhầm số")
    again = text_of(printing.paper_pdf(desk, code, "apology", signed.id))
    assert unmarked(again) == first


def test_several_letters_and_slips_can_be_chosen(
    desk: Desk, clock: TableClock, code: str, signed: Letter
) -> None:
    letters.deliver_letter(desk, signed.id, How.COUNTER)
    clock.now += timedelta(days=20)
    become(desk, "chi")
    second = letters.draft_and_sign(desk, code, "volume", None)
    steps.request_supplement(desk, code, "Thiếu", ["Bản sao"])
    clock.now += timedelta(hours=1)
    steps.supplement_brought(desk, code)
    steps.request_supplement(desk, code, "Vẫn thiếu", ["Bản sao"], unmet=True)
    choices = given_papers.paper_choices(desk, code)
    of_letters = [one for one in choices if one.kind == "apology"]
    assert [(one.subject, one.number, one.state) for one in of_letters] == [
        (signed.id, "01/PXL-UBND", PaperState.DELIVERED),
        (second.id, "02/PXL-UBND", PaperState.SIGNED),
    ]
    assert [one.day for one in of_letters] == [
        letter.signed and letter.signed.date() for letter in (signed, second)
    ]
    for one in choices:
        if one.number:
            told = text_of(printing.paper_pdf(desk, code, one.kind, one.subject))
            assert f"Số: {one.number}" in told
            assert told == text_of(printing.paper_pdf(desk, code, one.kind, one.number))
    with pytest.raises(Refused) as unknown:
        printing.paper_pdf(desk, code, "apology", "x")
    assert unknown.value.code == "unknown-letter"
    with pytest.raises(Refused) as unknown:
        printing.paper_pdf(desk, code, "supplement", "x")
    assert unknown.value.code == "unknown-slip"
    with pytest.raises(Refused) as unknown:
        printing.paper_pdf(desk, code, "receipt", None, 99)
    assert unknown.value.code == "unknown-paper"


def test_a_draft_is_not_kept_and_bears_no_mark(desk: Desk, clock: TableClock, code: str) -> None:
    clock.now += timedelta(days=3)
    letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    printing.log_printed(desk, code, "apology")
    change_settings(desk, {"hotline": "0292 999 999"})
    told = text_of(printing.paper_pdf(desk, code, "apology"))
    assert "0292 999 999" in told
    assert "in lại" not in told
    (draft,) = (one for one in given_papers.paper_choices(desk, code) if one.kind == "apology")
    assert (draft.state, draft.paper) == (PaperState.DRAFT, None)


# --- files of before ------------------------------------------------------------------------------


@pytest.fixture
def old_desk(tmp_path: Path, clock: TableClock) -> Iterator[Callable[[int], Desk]]:
    """A desk on a file of an older schema, brought up to today's."""
    opened: list[Desk] = []

    def open_it(schema: int) -> Desk:
        folder = tmp_path / f"schema-{schema}"
        folder.mkdir()
        (folder / "desk.db").write_bytes((RELEASED / f"schema-{schema}.db").read_bytes())
        database = Database(folder / "desk.db")
        migrations.upgrade(database, lambda it: backup.copy_database(it, folder / "before.db"))
        database.close()
        opened.append(opening.open_desk(folder, clock))
        become(opened[-1], "an")
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


def test_a_file_of_schema_5_prints_papers_that_stay(
    old_desk: Callable[[int], Desk], clock: TableClock
) -> None:
    desk = old_desk(5)
    code = "H13.999-200803-0001"
    become(desk, "chi")
    letter = letters.draft_and_sign(desk, code, "volume", letters.propose_new_due(desk, code))
    first = [text_of(printing.paper_pdf(desk, code, kind)) for kind in ("receipt", "apology")]
    for kind in ("receipt", "apology"):
        printing.log_printed(desk, code, kind)
    assert "lại từ dữ liệu" not in "".join(first)
    everything_changes(desk, clock, code)
    again = [text_of(printing.paper_pdf(desk, code, kind)) for kind in ("receipt", "apology")]
    assert [unmarked(text) for text in again] == first
    assert letter.number_text in again[1]
    assert upkeep.verify_ledger(desk).problems == ()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("H13.999-261123-0001", "receipt"),
        ("H13.999-261123-0001", "apology"),
        ("H13.999-261123-0002", "supplement"),
        ("H13.999-261123-0003", "stop"),
    ],
)
def test_what_an_older_version_printed_says_that_it_is_made_anew(
    old_desk: Callable[[int], Desk], code: str, kind: str
) -> None:
    desk = old_desk(7)
    anew = text_of(printing.paper_pdf(desk, code, kind))
    assert MADE_ANEW in anew
    printing.log_printed(desk, code, kind)
    change_settings(desk, LATER)
    again = text_of(printing.paper_pdf(desk, code, kind))
    assert again.replace(f"{MADE_ANEW}, bản in lại lần 1", MADE_ANEW) == anew
    unprinted = "H13.999-261125-0001"
    assert MADE_ANEW not in text_of(printing.paper_pdf(desk, unprinted, "receipt"))
    assert upkeep.verify_ledger(desk).problems == ()


def test_facts_of_an_older_program_are_read_and_those_of_another_field_too() -> None:
    receipt = json.loads(
        """{"agency": {"above": "A", "name": "B"}, "place": "P", "circular": "C", "desk": "D",
        "code": "X", "owner": "O", "submitter": "", "address": "", "phone": "", "email": "",
        "id_number": "", "procedure": "T", "papers": [{"name": "N", "original": 1, "certified": 0,
        "copy": 2}], "counts": ["1", "2", "3"], "sets": 1, "limit": "L",
        "accepted": "2026-11-23T10:00:00", "due": "2026-11-24T10:00:00", "provisional": false,
        "receive_at": "R", "fee": "F", "official": "Q", "hotline": "", "no_field_of_ours": 7}"""
    )
    read = frozen.read("receipt-1", json.dumps(receipt))
    assert isinstance(read, Receipt)
    assert (read.accepted, read.reprint, read.organisation) == (MONDAY, "", False)
    assert read.papers[0].copy == 2
    del receipt["owner"]
    with pytest.raises(ValueError, match="owner"):
        frozen.read("receipt-1", json.dumps(receipt))


# --- hashes, the ledger, other hands --------------------------------------------------------------


def test_the_hash_is_that_of_the_pdf_that_was_saved(
    desk: Desk, code: str, signed: Letter, tmp_path: Path
) -> None:
    saved = {}
    for kind in ("receipt", "apology"):
        printing.save_paper(desk, code, kind, tmp_path / "exports" / f"{kind}.pdf")
        saved[kind] = hashlib.sha256(
            (tmp_path / "exports" / f"{kind}.pdf").read_bytes()
        ).hexdigest()
    given = {one.kind: one.pdf_sha256 for one in given_papers.paper_choices(desk, code)}
    assert given == saved
    with desk.read() as connection:
        for paper in frozen_papers.papers_of(connection, code):
            text = frozen.read(paper.form, paper.facts)
            assert hashlib.sha256(frozen.drawing_of(text).pdf()).hexdigest() == paper.pdf_sha256
            assert frozen.written(text) == paper.facts
    history = progress.show_dossier(desk, code).history
    assert [line.act for line in history if line.act in ("sign-letter", "print")] == [
        "sign-letter",
        "print",
        "print",
    ]


def test_a_receipt_printed_on_a5_is_kept_as_its_a4_paper(desk: Desk, code: str) -> None:
    paper_setup.keep_paper_setup(desk, "receipt", PaperSetup("A5", 2.0, -1.0))
    printout = Printout(desk, code, "receipt")
    printout.pdf()
    printout.log()
    (receipt,) = given_papers.paper_choices(desk, code)
    paper_setup.keep_paper_setup(desk, "receipt", PaperSetup("A4", 0, 0))
    with desk.read() as connection:
        (paper,) = frozen_papers.papers_of(connection, code)
    drawn = frozen.drawing_of(frozen.read(paper.form, paper.facts)).pdf()
    assert receipt.pdf_sha256 == hashlib.sha256(drawn).hexdigest()


TOUCHES = {
    "facts": "UPDATE frozen_papers SET facts = replace(facts, 'Đào', 'Hoa') WHERE kind = 'receipt'",
    "owner": "UPDATE frozen_papers SET owner = 'X' WHERE kind = 'receipt'",
    "kind": "UPDATE frozen_papers SET subject = 'x' WHERE kind = 'receipt'",
    "moment": "UPDATE frozen_papers SET frozen = '2026-01-01T08:00' WHERE kind = 'receipt'",
    "pdf": "UPDATE frozen_papers SET pdf_sha256 = 'x' WHERE kind = 'receipt'",
    "emptied": "UPDATE frozen_papers SET facts = '', salt = '', pdf_sha256 = '' "
    "WHERE kind = 'receipt'",
    "bytes": "UPDATE frozen_papers SET facts = x'ff' WHERE kind = 'receipt'",
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_verify_names_the_paper_that_somebody_touched(
    desk: Desk, code: str, signed: Letter, touch: str
) -> None:
    printing.log_printed(desk, code, "receipt")
    other = intake.accept_dossier(desk, make_intake("Trần Văn Bảo")).code
    printing.log_printed(desk, other, "receipt")
    sql(desk, TOUCHES[touch] + " AND number = 2")
    named = f"Giấy đã cấp số 2 (giấy hẹn, hồ sơ {code}) đã bị sửa ngoài sổ cái."
    assert upkeep.verify_ledger(desk).problems == (named,)
    assert named in upkeep.verify_recent(desk).problems
    assert progress.show_dossier(desk, code).problems == (named,)
    assert progress.show_dossier(desk, other).problems == ()


def test_verify_finds_a_paper_that_is_gone_or_came_from_nowhere(
    desk: Desk, code: str, signed: Letter
) -> None:
    printing.log_printed(desk, code, "receipt")
    sql(desk, "UPDATE frozen_papers SET number = 7 WHERE number = 1")
    assert upkeep.verify_ledger(desk).problems == (
        f"Giấy đã cấp số 1 của hồ sơ {code} không còn trong dữ liệu.",
        f"Giấy số 7 (thư xin lỗi, hồ sơ {code}) không có mục nào trong sổ cái.",
    )


def test_the_database_itself_keeps_papers(desk: Desk, code: str, signed: Letter) -> None:
    for statement in (
        "UPDATE frozen_papers SET facts = '{}'",
        "UPDATE frozen_papers SET owner = 'X', facts = '', salt = '', pdf_sha256 = ''",
        "DELETE FROM frozen_papers",
    ):
        with refused_by_hand(desk, "a paper is never") as connection:
            connection.execute(statement)


def test_a_paper_that_somebody_touched_is_not_printed(desk: Desk, code: str) -> None:
    printing.log_printed(desk, code, "receipt")
    sql(desk, "UPDATE frozen_papers SET facts = replace(facts, 'Đào', 'Hoa')")
    with pytest.raises(Trouble) as altered:
        printing.paper_pdf(desk, code, "receipt")
    assert altered.value.code == "paper-altered"


def test_the_daily_check_looks_at_papers_given_since(
    desk: Desk, clock: TableClock, code: str
) -> None:
    printing.log_printed(desk, code, "receipt")
    assert upkeep.verify_ledger(desk).ok
    clock.now += timedelta(days=1)
    late = intake.accept_dossier(desk, make_intake("Trần Văn Bảo")).code
    printing.log_printed(desk, late, "receipt")
    assert not upkeep.whole_check_due(desk)
    assert upkeep.verify_recent(desk).problems == ()
    sql(desk, "UPDATE frozen_papers SET program = '9' WHERE owner = ?", late)
    (problem,) = upkeep.verify_recent(desk).problems
    assert late in problem


def test_two_programs_that_print_the_first_receipt_at_once_freeze_one_paper(
    desk: Desk, code: str
) -> None:
    def drawn(other: Desk) -> Printout:
        become(other, "an")
        printout = Printout(other, code, "receipt")
        printout.pdf()
        return printout

    programs = [opening.open_desk(desk.folder, lambda: MONDAY) for _program in range(2)]
    with ThreadPoolExecutor(2) as pool:
        printouts = list(pool.map(drawn, programs))  # both before either is printed
        list(pool.map(Printout.log, printouts))
    for program in programs:
        program.close()
    (receipt,) = given_papers.paper_choices(desk, code)
    assert (receipt.printed, receipt.state) == (2, PaperState.GIVEN)
    assert upkeep.verify_ledger(desk).problems == ()


def test_what_is_frozen_is_what_was_drawn_not_what_came_after(desk: Desk, code: str) -> None:
    printout = Printout(desk, code, "receipt")
    first = text_of(printout.pdf())
    change_settings(desk, LATER)  # another station, between preview and printer
    printout.log()
    assert unmarked(text_of(printing.paper_pdf(desk, code, "receipt"))) == first


def test_a_correction_between_drawing_and_printing_still_gives_a_paper_in_exchange(
    desk: Desk, code: str
) -> None:
    printout = Printout(desk, code, "receipt")
    printout.pdf()
    taken_in = correct.begin(desk, code).taken_in  # at another station
    person = replace(taken_in.applicant, name="Nguyễn Thị Ánh Hồng")
    correct.correct(desk, code, replace(taken_in, applicant=person), "Gõ nhầm tên")
    printout.log()
    exchanged = text_of(printing.paper_pdf(desk, code, "receipt"))
    assert "Nguyễn Thị Ánh Hồng" in exchanged
    assert IN_EXCHANGE in exchanged
    assert upkeep.verify_ledger(desk).problems == ()


def test_forgetting_people_takes_the_papers_facts_and_leaves_their_hash(
    desk: Desk, clock: TableClock, code: str
) -> None:
    printing.log_printed(desk, code, "receipt")
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào"))
    clock.now = clock.now.replace(year=2040)
    become(desk, "dung")
    anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ")
    with desk.read() as connection:
        (paper,) = frozen_papers.papers_of(connection, code)
    assert (paper.facts, paper.salt, paper.pdf_sha256) == ("", "", "")
    assert len(paper.facts_sha256) == 64
    assert upkeep.verify_ledger(desk).problems == ()
    assert progress.show_dossier(desk, code).problems == ()
    choices = given_papers.paper_choices(desk, code)
    assert [one.state for one in choices if one.kind == "receipt"] == [PaperState.FORGOTTEN]
    with pytest.raises(Refused) as forgotten:
        printing.paper_pdf(desk, code, "receipt")
    assert forgotten.value.code == "paper-forgotten"


@pytest.mark.one_pc("a copy of the file")
def test_a_frozen_paper_goes_along_in_a_copy(desk: Desk, code: str, tmp_path: Path) -> None:
    printing.log_printed(desk, code, "receipt")
    target = tmp_path.with_name(f"{tmp_path.name}-copy")
    target.mkdir()
    become(desk, "chi")
    upkeep.backup(desk, target / "desk.db", WHY)
    become(desk, "an")
    change_settings(desk, LATER)
    copied = opening.open_desk(target, lambda: MONDAY)
    become(copied, "an")
    here, there = (text_of(printing.paper_pdf(one, code, "receipt")) for one in (desk, copied))
    assert here == there
    assert upkeep.verify_ledger(copied).problems == ()
    copied.close()
