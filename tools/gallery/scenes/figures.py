"""The figures: reports, a cell with its dossiers, and what is refused."""

from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL


@scene("figures", "overview", EMPTY, TYPICAL, FULL, who="chi")
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


@scene("figures", "ii-06a", EMPTY, TYPICAL, FULL, who="chi")
def figures_form(v: Visitor) -> None:
    v.page("figures").open("ii-06a")


@scene("figures", "register", TYPICAL, FULL, who="chi")
def figures_register(v: Visitor) -> None:
    v.page("figures").open("register")


@scene("figures", "766", TYPICAL, who="chi")
def figures_indicators(v: Visitor) -> None:
    v.page("figures").open("766")


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
