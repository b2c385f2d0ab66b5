"""The draft of the letter that goes with reports (công văn by NĐ 30/2020, Phụ lục I, II).

Number and day are left free: the office's registrar gives them once a leader has signed.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from cchc_desk.papers.forms.slip import BODY, LINE, numbered, recipients, sentence
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures, signing_room
from cchc_desk.papers.layout.fonts import ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style

DRAFT = "DỰ THẢO"
_ABOUT = "báo cáo kết quả giải quyết thủ tục hành chính"
_NUMBER, _DAY = "Số: ……/……", "ngày …… tháng …… năm ………"
_DRAFT_LINE = Style(font=ITALIC, size=12, before=6, align="centre")
_ADDRESSED = Style(size=14, before=14, align="centre")


@dataclass(frozen=True)
class CoveringLetter:
    """What the letter says: to whom, about which period, and what is enclosed, a line for each."""

    agency: Agency
    place: str
    receiver: str
    period: str
    first: date
    last: date
    enclosed: tuple[str, ...]
    signer: tuple[str, ...]
    made: date
    watermark: str = ""

    @property
    def subject(self) -> str:
        return f"V/v {_ABOUT} {self.period}"


def covering_letter_drawing(letter: CoveringLetter) -> Drawing:
    """Return the letter to be drawn, marked as a draft."""
    about = Metadata(f"{DRAFT}: {letter.subject}", letter.agency.full_name, letter.made)
    return Drawing(about, "A4", [partial(_letter, letter)], watermark=letter.watermark or DRAFT)


def _letter(letter: CoveringLetter, sheet: Sheet) -> None:
    header(sheet, letter.agency, _NUMBER, f"{letter.place}, {_DAY}", letter.subject)
    sheet.paragraph(f"({DRAFT})", _DRAFT_LINE)
    sheet.paragraph(f"Kính gửi: {sentence(letter.receiver)}", _ADDRESSED)
    sheet.y += 6 * sheet.scale
    days = f"từ ngày {letter.first:%d/%m/%Y} đến hết ngày {letter.last:%d/%m/%Y}"
    sheet.paragraph(
        f"Thực hiện chế độ báo cáo định kỳ, {letter.agency.name} gửi {letter.receiver} "
        f"{_ABOUT} {letter.period} (số liệu {days}), gồm:",
        BODY,
    )
    numbered(sheet, tuple(map(sentence, letter.enclosed)))
    sheet.paragraph("Mỗi báo cáo có bản PDF và bảng tính kèm theo.", LINE)
    blocks = (Signature(), Signature("\n".join(letter.signer), stamped=True))
    last = f"{letter.agency.name} trân trọng báo cáo./."
    sheet.paragraph(last, BODY, below=4 * sheet.scale + signing_room(sheet, blocks))
    sheet.y += 4 * sheet.scale
    ends = recipients(sheet, sheet.y + 10 * sheet.scale, ("- Như trên;", "- Lưu: VT."))
    signatures(sheet, blocks)
    sheet.y = max(sheet.y, ends)
