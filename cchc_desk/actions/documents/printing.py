"""Papers of dossiers as PDF, and the ledger's note of every printing."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cchc_desk.actions.boards import morning_sheet
from cchc_desk.actions.documents.choosing import Chosen, choose
from cchc_desk.actions.documents.freezing import freeze, pdf_hash
from cchc_desk.actions.documents.paper_setup import PaperSetup, check_kind, paper_setup
from cchc_desk.actions.documents.reprints import IN_EXCHANGE, corrected_last, reprint_mark
from cchc_desk.actions.documents.saving import pages_of
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.papers import one_page_history
from cchc_desk.actions.papers.apology_papers import apology_of
from cchc_desk.actions.papers.correction_paper import correction_note_of
from cchc_desk.actions.papers.dossier_papers import (
    control_sheet_of,
    label_of,
    receipt_of,
    return_receipt_of,
)
from cchc_desk.actions.papers.slip_papers import SlipPaper, slip_text
from cchc_desk.domain.dossiers.dossier import Letter, LetterState
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.papers.slips import Slip
from cchc_desk.domain.people.applicant import applicant_in
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.output_file import output_file
from cchc_desk.papers import frozen
from cchc_desk.papers.forms.apology import Apology, apology_drawing
from cchc_desk.papers.forms.control_sheet import control_sheet_drawing
from cchc_desk.papers.forms.label import label_drawing
from cchc_desk.papers.frozen import PaperText
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, joined
from cchc_desk.papers.layout.words import capitalised
from cchc_desk.papers.printer_page import PrinterPage, printer_page_drawing
from cchc_desk.session import Desk
from cchc_desk.settings import PAPERS
from cchc_desk.store.engine.database import Connection, readable
from cchc_desk.store.papers import visitors


@dataclass(frozen=True)
class _Drawn:
    """A paper of a dossier that was drawn.

    `text` as things stood after the ledger's entry `after`, None where it was drawn as it is frozen
    under `number`; both None for a paper that is not kept. `pdf_sha256` is the text's pdf_hash(),
    "" while unknown.
    """

    text: PaperText | None
    number: int | None
    after: int = 0
    pdf_sha256: str = ""


class Printout:
    """One paper on its way to the printer: what is frozen and noted is what was drawn.

    `code` is a dossier's; for a slip given before acceptance the slip's id; "" for the morning
    sheet and the test page. `subject` is the id of a letter or slip, `number` that of a frozen
    paper; without them the newest is meant.
    """

    def __init__(
        self,
        desk: Desk,
        code: str,
        kind: str,
        subject: str | None = None,
        number: int | None = None,
    ) -> None:
        self.desk, self.code, self.kind = desk, code, kind
        self.subject, self.number = subject, number
        self._drawn: _Drawn | None = None

    def pdf(self) -> bytes:
        """Return the paper as PDF; raises as drawing()."""
        drawing = self.drawing()
        pdf = drawing.pdf()
        drawn, as_kept = self._drawn, (drawing.paper, drawing.offset_mm) == ("A4", (0.0, 0.0))
        if drawn and drawn.text and as_kept:
            self._drawn = replace(drawn, pdf_sha256=hashlib.sha256(pdf).hexdigest())
        return pdf

    def drawing(self) -> Drawing:
        """Return the paper to be drawn; one that was given before as it was then, marked a reprint.

        What was never given is drawn as things stand, in the form set of the regime the dossier was
        accepted under. Raises Refused("paper-kind"), ("not-returned"), ("no-correction"), and as
        choose().
        """
        desk, kind = self.desk, self.kind
        desk.require(Permission.READ)
        setup = paper_setup(desk, kind)
        if kind == "morning":
            return morning_sheet.sheet_drawing(desk)
        if kind == "test":
            return _test_page(desk, setup)
        if kind == "history":
            return one_page_history.history_paper(desk, self.code, setup.offset_mm)
        with desk.read() as connection:
            chosen = choose(connection, self.code, kind, self.subject, self.number)
            text = _text(desk, connection, chosen)
        if text is None:
            self._drawn = _Drawn(None, None)
            return _as_it_stands(desk, chosen, setup)
        mark = reprint_mark(frozen.mark_of(text), chosen.times)
        given, past = chosen.given, chosen.owner.past
        if given or not chosen.kept:
            self._drawn = _Drawn(None, given.number if given else None)
        else:
            self._drawn = _Drawn(text, None, past[-1][0].seq if past else 0)
        marked = frozen.marked(text, mark)
        return frozen.drawing_of(marked, paper=setup.size, offset_mm=setup.offset_mm)

    def log(self) -> int:
        """Freeze the paper at its first printing and note it in the ledger, in one transaction.

        Return the times of printing so far, 2 and more are reprints. Raises as pdf().
        """
        desk = self.desk
        desk.require(Permission.PRINT)
        check_kind(self.kind)
        drawn = self._drawn
        if drawn and drawn.text and not drawn.pdf_sha256:  # others wait for no drawing
            self._drawn = replace(drawn, pdf_sha256=pdf_hash(drawn.text))
        with desk.write() as connection:
            if self.kind == "morning":
                desk.record(connection, Printed(self.kind, 1), self.code)
                return 1
            chosen = choose(connection, self.code, self.kind, self.subject, self.number)
            times = 1 + len(chosen.printed)
            printed = Printed(
                self.kind,
                times,
                slip=chosen.subject if isinstance(chosen.numbered, Slip) else None,
                letter=chosen.subject if isinstance(chosen.numbered, Letter) else None,
            )
            printed = self._frozen(connection, chosen, printed)
            desk.record(connection, printed, chosen.owner.code)
        return times

    def save(self, target: Path) -> int:
        """Write the paper to `target`, log it as printed and return its number of pages.

        Raises as output_file().
        """
        self.desk.require(Permission.PRINT)
        pdf = self.pdf()
        with output_file(target) as out:
            out.write(pdf)
            self.log()
        return pages_of(pdf)

    def _frozen(self, connection: Connection, chosen: Chosen, printed: Printed) -> Printed:
        """Add the frozen paper that was printed, and its hashes where this printing froze it.

        Of two programs that print the first one at once, the second finds it frozen; what it drew
        is frozen beside it only if it differs.
        """
        drawn, given = self._drawn, chosen.given
        if drawn and drawn.number:
            return replace(printed, paper=drawn.number)
        text = drawn.text if drawn else None
        if given and (drawn is None or (text and frozen.written(text) == given.facts)):
            return replace(printed, paper=given.number)
        if not chosen.kept or (drawn and text is None):
            return printed
        text = text or _text(self.desk, connection, chosen)
        assert text is not None, "a kept paper has a text"
        paper = freeze(
            self.desk,
            connection,
            chosen.owner.code,
            chosen.kind,
            chosen.subject,
            text,
            drawn.pdf_sha256 if drawn else "",
        )
        older = drawn is not None and drawn.after < corrected_last(chosen.owner.past)
        return replace(
            printed,
            drawn_after=drawn.after if drawn and older else None,
            paper=paper.number,
            facts_sha256=paper.facts_sha256,
            pdf_sha256=paper.pdf_sha256,
        )


class Printouts:
    """One kind of paper of several dossiers, on its way to the printer in one PDF."""

    def __init__(self, papers: Sequence[Printout]) -> None:
        self._papers = papers

    def pdf(self) -> bytes:
        """Return all of them in one PDF; raises as Printout.drawing()."""
        drawings = [paper.drawing() for paper in self._papers]
        first = self._papers[0]
        title = f"{capitalised(PAPERS[first.kind])} của {len(drawings):02d} hồ sơ"
        return joined(file_of(drawings, title, first.desk.now()), drawings)

    def log(self) -> int:
        """Note each printing in the ledger; return the most times that one was printed."""
        return max(paper.log() for paper in self._papers)


def file_of(drawings: Sequence[Drawing], title: str, made: datetime) -> Metadata:
    """Return what a file with these papers is called; with one alone it is that paper."""
    first = drawings[0].metadata
    return first if len(drawings) == 1 else Metadata(title, first.author, made)


def save_drawn(desk: Desk, pdf: bytes, target: Path, log: Callable[[], int] | None) -> None:
    """Write a PDF that was drawn; what the ledger notes when it is printed counts as printed.

    `log` is that of the paper, None for lists. Raises as output_file().
    """
    if log:
        desk.require(Permission.PRINT)
    with output_file(target) as out:
        out.write(pdf)
        if log:
            log()


def paper_pdf(
    desk: Desk, code: str, kind: str, subject: str | None = None, number: int | None = None
) -> bytes:
    """Return the paper as PDF; arguments and refusals as of Printout."""
    return Printout(desk, code, kind, subject, number).pdf()


def log_printed(
    desk: Desk, code: str, kind: str, subject: str | None = None, number: int | None = None
) -> int:
    """Note a printing in the ledger; return the times so far, 2 and more are reprints."""
    return Printout(desk, code, kind, subject, number).log()


def save_paper(
    desk: Desk,
    code: str,
    kind: str,
    target: Path,
    subject: str | None = None,
    number: int | None = None,
) -> int:
    """Write the paper to `target`, log it as printed and return its number of pages."""
    return Printout(desk, code, kind, subject, number).save(target)


def _text(desk: Desk, connection: Connection, chosen: Chosen) -> PaperText | None:
    """Return a paper as it was given, or as things stand, under its mark; None for other kinds."""
    if chosen.given:
        with readable(f"{chosen.owner.code} ({chosen.kind})"):
            return frozen.read(chosen.given.form, chosen.given.facts)
    text = _new_text(desk, connection, chosen)
    return text and frozen.marked(text, chosen.standing if chosen.kept else "")


def _new_text(desk: Desk, connection: Connection, chosen: Chosen) -> PaperText | None:
    kind, numbered, dossier = chosen.kind, chosen.numbered, chosen.owner.dossier
    if isinstance(numbered, Slip):
        if dossier is None:
            who = applicant_in(visitors.visitor_of(connection, numbered.id))
            return slip_text(desk, SlipPaper(numbered, who, None))
        return slip_text(desk, SlipPaper(numbered, dossier.applicant, dossier))
    assert dossier is not None, "only slips are given before acceptance"
    if isinstance(numbered, Letter):
        return apology_of(desk, dossier, numbered)
    if kind == "receipt":
        return receipt_of(desk, dossier)
    if kind == "return":
        return return_receipt_of(desk, dossier)
    return correction_note_of(desk, dossier) if kind == "correction" else None


def _as_it_stands(desk: Desk, chosen: Chosen, setup: PaperSetup) -> Drawing:
    dossier = chosen.owner.dossier
    assert dossier is not None, "only slips are given before acceptance"
    if chosen.kind == "label":
        return label_drawing(label_of(desk, dossier))
    assert chosen.kind == "control", "every other kind was made above"
    since = sum(seq > corrected_last(chosen.owner.past) for seq in chosen.printed)
    mark = reprint_mark(IN_EXCHANGE if since < len(chosen.printed) else "", since)
    sheet = replace(control_sheet_of(desk, dossier), reprint=mark)
    return control_sheet_drawing(sheet, paper=setup.size, offset_mm=setup.offset_mm)


def _test_page(desk: Desk, setup: PaperSetup) -> Drawing:
    place = f"{desk.settings['unit_name']} · {desk.settings['desk_name']}"
    code = f"{desk.settings['unit_code']}-000000-0000"
    page = PrinterPage(place, code, desk.now(), setup.printer, setup.offset_mm, desk.watermark)
    return printer_page_drawing(page, setup.size)


def signed_letters_pdf(desk: Desk) -> bytes:
    """Return every signed letter that waits to be handed over, in one PDF.

    Raises Refused("no-letter") where none waits.
    """
    desk.require(Permission.PRINT)
    setup = paper_setup(desk, "apology")
    drawings = [
        apology_drawing(_signed_letter(desk, letter), paper=setup.size, offset_mm=setup.offset_mm)
        for letter in _signed_letters(desk)
    ]
    return joined(file_of(drawings, "Thư xin lỗi đã ký, chờ trao", desk.now()), drawings)


def _signed_letter(desk: Desk, letter: Letter) -> Apology:
    """Return the letter as it was signed, marked where it was printed before."""
    with desk.read() as connection:
        chosen = choose(connection, letter.code, "apology", letter.id, None)
        text = _text(desk, connection, chosen)
    assert isinstance(text, Apology), "a letter is one"
    return replace(text, reprint=reprint_mark(frozen.mark_of(text), chosen.times))


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
