"""The papers of a step come together, in the kinds and counts of the settings, each on its own
sheet and printer; each is noted as a single print is.
"""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from cchc_desk.actions.documents import paper_sets, paper_setup
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.dossiers.dossier import LetterState
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.papers.paper_steps import last_step
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.settings import BY_KEY, PAPER_STEPS, PAPERS, SET_PARTS, PaperStep
from cchc_desk.store.ledger import journal
from tests.actions.conftest import TableClock, become, make_intake
from tests.papers.archive_check import faults


@pytest.fixture
def code(desk: Desk) -> str:
    return intake.accept_dossier(desk, make_intake()).code


def want(desk: Desk, **wanted: int) -> None:
    """Set the counts of the set at acceptance."""
    who = desk.official
    become(desk, "dung")
    office_settings.change_settings(desk, {f"set_accept_{kind}": n for kind, n in wanted.items()})
    desk.official = who


def printed(desk: Desk, code: str) -> list[tuple[str, int]]:
    with desk.read() as connection:
        facts = [facts for _entry, facts in journal.of_dossier(connection, code)]
    return [(fact.kind, fact.times) for fact in facts if isinstance(fact, Printed)]


def pages_of(pdf: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_every_step_has_a_name_and_parts_whose_counts_are_settings() -> None:
    assert set(PAPER_STEPS) == set(PaperStep) == {part.step for part in SET_PARTS}
    assert {part.kind for part in SET_PARTS} <= set(PAPERS)
    assert [BY_KEY[part.key].default for part in SET_PARTS] == [part.usual for part in SET_PARTS]
    assert all(any(part.usual for part in SET_PARTS if part.step is step) for step in PaperStep), (
        "each set prints something before anybody changed it"
    )


def test_acceptance_prints_both_copies_of_the_receipt_the_control_sheet_and_the_label(
    desk: Desk, code: str, tmp_path: Path
) -> None:
    made = paper_sets.paper_set(desk, code, PaperStep.ACCEPT)
    assert [(paper.kind, paper.copies) for paper in made.papers] == [
        ("receipt", 1),
        ("control", 1),
        ("label", 1),
    ]
    first, second, *others = pages_of(made.pdf)
    assert "Liên 1" in first
    assert "Liên 2" in second
    assert len(others) == 2
    file = tmp_path / "set.pdf"
    file.write_bytes(made.pdf)
    assert faults(file) == []
    assert printed(desk, code) == []  # looking at them is no printing


def test_the_counts_are_the_settings_and_none_leaves_a_kind_out(desk: Desk, code: str) -> None:
    want(desk, receipt=2, control=0, label=3)
    made = paper_sets.paper_set(desk, code, PaperStep.ACCEPT)
    assert [(paper.kind, paper.copies) for paper in made.papers] == [("receipt", 2), ("label", 3)]
    assert len(pages_of(made.pdf)) == 2 * 2 + 3
    want(desk, receipt=0, label=0)
    with pytest.raises(Refused, match=r"«Tiếp nhận hồ sơ» chưa có giấy nào") as refused:
        paper_sets.paper_set(desk, code, PaperStep.ACCEPT)
    assert refused.value.code == "paper-set-empty"


def test_each_kind_keeps_its_own_size_printer_and_offset(desk: Desk, code: str) -> None:
    of_receipt = paper_setup.PaperSetup("A5", 2, 3, "Laser")
    paper_setup.keep_paper_setup(desk, "receipt", of_receipt)
    paper_setup.keep_paper_setup(desk, "label", paper_setup.PaperSetup("A5", 1, 0, "Nhãn"))
    receipt, control, label = paper_sets.paper_set(desk, code, PaperStep.ACCEPT).papers
    assert receipt.setup == of_receipt
    assert (control.setup.size, control.setup.printer) == ("A4", "")
    assert label.setup.printer == "Nhãn"
    box = pypdf.PdfReader(io.BytesIO(receipt.pdf)).pages[0].mediabox
    assert round(float(box.height) / 72 * 25.4) == 210


def test_a_set_is_noted_as_single_prints_are_and_again_as_reprints(
    desk: Desk, code: str, tmp_path: Path
) -> None:
    saved = paper_sets.save_set(desk, code, PaperStep.ACCEPT, tmp_path / "exports")
    assert [(one.kind, one.copies, one.pages) for one in saved] == [
        ("receipt", 1, 2),
        ("control", 1, 1),
        ("label", 1, 1),
    ]
    assert {one.file.name for one in saved} == {
        file.name for file in (tmp_path / "exports").glob(f"{code}-*.pdf")
    }
    assert printed(desk, code) == [("receipt", 1), ("control", 1), ("label", 1)]
    again = paper_sets.paper_set(desk, code, PaperStep.ACCEPT)
    assert "Bản in lại lần 1" in pages_of(again.papers[0].pdf)[0]
    with pytest.raises(Trouble) as trouble:
        paper_sets.save_set(desk, code, PaperStep.ACCEPT, tmp_path / "exports" / "không có")
    assert trouble.value.code == "cannot-save"
    assert len(printed(desk, code)) == 3


def test_what_a_dossier_does_not_have_is_left_out_and_said(desk: Desk, code: str) -> None:
    become(desk, "dung")
    office_settings.change_settings(desk, {"set_return_control": 1})
    become(desk, "an")
    made = paper_sets.paper_set(desk, code, PaperStep.RETURN)
    assert [paper.kind for paper in made.papers] == ["control"]
    assert "chưa trả kết quả" in made.left_out[0]
    for step, missing in (
        (PaperStep.SUPPLEMENT, "no-slip"),
        (PaperStep.LETTER, "no-letter"),
        (PaperStep.STOP, "no-slip"),
    ):
        with pytest.raises(Refused) as refused:
            paper_sets.paper_set(desk, code, step)
        assert refused.value.code == missing


def test_the_letter_of_a_set_is_the_one_that_was_signed(
    desk: Desk, clock: TableClock, code: str
) -> None:
    clock.now = datetime(2026, 11, 27, 9, 0)
    become(desk, "chi")
    signed = letters.draft_and_sign(desk, code, "volume", datetime(2026, 11, 30, 9, 0))
    letters.draft_mistake_letter(desk, code, "Ghi sai tên")
    (paper,) = paper_sets.paper_set(desk, code, PaperStep.LETTER).papers
    assert paper.printout.subject == signed.id
    assert signed.state is LetterState.SIGNED


def test_who_may_not_print_gets_no_set(desk: Desk, code: str) -> None:
    become(desk, "dung")
    with pytest.raises(Refused) as refused:
        paper_sets.paper_set(desk, code, PaperStep.ACCEPT)
    assert refused.value.code == "role"


def test_the_set_of_a_dossier_is_that_of_its_last_step(
    desk: Desk, clock: TableClock, code: str
) -> None:
    def step_now() -> PaperStep:
        clock.now += timedelta(minutes=5)
        return last_step(progress.show_dossier(desk, code).dossier)

    assert step_now() is PaperStep.ACCEPT
    steps.hand_over(desk, [code], "binh")
    assert step_now() is PaperStep.HAND_OVER
    steps.request_supplement(desk, code, "Thiếu giấy")
    assert step_now() is PaperStep.SUPPLEMENT
    steps.supplement_brought(desk, code)
    steps.mark_ready(desk, code)
    assert step_now() is PaperStep.READY
    steps.return_result(desk, code, steps.Return("Nguyễn Thị Ánh Đào"))
    assert step_now() is PaperStep.RETURN
    other = intake.accept_dossier(desk, make_intake()).code
    stopped = steps.stop(desk, other, "Không đủ điều kiện").dossier
    assert last_step(stopped) is PaperStep.STOP  # in the same minute
    assert last_step(replace(stopped, ended=None, status=stopped.status)) is PaperStep.ACCEPT
