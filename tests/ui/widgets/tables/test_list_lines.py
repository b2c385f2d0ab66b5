"""Lines of lists are Qt's own: one made in Python may be freed twice when a list is cleared."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import press
from ui.look import style
from ui.shell.palette.palette import Palette
from ui.shell.window import Window
from ui.widgets.question_panel import Ticks
from ui.widgets.tables.list_lines import LineList, add_line, value_of
from ui.widgets.tables.whole_text import WholeText

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = (
    "2.001035 · Chứng thực giao dịch nhà đất, động sản",
    "Dữ liệu, bản sao, phường tập huấn",
    "Khóa màn hình, màn hình cho công dân",
)


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp, practice=False)


class Measured(WholeText):
    """Says what room the style gives to the words of a line."""

    def spare(self, view: LineList, row: int) -> tuple[int, int]:
        """Points that the words of a line have above what they need, and points of one line."""
        option, parts = QStyleOptionViewItem(), QStyle.SubElement
        index = view.model().index(row, 0)
        view.initViewItemOption(option)
        option.rect = view.visualRect(index)
        QStyledItemDelegate.initStyleOption(self, option, index)
        text = view.style().subElementRect(parts.SE_ItemViewItemText, option, view)
        metric = QStyle.PixelMetric.PM_FocusFrameHMargin
        margin = view.style().pixelMetric(metric, option, view) + 1
        room = QRect(0, 0, text.width() - 2 * margin, 1_000_000)
        wrapped = int(Qt.TextFlag.TextWordWrap)
        needed = option.fontMetrics.boundingRect(room, wrapped, option.text).height()
        return text.height() - needed, option.fontMetrics.lineSpacing()


@pytest.mark.parametrize("is_ticked", [False, True])
@pytest.mark.parametrize("size", [100, 200])
def test_a_line_is_as_high_as_its_words_at_every_width(
    qtbot: QtBot, qapp: QApplication, size: int, is_ticked: bool
) -> None:
    style.load_fonts(qapp)
    style.apply(qapp, practice=False, size=size)
    view = LineList()
    qtbot.addWidget(view)
    measured = Measured(view)
    view.setWordWrap(True)
    view.setItemDelegate(measured)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for words in WORDS:
        box = {Qt.ItemDataRole.CheckStateRole: Qt.CheckState.Checked} if is_ticked else {}
        add_line(view, words, box)
    view.show()
    for width in range(250, 700, 5):
        view.resize(width, 600)
        for _time in range(2):
            QApplication.processEvents()
        for row in range(len(WORDS)):
            spare, line = measured.spare(view, row)
            assert spare >= 0, (width, row)
            assert is_ticked or spare < line / 2, (width, row)


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
