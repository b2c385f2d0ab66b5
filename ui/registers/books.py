"""The registers: columns, rows for a period, and paper of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic

from cchc_desk.actions.boards import morning, roster
from cchc_desk.actions.boards.morning import Untouched
from cchc_desk.actions.dossiers import reminders
from cchc_desk.actions.dossiers import supplements as asked_for
from cchc_desk.actions.dossiers.supplements import Asked
from cchc_desk.actions.exports.leaving import ExportLine
from cchc_desk.actions.intake import before_acceptance, certify, paper_receipts
from cchc_desk.actions.intake.before_acceptance import WaitingRow
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.office import numbers
from cchc_desk.actions.office.numbers import Series
from cchc_desk.actions.papers import personal_data_folder, registers
from cchc_desk.actions.people import absences as away
from cchc_desk.domain.chart import Bars
from cchc_desk.domain.dossiers.certifications import BOOK_NAMES, BookLine, CertificationBook, sum_of
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.register_rows import (
    ApologyRow,
    BookRow,
    CancelledRow,
    LateEntry,
    LateRow,
    StrikeLine,
)
from cchc_desk.domain.dossiers.reminders import (
    ASKERS,
    ReminderCount,
    ReminderLine,
    count_by,
)
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.law.fees import money
from cchc_desk.domain.law.procedure import shortened
from cchc_desk.domain.papers.paper_receipts import PaperReceipt
from cchc_desk.domain.people.absences import NamedAbsence
from cchc_desk.domain.personal_data import CitizenRequest
from cchc_desk.domain.table import Column, Row
from cchc_desk.domain.text.vietnamese import name_sort_key
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.dossiers.rows import shown_code
from ui.registers import absences, personal_data
from ui.widgets.tables.line_table import opens_nothing


@dataclass(frozen=True)
class Scope:
    """Choice in the fields of a register: period, its last year, field of work ("" for all).

    `origin`: of the dossiers counted. `reason`: why a paper of citizens leaves the program.
    """

    first: date
    last: date
    field: str
    origin: Origin = Origin.ALL
    reason: str = ""

    @property
    def year(self) -> int:
        return self.last.year


@dataclass(frozen=True)
class Content(Generic[Row]):
    """The rows of a register at this moment, a sentence above them, charts beside them."""

    rows: Sequence[Row]
    said: str = ""
    charts: tuple[Bars, ...] = ()


@dataclass(frozen=True)
class Book(Generic[Row]):
    """One register.

    `code` names what Enter on a row opens, `opens` says whether that is a dossier or a
    registration. `asks`: "period", "year", "field", "origin". `paper` is None where it has none;
    one that `lists_citizens` leaves with a reason.
    """

    name: str
    columns: tuple[Column[Row], ...]
    read: Callable[[Desk, Scope], Content[Row]]
    nothing: str
    asks: tuple[str, ...] = ()
    code: Callable[[Row], str] = opens_nothing
    opens: str = "dossier"
    paper: Callable[[Desk, Scope], bytes] | None = None
    lists_citizens: bool = False


# Where there is no room for all columns, these are not shown, the first to leave first: who, when
# and how it stands is enough to choose a line by.
_LEAVING = (
    later("Số bộ"),
    later("Cơ quan"),
    later("Ký nhận"),
    later("Mã băm SHA-256"),
    later("Tệp"),
    later("Người ký chứng thực"),
    later("Giấy in sẵn"),
    later("Phiếu gửi"),
    later("Ai đôn đốc"),
    later("Lần"),
    later("Thư số"),
    later("Nhận kết quả"),
    later("Địa chỉ, điện thoại"),
    later("Ý kiến"),
    later("Phiếu số"),
    later("Nội dung"),
    later("Báo nhận trước"),
    later("Số dòng"),
    later("Gửi lãnh đạo"),
    later("Lệ phí (đồng)"),
    later("Số bản"),
    later("Ghi chú"),
    later("Tên TTHC"),
    later("Thủ tục"),
    later("Chậm"),
    later("Nộp lúc"),
    later("Nhập lúc"),
    later("Người hủy"),
    later("Đang giữ"),
    later("Yêu cầu lúc"),
    later("Đã báo lúc"),
    later("Lần cuối"),
    later("Đã trả lời"),
    later("Nhận lúc"),
    later("Nhận"),
    later("Việc"),
    later("Lý do"),
    later("Nguyên nhân"),
    later("Hẹn lại"),
    later("Người giữ"),
    later("Điện thoại"),
    later("Đôn đốc lúc"),
    later("Ngày chứng thực"),
    later("Hồ sơ"),
    later("Để làm gì"),
)


def leaving(columns: Sequence[Column[Any]]) -> tuple[int, ...]:
    """Return the places of the columns that a narrow page may leave out, in that order; of those
    without a rank the first two never leave, the others from the right.
    """
    places = {column.short or column.title: place for place, column in enumerate(columns)}
    ranked = [places[title] for title in _LEAVING if title in places]
    others = [place for place in range(2, len(columns)) if place not in ranked]
    return (*ranked, *reversed(others))


# --- supplements ----------------------------------------------------------------------------------


def _asked(
    part: Callable[[asked_for.Supplements], Sequence[Asked]],
) -> Callable[[Desk, Scope], Content[Asked]]:
    def read(desk: Desk, scope: Scope) -> Content[Asked]:
        return Content(part(asked_for.supplements(desk, scope.origin)))

    return read


def _asked_columns(
    title: str, moment: Callable[[Asked], datetime | None]
) -> tuple[Column[Asked], ...]:
    """The columns of one list of supplements; the last one is the moment that put it there."""
    return (
        Column(later("Mã hồ sơ"), lambda one: one.row.code, shown=lambda one: shown_code(one.row)),
        Column(
            later("Chủ hồ sơ"),
            lambda one: one.row.name,
            sort=lambda one: one.row.name_sort,
            personal=True,
        ),
        Column(later("Điện thoại"), lambda one: one.row.phone, personal=True),
        Column(later("Phải bổ sung"), lambda one: "; ".join(one.items)),
        Column(later("Phiếu số"), lambda one: one.number),
        Column(title, lambda one: formatting.short(moment(one)), sort=moment),
    )


# --- dossiers -------------------------------------------------------------------------------------


def _portal(desk: Desk, _scope: Scope) -> Content[WaitingRow]:
    return Content(before_acceptance.waiting(desk))


_PORTAL_COLUMNS: tuple[Column[WaitingRow], ...] = (
    Column(later("Mã của Cổng"), lambda row: row.registration.portal_code),
    Column(
        later("Chủ hồ sơ"),
        lambda row: row.applicant.name,
        sort=lambda row: name_sort_key(row.applicant.name),
        personal=True,
    ),
    Column(
        later("Thủ tục"),
        lambda row: row.registration.procedure_name,
        shown=lambda row: shortened(row.registration.procedure_name),
    ),
    Column(
        later("Nộp lúc"),
        lambda row: formatting.short(row.registration.submitted),
        sort=lambda row: row.registration.submitted,
    ),
    Column(
        later("Trả lời trước"),
        lambda row: (
            formatting.short(row.registration.answer_by) + (_(" ✗ quá hạn") if row.late else "")
        ),
        sort=lambda row: row.registration.answer_by,
    ),
)


def _untouched(desk: Desk, scope: Scope) -> Content[Untouched]:
    return Content(
        morning.untouched(desk, scope.origin),
        _("Không có việc nào được ghi trong {days} ngày làm việc.").format(
            days=desk.settings["untouched_days"]
        ),
    )


_UNTOUCHED_COLUMNS: tuple[Column[Untouched], ...] = (
    Column(later("Mã hồ sơ"), lambda one: one.row.code, shown=lambda one: shown_code(one.row)),
    Column(
        later("Chủ hồ sơ"),
        lambda one: one.row.name,
        sort=lambda one: one.row.name_sort,
        personal=True,
    ),
    Column(
        later("Thủ tục"),
        lambda one: one.row.procedure_name,
        shown=lambda one: shortened(one.row.procedure_name),
    ),
    Column(later("Người giữ"), lambda one: one.row.holder_name),
    Column(
        later("Hẹn trả"), lambda one: formatting.short(one.row.due), sort=lambda one: one.row.due
    ),
    Column(
        later("Lần cuối"), lambda one: formatting.short(one.last_act), sort=lambda one: one.last_act
    ),
)


def _late_entries(desk: Desk, scope: Scope) -> Content[LateEntry]:
    rows = registers.late_entries(desk, scope.first, scope.last)
    said = _n("{count} hồ sơ nhận trên giấy rồi mới nhập.", len(rows)).format(count=len(rows))
    return Content(rows, said)


def _gap(row: LateEntry) -> str:
    minutes = int((row.entered - row.accepted).total_seconds()) // 60
    return _("{hours} giờ {minutes:02d} phút").format(hours=minutes // 60, minutes=minutes % 60)


_LATE_ENTRY_COLUMNS: tuple[Column[LateEntry], ...] = (
    Column(later("Mã hồ sơ"), lambda row: row.code, shown=lambda row: short_code(row.code)),
    Column(
        later("Chủ hồ sơ"),
        lambda row: row.name,
        sort=lambda row: name_sort_key(row.name),
        personal=True,
    ),
    Column(
        later("Nhận lúc"), lambda row: formatting.short(row.accepted), sort=lambda row: row.accepted
    ),
    Column(
        later("Nhập lúc"), lambda row: formatting.short(row.entered), sort=lambda row: row.entered
    ),
    Column(
        later("Chậm"),
        _gap,
        align="right",
        sort=lambda row: (row.entered - row.accepted).total_seconds(),
    ),
    Column(later("Giấy in sẵn"), lambda row: row.paper_receipt),
)


def _book(desk: Desk, scope: Scope) -> Content[BookRow]:
    return Content(registers.book_rows(desk, scope.first, scope.last, scope.field, scope.origin))


# --- certification --------------------------------------------------------------------------------


def _certifications(book: CertificationBook) -> Callable[[Desk, Scope], Content[BookLine]]:
    def read(desk: Desk, scope: Scope) -> Content[BookLine]:
        lines = certify.book_lines(desk, book, scope.first, scope.last)
        sums = sum_of(lines)
        said = _n("{count} việc, {copies} bản, lệ phí {fees}.", sums.count).format(
            count=formatting.number(sums.count),
            copies=formatting.number(sums.copies),
            fees=money(sums.fees),
        )
        return Content(lines, said)

    return read


def _certification_paper(book: CertificationBook) -> Callable[[Desk, Scope], bytes]:
    def paper(desk: Desk, scope: Scope) -> bytes:
        return registers.certification_book(desk, book, scope.first, scope.last, scope.reason)

    return paper


# --- lateness -------------------------------------------------------------------------------------


def _apologies(desk: Desk, scope: Scope) -> Content[ApologyRow]:
    return Content(registers.apology_rows(desk, scope.first, scope.last, scope.origin))


def _strikes(desk: Desk, scope: Scope) -> Content[StrikeLine]:
    rows = registers.strike_rows(desk, scope.year, scope.origin)
    people = len({row.official for row in rows})
    said = _("Năm {year}: {count} lần gây trễ hẹn do lỗi cá nhân, của {people} người.").format(
        year=scope.year, count=len(rows), people=people
    )
    return Content(rows, said)


def _late_share(desk: Desk, scope: Scope) -> Content[LateRow]:
    answer = responsibility.fuse(desk, scope.first, scope.last, scope.origin)
    solved, unsolved = ("/".join(map(str, pair)) for pair in (answer.solved, answer.unsolved))
    words = morning.fuse_words(answer)
    said = _(
        "{fuse_words} Biểu II.06: trễ hạn đã giải quyết {solved}, đang giải quyết {unsolved}. "
        "Xin lỗi: {coverage_words}"
    ).format(
        fuse_words=words[0].upper() + words[1:],
        solved=solved,
        unsolved=unsolved,
        coverage_words=morning.coverage_words(answer),
    )
    charts = (_by_month(desk, scope), *_by_cause(desk, scope))
    return Content(registers.late_rows(desk, answer), said, charts)


_SCALE = 20  # per cent: one late dossier of one in a month says little, and squashed the line


def _by_month(desk: Desk, scope: Scope) -> Bars:
    """The share of late dossiers of each month beside the line; a month without any has no bar."""
    fuses = responsibility.fuse_by_month(desk, scope.year, scope.origin)
    shares = tuple(float((fuse.share or 0) * 100) for fuse in fuses)
    title = _("Tỷ lệ trễ hẹn từng tháng của năm {year}")
    if max(shares, default=0) > _SCALE:
        title = _(
            "Tỷ lệ trễ hẹn từng tháng của năm {year} (số trễ/tổng số; cột gãy: quá {scale} %)"
        )
    return Bars(
        title=title.format(year=scope.year, scale=_SCALE),
        names=tuple(str(month) for month in range(1, len(fuses) + 1)),
        values=shares,
        texts=tuple("—" if fuse.share is None else f"{fuse.late}/{fuse.total}" for fuse in fuses),
        line=float(fuses[0].line * 100) if fuses else None,
        line_text=f"{formatting.number(int(fuses[0].line * 100))} %" if fuses else "",
        most=float(_SCALE),
        most_text=f"{_SCALE} %",
    )


def _by_cause(desk: Desk, scope: Scope) -> tuple[Bars, ...]:
    """Why they were late, the most frequent cause on top."""
    found = responsibility.late_by_cause(desk, scope.first, scope.last, scope.origin)
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


def _numbers(desk: Desk, scope: Scope) -> Content[Series]:
    said = _("Số đã cấp trong năm {year}; mỗi ký hiệu một dãy số.").format(year=scope.year)
    return Content(numbers.series(desk, scope.year), said)


_NUMBER_COLUMNS: tuple[Column[Series], ...] = (
    Column(later("Ký hiệu"), lambda one: one.symbol),
    Column(later("Đã cấp"), lambda one: str(one.given), align="right", sort=lambda one: one.given),
    Column(later("Số cuối"), lambda one: str(one.last), align="right", sort=lambda one: one.last),
    Column(
        later("Số trống"),
        lambda one: ", ".join(map(str, one.gaps)) or _("không"),
        sort=lambda one: len(one.gaps),
    ),
    Column(
        later("Số đã hủy"),
        lambda one: ", ".join(map(str, one.void)) or _("không"),
        sort=lambda one: len(one.void),
    ),
)


def _cancelled(desk: Desk, scope: Scope) -> Content[CancelledRow]:
    rows = registers.cancelled_rows(desk, scope.first, scope.last, scope.origin)
    said = _n("{count} số đã hủy; số không dùng lại.", len(rows)).format(count=len(rows))
    return Content(rows, said)


_CANCELLED_COLUMNS: tuple[Column[CancelledRow], ...] = (
    Column(later("Số"), lambda row: row.number),
    Column(
        later("Chủ hồ sơ"),
        lambda row: row.name,
        sort=lambda row: name_sort_key(row.name),
        personal=True,
    ),
    Column(later("Việc"), lambda row: row.what),
    Column(later("Hủy lúc"), lambda row: formatting.short(row.at), sort=lambda row: row.at),
    Column(later("Người hủy"), lambda row: row.official),
    Column(later("Lý do"), lambda row: row.reason),
)


def _requests(desk: Desk, scope: Scope) -> Content[CitizenRequest]:
    return Content(*personal_data.requests(desk, scope.first, scope.last))


def _exports(desk: Desk, scope: Scope) -> Content[ExportLine]:
    return Content(*personal_data.exports(desk, scope.first, scope.last))


def _receipts(desk: Desk, _scope: Scope) -> Content[PaperReceipt]:
    found = paper_receipts.reconcile(desk)
    used, void, out = len(found.used), len(found.void), len(found.out)
    sentence = (
        _("{used} đã dùng, {void} đã hủy, {out} còn ngoài: còn phải thu về hoặc hủy.")
        if out
        else _("{used} đã dùng, {void} đã hủy, {out} còn ngoài – không thiếu giấy nào.")
    )
    said = sentence.format(used=used, void=void, out=out)
    return Content((*found.out, *found.used, *found.void), said)


def _where_now(receipt: PaperReceipt) -> str:
    if receipt.code:
        return _("đã dùng: {code}").format(code=receipt.code)
    if receipt.void:
        return _("đã hủy: {void}").format(void=receipt.void)
    return _("✗ còn ngoài")


_RECEIPT_COLUMNS: tuple[Column[PaperReceipt], ...] = (
    Column(later("Số"), lambda one: one.number),
    Column(
        later("In lúc"), lambda one: formatting.short(one.printed), sort=lambda one: one.printed
    ),
    Column(later("Nay ở đâu"), _where_now),
)


# --- reminders ------------------------------------------------------------------------------------


def _absences(desk: Desk, _scope: Scope) -> Content[NamedAbsence]:
    said = _("Từ hôm nay trở đi. F9 in bảng phân công một tuần để dán cửa.")
    return Content(away.listed(desk), said)


def _reminders(desk: Desk, scope: Scope) -> Content[ReminderLine]:
    lines = reminders.register(desk, scope.first, scope.last, scope.origin)
    overdue = sum(line.is_overdue for line in lines)
    said = _n("{count} lần đôn đốc, {overdue} trả lời muộn hoặc đã quá giờ.", len(lines))
    return Content(lines, said.format(count=len(lines), overdue=overdue))


def _answered(line: ReminderLine) -> str:
    one = line.reminder
    late = _(" ✗ quá giờ") if line.is_overdue else ""
    if one.answered is None:
        return _("chưa; trước {answer_by}").format(answer_by=formatting.short(one.answer_by)) + late
    return formatting.short(one.answered) + late


_REMINDER_COLUMNS: tuple[Column[ReminderLine], ...] = (
    Column(
        later("Phiếu số"), lambda one: one.reminder.number_text, sort=lambda one: one.reminder.made
    ),
    Column(
        later("Đôn đốc lúc"),
        lambda one: formatting.short(one.reminder.made),
        sort=lambda one: one.reminder.made,
    ),
    Column(
        later("Lần"),
        lambda one: str(one.reminder.time),
        align="right",
        sort=lambda one: one.reminder.time,
    ),
    Column(
        later("Mã hồ sơ"),
        lambda one: one.reminder.code,
        shown=lambda one: short_code(one.reminder.code),
    ),
    Column(
        later("Chủ hồ sơ"),
        lambda one: one.name,
        sort=lambda one: name_sort_key(one.name),
        personal=True,
    ),
    Column(later("Ai đôn đốc"), lambda one: _(ASKERS[one.reminder.asker])),
    Column(later("Người giữ"), lambda one: one.holder_name),
    Column(later("Phiếu gửi"), lambda one: one.receiver_name),
    Column(later("Trả lời lúc"), _answered, sort=lambda one: one.reminder.answer_by),
    Column(later("Đã trả lời"), lambda one: one.reminder.answer, personal=True),
)


def _reminder_counts(
    key: Callable[[ReminderLine], str],
) -> Callable[[Desk, Scope], Content[ReminderCount]]:
    def read(desk: Desk, scope: Scope) -> Content[ReminderCount]:
        lines = reminders.register(desk, scope.first, scope.last, scope.origin)
        return Content(count_by(lines, key))

    return read


def _count_columns(title: str) -> tuple[Column[ReminderCount], ...]:
    def number(name: str, value: Callable[[ReminderCount], int]) -> Column[ReminderCount]:
        return Column(name, lambda one: str(value(one)), align="right", sort=value)

    return (
        Column(title, lambda one: one.of or _("(chưa ghi)")),
        number(later("Lần đôn đốc"), lambda one: one.reminders),
        number(later("Hồ sơ"), lambda one: one.dossiers),
        number(later("Gửi lãnh đạo"), lambda one: one.to_leader),
        number(later("Đã trả lời"), lambda one: one.answered),
        number(later("Quá giờ trả lời"), lambda one: one.overdue),
    )


PORTAL, RECEIPTS = later("Hồ sơ từ Cổng chờ trả lời"), later("Giấy hẹn in sẵn số")
BOOKS: tuple[Book[Any], ...] = (
    Book(
        later("Bổ sung: chưa báo công dân"),
        _asked_columns(later("Yêu cầu lúc"), lambda one: one.asked),
        _asked(lambda found: found.not_told),
        later("Không có hồ sơ nào."),
        ("origin",),
        code=lambda one: one.row.code,
    ),
    Book(
        later("Bổ sung: đã báo, đang chờ"),
        _asked_columns(later("Đã báo lúc"), lambda one: one.told),
        _asked(lambda found: found.told),
        later("Không có hồ sơ nào."),
        ("origin",),
        code=lambda one: one.row.code,
    ),
    Book(
        later("Bổ sung: công dân đã mang tới"),
        _asked_columns(later("Nhận lúc"), lambda one: one.brought),
        _asked(lambda found: found.brought),
        later("Không có hồ sơ nào."),
        ("origin",),
        code=lambda one: one.row.code,
    ),
    Book(
        PORTAL,
        _PORTAL_COLUMNS,
        _portal,
        later("Không có hồ sơ nào của Cổng đang chờ."),
        code=lambda row: row.registration.portal_code,
        opens="registration",
    ),
    Book(
        later("Không ai đụng tới"),
        _UNTOUCHED_COLUMNS,
        _untouched,
        later("Hồ sơ nào cũng có người đang làm."),
        ("origin",),
        code=lambda one: one.row.code,
    ),
    Book(
        later("Nhận trên giấy, nhập muộn"),
        _LATE_ENTRY_COLUMNS,
        _late_entries,
        later("Không có hồ sơ nào nhập muộn trong kỳ."),
        ("period",),
        code=lambda row: row.code,
    ),
    Book(
        later("Sổ theo dõi hồ sơ"),
        registers.BOOK_COLUMNS,
        _book,
        later("Không có hồ sơ nào nhận trong kỳ."),
        ("period", "field", "origin"),
        code=lambda row: row.code,
        paper=lambda desk, scope: registers.register_book(
            desk, scope.first, scope.last, scope.field, scope.reason, scope.origin
        ),
        lists_citizens=True,
    ),
    *(
        Book(
            BOOK_NAMES[book],
            registers.CERTIFICATION_COLUMNS[book],
            _certifications(book),
            later("Không có việc chứng thực nào trong kỳ."),
            ("period",),
            code=lambda one: one.code,
            paper=_certification_paper(book),
            lists_citizens=True,
        )
        for book in CertificationBook
    ),
    Book(
        later("Công khai xin lỗi"),
        registers.APOLOGY_COLUMNS,
        _apologies,
        later("Không có thư xin lỗi nào được ký trong kỳ."),
        ("period", "origin"),
        code=lambda row: row.code,
        paper=lambda desk, scope: registers.apology_list(
            desk, scope.first, scope.last, scope.origin
        ),
    ),
    Book(
        later("Công chức gây trễ hẹn"),
        registers.STRIKE_COLUMNS,
        _strikes,
        later("Không có công chức nào gây trễ hẹn do lỗi của mình trong năm."),
        ("year", "origin"),
        code=lambda row: row.code,
        paper=lambda desk, scope: registers.review_list(desk, scope.year, scope.origin),
    ),
    Book(
        later("Tỷ lệ trễ hẹn, đường 5 %"),
        registers.LATE_COLUMNS,
        _late_share,
        later("Không có hồ sơ nào trễ hẹn trong kỳ."),
        ("period", "origin"),
        code=lambda row: row.code,
        paper=lambda desk, scope: registers.head_note(desk, scope.first, scope.last, scope.origin),
    ),
    Book(
        later("Số văn bản và số trống"),
        _NUMBER_COLUMNS,
        _numbers,
        later("Chưa cấp số nào."),
        ("year",),
    ),
    Book(
        later("Số đã hủy"),
        _CANCELLED_COLUMNS,
        _cancelled,
        later("Không có số nào bị hủy trong kỳ."),
        ("period", "origin"),
        code=lambda row: row.code,
    ),
    Book(
        RECEIPTS,
        _RECEIPT_COLUMNS,
        _receipts,
        later("Chưa in sẵn giấy hẹn nào."),
        code=lambda one: one.code or "",
    ),
    Book(
        personal_data.REQUESTS,
        personal_data.REQUEST_COLUMNS,
        _requests,
        later("Không có yêu cầu nào trong kỳ."),
        ("period",),
        code=lambda one: one.code,
        paper=lambda desk, scope: personal_data_folder.folder(
            desk, scope.first, scope.last, scope.reason
        ),
        lists_citizens=True,
    ),
    Book(
        personal_data.EXPORTS,
        personal_data.EXPORT_COLUMNS,
        _exports,
        later("Không có lần nào trong kỳ."),
        ("period",),
    ),
    Book(
        later("Đôn đốc hồ sơ"),
        _REMINDER_COLUMNS,
        _reminders,
        later("Không có lần đôn đốc nào trong kỳ."),
        ("period", "origin"),
        code=lambda one: one.reminder.code,
    ),
    *(
        Book(
            name,
            _count_columns(title),
            _reminder_counts(key),
            later("Không có lần đôn đốc nào trong kỳ."),
            ("period", "origin"),
        )
        for name, title, key in (
            (
                later("Đôn đốc theo người giữ"),
                later("Người giữ hồ sơ lúc ấy"),
                lambda line: line.holder_name,
            ),
            (later("Đôn đốc theo lĩnh vực"), later("Lĩnh vực"), lambda line: line.field),
        )
    ),
    Book(
        absences.ABSENCES,
        absences.COLUMNS,
        _absences,
        later("Không ai vắng mặt."),
        paper=lambda desk, _scope: roster.roster(desk),
    ),
)
