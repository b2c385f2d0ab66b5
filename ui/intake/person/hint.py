"""A sentence with the one key that acts on it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look import texts


class Hint(QWidget):
    """Hidden while there is nothing to say; its key does nothing then."""

    def __init__(
        self, words: str, act: Callable[[], None], key: str, page: QWidget, whole: str
    ) -> None:
        """`whole` are the words of its key where the sentence does not stand beside it."""
        super().__init__()
        self._act = act
        self.words = texts.words("", "quiet")
        self.button = texts.button(words, self._press, key, page, "small")
        self.button.setAccessibleName(whole)
        self.button.setProperty("words", whole)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def say(self, text: str) -> None:
        """Show `text`; "" hides it."""
        self.words.setText(text)
        self.setVisible(bool(text))

    def _press(self) -> None:
        if not self.isHidden():
            self._act()
