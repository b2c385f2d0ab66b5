"""Common parts of the one-stop desk's slips: head, citizen, moved promise, ending."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from reportlab.lib.units import mm

from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.blocks import (
    Agency,
    Signature,
    header,
    signatures,
    signing_room,
)
from cchc_desk.papers.layout.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, width
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Sheet, Style
from cchc_desk.papers.layout.words import code_lines, date_in_words, moment_in_words

# One setting for a whole page: lines of the form and sentences, indented and justified alike.
LINE = Style(first=28, before=4, align="justify")
BODY = Style(first=28, before=6, leading=1.25, align="justify")
KEY_LINE = replace(BODY, font=BOLD)  # what the citizen looks for, such as the new date
_QR_MM = 18.0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a letter; an important one stands in bold."""

    text: str
    bold: bool = False


def paragraphs(sheet: Sheet, body: Iterable[Paragraph]) -> None:
    for paragraph in body:
        sheet.paragraph(paragraph.text, KEY_LINE if paragraph.bold else BODY)


@dataclass(frozen=True)
class SlipHead:
    """Top of every slip; `portal_code`: of a dossier that came online."""

    agency: Agency
    place: str
    number: str
    made: date
    title: str
    code: str = ""
    portal_code: str = ""
    reprint: str = ""

    def metadata(self, title: str) -> Metadata:
        return Metadata(title, self.agency.full_name, self.made)


@dataclass(frozen=True)
class Citizen:
    """The citizen or organisation a slip is addressed to, and their procedure."""

    name: str
    address: str
    phone: str
    email: str
    procedure: str
    you: str  # form of address in the slip's sentences
    organisation: bool = False


@dataclass(frozen=True)
class Checked:
    """The check code of a letter, what its QR holds, and what is read in place of the QR."""

    check: str
    scan: str
    alt: str


@dataclass(frozen=True)
class Counted:
    """A promise after it was moved, and the reason ("trừ thời gian tạm dừng"); never on a receipt.

    The promise keeps its printed moment: papers print that one first and this one after it.
    """

    due: datetime
    after: str

    @property
    def words(self) -> str:
        return f"sau khi {self.after}: {moment_in_words(self.due)}"


def head(sheet: Sheet, about: SlipHead) -> None:
    """Draw header, number and date, title, and the dossier's code if there is one."""
    sheet.foot = about.code or about.number
    header(
        sheet, about.agency, f"Số: {about.number}", f"{about.place}, {date_in_words(about.made)}"
    )
    sheet.paragraph(about.title, Style(font=BOLD, size=14, before=16, align="centre", role="H1"))
    for line in code_lines(about.code, about.portal_code):
        sheet.paragraph(line, Style(font=BOLD, size=13, before=1, align="centre"))
    if about.reprint:
        sheet.paragraph(f"({about.reprint})", Style(font=ITALIC, size=12, before=1, align="centre"))


def contact(sheet: Sheet, phone: str, email: str, style: Style) -> None:
    """Draw phone and e-mail as in the form, both labels always; a long e-mail on its own line."""
    called, mailed = f"Số điện thoại: {phone or '……………………'}", f"Email: {email or '……………………'}"
    both = f"{called}    {mailed}"
    fits = len(sheet.lines_of(both, style, sheet.room)) == 1
    for line in (both,) if fits else (called, mailed):
        sheet.paragraph(line, style)


def addressed_to(sheet: Sheet, name: str, address: str, phone: str) -> None:
    """Draw Kính gửi, address and phone, further lines under the first word; empty ones left out."""
    for label, value, size in (
        ("Kính gửi", name, 14),
        ("Địa chỉ", address, 13),
        ("Số điện thoại", phone, 13),
    ):
        if value:
            hang = width(f"{label}: ", REGULAR, size)
            before = 9 if label == "Kính gửi" else 3
            sheet.paragraph(
                f"{label}: {value}",
                Style(size=size, before=before, indent=28 + hang, first=-hang),
            )


def numbered(sheet: Sheet, items: Sequence[str]) -> None:
    """Draw a numbered list, further lines of an item under its first word."""
    sheet.tags.begin("L")
    for number, item in enumerate(items, 1):
        hang = width(f"{number}. ", REGULAR, LINE.size)
        hanging = replace(LINE, indent=28 + hang, first=-hang, role="LI")
        sheet.paragraph(f"{number}. {item}", hanging)
    sheet.tags.end()


def sentence(text: str) -> str:
    """Return the text with a full stop when it has no end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def letter_ends(sheet: Sheet, last: str, desk: str, signed: Signature, checked: Checked) -> None:
    """Draw a letter's last paragraph, Nơi nhận and the signature and seal, all on one page.

    The QR by which it is checked stands below Nơi nhận where that page has room for it.
    """
    blocks = [Signature(), replace(signed, stamped=True)]
    sheet.paragraph(last, BODY, below=4 * sheet.scale + signing_room(sheet, blocks))
    sheet.y += 4 * sheet.scale
    lines = ("- Như trên;", f"- {desk};", f"- Lưu: VT, {_initials(desk)}.")
    ends = recipients(sheet, sheet.y + 10 * sheet.scale, lines)
    signatures(sheet, blocks)
    side, top = _QR_MM * mm * sheet.scale, ends + 8 * sheet.scale
    if checked.scan and top + side <= sheet.bottom:
        codes.qr(sheet, checked.scan, sheet.left, top, side, checked.alt)
        ends = top + side
    codes.check_line(sheet, checked.check)
    sheet.y = max(sheet.y, ends)


def recipients(sheet: Sheet, top: float, lines: Sequence[str]) -> float:
    """Draw Nơi nhận with its lines at the left and return the y of its end."""
    y = top
    for text, style in (
        ("Nơi nhận:", Style(font=BOLD_ITALIC, size=12)),
        *((line, Style(size=11)) for line in lines),
    ):
        with sheet.tags.element(style.role):
            for line in sheet.lines_of(text, style, sheet.room * 0.42):
                y += style.line * sheet.scale
                sheet.text(line, sheet.left, y, style)
    return y


def _initials(desk: str) -> str:
    """Return `TTPVHCC`: who drafted it stands after the registry (NĐ 30/2020, II.9)."""
    title = re.split(r" (?:xã|phường|đặc khu) ", desk, maxsplit=1, flags=re.IGNORECASE)[0]
    return "".join(word[0].upper() for word in title.split() if word != "và")
