"""Mẫu 04: the apology letter, in the form of 2018 (Phiếu xin lỗi và hẹn lại …) or of 2025 (Văn bản xin lỗi …).

It never names a clerk; the layout of 2025 is known by name and data only [G] (docs/papers.md).
"""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_desk.papers.kit import (
    BOLD,
    ITALIC,
    Agency,
    Sheet,
    Style,
    date_in_words,
    header,
    moment_in_words,
    on_pages,
    signatures,
)
from cchc_desk.papers.slip import recipients, sentence

TITLES = {
    "2018": "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    "2025": "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ",
}
TITLE_WITHOUT_DATE = {
    "2018": "PHIẾU XIN LỖI",
    "2025": "VĂN BẢN XIN LỖI",
}
DRAFT = "DỰ THẢO"
_BODY = Style(first=28, before=6, leading=1.25)


@dataclass(frozen=True)
class Apology:
    """Everything that stands on an apology letter. `number` and `signed` are None while it is a draft."""

    form_set: str
    agency: Agency
    agency_name: str
    place: str
    number: str | None
    symbol: str
    signed: date | None
    addressee: str
    address: str
    phone: str
    code: str
    procedure: str
    field: str
    accepted: datetime
    first_due: datetime
    broken_due: datetime | None
    ready: bool
    reason: str
    new_due: datetime | None
    signer_lines: tuple[str, ...]
    signer: str
    desk: str
    hotline: str
    old_title: bool = False  # the title of 2018, which ministries still write, over a letter of 2025
    mistake: bool = False  # the letter is about a mistake of the desk, not about lateness
    kept_due: datetime | None = None  # and the promise that holds all the same, where it is still to come
    watermark: str = ""
    reprint: str = ""


def apology_pdf(apology: Apology, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)) -> bytes:
    """The letter; a draft bears no number and the mark DRAFT. Same input, same bytes."""
    watermark = apology.watermark or ("" if apology.number else DRAFT)
    title = _title(apology)
    return on_pages(
        f"{title} {apology.code}",
        paper,
        [lambda sheet: _letter(sheet, apology)],
        offset_mm=offset_mm,
        watermark=watermark,
    )


def _title(apology: Apology) -> str:
    titles = TITLES if apology.new_due else TITLE_WITHOUT_DATE
    return titles["2018" if apology.old_title else apology.form_set]


def _letter(sheet: Sheet, apology: Apology) -> None:
    number = f"Số: {apology.number or '……/' + apology.symbol}"
    day = date_in_words(apology.signed) if apology.signed else "ngày …… tháng …… năm ………"
    header(sheet, apology.agency, number, f"{apology.place}, {day}")
    sheet.paragraph(_title(apology), Style(font=BOLD, size=14, before=18, align="centre"))
    if apology.reprint:
        sheet.paragraph(f"({apology.reprint})", Style(font=ITALIC, size=12, before=1, align="centre"))
    sheet.paragraph(f"Kính gửi: {apology.addressee}", Style(size=14, before=12, first=28))
    for label, value in (("Địa chỉ", apology.address), ("Số điện thoại", apology.phone)):
        if value:
            sheet.paragraph(f"{label}: {value}", Style(first=28, before=3))
    for told in _sentences(apology):
        sheet.paragraph(told, _BODY)
    _end(sheet, apology)


def _sentences(apology: Apology) -> list[str]:
    """The body of the letter: what was promised, why it is not kept, the apology, and what is promised now."""
    who = apology.agency_name
    accepted = date_in_words(apology.accepted.date())
    taken_in = (
        f"{accepted[0].upper()}{accepted[1:]}, {who} tiếp nhận giải quyết hồ sơ «{apology.procedure}» "
        f"(lĩnh vực {apology.field}) của Ông/Bà; mã hồ sơ: {apology.code}."
    )
    if apology.mistake:
        return [taken_in, *_mistake(apology)]
    return [
        taken_in,
        f"Thời gian hẹn trả kết quả giải quyết hồ sơ: {moment_in_words(apology.first_due)}.",
        *_history(apology),
        _confession(apology),
        f"Lý do: {sentence(apology.reason)}",
        f"{who} thành thật xin lỗi Ông/Bà vì sự chậm trễ này và mong nhận được sự thông cảm của Ông/Bà.",
        *_what_now(apology),
    ]


def _history(apology: Apology) -> list[str]:
    if apology.broken_due is None:
        return []
    return [f"Thời gian đã hẹn lại (một lần): {moment_in_words(apology.broken_due)}."]


def _confession(apology: Apology) -> str:
    if apology.ready:
        return "Hồ sơ của Ông/Bà đã có kết quả, nhưng sau thời hạn ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả."
    kept = "chưa trả được" if apology.new_due is None else "chưa thể trả"
    return (
        f"Tuy nhiên đến nay, {apology.agency_name} {kept} kết quả giải quyết hồ sơ của Ông/Bà đúng thời hạn ghi trên "
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả."
    )


def _mistake(apology: Apology) -> list[str]:
    who = apology.agency_name
    kept = apology.kept_due
    promise = f" Thời gian hẹn trả kết quả không thay đổi: {moment_in_words(kept)}." if kept else ""
    return [
        f"Trong quá trình tiếp nhận, giải quyết hồ sơ, {who} đã có sai sót: {sentence(apology.reason)}",
        f"{who} thành thật xin lỗi Ông/Bà vì sai sót này và mong nhận được sự thông cảm của Ông/Bà.",
        f"Sai sót được khắc phục ngay; Ông/Bà không phải nộp thêm giấy tờ hay khoản tiền nào vì sai sót này."
        f"{promise}{_contact(apology)}"[:-1]
        + "./.",
    ]


def _contact(apology: Apology) -> str:
    return f" Mọi thắc mắc xin liên hệ số điện thoại {apology.hotline}." if apology.hotline else ""


def _what_now(apology: Apology) -> list[str]:
    contact = _contact(apology)
    if apology.new_due is None:
        promise = "Kết quả được trả ngay cho Ông/Bà" + (" khi đến nhận" if apology.ready else " khi hoàn thành")
        return [f"{promise}.{contact}"[:-1] + "./."]
    asks = {
        "2018": f"{apology.agency_name} sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà vào lúc",
        "2025": f"{apology.agency_name} đề nghị gia hạn thời gian giải quyết và sẽ trả kết quả cho Ông/Bà vào lúc",
    }[apology.form_set]
    return [f"{asks} {moment_in_words(apology.new_due)}.{contact}"[:-1] + "./."]


def _end(sheet: Sheet, apology: Apology) -> None:
    """Nơi nhận at the left, the signature of the head of the agency at the right."""
    sheet.keep(150)
    top = sheet.y + 14 * sheet.scale
    ends = recipients(sheet, top, apology.desk)
    sheet.y = top - 10 * sheet.scale
    signatures(sheet, [("", "", ""), ("\n".join(apology.signer_lines), "", apology.signer)])
    sheet.y = max(sheet.y, ends)
