"""The wheel scrolls the page; over no field of any page does it change anything."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

import ui
from tests.ui.conftest import MakeWindow
from tests.ui.rooms import every_room
from ui.first_run.wizard import Wizard
from ui.intake.page import IntakePage
from ui.shell.window import Window

# Classes of Qt whose wheelEvent changes their value: made in ui/widgets/fields only.
BY_WHEEL = {
    "QComboBox",
    "QFontComboBox",
    "QSpinBox",
    "QDoubleSpinBox",
    "QDateEdit",
    "QTimeEdit",
    "QDateTimeEdit",
    "QTabBar",
    "QTabWidget",
    "QSlider",
    "QDial",
}
KINDS = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)


def made_in(source: str) -> Iterator[str]:
    """Names of the classes that are made or built upon."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        if isinstance(node, ast.ClassDef):
            yield from (base.id for base in node.bases if isinstance(base, ast.Name))


def test_pages_make_only_fields_that_leave_the_wheel_to_the_page() -> None:
    root = Path(str(ui.__file__)).parent
    wrong = [
        f"{file.relative_to(root)}: {name}"
        for file in sorted(root.rglob("*.py"))
        if root / "widgets" / "fields" not in file.parents
        for name in made_in(file.read_text("utf-8"))
        if name in BY_WHEEL
    ]
    assert wrong == []


def turn(widget: QWidget, steps: int = -1) -> None:
    """Turns the wheel over a widget: as Qt, asks it and what lies around until one takes it."""
    place = QPointF(widget.rect().center())
    here: QWidget | None = widget
    while here is not None:
        event = QWheelEvent(
            place,
            QPointF(widget.mapToGlobal(place.toPoint())),
            QPoint(0, 0),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        event.setAccepted(True)
        QApplication.sendEvent(here, event)
        if event.isAccepted() or here.isWindow():
            return
        here = here.parentWidget()


def turn_really(widget: QWidget) -> None:
    """Turns the wheel over a widget that can be seen, as the system does."""
    window = widget.window()
    place = QPointF(widget.mapTo(window, widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))


def state(room: QWidget) -> dict[QWidget, object]:
    """What all fields of a room hold, and which rows are current."""
    held: dict[QWidget, object] = {}
    for widget in room.findChildren(QWidget):
        if isinstance(widget, QComboBox | QTabBar):
            held[widget] = widget.currentIndex()
        elif isinstance(widget, QLineEdit):
            held[widget] = widget.text()
        elif isinstance(widget, QPlainTextEdit):
            held[widget] = widget.toPlainText()
        elif isinstance(widget, QAbstractItemView):
            held[widget] = widget.currentIndex().row()
    return held


def fields(room: QWidget) -> list[QWidget]:
    found = [field for field in room.findChildren(QWidget) if isinstance(field, KINDS)]
    return [field for field in found if field.isVisible() and not isinstance(field, QScrollBar)]


@pytest.mark.sweep
def test_the_wheel_over_every_field_of_every_room_changes_nothing(window: Window) -> None:
    tried = 0
    for name, room in every_room(window):
        before = state(room)
        for field in fields(room):
            for focus in (False, True):
                if focus:
                    field.setFocus(Qt.FocusReason.MouseFocusReason)
                turn(field)
                turn(field, 1)
                turn(field, 1)
                tried += 1
                assert state(room) == before, f"{name}: {type(field).__name__}"
    assert tried > 60


def test_the_wheel_over_every_field_of_the_first_run_changes_nothing(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    wizard = make_window(tmp_path / "desk").screens.currentWidget()
    assert isinstance(wizard, Wizard)
    before = state(wizard)
    for step in range(wizard.steps.count()):
        wizard.steps.setCurrentIndex(step)
        for field in fields(wizard):
            turn(field, 1)
    assert state(wizard) == before


def test_the_page_scrolls_under_the_wheel_whatever_field_it_is_over(window: Window) -> None:
    window.resize(1366, 480)
    window.open_page("intake")
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    QApplication.processEvents()
    bar = page.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() > 0
    for field in (page.person.kind, page.promise.sets, page.procedure.field):
        bar.setValue(0)
        turn_really(field)
        assert bar.value() > 0, type(field).__name__


@pytest.mark.sweep
def test_the_list_of_every_choice_shows_all_its_lines(window: Window) -> None:
    """Up to fifteen, at full height and without arrows to scroll by."""
    tried = 0
    for name, room in every_room(window):
        for box in room.findChildren(QComboBox):
            if not (box.isVisible() and box.isEnabled() and 0 < box.count() <= 15):
                continue
            box.showPopup()
            QApplication.processEvents()
            view = box.view()
            lines = [view.visualRect(box.model().index(row, 0)) for row in range(box.count())]
            shown = view.viewport().rect()
            assert all(
                shown.top() <= one.top() and one.bottom() <= shown.bottom() for one in lines
            ), f"{name}: {box.accessibleName()}"
            assert shown.height() <= sum(one.height() for one in lines) + 2
            box.hidePopup()
            tried += 1
    assert tried > 15
