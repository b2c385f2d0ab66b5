"""Picture of a page in its present state, with a number on every key that can be pressed."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QWidget


@dataclass(frozen=True)
class Numbered:
    """The picture, and (key, words) of each number in it."""

    image: QImage
    keys: tuple[tuple[str, str], ...]


def picture_of(page: QWidget) -> Numbered:
    """The page drawn as it is; the numbers stand at the left upper corner of their buttons."""
    image = page.grab().toImage()
    ratio = image.devicePixelRatio()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    keys: list[tuple[str, str]] = []
    side = page.fontMetrics().lineSpacing() * 1.1
    for button in page.findChildren(QAbstractButton):
        key = str(button.property("key") or "")
        if key and button.isVisibleTo(page):
            keys.append((key, str(button.property("words"))))
            _number(painter, page, button.mapTo(page, QPoint(0, 0)), side, len(keys))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return Numbered(image, tuple(keys))


def _number(painter: QPainter, page: QWidget, at: QPoint, side: float, number: int) -> None:
    roles = page.palette()
    circle = QRectF(at.x() - side * 0.3, at.y() - side * 0.3, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(roles.color(QPalette.ColorRole.Highlight))
    painter.drawEllipse(circle)
    painter.setPen(roles.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number))
