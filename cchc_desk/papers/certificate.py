"""The certificate of the practice ward: the lessons passed, their minutes and wrong steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_desk.domain.table import Column
from cchc_desk.papers.layout.blocks import Signature, header, signatures
from cchc_desk.papers.layout.fonts import BOLD, ITALIC
from cchc_desk.papers.layout.sheet import Drawing, Sheet, Style
from cchc_desk.papers.layout.table import table
from cchc_desk.papers.layout.words import date_in_words
from cchc_desk.papers.lists import ListHead

TITLE = "GIẤY CHỨNG NHẬN TẬP HUẤN"
_SIGN = "(Ký và ghi rõ họ tên)"
NOT_A_DIPLOMA = (
    "Giấy của phường tập huấn, để động viên người học; không phải văn bằng, không thay giấy tờ nào."
)


@dataclass(frozen=True)
class Certified:
    """One lesson that was passed: the minutes it took, `planned` for it, a `score` of ten."""

    title: str
    day: date
    minutes: int
    mistakes: int
    score: int
    planned: int


_COLUMNS: tuple[Column[Certified], ...] = (
    Column("Bài tập", lambda lesson: lesson.title, 0.41),
    Column("Ngày làm", lambda lesson: f"{lesson.day:%d/%m/%Y}", 0.16, "centre"),
    Column("Số phút", lambda lesson: str(lesson.minutes), 0.12, "right"),
    Column("Bước sai", lambda lesson: str(lesson.mistakes), 0.12, "right"),
    Column("Điểm", lambda lesson: f"{lesson.score}/10", 0.12, "right"),
)


def certificate_pdf(head: ListHead, trainee: str, lessons: Sequence[Certified], of: int) -> bytes:
    """Return one A4 page; `of` is the number of lessons there are."""

    def draw(sheet: Sheet) -> None:
        header(sheet, head.agency, "", f"{head.place}, {date_in_words(head.made)}")
        sheet.paragraph(TITLE, Style(font=BOLD, size=17, before=26, align="centre", role="H1"))
        sheet.paragraph("Chứng nhận", Style(before=16, align="centre"))
        sheet.paragraph(trainee, Style(font=BOLD, size=20, before=8, align="centre"))
        passed = (
            f"đã làm xong {len(lessons)} trong {of} bài tập tiếp công dân, giải quyết hồ sơ một "
            "cửa."
        )
        sheet.paragraph(passed, Style(before=8, align="centre"))
        sheet.y += 14 * sheet.scale
        table(sheet, _COLUMNS, lessons, number=Column("TT", str, 0.07, "centre"), size=12)
        minutes = sum(lesson.minutes for lesson in lessons)
        mistakes = sum(lesson.mistakes for lesson in lessons)
        planned = sum(lesson.planned for lesson in lessons)
        sheet.paragraph(
            f"Tổng cộng {minutes} phút (dự kiến {planned} phút), {mistakes} bước sai.",
            Style(font=BOLD, before=10),
        )
        sheet.paragraph(NOT_A_DIPLOMA, Style(font=ITALIC, size=11, before=8))
        signatures(
            sheet, [Signature("NGƯỜI HỌC", _SIGN, trainee), Signature("NGƯỜI HƯỚNG DẪN", _SIGN, "")]
        )

    return Drawing(
        head.metadata(f"{TITLE} {trainee}"), "A4", [draw], watermark=head.watermark
    ).pdf()
