"""Reports in sentences (domain/reports/written.py), each made of reports of the period."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.office import signing
from cchc_desk.actions.reports import reports
from cchc_desk.actions.reports.kinds.dispatch import DISPATCH
from cchc_desk.actions.reports.kinds.monthly import MonthlyReport
from cchc_desk.domain.law.regime import regime_on
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.dispatch_outline import dispatch_outline
from cchc_desk.domain.reports.monthly_outline import monthly_outline
from cchc_desk.domain.reports.report import Asked
from cchc_desk.domain.reports.written import Counted, Outline, WrittenReport
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.papers.layout.words import ORIGIN_LINES, date_in_words
from cchc_desk.session import Desk

_OF_BOTH = ("ii-06a", DISPATCH, "apology-coverage", "causes", "channels")


@dataclass(frozen=True)
class _Kind:
    """A written report: its outline, and the reports that it is made of.

    `to` is who gets it; "" for the agency above.
    """

    outline: Callable[[Counted, str], Outline]
    parts: tuple[str, ...]
    to: str = ""


_KINDS: Mapping[str, _Kind] = {
    MonthlyReport.name: _Kind(monthly_outline, (*_OF_BOTH, MonthlyReport.name, "766")),
    DISPATCH: _Kind(dispatch_outline, (*_OF_BOTH, "ii-07b"), "Sở Nội vụ thành phố Cần Thơ"),
}
_NUMBER = "2307/UBND-NC"  # of the dispatch
_COMMITTEE = re.compile("(?:ỦY|UỶ) BAN NHÂN DÂN (THÀNH PHỐ|TỈNH) ([^a-z]+)")
WRITTEN = frozenset(_KINDS)  # the names of the reports that can be had in sentences


@in_vietnamese()
def written(desk: Desk, name: str, asked: Asked) -> WrittenReport:
    """Return the report in sentences; of a frozen month with its frozen figures.

    Raises Refused("not-written") for a report that is a table alone, ("no-order") for the one on
    the dispatch where the office does not follow it.
    """
    desk.require(Permission.COURTESY_REPORT)
    if name not in _KINDS:
        raise Refused(
            "not-written",
            _("Báo cáo «{name}» chỉ có bảng: lưu .xlsx hoặc .pdf. Viết thành văn: {names}.").format(
                name=name, names=", ".join(_KINDS)
            ),
        )
    kind, settings, asked = _KINDS[name], desk.settings, replace(asked, by=None)
    order = catalogue.local_order(desk)
    if name == DISPATCH and _NUMBER not in order.name:
        raise Refused(
            "no-order",
            _(
                "Công văn số {number} là của thành phố Cần Thơ; cơ quan này không theo văn bản ấy "
                "nên chỉ có bảng số liệu."
            ).format(number=_NUMBER),
        )
    counted = Counted(
        asked,
        reports.make_together(desk, kind.parts, asked),
        order.short,
        regime_on(desk.regimes, asked.last).late_share,
        responsibility.regime_of(desk, asked.last.year).strikes_review,
    )
    return WrittenReport(
        kind.outline(counted, kind.to or in_sentence(settings["parent_agency"])),
        above=settings["parent_agency"],
        agency=settings["unit_name"],
        place=settings["place"],
        made=desk.now().date(),
        notes=tuple(_notes(counted)),
        signer=signing.lines_of_whoever_signs(desk),
        watermark=desk.watermark,
    )


def in_sentence(agency: str) -> str:
    """Return the name of a people's committee as a sentence writes it; any other as it is."""
    found = _COMMITTEE.fullmatch(agency)
    return f"Ủy ban nhân dân {found[1].lower()} {found[2].title()}" if found else agency


def _notes(counted: Counted) -> Iterator[str]:
    """Yield of which days and dossiers the figures are, and since when they are frozen."""
    asked = counted.asked
    is_running = asked.first <= counted.made.date() <= asked.last
    until = f" {counted.made:%H:%M}" if is_running else ""
    last = counted.made.date() if is_running else asked.last
    yield f"Số liệu từ ngày {_day(asked.first)} đến{until} ngày {_day(last)}"
    if line := ORIGIN_LINES[asked.origin]:
        yield line
    if counted.frozen is not None:
        yield f"Số liệu đã chốt {date_in_words(counted.frozen)}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
