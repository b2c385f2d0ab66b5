"""The printer's test page: rulers from all four edges, every Vietnamese letter, two codes."""

from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.units import mm

from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.fonts import BOLD, ITALIC, REGULAR
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ",
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ",
)
SAMPLE_CARD = (
    "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"
)
MARK_MM = 20  # where the measuring lines stand, from the edge of the sheet
LONG_MM = 100  # the length by which a printer that shrinks gives itself away
_DEEP_MM = 25  # how far the rulers reach into the page


@dataclass(frozen=True)
class PrinterPage:
    """Content of the page; `offset_mm` (right, down) is set now and holds for the page itself."""

    desk: str
    code: str
    made: datetime
    printer: str = ""
    offset_mm: tuple[float, float] = (0, 0)
    watermark: str = ""


def printer_page_drawing(page: PrinterPage, paper: str) -> Drawing:
    """Return one page of A4 or A5 to be drawn."""
    draw = [lambda sheet: _draw(sheet, page, paper)]
    offset = page.offset_mm
    about = Metadata("Trang thử máy in", page.desk, page.made)
    return Drawing(about, paper, draw, offset, page.watermark)


def _draw(sheet: Sheet, page: PrinterPage, paper: str) -> None:
    sheet.left, sheet.right = 30 * mm, sheet.width - 30 * mm
    sheet.y, sheet.bottom = 27 * mm, sheet.height - 27 * mm
    with sheet.tags.artifact():
        for ruler in (_across, _down):
            ruler(sheet, 0)
            ruler(sheet, 1)
        _cross_lines(sheet)
    sheet.paragraph(
        f"TRANG THỬ MÁY IN – {paper}",
        Style(font=BOLD, size=16, align="centre", before=0, role="H1"),
    )
    sheet.paragraph(page.desk, Style(size=12, align="centre", before=0))
    sheet.paragraph(
        f"Máy in: {page.printer or 'mặc định của máy tính'}",
        Style(size=12, align="centre", before=0),
    )
    _how_to(sheet, page)
    _length(sheet)
    small, large = LETTERS
    for line, font in ((small, REGULAR), (large, REGULAR), (small, BOLD), (small, ITALIC)):
        sheet.paragraph(line, Style(font=font, size=12))
    _codes(sheet, page)


def _how_to(sheet: Sheet, page: PrinterPage) -> None:
    right, down = (_number(value) for value in page.offset_mm)
    for text in (
        f"1. Đo từ mép giấy bên TRÁI đến vạch {MARK_MM} dọc, và từ mép giấy TRÊN đến vạch "
        f"{MARK_MM} ngang.",
        f"2. Đang đặt: lệch phải {right} mm, lệch xuống {down} mm. Nếu đo được đúng {MARK_MM} mm "
        "thì không phải sửa.",
        f"3. Nếu không: số mới = số đang đặt + {MARK_MM} − số đo được. Ví dụ đang đặt {right}, "
        f"đo được 22 mm: nhập {_number(page.offset_mm[0] - 2)}.",
        "4. Nhập vào ô “Lệch phải (mm)”, “Lệch xuống (mm)” ở đầu cửa sổ xem trước, rồi in lại "
        "trang này để kiểm tra. Số ấy giữ riêng cho máy in này và dùng cho mọi loại giấy.",
        "5. Chỗ thước bị mất ở mép là phần máy in không in tới được; giấy tờ của quầy chừa lề "
        "rộng hơn thế.",
    ):
        sheet.paragraph(text, Style(size=11.5, before=4))


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0").replace("-", "−")


def _length(sheet: Sheet) -> None:
    """Draw a bar of LONG_MM, and the meaning of a shorter one."""
    sheet.y += 10
    left, right = (sheet.width - LONG_MM * mm) / 2, (sheet.width + LONG_MM * mm) / 2
    sheet.rule(left, right, sheet.y)
    for x in (left, right):
        _line(sheet, x, sheet.y - 4, x, sheet.y + 4)
    sheet.y += 2
    text = (
        f"Đoạn này dài đúng {LONG_MM} mm. Ngắn hơn là máy in thu nhỏ trang: hãy chọn in 100% ở "
        "cài đặt của máy in."
    )
    sheet.paragraph(text, Style(size=10, align="centre"))


def _codes(sheet: Sheet, page: PrinterPage) -> None:
    sheet.y += 8
    top, side = sheet.y, 32 * mm * sheet.scale
    codes.qr(sheet, SAMPLE_CARD, sheet.left, top, side)
    x = sheet.left + side + 8 * mm
    codes.code128(sheet, page.code, x, top, 14 * mm * sheet.scale, sheet.right - x)
    style = Style(size=11)
    for number, text in enumerate(
        (page.code, "Trái: mã QR như của thẻ căn cước (người giả).", "Quét thử hai mã.")
    ):
        sheet.text(text, x, top + (22 * mm + number * 5 * mm) * sheet.scale, style)
    sheet.y = top + side


# --- rulers: millimetres counted from the edge, whatever the margins


def _across(sheet: Sheet, far: int) -> None:
    """Draw rulers that count from the left edge or, with `far`, from the right one."""
    y = sheet.height / 2
    for at in range(_DEEP_MM + 1):
        x = abs(far * sheet.width - at * mm)
        long = 4 if at % 10 == 0 else 3 if at % 5 == 0 else 1.8
        _line(sheet, x, y - long * mm / 2, x, y + long * mm / 2)
        if at % 5 == 0 and at:
            sheet.text(str(at), x, y + 4.6 * mm, Style(size=7 / sheet.scale, align="centre"))
    _line(sheet, far * sheet.width, y, abs(far * sheet.width - _DEEP_MM * mm), y)


def _down(sheet: Sheet, far: int) -> None:
    """Draw rulers that count from the upper edge or, with `far`, from the lower one."""
    x = sheet.width / 2
    for at in range(_DEEP_MM + 1):
        y = abs(far * sheet.height - at * mm)
        long = 4 if at % 10 == 0 else 3 if at % 5 == 0 else 1.8
        _line(sheet, x - long * mm / 2, y, x + long * mm / 2, y)
        if at % 5 == 0 and at:
            sheet.text(str(at), x + 3.4 * mm, y + 2.4, Style(size=7 / sheet.scale))
    _line(sheet, x, far * sheet.height, x, abs(far * sheet.height - _DEEP_MM * mm))


def _cross_lines(sheet: Sheet) -> None:
    """Draw the lines to measure to: MARK_MM from every edge, short, at the four corners."""
    for x in (MARK_MM * mm, sheet.width - MARK_MM * mm):
        for y in (MARK_MM * mm, sheet.height - MARK_MM * mm):
            _line(sheet, x - 5 * mm, y, x + 5 * mm, y, 1)
            _line(sheet, x, y - 5 * mm, x, y + 5 * mm, 1)
    label = Style(font=BOLD, size=9 / sheet.scale)
    sheet.text(f"vạch {MARK_MM}", MARK_MM * mm + 6, MARK_MM * mm - 3, label)


def _line(sheet: Sheet, x1: float, y1: float, x2: float, y2: float, thick: float = 0.5) -> None:
    with sheet.tags.artifact():
        sheet.canvas.setLineWidth(thick)
        sheet.canvas.line(x1, sheet.height - y1, x2, sheet.height - y2)
