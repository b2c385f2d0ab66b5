"""The promise as a line in time: accepted, due, re-appointed, ready, now, each in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desk.i18n import _
from ui.look import style

_LINES = 3  # of text: a mark's word, its day, its time


@dataclass(frozen=True)
class Mark:
    """One moment on the line, its word, and whether it is bad news."""

    at: datetime
    word: str
    bad: bool = False


class Timeline(QWidget):
    """Marks in the order of time, evenly spaced, on as many rows as they need."""

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
        """`still`: from when to when the clock stood still; those stretches are hatched."""
        self._still = tuple(still)
        self._marks = tuple(sorted(marks, key=lambda mark: mark.at))
        self.setAccessibleName(
            "; ".join(f"{mark.word}: {mark.at:%d/%m/%Y %H:%M}" for mark in self._marks)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(420))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._marks) // self._per_row(width)) or 1
        return rows * self._row_height()

    def _row_height(self) -> int:
        return self.fontMetrics().height() * _LINES + 34

    def _per_row(self, width: int) -> int:
        """Marks that stand side by side without their words overlapping."""
        metrics = self.fontMetrics()
        words = ("00/00/0000", *(_said(mark) for mark in self._marks))
        return max(
            1, width // (max(map(metrics.horizontalAdvance, words)) + metrics.averageCharWidth())
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        per_row = min(self._per_row(self.width()), len(self._marks))
        step, middle = self.width() / per_row, self.fontMetrics().height() + 14.0
        places = [
            QPointF(
                (number % per_row + 0.5) * step, number // per_row * self._row_height() + middle
            )
            for number in range(len(self._marks))
        ]
        for (mark, here), (following, there) in pairwise(zip(self._marks, places, strict=True)):
            hatched = any(
                began <= mark.at < ended and following.at <= ended for began, ended in self._still
            )
            worn = style.worn()
            painter.setPen(
                QPen(QColor(worn.soon), 7, Qt.PenStyle.DotLine)
                if hatched
                else QPen(QColor(worn.line), 3)
            )
            if here.y() == there.y():
                painter.drawLine(here, there)
            else:  # out at the right, in at the left
                painter.drawLine(here, QPointF(self.width(), here.y()))
                painter.drawLine(QPointF(0, there.y()), there)
        for mark, place in zip(self._marks, places, strict=True):
            self._draw(painter, mark, place, step)
        painter.end()

    def _draw(self, painter: QPainter, mark: Mark, place: QPointF, wide: float) -> None:
        colour = QColor(style.worn().late if mark.bad else style.worn().accent_dark)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(style.worn().card) if mark.word == _("bây giờ") else colour)
        painter.drawEllipse(place, 6, 6)
        line, centre = self.fontMetrics().height(), Qt.AlignmentFlag.AlignHCenter
        x, y = int(place.x() - wide / 2), int(place.y())
        painter.drawText(x, y - line - 12, int(wide), line, centre, _said(mark))
        painter.setPen(QColor(style.worn().ink))
        painter.drawText(x, y + 10, int(wide), line, centre, f"{mark.at:%d/%m/%Y}")
        painter.drawText(x, y + 10 + line, int(wide), line, centre, f"{mark.at:%H:%M}")


def _said(mark: Mark) -> str:
    return f"✗ {mark.word}" if mark.bad else mark.word
