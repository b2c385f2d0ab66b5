"""Icons of the window: outlines in the colours of the theme, drawn at the screen's size."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.look import style

_BESIDE_WORDS = (
    0.82  # of the place of an icon: the rest parts it from the words, for which Qt leaves no room
)


def icon(name: str, colour: str = "ink") -> QIcon:
    """Return resources/icons/`name`.svg in a colour of tokens.Palette; it follows the theme."""
    return QIcon(_Outline(name, colour))


def program_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return QIcon(_Outline("desk", ""))


class _Outline(QIconEngine):
    """Icon engine with its pictures cached by size and colour: Qt asks at every paint."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def clone(self) -> QIconEngine:
        return _Outline(self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # The device would say it too, but to name its kind PySide loads every class of the widgets.
        scale = painter.deviceTransform().m11()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` in points, `scale` how many dots of the screen are one."""
        colour = "disabled" if mode is QIcon.Mode.Disabled else self._colour
        tint = str(getattr(style.worn(), colour)) if self._colour else ""
        dots = (size * scale).expandedTo(QSize(1, 1))
        return _drawn(self._name, tint, dots.width(), dots.height())


@lru_cache(maxsize=400)
def _drawn(name: str, tint: str, width: int, height: int) -> QPixmap:
    side = min(width, height) * (_BESIDE_WORDS if tint else 1)
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _outline(name, tint).render(painter, QRectF(0, (height - side) / 2, side, side))
    painter.end()
    return picture


def _outline(name: str, tint: str) -> QSvgRenderer:
    drawn = resources.read_text(f"icons/{name}.svg")
    if tint:
        drawn = drawn.replace("<svg ", f'<svg fill="{tint}" ', 1)
    return QSvgRenderer(QByteArray(drawn.encode()))
