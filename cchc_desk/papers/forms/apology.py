"""Mẫu 04: the apology letter, in the form of 2018 (Phiếu xin lỗi và hẹn lại …) or of 2025.

It never names a clerk; the layout of 2025 is known by name and data only [G] (docs/papers.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from cchc_desk.papers.forms.slip import BODY, Counted, letter_ends, sentence
from cchc_desk.papers.layout.archive import Metadata
from cchc_desk.papers.layout.blocks import Agency, Signature, header
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.sheet import Sheet, Style, on_pages
from cchc_desk.papers.layout.words import date_in_words, form_of_address, moment_in_words

TITLES = {
    "2018": "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
    "2025": "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
}
TITLE_WITHOUT_DATE = {
    "2018": "PHIẾU XIN LỖI",
    "2025": "VĂN BẢN XIN LỖI",
}
DRAFT = "DỰ THẢO"


@dataclass(frozen=True)
class Apology:
    """All text and moments of an apology letter; `number` and `signed` are None for a draft.

    `first_due`, `broken_due` and `kept_due` are moments as they were printed; `…_counted` is the
    same promise after it was moved. `old_title`: the title of 2018, which ministries still write,
    over a letter of 2025. `mistake`: the letter is about a mistake of the desk, not about lateness;
    `kept_due` is then the promise that still holds, if it is still to come.
    """

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
    old_title: bool = False
    mistake: bool = False
    kept_due: datetime | None = None
    first_counted: Counted | None = None
    broken_counted: Counted | None = None
    kept_counted: Counted | None = None
    organisation: bool = False
    drafted: date | None = None
    watermark: str = ""
    reprint: str = ""


def apology_pdf(
    apology: Apology, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> bytes:
    """Draw the letter; a draft has the mark DRAFT and no number. Same input, same bytes."""
    made = apology.signed or apology.drafted or apology.accepted
    about = Metadata(f"{_title(apology)} {apology.code}", apology.agency.full_name, made)
    return apologies_pdf(about, [apology], paper=paper, offset_mm=offset_mm)


def apologies_pdf(
    about: Metadata,
    apologies: Sequence[Apology],
    *,
    paper: str = "A4",
    offset_mm: tuple[float, float] = (0, 0),
) -> bytes:
    """Draw letters that all bear the same mark one after the other, in one file."""
    watermark = apologies[0].watermark or ("" if apologies[0].number else DRAFT)
    draw = [partial(_letter, apology) for apology in apologies]
    return on_pages(about, paper, draw, offset_mm=offset_mm, watermark=watermark)


def _title(apology: Apology) -> str:
    titles = TITLES if apology.new_due else TITLE_WITHOUT_DATE
    return titles["2018" if apology.old_title else apology.form_set]


def _letter(apology: Apology, sheet: Sheet) -> None:
    number = f"Số: {apology.number or '……/' + apology.symbol}"
    day = date_in_words(apology.signed) if apology.signed else "ngày …… tháng …… năm ………"
    header(sheet, apology.agency, number, f"{apology.place}, {day}")
    sheet.paragraph(
        _title(apology), Style(font=BOLD, size=14, before=18, align="centre", role="H1")
    )
    if apology.reprint:
        sheet.paragraph(
            f"({apology.reprint})", Style(font=ITALIC, size=12, before=1, align="centre")
        )
    sheet.paragraph(f"Kính gửi: {apology.addressee}", Style(size=14, before=12, first=28))
    for label, value in (("Địa chỉ", apology.address), ("Số điện thoại", apology.phone)):
        if value:
            sheet.paragraph(f"{label}: {value}", Style(first=28, before=3))
    *sentences, last = _sentences(apology)
    for text in sentences:
        sheet.paragraph(text, BODY)
    heading, by_key = "\n".join(apology.signer_lines), bool(apology.number)
    letter_ends(sheet, last, apology.desk, Signature(heading, "", apology.signer, by_key))


def _sentences(apology: Apology) -> list[str]:
    """Return the body of the letter: the promise, the reason, the apology, the new promise."""
    who, you = apology.agency_name, form_of_address(apology.organisation)
    accepted = date_in_words(apology.accepted.date())
    taken_in = (
        f"{accepted[0].upper()}{accepted[1:]}, {who} tiếp nhận giải quyết hồ sơ "
        f"«{apology.procedure}» (lĩnh vực {apology.field}) của {you}; mã hồ sơ: {apology.code}."
    )
    if apology.mistake:
        return [taken_in, *_mistake(apology)]
    return [
        taken_in,
        *_promised(apology),
        f"{_confession(apology)} Lý do: {sentence(apology.reason)}",
        f"{who} thành thật xin lỗi {you} vì sự chậm trễ này và mong nhận được sự thông cảm của "
        f"{you}.",
        *_what_now(apology),
    ]


def _promised(apology: Apology) -> list[str]:
    """Return the printed promises, each followed by its moment after it was moved.

    A second letter has the re-appointment as well.
    """
    sentences = [
        f"Thời gian hẹn trả kết quả giải quyết hồ sơ: {moment_in_words(apology.first_due)}."
    ]
    if apology.first_counted:
        sentences.append(f"Thời hạn {apology.first_counted.words}.")
    if apology.broken_due:
        sentences.append(f"Thời gian đã hẹn lại (một lần): {moment_in_words(apology.broken_due)}.")
    if apology.broken_counted:
        sentences.append(f"Thời hạn hẹn lại {apology.broken_counted.words}.")
    return sentences


def _confession(apology: Apology) -> str:
    you, receipt = form_of_address(apology.organisation), "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    if apology.ready:
        return f"Hồ sơ của {you} đã có kết quả, nhưng sau thời hạn quy định ghi trên {receipt}."
    return (
        f"Tuy nhiên đến nay, {apology.agency_name} chưa trả kết quả giải quyết hồ sơ của {you} "
        f"đúng thời hạn quy định ghi trên {receipt}."
    )


def _mistake(apology: Apology) -> list[str]:
    who, you = apology.agency_name, form_of_address(apology.organisation)
    promise = ""
    if due := apology.kept_due:
        moved = f" (thời hạn {apology.kept_counted.words})" if apology.kept_counted else ""
        promise = f" Thời gian hẹn trả kết quả không thay đổi: {moment_in_words(due)}{moved}."
    return [
        f"Trong quá trình tiếp nhận, giải quyết hồ sơ, {who} đã có sai sót: "
        f"{sentence(apology.reason)}",
        f"{who} thành thật xin lỗi {you} vì sai sót này và mong nhận được sự thông cảm của {you}.",
        f"Sai sót được khắc phục ngay; {you} không phải nộp thêm giấy tờ hay khoản tiền nào vì "
        "sai sót này."
        f"{promise}{_contact(apology)}"[:-1]
        + "./.",
    ]


def _contact(apology: Apology) -> str:
    return f" Mọi thắc mắc xin liên hệ số điện thoại {apology.hotline}." if apology.hotline else ""


def _what_now(apology: Apology) -> list[str]:
    contact, you = _contact(apology), form_of_address(apology.organisation)
    if apology.new_due is None:
        promise = f"Kết quả được trả ngay cho {you}" + (
            " khi đến nhận" if apology.ready else " khi hoàn thành"
        )
        return [f"{promise}.{contact}"[:-1] + "./."]
    asks = {
        "2018": f"{apology.agency_name} sẽ trả kết quả giải quyết hồ sơ cho {you} vào lúc",
        "2025": f"{apology.agency_name} đề nghị gia hạn thời gian giải quyết và sẽ trả kết quả "
        f"cho {you} vào lúc",
    }[apology.form_set]
    return [f"{asks} {moment_in_words(apology.new_due)}.{contact}"[:-1] + "./."]
