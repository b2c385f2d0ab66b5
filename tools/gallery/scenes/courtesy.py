"""Courtesy, as the official, the leader and the administrator see it."""

from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL


@scene("courtesy", "", EMPTY, TYPICAL, FULL)
def courtesy_week(v: Visitor) -> None:
    v.page("courtesy")


@scene("courtesy", "strip", TYPICAL)
def courtesy_strip(v: Visitor) -> None:
    v.page("intake")
    for number in (1, 2, 5):
        v.press(f"Ctrl+{number}")


@scene("courtesy", "strip-empty", ERROR)
def courtesy_nothing_pressed(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+9")


@scene("courtesy", "card", TYPICAL, FULL)
def courtesy_card(v: Visitor) -> None:
    v.page("courtesy")
    v.press("F9")


@scene("courtesy", "leader", EMPTY, TYPICAL, FULL, who="chi")
def courtesy_leader(v: Visitor) -> None:
    page = v.page("courtesy")
    if page.whose.count() > 1:
        v.choose(page.whose, "an")


@scene("courtesy", "observation", TYPICAL, who="chi")
def courtesy_observation(v: Visitor) -> None:
    v.page("courtesy")
    v.press("Alt+Q")


@scene("courtesy", "items", TYPICAL, who="chi")
def courtesy_items(v: Visitor) -> None:
    v.page("courtesy")
    v.press("Alt+S")


@scene("courtesy", "not-seen", ERROR, who="chi")
def courtesy_not_seen(v: Visitor) -> None:
    """A leader asks for a card before its owner has seen it."""
    page = v.page("courtesy")
    v.choose(page.whose, "hanh")


@scene("courtesy", "report", TYPICAL, FULL, who="chi")
def courtesy_report(v: Visitor) -> None:
    v.page("courtesy")
    v.press("Alt+B")


@scene("courtesy", "administrator", TYPICAL, who="dung")
def courtesy_administrator(v: Visitor) -> None:
    v.page("courtesy")
