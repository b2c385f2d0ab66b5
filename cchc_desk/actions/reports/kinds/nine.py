"""The report of the nine indices of NĐ 61/2018, and the points that the office gives itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import resources
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.figures import READY, RECEIVED, Figure, Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.nine_indices import (
    COUNTED,
    FIGURES,
    SCORES,
    Index,
    Rank,
    points,
    rank,
)
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.table import (
    Head,
    ReportColumn,
    ReportRow,
    ReportTable,
    half_up,
    table,
)
from cchc_desk.domain.table import Cell
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.settings import MOST_POINTS
from cchc_desk.store.dossiers import figures

_COUNTED_OF = {1: READY, 3: READY, 9: RECEIVED}


@cache
def indices() -> tuple[Index, ...]:
    """Return the nine indices in their order."""
    return tuple(Index(**row) for row in _law()["indices"])


@cache
def ranks() -> tuple[Rank, ...]:
    """Return the ranks, the best first."""
    return tuple(Rank(row["from"], row["name"]) for row in _law()["ranks"])


def _law() -> Any:
    return json.loads(resources.read_text("law/nine_indices.json"))


def give_points(desk: Desk, given: Mapping[int, int | None]) -> None:
    """Keep the points that the office gives itself; None takes those of an index back.

    Raises as change_settings().
    """
    kept = {**desk.settings[SCORES], **{str(number): one for number, one in given.items()}}
    office_settings.change_settings(
        desk, {SCORES: {number: one for number, one in kept.items() if one is not None}}
    )


@dataclass(frozen=True)
class _Line:
    """One index: how many dossiers it counts, its points, None where nobody has given any."""

    index: Index
    dossiers: int | None
    points: Fraction | None

    @property
    def note(self) -> str:
        if self.index.number in COUNTED:
            return _("Đếm từ hồ sơ")
        return _("Đơn vị tự chấm") if self.points is not None else _("Đơn vị chưa tự chấm")


def _points_cell(value: Fraction | None) -> Cell:
    return None if value is None else half_up(value, 2)


class NineIndicesReport:
    """Makes the report of the nine indices; the rank only where each of them has its points."""

    name = "nine-indices"
    title = "Chín chỉ số đánh giá giải quyết thủ tục (Nghị định 61/2018)"
    columns: tuple[ReportColumn[_Line], ...] = (
        ReportColumn(
            Head("number", "Số", width=0.05, numbers_rows=True), lambda line: line.index.number
        ),
        ReportColumn(
            Head("index", "Chỉ số", width=0.42, align="left"), lambda line: line.index.name
        ),
        ReportColumn(Head("most", "Điểm chuẩn"), lambda line: MOST_POINTS),
        ReportColumn(Head("dossiers", "Số hồ sơ"), lambda line: _or_blank(line.dossiers)),
        ReportColumn(Head("points", "Điểm"), lambda line: _points_cell(line.points)),
        ReportColumn(Head("note", "Ghi chú", width=0.2, align="left"), lambda line: line.note),
    )
    definitions = (
        "Chỉ số 1: mỗi hồ sơ trước hạn 2 điểm, đúng hạn 1, quá hạn 0; chỉ số 3: không yêu cầu bổ "
        "sung 2, một lần 1, nhiều hơn 0; lấy trung bình. Chỉ số 9: có hồ sơ trực tuyến quá hạn "
        "hoặc dưới 15 % trực tuyến 0, dưới 30 % 1, từ 30 % 2, chưa kể tỷ lệ thủ tục trực tuyến.",
        "Từ 15 điểm: Xuất sắc; từ 12: Tốt; từ 9: Khá; từ 6: Trung bình; dưới 6: Yếu. Chỉ xếp loại "
        "khi đủ điểm cả chín chỉ số. Nghị định 61/2018 hết hiệu lực từ 01/7/2025; đơn vị tự chọn.",
    )

    def make(self, desk: Desk, asked: Asked, within: Period) -> Report:
        """Return the report."""
        desk.require(Permission.READ)
        with desk.read() as connection:
            counts = figures.count_all(connection, FIGURES, within, asked.origin)
        lines = tuple(_line(one, counts, desk.settings[SCORES]) for one in indices())
        made = table(self.columns, lines, lambda line: str(line.index.number))
        made = ReportTable(made.heads, made.rows, _totals(lines))
        return Report(self.name, self.title, asked, desk.now(), made, self.definitions)

    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]:
        """Return the codes of the dossiers that an index counts."""
        desk.require(Permission.READ)
        counted = _COUNTED_OF.get(int(key or 0)) if column == "dossiers" else None
        if counted is None:
            return ()
        with desk.read() as connection:
            return figures.codes(connection, counted, within, asked.origin)


def _line(index: Index, counts: Mapping[Figure, int], given: Mapping[str, int]) -> _Line:
    counted = _COUNTED_OF.get(index.number)
    if counted is not None:
        return _Line(index, counts[counted], points(index.number, counts))
    own = given.get(str(index.number))
    return _Line(index, None, None if own is None else Fraction(own))


def _totals(lines: tuple[_Line, ...]) -> ReportRow:
    given = [line.points for line in lines if line.points is not None]
    total = sum(given, Fraction(0))
    whole = len(given) == len(lines)
    words = rank(total, ranks()) if whole else _("Chưa xếp loại: còn chỉ số chưa có điểm")
    return ReportRow(
        None,
        (
            "",
            "Tổng cộng",
            MOST_POINTS * len(lines),
            "",
            half_up(total, 2) if given else None,
            words,
        ),
    )


def _or_blank(number: int | None) -> Cell:
    return "" if number is None else number
