"""Reports over the catalogue: fees by procedure, and form II.07b, how procedures are handled."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from cchc_desk.domain.figures import Period
from cchc_desk.domain.law.fees import FeeUnit, read_fee, sum_fee
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked, Form, Report
from cchc_desk.domain.reports.table import Head, ReportColumn, table
from cchc_desk.domain.text.vietnamese import sort_key
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import report_counts
from cchc_desk.store.dossiers.report_counts import FeeLine
from cchc_desk.store.office import procedures

# --- fees -----------------------------------------------------------------------------------------


class _Known(Enum):
    """What is known of the fee of a dossier; the value is its column's name."""

    PRICED = "priced"
    FREE = "free"
    UNPRICED = "unpriced"


@dataclass
class _FeeSum:
    """The dossiers of one procedure by their fee, and what could be summed, in đồng."""

    procedure: str = ""
    name: str = ""
    field_name: str = ""
    count: Counter[_Known] = field(default_factory=Counter)
    amount: int = 0

    def add(self, line: FeeLine) -> None:
        known = _known(line.fee, certified=line.certified is not None)
        self.count[known] += line.dossiers
        if line.certified is not None:
            self.amount += line.certified
        elif known is _Known.PRICED and (rule := read_fee(line.fee)):
            each = sum_fee(rule, sets=line.sets, online=line.online)
            self.amount += line.dossiers * each.amount

    @property
    def received(self) -> int:
        return self.count.total()


def _known(fee: str, *, certified: bool) -> _Known:
    """Return whether the sum is known, or nothing is asked, or the words give no sum.

    A price per copy or page says nothing without the papers, which a dossier does not keep.
    """
    if certified:
        return _Known.PRICED
    rule = read_fee(fee)
    if rule is None or rule.unit in (FeeUnit.COPY, FeeUnit.PAGE):
        return _Known.UNPRICED
    return _Known.FREE if rule.unit is FeeUnit.FREE else _Known.PRICED


class FeesReport:
    """Makes the report of fees by field and procedure."""

    name = "fees"
    title = "Phí, lệ phí theo lĩnh vực và thủ tục"
    columns: tuple[ReportColumn[_FeeSum], ...] = (
        ReportColumn(Head("procedure", "Thủ tục", width=0.34, align="left"), lambda row: row.name),
        ReportColumn(
            Head("field", "Lĩnh vực", width=0.16, align="left"), lambda row: row.field_name
        ),
        ReportColumn(Head("received", "Tiếp nhận trong kỳ"), lambda row: row.received),
        ReportColumn(Head("priced", "Có mức thu"), lambda row: row.count[_Known.PRICED]),
        ReportColumn(Head("free", "Không thu"), lambda row: row.count[_Known.FREE]),
        ReportColumn(Head("unpriced", "Chưa tính được"), lambda row: row.count[_Known.UNPRICED]),
        ReportColumn(
            Head("amount", "Phí, lệ phí (đồng)", width=0.12, align="right"),
            lambda row: row.amount,
        ),
    )
    definitions = (
        "Số phải thu theo danh mục lúc tiếp nhận, chưa trừ miễn, giảm; không phải số đã thu.",
        "Chưa tính được: mức thu theo nghị quyết của HĐND, theo trang hoặc theo bản mà hồ sơ không "
        "ghi.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        sums: dict[str, _FeeSum] = {}
        totals = _FeeSum(name="Tổng cộng")
        with desk.read() as connection:
            for line in report_counts.fee_lines(connection, within, asked.origin):
                one = sums.setdefault(
                    line.procedure, _FeeSum(line.procedure, line.procedure_name, line.field)
                )
                one.add(line)
                totals.add(line)
        rows = sorted(sums.values(), key=lambda row: (sort_key(row.field_name), sort_key(row.name)))
        made = table(self.columns, rows, lambda row: row.procedure, totals)
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a cell; the amount's are those that have one."""
        desk.require(Permission.READ)
        wanted = {
            "received": set(_Known),
            "amount": {_Known.PRICED},
            **{known.value: {known} for known in _Known},
        }.get(column, set())
        with desk.read() as connection:
            found = report_counts.fee_codes(connection, key, within, asked.origin)
        return tuple(
            code for code, fee, certified in found if _known(fee, certified=certified) in wanted
        )


# --- form II.07b ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Handled:
    """Numbers of procedures of the office: all, those at the desk, those with a process."""

    unit: str
    all: int
    at_the_desk: int
    with_process: int


class HandledReport:
    """Makes form II.07b: how many procedures are handled at the desk, and by a process."""

    name = "ii-07b"
    title = "Thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết TTHC"
    form = Form(
        "Biểu số II.07b/VPCP/KSTT",
        "Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020",
        "TTHC, quy trình",
    )
    definitions = (
        "Danh mục của quầy chỉ có thủ tục tiếp nhận tại cấp xã: cột cấp tỉnh, cấp huyện bằng 0.",
        "Quy trình nội bộ: thủ tục đã đặt các bước trong chương trình.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the form, of the catalogue in force on the last day."""
        desk.require(Permission.READ)
        with desk.read() as connection:
            codes = {one.code for one in procedures.in_force(connection, within.end.date())}
            with_process = codes & report_counts.with_process(connection)
        row = _Handled(desk.settings["unit_name"], len(codes), len(codes), len(with_process))
        made = table(_handled_columns(), (row,), lambda one: one.unit)
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions, self.form)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """No cell of it counts dossiers."""
        desk.require(Permission.READ)
        return ()


def _handled_columns() -> tuple[ReportColumn[_Handled], ...]:
    def numbers(
        name: str, title: str, count: Callable[[_Handled], int]
    ) -> tuple[ReportColumn[_Handled], ...]:
        return (
            ReportColumn(Head(f"{name}_total", "Tổng số", title), count),
            ReportColumn(Head(f"{name}_province", "Cấp tỉnh", title), lambda _row: 0),
            ReportColumn(Head(f"{name}_district", "Cấp huyện", title), lambda _row: 0),
            ReportColumn(Head(f"{name}_commune", "Cấp xã", title), count),
        )

    unit = Head("unit", "Đơn vị", width=0.2, align="left")
    one_stop = "TTHC theo cơ chế một cửa, một cửa liên thông"
    return (
        ReportColumn(unit, lambda row: row.unit),
        *numbers("all", "Tổng số TTHC", lambda row: row.all),
        *numbers("one_stop", one_stop, lambda row: row.at_the_desk),
        *numbers("process", "Quy trình nội bộ", lambda row: row.with_process),
    )
