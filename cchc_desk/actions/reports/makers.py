"""Every report by its name, made of the figures as they are now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from cchc_desk.actions.reports.catalogued import FeesReport, HandledReport
from cchc_desk.actions.reports.counted import CountedReport
from cchc_desk.actions.reports.listed import LATE, OFFICIALS, REGISTER
from cchc_desk.actions.reports.loads import CausesReport, LoadReport
from cchc_desk.actions.reports.monthly import MonthlyReport
from cchc_desk.actions.reports.scores import CourtesyReport, IndicatorsReport
from cchc_desk.actions.reports.trends import DueReport, TrendReport
from cchc_desk.domain.figures import Period
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.declared import APOLOGY_COVERAGE, CHANNELS, II_06A
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
    HandledReport(),
    REGISTER,
    LATE,
    OFFICIALS,
    FeesReport(),
    CountedReport(CHANNELS),
    CourtesyReport(),
    IndicatorsReport(),
    MonthlyReport(),
    CountedReport(APOLOGY_COVERAGE),
    TrendReport(),
    DueReport(),
    LoadReport(),
    CausesReport(),
)
OF_TODAY = frozenset({DueReport.name})  # about the days to come, whatever period is asked for
OF_CITIZENS = frozenset({REGISTER.name, LATE.name})  # they name them
OF_DAYS = frozenset({II_06A.name})  # counted from the sums of days, where there are
MAKERS: Mapping[str, Maker] = {maker.name: maker for maker in _ALL}


def current(desk: Desk, name: str, asked: Asked) -> Report:
    """Return the report of a period, up to now where that is earlier.

    Raises Refused("unknown-report").
    """
    desk.require(Permission.READ)
    return maker_of(name).make(desk, asked, within(asked, desk.now()))


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


def within(asked: Asked, now: datetime) -> Period:
    """Return the period of a report: its days, cut at now."""
    return Period.until_now(asked.first, asked.last, now)
