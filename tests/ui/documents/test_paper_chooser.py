"""The papers of a dossier, chosen in the preview: each as it was given."""

import io
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.documents import given_papers, paper_setup, printing
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.papers.frozen_papers import PaperState
from tests.actions.conftest import become, keep_settings
from ui.documents.printing import PreviewDialog
from ui.shell.window import Window

OLD = "H13.999-200803-0001"


def text_of(preview: PreviewDialog) -> str:
    pages = pypdf.PdfReader(io.BytesIO(preview.pdf)).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def opened(window: Window, kind: str, subject: str | None = None) -> PreviewDialog:
    window.preview(OLD, kind, subject)
    shown = window.findChildren(PreviewDialog)[-1]
    assert isinstance(shown, PreviewDialog)
    return shown


def lines(preview: PreviewDialog) -> list[str]:
    return [preview.chooser.itemText(n) for n in range(preview.chooser.count())]


@pytest.fixture
def two_letters(window: Window) -> list[str]:
    """A dossier with a letter handed over, a second one signed, and two slips."""
    desk, who = window.desk, window.desk.official
    become(desk, "chi")
    due = letters.propose_new_due(desk, OLD)
    first = letters.draft_and_sign(desk, OLD, "volume", due)
    letters.deliver_letter(desk, first.id, How.COUNTER)
    steps.request_supplement(desk, OLD, "Thiếu", ["Bản sao"])
    steps.supplement_brought(desk, OLD)
    now = desk.clock()
    desk.clock = lambda: due + timedelta(days=2)
    second = letters.draft_and_sign(desk, OLD, "volume", None)
    desk.clock = lambda: now
    desk.official = who
    return [first.number_text, second.number_text]


def test_the_only_paper_of_a_dossier_leaves_nothing_to_choose(window: Window) -> None:
    assert opened(window, "receipt").chooser_row.isHidden()


def test_an_earlier_letter_is_chosen_by_keys_and_shown_as_it_was_signed(
    window: Window, two_letters: list[str]
) -> None:
    preview = opened(window, "apology")
    assert preview.chooser_row.isVisible()
    assert f"Số: {two_letters[1]}" in text_of(preview)
    assert preview.chooser.currentText().startswith(f"Thư xin lỗi {two_letters[1]} · ")
    assert preview.chooser.currentText().endswith(" · đã ký, chờ trao")
    preview.chooser.setFocus()
    QTest.keyClick(preview.chooser, Qt.Key.Key_Up)
    assert preview.chooser.currentText().endswith(" · đã trao")
    assert f"Số: {two_letters[0]}" in text_of(preview)


def test_another_kind_brings_its_own_size_and_title(window: Window, two_letters: list[str]) -> None:
    paper_setup.keep_paper_setup(window.desk, "receipt", paper_setup.PaperSetup("A5", 1.5, 0))
    preview = opened(window, "apology")
    assert preview.size_box.currentText() == "A4"
    (receipt,) = (n for n, line in enumerate(lines(preview)) if line.startswith("Giấy hẹn"))
    preview.chooser.setCurrentIndex(receipt)
    assert preview.size_box.currentText() == "A5"
    assert preview.offsets[0].value() == 1.5
    assert preview.windowTitle() == f"Giấy hẹn – {OLD}"
    box = pypdf.PdfReader(io.BytesIO(preview.pdf)).pages[0].mediabox
    assert round(float(box.width) / 72 * 25.4) == 148
    assert paper_setup.paper_setup(window.desk, "apology").size == "A4"
    (slip,) = (n for n, line in enumerate(lines(preview)) if line.startswith("Phiếu yêu cầu"))
    preview.chooser.setCurrentIndex(slip)
    assert "Bản sao" in text_of(preview)


def test_what_is_saved_counts_as_given_and_stays_as_it_was(window: Window, tmp_path: Path) -> None:
    preview = opened(window, "receipt")
    first = text_of(preview)
    preview.save(tmp_path / "exports" / "giấy hẹn.pdf")
    assert progress.show_dossier(window.desk, OLD).history[-1].words == "In giấy hẹn lần 1"
    keep_settings(window.desk, {"hotline": "0292 999 999"})
    again = opened(window, "receipt")
    assert text_of(again).replace(" (Bản in lại lần 1)", "") == first
    (receipt,) = given_papers.paper_choices(window.desk, OLD)
    assert (receipt.state, receipt.printed) == (PaperState.GIVEN, 1)


def test_who_may_not_print_saves_no_paper(window: Window, tmp_path: Path) -> None:
    preview = opened(window, "receipt")
    become(window.desk, "dung")
    preview.save(tmp_path / "exports" / "giấy hẹn.pdf")
    assert not (tmp_path / "exports" / "giấy hẹn.pdf").exists()
    assert window.notices.text


def test_one_preview_prints_what_it_showed(window: Window) -> None:
    preview = opened(window, "receipt")
    shown = text_of(preview)
    keep_settings(window.desk, {"hotline": "0292 999 999"})
    assert preview.paper.log is not None
    assert preview.paper.log() == 1
    again = printing.paper_pdf(window.desk, OLD, "receipt")
    pages = pypdf.PdfReader(io.BytesIO(again)).pages
    text = " ".join("".join(page.extract_text() for page in pages).split())
    assert text.replace(" (Bản in lại lần 1)", "") == shown
