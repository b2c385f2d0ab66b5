"""Mẫu 03 – Phiếu từ chối tiếp nhận giải quyết hồ sơ, the same in both form sets."""

from dataclasses import dataclass, replace
from datetime import datetime

from cchc_desk.papers.forms.slip import BODY, LINE, Citizen, SlipHead, contact, head, sentence
from cchc_desk.papers.layout.blocks import Signature, signatures, signing_room
from cchc_desk.papers.layout.sheet import Drawing, Sheet
from cchc_desk.papers.layout.words import moment_in_words, number_label

TITLE = "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"


@dataclass(frozen=True)
class Refusal:
    """All text of the slip; the portal's ones have `portal_code`, `submitted` and `id_number`."""

    head: SlipHead
    desk: str
    citizen: Citizen
    reason: str
    handed_in_by: str
    official: str
    hotline: str
    portal_code: str = ""
    submitted: datetime | None = None
    id_number: str = ""
    form_set: str = "2025"
    watermark: str = ""


def refusal_drawing(
    slip: Refusal, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the slip to be drawn."""
    about = slip.head.metadata(f"{TITLE} {slip.head.number}")
    draw = [lambda sheet: _slip(sheet, slip)]
    return Drawing(about, paper, draw, offset_mm, slip.watermark)


def _slip(sheet: Sheet, slip: Refusal) -> None:
    head(sheet, slip.head)
    who = slip.citizen
    sheet.paragraph(f"{slip.desk}:", replace(LINE, before=12))
    sheet.labelled("Tiếp nhận hồ sơ của", who.name, LINE)
    if slip.portal_code:
        sheet.labelled("Mã hồ sơ trên Cổng Dịch vụ công", slip.portal_code, LINE)
    if slip.submitted:
        sheet.labelled("Thời gian nộp", moment_in_words(slip.submitted), LINE)
    if slip.id_number:
        sheet.labelled(number_label(who.organisation, slip.form_set), slip.id_number, LINE)
    sheet.labelled("Địa chỉ", who.address, LINE)
    contact(sheet, who.phone, who.email, LINE)
    sheet.labelled("Nội dung yêu cầu giải quyết", who.procedure, LINE)
    sheet.paragraph(
        f"Qua xem xét, {slip.desk} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ "
        "thể như sau:",
        BODY,
    )
    sheet.paragraph(sentence(slip.reason), BODY)
    asked = f" Mọi thắc mắc xin liên hệ số điện thoại {slip.hotline}." if slip.hotline else ""
    right = Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)", slip.official)
    left = Signature("NGƯỜI NỘP HỒ SƠ", "(Ký và ghi rõ họ tên)", slip.handed_in_by)
    signed = [Signature(), right] if slip.portal_code else [left, right]
    last = f"Xin thông báo cho {who.you} được biết và thực hiện.{asked}"[:-1] + "./."
    sheet.paragraph(last, BODY, below=signing_room(sheet, signed))
    signatures(sheet, signed)
