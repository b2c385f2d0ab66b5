"""The folder of personal data on paper, and the sheet of a breach within 72 hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from cchc_desk.domain.table import Column
from cchc_desk.papers.layout.blocks import Signature, header, signatures, signing_room
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.sheet import WIDE, Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import date_in_words
from cchc_desk.papers.lists import ListHead

_TITLE = Style(font=BOLD, size=14, before=12, align="centre", role="H1")
_ABOUT = Style(font=ITALIC, size=12, before=1, align="centre")
_SECTION = Style(font=BOLD, size=12, before=12, role="H2")
_LINE = Style(size=11, before=3)
_SIGN = "(Ký, ghi rõ họ tên)"
_DOTS = "…" * 44


@dataclass(frozen=True)
class Part:
    """A part of the folder: a table under its heading, or sentences where it has no columns."""

    title: str
    columns: Sequence[Column[Any]]
    rows: Sequence[Any]
    lines: Sequence[str] = ()
    nothing: str = "Không có."


@dataclass(frozen=True)
class Breach:
    """All text of the sheet of a breach; a blank one to be filled by hand has no moment."""

    discovered: datetime | None
    report_by: datetime | None
    what: str = ""
    data: str = ""
    people: str = ""
    measures: str = ""


def folder_pdf(
    head: ListHead, parts: Sequence[Part], law: str, breaches: Sequence[Breach], hours: int
) -> bytes:
    """Return the whole folder: its parts, then a sheet for each breach, or one to be filled."""
    about = head.metadata(f"HỒ SƠ DỮ LIỆU CÁ NHÂN {head.about}")
    sheets = [partial(_breach, head, law, one, hours) for one in breaches]
    draw = [partial(_folder, head, parts, law), *sheets]
    return Drawing(about, WIDE, draw, watermark=head.watermark).pdf()


def breach_pdf(head: ListHead, law: str, breach: Breach, hours: int) -> bytes:
    """Return the sheet of one breach."""
    about = head.metadata("PHIẾU BÁO CÁO SỰ CỐ DỮ LIỆU CÁ NHÂN")
    draw = [partial(_breach, head, law, breach, hours)]
    return Drawing(about, "A4", draw, watermark=head.watermark).pdf()


def _folder(head: ListHead, parts: Sequence[Part], law: str, sheet: Sheet) -> None:
    sheet.foot = "HỒ SƠ DỮ LIỆU CÁ NHÂN"
    header(sheet, head.agency, "", f"{head.place}, {date_in_words(head.made)}")
    sheet.paragraph("HỒ SƠ DỮ LIỆU CÁ NHÂN", _TITLE)
    for line in (head.about, law):
        sheet.paragraph(line, _ABOUT)
    number: Column[int] = Column("TT", str, 0.05, "centre")
    for place, part in enumerate(parts, 1):
        sheet.paragraph(f"{place}. {part.title}", _SECTION, below=60)
        for line in part.lines:
            sheet.paragraph(line, _LINE)
        sheet.y += 4 * sheet.scale
        if part.rows:
            table(sheet, part.columns, part.rows, number=number, size=9.5)
        elif part.columns:
            sheet.paragraph(part.nothing, Style(font=ITALIC, size=11, before=2))
    signed = [Signature("NGƯỜI LẬP", _SIGN, ""), Signature("NGƯỜI ĐỨNG ĐẦU", _SIGN, "")]
    sheet.keep(signing_room(sheet, signed))
    signatures(sheet, signed)


def _breach(head: ListHead, law: str, breach: Breach, hours: int, sheet: Sheet) -> None:
    sheet.foot = "PHIẾU BÁO CÁO SỰ CỐ DỮ LIỆU CÁ NHÂN"
    header(sheet, head.agency, "", f"{head.place}, {date_in_words(head.made)}")
    sheet.paragraph("PHIẾU BÁO CÁO SỰ CỐ DỮ LIỆU CÁ NHÂN", _TITLE)
    sheet.paragraph(f"(báo trong {hours} giờ từ lúc phát hiện; {law})", _ABOUT)
    sheet.y += 8 * sheet.scale
    for label, value in (
        ("Phát hiện lúc", _at(breach.discovered)),
        ("Phải báo trước", _at(breach.report_by)),
        ("Điều đã xảy ra", breach.what),
        ("Dữ liệu bị ảnh hưởng", breach.data),
        ("Số người bị ảnh hưởng", breach.people),
        ("Đã làm gì để ngăn chặn, khắc phục", breach.measures),
        ("Đã báo cơ quan chuyên trách lúc, số văn bản", ""),
        ("Đã báo người bị ảnh hưởng: cách nào, lúc nào", ""),
        ("Người liên hệ của cơ quan", ""),
    ):
        sheet.paragraph(f"{label}: {value}" if value else f"{label}:", Style(before=6))
        if not value:
            for _line in range(2):
                sheet.paragraph(_DOTS, Style(before=4))
    signed = [Signature("NGƯỜI LẬP PHIẾU", _SIGN, ""), Signature("NGƯỜI ĐỨNG ĐẦU", _SIGN, "")]
    sheet.keep(signing_room(sheet, signed))
    signatures(sheet, signed)


def _at(moment: datetime | None) -> str:
    return f"{moment:%H:%M ngày %d/%m/%Y}" if moment else ""
