"""Receipts numbered beforehand, to be filled in by hand while there is no power: two copies on each A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm

from cchc_desk.papers import codes
from cchc_desk.papers.kit import BOLD, ITALIC, Agency, Sheet, Style, on_pages
from cchc_desk.papers.receipt import COPIES, TITLE

_LINES = (
    "Tiếp nhận hồ sơ của",
    "Số CMND/Thẻ căn cước/Hộ chiếu",
    "Địa chỉ",
    "Số điện thoại",
    "Nội dung yêu cầu giải quyết",
    "Thành phần hồ sơ nộp gồm",
    "",
    "",
)
_TIMES = (
    "Thời gian nhận hồ sơ: …… giờ …… phút, ngày …… tháng …… năm ………",
    "Thời gian trả kết quả giải quyết hồ sơ: …… giờ …… phút, ngày …… tháng …… năm ………",
)


@dataclass(frozen=True)
class BlankReceipts:
    """The numbers to print, and what stands at their head."""

    agency: Agency
    desk: str
    numbers: Sequence[str]
    watermark: str = ""


def blank_receipts_pdf(blank: BlankReceipts) -> bytes:
    """One A4 for each number, both copies on it; same input, same bytes."""
    draw = [partial(_page, blank, number) for number in blank.numbers]
    return on_pages(f"{TITLE} – in sẵn số", "A4", draw, watermark=blank.watermark, margin_mm=12)


def _page(blank: BlankReceipts, number: str, sheet: Sheet) -> None:
    top, half = sheet.y, sheet.height / 2
    for place, copy in enumerate(COPIES):
        sheet.y = top + place * (half - 6 * mm)
        _copy(sheet, blank, number, copy)
        if not place:
            sheet.rule(sheet.left, sheet.right, half, thick=0.3)


def _copy(sheet: Sheet, blank: BlankReceipts, number: str, copy: str) -> None:
    codes.code128(sheet, number, sheet.right - 52 * mm, sheet.y + 2, 8 * mm, 52 * mm)
    for text in (blank.agency.above, blank.agency.name):  # left of the bar code
        sheet.paragraph(text.upper(), Style(font=BOLD, size=10, before=0))
    sheet.paragraph(TITLE, Style(font=BOLD, size=12.5, before=8, align="centre"))
    sheet.paragraph(f"Số in sẵn: {number} ({copy})", Style(font=ITALIC, size=11, before=0, align="centre"))
    line = Style(size=11.5, before=3)
    sheet.paragraph(f"Bộ phận tiếp nhận và trả kết quả: {blank.desk}", line)
    for label in _LINES:
        _dotted(sheet, f"{label}: " if label else "", line)
    for text in _TIMES:
        sheet.paragraph(text, line)
    sheet.y += 12
    for x, text in ((0.25, "NGƯỜI NỘP HỒ SƠ"), (0.75, "NGƯỜI TIẾP NHẬN HỒ SƠ")):
        place = sheet.left + sheet.room * x
        sheet.text(text, place, sheet.y + 10, Style(font=BOLD, size=11, align="centre"))
        sheet.text("(Ký và ghi rõ họ tên)", place, sheet.y + 24, Style(font=ITALIC, size=10, align="centre"))


def _dotted(sheet: Sheet, label: str, style: Style) -> None:
    """The label and dots to the end of the line."""
    dots = label
    while len(sheet.lines_of(dots + "…", style, sheet.room)) == 1:
        dots += "…"
    sheet.paragraph(dots, style)
