"""Mẫu 01 numbered beforehand, with dots to be filled in by hand while there is no power."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from reportlab.lib.units import mm

from cchc_desk.papers.forms.receipt import COPIES, TITLE
from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.archive import Metadata
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages

# The lines of Mẫu 01 in their order, each with dots to its end; "" is one more line of dots.
_LINES = (
    "Tiếp nhận hồ sơ của: ",
    "Người nộp (nếu nộp thay): ",
    "Địa chỉ: ",
    "Số điện thoại: ………………………………… Email: ",
    "Số CMND/Thẻ căn cước/Hộ chiếu (mã số thuế): ",
    "Nội dung yêu cầu giải quyết: ",
    "",
    "1. Thành phần hồ sơ nộp gồm: ",
    *[""] * 5,
)
_PROMISE = (
    "2. Số lượng hồ sơ: ………… (bộ)",
    "3. Thời gian giải quyết hồ sơ theo quy định là: ………… ngày làm việc",
    "4. Thời gian nhận hồ sơ: …… giờ …… phút, ngày …… tháng …… năm ………",
    "5. Thời gian trả kết quả giải quyết hồ sơ: …… giờ …… phút, ngày ……/……/…………",
)
_LINE = Style(before=7.5)  # with the line itself some 8 mm: room for handwriting


@dataclass(frozen=True)
class BlankReceipts:
    """The numbers to print, and the head of each receipt."""

    agency: Agency
    place: str
    desk: str
    numbers: Sequence[str]
    made: date
    watermark: str = ""


def blank_receipts_pdf(blank: BlankReceipts) -> bytes:
    """Draw two A4 pages for each number, one for each copy. Same input, same bytes."""
    draw = [partial(_copy, blank, number, copy) for number in blank.numbers for copy in COPIES]
    metadata = Metadata(f"{TITLE} – in sẵn số", blank.agency.full_name, blank.made)
    return on_pages(metadata, "A4", draw, watermark=blank.watermark, margin_mm=14)


def _copy(blank: BlankReceipts, number: str, copy: str, sheet: Sheet) -> None:
    header(sheet, blank.agency, "", f"{blank.place}, ngày …… tháng …… năm ………")
    top = sheet.y - 12
    codes.code128(sheet, number, sheet.left, top, 9 * mm, 58 * mm)
    sheet.y = max(sheet.y, top + 9 * mm) + 2
    sheet.paragraph(TITLE, Style(font=BOLD, size=14, before=4, align="centre", role="H1"))
    sheet.paragraph(f"Số in sẵn: {number}", Style(font=BOLD, before=1, align="centre"))
    sheet.paragraph(f"({copy})", Style(font=ITALIC, size=12, before=1, align="centre"))
    sheet.paragraph(f"Bộ phận (Trung tâm) tiếp nhận và trả kết quả: {blank.desk}", _LINE)
    for label in _LINES:
        _dotted(sheet, label)
    for text in _PROMISE:
        sheet.paragraph(text, _LINE)
    _dotted(sheet, "6. Đăng ký nhận kết quả tại: ")
    sheet.paragraph("Vào Sổ theo dõi hồ sơ, Quyển số: …………… Số thứ tự: ……………", _LINE)
    hint = "(Ký và ghi rõ họ tên)"
    signatures(
        sheet,
        [Signature("NGƯỜI NỘP HỒ SƠ", hint, ""), Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", hint, "")],
    )


def _dotted(sheet: Sheet, label: str) -> None:
    """Draw the label and dots to the end of the line."""
    dots = label
    while len(sheet.lines_of(dots + "…", _LINE, sheet.room)) == 1:
        dots += "…"
    sheet.paragraph(dots, _LINE)
