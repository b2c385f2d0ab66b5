"""Figures of the report on the dispatch 2307/UBND-NC to Sở Nội vụ: what it orders, counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.lateness import responsibility
from cchc_desk.domain.courtesy import Tally
from cchc_desk.domain.figures import (
    APOLOGISED,
    DUE_LATE,
    READY_EARLY,
    REAPPOINTED,
    RECEIVED_ONLINE,
    TOLD_IN_TIME,
    Figure,
    Period,
)
from cchc_desk.domain.late_share import SHARE_LATE, SHARE_TOTAL
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.counts import Figures
from cchc_desk.domain.reports.declared import RECEIVED_IN_PERIOD, SOLVED, SOLVED_ON_TIME
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.share_line import ShareLine, share_columns
from cchc_desk.domain.reports.table import table
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import figures, report_counts

DISPATCH = "dispatch"  # the report's name
_SATISFIED = (4, 5)  # faces
_RESPONSIBLE = "responsible"


@dataclass(frozen=True)
class _Counted:
    """A line that counts the dossiers of some figures, of those of others."""

    key: str
    name: str
    part: Figures
    whole: Figures = ()

    def line(self, counts: Mapping[Figure, int]) -> ShareLine:
        part, whole = (sum(counts[one] for one in of) for of in (self.part, self.whole))
        return ShareLine(self.key, self.name, part, whole if self.whole else None)


_LATE = (
    _Counted("due_late", "Hồ sơ trễ có hạn hẹn trong kỳ", (DUE_LATE,)),
    _Counted("apologised", "– đã trao thư xin lỗi", (APOLOGISED,), (DUE_LATE,)),
    _Counted("told", "– báo trước kịp", (TOLD_IN_TIME,), (DUE_LATE,)),
    _Counted("reappointed", "– đã hẹn lại một lần", (REAPPOINTED,), (DUE_LATE,)),
    _Counted("late", "Hồ sơ trễ hẹn theo cách đếm của công văn", SHARE_LATE, SHARE_TOTAL),
)
_HANDLED = (
    _Counted("online", "Hồ sơ nộp trực tuyến", (RECEIVED_ONLINE,), RECEIVED_IN_PERIOD),
    _Counted(
        "in_time",
        "Hồ sơ giải quyết trước hạn, đúng hạn",
        (READY_EARLY, *SOLVED_ON_TIME),
        SOLVED,
    ),
)
_COUNTED = {one.key: one for one in (*_LATE, *_HANDLED)}
_FIGURES = tuple(
    dict.fromkeys(figure for one in _COUNTED.values() for figure in (*one.part, *one.whole))
)


def _courtesy_lines(tally: Tally) -> Iterator[ShareLine]:
    yield ShareLine(
        "score", "«4 xin, 4 luôn»: điều làm được khi tự chấm", tally.score.part, tally.score.whole
    )
    faces = tally.citizens.faces
    satisfied = sum(faces[face - 1] for face in _SATISFIED)
    name = "Phiếu công dân chấm rất hài lòng, hài lòng"
    yield ShareLine("satisfied", name, satisfied, tally.citizens.count)


class DispatchReport:
    """Makes the figures of the report on the dispatch."""

    name = DISPATCH
    title = "Kết quả thực hiện Công văn số 2307/UBND-NC"
    columns = share_columns("Số liệu", "Trên tổng số")
    definitions = (
        "Trao thư, báo trước, hẹn lại: hồ sơ trễ có lời hẹn đầu rơi vào kỳ. Trễ hẹn và xác định "
        "trách nhiệm: cách đếm của công văn, có kết quả, rút hoặc dừng trễ trong kỳ, hoặc cuối kỳ "
        "còn giải quyết mà đã quá hạn.",
        "Công chức gây trễ: số người có đủ số lần trễ do lỗi chủ quan trong năm của ngày cuối kỳ.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report; strikes are those of the calendar year of the last day."""
        desk.require(Permission.COURTESY_REPORT)
        with desk.read():  # all lines of one state
            lines = tuple(self._lines(desk, asked, within))
        made = table(self.columns, lines, lambda line: line.key)
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def _lines(self, desk: Desk, asked: Asked, within: Period) -> Iterator[ShareLine]:
        year, origin = asked.last.year, asked.origin
        with desk.read() as connection:
            counts = figures.count_all(connection, _FIGURES, within, origin)
            late = report_counts.late_lines(connection, within, origin)
        yield from (one.line(counts) for one in _LATE)
        named = sum(bool(line.official) for line in late)
        yield ShareLine(_RESPONSIBLE, "– đã xác định người chịu trách nhiệm", named, len(late))
        strikes = responsibility.regime_of(desk, year).strikes_review
        name = f"Công chức gây trễ hẹn từ {strikes} lần trở lên trong năm {year}"
        yield ShareLine("review", name, responsibility.to_be_reviewed(desk, year, origin))
        report = courtesy.desk_report(desk, asked.first, asked.last, origin)
        yield from _courtesy_lines(report.tally)
        yield from (one.line(counts) for one in _HANDLED)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind a number; behind a share those of its part."""
        desk.require(Permission.COURTESY_REPORT)
        if column not in ("part", "whole", "share"):
            return ()
        with desk.read() as connection:
            if key == _RESPONSIBLE:
                late = report_counts.late_lines(connection, within, asked.origin)
                return tuple(line.code for line in late if line.official or column == "whole")
            counted = _COUNTED.get(key or "")
            if counted is None:
                return ()
            return tuple(
                code
                for figure in (counted.whole if column == "whole" else counted.part)
                for code in figures.codes(connection, figure, within, asked.origin)
            )
