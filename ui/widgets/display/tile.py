"""A wide button with a figure: an icon, what is counted, how many, and its key.

On a low window it is one line without the icon, and where that is too wide without the key too.
"""

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
        self._named = texts.words(words, "tile", wrap=False)
        self._key = texts.words(key, "quiet", wrap=False)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._is_low = False
        for label in (self._sign, self._named, self.figure, self._key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        self.count(0)

    def _lay_out(self) -> None:
        places = (
            ((self._named, 0, 1, 1), (self.figure, 0, 2, 1), (self._key, 0, 3, 1))
            if self._is_low
            else (
                (self._sign, 0, 0, 1),
                (self._named, 0, 1, 2),
                (self.figure, 1, 1, 1),
                (self._key, 1, 2, 1),
            )
        )
        for label, row, column, columns in places:
            self._grid.addWidget(label, row, column, 1, columns, _LEVEL)
        self._sign.setVisible(not self._is_low)
        self._grid.setContentsMargins(*((10, 1, 8, 1) if self._is_low else (14, 10, 12, 10)))

    def be_low(self, is_low: bool, with_key: bool = True) -> None:
        """One line, for a low window; without the key where three of them do not fit beside it."""
        if is_low is not self._is_low:
            self._is_low = is_low
            self._lay_out()
        self._key.setVisible(with_key)
        self.setToolTip("" if with_key else texts.key_text(self._key.text()))
        self.updateGeometry()

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
