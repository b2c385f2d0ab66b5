"""Mẫu 04: the apology letter, in the form of 2018 (Phiếu xin lỗi và hẹn lại …) or of 2025.

It never names a clerk; the layout of 2025 is known by name and data only [G] (docs/papers.md).
"""

from dataclasses import dataclass
from datetime import date
from functools import partial

from cchc_desk.papers.forms.slip import Checked, Paragraph, addressed_to, letter_ends, paragraphs
from cchc_desk.papers.layout.blocks import Agency, Signature, header
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.words import date_in_words

_TITLES = {
    "2018": "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    "2025": "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
}
_TITLE_WITHOUT_DATE = {
    "2018": "PHIẾU XIN LỖI",
    "2025": "VĂN BẢN XIN LỖI",
}
DRAFT = "DỰ THẢO"


def apology_title(form_set: str, *, dated: bool) -> str:
    """Return the letter's title; one without a new date neither re-appoints nor extends."""
    return (_TITLES if dated else _TITLE_WITHOUT_DATE)[form_set]


@dataclass(frozen=True)
class Apology:
    """An apology letter as it is said; `number` and `signed` are None for a draft.

    `body` holds its sentences as written on the day it was signed; the last one ends with "./.".
    `check` is the check code, `scan` what the QR holds; "" on a draft and on older papers.
    """

    agency: Agency
    place: str
    number: str | None
    symbol: str
    signed: date | None
    title: str
    code: str
    addressee: str
    address: str
    phone: str
    body: tuple[Paragraph, ...]
    signer_lines: tuple[str, ...]
    signer: str
    desk: str
    drafted: date
    watermark: str = ""
    reprint: str = ""
    check: str = ""
    scan: str = ""


def apology_drawing(
    apology: Apology, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the letter to be drawn; a draft has the mark DRAFT and no number."""
    made = apology.signed or apology.drafted
    about = Metadata(f"{apology.title} {apology.code}", apology.agency.full_name, made)
    watermark = apology.watermark or ("" if apology.number else DRAFT)
    return Drawing(about, paper, [partial(_letter, apology)], offset_mm, watermark)


def _letter(apology: Apology, sheet: Sheet) -> None:
    sheet.foot = apology.code
    number = f"Số: {apology.number or '……/' + apology.symbol}"
    day = date_in_words(apology.signed) if apology.signed else "ngày …… tháng …… năm ………"
    header(sheet, apology.agency, number, f"{apology.place}, {day}")
    sheet.paragraph(apology.title, Style(font=BOLD, size=14, before=12, align="centre", role="H1"))
    if apology.reprint:
        sheet.paragraph(
            f"({apology.reprint})", Style(font=ITALIC, size=12, before=1, align="centre")
        )
    addressed_to(sheet, apology.addressee, apology.address, apology.phone)
    *before, last = apology.body
    paragraphs(sheet, before)
    signature = Signature(
        "\n".join(apology.signer_lines), "", apology.signer, by_key=apology.number is not None
    )
    checked = Checked(apology.check, apology.scan, f"Mã QR để kiểm tra thư số {apology.number}")
    letter_ends(sheet, last.text, apology.desk, signature, checked)
