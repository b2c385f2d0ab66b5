"""Text of a cell with some of its letters bold: those that a search has found."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

Spans = Sequence[tuple[int, int]]  # from the first letter up to the one after the last
_GROUND = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver  # another than plain


class FoundText(QStyledItemDelegate):
    """Paints a column; `spans(row)` answers which letters of its text were found."""

    def __init__(self, spans: Callable[[int], Spans], parent: QObject) -> None:
        super().__init__(parent)
        self._spans = spans

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        spans = self._spans(index.row())
        if not spans:
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        view, text = cell.widget, cell.text
        drawn_by = view.style() if view else QApplication.style()
        place = QRectF(
            drawn_by.subElementRect(QStyle.SubElement.SE_ItemViewItemText, cell, view)
        ).adjusted(3, 0, -3, 0)
        if cell.state & _GROUND:
            cell.text = ""
            drawn_by.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, view)
        is_chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(cell.palette.color(role))
        _draw(painter, cell, place, text, spans)
        painter.restore()


def _joined(text: str, spans: Spans) -> Spans:
    """The spans in order, those with only a blank between them as one: fewer pieces to draw."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            before = joined.pop()
            start, end = before[0], max(before[1], end)
        joined.append((start, end))
    return joined


def _draw(
    painter: QPainter, cell: QStyleOptionViewItem, place: QRectF, text: str, spans: Spans
) -> None:
    """Draw the pieces one after the other; the first that does not fit is the last, elided."""
    found = _joined(text, spans)
    ends = sorted({0, len(text), *(end for span in found for end in span)})
    x, font = place.left(), cell.font
    for start, end in pairwise(ends):
        font.setBold(any(first <= start < last for first, last in found))
        metrics, room = QFontMetrics(font), place.right() - x
        piece = text[start:end]
        wide = metrics.horizontalAdvance(piece)
        shown = piece
        if wide > room:
            shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, int(room))
        painter.setFont(font)
        where = QRectF(x, place.top(), max(room, 0), place.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if shown != piece:
            return
        x += wide
