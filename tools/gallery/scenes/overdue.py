"""Late dossiers and their letters."""

from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL


@scene("overdue", "", EMPTY, TYPICAL, FULL)
def overdue_list(v: Visitor) -> None:
    v.page("overdue")


@scene("overdue", "letter", TYPICAL, FULL)
def overdue_letter(v: Visitor) -> None:
    v.window.open_letter(v.late())


@scene("overdue", "reason", ERROR)
def overdue_no_reason(v: Visitor) -> None:
    overdue_letter(v)
    v.settle()
    page = v.page("overdue")
    page.open(v.late())
    v.settle()
    v.choose(page.cause, "other")
    page.reason.setFocus()
    v.press("Ctrl+A")
    v.press("Backspace")
    v.press("F9")


@scene("overdue", "rest-day", ERROR)
def overdue_rest_day(v: Visitor) -> None:
    overdue_letter(v)
    page = v.page("overdue")
    page.open(v.late())
    v.settle()
    if not page.dated.isChecked():
        page.dated.setFocus()
        v.press("Space")
    v.choose(page.cause, "volume")
    page.new_due.setFocus()
    for key in ("2", "3"):
        v.press(key)
    v.press("F9")


@scene("overdue", "leader", TYPICAL, FULL, who="chi")
def overdue_leader(v: Visitor) -> None:
    v.page("overdue").list.setFocus()
    v.press("Down")


@scene("overdue", "sign-all", TYPICAL, FULL, who="chi")
def overdue_sign_all(v: Visitor) -> None:
    v.page("overdue")
    v.press("Alt+N")
    v.press("Alt+A")


@scene("overdue", "deliver-all", TYPICAL, FULL, who="chi")
def overdue_deliver_all(v: Visitor) -> None:
    v.page("overdue")
    v.press("Alt+T")


@scene("overdue", "form", TYPICAL)
def overdue_form(v: Visitor) -> None:
    v.page("overdue").list.setFocus()
    v.press("Return")
