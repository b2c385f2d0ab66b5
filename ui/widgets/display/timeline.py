"""The promise as a line in time, in proportion: accepted, due, re-appointed, ready and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import style

_LINES = 2  # of text: a mark's word, its moment
_DOT, _AROUND = 6, 12  # points: a dot's radius, and the room above and below the line
_BESIDE_WORDS = 3  # points of the ground that keep a thread away from words
_ROWS_BESIDE_LINE = 2  # of words: below and above it; further ones stand lower still


@dataclass(frozen=True)
class Mark:
    """One moment on the line, its word, whether it is bad news, now, or the end of the work."""

    at: datetime
    word: str
    bad: bool = False
    is_now: bool = False
    ends: bool = False


@dataclass(frozen=True)
class _Label:
    """The words of a mark: where they stand, in points, and the mark's own place on the line."""

    mark: Mark
    x: float
    centre: float
    row: int


class Timeline(QWidget):
    """Marks at their true places; their words move aside where they would touch."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: tuple[Mark, ...] = ()
        self._still: tuple[tuple[datetime, datetime], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_marks(
        self, marks: Sequence[Mark], still: Sequence[tuple[datetime, datetime]] = ()
    ) -> None:
        """`still`: from when to when the clock stood still; those stretches are dotted."""
        self._still = tuple(still)
        self._marks = tuple(sorted(marks, key=lambda mark: mark.at))
        said = "; ".join(
            f"{'✗ ' if mark.bad else ''}{mark.word}: {mark.at:%d/%m/%Y %H:%M}"
            for mark in self._marks
        )
        self.setAccessibleName(said)
        self.setToolTip(said.replace("; ", "\n"))
        self.updateGeometry()
        self.update()

    def places(self) -> dict[str, float]:
        """Return where each mark stands, from 0 at the first moment to 1 at the last."""
        if not self._marks:
            return {}
        first, whole = self._marks[0].at, self._whole()
        return {mark.word: (mark.at - first) / whole for mark in self._marks}

    def _whole(self) -> timedelta:
        return max(self._marks[-1].at - self._marks[0].at, timedelta(minutes=1))

    # --- size -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(420))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._rows(width) * self._row_height() + 2 * _AROUND

    def _row_height(self) -> int:
        return self.fontMetrics().height() * _LINES + 6

    def _rows(self, width: int) -> int:
        per_row = max(1, int(width // self._wide()))
        return -(-len(self._marks) // per_row) or 1

    def _wide(self) -> float:
        """The room of one mark's words."""
        metrics = self.fontMetrics()
        words = (text for mark in self._marks for text in (_said(mark), self._moment(mark)))
        widest = max(map(metrics.horizontalAdvance, words), default=0)
        return widest + 1.5 * metrics.averageCharWidth()

    def _moment(self, mark: Mark) -> str:
        """`25/11 10:00`, with the year where the line reaches from one into another."""
        one_year = self._marks[0].at.year == self._marks[-1].at.year
        return f"{mark.at:%d/%m %H:%M}" if one_year else f"{mark.at:%d/%m/%Y %H:%M}"

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks:
            return
        rows = self._rows(self.width())
        above = self._row_height() if rows > 1 else 0
        y = above + _AROUND
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labels = self._labels(rows)
        for label in labels:
            self._draw_thread(painter, label, y)
        for label in labels:  # over the threads, none of which crosses words
            self._draw_words(painter, label, y)
        self._draw_line(painter, y)
        for label in labels:
            self._draw_dot(painter, label, y)
        painter.end()

    def _x(self, at: datetime) -> float:
        edge = _DOT + 2
        share = (at - self._marks[0].at) / self._whole()
        return edge + share * (self.width() - 2 * edge)

    def _draw_line(self, painter: QPainter, y: int) -> None:
        worn, first, last = style.worn(), self._marks[0].at, self._marks[-1].at
        now = next((mark.at for mark in self._marks if mark.is_now), last)
        done = next((mark.at for mark in self._marks if mark.ends), now)
        broken = next((mark.at for mark in self._marks if mark.bad), None)
        stretches = [(first, last, worn.line), (first, done, worn.accent)]
        if broken is not None and broken < done:
            stretches.append((broken, done, worn.late))
        for start, end, colour in stretches:
            painter.setPen(QPen(QColor(colour), 4, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(self._x(start), y), QPointF(self._x(end), y))
        for start, end in self._still:
            painter.setPen(QPen(QColor(worn.card), 4))
            ends = QPointF(self._x(max(start, first)), y), QPointF(self._x(min(end, last)), y)
            painter.drawLine(*ends)
            painter.setPen(QPen(QColor(worn.soon), 4, Qt.PenStyle.DotLine))
            painter.drawLine(*ends)

    def _labels(self, rows: int) -> list[_Label]:
        """Place the words of each row near their marks, none touching another."""
        wide, labels = self._wide(), []
        for row in range(rows):
            marks = self._marks[row::rows]
            centres: list[float] = []
            for mark in marks:
                least = centres[-1] + wide if centres else wide / 2
                centres.append(max(self._x(mark.at), least))
            most = self.width() - wide / 2
            for place in range(len(centres) - 1, -1, -1):
                centres[place] = min(centres[place], most)
                most = centres[place] - wide
            labels += [
                _Label(mark, self._x(mark.at), centre, row)
                for mark, centre in zip(marks, centres, strict=True)
            ]
        return labels

    def _top(self, row: int, y: int) -> int:
        """Return where the words of a row begin; `y` is the line's place."""
        if row == 1:
            return y - _AROUND - self._row_height() + 4
        lower = 0 if row < _ROWS_BESIDE_LINE else row - 1
        return y + _AROUND + lower * self._row_height()

    def _draw_thread(self, painter: QPainter, label: _Label, y: int) -> None:
        """From a mark to its words, where they do not stand just beside it."""
        top, is_above = self._top(label.row, y), label.row == 1
        if abs(label.x - label.centre) > 1 or label.row >= _ROWS_BESIDE_LINE:
            painter.setPen(QPen(QColor(style.worn().line), 1))
            end = top + self._row_height() - 6 if is_above else top + 2
            painter.drawLine(QPointF(label.x, y), QPointF(label.centre, end))

    def _draw_words(self, painter: QPainter, label: _Label, y: int) -> None:
        worn, mark, metrics = style.worn(), label.mark, self.fontMetrics()
        line, top, centre = metrics.height(), self._top(label.row, y), Qt.AlignmentFlag.AlignHCenter
        for number, (words, colour) in enumerate(
            ((_said(mark), _colour(mark)), (self._moment(mark), QColor(worn.quiet)))
        ):
            wide = metrics.horizontalAdvance(words) + 2 * _BESIDE_WORDS
            place = QRectF(label.centre - wide / 2, top + number * line, wide, line)
            painter.fillRect(place, QColor(worn.ground))
            painter.setPen(colour)
            painter.drawText(place, centre, words)

    def _draw_dot(self, painter: QPainter, label: _Label, y: int) -> None:
        mark, colour = label.mark, _colour(label.mark)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(style.worn().card) if mark.is_now else colour)
        painter.drawEllipse(QPointF(label.x, y), _DOT, _DOT)


def _colour(mark: Mark) -> QColor:
    return QColor(style.worn().late if mark.bad else style.worn().accent_dark)


def _said(mark: Mark) -> str:
    return f"✗ {mark.word}" if mark.bad else mark.word
