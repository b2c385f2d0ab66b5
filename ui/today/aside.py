"""Beside the table of the day board: taken in, returned, who is due next, who holds how many."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cchc_desk.actions.boards.morning import Load, Morning
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.dossiers.standing import standing_of
from cchc_desk.i18n import _
from ui import formatting
from ui.look import style, texts

_NEXT, _HOLDERS = 5, 6  # lines shown of each
_WIDE = 30  # letters
_BETWEEN = 8  # points


class Aside(QWidget):
    """Three short lists; a click on who is due next opens that dossier."""

    def __init__(self) -> None:
        super().__init__()
        self.taken_in, self.returned = (texts.words("", "figure-plain", wrap=False) for _ in "12")
        self.next = _Lines(_NEXT)
        self.holders = _Holders(_HOLDERS)
        counts = QGridLayout()
        for place, (figure, caption) in enumerate(
            ((self.taken_in, _("nhận hôm nay")), (self.returned, _("đã trả hôm nay")))
        ):
            counts.addWidget(figure, 0, place)
            counts.addWidget(texts.words(caption, "quiet", wrap=False), 1, place)
            counts.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(counts)
        for heading, lines in (
            (_("Sắp đến hẹn"), self.next),
            (_("Ai đang giữ bao nhiêu"), self.holders),
        ):
            column.addSpacing(8)
            column.addWidget(texts.words(heading, "section", wrap=False))
            column.addWidget(lines)
        column.addStretch(1)
        texts.letters(self, _WIDE)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_day(self, found: Morning) -> None:
        """Show the counts, the next due moments and the holders of this morning."""
        board = found.board
        for figure, count in (
            (self.taken_in, board.counts.taken_in),
            (self.returned, board.counts.returned),
        ):
            figure.setText(formatting.number(count))
            texts.role(figure, "figure-plain" if count else "figure-none")
        coming = [row for row in (*board.due_today, *board.soon) if row.due >= board.now]
        self.next.show_lines([(row.code, _due_line(row, board.now)) for row in coming[:_NEXT]])
        self.holders.show_loads(found.loads)


def _due_line(row: DossierRow, now: datetime) -> tuple[str, str, str]:
    at = f"{row.due:%H:%M}" if row.due.date() == now.date() else f"{row.due:%d/%m}"
    return at, row.name, standing_of(row, now).time_left


class _Lines(QWidget):
    """A moment, a name and the time left, under it where both do not fit; a sentence for none."""

    opened = Signal(str)  # the code of the line that was clicked

    def __init__(self, most: int) -> None:
        super().__init__()
        self._codes: Sequence[str] = ()
        self._nothing = texts.words(_("Không có hồ sơ nào."), "quiet", wrap=False)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_BETWEEN)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._nothing, 0, 0, 1, 3)
        self.rows: list[tuple[QLabel, QLabel, QLabel]] = []
        for number in range(most):
            at = texts.words("", "section", wrap=False)
            name, left = texts.words(), texts.words("", "quiet", wrap=False)
            grid.addWidget(at, 2 * number + 1, 0, Qt.AlignmentFlag.AlignTop)
            self.rows.append((at, name, left))
        self._break_lines()

    def shown(self) -> list[tuple[str, ...]]:
        """The lines as they are read."""
        return [tuple(cell.text() for cell in row) for row in self.rows if row[0].text()]

    def show_lines(self, lines: Sequence[tuple[str, tuple[str, str, str]]]) -> None:
        """Show these lines, each with the code of its dossier."""
        self._codes = [code for code, _cells in lines]
        self._nothing.setVisible(not lines)
        for number, cells in enumerate(self.rows):
            for place, cell in enumerate(cells):
                cell.setText(lines[number][1][place] if number < len(lines) else "")
                cell.setVisible(number < len(lines))
                cell.setCursor(Qt.CursorShape.PointingHandCursor)
        self._break_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._break_lines()
        super().resizeEvent(event)

    def _break_lines(self) -> None:
        """The time left stands beside its name where both fit, else under it."""
        ats, lefts = ([row[place].sizeHint().width() for row in self.rows] for place in (0, 2))
        room = self.width() - max(ats) - max(lefts) - 2 * _BETWEEN
        for number, (_at, name, left) in enumerate(self.rows):
            line = 2 * number + 1
            fits = name.fontMetrics().horizontalAdvance(name.text()) <= room
            left.setVisible(bool(left.text()))
            self._grid.addWidget(name, line, 1, 1, 1 if fits else 2)
            if fits:
                self._grid.addWidget(left, line, 2)
            else:
                self._grid.addWidget(left, line + 1, 1, 1, 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a line opens its dossier."""
        y = event.position().y()
        for code, cells in zip(self._codes, self.rows, strict=False):
            shown = [cell for cell in cells if cell.isVisible()]
            top = min(cell.y() for cell in shown)
            bottom = max(cell.y() + cell.height() for cell in shown)
            if top <= y <= bottom:
                self.opened.emit(code)
                return


class _Holders(QWidget):
    """Each holder with a bar as long as the share of the one with the most."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._loads: Sequence[Load] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_loads(self, loads: Sequence[Load]) -> None:
        self._loads = loads
        words = [f"{load.name}: {load.open}" for load in loads]
        self.setAccessibleName(_("Ai đang giữ bao nhiêu"))
        self.setAccessibleDescription("; ".join(words))
        self.setToolTip(texts.tip("\n".join(words)))
        self.updateGeometry()
        self.update()

    def _high(self) -> int:
        return self.fontMetrics().height() + 4

    def sizeHint(self) -> QSize:
        return QSize(self._high() * 8, self._high() * max(1, min(self._most, len(self._loads))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn, high = QPainter(self), style.worn(), self._high()
        if not self._loads:
            painter.setPen(QColor(worn.quiet))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft, _("Không có hồ sơ nào."))
        metrics, longest = self.fontMetrics(), max((load.open for load in self._loads), default=1)
        figures = metrics.horizontalAdvance(str(longest)) + 8
        names = (self.width() - figures) * 3 // 5
        bars = self.width() - names - figures - 8
        level = Qt.AlignmentFlag.AlignVCenter
        for number, load in enumerate(self._loads[: self._most]):
            y = number * high
            name = metrics.elidedText(load.name, Qt.TextElideMode.ElideRight, names)
            painter.setPen(QColor(worn.ink))
            painter.drawText(0, y, names, high, level | Qt.AlignmentFlag.AlignLeft, name)
            painter.fillRect(
                QRectF(names + 8, y + high * 0.3, max(2.0, bars * load.open / longest), high * 0.4),
                QColor(worn.accent),
            )
            right = level | Qt.AlignmentFlag.AlignRight
            painter.drawText(
                self.width() - figures, y, figures, high, right, formatting.number(load.open)
            )
        painter.end()
