"""All papers of a step before they are printed: one press prints each on its own printer."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cchc_desk.actions.documents import paper_sets, paper_setup
from cchc_desk.actions.documents.paper_sets import PaperSet, SetPaper
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from cchc_desk.settings import PAPER_STEPS, PAPERS, PaperStep
from ui.documents import printing
from ui.documents.pdf_preview import draw_pages
from ui.documents.printing import (
    PRINT_DPI,
    Paper,
    PreviewDialog,
    new_printer,
    paint_pages,
    set_page,
)
from ui.look import texts
from ui.shell import jobs, notices


class SetDialog(PreviewDialog):
    """Shows the papers of a step one after the other, each as often as it will come out.

    Kinds whose printer is known go there at once; for the others it is asked once and remembered.
    """

    print_words = later("In bộ giấy")

    def __init__(self, desk: Desk, code: str, step: PaperStep, parent: QWidget) -> None:
        self.step = step
        self.made: PaperSet | None = None
        self.lines = texts.words("", "quiet")
        title = _("Bộ giấy – {step} – {code}").format(step=_(PAPER_STEPS[step]), code=code)
        make = partial(paper_sets.paper_set, desk, code, step)
        self._make: Callable[[], PaperSet] = make
        file = f"{code}-{step.value}"
        paper = Paper(title, file, lambda: make().pdf, log=self._log_all, code=code)
        super().__init__(desk, paper, parent)

    def _lay_out_head(self, row: QHBoxLayout) -> None:
        row.addWidget(self.lines, 9)

    def _wide(self) -> int:
        return 880

    def draw(self) -> None:
        """Makes the papers anew and shows them."""

        def made() -> tuple[PaperSet, bytes]:
            found = self._make()
            return found, found.pdf

        jobs.run(self, made, lambda found: self._show_set(*found), self._failed)

    def _show_set(self, made: PaperSet, pdf: bytes) -> None:
        self.made = made
        known = printing.printers()
        lines = [_line(paper, known) for paper in made.papers]
        self.lines.setText("\n".join((*lines, *made.left_out)))
        self._drawn(pdf)

    def _log_all(self) -> int:
        """Note the whole set as printed; return 1, as for a first print."""
        if self.made is not None:
            paper_sets.log_printed(self.made.papers)
        return 1

    # --- printing ---------------------------------------------------------------------------------

    def print_paper(self) -> None:
        """Print all; a printer is asked for only where a kind has none on this computer."""
        if self.made is None or not self.has_printer():
            return
        lacking = _without_printer(self.made)
        if lacking:
            self.ask_printer(lacking[0].setup)
        else:
            self._print(self.made, None)

    def send_to(self, printer: QPrinter) -> None:
        """Print all, on `printer` those whose own is not known; it is theirs from now on."""
        if self.made is None:
            return
        name, lacking = printer.printerName(), _without_printer(self.made)
        if not name:  # a file: it keeps no offset
            self._print(self.made, printer)
            return

        def kept() -> PaperSet:
            for paper in lacking:
                own = paper_setup.paper_setup(self.desk, paper.kind, name)
                own = replace(own, size=paper.setup.size)
                paper_setup.keep_paper_setup(self.desk, paper.kind, own)
            return self._make()

        jobs.run(self, kept, lambda made: self._print(made, printer), self._failed)

    def _print(self, made: PaperSet, chosen: QPrinter | None) -> None:
        """Draw every page off the GUI thread, then print run after run."""

        def drawn() -> list[tuple[SetPaper, list[QImage]]]:
            return [
                (paper, draw_pages(paper.pdf, PRINT_DPI) * paper.copies) for paper in made.papers
            ]

        jobs.run(self, drawn, partial(self._print_runs, made, chosen), self._failed)

    def _print_runs(
        self,
        made: PaperSet,
        chosen: QPrinter | None,
        drawn: list[tuple[SetPaper, list[QImage]]],
    ) -> None:
        printed: list[SetPaper] = []
        known = printing.printers()
        for run in _runs(drawn):
            setup = run[0][0].setup
            its_own = setup.printer in known
            is_chosen = chosen is not None and setup.printer in ("", chosen.printerName())
            printer = chosen if chosen and (is_chosen or not its_own) else new_printer(setup)
            set_page(printer, setup)
            if not paint_pages(printer, [page for _paper, pages in run for page in pages]):
                self.say_jammed()
                break
            printed += [paper for paper, _pages in run]
        log = partial(paper_sets.log_printed, tuple(printed))
        whole = len(printed) == len(made.papers)
        jobs.run(self, log, lambda _none: self._printed(printed, whole), self._failed)

    def _printed(self, papers: list[SetPaper], whole: bool) -> None:
        """Close where all came out; what did is noted, and what did not can be printed again."""
        if papers:
            copies = sum(paper.copies for paper in papers)
            names = ", ".join(_(PAPERS[paper.kind]) for paper in papers)
            notices.say(_n("Đã in {n} bản: {papers}.", copies).format(n=copies, papers=names))
        if whole:
            self.accept()


def _without_printer(made: PaperSet) -> list[SetPaper]:
    known = printing.printers()
    return [paper for paper in made.papers if paper.setup.printer not in known]


def _runs(
    drawn: Iterable[tuple[SetPaper, list[QImage]]],
) -> Iterator[list[tuple[SetPaper, list[QImage]]]]:
    """Yield what can go to a printer as one job: the same printer, sheet and size of page."""

    def sheet(one: tuple[SetPaper, list[QImage]]) -> tuple[str, str, int, int]:
        paper, pages = one
        return paper.setup.printer, paper.setup.size, pages[0].width(), pages[0].height()

    for _sheet, run in groupby(drawn, sheet):
        yield list(run)


def _line(paper: SetPaper, known: Collection[str]) -> str:
    """`2 bản giấy hẹn · A4 · HP LaserJet`; `known` are the printers of this computer."""
    setup = paper.setup
    printer = setup.printer if setup.printer in known else _("sẽ hỏi máy in")
    return _n("{n} bản {paper} · {size} · {printer}", paper.copies).format(
        n=paper.copies, paper=_(PAPERS[paper.kind]), size=setup.size, printer=printer
    )
