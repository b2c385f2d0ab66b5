"""Wrapped text in lists and tables that is never cut short."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

_METRICS, _PARTS = QStyle.PixelMetric, QStyle.SubElement


class WholeText(QStyledItemDelegate):
    """Items as high as their text needs where it is drawn, and no higher; Qt measures without the
    style sheet's padding, and beside the box to tick of no style sheet.
    """

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        style, widget = drawn.widget.style(), drawn.widget
        text = style.subElementRect(_PARTS.SE_ItemViewItemText, drawn, widget)
        lost = option.rect.width() - text.width()
        if drawn.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            beside = style.pixelMetric(_METRICS.PM_FocusFrameHMargin, drawn, widget) + 1
            lost -= style.pixelMetric(_METRICS.PM_IndicatorWidth) + 2 * beside
        option.rect = option.rect.adjusted(0, 0, -lost, 0)
        return super().sizeHint(option, index)
