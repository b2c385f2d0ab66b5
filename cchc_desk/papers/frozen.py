"""Papers that are given to somebody: their facts as JSON and back, and their drawing.

A form is the shape of a paper's facts. It may gain a field that has a default; where it changes
otherwise, the new shape gets a name of its own and the old one stays here, for papers that were
given in it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from cchc_desk.papers.forms.apology import Apology, apology_drawing
from cchc_desk.papers.forms.correction import CorrectionNote, correction_drawing
from cchc_desk.papers.forms.receipt import Receipt, receipt_drawing
from cchc_desk.papers.forms.refusal import Refusal, refusal_drawing
from cchc_desk.papers.forms.reminder import ReminderSlip, reminder_drawing
from cchc_desk.papers.forms.report import ReportPaper, report_drawing
from cchc_desk.papers.forms.return_receipt import ReturnReceipt, return_receipt_drawing
from cchc_desk.papers.forms.stop_notice import StopNotice, stop_notice_drawing
from cchc_desk.papers.forms.supplement import Supplement, supplement_drawing
from cchc_desk.papers.layout.sheet import Drawing

PaperText = (
    Apology
    | CorrectionNote
    | Receipt
    | Refusal
    | ReminderSlip
    | ReportPaper
    | ReturnReceipt
    | StopNotice
    | Supplement
)


@dataclass(frozen=True)
class _Form:
    facts: type[PaperText]
    drawing: Callable[..., Drawing]


_FORMS = {
    "receipt-1": _Form(Receipt, receipt_drawing),
    "supplement-1": _Form(Supplement, supplement_drawing),
    "refusal-1": _Form(Refusal, refusal_drawing),
    "apology-1": _Form(Apology, apology_drawing),
    "stop-1": _Form(StopNotice, stop_notice_drawing),
    "return-1": _Form(ReturnReceipt, return_receipt_drawing),
    "correction-1": _Form(CorrectionNote, correction_drawing),
    "reminder-1": _Form(ReminderSlip, reminder_drawing),
    "report-1": _Form(ReportPaper, report_drawing),
}
_NAMES = {form.facts: name for name, form in _FORMS.items()}
_ENCODER = msgspec.json.Encoder(order="sorted")


def form_of(text: PaperText) -> str:
    """Return the name of the form that this paper has today."""
    return _NAMES[type(text)]


def written(text: PaperText) -> str:
    """Return the paper's text and moments as JSON; equal papers give equal JSON."""
    return _ENCODER.encode(text).decode()


def read(form: str, facts: str) -> PaperText:
    """Return the paper from the JSON of any version; ValueError where none wrote it."""
    if form not in _FORMS:
        raise ValueError(f"no form {form}")
    try:
        return msgspec.json.decode(facts, type=_FORMS[form].facts)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error


def drawing_of(
    text: PaperText, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the paper to be drawn."""
    return _FORMS[form_of(text)].drawing(text, paper=paper, offset_mm=offset_mm)


def scan_on(text: PaperText) -> str:
    """Return what the paper's QR holds beside the dossier's code; "" where it holds no more."""
    return text.scan if isinstance(text, Apology | Receipt | StopNotice) else ""


# --- the mark that says what a paper is beside others of its kind ---------------------------------


def marked(text: PaperText, mark: str) -> PaperText:
    """Return the paper with this mark under its title, "" for none."""
    paper: Any = text
    if "reprint" in vars(text):
        marked_paper: PaperText = replace(paper, reprint=mark)
    else:
        marked_paper = replace(paper, head=replace(paper.head, reprint=mark))
    return marked_paper


def mark_of(text: PaperText) -> str:
    """Return the mark under the paper's title; "" where it has none."""
    facts = vars(text)
    mark: str = facts["reprint"] if "reprint" in facts else facts["head"].reprint
    return mark
