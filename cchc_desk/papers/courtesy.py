"""Papers of «4 xin, 4 luôn»: a clerk's week, the desk's report, the observation sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import partial

from cchc_desk.domain.courtesy import ItemShare, Mark
from cchc_desk.domain.table import Column
from cchc_desk.i18n import later
from cchc_desk.papers.layout.blocks import Signature, header, signatures
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import date_in_words
from cchc_desk.papers.lists import ListHead

CARD = "PHIẾU TUẦN “4 XIN, 4 LUÔN”"
REPORT = "BÁO CÁO THỰC HIỆN “4 XIN, 4 LUÔN”"
OBSERVATION = "PHIẾU QUAN SÁT GIAO TIẾP TẠI QUẦY"
FOR_ONESELF = (
    "Phiếu để mỗi người tự nhìn lại và làm tốt hơn; công chức xem trước, lãnh đạo chỉ xem phần "
    "công chức đã xem. Không dùng phiếu này để xếp loại, kỷ luật."
)
COUNTED = (
    "“Xin lỗi” chỉ tính khi hồ sơ trễ hẹn, “xin phép” chỉ tính khi phải để người dân chờ; làm thêm "
    "vẫn được tính."
)
_SIGN = "(Ký và ghi rõ họ tên)"
NOTHING = "—"


def percent(share: Fraction | None) -> str:
    """Return whole per cents, cut and never rounded up: 199 of 200 is 99%."""
    return NOTHING if share is None else f"{int(share * 100)}%"


@dataclass(frozen=True)
class Figures:
    """The figures of each item, then (label, value) lines."""

    items: Sequence[ItemShare]
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Week:
    """One week as words: its Monday, the self-score, the mean of what citizens pressed."""

    monday: str
    score: str
    citizens: str


@dataclass(frozen=True)
class SeenItem:
    """One item of an observation; `mark` is None on the blank sheet."""

    text: str
    mark: Mark | None


@dataclass(frozen=True)
class Seen:
    """One observation; `at` is None on the blank sheet."""

    official: str
    observer: str
    at: datetime | None
    marks: Sequence[SeenItem]
    good: str
    better: str


# --- columns --------------------------------------------------------------------------------------

ITEM_COLUMNS: tuple[Column[ItemShare], ...] = (
    Column(later("Điều"), lambda row: row.item.text, 0.42),
    Column(
        later("Đã làm"),
        lambda row: str(row.share.part),
        0.15,
        "right",
        sort=lambda row: row.share.part,
    ),
    Column(
        later("Lượt cần làm"),
        lambda row: str(row.share.whole),
        0.18,
        "right",
        sort=lambda row: row.share.whole,
    ),
    Column(
        later("Tỷ lệ"),
        lambda row: percent(row.share.value),
        0.17,
        "right",
        sort=lambda row: row.share.value,
    ),
)
_SEEN_COLUMNS: tuple[Column[SeenItem], ...] = (
    Column("Điều", lambda row: row.text, 0.34),
    Column("Đã làm", lambda row: _crossed(row, Mark.DONE), 0.16, "centre"),
    Column("Cần làm tốt hơn", lambda row: _crossed(row, Mark.BETTER), 0.24, "centre"),
    Column("Chưa có dịp", lambda row: _crossed(row, Mark.NO_OCCASION), 0.2, "centre"),
)


def _crossed(row: SeenItem, mark: Mark) -> str:
    return "×" if row.mark is mark else ""


# --- papers ---------------------------------------------------------------------------------------


def card_pdf(
    head: ListHead, official: str, figures: Figures, trend: Sequence[Week], paper: str = "A5"
) -> bytes:
    """Return a clerk's week on one page; `trend` is the weeks before, the oldest first."""

    def draw(sheet: Sheet) -> None:
        _begin(sheet, head, CARD)
        sheet.labelled("Họ và tên", official, Style(before=6))
        _figures(sheet, figures)
        sheet.paragraph("Các tuần qua", Style(font=BOLD, before=8, role="H2"))
        sheet.y += 4 * sheet.scale
        _weeks(sheet, trend)
        for line in (COUNTED, FOR_ONESELF):
            sheet.paragraph(line, Style(font=ITALIC, size=11, before=5))

    return Drawing(
        head.metadata(f"{CARD} {official}"), paper, [draw], watermark=head.watermark
    ).pdf()


def report_pdf(head: ListHead, figures: Figures) -> bytes:
    """Return the desk's totals of a period; nobody is named."""

    def draw(sheet: Sheet) -> None:
        _begin(sheet, head, REPORT)
        _figures(sheet, figures)
        sheet.paragraph(COUNTED, Style(font=ITALIC, size=12, before=8))
        signatures(
            sheet, [Signature("NGƯỜI LẬP BÁO CÁO", _SIGN, ""), Signature("LÃNH ĐẠO", _SIGN, "")]
        )

    return Drawing(head.metadata(REPORT), "A4", [draw], watermark=head.watermark).pdf()


def observation_pdf(head: ListHead, seen: Seen) -> bytes:
    """Return the supervisor's sheet, to be filled by hand or as it was filled."""

    def draw(sheet: Sheet) -> None:
        _begin(sheet, head, OBSERVATION, dated=seen.at is not None)
        at = seen.at
        when = "…… giờ ……, ngày …… tháng …… năm ……………"
        if at:
            when = f"{at:%H} giờ {at:%M}, {date_in_words(at.date())}"
        people = (("Người được quan sát", seen.official), ("Người quan sát", seen.observer))
        for label, value in people:
            sheet.labelled(label, value or "." * 72, Style(before=6))
        sheet.labelled("Thời gian", when, Style(before=6))
        sheet.y += 8 * sheet.scale
        number = Column[int]("TT", str, 0.06, "centre")
        table(sheet, _SEEN_COLUMNS, seen.marks, number=number, size=12)
        sheet.paragraph("Đánh dấu × vào một ô ở mỗi dòng.", Style(font=ITALIC, size=11, before=3))
        _remark(sheet, "Điều đã làm tốt", seen.good, blank=seen.at is None)
        _remark(sheet, "Điều có thể làm tốt hơn, cách giúp", seen.better, blank=seen.at is None)
        _remark(sheet, "Ý kiến của người được quan sát", "", blank=True)
        sheet.paragraph(
            "Trao đổi ngay sau khi quan sát, riêng hai người; phiếu để giúp nhau, không để xếp "
            "loại.",
            Style(font=ITALIC, size=11, before=12),
        )
        signatures(
            sheet,
            [
                Signature("NGƯỜI ĐƯỢC QUAN SÁT", _SIGN, seen.official),
                Signature("NGƯỜI QUAN SÁT", _SIGN, seen.observer),
            ],
        )

    return Drawing(head.metadata(OBSERVATION), "A4", [draw], watermark=head.watermark).pdf()


def _begin(sheet: Sheet, head: ListHead, title: str, *, dated: bool = True) -> None:
    day = date_in_words(head.made) if dated else "ngày …… tháng …… năm ………"
    header(sheet, head.agency, "", f"{head.place}, {day}")
    sheet.paragraph(title, Style(font=BOLD, size=14, before=10, align="centre", role="H1"))
    if head.about:
        sheet.paragraph(head.about, Style(font=ITALIC, size=12, before=1, align="centre"))


def _figures(sheet: Sheet, figures: Figures) -> None:
    sheet.y += 6 * sheet.scale
    table(sheet, ITEM_COLUMNS, figures.items, number=Column("TT", str, 0.08, "centre"), size=12)
    sheet.y += 4 * sheet.scale
    for label, value in figures.lines:
        sheet.labelled(label, value, Style(before=4))


@dataclass(frozen=True)
class _Measure:
    """One line of the trend: its name, and its text for a week."""

    name: str
    text: Callable[[Week], str]


_MEASURES = (
    _Measure("Tự chấm", lambda week: week.score),
    _Measure("Công dân", lambda week: week.citizens),
)


def _weeks(sheet: Sheet, trend: Sequence[Week]) -> None:
    wide = 0.8 / len(trend)
    columns = (
        Column[_Measure]("Tuần từ", lambda measure: measure.name, 0.2),
        *(Column(week.monday, partial(_text_of, week), wide, "centre") for week in trend),
    )
    table(sheet, columns, _MEASURES, size=10)


def _text_of(week: Week, measure: _Measure) -> str:
    return measure.text(week)


def _remark(sheet: Sheet, label: str, text: str, *, blank: bool) -> None:
    """Write the text, or dotted lines to write on."""
    if not blank:
        sheet.labelled(label, text or "không ghi", Style(before=8))
        return
    sheet.paragraph(f"{label}:", Style(before=8))
    for _ in range(2):
        sheet.y += 20 * sheet.scale
        sheet.canvas.setDash(1, 2)
        sheet.rule(sheet.left, sheet.right, sheet.y)
        sheet.canvas.setDash()
