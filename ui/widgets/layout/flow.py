"""A row that goes on in the next line where the window is narrow or the type is large."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 6


class Flow(QWidget):
    """Lays widgets out like words; `even`: all of a line as wide as it allows.

    A widget and no layout: a layout written in Python loses its items to Qt's own deletion.
    """

    def __init__(self, *, even: bool = False) -> None:
        super().__init__()
        self._row: list[QWidget] = []
        self._even = even
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def be_even(self, even: bool) -> None:
        """Let all of a line be as wide as it allows, or as wide as their words."""
        self._even = even
        self.updateGeometry()
        self._place(self.width(), move=True)

    def add(self, widget: QWidget) -> None:
        """The next one of the row."""
        widget.setParent(self)
        self._row.append(widget)

    def remove(self, widget: QWidget) -> None:
        """Take a widget out of the row, for good."""
        self.take(widget)
        widget.hide()
        widget.deleteLater()

    def take(self, widget: QWidget) -> None:
        """Take a widget out of the row, for another place."""
        self._row.remove(widget)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        shown = [widget.sizeHint() for widget in self._shown()]
        wide = sum(hint.width() for hint in shown) + _GAP * max(0, len(shown) - 1)
        return QSize(wide, max((hint.height() for hint in shown), default=0))

    def minimumSizeHint(self) -> QSize:
        least = QSize()
        for widget in self._shown():
            least = least.expandedTo(widget.sizeHint())
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.updateGeometry()
        self._place(self.width(), move=True)  # what was shown or hidden meanwhile told nobody

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a widget changed its words or was hidden
            self.updateGeometry()
            self._place(self.width(), move=True)
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._row if not widget.isHidden()]

    def _lines(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        """The widgets shown, line by line, each with its size: asked for once, it is not cheap."""
        shown = [(widget, widget.sizeHint()) for widget in self._shown()]
        if self._even:
            widest = max((size.width() for _widget, size in shown), default=1)
            per_line = max(1, (width + _GAP) // (widest + _GAP))
            lines_of = -(-len(shown) // per_line)
            per_line = -(-len(shown) // max(1, lines_of))  # three and two rather than four and one
            return [shown[start : start + per_line] for start in range(0, len(shown), per_line)]
        lines: list[list[tuple[QWidget, QSize]]] = [[]]
        used = 0
        for widget, size in shown:
            wide = size.width()
            if lines[-1] and used + _GAP + wide > width:
                lines.append([])
                used = 0
            used += wide + (_GAP if lines[-1] else 0)
            lines[-1].append((widget, size))
        return lines

    def _place(self, width: int, *, move: bool) -> int:
        """Puts every widget where it belongs (if `move`); answers the height of all lines."""
        y = 0
        for line in self._lines(width):
            high = max((size.height() for _widget, size in line), default=0)
            share = (width - _GAP * (len(line) - 1)) // max(1, len(line))
            x = 0
            for widget, size in line:
                wide = max(share, size.width()) if self._even else size.width()
                if move:
                    widget.setGeometry(x, y, wide, high)
                x += wide + _GAP
            y += high + _GAP
        return y - _GAP
