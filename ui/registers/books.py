"""What each register shows: its columns, its lines for a period, and the paper it becomes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cchc_desk.actions import before_acceptance, morning, numbers, paper_receipts, registers, responsibility
from cchc_desk.actions import supplements as asked_for
from cchc_desk.actions.supplements import Asked
from cchc_desk.desk import Desk
from cchc_desk.store.lists import LateEntry
from cchc_desk.store.papers import PaperReceipt
from ui import words
from ui.widgets.line_table import Line


@dataclass(frozen=True)
class Scope:
    """What was asked for: the period, its last year, and the field ("" for all of them)."""

    first: date
    last: date
    field: str

    @property
    def year(self) -> int:
        return self.last.year


@dataclass(frozen=True)
class Content:
    """What a register says now: its lines, and a sentence above them where the number needs one."""

    lines: tuple[Line, ...]
    said: str = ""


@dataclass(frozen=True)
class Book:
    """One register. `asks`: "period", "year", "field"; `opens` is what Enter opens; `paper` None where it has none."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[Desk, Scope], Content]
    nothing: str
    asks: tuple[str, ...] = ()
    opens: str = "dossier"
    paper: Callable[[Desk, Scope], bytes] | None = None


# --- supplements ----------------------------------------------------------------------------------------------------


def _asked(part: Callable[[asked_for.Supplements], Iterable[Asked]]) -> Callable[[Desk, Scope], Content]:
    def read(desk: Desk, _: Scope) -> Content:
        found = part(asked_for.supplements(desk))
        return Content(tuple(Line(_asked_cells(one), one.row.code) for one in found))

    return read


def _asked_cells(one: Asked) -> tuple[str, ...]:
    when = one.brought or one.told or one.asked
    return one.row.code, one.row.name, one.row.phone, "; ".join(one.items), one.number, words.short(when)


_ASKED = ("Mã hồ sơ", "Chủ hồ sơ", "Điện thoại", "Nội dung phải bổ sung", "Phiếu số")


# --- dossiers -------------------------------------------------------------------------------------------------------


def _portal(desk: Desk, _: Scope) -> Content:
    lines = (
        Line(
            (
                row.registration.portal_code,
                row.applicant.name,
                row.registration.procedure_name,
                words.short(row.registration.submitted),
                words.short(row.registration.answer_by) + (" ✗ quá hạn" if row.late else ""),
            ),
            row.registration.portal_code,
        )
        for row in before_acceptance.waiting(desk)
    )
    return Content(tuple(lines))


def _untouched(desk: Desk, _: Scope) -> Content:
    found = morning.untouched(desk)
    return Content(
        tuple(
            Line(
                (row.code, row.name, row.procedure_name, row.holder_name, words.short(row.due), words.short(at)),
                row.code,
            )
            for row, at in found
        ),
        f"Không có việc nào được ghi trong {desk.settings['untouched_days']} ngày làm việc.",
    )


def _late_entries(desk: Desk, scope: Scope) -> Content:
    found = registers.late_entries(desk, scope.first, scope.last)
    lines = (
        Line(
            (one.code, one.name, words.short(one.accepted), words.short(one.entered), _gap(one), one.paper_receipt),
            one.code,
        )
        for one in found
    )
    return Content(tuple(lines), f"{len(found)} hồ sơ nhận trên giấy rồi mới nhập.")


def _gap(one: LateEntry) -> str:
    minutes = int((one.entered - one.accepted).total_seconds()) // 60
    return f"{minutes // 60} giờ {minutes % 60:02d} phút"


def _book(desk: Desk, scope: Scope) -> Content:
    rows = registers.book_rows(desk, scope.first, scope.last, scope.field)
    return Content(tuple(Line(row, row[0]) for row in rows))


# --- lateness -------------------------------------------------------------------------------------------------------


def _apologies(desk: Desk, scope: Scope) -> Content:
    return Content(tuple(Line(row, row[0]) for row in registers.apology_rows(desk, scope.first, scope.last)))


def _strikes(desk: Desk, scope: Scope) -> Content:
    rows = registers.strike_rows(desk, scope.year)
    people = len({row[0] for row in rows})
    said = f"Năm {scope.year}: {len(rows)} lần gây trễ hẹn do lỗi cá nhân, của {people} người."
    return Content(tuple(Line(row, row[2]) for row in rows), said)


def _fuse(desk: Desk, scope: Scope) -> Content:
    answer = responsibility.fuse(desk, scope.first, scope.last)
    solved, unsolved = ("/".join(map(str, pair)) for pair in (answer.solved, answer.unsolved))
    lines = (
        Line(
            (
                row.code,
                row.name,
                row.procedure_name,
                row.holder_name,
                words.short(row.first_due),
                words.short(row.ready),
            ),
            row.code,
        )
        for row in answer.late
    )
    said = f"{morning.fuse_words(answer)} Biểu II.06: trễ hạn đã giải quyết {solved}, đang giải quyết {unsolved}."
    return Content(tuple(lines), said)


# --- papers ---------------------------------------------------------------------------------------------------------


def _numbers(desk: Desk, scope: Scope) -> Content:
    lines = (
        Line((one.symbol, str(one.given), str(one.last), ", ".join(map(str, one.gaps)) or "không"))
        for one in numbers.series(desk, scope.year)
    )
    return Content(tuple(lines), f"Số đã cấp trong năm {scope.year}; mỗi ký hiệu một dãy số.")


def _receipts(desk: Desk, _: Scope) -> Content:
    found = paper_receipts.reconcile(desk)
    said = (
        f"{len(found.used)} đã dùng, {len(found.void)} đã hủy, {len(found.out)} còn ngoài"
        f"{': còn phải thu về hoặc hủy' if found.out else ' – không thiếu giấy nào'}."
    )
    return Content(
        (
            *(Line((*_receipt(one), "✗ còn ngoài"), "") for one in found.out),
            *(Line((*_receipt(one), f"đã dùng: {one.code}"), one.code or "") for one in found.used),
            *(Line((*_receipt(one), f"đã hủy: {one.void}"), "") for one in found.void),
        ),
        said,
    )


def _receipt(one: PaperReceipt) -> tuple[str, str]:
    return one.number, words.short(one.printed)


PORTAL, RECEIPTS = "Hồ sơ từ Cổng chờ trả lời", "Giấy hẹn in sẵn số"
BOOKS = (
    Book("Bổ sung: chưa báo công dân", (*_ASKED, "Yêu cầu lúc"), _asked(lambda s: s.not_told), "Không có hồ sơ nào."),
    Book("Bổ sung: đã báo, đang chờ", (*_ASKED, "Đã báo lúc"), _asked(lambda s: s.told), "Không có hồ sơ nào."),
    Book("Bổ sung: công dân đã mang tới", (*_ASKED, "Nhận lúc"), _asked(lambda s: s.brought), "Không có hồ sơ nào."),
    Book(
        PORTAL,
        ("Mã của Cổng", "Chủ hồ sơ", "Thủ tục", "Nộp lúc", "Phải trả lời trước"),
        _portal,
        "Không có hồ sơ nào của Cổng đang chờ.",
        opens="registration",
    ),
    Book(
        "Không ai đụng tới",
        ("Mã hồ sơ", "Chủ hồ sơ", "Thủ tục", "Người giữ", "Hẹn trả", "Lần cuối"),
        _untouched,
        "Hồ sơ nào cũng có người đang làm.",
    ),
    Book(
        "Nhận trên giấy, nhập muộn",
        ("Mã hồ sơ", "Chủ hồ sơ", "Nhận lúc", "Nhập lúc", "Chậm", "Giấy in sẵn"),
        _late_entries,
        "Không có hồ sơ nào nhập muộn trong kỳ.",
        ("period",),
    ),
    Book(
        "Sổ theo dõi hồ sơ",
        (
            "Mã hồ sơ",
            "Tên TTHC",
            "Số bộ",
            "Chủ hồ sơ",
            "Địa chỉ, điện thoại",
            "Cơ quan",
            "Nhận",
            "Hẹn trả",
            "Trả",
            "Ký nhận",
        ),
        _book,
        "Không có hồ sơ nào nhận trong kỳ.",
        ("period", "field"),
        paper=lambda desk, scope: registers.register_book(desk, scope.first, scope.last, scope.field),
    ),
    Book(
        "Công khai xin lỗi",
        ("Mã hồ sơ", "Tên (đã che)", "Thủ tục", "Hẹn trả", "Lý do", "Hẹn lại", "Thư số"),
        _apologies,
        "Không có thư xin lỗi nào được ký trong kỳ.",
        ("period",),
        paper=lambda desk, scope: registers.apology_list(desk, scope.first, scope.last),
    ),
    Book(
        "Công chức gây trễ hẹn",
        ("Công chức", "Số lần", "Mã hồ sơ", "Thủ tục", "Hẹn trả", "Nguyên nhân", "Ý kiến"),
        _strikes,
        "Không có công chức nào gây trễ hẹn do lỗi của mình trong năm.",
        ("year",),
        paper=lambda desk, scope: registers.review_list(desk, scope.year),
    ),
    Book(
        "Tỷ lệ trễ hẹn, đường 5 %",
        ("Mã hồ sơ", "Chủ hồ sơ", "Thủ tục", "Người giữ", "Hẹn trả", "Có kết quả"),
        _fuse,
        "Không có hồ sơ nào trễ hẹn trong kỳ.",
        ("period",),
        paper=lambda desk, scope: registers.head_note(desk, scope.first, scope.last),
    ),
    Book(
        "Số văn bản và số trống", ("Ký hiệu", "Đã cấp", "Số cuối", "Số trống"), _numbers, "Chưa cấp số nào.", ("year",)
    ),
    Book(RECEIPTS, ("Số", "In lúc", "Nay ở đâu"), _receipts, "Chưa in sẵn giấy hẹn nào."),
)
