"""Boxes to choose in and to count with; the wheel scrolls the page and never changes them.

Pages make these and not Qt's own (tests/ui/widgets/fields/test_wheel.py).
"""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QSpinBox, QWidget

_MOST_VISIBLE = 15  # lines of a list that drops down


class WheelScrollsPage:
    """To be named before a class of Qt: leaves the wheel to what lies around, focus or not."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ComboBox(WheelScrollsPage, QComboBox):
    """A choice among few; its list shows them whole, without arrows to scroll by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(_MOST_VISIBLE)

    def showPopup(self) -> None:
        wide = self.view().sizeHintForColumn(0) + self.view().verticalScrollBar().sizeHint().width()
        self.view().setMinimumWidth(min(max(wide + 8, self.width()), self.window().width()))
        super().showPopup()


class SpinBox(WheelScrollsPage, QSpinBox):
    """A whole number."""


class DateTimeEdit(WheelScrollsPage, QDateTimeEdit):
    """A day and an hour."""
