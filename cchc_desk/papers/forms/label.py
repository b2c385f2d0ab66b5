"""The label on a folder: its code to be scanned, owner, due moment and place."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from reportlab.lib.units import mm

from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.fonts import BOLD
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style

_MOST_LINES = 5  # of each text: so many of all three fit; the dossier itself has the whole

_TEXT = Style(size=18, before=8)
_MARGIN = 9 * mm
_SCALES = (1.05, 0.95, 0.85, 0.75, 0.62)  # of the type; only in the last are words left out


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


def label_drawing(label: Label) -> Drawing:
    """Return one A6 page to be drawn in the largest type that it holds."""
    about = Metadata(f"Nhãn {label.code}", label.office, label.made)
    for scale in _SCALES:
        draw = partial(_label, label, scale == _SCALES[-1])
        drawing = Drawing(about, "A6", [draw], (0, 0), label.watermark, scale)
        if drawing.pages() == 1:
            break
    return drawing


def _label(label: Label, shortened: bool, sheet: Sheet) -> None:
    sheet.left, sheet.right = _MARGIN, sheet.width - _MARGIN
    sheet.y, sheet.bottom = _MARGIN, sheet.height - _MARGIN
    high = 18 * mm * sheet.scale
    codes.code128(sheet, label.code, sheet.left, sheet.y, high, sheet.room)
    sheet.y += high + 4 * sheet.scale
    sheet.paragraph(label.code, Style(font=BOLD, size=20, before=0, role="H1"))
    sheet.paragraph(f"Hẹn trả {label.due:%H:%M}", Style(size=20, before=8))
    sheet.paragraph(f"{label.due:%d/%m/%Y}", Style(font=BOLD, size=44, before=0, leading=1.1))
    for text in (label.owner, label.procedure, f"Nơi để: {label.place or '……………………'}"):
        sheet.paragraph(_shortened(sheet, text) if shortened else text, _TEXT)


def _shortened(sheet: Sheet, text: str) -> str:
    """Return the text, without its last words when it takes too many lines."""
    shown = text
    while len(sheet.lines_of(shown, _TEXT, sheet.room)) > _MOST_LINES:
        bare = shown.removesuffix(" …")
        shown = (bare.rsplit(" ", 1)[0] if " " in bare else bare[:-1]) + " …"
    return shown
