"""Notices: one line at the foot of the window, never a box in the way."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from cchc_desk.i18n import _
from ui.look import texts

SECONDS_SHOWN = 12


class Kind(Enum):
    """Kind of a notice; its sign stands beside the words, not only a colour."""

    SAID = "✓"
    WARNING = "⚠"
    TROUBLE = "✗"


class Signals(QObject):
    noticed = Signal(object, str, str, object)  # Kind, text, label of the button, what it does


_signals: Signals | None = None


def signals() -> Signals:
    """The signal that notice bars listen to."""
    global _signals
    if _signals is None:
        _signals = Signals()
        texts.signals().refused.connect(warn)
    return _signals


def say(text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
    """Something went well; with a button where it can be taken back."""
    signals().noticed.emit(Kind.SAID, text, button, act)


def warn(text: str) -> None:
    """Something to look at."""
    signals().noticed.emit(Kind.WARNING, text, "", None)


def trouble(text: str, retry: Callable[[], None] | None = None) -> None:
    """Show a failure, with advice in `text`."""
    signals().noticed.emit(Kind.TROUBLE, text, _("Thử lại") if retry else "", retry)


class NoticeBar(QWidget):
    """Shows the last notice; what went well fades by itself, trouble stays until the next word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self.setAccessibleName(_("Thông báo"))
        self._text = texts.plain(QLabel())
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.hide()
        self._button.clicked.connect(self._pressed)
        self._act: Callable[[], None] | None = None
        self._resting = ""
        self._fade = QTimer(self, singleShot=True, interval=SECONDS_SHOWN * 1000)
        self._fade.timeout.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        signals().noticed.connect(self._show)

    @property
    def text(self) -> str:
        return self._text.text()

    def rest(self, text: str) -> None:
        """Set the text shown while there is no notice."""
        silent = self._text.text() == self._resting
        self._resting = text
        if silent:
            self.clear()

    def clear(self) -> None:
        self._write(self._resting, "resting")
        self._button.hide()
        self._act = None

    def _show(self, kind: Kind, text: str, button: str, act: Callable[[], None] | None) -> None:
        self._write(f"{kind.value} {text}", kind.name.lower())
        self._act = act
        self._button.setText(button)
        self._button.setVisible(act is not None)
        self._fade.stop()
        if kind is Kind.SAID:
            self._fade.start()

    def _write(self, text: str, kind: str) -> None:
        self._text.setText(text)
        self._text.setProperty("kind", kind)
        self._text.style().polish(self._text)

    def _pressed(self) -> None:
        act, self._act = self._act, None
        self.clear()
        if act is not None:
            act()

    def hideEvent(self, event: QHideEvent) -> None:
        self._fade.stop()
        super().hideEvent(event)
