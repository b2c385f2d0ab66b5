"""Mẫu 01 numbered beforehand, with dots to be filled in by hand while there is no power."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from cchc_desk.papers.forms.receipt import COPIES, TITLE
from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures
from cchc_desk.papers.layout.fonts import BOLD, ITALIC, width
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.words import number_label

_REST = 0.0
# The lines of Mẫu 01 in their order: words, and the width in points of what is filled in by hand,
# _REST to the end of the line.
_Line = tuple[str | float, ...]


def _lines(form_set: str) -> Iterator[_Line]:
    yield "Tiếp nhận hồ sơ của:", _REST
    yield "Người nộp (nếu nộp thay):", _REST
    yield "Địa chỉ:", _REST
    yield "Số điện thoại:", 150.0, "Email:", _REST
    yield f"{number_label(False, form_set)} (mã số thuế):", _REST
    yield "Nội dung yêu cầu giải quyết:", _REST
    yield (_REST,)
    yield "1. Thành phần hồ sơ nộp gồm:", _REST
    for _line in range(4):
        yield (_REST,)
    yield "2. Số lượng hồ sơ:", 110.0, "(bộ)"
    yield "3. Thời gian giải quyết hồ sơ theo quy định là:", _REST
    yield (
        "4. Thời gian nhận hồ sơ:",
        26.0,
        "giờ",
        26.0,
        "phút, ngày",
        30.0,
        "tháng",
        30.0,
        "năm",
        _REST,
    )
    yield "5. Thời gian trả kết quả giải quyết hồ sơ:", 40.0, "giờ", 40.0, "phút,"
    yield "ngày", 60.0, "tháng", 60.0, "năm", _REST
    yield "6. Đăng ký nhận kết quả tại:", _REST
    yield "Vào Sổ theo dõi hồ sơ, Quyển số:", 110.0, "Số thứ tự:", _REST


_LINE = Style(before=6)  # with the line itself some 7,5 mm: room for handwriting


@dataclass(frozen=True)
class BlankReceipts:
    """The numbers to print, and the head of each receipt."""

    agency: Agency
    place: str
    desk: str
    form_set: str
    numbers: Sequence[str]
    made: date
    watermark: str = ""


def blank_receipts_pdf(blank: BlankReceipts) -> bytes:
    """Draw two A4 pages for each number, one for each copy. Same input, same bytes."""
    draw = [partial(_copy, blank, number, copy) for number in blank.numbers for copy in COPIES]
    metadata = Metadata(f"{TITLE} – in sẵn số", blank.agency.full_name, blank.made)
    return Drawing(metadata, "A4", draw, watermark=blank.watermark).pdf()


def _copy(blank: BlankReceipts, number: str, copy: str, sheet: Sheet) -> None:
    dated = f"{blank.place}, ngày …… tháng …… năm ………"
    codes.under_the_head(sheet, number, header(sheet, blank.agency, "", dated))
    sheet.paragraph(TITLE, Style(font=BOLD, size=14, before=9, align="centre", role="H1"))
    sheet.paragraph(f"Số in sẵn: {number}", Style(font=BOLD, before=1, align="centre"))
    sheet.paragraph(f"({copy})", Style(font=ITALIC, size=12, before=1, align="centre"))
    sheet.paragraph(f"Bộ phận (Trung tâm) tiếp nhận và trả kết quả: {blank.desk}", _LINE)
    for line in _lines(blank.form_set):
        _to_fill_in(sheet, line)
    hint = "(Ký và ghi rõ họ tên)"
    signatures(
        sheet,
        [Signature("NGƯỜI NỘP HỒ SƠ", hint, ""), Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", hint, "")],
    )


def _to_fill_in(sheet: Sheet, line: _Line) -> None:
    """Draw the words of a line and dots between them; all lines end at the same place."""
    sheet.y += (_LINE.before + _LINE.line) * sheet.scale
    x, baseline = sheet.left, sheet.y - _LINE.line * 0.22
    for part in line:
        if isinstance(part, str):
            sheet.text(part, x, baseline, _LINE)
            x += width(part, _LINE.font, _LINE.size) + 4
            continue
        ends = x + part if part else sheet.right
        sheet.canvas.setDash(0.8, 2.2)
        sheet.rule(x, ends, baseline + 1)
        sheet.canvas.setDash()
        x = ends + 4
