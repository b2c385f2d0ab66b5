"""A wide button with a figure: an icon, what is counted, how many, and its key."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton

from ui.look import texts
from ui.look.icons import icon


class Tile(QPushButton):
    """`tone` colours the figure while it is not zero: "late", "soon" or "" (the words say it too)."""

    def __init__(self, words: str, key: str, picture: str, tone: str = "") -> None:
        super().__init__()
        self._words, self._tone = words, tone
        self.setCheckable(True)
        self.setProperty("role", "tile")
        self.setProperty("words", words)
        self.setProperty("key", key)
        self._sign = QLabel()
        self._picture = icon(picture, tone or "accent_dark")
        self.figure = texts.words("", "figure", wrap=False)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 12, 10)
        grid.setColumnStretch(1, 1)
        named = texts.words(words, "tile", wrap=False)
        places = ((self._sign, 0, 0), (named, 0, 1), (self.figure, 1, 1), (texts.words(key, "quiet", wrap=False), 1, 2))
        for label, row, column in places:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            grid.addWidget(label, row, column, 1, 2 if label is named else 1, _LEVEL)
        texts.fitted(self, self._draw_sign)
        self.count(0)

    def _draw_sign(self) -> None:
        side = round(self.fontMetrics().height() * 1.3)
        self._sign.setPixmap(self._picture.pixmap(QSize(side, side), self.devicePixelRatioF()))

    def dressed(self) -> None:
        """The icon in the colours of now."""
        self._draw_sign()

    def count(self, count: int) -> None:
        """The figure; zero is quiet."""
        self.figure.setText(str(count))
        texts.role(self.figure, f"figure-{self._tone or 'plain'}" if count else "figure-none")
        self.setAccessibleName(f"{self._words}: {count}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None, "made in the constructor"
        return layout.sizeHint() + QSize(6, 6)  # and the frame of the focus

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


_LEVEL = Qt.AlignmentFlag.AlignVCenter
