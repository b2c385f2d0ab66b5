"""A wide button with a figure: an icon, what is counted, how many, and its key."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ui.look import texts
from ui.look.icons import icon


class Tile(QPushButton):
    """A figure with its words; `tone` ("late", "soon", "") colours it while it is not zero."""

    def __init__(self, words: str, key: str, picture: str, tone: str = "") -> None:
        super().__init__()
        self._words, self._tone = words, tone
        self.setCheckable(True)
        self.setProperty("role", "tile")
        self.setProperty("words", words)
        self.setProperty("key", key)
        self._sign = _Sign(icon(picture, tone or "accent_dark"), icon(picture, "quiet"))
        self.figure = texts.words("", "figure", wrap=False)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 12, 10)
        grid.setColumnStretch(1, 1)
        named = texts.words(words, "tile", wrap=False)
        places = (
            (self._sign, 0, 0),
            (named, 0, 1),
            (self.figure, 1, 1),
            (texts.words(key, "quiet", wrap=False), 1, 2),
        )
        for label, row, column in places:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            grid.addWidget(label, row, column, 1, 2 if label is named else 1, _LEVEL)
        self.count(0)

    def count(self, count: int) -> None:
        """The figure; zero is quiet."""
        self.figure.setText(str(count))
        texts.role(self.figure, f"figure-{self._tone or 'plain'}" if count else "figure-none")
        self._sign.rest(count == 0)
        self.setAccessibleName(f"{self._words}: {count}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None, "made in the constructor"
        return layout.sizeHint() + QSize(6, 6)  # and the frame of the focus

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Sign(QWidget):
    """The icon, a little higher than the words; nothing to a screen reader, which has the words."""

    def __init__(self, picture: QIcon, grey: QIcon) -> None:
        super().__init__()
        self._picture, self._grey, self._rests = picture, grey, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def rest(self, rests: bool) -> None:
        """Grey while there is nothing to count."""
        self._rests = rests
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self.fontMetrics().height() * 1.3)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        (self._grey if self._rests else self._picture).paint(QPainter(self), self.rect())


_LEVEL = Qt.AlignmentFlag.AlignVCenter
