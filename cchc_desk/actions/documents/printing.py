"""Papers of dossiers as PDF, and the ledger's note of every printing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cchc_desk.actions.documents import morning_sheet, one_page_history
from cchc_desk.actions.documents.apology_papers import apology_of, letter_in
from cchc_desk.actions.documents.correction_paper import correction_note_of
from cchc_desk.actions.documents.dossier_papers import (
    control_sheet_of,
    label_of,
    receipt_of,
    return_receipt_of,
)
from cchc_desk.actions.documents.paper_setup import PaperSetup, check_kind, paper_setup
from cchc_desk.actions.documents.reprints import NumberedPaper, reprint_mark, times_printed
from cchc_desk.actions.documents.saving import save_pdf
from cchc_desk.actions.documents.slip_papers import SLIP_KINDS, SlipPaper, slip_pdf
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake.before_acceptance import applicant_in
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterState
from cchc_desk.domain.dossiers.slips import Slip
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.people.officials import Act
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.papers.forms.apology import Apology, apologies_pdf, apology_pdf
from cchc_desk.papers.forms.control_sheet import control_sheet_pdf
from cchc_desk.papers.forms.correction import correction_pdf
from cchc_desk.papers.forms.label import label_pdf
from cchc_desk.papers.forms.receipt import receipt_pdf
from cchc_desk.papers.forms.return_receipt import return_receipt_pdf
from cchc_desk.papers.layout.archive import Metadata
from cchc_desk.papers.printer_page import PrinterPage, printer_page_pdf
from cchc_desk.session import Desk
from cchc_desk.settings import PAPERS
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.papers import slips, visitors


def paper_pdf(desk: Desk, code: str, kind: str, letter_id: str | None = None) -> bytes:
    """Return the paper as PDF, in the form set of the regime the dossier was accepted under.

    `code` is a dossier's; for a slip given before acceptance the slip's id; "" for the morning
    sheet and the test page. A paper that was printed before bears the mark of a reprint. Raises
    Refused("paper-kind"), ("unknown-dossier"), ("no-slip"), ("no-letter"), ("not-returned"),
    ("no-correction"), ("cancelled").
    """
    desk.require(Act.READ)
    setup = paper_setup(desk, kind)
    if kind == "morning":
        return morning_sheet.sheet_pdf(desk)
    if kind == "test":
        return _test_page(desk, setup)
    if kind == "history":
        return one_page_history.history_paper(desk, code, setup.offset_mm)
    with desk.read() as connection:
        slip = slips.slip_of(connection, code) if kind in SLIP_KINDS else None
        if slip and not slip.code:
            applicant = applicant_in(visitors.visitor_of(connection, slip.id))
            reprint = reprint_mark(connection, slip.id, kind, slip, (slip,))
            return slip_pdf(desk, kind, SlipPaper(slip, applicant, None, reprint), setup)
        dossier = progress.counted_dossier(connection, code)
        numbered = _numbered(connection, dossier, kind)
        paper = _chosen(dossier, numbered, kind, letter_id)
        reprint = reprint_mark(connection, dossier.code, kind, paper, numbered)
    if isinstance(paper, Slip):
        return slip_pdf(desk, kind, SlipPaper(paper, dossier.applicant, dossier, reprint), setup)
    if isinstance(paper, Letter):
        apology = replace(apology_of(desk, dossier, paper), reprint=reprint)
        return apology_pdf(apology, paper=setup.size, offset_mm=setup.offset_mm)
    return _unnumbered(desk, dossier, kind, setup, reprint)


def _unnumbered(desk: Desk, dossier: Dossier, kind: str, setup: PaperSetup, reprint: str) -> bytes:
    size, offset = setup.size, setup.offset_mm
    if kind == "receipt":
        receipt = replace(receipt_of(desk, dossier), reprint=reprint)
        return receipt_pdf(receipt, paper=size, offset_mm=offset)
    if kind == "return":
        returned = replace(return_receipt_of(desk, dossier), reprint=reprint)
        return return_receipt_pdf(returned, paper=size, offset_mm=offset)
    if kind == "correction":
        note = replace(correction_note_of(desk, dossier), reprint=reprint)
        return correction_pdf(note, paper=size, offset_mm=offset)
    if kind == "label":
        return label_pdf(label_of(desk, dossier))
    assert kind == "control", "every other kind was made above"
    sheet = replace(control_sheet_of(desk, dossier), reprint=reprint)
    return control_sheet_pdf(sheet, paper=size, offset_mm=offset)


def _test_page(desk: Desk, setup: PaperSetup) -> bytes:
    place = f"{desk.settings['unit_name']} · {desk.settings['desk_name']}"
    code = f"{desk.settings['unit_code']}-000000-0000"
    page = PrinterPage(place, code, desk.now(), setup.printer, setup.offset_mm, desk.watermark)
    return printer_page_pdf(page, setup.size)


def _numbered(connection: Connection, dossier: Dossier, kind: str) -> Sequence[NumberedPaper]:
    """Return the dossier's slips or letters of this kind, oldest first; none of other kinds.

    Raises Refused("no-slip") where a slip was never given.
    """
    if kind in SLIP_KINDS:
        given = slips.slips_of_dossier(connection, dossier.code, kind)
        if not given:
            raise Refused(
                "no-slip",
                _("Hồ sơ {code} chưa có {paper} nào.").format(
                    code=dossier.code, paper=_(PAPERS[kind])
                ),
                "kind",
            )
        return given
    return dossier.letters if kind == "apology" else ()


def _chosen(
    dossier: Dossier, numbered: Sequence[NumberedPaper], kind: str, letter_id: str | None
) -> NumberedPaper | None:
    """Return the slip or letter that is meant; None for a kind that is not numbered."""
    if kind == "apology":
        return letter_in(dossier, letter_id)
    return numbered[-1] if numbered else None


def log_printed(desk: Desk, code: str, kind: str, letter_id: str | None = None) -> int:
    """Note a printing in the ledger; return the times so far, 2 and more are reprints."""
    desk.require(Act.PRINT)
    check_kind(kind)
    with desk.write() as connection:
        about = code
        paper: NumberedPaper | None = None
        numbered: Sequence[NumberedPaper] = ()
        slip = slips.slip_of(connection, code) if kind in SLIP_KINDS else None
        if slip:
            paper, numbered = slip, (slip,)
        elif kind != "morning":
            dossier = progress.counted_dossier(connection, code)
            about, numbered = dossier.code, _numbered(connection, dossier, kind)
            paper = _chosen(dossier, numbered, kind, letter_id)
        times = 1 + times_printed(connection, about, kind, paper, numbered)
        printed = Printed(
            kind,
            times,
            slip=paper.id if isinstance(paper, Slip) else None,
            letter=paper.id if isinstance(paper, Letter) else None,
        )
        desk.record(connection, printed, about)
    return times


def signed_letters_pdf(desk: Desk) -> bytes:
    """Return every signed letter that waits to be handed over, in one PDF.

    Raises Refused("no-letter") where none waits.
    """
    apologies = [_signed_letter(desk, letter) for letter in _signed_letters(desk)]
    setup, office = paper_setup(desk, "apology"), apologies[0].agency.full_name
    about = Metadata("Thư xin lỗi đã ký, chờ trao", office, desk.now())
    return apologies_pdf(about, apologies, paper=setup.size, offset_mm=setup.offset_mm)


def _signed_letter(desk: Desk, letter: Letter) -> Apology:
    with desk.read() as connection:
        dossier = progress.counted_dossier(connection, letter.code)
        reprint = reprint_mark(connection, dossier.code, "apology", letter, dossier.letters)
    return replace(apology_of(desk, dossier, letter), reprint=reprint)


def log_signed_letters(desk: Desk) -> int:
    """Note the printing of each of them in the ledger; return 1, as for a first print."""
    for letter in _signed_letters(desk):
        log_printed(desk, letter.code, "apology", letter.id)
    return 1


def _signed_letters(desk: Desk) -> list[Letter]:
    waiting = [row.letter for row in progress.letter_rows(desk, LetterState.SIGNED)]
    if not waiting:
        raise Refused("no-letter", _("Không có thư đã ký nào chờ trao; hãy ký thư trước."))
    return waiting


def save_paper(desk: Desk, code: str, kind: str, target: Path) -> int:
    """Write the paper to `target`, log it as printed and return its number of pages.

    Trouble ("cannot-save") when it cannot be written.
    """
    desk.require(Act.PRINT)
    pages = save_pdf(paper_pdf(desk, code, kind), target)
    log_printed(desk, code, kind)
    return pages
