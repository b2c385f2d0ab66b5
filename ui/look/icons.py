"""Icons of the window, tinted by the palette in use and drawn from their outlines at every size."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

_SIZES = (16, 20, 24, 32, 48, 64, 96)


def icon(name: str, colour: str) -> QIcon:
    """The icon resources/icons/`name`.svg with its outlines in `colour` (`#rrggbb`)."""
    drawn = resources.read_text(f"icons/{name}.svg").replace("<svg ", f'<svg fill="{colour}" ', 1)
    return _pictures(QSvgRenderer(QByteArray(drawn.encode())))


def program_icon() -> QIcon:
    """The program's own icon, in its own colours."""
    return _pictures(QSvgRenderer(QByteArray(resources.read_bytes("icons/desk.svg"))))


def _pictures(outline: QSvgRenderer) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        picture = QPixmap(QSize(size, size))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        outline.render(painter)
        painter.end()
        made.addPixmap(picture)
    return made
