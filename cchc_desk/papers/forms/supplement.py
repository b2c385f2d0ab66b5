"""Mẫu 02 – Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, also before anything is accepted."""

from dataclasses import dataclass, replace

from cchc_desk.papers.forms.slip import (
    BODY,
    LINE,
    Citizen,
    SlipHead,
    contact,
    head,
    numbered,
    sentence,
)
from cchc_desk.papers.layout.blocks import Signature, signatures, signing_room
from cchc_desk.papers.layout.sheet import Drawing, Sheet

TITLE = "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"


@dataclass(frozen=True)
class Supplement:
    """All text of the slip; `again`: a second request, with nothing new in it."""

    head: SlipHead
    desk: str
    citizen: Citizen
    items: tuple[str, ...]
    reason: str
    official: str
    hotline: str
    again: bool = False
    watermark: str = ""


def supplement_drawing(
    slip: Supplement, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the slip to be drawn."""
    about = slip.head.metadata(f"{TITLE} {slip.head.number}")
    draw = [lambda sheet: _slip(sheet, slip)]
    return Drawing(about, paper, draw, offset_mm, slip.watermark)


def _slip(sheet: Sheet, slip: Supplement) -> None:
    head(sheet, slip.head)
    who = slip.citizen
    sheet.paragraph(f"{slip.desk}:", replace(LINE, before=12))
    sheet.labelled(
        "Tiếp nhận hồ sơ/yêu cầu của" + ("" if who.organisation else f" {who.you}"), who.name, LINE
    )
    sheet.labelled("Nội dung yêu cầu giải quyết", who.procedure, LINE)
    sheet.labelled("Địa chỉ", who.address, LINE)
    contact(sheet, who.phone, who.email, LINE)
    sheet.paragraph(f"Yêu cầu {who.you} hoàn thiện hồ sơ gồm những nội dung như sau:", BODY)
    numbered(sheet, slip.items)
    sheet.paragraph(f"Lý do: {sentence(slip.reason)}", BODY)
    if slip.again:
        sheet.paragraph(
            "Đây là lần yêu cầu thứ hai, vì giấy tờ đã nộp chưa đáp ứng yêu cầu lần đầu; không có "
            "nội dung mới.",
            BODY,
        )
    phone = f" số điện thoại {slip.hotline}" if slip.hotline else ""
    signed = [Signature(), Signature("NGƯỜI HƯỚNG DẪN", "(Ký và ghi rõ họ tên)", slip.official)]
    sheet.paragraph(
        f"Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, {who.you} liên hệ với "
        f"{slip.desk}{phone} để được hướng dẫn./.",
        BODY,
        below=signing_room(sheet, signed),
    )
    signatures(sheet, signed)
