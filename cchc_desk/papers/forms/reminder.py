"""Phiếu đôn đốc: somebody asks again about a dossier, and whoever has it answers by a moment.

No ministry has a form for it: layout and words follow the slip of a ward (docs/papers.md).
"""

from dataclasses import dataclass, replace

from cchc_desk.papers.forms.slip import (
    BODY,
    LINE,
    Citizen,
    Paragraph,
    SlipHead,
    addressed_to,
    contact,
    head,
    paragraphs,
)
from cchc_desk.papers.layout.blocks import Signature, signatures, signing_room
from cchc_desk.papers.layout.fonts import BOLD, REGULAR, width
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style

TITLE = "PHIẾU ĐÔN ĐỐC GIẢI QUYẾT HỒ SƠ"
_ANSWERS = (
    "Hồ sơ đã làm đến bước",
    "Vướng mắc (nếu có)",
    "Thời gian có kết quả",
    "Đã trả lời người đôn đốc (lúc nào, bằng cách nào)",
)
_SIGN = "(Ký và ghi rõ họ tên)"


@dataclass(frozen=True)
class ReminderSlip:
    """All text of the slip; `time` in words, `to` with form of address and title."""

    head: SlipHead
    time: str
    to: str
    citizen: Citizen
    body: tuple[Paragraph, ...]
    official: str
    receiver: str
    watermark: str = ""


def reminder_drawing(
    slip: ReminderSlip, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the slip to be drawn."""
    about = slip.head.metadata(f"{TITLE} {slip.head.number}")
    draw = [lambda sheet: _slip(sheet, slip)]
    return Drawing(about, paper, draw, offset_mm, slip.watermark)


def _slip(sheet: Sheet, slip: ReminderSlip) -> None:
    head(sheet, slip.head)
    sheet.paragraph(f"(Lần thứ {slip.time})", Style(font=BOLD, size=13, before=1, align="centre"))
    addressed_to(sheet, slip.to, "", "")
    who = slip.citizen
    sheet.labelled("Chủ hồ sơ", who.name, replace(LINE, before=8))
    contact(sheet, who.phone, who.email, LINE)
    sheet.labelled("Nội dung yêu cầu giải quyết", who.procedure, LINE)
    paragraphs(sheet, slip.body)
    sheet.paragraph("Phần trả lời:", replace(BODY, font=BOLD, before=10))
    signed = [
        Signature("NGƯỜI NHẬN PHIẾU", _SIGN, slip.receiver),
        Signature("NGƯỜI LẬP PHIẾU", _SIGN, slip.official),
    ]
    for label in _ANSWERS:
        last = label == _ANSWERS[-1]
        below = signing_room(sheet, signed) if last else 0
        sheet.paragraph(_dotted(sheet, f"{label}: "), replace(BODY, first=0), below=below)
        if not last:
            sheet.paragraph(_dotted(sheet, ""), replace(BODY, first=0, before=1))
    signatures(sheet, signed)


def _dotted(sheet: Sheet, label: str) -> str:
    """Return the label with dots to the end of its line."""
    size = BODY.size * sheet.scale
    return label + "…" * int((sheet.room - width(label, REGULAR, size)) / width("…", REGULAR, size))
