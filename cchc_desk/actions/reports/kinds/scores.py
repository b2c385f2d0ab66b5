"""Reports of scores: QĐ 766 as far as a desk can work it out, courtesy and satisfaction."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import resources
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.lateness import responsibility
from cchc_desk.domain.courtesy import FACES, Tally
from cchc_desk.domain.figures import GONE, OPEN, READY, Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.indicators import PROGRESS, Indicator, Score
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.share_line import ShareLine, share_columns
from cchc_desk.domain.reports.table import Head, ReportColumn, table
from cchc_desk.domain.table import Cell
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import figures

INDICATORS = "766"  # the report's name

# --- QĐ 766 ---------------------------------------------------------------------------------------


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the indicators in their order."""
    rows = json.loads(resources.read_text("law/indicators_766.json"))["indicators"]
    return tuple(Indicator(**row) for row in rows)


@dataclass(frozen=True)
class _Line:
    """One indicator; `score` is None where the desk has not what it counts."""

    indicator: Indicator
    score: Score | None

    @property
    def note(self) -> str:
        if self.score is not None:
            return ""
        if not self.indicator.commune:
            return _("Không áp dụng cho cấp xã")
        return _("Không tính được tại quầy")


def _of_score(value: Callable[[Score], Cell]) -> Callable[[_Line], Cell]:
    return lambda line: "" if line.score is None else value(line.score)


def progress(desk: Desk, asked: Asked) -> Score:
    """Return the score of progress: in time of all received and handled, as the portal counts."""
    desk.require(Permission.READ)
    portal = responsibility.fuse(desk, asked.first, asked.last, asked.origin).portal
    most = next(one.most for one in indicators() if one.number == PROGRESS)
    return Score(portal.total - portal.late, portal.total, most or 0)


class IndicatorsReport:
    """Makes the report of QĐ 766: points where they can be worked out, else why not."""

    name = INDICATORS
    title = "Bộ chỉ số phục vụ người dân, doanh nghiệp (QĐ 766/QĐ-TTg)"
    columns: tuple[ReportColumn[_Line], ...] = (
        ReportColumn(
            Head("number", "Số", width=0.04, numbers_rows=True), lambda line: line.indicator.number
        ),
        ReportColumn(
            Head("group", "Nhóm", width=0.14, align="left"), lambda line: line.indicator.group
        ),
        ReportColumn(
            Head("indicator", "Chỉ số", width=0.24, align="left"), lambda line: line.indicator.name
        ),
        ReportColumn(Head("most", "Điểm tối đa"), lambda line: _or_blank(line.indicator.most)),
        ReportColumn(Head("part", "Đạt"), _of_score(lambda score: score.part)),
        ReportColumn(Head("whole", "Tổng số"), _of_score(lambda score: score.whole)),
        ReportColumn(Head("share", "Tỷ lệ"), _of_score(lambda score: score.share)),
        ReportColumn(Head("points", "Điểm"), _of_score(lambda score: score.points)),
        ReportColumn(Head("note", "Ghi chú", width=0.14, align="left"), lambda line: line.note),
    )
    definitions = (
        "Tiến độ: 20 × (giải quyết trước hạn, đúng hạn + đang giải quyết trong hạn) / hồ sơ tiếp "
        "nhận và giải quyết trong kỳ; yêu cầu bổ sung từ lần thứ hai tính là quá hạn. Làm tròn hai "
        "chữ số thập phân.",
        "Chỉ số không tính được tại quầy do Cổng Dịch vụ công quốc gia tính từ dữ liệu khác.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        score = progress(desk, asked)
        lines = tuple(_Line(one, score if one.number == PROGRESS else None) for one in indicators())
        made = table(self.columns, lines, lambda line: str(line.indicator.number))
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes behind the numbers of progress."""
        desk.require(Permission.READ)
        if key != str(PROGRESS) or column not in ("part", "whole"):
            return ()
        answer = responsibility.fuse(desk, asked.first, asked.last, asked.origin)
        with desk.read() as connection:
            whole = [
                code
                for figure in (READY, OPEN, GONE)
                for code in figures.codes(connection, figure, within, asked.origin)
            ]
        late = set(answer.portal_late) if column == "part" else set()
        return tuple(code for code in whole if code not in late)


def _or_blank(most: int | None) -> Cell:
    return "" if most is None else most


# --- courtesy -------------------------------------------------------------------------------------


_FACES = {
    5: later("Rất hài lòng"),
    4: later("Hài lòng"),
    3: later("Bình thường"),
    2: later("Không hài lòng"),
    1: later("Rất không hài lòng"),
}


def _courtesy_lines(tally: Tally) -> Iterator[ShareLine]:
    yield ShareLine("visits", _("Lượt tự chấm"), tally.visits)
    for item, share in tally.items:
        yield ShareLine(item.key, item.text, share.part, share.whole)
    yield ShareLine("score", _("Cả tám điều"), tally.score.part, tally.score.whole)
    citizens = tally.citizens
    for face in reversed(FACES):
        name = _(_FACES[face])
        yield ShareLine(f"face_{face}", name, citizens.faces[face - 1], citizens.count)
    yield ShareLine(
        "told", _("Được báo trước khi trễ hẹn"), citizens.told.part, citizens.told.whole
    )


class CourtesyReport:
    """Makes the report of «4 xin, 4 luôn» and of what citizens said; it counts no dossiers."""

    name = "courtesy"
    title = "«4 xin, 4 luôn» và mức độ hài lòng"
    columns = share_columns("Số lượt", "Tổng số")
    definitions = (
        "Tự chấm: số lượt làm được trên số lượt cần đến; hài lòng: số phiếu mỗi mức trên tổng số "
        "phiếu công dân chấm.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.COURTESY_REPORT)
        tally = courtesy.desk_report(desk, asked.first, asked.last, asked.origin).tally
        made = table(self.columns, tuple(_courtesy_lines(tally)), lambda line: line.key)
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Visits and sheets are no dossiers."""
        desk.require(Permission.COURTESY_REPORT)
        return ()
