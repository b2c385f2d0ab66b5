"""The check code of receipts, letters and notices: at the desk that gave them, and elsewhere."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest

from cchc_desk.actions.city.replies import City
from cchc_desk.actions.documents import paper_checks, printing
from cchc_desk.actions.documents.paper_checks import CheckedPaper, SignatureState
from cchc_desk.actions.dossiers import anonymise, correct, progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.papers.dossier_papers import receipt_of
from cchc_desk.domain.papers.check_codes import read_scan
from cchc_desk.errors import Refused
from cchc_desk.papers import frozen
from cchc_desk.papers.forms.apology import Apology
from cchc_desk.papers.forms.receipt import Receipt
from cchc_desk.papers.forms.stop_notice import StopNotice
from cchc_desk.session import Desk
from cchc_desk.store.office import registers
from cchc_desk.store.papers import frozen_papers
from cchc_desk.sync import keys, wire
from tests.actions.conftest import TableClock, become, make_intake
from tests.engines import by_hand

OWNER = "Nguyễn Thị Ánh Đào"
Given = Callable[[str], tuple[str, str]]


@pytest.fixture
def code(desk: Desk) -> str:
    return intake.accept_dossier(desk, make_intake(OWNER, limit="2 ngày làm việc")).code


def check_on(pdf: bytes) -> list[str]:
    """The check codes on a paper, one a copy."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return re.findall(r"Mã kiểm tra: ([0-9A-F-]{14})", text)


@pytest.fixture
def given(desk: Desk, code: str) -> Given:
    """Prints a paper of the dossier: its check code and what its QR holds."""

    def print_it(kind: str) -> tuple[str, str]:
        (check,) = set(check_on(printing.paper_pdf(desk, code, kind)))
        printing.log_printed(desk, code, kind)
        with desk.read() as connection:
            paper = frozen_papers.papers_of(connection, code)[-1]
        text = frozen.read(paper.form, paper.facts)
        assert isinstance(text, Apology | Receipt | StopNotice)
        assert text.check == check
        return check, text.scan

    return print_it


@pytest.fixture
def enrolled(desk: Desk) -> str:
    """The city knows the desk's key."""
    keys.make_key(desk.folder, desk.id)
    city = City("Cần Thơ", desk.settings["unit_code"], "", "", "", enrolled=True, line="")
    with desk.write() as connection:
        registers.keep_setting(connection, "city", vars(city))
    return wire.public_text(keys.key_of(desk.folder, desk.id))


def elsewhere(desk: Desk, code: str) -> None:
    """Makes it another desk, which does not know the dossier."""
    with by_hand(desk.folder) as connection:
        connection.execute(
            "UPDATE dossiers SET code = 'H13.999-200101-0001' WHERE code = ?", (code,)
        )


def late_letter(desk: Desk, clock: TableClock, code: str) -> None:
    clock.now += timedelta(days=3)
    become(desk, "chi")
    letters.draft_and_sign(desk, code, "volume", letters.propose_new_due(desk, code))
    become(desk, "an")


def stopped(desk: Desk, _clock: TableClock, code: str) -> None:
    become(desk, "chi")
    steps.stop(desk, code, "Không đủ điều kiện")
    become(desk, "an")


def facts(found: CheckedPaper) -> tuple[object, ...]:
    return found.ok, found.ledger, found.signature


# --- the desk that gave it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "before"), [("receipt", None), ("apology", late_letter), ("stop", stopped)]
)
def test_the_desk_that_gave_it_knows_it_by_its_code_alone(
    desk: Desk,
    clock: TableClock,
    code: str,
    given: Given,
    kind: str,
    before: Callable[[Desk, TableClock, str], None] | None,
) -> None:
    if before:
        before(desk, clock, code)
    check, scan = given(kind)
    found = paper_checks.check_paper(desk, check.lower(), code.lower(), owner=OWNER)
    assert (found.kind, found.paper, *facts(found)) == (kind, 1, True, True, None)
    assert found.wrong == found.unproven == ()
    assert paper_checks.check_paper(desk, check, scan=scan).ok is True
    wrong = check[:-1] + ("0" if check[-1] != "0" else "1")
    found = paper_checks.check_paper(desk, wrong, code)
    assert (found.ok, found.ledger, found.paper) == (False, False, None)
    assert not paper_checks.check_paper(desk, wrong, scan=scan).ok
    assert not paper_checks.check_paper(desk, check, code, owner="Trần Văn Bình").ok


def test_a_reprint_bears_the_same_code_and_a_paper_in_exchange_its_own(
    desk: Desk, code: str, given: Given
) -> None:
    check, _ = given("receipt")
    assert given("receipt")[0] == check
    taken_in = correct.begin(desk, code).taken_in
    person = replace(taken_in.applicant, name="Nguyễn Thị Đào")
    correct.correct(desk, code, replace(taken_in, applicant=person), "Gõ nhầm tên")
    other, _ = given("receipt")
    assert other != check
    old = paper_checks.check_paper(desk, check, code)
    assert (old.ok, old.paper) == (True, 1)
    assert any("thay bằng giấy đã lưu số 2" in line for line in old.proven)
    assert paper_checks.check_paper(desk, other, code, owner="Nguyễn Thị Đào").paper == 2


def test_a_draft_and_a_paper_that_was_only_looked_at_have_nothing_to_check(
    desk: Desk, clock: TableClock, code: str
) -> None:
    looked_at = check_on(printing.paper_pdf(desk, code, "receipt"))
    assert not paper_checks.check_paper(desk, looked_at[0], code).ok
    clock.now += timedelta(days=3)
    letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    assert check_on(printing.paper_pdf(desk, code, "apology")) == []


def test_what_somebody_changed_in_the_file_is_no_proof(desk: Desk, code: str, given: Given) -> None:
    check, _ = given("receipt")
    with by_hand(desk.folder) as connection:
        connection.execute("UPDATE frozen_papers SET facts = replace(facts, 'Đào', 'Hoa')")
    found = paper_checks.check_paper(desk, check, code)
    assert found.ok is False
    assert any("không còn khớp với sổ cái" in line for line in found.wrong)


def test_once_the_people_are_forgotten_nothing_is_said_of_the_paper(
    desk: Desk, clock: TableClock, code: str, given: Given
) -> None:
    check, scan = given("receipt")
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, steps.Return(OWNER))
    clock.now += timedelta(days=3650)
    become(desk, "dung")
    anonymise.anonymise(desk, code, "hết hạn lưu")
    found = paper_checks.check_paper(desk, check, scan=scan)
    assert (found.ok, found.ledger) == (None, None)
    assert any("đã ẩn danh" in line for line in found.unproven)


def test_without_anything_to_check_against_it_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Hãy ghi mã hồ sơ"):
        paper_checks.check_paper(desk, "3F9A-01BC-77D2")
    with pytest.raises(Refused, match="Không có hồ sơ"):
        paper_checks.check_paper(desk, "3F9A-01BC-77D2", "H13.31-200101-0001")


def test_a_paper_frozen_before_there_was_a_code_is_drawn_as_it_was(desk: Desk, code: str) -> None:
    text = receipt_of(desk, progress.show_dossier(desk, code).dossier)
    facts = json.loads(frozen.written(text))
    del facts["check"], facts["scan"]
    before = frozen.read("receipt-1", json.dumps(facts))
    assert frozen.scan_on(before) == ""
    assert check_on(frozen.drawing_of(before).pdf()) == []


# --- another desk, offline ------------------------------------------------------------------------


def test_another_desk_sees_that_code_and_qr_belong_together_and_no_more(
    desk: Desk, code: str, given: Given
) -> None:
    accepted = progress.show_dossier(desk, code).dossier
    check, scan = given("receipt")
    elsewhere(desk, code)
    found = paper_checks.check_paper(desk, check, scan=scan, owner=OWNER)
    assert (found.code, found.kind, found.made, found.due) == (
        code,
        "receipt",
        accepted.accepted,
        accepted.first.due,
    )
    assert facts(found) == (None, None, SignatureState.NONE)
    assert any("ai cũng có thể làm ra" in line for line in found.unproven)
    assert any(OWNER in line for line in found.proven)
    assert facts(paper_checks.check_paper(desk, "3F9A-01BC-77D2", scan=scan))[0] is False
    assert paper_checks.check_paper(desk, check, scan=scan, owner="Trần Văn Bình").ok is False
    assert paper_checks.check_paper(desk, check, "H13.31-261123-9999", scan).ok is False


@pytest.mark.usefixtures("enrolled")
def test_with_the_desks_key_the_qr_alone_proves_the_paper(
    desk: Desk, code: str, given: Given
) -> None:
    check, scan = given("receipt")
    assert len(scan) <= 178  # what a QR of 45 modules holds
    assert facts(paper_checks.check_paper(desk, check, scan=scan)) == (
        True,
        True,
        SignatureState.VALID,
    )
    elsewhere(desk, code)
    assert facts(paper_checks.check_paper(desk, check, scan=scan)) == (
        True,
        None,
        SignatureState.VALID,
    )
    held = read_scan(scan)
    assert held.due
    moved = replace(held, due=held.due - timedelta(days=1)).text()
    assert facts(paper_checks.check_paper(desk, check, scan=moved)) == (
        False,
        None,
        SignatureState.WRONG,
    )
    keys.make_key(desk.folder, desk.id)  # as after a new enrolment: the old key is gone
    assert facts(paper_checks.check_paper(desk, check, scan=scan)) == (
        None,
        None,
        SignatureState.UNKNOWN_KEY,
    )


@pytest.mark.usefixtures("enrolled")
def test_a_machine_without_its_key_still_prints(desk: Desk, code: str, given: Given) -> None:
    (desk.folder / "city.key").unlink()
    check, scan = given("receipt")
    assert read_scan(scan).signature == b""
    assert paper_checks.check_paper(desk, check, code).ok
