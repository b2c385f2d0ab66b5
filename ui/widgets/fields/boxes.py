"""Boxes to choose in and to count with; the wheel scrolls the page and never changes them.

Pages make these and not Qt's own (tests/ui/widgets/fields/test_wheel.py).
"""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QSpinBox


class WheelScrollsPage:
    """To be named before a class of Qt: leaves the wheel to what lies around, focus or not."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ComboBox(WheelScrollsPage, QComboBox):
    """A choice among few."""


class SpinBox(WheelScrollsPage, QSpinBox):
    """A whole number."""


class DateTimeEdit(WheelScrollsPage, QDateTimeEdit):
    """A day and an hour."""
