"""A sign over the window while it does what no key interrupts: another language or size."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.look import texts


@contextmanager
def busy_sign(window: QWidget, words: str) -> Iterator[None]:
    """Show `words` in the middle of `window` at once, until the next painting."""
    sign = texts.card()
    sign.setParent(window)
    sign.setAccessibleName(words)
    sign.setAutoFillBackground(True)
    column = QVBoxLayout(sign)
    column.setContentsMargins(28, 18, 28, 18)
    column.addWidget(texts.words(words, "big", wrap=False))
    sign.adjustSize()
    sign.move(window.rect().center() - sign.rect().center())
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    sign.show()
    sign.raise_()
    sign.repaint()  # now: the event loop does not turn before the work is done
    try:
        yield
    finally:
        sign.raise_()
        QApplication.restoreOverrideCursor()
        QTimer.singleShot(0, sign, sign.deleteLater)
