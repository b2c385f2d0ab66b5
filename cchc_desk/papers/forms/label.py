"""The label on a folder: its code to be scanned, owner, due moment and place."""

from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.units import mm

from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.archive import Metadata
from cchc_desk.papers.layout.fonts import BOLD
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages

_MOST_LINES = 5  # of each text: so many of all three fit; the dossier itself has the whole

_TEXT = Style(size=18, before=8)


@dataclass(frozen=True)
class Label:
    """All text of the label."""

    code: str
    owner: str
    procedure: str
    due: datetime
    place: str
    office: str
    made: datetime
    watermark: str = ""


def label_pdf(label: Label) -> bytes:
    """Draw one A6 page. Same input, same bytes."""
    draw = [lambda sheet: _label(sheet, label)]
    about = Metadata(f"Nhãn {label.code}", label.office, label.made)
    return on_pages(about, "A6", draw, watermark=label.watermark, margin_mm=10)


def _label(sheet: Sheet, label: Label) -> None:
    codes.code128(sheet, label.code, sheet.left, sheet.y, 12 * mm, 62 * mm)
    sheet.y += 14 * mm
    sheet.paragraph(label.code, Style(font=BOLD, size=20, before=0, role="H1"))
    sheet.paragraph(f"Hẹn trả {label.due:%H:%M}", Style(size=20, before=8))
    sheet.paragraph(f"{label.due:%d/%m/%Y}", Style(font=BOLD, size=44, before=0, leading=1.1))
    for text in (label.owner, label.procedure, f"Nơi để: {label.place or '……………………'}"):
        sheet.paragraph(_shortened(sheet, text), _TEXT)


def _shortened(sheet: Sheet, text: str) -> str:
    """Return the text, without its last words when it takes too many lines."""
    shown = text
    while len(sheet.lines_of(shown, _TEXT, sheet.room)) > _MOST_LINES:
        bare = shown.removesuffix(" …")
        shown = (bare.rsplit(" ", 1)[0] if " " in bare else bare[:-1]) + " …"
    return shown
