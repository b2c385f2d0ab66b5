"""Lines of a list with the letters in bold that were typed to find them, and a number in front."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyleOptionViewItem

from ui.widgets.tables.whole_text import WholeText

MATCHED = Qt.ItemDataRole.UserRole + 1
_GAP = 8  # between the number and the words


@dataclass(frozen=True)
class Matched:
    """`spans`: start and end in the item's text. `number`: the digit that picks it, "" for none."""

    spans: tuple[tuple[int, int], ...] = ()
    number: str = ""


class MatchedText(WholeText):
    """Draws `Matched` of an item; every line starts behind the column of the numbers."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        style = shown.widget.style() if shown.widget else QApplication.style()
        place = _place(shown)
        text, matched = shown.text, _matched(index)
        shown.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(shown.palette.color(QPalette.ColorGroup.Active, role))
        indent = _indent(shown.font)
        lines = _lines(text, matched.spans, shown.font, place.width() - indent, shown)
        top = place.top() + max(0, (place.height() - _height(lines)) // 2)
        if matched.number:
            painter.setFont(shown.font)
            line = QRect(place.left(), top, indent, QFontMetrics(shown.font).height())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, matched.number)
        lines.draw(painter, QPointF(place.left() + indent, top))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        wide = max(40, _place(shown).width() - _indent(shown.font))
        lines = _lines(shown.text, _matched(index).spans, shown.font, wide, shown)
        return QSize(option.rect.width(), _height(lines) + _PADDING)


_PADDING = 12  # above and below together, at the largest type


def _place(option: QStyleOptionViewItem) -> QRect:
    style = option.widget.style() if option.widget else QApplication.style()
    text = QStyle.SubElement.SE_ItemViewItemText
    return style.subElementRect(text, option, option.widget).adjusted(2, 0, -2, 0)


def _matched(index: QModelIndex | QPersistentModelIndex) -> Matched:
    matched = index.data(MATCHED)
    return matched if isinstance(matched, Matched) else Matched()


def _indent(font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance("9") + _GAP


def _lines(
    text: str,
    spans: tuple[tuple[int, int], ...],
    font: QFont,
    wide: int,
    option: QStyleOptionViewItem,
) -> QTextLayout:
    """Return the text laid out to this width, on one line where the list does not wrap."""
    view = option.widget
    wraps = not isinstance(view, QListView) or view.wordWrap()
    if not wraps:
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, wide)
    lines = QTextLayout(text, font)
    how = QTextOption()
    how.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    lines.setTextOption(how)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setFontUnderline(True)
    ranges = []
    for start, end in spans:
        if start >= len(text):  # behind the dots
            continue
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, min(end, len(text)) - start, bold
        ranges.append(part)
    lines.setFormats(ranges)
    lines.beginLayout()
    height = 0.0
    while (line := lines.createLine()).isValid():
        line.setLineWidth(wide)
        line.setPosition(QPointF(0, height))
        height += line.height()
    lines.endLayout()
    return lines


def _height(lines: QTextLayout) -> int:
    return round(lines.boundingRect().height())
