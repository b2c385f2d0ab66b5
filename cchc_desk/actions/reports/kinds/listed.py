"""Reports whose rows are dossiers or officials: register, late dossiers, three strikes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic

from cchc_desk.actions.boards import morning
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.papers import registers
from cchc_desk.domain.dossiers.dossier import number_text
from cchc_desk.domain.dossiers.register_rows import BookRow
from cchc_desk.domain.figures import Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import Head, ReportColumn, table
from cchc_desk.domain.table import Cell, Column, Row
from cchc_desk.i18n import _
from cchc_desk.papers.lists import BOOK_COLUMNS
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import report_counts
from cchc_desk.store.dossiers.report_counts import LateLine


@dataclass(frozen=True)
class ListedReport(Generic[Row]):
    """Makes a report with a row for each thing found; `dossiers_of` names those of a row."""

    name: str
    title: str
    columns: tuple[ReportColumn[Row], ...]
    rows: Callable[[Desk, Asked, Period], Sequence[Row]]
    key: Callable[[Row], str]
    dossiers_of: Callable[[Row, str], tuple[str, ...]]
    definitions: tuple[str, ...]

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        made = table(self.columns, self.rows(desk, asked, within), self.key)
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a cell."""
        desk.require(Permission.READ)
        found = (row for row in self.rows(desk, asked, within) if self.key(row) == key)
        return tuple(code for row in found for code in self.dossiers_of(row, column))


# --- the register ---------------------------------------------------------------------------------

_BOOK_NAMES = (
    "code",
    "procedure",
    "sets",
    "name",
    "address",
    "agency",
    "accepted",
    "due",
    "returned",
    "how",
    "receiver",
    "note",
)
_BOOK_VALUES: dict[str, Callable[[BookRow], Cell]] = {
    "sets": lambda row: row.sets,
    "accepted": lambda row: row.accepted,
    "returned": lambda row: row.returned or "",
}


def _of_column(name: str, column: Column[BookRow]) -> ReportColumn[BookRow]:
    """Return a column of the register's own as one of a report."""
    head = Head(
        name,
        column.title,
        column.group,
        width=column.width,
        align=column.align,
        personal=column.personal,
    )
    return ReportColumn(head, _BOOK_VALUES.get(name, column.value))


REGISTER = ListedReport[BookRow](
    "register",
    "Sổ theo dõi hồ sơ",
    tuple(_of_column(name, column) for name, column in zip(_BOOK_NAMES, BOOK_COLUMNS, strict=True)),
    lambda desk, asked, _within: registers.book_rows(
        desk, asked.first, asked.last, origin=asked.origin
    ),
    lambda row: row.code,
    lambda row, _column: (row.code,),
    ("Hồ sơ tiếp nhận trong kỳ; «nay là»: hạn sau khi trừ thời gian tạm dừng, đổi lịch nghỉ.",),
)

# --- late dossiers --------------------------------------------------------------------------------


def _late_lines(desk: Desk, asked: Asked, within: Period) -> Sequence[LateLine]:
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, asked.origin)
        lines = report_counts.late_lines(connection, within, asked.origin)
    return [line for line in lines if line.code in seen]


def _letter(line: LateLine) -> str:
    number = number_text(line.letter_number, line.letter_symbol)
    return f"{number} ({line.letter_signed:%d/%m/%Y})" if number and line.letter_signed else ""


def _cause(line: LateLine) -> str:
    return _(catalogue.cause_label(line.cause)) if line.cause else _("Chưa xác định")


def _wide(name: str, title: str, width: float, *, personal: bool = False) -> Head:
    return Head(name, title, width=width, align="left", personal=personal)


LATE = ListedReport[LateLine](
    "late",
    "Hồ sơ trễ hẹn",
    (
        ReportColumn(_wide("code", "Mã hồ sơ", 0.16), lambda line: line.code),
        ReportColumn(_wide("procedure", "Thủ tục", 0.2), lambda line: line.procedure_name),
        ReportColumn(_wide("name", "Chủ hồ sơ", 0.12, personal=True), lambda line: line.applicant),
        ReportColumn(_wide("due", "Hẹn trả", 0.09), lambda line: line.first_due),
        ReportColumn(
            _wide("result", "Có kết quả", 0.09), lambda line: line.finished or _("chưa có")
        ),
        ReportColumn(_wide("cause", "Nguyên nhân", 0.13), _cause),
        ReportColumn(
            _wide("responsible", "Người chịu trách nhiệm", 0.11), lambda line: line.official
        ),
        ReportColumn(_wide("letter", "Thư xin lỗi", 0.1), _letter),
    ),
    _late_lines,
    lambda line: line.code,
    lambda line, _column: (line.code,),
    (
        "Cách đếm của công văn: có kết quả, rút hoặc dừng trong kỳ sau hạn hẹn đầu, hoặc cuối kỳ "
        "còn giải quyết mà đã quá hạn.",
    ),
)

# --- officials ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Official:
    """One official's strikes: those due in the period, and all of the calendar year."""

    login: str
    name: str
    within: tuple[str, ...]
    year: tuple[str, ...]
    standing: str


def _officials(desk: Desk, asked: Asked, _within: Period) -> Sequence[_Official]:
    """To a leader everybody's, else one's own."""
    return [
        _Official(
            row.official.id,
            row.official.name,
            tuple(
                line.code
                for line in row.dossiers
                if asked.first <= _day(line.first_due) <= asked.last
            ),
            tuple(line.code for line in row.dossiers),
            _(morning.STANDINGS[row.standing]) if row.standing in morning.STANDINGS else "",
        )
        for row in responsibility.strikes(desk, asked.last.year, asked.origin)
    ]


def _day(moment: datetime) -> date:
    return moment.date()


OFFICIALS = ListedReport[_Official](
    "officials",
    "Công chức gây trễ hẹn",
    (
        ReportColumn(_wide("official", "Công chức", 0.3), lambda row: row.name),
        ReportColumn(Head("late", "Trễ do lỗi chủ quan trong kỳ"), lambda row: len(row.within)),
        ReportColumn(Head("year", "Cả năm"), lambda row: len(row.year)),
        ReportColumn(_wide("standing", "Xem xét", 0.2), lambda row: row.standing),
    ),
    _officials,
    lambda row: row.login,
    lambda row, column: {"late": row.within, "year": row.year}.get(column, ()),
    (
        "Mỗi hồ sơ trễ do lỗi chủ quan của công chức là một lần, tính vào năm của hạn hẹn đầu; "
        "2 lần: cảnh báo, từ 3 lần: đưa ra xem xét.",
    ),
)
