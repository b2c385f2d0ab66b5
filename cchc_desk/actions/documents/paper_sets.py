"""The papers that one step needs, made and noted together; kinds and counts are settings."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from cchc_desk.actions.documents.paper_setup import PaperSetup, paper_setup
from cchc_desk.actions.documents.printing import Printout, file_of
from cchc_desk.actions.documents.saving import pages_of
from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.dossier import Dossier, LetterState
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.output_file import output_file
from cchc_desk.papers.layout.sheet import Drawing, joined
from cchc_desk.session import Desk
from cchc_desk.settings import PAPER_STEPS, SET_PARTS, PaperStep

_NOT_THERE = ("no-slip", "no-letter", "not-returned")  # a paper that this dossier does not have


@dataclass(frozen=True)
class SetPaper:
    """One kind of paper of a set: how many of it, on which sheet and printer, and its drawing."""

    kind: str
    copies: int
    setup: PaperSetup
    drawing: Drawing
    printout: Printout

    @cached_property
    def pdf(self) -> bytes:
        """One of it as PDF."""
        return self.drawing.pdf()


@dataclass(frozen=True)
class PaperSet:
    """The papers of one step of a dossier; `left_out` are sentences on those it does not have."""

    code: str
    step: PaperStep
    made: datetime
    papers: tuple[SetPaper, ...]
    left_out: tuple[str, ...]

    @property
    def pdf(self) -> bytes:
        """All of them in one file, each as often as it is wanted."""
        drawings = [paper.drawing for paper in self.papers for _copy in range(paper.copies)]
        title = f"Bộ giấy {self.code}: {PAPER_STEPS[self.step]}"
        return joined(file_of(drawings, title, self.made), drawings)


@dataclass(frozen=True)
class SavedPaper:
    """A paper of a set that was written to `file`, to be printed `copies` times."""

    kind: str
    copies: int
    file: Path
    pages: int


def counts(desk: Desk, step: PaperStep) -> tuple[tuple[str, int], ...]:
    """Return the kinds that the desk wants for this step and how many of each, in their order."""
    parts = ((part.kind, desk.settings[part.key]) for part in SET_PARTS if part.step is step)
    return tuple((kind, copies) for kind, copies in parts if copies)


def paper_set(desk: Desk, code: str, step: PaperStep) -> PaperSet:
    """Make the papers of a step, each with the size, offset and printer of its kind.

    Raises Refused("paper-set-empty") where the desk wants none, ("unknown-dossier"), and as
    paper_pdf() where the dossier has none of them.
    """
    desk.require(Permission.PRINT)
    wanted = counts(desk, step)
    if not wanted:
        raise Refused("paper-set-empty", nothing_wanted(step), "step")
    with desk.read() as connection:
        dossier = progress.counted_dossier(connection, code)
    papers, missing = [], []
    for kind, copies in wanted:
        try:
            papers.append(_paper(desk, dossier, kind, copies))
        except Refused as refused:
            if refused.code not in _NOT_THERE:
                raise
            missing.append(refused)
    if not papers:
        raise missing[0]
    left_out = tuple(refused.message for refused in missing)
    return PaperSet(dossier.code, step, desk.now(), tuple(papers), left_out)


def nothing_wanted(step: PaperStep) -> str:
    """Return the sentence on a step for which the desk prints nothing."""
    return _(
        "Bộ giấy của bước «{step}» chưa có giấy nào; hãy đặt số bản trong Cài đặt, nhóm «Bộ giấy "
        "của từng bước»."
    ).format(step=_(PAPER_STEPS[step]))


def _paper(desk: Desk, dossier: Dossier, kind: str, copies: int) -> SetPaper:
    letter_id = _signed_letter(dossier) if kind == "apology" else None
    printout = Printout(desk, dossier.code, kind, letter_id)
    return SetPaper(kind, copies, paper_setup(desk, kind), printout.drawing(), printout)


def _signed_letter(dossier: Dossier) -> str:
    """Return the id of the letter signed last. Raises Refused("no-letter")."""
    signed = [letter for letter in dossier.letters if letter.state is not LetterState.DRAFTED]
    if not signed:
        raise Refused(
            "no-letter",
            _("Hồ sơ {code} chưa có thư xin lỗi nào đã ký.").format(code=dossier.code),
            "letter",
        )
    return signed[-1].id


def log_printed(papers: Iterable[SetPaper]) -> None:
    """Note in the ledger that these papers of a set were printed, each as a single print does."""
    for paper in papers:
        paper.printout.log()


def save_set(desk: Desk, code: str, step: PaperStep, folder: Path) -> tuple[SavedPaper, ...]:
    """Write each kind into its own file of `folder`, and log them as printed.

    Raises as paper_set() and output_file(); then no paper has its file.
    """
    made = paper_set(desk, code, step)
    saved = []
    with ExitStack() as files:
        for paper in made.papers:
            file = folder / f"{made.code}-{paper.kind}.pdf"
            files.enter_context(output_file(file)).write(paper.pdf)
            saved.append(SavedPaper(paper.kind, paper.copies, file, pages_of(paper.pdf)))
        log_printed(made.papers)
    return tuple(saved)
