"""Every report by its name, made of the figures as they are now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from cchc_desk.actions.reports.kinds.annexes import ANNEX_1, ANNEX_2
from cchc_desk.actions.reports.kinds.catalogued import FeesReport, HandledReport
from cchc_desk.actions.reports.kinds.checked import QualityReport
from cchc_desk.actions.reports.kinds.counted import CountedReport, MovementsReport
from cchc_desk.actions.reports.kinds.dispatch import DispatchReport
from cchc_desk.actions.reports.kinds.foreseen import CameTrueReport, ForecastReport
from cchc_desk.actions.reports.kinds.listed import LATE, OFFICIALS, REGISTER
from cchc_desk.actions.reports.kinds.loads import CausesReport, LoadReport
from cchc_desk.actions.reports.kinds.monthly import MonthlyReport
from cchc_desk.actions.reports.kinds.nine import NineIndicesReport
from cchc_desk.actions.reports.kinds.scores import CourtesyReport, IndicatorsReport
from cchc_desk.actions.reports.kinds.trends import DueReport, TrendReport
from cchc_desk.domain.figures import Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.declared import (
    APOLOGY_COVERAGE,
    CHANNELS,
    II_06A,
    MOVEMENTS,
    OUTREACH,
    SYSTEMS,
)
from cchc_desk.domain.reports.groupings import Grouping
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk


class Maker(Protocol):
    """Makes one report, and names the dossiers behind a cell of it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def definitions(self) -> tuple[str, ...]: ...
    def make(self, desk: Desk, asked: Asked, within: Period) -> Report: ...
    def dossiers(
        self, desk: Desk, asked: Asked, within: Period, key: str | None, column: str
    ) -> tuple[str, ...]: ...


_ALL: tuple[Maker, ...] = (
    CountedReport(II_06A),
    CountedReport(SYSTEMS),
    HandledReport(),
    REGISTER,
    LATE,
    OFFICIALS,
    FeesReport(),
    MovementsReport(MOVEMENTS),
    CountedReport(CHANNELS),
    CountedReport(OUTREACH),
    CourtesyReport(),
    IndicatorsReport(),
    ANNEX_1,
    ANNEX_2,
    NineIndicesReport(),
    MonthlyReport(),
    DispatchReport(),
    CountedReport(APOLOGY_COVERAGE),
    TrendReport(),
    DueReport(),
    LoadReport(),
    CausesReport(),
    ForecastReport(),
    CameTrueReport(),
    QualityReport(),
)
# Of what is to come, or of what is known by now: never frozen with a month.
OF_TODAY = frozenset({DueReport.name, ForecastReport.name, CameTrueReport.name, QualityReport.name})
OF_CITIZENS = frozenset({REGISTER.name, LATE.name})  # they name them
OF_DAYS = frozenset({II_06A.name})  # counted from the sums of days, where there are
MAKERS: Mapping[str, Maker] = {maker.name: maker for maker in _ALL}


def current(desk: Desk, name: str, asked: Asked) -> Report:
    """Return the report of a period, up to now where that is earlier.

    Raises Refused("unknown-report"), ("no-grouping"), ("too-many-parts").
    """
    desk.require(Permission.READ)
    maker = maker_of(name)
    if asked.by is not None and not isinstance(maker, CountedReport):
        raise Refused(
            "no-grouping",
            _("Báo cáo «{title}» chỉ có một cách chia dòng; hãy bỏ --by.").format(
                title=maker.title
            ),
        )
    return maker.make(desk, asked, within(asked, desk.now()))


def maker_of(name: str) -> Maker:
    """Return what makes the report of this name. Raises Refused("unknown-report")."""
    maker = MAKERS.get(name)
    if maker is None:
        raise Refused(
            "unknown-report",
            _("Không có báo cáo «{name}»; các báo cáo: {names}.").format(
                name=name, names=", ".join(MAKERS)
            ),
        )
    return maker


def groupings(name: str) -> tuple[Grouping, ...]:
    """Return the ways in which a report's rows can be grouped, the declared one first."""
    maker = MAKERS.get(name)
    if not isinstance(maker, CountedReport):
        return ()
    first = maker.declared.grouping
    return (first, *(one for one in Grouping if one is not first))


def as_declared(name: str, asked: Asked) -> Asked:
    """Return what is asked for, without a grouping that is the report's own."""
    own = groupings(name)[:1]
    return replace(asked, by=None) if asked.by in own else asked


def within(asked: Asked, now: datetime) -> Period:
    """Return the period of a report: its days, cut at now."""
    return Period.until_now(asked.first, asked.last, now)
