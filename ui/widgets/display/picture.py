"""A picture of bars, each part of which can be chosen and opened by arrows and by the mouse."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cchc_desk.domain.chart import Part, Picture, Shape, Tone
from ui.look import style, texts

_HIGH = 9.0  # lines of text: the height of standing bars with their names and values
_BAR, _GAP = 1.15, 0.55  # lines: a lying bar, the space between two
_CELL = 1.5  # lines: a field of a grid
_NAMES = 0.42  # of the width, at most, for the names beside lying bars
_THICK = 0.62  # of its place, a standing bar
NO_PICTURE = Picture(Shape.LYING, (), ("",))


@dataclass(frozen=True)
class _Spot:
    """Where a part of a bar is drawn."""

    bar: int
    part: int
    rect: QRectF
    touch: QRectF  # where the mouse finds it: the bar and its surroundings


class PictureView(QWidget):
    """Draws a picture; `opened` names the bar and the part that were chosen.

    Arrows choose a part, Enter or a click opens it. Screen readers have all values in its
    description, and the chosen one in its name.
    """

    opened = Signal(int, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.picture = NO_PICTURE
        self._title = title
        self._spots: list[_Spot] = []
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_picture(self, picture: Picture) -> None:
        """Draw another picture; the chosen place stays where it has one."""
        self.picture = picture
        self.setAccessibleDescription(picture.in_words)
        self._place()
        self._at = min(self._at, max(0, len(self._spots) - 1))
        self._name()
        self.updateGeometry()
        self.update()

    # --- places -----------------------------------------------------------------------------------

    @property
    def _line(self) -> float:
        return float(self.fontMetrics().lineSpacing())

    def _wide(self, text: str) -> float:
        return float(self.fontMetrics().horizontalAdvance(text))

    def sizeHint(self) -> QSize:
        line, picture = self._line, self.picture
        lines = {
            Shape.STANDING: _HIGH,
            Shape.LYING: len(picture.bars) * (_BAR + _GAP) + (1.6 if self._has_legend else 0.4),
            Shape.GRID: (len(picture.bars) + 1) * _CELL,
        }[picture.shape]
        return QSize(round(line * 14), round(line * lines))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _has_legend(self) -> bool:
        return self.picture.shape is Shape.LYING and len(self.picture.parts) > 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()
            self.updateGeometry()

    def _place(self) -> None:
        """Work out where each part is drawn."""
        place = {
            Shape.STANDING: self._standing,
            Shape.LYING: self._lying,
            Shape.GRID: self._grid,
        }[self.picture.shape]
        self._spots = place() if self.picture.bars else []

    def _top(self) -> float:
        """The value at the upper edge of standing bars, at the end of lying ones."""
        picture = self.picture
        highest = max([*(bar.value for bar in picture.bars), picture.line or 0.0, 1e-9])
        return highest if picture.most is None else min(highest, max(picture.most, 1e-9))

    def _room_right(self) -> float:
        return self._wide(self.picture.line_text) + 8 if self.picture.line is not None else 0.0

    def _standing(self) -> list[_Spot]:
        line, top, bars = self._line, self._top(), self.picture.bars
        wide = (self.width() - self._room_right()) / len(bars)
        above, foot = line * 1.2, self.height() - line * 1.4
        spots = []
        for number, bar in enumerate(bars):
            left, low = number * wide + wide * (1 - _THICK) / 2, foot
            for place, part in enumerate(bar.parts):
                high = (foot - above) * min(part.value, top) / top
                rect = QRectF(left, low - high, wide * _THICK, high)
                touch = QRectF(number * wide, 0, wide, self.height())
                spots.append(_Spot(number, place, rect, touch))
                low -= high
        return spots

    def _names_wide(self) -> float:
        longest = max((self._wide(bar.name) for bar in self.picture.bars), default=0.0)
        return min(longest + 10, self.width() * _NAMES)

    def _lying(self) -> list[_Spot]:
        line, top, left = self._line, self._top(), self._names_wide()
        texts_wide = max(self._wide(bar.text) for bar in self.picture.bars) + 12
        room = max(1.0, self.width() - left - texts_wide)
        y = line * (1.6 if self._has_legend else 0.4)
        spots = []
        for number, bar in enumerate(self.picture.bars):
            x = left
            for place, part in enumerate(bar.parts):
                wide = room * part.value / top
                rect = QRectF(x, y, wide, line * _BAR)
                touch = rect if len(bar.parts) > 1 else QRectF(0, y, self.width(), line * _BAR)
                spots.append(_Spot(number, place, rect, touch))
                x += wide
            y += line * (_BAR + _GAP)
        return spots

    def _grid(self) -> list[_Spot]:
        line, left = self._line, self._names_wide()
        columns = max(1, len(self.picture.parts))
        wide, high = (self.width() - left) / columns, line * _CELL
        return [
            _Spot(
                number,
                place,
                rect := QRectF(
                    left + place * wide + 1, (number + 1) * high + 1, wide - 2, high - 2
                ),
                rect,
            )
            for number, bar in enumerate(self.picture.bars)
            for place in range(len(bar.parts))
        ]

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for spot in self._spots:
            self._paint(painter, spot)
        if self.picture.line is not None and self.picture.shape is Shape.STANDING:
            self._paint_line(painter, self.picture.line)
        if self._spots:
            self._paint_words(painter)
        if self.hasFocus() and self._spots:
            ring = self._spots[self._at].rect.adjusted(-2, -2, 2, 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(style.worn().ring), 3))
            painter.drawRect(ring)
        painter.end()

    def _part(self, spot: _Spot) -> Part:
        return self.picture.bars[spot.bar].parts[spot.part]

    def _paint(self, painter: QPainter, spot: _Spot) -> None:
        part = self._part(spot)
        if self.picture.shape is Shape.GRID:
            self._paint_cell(painter, spot, part)
            return
        painter.fillRect(spot.rect, QColor(_colour(part.tone)))
        if part.tone is Tone.LATE:  # told apart without colour too
            hatch = QBrush(QColor(style.worn().card), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(spot.rect, hatch)
        if self._is_broken(spot):
            gap = QRectF(spot.rect.left() - 2, spot.rect.top() + self._line, 0, 0)
            gap.setSize(QSizeF(spot.rect.width() + 4, max(3.0, self._line / 4)))
            painter.fillRect(gap, QColor(style.worn().card))

    def _is_broken(self, spot: _Spot) -> bool:
        """True for a standing bar that would be higher than there is room."""
        most, value = self.picture.most, self.picture.bars[spot.bar].value
        return self.picture.shape is Shape.STANDING and most is not None and value > most

    def _paint_cell(self, painter: QPainter, spot: _Spot, part: Part) -> None:
        most = max((one.value for bar in self.picture.bars for one in bar.parts), default=0.0)
        fill = QColor(style.worn().accent)
        strength = part.value / most if most else 0.0
        fill.setAlphaF(0.08 + 0.92 * strength)
        painter.fillRect(spot.rect, fill)
        if part.value:
            dark = strength > _DARK
            painter.setPen(QColor(style.worn().on_accent if dark else style.worn().ink))
            painter.drawText(spot.rect, Qt.AlignmentFlag.AlignCenter, part.text)

    def _paint_words(self, painter: QPainter) -> None:
        paint = {
            Shape.STANDING: self._words_of_standing,
            Shape.LYING: self._words_of_lying,
            Shape.GRID: self._words_of_grid,
        }[self.picture.shape]
        painter.setPen(QColor(style.worn().ink))
        paint(painter)

    def _words_of_standing(self, painter: QPainter) -> None:
        line, centre = self._line, Qt.AlignmentFlag.AlignCenter
        wide = (self.width() - self._room_right()) / len(self.picture.bars)
        foot = self.height() - line * 1.4
        for number, bar in enumerate(self.picture.bars):
            name = bar.short or bar.name
            if self._wide(name) > wide - 2:
                name = name.partition("/")[0]
            painter.drawText(QRectF(number * wide, foot + 2, wide, line * 1.3), centre, name)
            last = [spot for spot in self._spots if spot.bar == number][-1]
            if self._wide(bar.text) <= wide:
                over = QRectF(number * wide, last.rect.top() - line * 1.1, wide, line * 1.1)
                beside = (wide - self._wide(bar.text)) / 2 - 1
                behind = over.adjusted(beside, 2, -beside, -2)  # so that no line goes through it
                painter.fillRect(behind, QColor(style.worn().card))
                painter.drawText(over, centre, bar.text)
        painter.setPen(QPen(QColor(style.worn().edge), 1))
        painter.drawLine(QPointF(0, foot), QPointF(self.width() - self._room_right(), foot))

    def _words_of_lying(self, painter: QPainter) -> None:
        left, middle = self._names_wide(), Qt.AlignmentFlag.AlignVCenter
        for number, bar in enumerate(self.picture.bars):
            own = [spot.rect for spot in self._spots if spot.bar == number]
            name = self.fontMetrics().elidedText(
                bar.name, Qt.TextElideMode.ElideRight, round(left - 8)
            )
            painter.drawText(QRectF(0, own[0].top(), left, own[0].height()), middle, name)
            end = own[-1].right() + 6
            painter.drawText(
                QRectF(end, own[0].top(), self.width() - end, own[0].height()), middle, bar.text
            )
        if self._has_legend:
            self._paint_legend(painter)

    def _paint_legend(self, painter: QPainter) -> None:
        line, x = self._line, 0.0
        for name, part in zip(self.picture.parts, self.picture.bars[0].parts, strict=True):
            square = QRectF(x, line * 0.25, line * 0.7, line * 0.7)
            painter.fillRect(square, QColor(_colour(part.tone)))
            if part.tone is Tone.LATE:
                hatch = QBrush(QColor(style.worn().card), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(square, hatch)
            x += line * 0.7 + 5
            wide = self._wide(name)
            painter.setPen(QColor(style.worn().ink))
            painter.drawText(
                QRectF(x, 0, wide + 2, line * 1.2), Qt.AlignmentFlag.AlignVCenter, name
            )
            x += wide + line

    def _words_of_grid(self, painter: QPainter) -> None:
        left, centre = self._names_wide(), Qt.AlignmentFlag.AlignCenter
        for spot in self._spots:
            if spot.part == 0:
                painter.drawText(
                    QRectF(0, spot.rect.top(), left, spot.rect.height()),
                    Qt.AlignmentFlag.AlignVCenter,
                    self.picture.bars[spot.bar].name,
                )
            if spot.bar == 0:
                name = self.picture.parts[spot.part]
                short = name if self._wide(name) <= spot.rect.width() else name.split()[0]
                over = QRectF(spot.rect.left(), 0, spot.rect.width(), spot.rect.height())
                painter.drawText(over, centre, short)

    def _paint_line(self, painter: QPainter, at: float) -> None:
        line = self._line
        above, foot = line * 1.2, self.height() - line * 1.4
        y = foot - (foot - above) * at / self._top()
        right = self.width() - self._room_right()
        painter.setPen(QPen(QColor(style.worn().late), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(0, y), QPointF(right, y))
        painter.drawText(
            QRectF(right + 4, y - line / 2, self._room_right(), line),
            Qt.AlignmentFlag.AlignVCenter,
            self.picture.line_text,
        )

    # --- choosing ---------------------------------------------------------------------------------

    def chosen(self) -> tuple[int, int] | None:
        """The bar and the part under the cursor, None in an empty picture."""
        if not self._spots:
            return None
        spot = self._spots[self._at]
        return spot.bar, spot.part

    def _choose(self, bar: int, part: int) -> None:
        for place, spot in enumerate(self._spots):
            if (spot.bar, spot.part) == (bar, part):
                self._at = place
                self._name()
                self.update()

    def _name(self) -> None:
        """Let a screen reader say the chosen part after the title."""
        here = self.chosen()
        chosen = "" if here is None else self.picture.words_of(*here)
        self.setAccessibleName(" – ".join(filter(None, (self._title, chosen))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here, key = self.chosen(), Qt.Key(event.key())
        if here is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(*here)
        elif key in _STEPS and not event.modifiers():
            along, across = _STEPS[key]
            if self.picture.shape is not Shape.STANDING:  # bars lie under one another
                along, across = -across, along
            self._choose(here[0] + along, here[1] + across)
        else:
            super().keyPressEvent(event)

    def _spot_at(self, point: QPointF) -> _Spot | None:
        found = [spot for spot in self._spots if spot.touch.contains(point)]
        exact = [spot for spot in found if spot.rect.contains(point)]
        return next(iter(exact or found), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and spot is not None:
            self.setFocus()
            self._choose(spot.bar, spot.part)
            self.opened.emit(spot.bar, spot.part)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._spot_at(event.position()) is not None
        shapes = Qt.CursorShape
        self.setCursor(shapes.PointingHandCursor if found else shapes.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            spot = self._spot_at(QPointF(event.pos()))
            words = self.picture.words_of(spot.bar, spot.part) if spot else ""
            QToolTip.showText(event.globalPos(), texts.tip(words), self)
            return True
        return super().event(event)


_DARK = 0.55  # of the strongest: from there on words stand in the colour of words on the accent
_STEPS = {  # along the bars, across their parts, where the bars stand
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


def _colour(tone: Tone) -> str:
    worn = style.worn()
    return {Tone.PLAIN: worn.accent, Tone.GOOD: worn.good, Tone.LATE: worn.late}[tone]
