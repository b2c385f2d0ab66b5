"""Phiếu đính chính: what was typed wrong on a dossier, what is right, and the promise that stays.

No ministry has a form for it: layout and words are the program's own (docs/papers.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cchc_desk.domain.table import Column
from cchc_desk.papers.forms.slip import BODY, KEY_LINE, LINE, sentence
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures, signing_room
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import code_lines, date_in_words, moment_in_words

TITLE = "PHIẾU ĐÍNH CHÍNH THÔNG TIN HỒ SƠ"


@dataclass(frozen=True)
class CorrectedLine:
    """One thing: its name, as it was written, as it should have been."""

    name: str
    before: str
    after: str


_COLUMNS: tuple[Column[CorrectedLine], ...] = (
    Column("Nội dung", lambda line: line.name, 0.22),
    Column("Đã ghi", lambda line: line.before or "(không ghi)", 0.39),
    Column("Sửa thành", lambda line: line.after or "(không ghi)", 0.39),
)


@dataclass(frozen=True)
class CorrectionNote:
    """All text of the note; `due` is the promise as it was printed, `reprint` "" for the first."""

    agency: Agency
    place: str
    made: date
    code: str
    owner: str
    you: str
    accepted: datetime
    due: datetime
    lines: Sequence[CorrectedLine]
    reasons: Sequence[str]
    handed_in_by: str
    official: str
    hotline: str
    reprint: str = ""
    portal_code: str = ""
    watermark: str = ""


def correction_drawing(
    note: CorrectionNote, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the note to be drawn."""
    draw = [lambda sheet: _note(sheet, note)]
    about = Metadata(f"{TITLE} {note.code}", note.agency.full_name, note.made)
    return Drawing(about, paper, draw, offset_mm, note.watermark)


def _note(sheet: Sheet, note: CorrectionNote) -> None:
    sheet.foot = note.code
    header(sheet, note.agency, "", f"{note.place}, {date_in_words(note.made)}")
    sheet.paragraph(TITLE, Style(font=BOLD, size=14, before=16, align="centre", role="H1"))
    for named in code_lines(note.code, note.portal_code):
        sheet.paragraph(named, Style(font=BOLD, size=13, before=1, align="centre"))
    if note.reprint:
        sheet.paragraph(f"({note.reprint})", Style(font=ITALIC, size=12, before=1, align="centre"))
    sheet.labelled("Chủ hồ sơ", note.owner, replace(LINE, before=12))
    sheet.paragraph(f"Thời gian nhận hồ sơ: {moment_in_words(note.accepted)}", LINE)
    sheet.paragraph(
        "Khi nhập hồ sơ, cơ quan đã ghi sai một số thông tin. Nay đính chính như sau:", BODY
    )
    sheet.y += 6 * sheet.scale
    table(sheet, _COLUMNS, list(note.lines), size=12)
    for reason in note.reasons:
        sheet.paragraph(f"Lý do: {sentence(reason)}", LINE)
    sheet.paragraph(
        f"Thời gian hẹn trả kết quả không thay đổi: {moment_in_words(note.due)}.",
        KEY_LINE,
    )
    contact = f" Mọi thắc mắc xin liên hệ số điện thoại {note.hotline}." if note.hotline else ""
    signed = [
        Signature("NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)", note.handed_in_by),
        Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)", note.official),
    ]
    last = (
        f"Phiếu này đi cùng Giấy tiếp nhận hồ sơ và hẹn trả kết quả đã cấp cho {note.you}. "
        f"Xin lỗi {note.you} vì sai sót này.{contact}"
    )
    sheet.paragraph(last[:-1] + "./.", BODY, below=signing_room(sheet, signed))
    signatures(sheet, signed)
