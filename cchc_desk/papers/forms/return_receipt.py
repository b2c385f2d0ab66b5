"""Giấy biên nhận trả kết quả: a result handed over, with papers returned and authority."""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.words import code_lines, date_in_words, moment_in_words

TITLE = "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ"
_LINE = Style(before=5)


@dataclass(frozen=True)
class ReturnReceipt:
    """All text of the paper; what does not concern it is ""."""

    agency: Agency
    place: str
    code: str
    owner: str
    procedure: str
    result: str
    returned: datetime
    to: str
    phone: str
    id_label: str
    id_number: str
    lateness: str
    authority: str
    how: str
    papers_back: str
    originals: str
    official: str
    portal_code: str = ""
    watermark: str = ""
    reprint: str = ""


def return_receipt_drawing(
    given: ReturnReceipt, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the paper to be drawn."""
    draw = [lambda sheet: _sheet(sheet, given)]
    about = Metadata(f"{TITLE} {given.code}", given.agency.full_name, given.returned)
    return Drawing(about, paper, draw, offset_mm, given.watermark)


def _sheet(sheet: Sheet, given: ReturnReceipt) -> None:
    sheet.foot = given.code
    header(sheet, given.agency, "", f"{given.place}, {date_in_words(given.returned.date())}")
    sheet.paragraph(TITLE, Style(font=BOLD, size=14, before=16, align="centre", role="H1"))
    for named in code_lines(given.code, given.portal_code):
        sheet.paragraph(named, Style(font=BOLD, size=13, before=1, align="centre"))
    if given.reprint:
        sheet.paragraph(f"({given.reprint})", Style(font=ITALIC, size=12, before=1, align="centre"))
    for label, value in (
        ("Chủ hồ sơ", given.owner),
        ("Nội dung hồ sơ", given.procedure),
        ("Kết quả trả", given.result),
        ("Thời gian trả", moment_in_words(given.returned)),
        ("Cách trả", given.how),
        ("Người nhận", given.to),
        ("Số điện thoại", given.phone),
        (given.id_label, given.id_number),
    ):
        sheet.labelled(label, value, _LINE)
    for label, value in (
        ("Nhận thay theo", given.authority),
        ("Trễ hẹn", given.lateness),
        ("Giấy tờ trả lại", given.papers_back),
        ("Bản chính thu lại", given.originals),
    ):
        if value:
            sheet.paragraph(f"{label}: {value}", _LINE)
    hint = "(Ký và ghi rõ họ tên)"
    signatures(
        sheet,
        [
            Signature("NGƯỜI NHẬN KẾT QUẢ", hint, given.to),
            Signature("NGƯỜI TRẢ KẾT QUẢ", hint, given.official),
        ],
    )
