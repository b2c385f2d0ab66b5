"""What gives way where a window is low or a page narrow: one rule for all of them.

On a screen of 1366 × 768 the window is low from type of 112 % on, very low from 150 % on; a page
beside the rail is narrow from 125 % on. Then the keys of the page stay at its foot, what is
seldom needed waits behind a key (Fold), and columns stand under one another.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import texts

_LOW, _VERY_LOW = 34, 27  # lines of the window
_NARROW = 112  # letters of the page
_KEY = "Alt+F"


def is_low(widget: QWidget) -> bool:
    """The window has room for its work, or for what stands around it."""
    return _is_below(widget, _LOW)


def is_very_low(widget: QWidget) -> bool:
    """The window has room for a few lines of its work and nothing else."""
    return _is_below(widget, _VERY_LOW)


def _is_below(widget: QWidget, lines: int) -> bool:
    return widget.window().height() < widget.fontMetrics().lineSpacing() * lines


def is_narrow(page: QWidget) -> bool:
    """Two columns would squeeze each other."""
    return page.width() < page.fontMetrics().averageCharWidth() * _NARROW


def with_foot(page: QWidget, content: QWidget, *foot: QWidget) -> None:
    """Lay out `page`: content that scrolls, and a foot that is in sight however low the window."""
    whole, under = QVBoxLayout(page), QVBoxLayout()
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(content, 1)
    under.setContentsMargins(16, 6, 16, 6)
    for part in foot:
        under.addWidget(part)
    whole.addLayout(under)


class Fold:
    """Parts of a page that a low window folds away; `button`, Alt+F, unfolds them there."""

    def __init__(self, words: str, page: QWidget, *parts: QWidget) -> None:
        self._is_low = self._is_wanted = False
        self._parts = parts
        self.button = texts.button(words, self.toggle, _KEY, page, "small")
        self.button.setCheckable(True)
        self.button.hide()

    def fit(self, is_low: bool) -> None:
        """Fold away what nobody asked for where the window is low, else show all."""
        self._is_low = is_low
        self.button.setVisible(is_low)
        self.button.setChecked(self._is_wanted)
        for part in self._parts:
            part.setVisible(self._is_wanted or not is_low)

    def say(self, words: str) -> None:
        """Let the button say what is behind it now."""
        self.button.setText(f"{words}  ·  {_KEY}")

    def unfold(self) -> None:
        """Show them: something there is wrong."""
        self._is_wanted = True
        self.fit(self._is_low)

    def toggle(self) -> None:
        """Unfold them in a low window, or fold them away."""
        self._is_wanted = not self._is_wanted
        self.fit(self._is_low)
