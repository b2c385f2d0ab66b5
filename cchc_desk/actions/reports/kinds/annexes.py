"""The two annexes of QĐ 766: overdue dossiers with a result, and those still in work.

What is overdue is what the national portal counts as such, so both together are what the progress
of QĐ 766 lacks (scores.py). Their columns are those of lists seen (docs/lists.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.reports.kinds.listed import ListedReport
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked
from cchc_desk.domain.reports.table import Head, ReportColumn
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists

_ASKED_TWICE = "Yêu cầu bổ sung từ lần thứ hai"
_ENDED = {Status.WITHDRAWN: "Công dân rút", Status.STOPPED: "Dừng giải quyết"}


@dataclass(frozen=True)
class _Overdue:
    """A dossier that the portal counts as overdue; `finished`: by the end of the period."""

    row: DossierRow
    unit: str
    finished: date | None
    asked_twice_only: bool

    @property
    def note(self) -> str:
        ended = _ENDED.get(self.row.status, "") if self.finished else ""
        return "; ".join(filter(None, (ended, _ASKED_TWICE if self.asked_twice_only else "")))


def _overdue(desk: Desk, asked: Asked, within: Period) -> list[_Overdue]:
    """Return them by due moment; to a processor their own alone."""
    desk.require(Permission.READ)
    answer = responsibility.fuse(desk, asked.first, asked.last, asked.origin)
    late, unit = set(answer.late), desk.settings["unit_name"]
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, asked.origin)
        codes = [code for code in answer.portal_late if code in seen]
        rows = lists.rows_of_many(connection, desk.now(), codes)
    return [
        _Overdue(row, unit, _finished(row, within), asked_twice_only=row.code not in late)
        for row in rows
    ]


def _finished(row: DossierRow, within: Period) -> date | None:
    done = row.finished
    return done.date() if done is not None and done <= within.end else None


def _with_a_result(desk: Desk, asked: Asked, within: Period) -> Sequence[_Overdue]:
    return [one for one in _overdue(desk, asked, within) if one.finished]


def _in_work(desk: Desk, asked: Asked, within: Period) -> Sequence[_Overdue]:
    return [one for one in _overdue(desk, asked, within) if not one.finished]


def _wide(name: str, title: str, width: float) -> Head:
    return Head(name, title, width=width, align="left")


_BEFORE: tuple[ReportColumn[_Overdue], ...] = (
    ReportColumn(_wide("code", "Mã hồ sơ", 0.2), lambda one: one.row.code),
    ReportColumn(_wide("accepted", "Ngày tiếp nhận", 0.1), lambda one: one.row.accepted.date()),
    ReportColumn(_wide("due", "Ngày hẹn trả", 0.1), lambda one: one.row.first_due.date()),
)
_UNIT: ReportColumn[_Overdue] = ReportColumn(
    _wide("unit", "Đơn vị giải quyết", 0.2), lambda one: one.unit
)
_NOTE: ReportColumn[_Overdue] = ReportColumn(_wide("note", "Ghi chú", 0.18), lambda one: one.note)
_DEFINITION = (
    "Quá hạn như Cổng Dịch vụ công quốc gia đếm, gồm cả hồ sơ yêu cầu bổ sung từ lần thứ hai; hai "
    "phụ lục cộng lại là số hồ sơ quá hạn của báo cáo 766."
)

ANNEX_1 = ListedReport[_Overdue](
    "766-late",
    "QĐ 766 – Phụ lục I, hồ sơ quá hạn",
    (
        *_BEFORE,
        ReportColumn(_wide("result", "Ngày có kết quả", 0.1), lambda one: one.finished),
        _UNIT,
        _NOTE,
    ),
    _with_a_result,
    lambda one: one.row.code,
    lambda one, _column: (one.row.code,),
    (_DEFINITION,),
)
ANNEX_2 = ListedReport[_Overdue](
    "766-open-late",
    "QĐ 766 – Phụ lục II, hồ sơ đang xử lý quá hạn",
    (
        *_BEFORE,
        _UNIT,
        ReportColumn(_wide("holder", "Cán bộ đang xử lý", 0.15), lambda one: one.row.holder_name),
        _NOTE,
    ),
    _in_work,
    lambda one: one.row.code,
    lambda one, _column: (one.row.code,),
    (_DEFINITION,),
)
