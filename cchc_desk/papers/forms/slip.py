"""Common parts of the one-stop desk's slips: head, citizen, moved promise, ending."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_desk.papers.layout.archive import Metadata
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
    """Top of every slip; `form_name` is another ministry's form whose name must be shown."""

    agency: Agency
    place: str
    number: str
    made: date
    title: str
    code: str = ""
    form_name: str = ""
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
    organisation: bool = False

    @property
    def you(self) -> str:
        """Form of address in the slip's sentences."""
        return form_of_address(self.organisation)


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
    form_line(sheet, about.form_name)
    header(
        sheet, about.agency, f"Số: {about.number}", f"{about.place}, {date_in_words(about.made)}"
    )
    sheet.paragraph(about.title, Style(font=BOLD, size=14, before=16, align="centre", role="H1"))
    if about.code:
        sheet.paragraph(
            f"Mã hồ sơ: {about.code}", Style(font=BOLD, size=13, before=1, align="centre")
        )
    if about.reprint:
        sheet.paragraph(f"({about.reprint})", Style(font=ITALIC, size=12, before=1, align="centre"))


def contact_line(sheet: Sheet, who: Citizen) -> None:
    """Draw phone and email, with dots for unknown ones."""
    sheet.paragraph(
        f"Số điện thoại: {who.phone or '……………………'}    Email: {who.email or '……………………'}", LINE
    )


def sentence(text: str) -> str:
    """Return the text with a full stop when it has no end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def letter_ends(sheet: Sheet, last: str, desk: str, signed: Signature) -> None:
    """Draw a letter's last paragraph, Nơi nhận and the signature, all on one page."""
    blocks = [Signature(), signed]
    sheet.paragraph(last, BODY, below=4 * sheet.scale + signing_room(sheet, blocks))
    sheet.y += 4 * sheet.scale
    ends = _recipients(sheet, sheet.y + 10 * sheet.scale, desk)
    signatures(sheet, blocks)
    sheet.y = max(sheet.y, ends)


def _recipients(sheet: Sheet, top: float, desk: str) -> float:
    """Draw Nơi nhận at the left and return the y of its end."""
    y = top
    for text, style in (
        ("Nơi nhận:", Style(font=BOLD_ITALIC, size=12)),
        ("- Như trên;", Style(size=11)),
        (f"- {desk};", Style(size=11)),
        ("- Lưu: VT.", Style(size=11)),
    ):
        with sheet.tags.element(style.role):
            for line in sheet.lines_of(text, style, sheet.room * 0.42):
                y += style.line * sheet.scale
                sheet.text(line, sheet.left, y, style)
    return y
