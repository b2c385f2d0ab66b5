"""Notices: one line at the foot of the window, never a box in the way.

    notices.undoable(_("Đã bàn giao {code} cho {name}.").format(…), lambda: take_back(code))

offers for a minute to take an act back, by its button or by Ctrl+Z; Ctrl+R presses the button of
any other notice.
"""

from collections.abc import Callable
from enum import Enum
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets.keys import key_watch

SECONDS_SHOWN = 8
SECONDS_TO_UNDO = 60
PRESS = "Ctrl+R"  # presses the button of a notice
_WIDE_LETTERS = 110  # of the bar, beside which what can be undone is named too
_HIGH = 1.8  # lines: as high as with a button, so that the page above stays where it is


class Kind(Enum):
    """Kind of a notice; its sign stands beside the words, not only a colour."""

    SAID = "✓"
    WARNING = "⚠"
    TROUBLE = "✗"


class Signals(QObject):
    noticed = Signal(object, str, str, object)  # Kind, text, label of the button, what it does
    # What was done, how it is taken back, for how long, with which dossier.
    undo_offered = Signal(str, object, int, str)
    built_upon = Signal(str)  # a dossier
    withdrawn = Signal(str)


_signals: Signals | None = None


def signals() -> Signals:
    """The signals that notice bars listen to."""
    global _signals
    if _signals is None:
        _signals = Signals()
        texts.signals().refused.connect(warn)
    return _signals


def say(text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
    """Something went well; with a button for what may follow."""
    signals().noticed.emit(Kind.SAID, text, button, act)


def warn(text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
    """Something to look at; with a button for what may be done about it."""
    signals().noticed.emit(Kind.WARNING, text, button, act)


def trouble(text: str, retry: Callable[[], None] | None = None) -> None:
    """Show a failure, with advice in `text`."""
    signals().noticed.emit(Kind.TROUBLE, text, _("Thử lại") if retry else "", retry)


def alarm(text: str, button: str, act: Callable[[], None]) -> None:
    """Show what must not be worked past, with a button for what is to be decided."""
    signals().noticed.emit(Kind.TROUBLE, text, button, act)


def undoable(
    text: str, undo: Callable[[], None], seconds: int = SECONDS_TO_UNDO, *, of: str = ""
) -> None:
    """Say what was done and offer to take it back for so many seconds.

    `text` names the act and whom it concerns; `undo` runs once at most, by the button or Ctrl+Z,
    and says itself what came of it. `of` is the dossier it was done with.
    """
    signals().undo_offered.emit(text, undo, seconds, of)


def built_upon(dossier: str) -> None:
    """Offer no more to take back what was done with this dossier: something came after it."""
    signals().built_upon.emit(dossier)


def withdraw(text: str) -> None:
    """Take away what was said with `text`, where it still stands: it holds no more."""
    signals().withdrawn.emit(text)


class NoticeBar(QWidget):
    """Shows the last notice, and beside it what can still be taken back.

    What went well and what is to be looked at goes after a while, with the next notice or page;
    trouble stays until the next notice or page. An offer to undo stays for its time, whatever else
    is said meanwhile; the next one takes its place.
    """

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
        key = texts.shortcut(self, PRESS, self._pressed)
        key.setContext(Qt.ShortcutContext.WindowShortcut)
        # One line each, however narrow the window: a notice alone may take two.
        self._resting = texts.OneLine()
        self._resting.setProperty("kind", "resting")
        self._done = texts.OneLine()  # what can be undone, while another notice is in front
        self._done.setProperty("role", "quiet")
        self._done.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._is_new = False  # said in this turn of the event loop: a page that opens leaves it
        self._fade = QTimer(self, singleShot=True, interval=SECONDS_SHOWN * 1000)
        self._fade.timeout.connect(self.clear)
        self._undo_button = QPushButton()
        self._undo_button.clicked.connect(self.undo)
        # For the palette; the key card is of keys that do the same everywhere.
        self._undo_button.setProperty("words", _("Hoàn tác việc vừa làm"))
        self._undo: Callable[[], None] | None = None
        self._undo_text = self._undo_of = ""
        self._left = 0  # seconds
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        for button in (self._button, self._undo_button):
            button.setProperty("role", "small")
            # It goes after its click: a focus in it would go to the button beside it.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.addWidget(self._text, 3)
        row.addWidget(self._resting, 3)
        row.addWidget(self._button)
        row.addWidget(self._done, 2)
        row.addWidget(self._undo_button)
        texts.lines(self, _HIGH)
        self._end_undo()
        self.clear()
        # The key watch outlives a bar that goes with the language of its window.
        self.destroyed.connect(partial(key_watch.of(_application()).leave, self._key))
        signals().noticed.connect(self._show)
        signals().undo_offered.connect(self._offer)
        signals().built_upon.connect(self._built_upon)
        signals().withdrawn.connect(self._withdraw)

    @property
    def text(self) -> str:
        return self._text.text() or self._resting.text()

    def rest(self, text: str) -> None:
        """Set the text shown while there is no notice."""
        self._resting.setText(text)

    def clear(self) -> None:
        """Show what can be undone, else the resting text."""
        self._fade.stop()
        if self._undo is not None:
            self._write(f"{Kind.SAID.value} {self._undo_text}", Kind.SAID)
        else:
            self._write("", None)
        self._button.hide()
        self._act = None

    def page_opened(self) -> None:
        """Take away what was said before this page was opened."""
        if not self._is_new:
            self.clear()

    def official_changed(self) -> None:
        """Another official takes nothing back of the one before."""
        self._end_undo()
        self.clear()

    def _show(self, kind: Kind, text: str, button: str, act: Callable[[], None] | None) -> None:
        self._write(f"{kind.value} {text}", kind)
        self._act = act
        self._button.setText(f"{button}  ·  {PRESS}")
        self._button.setVisible(act is not None)
        self._begin(None if kind is Kind.TROUBLE else SECONDS_SHOWN)

    def _withdraw(self, text: str) -> None:
        if self._text.text() == f"{Kind.SAID.value} {text}":
            self.clear()

    def _begin(self, seconds: int | None) -> None:
        self._fade.stop()
        if seconds is not None:
            self._fade.start()
        self._is_new = True
        QTimer.singleShot(0, self, self._grow_old)

    def _grow_old(self) -> None:
        self._is_new = False

    def _write(self, text: str, kind: Kind | None) -> None:
        self._text.setText(text)
        self._text.setVisible(kind is not None)
        self._resting.setVisible(kind is None)
        if kind is not None:
            self._text.setProperty("kind", kind.name.lower())
            self._text.style().polish(self._text)
        other = self._undo is not None and text != f"{Kind.SAID.value} {self._undo_text}"
        self._done.setText(self._undo_text if other else "")
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the notice has the room: what can be undone is in the button's tip."""
        is_wide = self.width() > self.fontMetrics().averageCharWidth() * _WIDE_LETTERS
        self._done.setVisible(bool(self._done.text()) and is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _pressed(self) -> None:
        """Do what the notice offers, where one does."""
        if self._act is None:
            return
        act, self._act = self._act, None
        self.clear()
        if act is not None:
            act()

    # --- taking back ------------------------------------------------------------------------------

    def _offer(self, text: str, undo: Callable[[], None], seconds: int, of: str) -> None:
        self._end_undo()
        self._undo, self._undo_text, self._undo_of, self._left = undo, text, of, seconds
        key_watch.of(_application()).listen(self._key, letters=False)
        self._second.start()
        self._show_seconds()
        self._undo_button.show()
        self.clear()
        self._begin(None)

    def _built_upon(self, dossier: str) -> None:
        if self._undo is not None and self._undo_of == dossier:
            self._end_undo()
            self.clear()

    def _show_seconds(self) -> None:
        words = _("Hoàn tác ({seconds} s)").format(seconds=self._left)
        self._undo_button.setText(f"{words}  ·  Ctrl+Z")
        named = _("Hoàn tác: {done}").format(done=self._undo_text)
        self._undo_button.setAccessibleName(named)
        self._undo_button.setToolTip(named)

    def _count_down(self) -> None:
        if QApplication.activeModalWidget() is not None:
            return  # a paper to be printed covers the window: the minute waits
        self._left -= 1
        if self._left > 0:
            self._show_seconds()
            return
        shown = self._text.text() == f"{Kind.SAID.value} {self._undo_text}"
        self._end_undo()
        if shown:
            self.clear()

    def _end_undo(self) -> None:
        if self._undo is not None:
            key_watch.of(_application()).leave(self._key)
        self._second.stop()
        self._undo, self._undo_text, self._undo_of = None, "", ""
        self._undo_button.hide()
        self._done.setText("")
        self._done.hide()

    def undo(self) -> None:
        """Take the last act back, where it is still offered."""
        undo = self._undo
        self._end_undo()
        self.clear()
        if undo is not None:
            undo()

    def _key(self, watched: QWidget, event: QEvent) -> bool:
        """Ctrl+Z takes the act back, but for a field that has typing of its own to take back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo) or watched.window() != self.window():
            return False
        if _has_typing_to_undo(watched):
            return False
        self.undo()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        self._fade.stop()
        super().hideEvent(event)


def _has_typing_to_undo(widget: QWidget) -> bool:
    field = key_watch.text_field(widget)
    if field is None:
        return False
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return field.document().isUndoAvailable()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
