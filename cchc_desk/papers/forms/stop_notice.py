"""Mẫu 05 (2025) – Thông báo dừng giải quyết hồ sơ.

Its layout is known by name and data only [G] (docs/papers.md).
"""

from dataclasses import dataclass
from datetime import datetime

from cchc_desk.papers.forms.slip import (
    BODY,
    Citizen,
    Counted,
    SlipHead,
    head,
    letter_ends,
    sentence,
)
from cchc_desk.papers.layout.blocks import Signature
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages
from cchc_desk.papers.layout.words import date_in_words, moment_in_words

TITLE = "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"


@dataclass(frozen=True)
class StopNotice:
    """All text of the notice.

    `stage`: the dossier's step. `fee`: the fate of the fee paid. `due`: the promise as printed;
    `counted`: the same after it was moved. `signer` is "" while unknown.
    """

    head: SlipHead
    agency_name: str
    desk: str
    citizen: Citizen
    accepted: datetime
    due: datetime
    stage: str
    reason: str
    fee: str
    signer_lines: tuple[str, ...]
    signer: str
    hotline: str
    counted: Counted | None = None
    watermark: str = ""


def stop_notice_pdf(
    notice: StopNotice, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> bytes:
    """Draw the notice. Same input, same bytes."""
    about = notice.head.metadata(f"{TITLE} {notice.head.number}")
    draw = [lambda sheet: _notice(sheet, notice)]
    return on_pages(about, paper, draw, offset_mm=offset_mm, watermark=notice.watermark)


def _notice(sheet: Sheet, notice: StopNotice) -> None:
    head(sheet, notice.head)
    who, agency = notice.citizen, notice.agency_name
    sheet.paragraph(f"Kính gửi: {who.name}", Style(size=14, before=12, first=28))
    for label, value in (("Địa chỉ", who.address), ("Số điện thoại", who.phone)):
        if value:
            sheet.paragraph(f"{label}: {value}", Style(first=28, before=3))
    accepted = date_in_words(notice.accepted.date())
    contact = f" Mọi thắc mắc xin liên hệ số điện thoại {notice.hotline}." if notice.hotline else ""
    moved = f" (thời hạn {notice.counted.words})" if notice.counted else ""
    for text in (
        f"{accepted[0].upper()}{accepted[1:]}, {agency} tiếp nhận hồ sơ «{who.procedure}» của "
        f"{who.you}; thời gian hẹn trả kết quả: {moment_in_words(notice.due)}{moved}.",
        f"Hồ sơ đang ở bước: {sentence(notice.stage)}",
        f"{agency} thông báo dừng giải quyết hồ sơ này. Lý do: {sentence(notice.reason)}",
        f"Phí, lệ phí: {sentence(notice.fee)}",
        f"Giấy tờ đã nộp được trả lại khi {who.you} đến {notice.desk}. "
        f"{who.you} có thể nộp hồ sơ mới khi đủ điều kiện.",
    ):
        sheet.paragraph(text, BODY)
    last = f"Xin thông báo để {who.you} được biết.{contact}"[:-1] + "./."
    hint = "" if notice.signer else "(Ký tên, đóng dấu, ghi rõ họ tên)"
    heading = "\n".join(notice.signer_lines)
    letter_ends(sheet, last, notice.desk, Signature(heading, hint, notice.signer, by_key=True))
