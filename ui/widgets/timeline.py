"""The promise as a line in time: accepted, due, re-appointed, ready, now. Each mark has a word, none only a colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desk.language import _
from ui.look import style

_ROWS = 3


@dataclass(frozen=True)
class Mark:
    """One moment on the line, its word, and whether it is bad news."""

    at: datetime
    word: str
    bad: bool = False


class Timeline(QWidget):
    """Marks in the order of time, evenly spaced: what matters is what came before what."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: tuple[Mark, ...] = ()
        self._still: tuple[tuple[datetime, datetime], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: Sequence[Mark], still: Sequence[tuple[datetime, datetime]] = ()) -> None:
        """`still`: from when to when the clock stood still; those stretches are hatched."""
        self._still = tuple(still)
        self._marks = tuple(sorted(marks, key=lambda mark: mark.at))
        self.setAccessibleName("; ".join(f"{mark.word}: {mark.at:%d/%m/%Y %H:%M}" for mark in self._marks))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self.fontMetrics().height() * _ROWS + 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, step = self.fontMetrics().height(), self.width() / len(self._marks)
        y = line + 14.0
        for number, (mark, following) in enumerate(pairwise(self._marks)):
            hatched = any(began <= mark.at < ended and following.at <= ended for began, ended in self._still)
            pen = (
                QPen(QColor(style.worn().soon), 7, Qt.PenStyle.DotLine)
                if hatched
                else QPen(QColor(style.worn().line), 3)
            )
            painter.setPen(pen)
            painter.drawLine(QPointF((number + 0.5) * step, y), QPointF((number + 1.5) * step, y))
        for number, mark in enumerate(self._marks):
            self._draw(painter, mark, number * step, step, y, line)
        painter.end()

    def _draw(self, painter: QPainter, mark: Mark, x: float, wide: float, y: float, line: int) -> None:
        colour = QColor(style.worn().late if mark.bad else style.worn().accent_dark)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(style.worn().card) if mark.word == _("bây giờ") else colour)
        painter.drawEllipse(QPointF(x + wide / 2, y), 6, 6)
        centre = Qt.AlignmentFlag.AlignHCenter
        word = f"✗ {mark.word}" if mark.bad else mark.word
        painter.drawText(int(x), 2, int(wide), line, centre, word)
        painter.setPen(QColor(style.worn().ink))
        painter.drawText(int(x), int(y + 10), int(wide), line, centre, f"{mark.at:%d/%m/%Y}")
        painter.drawText(int(x), int(y + 10 + line), int(wide), line, centre, f"{mark.at:%H:%M}")
