"""Mẫu 01 – Giấy tiếp nhận hồ sơ và hẹn trả kết quả, in two copies; lines as in docs/papers.md."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from reportlab.lib.units import mm

from cchc_desk.domain.table import Column
from cchc_desk.papers.forms.slip import contact
from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.blocks import (
    Agency,
    Signature,
    header,
    signatures,
    signing_room,
)
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import (
    code_lines,
    date_in_words,
    moment_in_words,
    number_label,
)

TITLE = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
COPIES = ("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ")
_QR_MM = 19
# Of the type, the largest first; a copy longer by more than _MOST_OVER points of A4 than a page
# takes two in any of them.
_SCALES = {"A4": (1.0, 0.98, 0.95, 0.92), "A5": (0.74, 0.7, 0.66, 0.62, 0.58)}
_MOST_OVER = 150.0
_SAVED = 1100.0  # points of a page that the whole of the type would save, at most
_LINE = Style(before=1.2)
_SMALL = Style(font=ITALIC, size=10, before=1)


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

    `counts` names the three counts of each paper. `portal_code`: of a dossier that came online.
    `check` is the check code, `scan` what the QR holds, `ledger` the ledger's head as the receipt
    was drawn; "" on papers of older programs.
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
    portal_code: str = ""
    watermark: str = ""
    reprint: str = ""
    organisation: bool = False
    form_set: str = "2025"
    check: str = ""
    scan: str = ""
    ledger: str = ""
    for_agency: str = ""  # that has to decide, where this office only takes it in


def receipt_drawing(
    receipt: Receipt, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return both copies to be drawn, each on pages of its own.

    Where a little smaller type saves the second page of a copy, that is taken. The first copy alone
    is measured to find the size: the second one is as long.
    """
    about = Metadata(f"{TITLE} {receipt.code}", receipt.agency.full_name, receipt.accepted)
    copies = [partial(_copy, receipt, copy) for copy in COPIES]
    largest, to_save = _SCALES[paper][0], 0.0

    def in_type(scale: float) -> Drawing:
        return Drawing(about, paper, copies, offset_mm, receipt.watermark, scale)

    for scale in _SCALES[paper]:
        if (largest - scale) * _SAVED < to_save:
            continue
        drawing = in_type(scale)
        over = copies[0](drawing.sheet(measuring=True))
        if over <= 0:
            return drawing
        if over > _MOST_OVER * scale:
            break
        to_save = to_save or over
    return in_type(largest)


def _copy(receipt: Receipt, copy: str, sheet: Sheet) -> float:
    """Draw one copy; return the points that it is longer than a page."""
    sheet.foot = f"{receipt.code} · {copy.partition(':')[0]}"
    dated = f"{receipt.place}, {date_in_words(receipt.accepted.date())}"
    below_agency = header(sheet, receipt.agency, "", dated)
    _codes(sheet, receipt, below_agency)
    # Two lines: on one it would all but touch the QR.
    beside_qr = Style(font=BOLD, size=14, before=2, align="centre", indent=2 * (_QR_MM + 8) * mm)
    sheet.paragraph(TITLE, replace(beside_qr, role="H1"))
    for line in code_lines(receipt.code, receipt.portal_code):
        sheet.paragraph(line, Style(font=BOLD, size=13, before=1, align="centre"))
    marks = (copy, receipt.reprint) if receipt.reprint else (copy,)
    for mark in marks:  # a line each: together they would run into the QR
        sheet.paragraph(f"({mark})", Style(font=ITALIC, size=12, before=1, align="centre"))
    _who_and_what(sheet, receipt)
    _papers(sheet, receipt)
    _promise(sheet, receipt)
    return _end(sheet, receipt)


def _codes(sheet: Sheet, receipt: Receipt, below_agency: float) -> None:
    """Draw Code 128 under the header and QR beside the title: each alone finds the dossier."""
    side, top, code = _QR_MM * mm * sheet.scale, sheet.y + 8 * sheet.scale, receipt.code
    codes.qr(sheet, receipt.scan or code, sheet.right - side, top, side, f"Mã QR {code}")
    codes.under_the_head(sheet, code, below_agency)


def _who_and_what(sheet: Sheet, receipt: Receipt) -> None:
    sheet.labelled("Bộ phận (Trung tâm) tiếp nhận và trả kết quả", receipt.desk, Style(before=6))
    sheet.labelled("Tiếp nhận hồ sơ của", receipt.owner, _LINE)
    if receipt.submitter:
        sheet.labelled("Người nộp", receipt.submitter, _LINE)
    sheet.labelled("Địa chỉ", receipt.address, _LINE)
    contact(sheet, receipt.phone, receipt.email, _LINE)
    if receipt.id_number:
        label = number_label(receipt.organisation, receipt.form_set)
        sheet.labelled(label, receipt.id_number, _LINE)
    sheet.labelled("Nội dung yêu cầu giải quyết", receipt.procedure, _LINE)


def _papers(sheet: Sheet, receipt: Receipt) -> None:
    sheet.paragraph("1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:", _LINE)
    if not receipt.papers:
        sheet.paragraph("(Không có giấy tờ kèm theo)", Style(font=ITALIC, before=1))
        return
    sheet.y += 4 * sheet.scale
    columns = (
        Column[ReceiptPaper]("Thành phần hồ sơ", lambda paper: paper.name, 0.61),
        *_counts(receipt.counts),
    )
    table(sheet, columns, receipt.papers, number=Column("TT", str, 0.05, "centre"), size=11)


def _counts(names: tuple[str, str, str]) -> Iterator[Column[ReceiptPaper]]:
    """The three counts under their names, which stand on two lines."""
    counts: tuple[Callable[[ReceiptPaper], int], ...] = (
        lambda paper: paper.original,
        lambda paper: paper.certified,
        lambda paper: paper.copy,
    )
    for name, count, wide in zip(names, counts, (0.1, 0.13, 0.11), strict=True):
        yield Column(name, partial(_count_text, count), wide, "centre", group="Số lượng")


def _count_text(count: Callable[[ReceiptPaper], int], paper: ReceiptPaper) -> str:
    return str(count(paper) or "")


def _promise(sheet: Sheet, receipt: Receipt) -> None:
    sheet.paragraph(f"2. Số lượng hồ sơ: {receipt.sets:02d} (bộ)", Style(before=3))
    sheet.paragraph(f"3. Thời gian giải quyết hồ sơ theo quy định là: {receipt.limit}", _LINE)
    sheet.paragraph(f"4. Thời gian nhận hồ sơ: {moment_in_words(receipt.accepted)}", _LINE)
    if receipt.for_agency:
        sheet.paragraph(
            f"Cơ quan có thẩm quyền giải quyết: {receipt.for_agency}; thời gian giải quyết tính từ "
            "khi cơ quan này nhận hồ sơ.",
            _LINE,
        )
    sheet.paragraph(
        f"5. Thời gian trả kết quả giải quyết hồ sơ: {moment_in_words(receipt.due)}",
        Style(font=BOLD, before=1.2),
    )
    if receipt.provisional:
        sheet.paragraph(
            "(Ngày hẹn tạm tính: lịch nghỉ của năm này chưa được công bố; nếu thay đổi sẽ báo "
            "lại.)",
            Style(font=ITALIC, size=12, before=1),
        )


def _end(sheet: Sheet, receipt: Receipt) -> float:
    """Draw the last lines, signatures and notes on one page: none holds signatures alone.

    Returns the points that this copy is longer than a page.
    """
    last = (
        f"6. Đăng ký nhận kết quả tại: {receipt.receive_at}",
        f"Phí, lệ phí: {receipt.fee}",
        "Vào Sổ theo dõi hồ sơ, Quyển số: …………… Số thứ tự: ……………",
    )
    by = receipt.submitter or ("" if receipt.organisation else receipt.owner)
    citizen = Signature("NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)", by)
    signed = [
        Signature() if receipt.portal_code else citizen,  # who applied online is not there to sign
        Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)", receipt.official),
    ]
    notes = _notes(receipt)
    noted = 6 * sheet.scale + sum(sheet.height_of(note, _SMALL) for note in notes)
    high = sum(sheet.height_of(line, _LINE) for line in last) + signing_room(sheet, signed) + noted
    over = sheet.y + high - sheet.bottom if sheet.page == 1 else sheet.height
    if sheet.y + high > sheet.bottom:
        sheet.new_page()
    for line in last:
        sheet.paragraph(line, _LINE)
    signatures(sheet, signed)
    sheet.y += 6 * sheet.scale
    for note in notes:
        sheet.paragraph(note, _SMALL)
    codes.check_line(sheet, receipt.check, receipt.ledger)
    return over


def _notes(receipt: Receipt) -> list[str]:
    bring = "giấy giới thiệu hoặc giấy ủy quyền và " if receipt.organisation else ""
    return [
        f"Ghi chú: Giấy này theo Mẫu số 01 {receipt.circular}, lập thành 02 liên: một liên "
        "chuyển kèm theo Phiếu kiểm soát quá trình giải quyết hồ sơ và được lưu tại Bộ phận (Trung "
        "tâm) tiếp nhận và trả kết quả; một liên giao cho cá nhân, tổ chức nộp hồ sơ.",
        "Cá nhân, tổ chức có thể đăng ký nhận kết quả tại Bộ phận (Trung tâm) tiếp nhận và trả kết "
        "quả hoặc tại nhà (trụ sở tổ chức) qua dịch vụ bưu chính công ích; khi đến nhận xin mang "
        f"theo giấy này, {bring}giấy tờ tùy thân."
        + (f" Điện thoại liên hệ: {receipt.hotline}." if receipt.hotline else ""),
    ]
