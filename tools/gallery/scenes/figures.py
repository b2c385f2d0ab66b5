"""The figures: reports, a cell with its dossiers, and what is refused."""

from collections.abc import Callable

from cchc_desk.actions.report_sets import bundles, sets, standing
from cchc_desk.actions.report_sets.sets import NewReportSet
from cchc_desk.actions.reports import makers
from cchc_desk.domain.reports.groupings import Grouping
from cchc_desk.domain.reports.sets import LAST_DAY, Every, Schedule
from cchc_desk.domain.time.spans import Span
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, ONE, TYPICAL


@scene("figures", "overview", EMPTY, ONE, TYPICAL, FULL, who="chi")
def figures_overview(v: Visitor) -> None:
    v.page("figures").open("overview")


@scene("figures", "overview-below", TYPICAL, FULL, who="chi")
def figures_overview_below(v: Visitor) -> None:
    """Its last pictures, with their tables."""
    page = v.page("figures")
    page.open("overview")
    v.settle()
    v.press("Alt+B")
    page.overview.sections["apology-coverage"].picture.setFocus()
    v.look_at()
    v.press("Alt+B")


@scene("figures", "ii-06a", EMPTY, ONE, TYPICAL, FULL, who="chi")
def figures_form(v: Visitor) -> None:
    v.page("figures").open("ii-06a")


@scene("figures", "register", TYPICAL, FULL, who="chi")
def figures_register(v: Visitor) -> None:
    v.page("figures").open("register")


def _opening(name: str) -> Callable[[Visitor], None]:
    return lambda v: v.page("figures").open(name)


for _name in makers.MAKERS:
    if _name not in ("ii-06a", "register"):  # which have scenes of their own
        scene("figures", _name, TYPICAL, FULL, who="chi")(_opening(_name))


@scene("figures", "by-week", TYPICAL, FULL, who="chi")
def figures_by_week(v: Visitor) -> None:
    """The form with a row for each week."""
    page = v.page("figures")
    page.open("ii-06a")
    page.grouping.setCurrentIndex(page.grouping.findData(Grouping.WEEK))


@scene("figures", "last-month", TYPICAL, who="chi")
def figures_last_month(v: Visitor) -> None:
    """A month that is over and not frozen yet."""
    page = v.page("figures")
    page.open("ii-06a")
    page.grouping.setCurrentIndex(0)
    page.period.choose(Span.LAST_MONTH)
    v.look_at()
    page.period.choose(Span.THIS_YEAR)


@scene("figures", "cell", TYPICAL, FULL, who="chi")
def figures_cell(v: Visitor) -> None:
    v.page("figures").open("ii-06a")
    v.settle()
    v.press("Return")
    v.press("Return")
    v.look_at()
    v.press("Esc")


@scene("figures", "period", ERROR, who="chi")
def figures_period(v: Visitor) -> None:
    page = v.page("figures")
    page.open("ii-06a")
    v.settle()
    v.write_over("32/13/2026", page.period.first)
    v.press("Return")
    v.look_at()
    v.write_over("01/01/2026", page.period.first)
    v.press("Return")


@scene("report-sets", "none", EMPTY, who="chi")
def report_sets_none(v: Visitor) -> None:
    v.page("report-sets")


@scene("report-sets", "list", TYPICAL, FULL, who="chi")
def report_sets_list(v: Visitor) -> None:
    """One made and sent, one that is due today, one whose period runs on."""
    desk = v.page("report-sets").desk
    today = desk.now().date()
    monthly = Schedule(Every.MONTH, LAST_DAY, today.day)
    receivers = (
        ("Báo cáo tháng", "Sở Nội vụ", monthly),
        ("Kiểm soát thủ tục hành chính", "Văn phòng Ủy ban nhân dân thành phố",
         Schedule(Every.QUARTER, 14, 17)),
        ("Chuyển đổi số", "Sở Khoa học và Công nghệ", monthly),
    )  # fmt: skip
    known = {one.report_set.name for one in standing.listed(desk)}
    for name, receiver, schedule in receivers:
        if name not in known:
            sets.add(desk, NewReportSet(name, receiver, ("ii-06a", "monthly", "766"), schedule))
    if not known:
        out = desk.folder / "exports" / "bo-bao-cao.zip"
        bundle = bundles.make(desk, 1, out)
        bundles.mark_sent(desk, 1, bundle.made.date(), "Trục liên thông văn bản")
    v.page("report-sets").refresh()


@scene("report-sets", "new", TYPICAL, FULL, who="chi")
def report_sets_new(v: Visitor) -> None:
    v.page("report-sets")
    v.panel("Alt+T")


@scene("report-sets", "make", TYPICAL, who="chi")
def report_sets_make(v: Visitor) -> None:
    v.page("report-sets")
    v.panel("F9")


@scene("report-sets", "no-reports", ERROR, who="chi")
def report_sets_without_reports(v: Visitor) -> None:
    """A set without any report."""
    v.page("report-sets")
    v.press("Alt+T")
    v.settle()
    v.type("Báo cáo tháng")
    v.press("Tab")
    v.type("Sở Nội vụ")
    v.press("F9")
    v.settle()
    v.look_at()
    v.press("Esc")
