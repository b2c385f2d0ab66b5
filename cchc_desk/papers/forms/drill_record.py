"""Biên bản kiểm tra sao lưu: what was found when the last copy was opened and compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.table import Column
from cchc_desk.papers.layout.blocks import Agency, Signature, header, signatures
from cchc_desk.papers.layout.fonts import BOLD
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import date_in_words, moment_in_words

TITLE = "BIÊN BẢN"
ABOUT = "Kiểm tra bản sao lưu dữ liệu"
_SIGN = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True)
class DrillLine:
    """One thing that was compared: what it is, what was found, and whether it was right."""

    what: str
    found: str
    right: bool


@dataclass(frozen=True)
class DrillRecord:
    """Everything on the page; `problems` are sentences, none where the copy was sound."""

    agency: Agency
    place: str
    desk: str
    at: datetime
    by: str
    title: str
    lines: tuple[DrillLine, ...]
    problems: tuple[str, ...]
    watermark: str = ""


_COLUMNS: tuple[Column[DrillLine], ...] = (
    Column("Nội dung kiểm tra", lambda line: line.what, 0.34),
    Column("Kết quả thấy được", lambda line: line.found, 0.45),
    Column("Đạt", lambda line: "Đạt" if line.right else "Không đạt", 0.13, "centre"),
)


def drill_record_pdf(record: DrillRecord) -> bytes:
    """Draw the record on A4. Same input, same bytes."""
    about = Metadata(f"{TITLE} {ABOUT}", record.agency.full_name, record.at)
    drawn = Drawing(about, "A4", [lambda sheet: _draw(sheet, record)], watermark=record.watermark)
    return drawn.pdf()


def _draw(sheet: Sheet, record: DrillRecord) -> None:
    header(sheet, record.agency, "", f"{record.place}, {date_in_words(record.at.date())}")
    sheet.paragraph(TITLE, Style(font=BOLD, size=14, before=18, align="centre", role="H1"))
    sheet.paragraph(ABOUT, Style(font=BOLD, size=14, before=1, align="centre"))
    text = Style(size=13, before=8)
    sheet.paragraph(
        f"Hồi {moment_in_words(record.at)}, tại {record.desk}, {record.by} ({record.title}) đã mở "
        "bản sao lưu gần nhất ở một thư mục tạm, ngoài dữ liệu đang dùng, và đối chiếu như sau:",
        text,
    )
    sheet.y += 8 * sheet.scale
    table(sheet, _COLUMNS, record.lines, number=Column("TT", str, 0.08, "centre"), size=12)
    _conclusion(sheet, record.problems, text)
    signatures(
        sheet,
        [
            Signature("NGƯỜI KIỂM TRA", _SIGN, record.by),
            Signature("LÃNH ĐẠO ĐƠN VỊ", _SIGN, ""),
        ],
    )


def _conclusion(sheet: Sheet, problems: Sequence[str], text: Style) -> None:
    if not problems:
        sheet.paragraph(
            "Kết luận: bản sao lưu mở được, đầy đủ và khớp với sổ cái; dùng để khôi phục được.",
            text,
        )
        return
    sheet.paragraph("Kết luận: bản sao lưu KHÔNG dùng để khôi phục được, vì:", text)
    for problem in problems:
        sheet.paragraph(f"- {problem}", Style(size=13, before=3))
