"""What each register shows: its columns, its lines for a period, and the paper it becomes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_desk.actions.documents import morning, registers
from cchc_desk.actions.dossiers import supplements as asked_for
from cchc_desk.actions.dossiers.supplements import Asked
from cchc_desk.actions.intake import before_acceptance, paper_receipts
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.office import numbers
from cchc_desk.domain.chart import Bars
from cchc_desk.domain.dossiers.paper_receipts import PaperReceipt
from cchc_desk.domain.dossiers.register_rows import ApologyRow, BookRow, LateEntry, StrikeLine
from cchc_desk.domain.table import Column, Row, cells
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.widgets.tables.line_table import Line


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
    """What a register says now: its lines, a sentence above them where the number needs one, what
    is better seen.
    """

    lines: tuple[Line, ...]
    said: str = ""
    charts: tuple[Bars, ...] = ()


@dataclass(frozen=True)
class Book:
    """One register. `asks`: "period", "year", "field"; `opens` is what Enter opens; `paper` None
    where it has none.
    """

    name: str
    columns: tuple[str, ...]
    read: Callable[[Desk, Scope], Content]
    nothing: str
    asks: tuple[str, ...] = ()
    opens: str = "dossier"
    paper: Callable[[Desk, Scope], bytes] | None = None


# --- supplements ----------------------------------------------------------------------------------


def _asked(
    part: Callable[[asked_for.Supplements], Iterable[Asked]],
) -> Callable[[Desk, Scope], Content]:
    def read(desk: Desk, _scope: Scope) -> Content:
        found = part(asked_for.supplements(desk))
        return Content(tuple(Line(_asked_cells(one), one.row.code) for one in found))

    return read


def _asked_cells(one: Asked) -> tuple[str, ...]:
    when = one.brought or one.told or one.asked
    return (
        one.row.code,
        one.row.name,
        one.row.phone,
        "; ".join(one.items),
        one.number,
        formatting.short(when),
    )


_ASKED = (
    later("Mã hồ sơ"),
    later("Chủ hồ sơ"),
    later("Điện thoại"),
    later("Nội dung phải bổ sung"),
    later("Phiếu số"),
)


# --- dossiers -------------------------------------------------------------------------------------


def _portal(desk: Desk, _scope: Scope) -> Content:
    lines = (
        Line(
            (
                row.registration.portal_code,
                row.applicant.name,
                row.registration.procedure_name,
                formatting.short(row.registration.submitted),
                formatting.short(row.registration.answer_by)
                + (_(" ✗ quá hạn") if row.late else ""),
            ),
            row.registration.portal_code,
        )
        for row in before_acceptance.waiting(desk)
    )
    return Content(tuple(lines))


def _untouched(desk: Desk, _scope: Scope) -> Content:
    found = morning.untouched(desk)
    return Content(
        tuple(
            Line(
                (
                    row.code,
                    row.name,
                    row.procedure_name,
                    row.holder_name,
                    formatting.short(row.due),
                    formatting.short(at),
                ),
                row.code,
            )
            for row, at in found
        ),
        _("Không có việc nào được ghi trong {days} ngày làm việc.").format(
            days=desk.settings["untouched_days"]
        ),
    )


def _late_entries(desk: Desk, scope: Scope) -> Content:
    found = registers.late_entries(desk, scope.first, scope.last)
    lines = (
        Line(
            (
                one.code,
                one.name,
                formatting.short(one.accepted),
                formatting.short(one.entered),
                _gap(one),
                one.paper_receipt,
            ),
            one.code,
        )
        for one in found
    )
    return Content(
        tuple(lines),
        _n("{count} hồ sơ nhận trên giấy rồi mới nhập.", len(found)).format(count=len(found)),
    )


def _gap(one: LateEntry) -> str:
    minutes = int((one.entered - one.accepted).total_seconds()) // 60
    return _("{hours} giờ {minutes:02d} phút").format(hours=minutes // 60, minutes=minutes % 60)


def _lines(
    columns: Sequence[Column[Row]], rows: Iterable[Row], code: Callable[[Row], str]
) -> tuple[Line, ...]:
    """The rows as lines; Enter opens the dossier of `code`."""
    return tuple(Line(cells(columns, row), code(row)) for row in rows)


def _titles(columns: Sequence[Column[Row]]) -> tuple[str, ...]:
    return tuple(column.screen_title for column in columns)


def _book(desk: Desk, scope: Scope) -> Content:
    rows: tuple[BookRow, ...] = registers.book_rows(desk, scope.first, scope.last, scope.field)
    return Content(_lines(registers.BOOK_COLUMNS, rows, lambda row: row.code))


# --- lateness -------------------------------------------------------------------------------------


def _apologies(desk: Desk, scope: Scope) -> Content:
    rows: tuple[ApologyRow, ...] = registers.apology_rows(desk, scope.first, scope.last)
    return Content(_lines(registers.APOLOGY_COLUMNS, rows, lambda row: row.code))


def _strikes(desk: Desk, scope: Scope) -> Content:
    rows: tuple[StrikeLine, ...] = registers.strike_rows(desk, scope.year)
    people = len({row.official for row in rows})
    said = _("Năm {year}: {count} lần gây trễ hẹn do lỗi cá nhân, của {people} người.").format(
        year=scope.year, count=len(rows), people=people
    )
    return Content(_lines(registers.STRIKE_COLUMNS, rows, lambda row: row.code), said)


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
                formatting.short(row.first_due),
                formatting.short(row.ready),
            ),
            row.code,
        )
        for row in answer.late
    )
    fuse = morning.fuse_words(answer)
    said = _(
        "{fuse_words} Biểu II.06: trễ hạn đã giải quyết {solved}, đang giải quyết {unsolved}."
    ).format(fuse_words=fuse[0].upper() + fuse[1:], solved=solved, unsolved=unsolved)
    return Content(tuple(lines), said, (_by_month(desk, scope.year), *_by_cause(desk, scope)))


def _by_month(desk: Desk, year: int) -> Bars:
    """The share of late dossiers of each month beside the line; a month without any has no bar."""
    fuses = responsibility.fuse_by_month(desk, year)
    return Bars(
        title=_("Tỷ lệ trễ hẹn từng tháng của năm {year}").format(year=year),
        names=tuple(str(month) for month in range(1, len(fuses) + 1)),
        values=tuple(float((fuse.share or 0) * 100) for fuse in fuses),
        texts=tuple("—" if fuse.share is None else f"{fuse.late}/{fuse.total}" for fuse in fuses),
        line=float(fuses[0].line * 100) if fuses else None,
        line_text=f"{formatting.number(int(fuses[0].line * 100))} %" if fuses else "",
    )


def _by_cause(desk: Desk, scope: Scope) -> tuple[Bars, ...]:
    """Why they were late, the most frequent cause on top."""
    found = responsibility.late_by_cause(desk, scope.first, scope.last)
    if not found:
        return ()
    names, counts = zip(*found, strict=True)
    title = _("Nguyên nhân của các hồ sơ trễ trong kỳ")
    return (
        Bars(
            title,
            names,
            tuple(map(float, counts)),
            tuple(map(formatting.number, counts)),
            upright=False,
        ),
    )


# --- papers ---------------------------------------------------------------------------------------


def _numbers(desk: Desk, scope: Scope) -> Content:
    lines = (
        Line(
            (one.symbol, str(one.given), str(one.last), ", ".join(map(str, one.gaps)) or _("không"))
        )
        for one in numbers.series(desk, scope.year)
    )
    return Content(
        tuple(lines),
        _("Số đã cấp trong năm {year}; mỗi ký hiệu một dãy số.").format(year=scope.year),
    )


def _receipts(desk: Desk, _scope: Scope) -> Content:
    found = paper_receipts.reconcile(desk)
    used, void, out = len(found.used), len(found.void), len(found.out)
    sentence = (
        _("{used} đã dùng, {void} đã hủy, {out} còn ngoài: còn phải thu về hoặc hủy.")
        if out
        else _("{used} đã dùng, {void} đã hủy, {out} còn ngoài – không thiếu giấy nào.")
    )
    said = sentence.format(used=used, void=void, out=out)
    return Content(
        (
            *(Line((*_receipt(one), _("✗ còn ngoài")), "") for one in found.out),
            *(
                Line((*_receipt(one), _("đã dùng: {code}").format(code=one.code)), one.code or "")
                for one in found.used
            ),
            *(
                Line((*_receipt(one), _("đã hủy: {void}").format(void=one.void)), "")
                for one in found.void
            ),
        ),
        said,
    )


def _receipt(one: PaperReceipt) -> tuple[str, str]:
    return one.number, formatting.short(one.printed)


PORTAL, RECEIPTS = later("Hồ sơ từ Cổng chờ trả lời"), later("Giấy hẹn in sẵn số")
BOOKS = (
    Book(
        later("Bổ sung: chưa báo công dân"),
        (*_ASKED, later("Yêu cầu lúc")),
        _asked(lambda s: s.not_told),
        later("Không có hồ sơ nào."),
    ),
    Book(
        later("Bổ sung: đã báo, đang chờ"),
        (*_ASKED, later("Đã báo lúc")),
        _asked(lambda s: s.told),
        later("Không có hồ sơ nào."),
    ),
    Book(
        later("Bổ sung: công dân đã mang tới"),
        (*_ASKED, later("Nhận lúc")),
        _asked(lambda s: s.brought),
        later("Không có hồ sơ nào."),
    ),
    Book(
        PORTAL,
        (
            later("Mã của Cổng"),
            later("Chủ hồ sơ"),
            later("Thủ tục"),
            later("Nộp lúc"),
            later("Phải trả lời trước"),
        ),
        _portal,
        later("Không có hồ sơ nào của Cổng đang chờ."),
        opens="registration",
    ),
    Book(
        later("Không ai đụng tới"),
        (
            later("Mã hồ sơ"),
            later("Chủ hồ sơ"),
            later("Thủ tục"),
            later("Người giữ"),
            later("Hẹn trả"),
            later("Lần cuối"),
        ),
        _untouched,
        later("Hồ sơ nào cũng có người đang làm."),
    ),
    Book(
        later("Nhận trên giấy, nhập muộn"),
        (
            later("Mã hồ sơ"),
            later("Chủ hồ sơ"),
            later("Nhận lúc"),
            later("Nhập lúc"),
            later("Chậm"),
            later("Giấy in sẵn"),
        ),
        _late_entries,
        later("Không có hồ sơ nào nhập muộn trong kỳ."),
        ("period",),
    ),
    Book(
        later("Sổ theo dõi hồ sơ"),
        _titles(registers.BOOK_COLUMNS),
        _book,
        later("Không có hồ sơ nào nhận trong kỳ."),
        ("period", "field"),
        paper=lambda desk, scope: registers.register_book(
            desk, scope.first, scope.last, scope.field
        ),
    ),
    Book(
        later("Công khai xin lỗi"),
        _titles(registers.APOLOGY_COLUMNS),
        _apologies,
        later("Không có thư xin lỗi nào được ký trong kỳ."),
        ("period",),
        paper=lambda desk, scope: registers.apology_list(desk, scope.first, scope.last),
    ),
    Book(
        later("Công chức gây trễ hẹn"),
        _titles(registers.STRIKE_COLUMNS),
        _strikes,
        later("Không có công chức nào gây trễ hẹn do lỗi của mình trong năm."),
        ("year",),
        paper=lambda desk, scope: registers.review_list(desk, scope.year),
    ),
    Book(
        later("Tỷ lệ trễ hẹn, đường 5 %"),
        (
            later("Mã hồ sơ"),
            later("Chủ hồ sơ"),
            later("Thủ tục"),
            later("Người giữ"),
            later("Hẹn trả"),
            later("Có kết quả"),
        ),
        _fuse,
        later("Không có hồ sơ nào trễ hẹn trong kỳ."),
        ("period",),
        paper=lambda desk, scope: registers.head_note(desk, scope.first, scope.last),
    ),
    Book(
        later("Số văn bản và số trống"),
        (later("Ký hiệu"), later("Đã cấp"), later("Số cuối"), later("Số trống")),
        _numbers,
        later("Chưa cấp số nào."),
        ("year",),
    ),
    Book(
        RECEIPTS,
        (later("Số"), later("In lúc"), later("Nay ở đâu")),
        _receipts,
        later("Chưa in sẵn giấy hẹn nào."),
    ),
)
