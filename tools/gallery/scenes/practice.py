"""Lessons."""

from tools.gallery.scenes.intake import choose_procedure
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, TYPICAL


@scene("practice", "", EMPTY, TYPICAL)
def lessons_list(v: Visitor) -> None:
    v.page("practice")


@scene("practice", "running", TYPICAL)
def lesson_running(v: Visitor) -> None:
    page = v.page("practice")
    v.type("Nguyễn Thị Ánh Đào", page.trainee)
    page.table.setFocus()
    v.press("F9")
    v.press("F2")
    v.press("Ctrl+G")


@scene("practice", "result", TYPICAL)
def lesson_result(v: Visitor) -> None:
    v.page("intake")
    v.press("Ctrl+B")
    v.settle()
    v.page("practice")


@scene("practice", "wrong-step", ERROR)
def lesson_wrong(v: Visitor) -> None:
    """Lesson 4: a card that arrives broken, then the wrong procedure."""
    page = v.page("practice")
    page.table.setFocus()
    for _lesson in range(3):
        v.press("Down")
    v.press("F9")
    v.press("Ctrl+Q")
    v.press("Ctrl+Q")
    choose_procedure(v, "1.000656")
    for key in ("Down", "Return"):
        v.press(key)
    v.press("F9")
    v.press("F9")
    v.settle()
    v.press("Esc")
