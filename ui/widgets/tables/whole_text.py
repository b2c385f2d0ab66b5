"""Wrapped text in lists and tables that is never cut short."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

_PADDING = 24  # at both sides together and beside a box to tick, at the largest type


class WholeText(QStyledItemDelegate):
    """Items as high as their text needs once the style sheet's padding is taken off; Qt measures
    without it.
    """

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        option.rect = option.rect.adjusted(0, 0, -_PADDING, 0)
        return super().sizeHint(option, index)
