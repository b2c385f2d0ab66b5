"""Mẫu 05 (2018) / Mẫu 06 (2025) – Phiếu kiểm soát quá trình giải quyết hồ sơ: all hand-overs."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from cchc_desk.domain.table import Column
from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.blocks import Agency, header
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import code_lines, date_in_words, moment_in_words

TITLE = "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"
_SMALL = Style(font=ITALIC, size=10.5, before=4)
_BLANK_TIME = "……giờ……phút, ngày …… tháng …… năm ………"
_NOTES = (
    "Phiếu này đi cùng hồ sơ và lưu tại bộ phận một cửa khi hồ sơ đã trả kết quả.",
    "Cột kết quả do bên nhận ghi, so với thời gian của bước trong quy trình nội bộ; quá hạn thì "
    "ghi lý do.",
)


@dataclass(frozen=True)
class Passing:
    """One hand-over, with the result of the step before it."""

    from_unit: str
    to_unit: str
    giver: str
    receiver: str
    at: datetime
    result: str
    note: str = ""


def _units(passing: Passing | None) -> str:
    if passing is None:
        return "1. Giao: ……………\n2. Nhận: ……………"
    return f"1. Giao: {passing.from_unit}\n2. Nhận: {passing.to_unit}"


def _signatures(passing: Passing | None) -> tuple[str, str]:
    """The giver beside the receiver, with room to sign above the names."""
    giver, receiver = (passing.giver, passing.receiver) if passing else ("", "")
    return f"Người giao\n \n \n{giver}", f"Người nhận\n \n \n{receiver}"


# None is a hand-over to be filled in by hand.
_COLUMNS: tuple[Column[Passing | None], ...] = (
    Column("TÊN CƠ QUAN", _units, 0.21),
    Column(
        "THỜI GIAN GIAO, NHẬN HỒ SƠ",
        lambda passing: moment_in_words(passing.at) if passing else _BLANK_TIME,
        0.41,  # a whole moment on one line
        below=_signatures,
    ),
    Column(
        "KẾT QUẢ GIẢI QUYẾT HỒ SƠ\n(Trước hạn/đúng hạn/quá hạn)",
        lambda passing: passing.result if passing else "",
        0.2,
        "centre",
    ),
    Column("GHI CHÚ", lambda passing: passing.note if passing else "", 0.18),
)


@dataclass(frozen=True)
class ControlSheet:
    """All text of the sheet; up to `blank` empty hand-overs, as many as add no page."""

    agency: Agency
    place: str
    made: datetime
    code: str
    owner: str
    address: str
    phone: str
    procedure: str
    accepted: datetime
    due: datetime
    solving: str
    joining: str
    passings: tuple[Passing, ...]
    blank: int = 4
    portal_code: str = ""
    watermark: str = ""
    reprint: str = ""


def control_sheet_drawing(
    control: ControlSheet, *, paper: str = "A4", offset_mm: tuple[float, float] = (0, 0)
) -> Drawing:
    """Return the sheet to be drawn."""
    title, watermark = f"{TITLE} {control.code}", control.watermark
    about = Metadata(title, control.agency.full_name, control.made)

    def with_blank(blank: int) -> Drawing:
        return Drawing(about, paper, [partial(_sheet, control, blank)], offset_mm, watermark)

    drawing = with_blank(min(1, control.blank))
    fewest = drawing.pages()
    for blank in range(2, control.blank + 1):
        longer = with_blank(blank)
        if longer.pages() > fewest:
            break
        drawing = longer
    return drawing


def _sheet(control: ControlSheet, blank: int, sheet: Sheet) -> None:
    sheet.foot = control.code
    dated = f"{control.place}, {date_in_words(control.made.date())}"
    codes.under_the_head(sheet, control.code, header(sheet, control.agency, "", dated))
    sheet.paragraph(TITLE, Style(font=BOLD, size=14, before=8, align="centre", role="H1"))
    for named in code_lines(control.code, control.portal_code):
        sheet.paragraph(named, Style(font=BOLD, size=13, before=1, align="centre"))
    if control.reprint:
        sheet.paragraph(
            f"({control.reprint})", Style(font=ITALIC, size=12, before=1, align="centre")
        )
    line = Style(before=3)
    sheet.labelled("Kèm theo hồ sơ của", control.owner, Style(before=8))
    sheet.labelled("Địa chỉ", control.address, line)
    sheet.labelled("Số điện thoại", control.phone, line)
    sheet.labelled("Nội dung yêu cầu giải quyết", control.procedure, line)
    sheet.paragraph(f"Ngày nhận: {moment_in_words(control.accepted)}", line)
    sheet.paragraph(f"Ngày, giờ hẹn trả kết quả: {moment_in_words(control.due)}", line)
    sheet.labelled("Cơ quan (bộ phận) giải quyết hồ sơ", control.solving, line)
    sheet.labelled("Cơ quan phối hợp giải quyết hồ sơ", control.joining, line)
    sheet.y += 8 * sheet.scale
    notes = [f"({number}) {note}" for number, note in enumerate(_NOTES, 1)]
    below = sum(sheet.height_of(note, _SMALL) for note in notes)
    rows = [*control.passings, *([None] * blank)]
    table(sheet, _COLUMNS, rows, size=10.5, head_size=9, below=below)
    for note in notes:
        sheet.paragraph(note, _SMALL)
