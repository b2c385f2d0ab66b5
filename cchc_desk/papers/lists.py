"""Papers that are lists: register book, hand-over slip, annex of receipts, public apologies, review
of officials.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from cchc_desk.papers.forms.receipt import COPIES
from cchc_desk.papers.layout.kit import (
    BOLD,
    ITALIC,
    WIDE,
    Agency,
    Column,
    Sheet,
    Style,
    date_in_words,
    header,
    moment_in_words,
    on_pages,
    signatures,
    signing_room,
    table,
)

BOOK = "SỔ THEO DÕI HỒ SƠ"
HAND_OVER = "GIẤY BÀN GIAO HỒ SƠ"
ANNEX = "BIÊN BẢN GIAO NHẬN HỒ SƠ"
APOLOGIES = "CÔNG KHAI XIN LỖI VỀ HỒ SƠ TRỄ HẸN"
REVIEW = "DANH SÁCH CÔNG CHỨC GÂY TRỄ HẸN HỒ SƠ"
HEAD_NOTE = "GHI CHÚ TRÁCH NHIỆM NGƯỜI ĐỨNG ĐẦU"
_DISPATCH = "Công văn 2307/UBND-NC ngày 03/8/2020 của Ủy ban nhân dân thành phố Cần Thơ"
_COPIES = ("Liên 1: Bên giao", "Liên 2: Bên nhận")
_NOW = "nay là"  # begins the second line of a promise that has moved, where a cell has one
_MOVED = f"«{_NOW}»: thời hạn sau khi trừ thời gian tạm dừng, đổi lịch nghỉ hoặc hẹn lại; lời hẹn đã in giữ nguyên."
_CLOSING, _SMALL = Style(before=8), Style(font=ITALIC, size=11, before=4)
Row = Sequence[str]
Signatures = Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class ListHead:
    """Who writes the list, where and when; `about` stands under the title, such as the period."""

    agency: Agency
    place: str
    made: date
    about: str
    watermark: str = ""


def register_book_pdf(head: ListHead, rows: Sequence[Row]) -> bytes:
    """Mẫu 06 (2018) / 07 (2025), landscape, by field and period; columns as remembered [G]
    (docs/papers.md).
    """
    moments, return_ = "Ngày, tháng, năm", "Trả kết quả"
    columns = (
        Column("STT", 0.036, "centre"),
        Column("Mã hồ sơ", 0.132),
        Column("Tên TTHC", 0.105),
        Column("Số lượng hồ sơ (bộ)", 0.045, "centre"),
        Column("Tên cá nhân, tổ chức", 0.1),
        Column("Địa chỉ, số điện thoại", 0.1),
        Column("Cơ quan chủ trì giải quyết", 0.075),
        Column("Nhận hồ sơ", 0.068, group=moments),
        Column("Hẹn trả kết quả", 0.068, group=moments),
        Column("Trả kết quả", 0.068, group=moments),
        Column("Phương thức nhận kết quả", 0.062, group=return_),
        Column("Ký nhận", 0.06, group=return_),
        Column("Ghi chú", 0.081),
    )
    note = "Ghi chú: Sổ theo dõi hồ sơ được lập theo từng lĩnh vực hoặc nhóm lĩnh vực theo yêu cầu quản lý."
    return _list(BOOK, head, columns, _numbered(rows), [note], [], paper=WIDE, size=9)


def hand_over_slip_pdf(
    head: ListHead, giver: str, receiver: str, at: datetime | None, rows: Sequence[Row]
) -> bytes:
    """Two copies; rows: code, procedure, owner, due, note. `at` is None where each row says
    when.
    """
    columns = (
        Column("TT", 0.05, "centre"),
        Column("Mã hồ sơ", 0.255),
        Column("Tên TTHC", 0.195),
        Column("Chủ hồ sơ", 0.18),
        Column("Hẹn trả", 0.13),
        Column("Ghi chú", 0.19),
    )
    said = [
        f"Bên giao: {giver}.",
        f"Bên nhận: {receiver}.",
        f"Thời gian giao, nhận: {moment_in_words(at) if at else 'ghi ở từng hồ sơ'}.",
    ]
    signed = [
        ("NGƯỜI GIAO", "(Ký và ghi rõ họ tên)", giver),
        ("NGƯỜI NHẬN", "(Ký và ghi rõ họ tên)", receiver),
    ]
    copies = [
        partial(
            _page, HAND_OVER, head, columns, _numbered(rows), said, [], signed, 11.5, f"({copy})"
        )
        for copy in _COPIES
    ]
    return on_pages(HAND_OVER, "A4", copies, watermark=head.watermark)


def receipt_annex_pdf(
    head: ListHead, said: Sequence[str], rows: Sequence[Row], submitter: str, official: str
) -> bytes:
    """Two copies of what was handed in at once; rows: code and matter, unit, received, due, limit,
    sets, owner.
    """
    columns = (
        Column("STT", 0.06, "centre"),
        Column("Nội dung", 0.225),
        Column("Đơn vị", 0.12),
        Column("Ngày nhận", 0.115),
        Column("Ngày hẹn trả", 0.115),
        Column("Thời hạn xử lý", 0.095),
        Column("Số lượng hồ sơ", 0.08, "centre"),
        Column("Họ và tên", 0.19),
    )
    hint = "(Ký và ghi rõ họ tên)"
    signed = [("NGƯỜI NỘP HỒ SƠ", hint, submitter), ("NGƯỜI TIẾP NHẬN HỒ SƠ", hint, official)]
    copies = [
        partial(_page, ANNEX, head, columns, _numbered(rows), said, [], signed, 10, f"({copy})")
        for copy in COPIES
    ]
    return on_pages(ANNEX, "A4", copies, watermark=head.watermark)


def apology_list_pdf(head: ListHead, rows: Sequence[Row], signer: Sequence[str]) -> bytes:
    """For the notice board [G]; rows: code, owner (masked), procedure, due, reason, new due, letter
    number.

    The agency of `head` is the one whose head signs.
    """
    columns = (
        Column("TT", 0.045, "centre"),
        Column("Mã hồ sơ", 0.205),
        Column("Chủ hồ sơ", 0.12),
        Column("Thủ tục", 0.125),
        Column("Hẹn trả", 0.11),
        Column("Lý do", 0.14),
        Column("Hẹn lại", 0.11),
        Column("Thư số", 0.145),
    )
    sorry = f"{head.agency.name} thành thật xin lỗi các cá nhân, tổ chức có tên trên đây./."
    signed = [("", "", ""), ("\n".join(signer), "", "")]
    return _list(APOLOGIES, head, columns, _numbered(rows), [sorry], signed, size=9.5)


def review_list_pdf(head: ListHead, rows: Sequence[Row]) -> bytes:
    """Officials with two and more strikes; rows: official, standing, dossier, procedure, due,
    cause, objection.
    """
    columns = (
        Column("TT", 0.05, "centre"),
        Column("Công chức", 0.14),
        Column("Mức", 0.1),
        Column("Mã hồ sơ", 0.215),
        Column("Thủ tục", 0.17),
        Column("Hẹn trả", 0.115),
        Column("Nguyên nhân", 0.11),
        Column("Ý kiến", 0.1),
    )
    rule = f"Căn cứ {_DISPATCH}: xem xét, đánh giá không hoàn thành nhiệm vụ đối với công chức gây trễ hẹn từ 3 lần."
    signed = [("", "", ""), ("NGƯỜI LẬP DANH SÁCH", "(Ký và ghi rõ họ tên)", "")]
    return _list(REVIEW, head, columns, _numbered(rows), [rule], signed, size=10)


def head_note_pdf(head: ListHead, said: Sequence[str], rows: Sequence[Row]) -> bytes:
    """What the dispatch lays on the head of the unit; rows: code, procedure, holder, due, ready."""
    columns = (
        Column("TT", 0.06, "centre"),
        Column("Mã hồ sơ", 0.24),
        Column("Thủ tục", 0.28),
        Column("Người giữ", 0.16),
        Column("Hẹn trả", 0.13),
        Column("Có kết quả", 0.13),
    )
    rule = (
        f"{_DISPATCH}: cơ quan, đơn vị có tỷ lệ hồ sơ trễ hẹn từ 5 % xem như không hoàn thành "
        "nhiệm vụ và xem xét "
        "xử lý kỷ luật đối với người đứng đầu."
    )
    signed = [("", "", ""), ("NGƯỜI ĐỨNG ĐẦU", "(Ký, xác nhận đã xem)", "")]
    return _list(HEAD_NOTE, head, columns, _numbered(rows), [rule], signed, said=said, size=11)


def _numbered(rows: Sequence[Row]) -> list[Row]:
    return [(str(number), *row) for number, row in enumerate(rows, 1)]


def _list(
    title: str,
    head: ListHead,
    columns: Sequence[Column],
    rows: Sequence[Row],
    closing: Sequence[str],
    signed: Signatures,
    *,
    said: Sequence[str] = (),
    paper: str = "A4",
    size: float = 11,
) -> bytes:
    draw = partial(_page, title, head, columns, rows, said, closing, signed, size, "")
    return on_pages(f"{title} {head.about}", paper, [draw], watermark=head.watermark)


def _page(
    title: str,
    head: ListHead,
    columns: Sequence[Column],
    rows: Sequence[Row],
    said: Sequence[str],
    closing: Sequence[str],
    signed: Signatures,
    size: float,
    copy: str,
    sheet: Sheet,
) -> None:
    header(sheet, head.agency, "", f"{head.place}, {date_in_words(head.made)}")
    sheet.paragraph(title, Style(font=BOLD, size=14, before=12, align="centre"))
    for line in filter(None, (head.about, copy)):
        sheet.paragraph(line, Style(font=ITALIC, size=12, before=1, align="centre"))
    for line in said:
        sheet.paragraph(line, Style(before=4))
    sheet.y += 8 * sheet.scale
    moved = [_MOVED] if any(f"\n{_NOW} " in cell for row in rows for cell in row) else []
    high = sum(sheet.height_of(line, _CLOSING) for line in closing) + sum(
        sheet.height_of(t, _SMALL) for t in moved
    )
    table(
        sheet, columns, rows, size=size, below=high + (signing_room(sheet, signed) if signed else 0)
    )
    if not rows:
        sheet.paragraph("Không có hồ sơ nào.", Style(font=ITALIC, before=4))
    for line in moved:
        sheet.paragraph(line, _SMALL)
    for line in closing:
        sheet.paragraph(line, _CLOSING)
    if signed:
        signatures(sheet, signed)
