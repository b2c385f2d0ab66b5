"""Marks of certainty such as [G], names of files and of tables are ours; no screen shows them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

import resources
from tests.ui.conftest import MakeWindow
from tests.ui.rooms import every_page
from tools import messages
from ui.intake.page import IntakePage
from ui.training.page import PracticePage

OURS = re.compile(r"\[[VIG]\]|\bdocs/|\w\.(?:md|py|json|po)\b")


@pytest.mark.parametrize("face", messages.FACES)
def test_no_sentence_of_the_program_has_them(face: str) -> None:
    said = (message.id for message in messages.messages_of(face) if message.id)
    texts = [text for one in said for text in (one if isinstance(one, tuple) else (one,))]
    assert [text for text in texts if OURS.search(str(text))] == []


def test_no_help_page_has_them() -> None:
    pages = sorted(resources.path("help").rglob("*.md"))
    assert pages
    wrong = {page.name: OURS.findall(page.read_text("utf-8")) for page in pages}
    assert {name: found for name, found in wrong.items() if found} == {}


def said_in(room: QWidget) -> Iterator[str]:
    """All that a widget and those in it say, also where they are out of sight."""
    for widget in room.findChildren(QWidget):
        yield widget.toolTip()
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield f"{widget.text()} {widget.placeholderText()}"
        elif isinstance(widget, QTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            head = widget.horizontalHeader() if isinstance(widget, QTableView) else None
            columns = head.count() if head else 1
            for row in range(min(model.rowCount(), 50)):
                for column in range(columns):
                    cell = model.index(row, column)
                    yield f"{cell.data() or ''} {cell.data(Qt.ItemDataRole.ToolTipRole) or ''}"


@pytest.mark.sweep
def test_no_page_shows_them(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder, "an")
    wrong = set()
    for name, room in every_page(window):
        wrong |= {(name, text) for text in said_in(room) if OURS.search(text)}
    lessons = window.page("practice")
    assert isinstance(lessons, PracticePage)
    for row in range(lessons.table.model().rowCount()):
        lessons.table.selectRow(row)
        wrong |= {("practice", text) for text in said_in(lessons) if OURS.search(text)}
    intake = window.page("intake")
    assert isinstance(intake, IntakePage)
    for query in ("khai sinh", "kết hôn", "chứng thực"):
        window.open_page("intake")
        intake.procedure.search.setText(query)
        intake.procedure.search.returnPressed.emit()
        wrong |= {("intake", text) for text in said_in(intake) if OURS.search(text)}
    assert wrong == set()
