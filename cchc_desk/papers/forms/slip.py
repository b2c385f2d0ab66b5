"""What the slips of the one-stop desk share: their head, who and what they are about, the reprint
mark.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_desk.papers.layout.blocks import (
    Agency,
    Signature,
    form_line,
    header,
    signatures,
    signing_room,
)
from cchc_desk.papers.layout.fonts import BOLD, BOLD_ITALIC, ITALIC
from cchc_desk.papers.layout.sheet import Sheet, Style
from cchc_desk.papers.layout.words import date_in_words, form_of_address, moment_in_words

LINE = Style(before=4)
BODY = Style(first=28, before=6, leading=1.25, align="justify")


@dataclass(frozen=True)
class SlipHead:
    """What stands at the top of every slip. `form_name` is another ministry's form whose name must
    be shown.
    """

    agency: Agency
    place: str
    number: str
    made: date
    title: str
    code: str = ""
    form_name: str = ""
    reprint: str = ""


@dataclass(frozen=True)
class Citizen:
    """Whom a slip is for, and about what."""

    name: str
    address: str
    phone: str
    email: str
    procedure: str
    organisation: bool = False

    @property
    def you(self) -> str:
        """How the slip speaks to them."""
        return form_of_address(self.organisation)


@dataclass(frozen=True)
class Counted:
    """Where a promise stands now that something moved it, and what did ("trừ thời gian tạm dừng");
    never on a receipt.

    The promise keeps its printed moment: papers print that one first and this one after it.
    """

    due: datetime
    after: str

    @property
    def words(self) -> str:
        return f"sau khi {self.after}: {moment_in_words(self.due)}"


def head(sheet: Sheet, about: SlipHead) -> None:
    """Header, number and date, title, dossier code where there is one."""
    form_line(sheet, about.form_name)
    header(
        sheet, about.agency, f"Số: {about.number}", f"{about.place}, {date_in_words(about.made)}"
    )
    sheet.paragraph(about.title, Style(font=BOLD, size=14, before=16, align="centre"))
    if about.code:
        sheet.paragraph(
            f"Mã hồ sơ: {about.code}", Style(font=BOLD, size=13, before=1, align="centre")
        )
    if about.reprint:
        sheet.paragraph(f"({about.reprint})", Style(font=ITALIC, size=12, before=1, align="centre"))


def contact_line(sheet: Sheet, who: Citizen) -> None:
    sheet.paragraph(
        f"Số điện thoại: {who.phone or '……………………'}    Email: {who.email or '……………………'}", LINE
    )


def sentence(text: str) -> str:
    """The text as a sentence: with a full stop where it has no end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def letter_ends(sheet: Sheet, last: str, desk: str, signed: Signature) -> None:
    """The last paragraph of a letter, and on the same page Nơi nhận at the left and the signature
    at the right.
    """
    blocks = [Signature(), signed]
    sheet.paragraph(last, BODY, below=4 * sheet.scale + signing_room(sheet, blocks))
    sheet.y += 4 * sheet.scale
    ends = _recipients(sheet, sheet.y + 10 * sheet.scale, desk)
    signatures(sheet, blocks)
    sheet.y = max(sheet.y, ends)


def _recipients(sheet: Sheet, top: float, desk: str) -> float:
    """Nơi nhận at the left; answers where it ends."""
    y = top
    for text, style in (
        ("Nơi nhận:", Style(font=BOLD_ITALIC, size=12)),
        ("- Như trên;", Style(size=11)),
        (f"- {desk};", Style(size=11)),
        ("- Lưu: VT.", Style(size=11)),
    ):
        for line in sheet.lines_of(text, style, sheet.room * 0.42):
            y += style.line * sheet.scale
            sheet.text(line, sheet.left, y, style)
    return y
