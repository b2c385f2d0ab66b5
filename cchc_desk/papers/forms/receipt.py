"""Mẫu 01 – Giấy tiếp nhận hồ sơ và hẹn trả kết quả, in two copies; lines as in docs/papers.md."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from reportlab.lib.units import mm

from cchc_desk.domain.table import Column
from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.archive import Metadata
from cchc_desk.papers.layout.blocks import (
    Agency,
    Signature,
    form_line,
    header,
    signatures,
    signing_room,
)
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import (
    date_in_words,
    form_of_address,
    moment_in_words,
    number_label,
)

TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
COPIES = ("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ")
_QR_MM = 19
_LINE = Style(before=2)
_SMALL = Style(font=ITALIC, size=10.5, before=1)


@dataclass(frozen=True)
class ReceiptPaper:
    """One line of the list of papers."""

    name: str
    original: int
    certified: int
    copy: int


@dataclass(frozen=True)
class Receipt:
    """All text and moments of a receipt.

    `counts` names the three counts of each paper. `form_name` is another ministry's form whose name
    must be shown.
    """

    agency: Agency
    place: str
    circular: str
    desk: str
    code: str
    owner: str
    submitter: str
    address: str
    phone: str
    email: str
    id_number: str
    procedure: str
    papers: tuple[ReceiptPaper, ...]
    counts: tuple[str, str, str]
    sets: int
    limit: str
    accepted: datetime
    due: datetime
    provisional: bool
    receive_at: str
    fee: str
    official: str
    hotline: str
    form_name: str = ""
    watermark: str = ""
    reprint: str = ""
    organisation: bool = False


def receipt_pdf(
    receipt: Receipt, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> bytes:
    """Draw both copies, each on pages of its own. Same input, same bytes."""
    copies = [partial(_copy, receipt, title) for title in COPIES]
    return on_pages(
        Metadata(f"{TITLE} {receipt.code}", receipt.agency.full_name, receipt.accepted),
        paper,
        copies,
        offset_mm=offset_mm,
        watermark=receipt.watermark,
        margin_mm=14,
    )


def _copy(receipt: Receipt, copy: str, sheet: Sheet) -> None:
    form_line(sheet, receipt.form_name)
    header(sheet, receipt.agency, "", f"{receipt.place}, {date_in_words(receipt.accepted.date())}")
    _codes(sheet, receipt.code)
    beside_qr = Style(font=BOLD, size=14, before=4, align="centre", indent=2 * _QR_MM * mm)
    sheet.paragraph(TITLE, replace(beside_qr, role="H1"))
    sheet.paragraph(
        f"Mã hồ sơ: {receipt.code}", Style(font=BOLD, size=13, before=1, align="centre")
    )
    label = f"({copy}) – {receipt.reprint}" if receipt.reprint else f"({copy})"
    sheet.paragraph(label, Style(font=ITALIC, size=12, before=1, align="centre"))
    _who_and_what(sheet, receipt)
    _papers(sheet, receipt)
    _promise(sheet, receipt)
    _end(sheet, receipt)


def _codes(sheet: Sheet, code: str) -> None:
    """Draw Code 128 under the header and QR beside the title: each alone finds the dossier."""
    top = sheet.y - 12 * sheet.scale
    codes.code128(sheet, code, sheet.left, top, 9 * mm * sheet.scale, 58 * mm * sheet.scale)
    side = _QR_MM * mm * sheet.scale
    codes.qr(sheet, code, sheet.right - side, sheet.y + 6, side)
    sheet.y = max(sheet.y, top + 9 * mm * sheet.scale) + 2


def _who_and_what(sheet: Sheet, receipt: Receipt) -> None:
    sheet.labelled("Bộ phận (Trung tâm) tiếp nhận và trả kết quả", receipt.desk, Style(before=8))
    sheet.labelled("Tiếp nhận hồ sơ của", receipt.owner, _LINE)
    if receipt.submitter:
        sheet.labelled("Người nộp", receipt.submitter, _LINE)
    sheet.labelled("Địa chỉ", receipt.address, _LINE)
    email = f"    Email: {receipt.email}" if receipt.email else ""
    sheet.paragraph(f"Số điện thoại: {receipt.phone or '……………………'}{email}", _LINE)
    if receipt.id_number:
        sheet.labelled(number_label(receipt.organisation), receipt.id_number, _LINE)
    sheet.labelled("Nội dung yêu cầu giải quyết", receipt.procedure, _LINE)


def _papers(sheet: Sheet, receipt: Receipt) -> None:
    sheet.paragraph("1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:", _LINE)
    if not receipt.papers:
        sheet.paragraph("(Không có giấy tờ kèm theo)", Style(font=ITALIC, before=1))
        return
    sheet.y += 4 * sheet.scale
    columns = (
        Column[ReceiptPaper]("Thành phần hồ sơ", lambda paper: paper.name, 0.48),
        *_counts(receipt.counts),
    )
    table(sheet, columns, receipt.papers, number=Column("TT", str, 0.06, "centre"), size=11)


def _counts(names: tuple[str, str, str]) -> Iterator[Column[ReceiptPaper]]:
    """The three counts under their names, each as wide as its name needs."""
    letters = sum(map(len, names))
    counts: tuple[Callable[[ReceiptPaper], int], ...] = (
        lambda paper: paper.original,
        lambda paper: paper.certified,
        lambda paper: paper.copy,
    )
    for name, count in zip(names, counts, strict=True):
        value = partial(_count_text, count)
        yield Column(name, value, 0.46 * len(name) / letters, "centre", group="Số lượng")


def _count_text(count: Callable[[ReceiptPaper], int], paper: ReceiptPaper) -> str:
    return str(count(paper) or "")


def _promise(sheet: Sheet, receipt: Receipt) -> None:
    sheet.paragraph(f"2. Số lượng hồ sơ: {receipt.sets:02d} (bộ)", Style(before=4))
    sheet.paragraph(f"3. Thời gian giải quyết hồ sơ theo quy định là: {receipt.limit}", _LINE)
    sheet.paragraph(f"4. Thời gian nhận hồ sơ: {moment_in_words(receipt.accepted)}", _LINE)
    sheet.paragraph(
        f"5. Thời gian trả kết quả giải quyết hồ sơ: {moment_in_words(receipt.due)}",
        Style(font=BOLD, before=2),
    )
    if receipt.provisional:
        sheet.paragraph(
            "(Ngày hẹn tạm tính: lịch nghỉ của năm này chưa được công bố; nếu thay đổi sẽ báo "
            "lại.)",
            Style(font=ITALIC, size=12, before=1),
        )


def _end(sheet: Sheet, receipt: Receipt) -> None:
    """Draw the last lines, signatures and notes on one page: none holds signatures alone."""
    last = (
        f"6. Đăng ký nhận kết quả tại: {receipt.receive_at}",
        f"Phí, lệ phí: {receipt.fee}",
        "Vào Sổ theo dõi hồ sơ, Quyển số: …………… Số thứ tự: ……………",
    )
    signed = [
        Signature("NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)", receipt.submitter or receipt.owner),
        Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)", receipt.official),
    ]
    notes = _notes(receipt)
    noted = 6 * sheet.scale + sum(sheet.height_of(note, _SMALL) for note in notes)
    high = sum(sheet.height_of(line, _LINE) for line in last) + signing_room(sheet, signed) + noted
    if sheet.y + high > sheet.bottom:
        sheet.new_page()
    for line in last:
        sheet.paragraph(line, _LINE)
    signatures(sheet, signed)
    sheet.y += 6 * sheet.scale
    for note in notes:
        sheet.paragraph(note, _SMALL)


def _notes(receipt: Receipt) -> list[str]:
    form = "" if receipt.form_name else f"theo Mẫu số 01 {receipt.circular}, "
    you = form_of_address(receipt.organisation)
    return [
        f"Ghi chú: Giấy này {form}lập thành 02 liên: một liên lưu kèm Phiếu kiểm soát "
        "quá trình giải quyết hồ sơ, một liên giao người nộp hồ sơ.",
        f"{you} có thể đăng ký nhận kết quả tại nơi tiếp nhận hoặc qua dịch vụ bưu chính công "
        "ích; khi đến nhận xin mang theo giấy này và giấy tờ tùy thân."
        + (f" Điện thoại liên hệ: {receipt.hotline}." if receipt.hotline else ""),
    ]
