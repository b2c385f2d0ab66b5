"""The citizen's screen."""

from typing import Any

from cchc_desk.actions.dossiers import progress, steps
from tools.gallery.scenes.intake import fill_in, new_page
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, FULL, TYPICAL


@scene("mirror", "idle", EMPTY, TYPICAL, FULL)
def mirror_idle(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+M")
    _mirrored(v)


@scene("mirror", "lobby", EMPTY, TYPICAL, FULL)
def lobby_board(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+Shift+M")
    v.settle()
    v.look_at(v.window.beside.lobby)
    v.window.beside.toggle_lobby()


@scene("mirror", "taking-in", TYPICAL, FULL)
def mirror_taking_in(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+M")
    fill_in(v)
    _mirrored(v)
    new_page(v)


@scene("mirror", "date", TYPICAL, FULL)
def mirror_date(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+M")
    _accept(v)
    _mirrored(v)


@scene("mirror", "rating", TYPICAL)
def mirror_rating(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+M")
    _accept(v)
    _mirror(v).go_on()
    _mirrored(v)


@scene("mirror", "return-late", TYPICAL, FULL)
def mirror_return(v: Visitor) -> None:
    """Show the question about the apology, after the result of a late dossier was handed over."""
    v.page("return")
    v.press("Ctrl+M")
    desk, code = v.desk, v.late()
    if progress.show_dossier(desk, code).allowed["ready"] is None:
        steps.mark_ready(desk, code)
    v.page("return").open(code)
    v.settle()
    v.press("F9")
    _mirrored(v)


def _accept(v: Visitor) -> None:
    fill_in(v)
    v.press("F9")
    v.press("F9")
    v.breathe()


def _mirror(v: Visitor) -> Any:
    return v.window.beside.mirror


def _mirrored(v: Visitor) -> None:
    v.look_at(_mirror(v))
    v.window.beside.toggle_mirror()
