"""The board of the waiting room on a screen of its own: codes in very large type, no names.

It reads the board again each minute; the same board goes to a TV's browser as a file
(actions/documents/lobby.py).
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from cchc_desk.actions.documents import lobby
from cchc_desk.domain.lobby import HEADINGS, NOTHING, LobbyBoard, LobbyLine, LobbyPart
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.look import texts
from ui.shell import jobs, notices

REFRESH_MS = 60_000
_SMALLEST, _LINES = 14, 24  # pixels; lines of the largest type on the whole height
_HEADING = 1.3  # times the type of the codes


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
        self.setWindowTitle(_("Bảng sảnh"))
        self.unit, self.foot = texts.plain(QLabel()), texts.plain(QLabel())
        self.parts = {part: texts.plain(QLabel()) for part in LobbyPart}
        self.headings = {part: texts.plain(QLabel()) for part in LobbyPart}
        self._lay_out()
        self.apart = False
        self.resize(1024, 720)
        self._to_another_screen()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 28, 40, 20)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self.unit)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for part, shown in self.parts.items():
            below = QVBoxLayout()
            below.addWidget(self.headings[part])
            below.addWidget(shown, 1)
            columns.addLayout(below, 1)
            self.headings[part].setText(HEADINGS[part])
            texts.role(self.headings[part], "late" if part is LobbyPart.SORRY else "")
            shown.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addLayout(columns, 1)
        column.addWidget(self.foot)

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
        self.unit.setText(f"{board.unit} · {board.now:%d/%m/%Y}")
        for part, shown in self.parts.items():
            lines = [_line(line) for line in board.of(part)]
            shown.setText("\n".join(lines) or NOTHING)
        self.foot.setText(board.foot)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The largest type in which each column has room."""
        around = self.layout()
        assert around is not None, "laid out when it was made"
        room = self.size().shrunkBy(around.contentsMargins())
        for pixels in range(max(_SMALLEST, self.height() // _LINES), _SMALLEST - 1, -1):
            self._set_type(pixels)
            around.invalidate()
            least = around.totalMinimumSize()
            if least.width() <= room.width() and least.height() <= self.height():
                break

    def _set_type(self, pixels: int) -> None:
        font = self.font()
        font.setPixelSize(pixels)
        self.foot.setFont(font)
        for shown in self.parts.values():
            shown.setFont(font)
        font.setBold(True)
        font.setPixelSize(round(pixels * _HEADING))
        for heading in (self.unit, *self.headings.values()):
            heading.setFont(font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.apart:
            self.close()
            self._clerk.activateWindow()
        else:
            super().keyPressEvent(event)


def _line(line: LobbyLine) -> str:
    beside = " · ".join(filter(None, (line.said, line.name)))
    return "\n   ".join(filter(None, (line.code, beside)))
