"""Lines of a list with the letters in bold that were typed to find them, and a number in front."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
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
MOST_LINES = 2  # of an item's own text, where the list wraps
_GAP = 8  # between the number and the words
_PADDING = 12  # above and below together, at the largest type
_DOTS = "… "
_BEFORE = 2  # words that stay in front of a late match
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Beneath:
    """The quiet line under an item; the first of `spans` stays in sight.

    `whole`: so many letters at its front are never cut. `end`: stands behind those, cut at its
    front, where the item's own text is cut and nothing typed is in this line.
    """

    text: str
    spans: Spans = ()
    whole: int = 0
    end: str = ""


@dataclass(frozen=True)
class Matched:
    """`spans`: start and end in the item's text. `number`: the digit that picks it, "" for none."""

    spans: Spans = ()
    number: str = ""
    beneath: Beneath | None = None


class MatchedText(WholeText):
    """Draws `Matched` of an item; every line starts behind the column of the numbers.

    Where the list wraps, a long text is cut so that the first letters typed are in sight.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._typesetter = Typesetter(QFont())
        self._place: tuple[int, QFont, int] = (0, QFont(), 0)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        matched = index.data(MATCHED)
        if not isinstance(matched, Matched):  # a sentence: nothing was found
            super().paint(painter, option, index)
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        style = shown.widget.style() if shown.widget else QApplication.style()
        place, setter = _place(shown), self._typesetter_in(shown.font)
        text = shown.text
        shown.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        wide = place.width() - setter.indent
        wraps = _wraps(shown)
        count = setter.count(text, matched.spans, wide) if wraps else 1
        title = setter.lay_out(text, matched.spans, wide, count, to_match=wraps)
        lines = [(title, count, _INK)]
        if matched.beneath:
            beneath = setter.lay_beneath(matched.beneath, wide, is_cut=title.text() != text)
            lines.append((beneath, 1, _QUIET))
        high = setter.height * sum(count for _lines, count, _role in lines)
        at = QPointF(place.left() + setter.indent, place.top() + (place.height() - high) // 2)
        painter.save()
        painter.setPen(_colour(shown, _INK))
        if matched.number:
            painter.setFont(shown.font)
            number = QRect(place.left(), round(at.y()), setter.indent, setter.height)
            painter.drawText(number, Qt.AlignmentFlag.AlignLeft, matched.number)
        for laid_out, count, role in lines:
            painter.setPen(_colour(shown, role))
            laid_out.draw(painter, at)
            at += QPointF(0, setter.height * count)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Count the lines and lay none out: a list asks this of each of its items."""
        matched = index.data(MATCHED)
        if not isinstance(matched, Matched):
            return super().sizeHint(option, index)
        setter, count = self._typesetter_in(option.font), 1
        if _wraps(option):
            wide = self._width(option, index) - setter.indent
            count = setter.count(str(index.data() or ""), matched.spans, wide)
        high = setter.height * (count + (matched.beneath is not None))
        return QSize(option.rect.width(), high + _PADDING)

    def _typesetter_in(self, font: QFont) -> "Typesetter":
        if self._typesetter.font != font:
            self._typesetter = Typesetter(font)
        return self._typesetter

    def _width(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> int:
        """Return how wide the text may be; a style sheet takes its time to say it."""
        wide, font, text_width = self._place
        if wide != option.rect.width() or font != option.font:
            shown = QStyleOptionViewItem(option)
            self.initStyleOption(shown, index)
            text_width = max(40, _place(shown).width())
            self._place = (option.rect.width(), QFont(option.font), text_width)
        return text_width


_INK, _QUIET = QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText


def _colour(option: QStyleOptionViewItem, role: QPalette.ColorRole) -> QColor:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    shown = QPalette.ColorRole.HighlightedText if chosen else role
    # A style sheet makes its own pale placeholder for each widget.
    palette = QApplication.palette() if shown == _QUIET else option.palette
    return palette.color(QPalette.ColorGroup.Active, shown)


def _place(option: QStyleOptionViewItem) -> QRect:
    style = option.widget.style() if option.widget else QApplication.style()
    text = QStyle.SubElement.SE_ItemViewItemText
    return style.subElementRect(text, option, option.widget).adjusted(2, 0, -2, 0)


def _wraps(option: QStyleOptionViewItem) -> bool:
    view = option.widget
    return not isinstance(view, QListView) or view.wordWrap()


class Typesetter:
    """The measures of a font, plain and bold, and texts laid out in it."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        bold = QFont(font)
        bold.setBold(True)
        self._plain, self._bold = QFontMetrics(self.font), QFontMetrics(bold)
        self.height = self._plain.height()
        self.indent = self._plain.horizontalAdvance("9") + _GAP

    def count(self, text: str, spans: Spans, wide: int) -> int:
        """Return the lines that the text gets in this width, at most `MOST_LINES`."""
        return 1 if self._advance(text, spans) <= wide else MOST_LINES

    def lay_out(
        self, text: str, spans: Spans, wide: int, count: int, *, to_match: bool, whole: int = 0
    ) -> QTextLayout:
        """Return the text on `count` lines; `to_match` cuts its front off before a late match."""
        if to_match:
            text, spans = self._from_match(text, spans, wide * count, whole)
        lines = self._lines(text, spans, wide)
        if lines.lineCount() > count:
            start = lines.lineAt(count - 1).textStart()
            rest = tuple((max(0, a - start), b - start) for a, b in spans if b > start)
            room = wide - self._advance(text[start:], rest) + self._advance(text[start:], ())
            cut = self._plain.elidedText(text[start:], Qt.TextElideMode.ElideRight, room)
            lines = self._lines(text[:start] + cut, spans, wide)
        return lines

    def lay_beneath(self, line: Beneath, wide: int, *, is_cut: bool) -> QTextLayout:
        """Return the quiet line, `wide` pixels; `is_cut`: the text over it is cut."""
        if is_cut and line.end and not line.spans:
            front = line.text[: line.whole]
            start = self._earliest(front, line.end, len(line.end.rstrip()), wide)
            return self._lines(front + (_DOTS if start else "") + line.end[start:], (), wide)
        return self.lay_out(line.text, line.spans, wide, 1, to_match=True, whole=line.whole)

    def _from_match(self, text: str, spans: Spans, room: int, whole: int) -> tuple[str, Spans]:
        """Return the text from some words before the first match where that stands too late."""
        late = [span for span in spans if span[0] >= whole]
        if not late or self._advance(text[: late[0][1] + 1], spans) <= room - self.indent:
            return text, spans
        front, rest = text[:whole], text[whole:]
        before = rest[: late[0][0] - whole].split(" ")
        latest = late[0][0] - whole - len(" ".join(before[-_BEFORE - 1 :]))
        start = self._earliest(front, rest, latest, room)
        if not start:
            return text, spans
        moved = len(_DOTS) - start
        kept = tuple(span for span in spans if span[0] < whole)
        shown = tuple((a + moved, b + moved) for a, b in late if a >= whole + start)
        return front + _DOTS + rest[start:], kept + shown

    def _earliest(self, front: str, rest: str, latest: int, room: int) -> int:
        """Return the word of `rest` from which all of it has room; `latest` where none has."""
        starts = [0, *(place + 1 for place, letter in enumerate(rest) if letter == " ")]
        for start in starts:
            if start >= latest or self._advance(f"{front}{_DOTS}{rest[start:]}", ()) <= (
                room - self.indent
            ):
                return min(start, latest)
        return latest

    def _advance(self, text: str, spans: Spans) -> int:
        bolder = sum(
            self._bold.horizontalAdvance(text[a:b]) - self._plain.horizontalAdvance(text[a:b])
            for a, b in spans
        )
        return self._plain.horizontalAdvance(text) + bolder

    def _lines(self, text: str, spans: Spans, wide: int) -> QTextLayout:
        lines = QTextLayout(text, self.font)
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
        while (line := lines.createLine()).isValid():
            line.setLineWidth(wide)
            line.setPosition(QPointF(0, self.height * (lines.lineCount() - 1)))
        lines.endLayout()
        return lines
