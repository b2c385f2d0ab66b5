"""Lines of a QListWidget without a Python half (docs/decisions/062-start-and-memory.md), and a list
that keeps the chosen one in sight.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget

Roles = Mapping[int, Any] | Mapping[Qt.ItemDataRole, Any]


class LineList(QListWidget):
    """A list whose chosen line stays in sight when the list gets lower.

    Qt lays lines out a while after the list got narrower; until then wrapped ones would overlap.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        self.scrollTo(self.currentIndex())


def add_line(lines: QListWidget, words: str, data: Roles | None = None) -> None:
    """Add a line with its data by role; an item made in Python may be freed twice."""
    lines.addItem(words)
    model = lines.model()
    line = model.index(model.rowCount() - 1, 0)
    for role, value in (data or {}).items():
        model.setData(line, value, role)


def value_of(lines: QListWidget) -> Any:
    """Return the value under Qt's UserRole of the current line, None for no line."""
    return lines.currentIndex().data(Qt.ItemDataRole.UserRole)
