"""Lines of lists are Qt's own: one made in Python may be freed twice when a list is cleared."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import press
from ui.shell.palette.palette import Palette
from ui.shell.window import Window
from ui.widgets.question_panel import Ticks
from ui.widgets.tables.list_lines import add_line, value_of

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_line_has_its_words_its_value_and_its_tick(qtbot: QtBot) -> None:
    lines = QListWidget()
    qtbot.addWidget(lines)
    assert value_of(lines) is None
    add_line(lines, "Sổ hộ tịch", {Qt.ItemDataRole.UserRole: ("H13", 2)})
    lines.setCurrentRow(0)
    assert (lines.item(0).text(), value_of(lines)) == ("Sổ hộ tịch", ("H13", 2))


def test_no_line_of_the_palette_and_of_a_question_was_made_in_python(
    window: Window, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_K, CTRL)
    shown = next(one for one in window.findChildren(Palette) if one.isVisible())
    asked = Ticks("Hồ sơ", [("một", 1), ("hai", 2)])
    qtbot.addWidget(asked)
    for lines in (shown.list, *asked.findChildren(QListWidget)):
        made = [shiboken6.Shiboken.createdByPython(lines.item(row)) for row in range(lines.count())]
        assert made
        assert not any(made)
    assert asked.value == (1, 2)
