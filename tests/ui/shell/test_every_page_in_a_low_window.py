"""Every page on the ward's screen, 1366 × 768, with large type: what one does there is in sight."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from cchc_desk.actions.dossiers import progress
from tests.ui.conftest import log_in, press
from tests.ui.rooms import set_appearance
from ui.look import style
from ui.shell import pages
from ui.shell.window import Window
from ui.widgets.tables.table import Table

SCREEN = 1366, 740  # less the task bar
OF_ONE = {"dossier": Window.open_dossier, "correct": Window.correct_dossier}
OF_LEADERS = ("today", "overdue", "courtesy", "city", "process", "calendar", "settings")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a page, for the reader of a failed test."""

    page: str
    what: str


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp, practice=False)


def settle() -> None:
    for _time in range(4):
        QApplication.processEvents()


def is_in_sight(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == QRect(QPoint(0, 0), widget.size())


def main_acts(page: QWidget) -> list[QPushButton]:
    """The button of F9 and the next act of a dossier, in sight or where one must scroll."""
    shown = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    return [one for one in shown if one.text().endswith("F9") or one.property("role") == "next"]


def faults_of(name: str, page: QWidget) -> Iterator[Fault]:
    for act in main_acts(page):
        if not is_in_sight(act):
            yield Fault(name, f"out of sight: {act.text()}")
        if act.width() < act.minimumSizeHint().width():
            yield Fault(name, f"cut: {act.text()}")
    for label in page.findChildren(QLabel):
        wraps = label.isVisible() and label.text() and label.wordWrap()
        if wraps and label.height() < label.heightForWidth(label.width()):
            yield Fault(name, f"squeezed: {label.text()}")
    for area in page.findChildren(QScrollArea):
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0:
            yield Fault(name, f"scrolls sideways: {area.objectName()}")
    for table in page.findChildren(Table):
        if table.isVisible() and table.horizontalScrollBar().maximum() > 0:
            yield Fault(name, f"scrolls sideways: {table.accessibleName()}")


def look_at(window: Window, names: Iterable[str]) -> list[Fault]:
    found: list[Fault] = []
    for name in names:
        if name in OF_ONE:
            code = progress.find_dossiers(window.desk, only="open", limit=1)[0].code
            OF_ONE[name](window, code)
        else:
            window.open_page(name)
        settle()
        found += faults_of(name, window.page(name))
    return found


@pytest.mark.sweep
def test_the_main_act_of_every_page_is_in_sight_and_nothing_is_cut(window: Window) -> None:
    window.resize(*SCREEN)
    set_appearance(window, size=200)
    assert look_at(window, (page.name for page in pages.PAGES)) == []
    press(window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    log_in(window, "chi")
    assert look_at(window, OF_LEADERS) == []
