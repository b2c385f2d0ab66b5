"""The board of the waiting room on a screen of its own: codes in very large type, no names.

It reads the board again each minute; the same board goes to a TV's browser as a file
(actions/boards/lobby.py).
"""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cchc_desk.actions.boards import lobby
from cchc_desk.domain.lobby import HEADINGS, NOTHING, LobbyBoard, LobbyPart
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.look import style
from ui.shell import jobs, notices

REFRESH_MS = 60_000


def toggle(shown: "Lobby | None", desk: Desk, clerk: QWidget) -> "Lobby | None":
    """Close the board that is shown and return None, or else open a new one and return it."""
    if shown is not None and isValid(shown):
        was_visible = shown.isVisible()
        shown.close()
        shown.deleteLater()
        if was_visible:
            return None
    made = Lobby(desk, clerk)
    made.show()
    if made.apart:
        clerk.activateWindow()
    else:
        notices.say(_("Máy chỉ có một màn hình: bảng sảnh đang mở phía trước. Esc đóng."))
    return made


class Lobby(QWidget):
    """Three columns of codes; Esc closes it where it stands before the clerk's window."""

    def __init__(self, desk: Desk, clerk: QWidget) -> None:
        super().__init__(clerk, Qt.WindowType.Window)
        self.desk, self._clerk = desk, clerk
        self.board: LobbyBoard | None = None
        self.setWindowTitle(_("Bảng sảnh"))
        self.apart = False
        self.resize(1024, 720)
        self._to_another_screen()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def _to_another_screen(self) -> None:
        """The last screen that is not the clerk's; the citizen's own takes the first."""
        others = [screen for screen in QGuiApplication.screens() if screen is not self.screen()]
        if others:
            self.apart = True
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setGeometry(others[-1].geometry())
            self.setWindowState(Qt.WindowState.WindowFullScreen)

    def refresh(self) -> None:
        """Asks for the board again."""
        desk = self.desk
        jobs.run(self, lambda: lobby.board(desk), self._show)

    def _show(self, board: LobbyBoard) -> None:
        self.board = board
        self.setAccessibleName("; ".join(f"{line.code} {line.beside}" for line in board.lines))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.apart:
            self.close()
            self._clerk.activateWindow()
        else:
            super().keyPressEvent(event)

    # --- painting, in hundredths of the height: as the page for a TV ------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), style.worn()
        painter.fillRect(self.rect(), QColor(palette.ground))
        if self.board is not None:
            bar = QRectF(0, 0, self.width(), self._part(6.4))
            painter.fillRect(bar, QColor(palette.header))
            self._write(painter, bar, self.board.unit, 3.2, palette.on_header, bold=True)
            flags = Qt.AlignmentFlag.AlignRight
            at = f"{self.board.now:%d/%m/%Y}"
            self._write(painter, bar, at, 3.2, palette.on_header, flags)
            wide = self.width() / len(LobbyPart)
            widest = self._largest_within(painter, self.board, wide)
            colours = (palette.good, palette.accent_dark, palette.late)
            for place, (part, colour) in enumerate(zip(LobbyPart, colours, strict=True)):
                self._paint_part(
                    painter,
                    self.board,
                    part,
                    colour,
                    min(widest, self.board.type_size(part)),
                    QRectF(place * wide, self._part(8), wide, self._part(84)),
                )
            foot = QRectF(0, self._part(94), self.width(), self._part(5.4))
            self._write(painter, foot, self.board.foot, 2.6, palette.quiet)
        painter.end()

    def _largest_within(self, painter: QPainter, board: LobbyBoard, wide: float) -> float:
        """The size at which the longest code is as wide as its column."""
        font = self.font()
        font.setPixelSize(round(self._part(10)))
        font.setBold(True)  # the beginning of the code, which is smaller, counts as much
        painter.setFont(font)
        metrics, room = painter.fontMetrics(), wide - self._part(4)
        widest = max((metrics.horizontalAdvance(line.code) for line in board.lines), default=1)
        return 10 * room / widest

    def _part(self, hundredths: float) -> float:
        return self.height() * hundredths / 100

    def _paint_part(
        self,
        painter: QPainter,
        board: LobbyBoard,
        part: LobbyPart,
        colour: str,
        size: float,
        area: QRectF,
    ) -> None:
        palette = style.worn()
        left, wide = area.x() + self._part(2), area.width() - self._part(4)
        heading = QRectF(area.x(), area.y(), area.width(), self._part(6))
        self._write(painter, heading, HEADINGS[part], 4, colour, bold=True)
        painter.fillRect(QRectF(left, heading.bottom(), wide, self._part(0.6)), QColor(colour))
        y = heading.bottom() + self._part(2)
        lines = board.of(part)
        if not lines:
            nothing = QRectF(area.x(), y, area.width(), self._part(size * 1.3))
            self._write(painter, nothing, NOTHING, size * 0.8, palette.quiet)
        for line in lines:
            high = self._part(size * 1.25)
            code = QRectF(area.x(), y, area.width(), high)
            office = self._write(painter, code, line.office, size * 0.7, palette.quiet)
            own = code.adjusted(office, 0, 0, 0)
            self._write(painter, own, line.own, size, palette.ink, bold=True)
            y += high
            if line.beside:
                under = QRectF(area.x(), y, area.width(), high * 0.75)
                self._write(painter, under, line.beside, size * 0.7, palette.quiet)
                y += high * 0.75
            y += self._part(0.5)
            painter.fillRect(QRectF(left, y, wide, 1), QColor(palette.line))
            y += self._part(0.5)

    def _write(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        size: float,
        colour: str,
        flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        bold: bool = False,
    ) -> float:
        """Write one line within an area, cut at its end; return how wide it is."""
        font = self.font()
        font.setPixelSize(max(1, round(self._part(size))))
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        inside = area.adjusted(self._part(2), 0, -self._part(2), 0)
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, flags | Qt.AlignmentFlag.AlignVCenter, cut)
        return float(metrics.horizontalAdvance(cut))
