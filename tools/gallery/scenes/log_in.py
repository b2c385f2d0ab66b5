"""The log-in over a window that is at work."""

from cchc_desk.actions.training import practice
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import ERROR, FULL, TYPICAL


@scene("login", "switch", TYPICAL, FULL)
def login_switch(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+U")
    v.look_at()
    v.press("Esc")


@scene("login", "lock", TYPICAL)
def login_lock(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+L")
    v.look_at()
    v.type(practice.PASSWORD, v.window.login.password)
    v.press("Return")


@scene("login", "password", ERROR)
def login_password(v: Visitor) -> None:
    v.page("today")
    v.press("Ctrl+U")
    v.type("khong-dung", v.window.login.password)
    v.press("Return")
    v.look_at()
    v.press("Esc")
