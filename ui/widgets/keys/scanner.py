"""Hand scanners that type: a burst of keys is recognised, taken back, emitted as one text.

A scanner in keyboard mode types its code into whatever has the focus and presses Enter or Tab. The
filter lets every key through at once, so nobody's typing is ever delayed, and remembers how the
field looked before each run of keys. When a run was faster than any hand and ends with Enter or
Tab, it takes back what the run put into the field and swallows the end key; a button is not
pressed, a dialog not accepted. Where no text is typed (buttons, lists, tables, date and number
boxes) it holds back the keys of a run as soon as it is surely a scanner's, so that the blank in a
name presses nothing.

A scanner that is too slow for that leaves the code of a card in the field like typing. No person
types such a code: when Enter or Tab follows it, it is taken out of the field and emitted as well
(`take_card_out`).

Speed is measured by the time stamps of the keys (so a busy window does not make slow typing look
fast), or by the clock where there are none: text committed by an input method, keys sent by other
programs.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from cchc_desk.domain.text.scan import PREAMBLE
from ui.widgets.keys import key_watch
from ui.widgets.keys.key_watch import is_plain_letter, text_field

LONGEST_GAP_MS = 35  # between two keys; the fastest hands need about 60, scanners 1 to 20
SHORTEST_SCAN = 6  # keys and characters; shorter runs happen to people
_SURE = 4  # keys in a run after which it can only be a machine

# The code of a card by its beginning, and all that follows.
_CARD = re.compile(rf"{PREAMBLE}[0-9]{{12}}\|.*", re.DOTALL)

_WATCHED = (QKeyEvent, QInputMethodEvent)
_ALT_CODE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
_BACKSPACE = Qt.Key.Key_Backspace
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_ENDS_WITH_CONTROL = (Qt.Key.Key_J, Qt.Key.Key_M)  # how some scanners type LF and CR
_ANY_END = frozenset((*_ENDS, *_ENDS_WITH_CONTROL))
_SILENT = frozenset(
    (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    )
)


def _clock_ms() -> float:
    return time.monotonic() * 1000


@dataclass
class _Run:
    """Keys that follow each other faster than LONGEST_GAP_MS, and how to undo them."""

    text: str = ""
    composing: str = ""  # what the input method shows but has not committed
    begun: str = ""  # what a person was composing when the run began
    keys: int = 0
    touched: list[tuple[QWidget, Callable[[], None]]] = field(default_factory=list)

    def is_surely_a_machine(self) -> bool:
        return self.keys >= _SURE

    def is_a_scan(self) -> bool:
        return self.keys >= SHORTEST_SCAN and len(self.text + self.composing) >= SHORTEST_SCAN

    def type(self, event: QKeyEvent) -> None:
        if event.key() == _BACKSPACE:
            self.text = self.text[:-1]
            return
        self.text += event.text()
        self.keys += 1

    def compose(self, event: QInputMethodEvent) -> None:
        start = len(self.text) + event.replacementStart()
        if event.replacementLength() and start >= 0:
            self.text = self.text[:start] + self.text[start + event.replacementLength() :]
        self.text += event.commitString()
        self.composing = event.preeditString()
        self.keys += 1

    def takes_along(self) -> bool:
        """True if the input method has committed what was composed before the scan."""
        return bool(self.begun) and (self.text + self.composing).startswith(self.begun)

    def scan(self) -> str:
        """Text that the scanner sent."""
        written = self.text + self.composing
        return written.removeprefix(self.begun) if self.takes_along() else written

    def drop_composition(self) -> None:
        for widget, _ in self.touched:
            if isValid(widget):
                QCoreApplication.sendEvent(widget, QInputMethodEvent())

    def remember(self, widget: QWidget) -> None:
        if all(widget is not known for known, _ in self.touched):
            self.touched.append((widget, _way_back(widget)))

    def undo(self) -> None:
        """Put every touched field back, and the focus to where the run began."""
        alive = [(widget, put_back) for widget, put_back in self.touched if isValid(widget)]
        for _, put_back in alive:
            put_back()
        if alive and self.takes_along():
            _commit(alive[0][0], self.begun)
        if len(alive) > 1:
            alive[0][0].setFocus()


class _HandKey(NamedTuple):
    """A letter typed by hand ("" for Backspace) and its line before, should a run begin with it."""

    line: QLineEdit
    letter: str
    text: str
    cursor: int
    selected: str
    start: int  # of what was selected

    def as_run(self) -> _Run:
        start = self.start if self.selected else self.cursor
        put_back = partial(_put_line_back, self.line, self.text, self.cursor, self.selected, start)
        return _Run(text=self.letter, keys=int(self.letter != ""), touched=[(self.line, put_back)])


class _Offered(NamedTuple):
    """A letter that Qt offered to the shortcuts, and has not pressed since."""

    key: object
    text: str
    stamp: int
    clock: float


class TypedOver(NamedTuple):
    """Selected text of a line that typing replaced, and where it began."""

    line: QLineEdit
    start: int
    text: str


class ScannerFilter(QObject):
    """Watches the keys wherever they go; emits `scanned` with the text of each scan.

    The text comes after the key event is over (so a slot may open a dialog) and as the scanner
    sent it: the caller decides whether it is a card (it holds "|"), a dossier code or something
    else. Password fields are left alone: what is scanned there is typed there. `key_came` has each
    key or text as it arrives, for the test page.

    `now_ms` is any clock in milliseconds that never goes back; it serves only events without a time
    stamp.
    """

    scanned = Signal(str)
    key_came = Signal(str, float, bool)  # text, milliseconds since the last, by an input method
    _ended = Signal(str)

    def __init__(self, app: QApplication, now_ms: Callable[[], float] = _clock_ms) -> None:
        super().__init__(app)
        self._app, self._keys = app, key_watch.of(app)
        self._now_ms = now_ms
        # The run in progress, unless its only key is a hand's: `_current_run` has either.
        self._run = _Run()
        self._hand_key: _HandKey | None = None
        # The line with the focus, where letters go straight in and are not hidden.
        self._line: QLineEdit | None = None
        self._last_stamp = 0
        self._last_clock = float("-inf")
        self._just_scanned = False
        self._composing = ""  # what the input method shows
        self._uncommitted = ""  # what the input method was still composing when the scan ended
        self._held: set[int] = set()  # keys whose press was swallowed: their release is as well
        self._seen: tuple[QWidget, object] | None = None
        self._offered: _Offered | None = None
        self._typed_over: TypedOver | None = None
        self._ended.connect(self.scanned, Qt.ConnectionType.QueuedConnection)
        self._keys.listen(self._sees)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._line = None
        if isinstance(new, QLineEdit) and new.focusProxy() is None and not _is_secret(new):
            self._line = new

    def _current_run(self) -> _Run:
        """The run in progress, which may have begun with a key taken for a hand's."""
        if self._hand_key is not None:
            self._run, self._hand_key = self._hand_key.as_run(), None
        return self._run

    def _begin_run(self, begun: str = "") -> None:
        """Begins an empty run; `begun` is what a person is composing meanwhile."""
        self._run, self._hand_key = _Run(begun=begun), None

    def stop(self) -> None:
        """Watch no more."""
        self._keys.leave(self._sees)
        self._app.focusChanged.disconnect(self._follow)

    def _sees(self, receiver: QWidget, event: QEvent) -> bool:
        if not isinstance(event, _WATCHED):
            return False
        line = self._line
        if receiver is line and isinstance(event, QKeyEvent) and self._is_of_a_hand(line, event):
            return False
        proxy = receiver.focusProxy()  # the list of a completer stands for its field
        target = receiver if proxy is None else proxy
        if _is_secret(target):
            self._begin_run()
            return False
        if isinstance(event, QInputMethodEvent):
            return self._compose(target, event)
        if not self._key(receiver, target, event):
            return False
        event.accept()  # or Qt would offer the key to the parents and to the shortcuts
        return True

    def _is_of_a_hand(self, line: QLineEdit, event: QKeyEvent) -> bool:
        """Return True for a key that no scanner sent, and note how `line` was before it.

        Nearly every key ends here, so there is little to do for one. Whatever is not plainly a
        letter, typed at a hand's pace, goes the long way.
        """
        stamp = event.timestamp()
        is_slow = 0 < self._last_stamp < stamp - LONGEST_GAP_MS
        if not is_slow or self._composing:
            return False
        if event.type() is not QEvent.Type.KeyPress:
            return not self._held
        if not is_plain_letter(event):
            return False
        self.key_came.emit(event.text(), self._gap(stamp), False)
        self._note_hand_key(line, event)
        self._last_stamp, self._last_clock = stamp, self._now_ms()
        self._just_scanned = False
        self._seen = None
        return True

    def _note_hand_key(self, line: QLineEdit, event: QKeyEvent) -> None:
        letter = "" if event.text() == "\b" else event.text()
        selected, start = line.selectedText(), line.selectionStart()
        if selected:
            self._typed_over = TypedOver(line, start, selected)
        cursor = line.cursorPosition()
        self._hand_key = _HandKey(line, letter, line.text(), cursor, selected, start)

    def _key(self, receiver: QWidget, target: QWidget, event: QKeyEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyRelease:
            return self._release(event)
        if kind is QEvent.Type.ShortcutOverride:
            if self._offered is not None and self._offered.key == _identity(event):
                return False  # offered to a parent as well
            self._count_taken(event)
            return self._offer(event)
        if self._offered is not None and self._offered.key == _identity(event):
            self._offered = None  # no shortcut took it
        self._count_taken(event)
        if self._is_offered_again(receiver, event):
            return False
        stamp = event.timestamp()
        if event.key() not in _SILENT:
            self.key_came.emit(event.text(), self._gap(stamp), False)
        self._go_on(stamp)
        swallow = self._press(target, event)
        if swallow:
            self._held.add(event.key())
        return swallow

    def _release(self, event: QKeyEvent) -> bool:
        held = event.key() in self._held
        self._held.discard(event.key())
        return held

    def _offer(self, event: QKeyEvent) -> bool:
        """Return True for a key of a scan, which no shortcut may have."""
        stamp = event.timestamp()
        if self._is_quick(stamp) and self._belongs_to_scan(event):
            return True
        if is_plain_letter(event) and event.text() != "\b":
            self._offered = _Offered(_identity(event), event.text(), stamp, self._now_ms())
        return False

    def _count_taken(self, event: QKeyEvent) -> None:
        """Count a letter that a shortcut took as one of the run which this key goes on with.

        The acts of letters wait for what follows them (texts.shortcut): nothing has been done yet.
        """
        taken, self._offered = self._offered, None
        if taken is None:
            return
        both_stamped = event.timestamp() and taken.stamp
        gap = event.timestamp() - taken.stamp if both_stamped else self._now_ms() - taken.clock
        if not 0 <= gap <= LONGEST_GAP_MS:
            return
        self.key_came.emit(taken.text, self._gap(taken.stamp), False)
        self._go_on(taken.stamp)
        run = self._current_run()
        run.text, run.keys = run.text + taken.text, run.keys + 1

    def _is_offered_again(self, receiver: QWidget, event: QKeyEvent) -> bool:
        """Return True for a key that a child refused and Qt now offers to its parent.

        Asked of the receiver itself: a scroll area stands for its viewport, its own child.
        """
        key = _identity(event)
        seen, self._seen = self._seen, (receiver, key)
        if seen is None or seen[1] != key or receiver is seen[0] or not isValid(seen[0]):
            return False
        return receiver.isAncestorOf(seen[0])

    # --- time

    def _gap(self, stamp: int) -> float:
        both_stamped = stamp and self._last_stamp
        return stamp - self._last_stamp if both_stamped else self._now_ms() - self._last_clock

    def _is_quick(self, stamp: int) -> bool:
        return 0 <= self._gap(stamp) <= LONGEST_GAP_MS

    def _go_on(self, stamp: int) -> None:
        """Continue the run, or begin a new one when this event comes too late for a machine."""
        if not self._is_quick(stamp):
            self._begin_run(begun=self._composing)
            self._just_scanned = False
        self._last_stamp, self._last_clock = stamp, self._now_ms()

    # --- keys

    def _belongs_to_scan(self, event: QKeyEvent) -> bool:
        if _is_end(event):
            return self._just_scanned or self._current_run().is_a_scan()
        return event.key() not in _SILENT and self._current_run().is_surely_a_machine()

    def _press(self, target: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _SILENT or _is_alt_code(event):
            return False
        if _is_end(event):
            return self._end(target)
        is_machine = self._current_run().is_surely_a_machine()
        if event.isAutoRepeat() or not (_is_typing(event) or is_machine):
            self._begin_run()
            return False
        if _is_typing(event):
            return self._type(target, event)
        is_separator = event.modifiers() & Qt.KeyboardModifier.ControlModifier  # such as GS
        return bool(is_separator)

    def _type(self, target: QWidget, event: QKeyEvent) -> bool:
        run = self._current_run()
        hold = run.is_surely_a_machine() and text_field(target) is None
        self._remember(target)
        run.type(event)
        self._just_scanned = False
        return hold

    def _remember(self, target: QWidget) -> None:
        self._current_run().remember(target)
        line = text_field(target)
        if isinstance(line, QLineEdit) and line.hasSelectedText():
            self._typed_over = TypedOver(line, line.selectionStart(), line.selectedText())

    def _end(self, target: QWidget) -> bool:
        scan = self._finish() if self._current_run().is_a_scan() else ""
        self._begin_run()
        # Slow pieces of a card that came before the run.
        pieces = "" if self._composing else take_card_out(target, self._typed_over)
        if scan or pieces:
            self._just_scanned = True
            self._ended.emit(scan if _CARD.match(scan) else pieces + scan)
        return self._just_scanned  # the second half of an Enter sent as CR and LF is swallowed too

    def _finish(self) -> str:
        """Take back what the run put into the fields; return what the scanner sent."""
        run = self._current_run()
        self._begin_run()
        self._uncommitted, self._composing = run.composing, ""
        if run.composing:
            QGuiApplication.inputMethod().reset()
            run.drop_composition()
        run.undo()
        return run.scan()

    # --- input methods

    def _compose(self, target: QWidget, event: QInputMethodEvent) -> bool:
        """Handle text of an input method, as one key each time: syllables come whole."""
        commit, composing = event.commitString(), event.preeditString()
        if (
            not commit
            and not event.replacementLength()
            and composing == self._current_run().composing
        ):
            self._composing = composing
            return False
        if commit:
            self.key_came.emit(commit, self._gap(0), True)
        self._go_on(0)
        self._composing = composing
        if self._just_scanned and commit and commit == self._uncommitted:
            return True  # the scan has it already
        run = self._current_run()
        hold = run.is_surely_a_machine() and text_field(target) is None
        self._remember(target)
        run.compose(event)
        return hold


def _identity(event: QKeyEvent) -> object:
    return event.keyCombination().toCombined(), event.text(), event.timestamp()


def _is_end(event: QKeyEvent) -> bool:
    if event.key() not in _ANY_END:
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.ControlModifier:
        return event.key() in _ENDS_WITH_CONTROL
    return event.key() in _ENDS and held == Qt.KeyboardModifier.NoModifier


def _is_alt_code(event: QKeyEvent) -> bool:
    """Return True for digits typed with Alt held: their letter itself comes afterwards."""
    return event.modifiers() & _ALT_CODE == _ALT_CODE


def _is_typing(event: QKeyEvent) -> bool:
    """A character, or the Backspace by which input methods take one back to write it anew."""
    text = event.text()
    return (text != "" and text.isprintable()) or event.key() == _BACKSPACE


# --- fields, and the way back to how they were


def take_card_out(widget: QWidget, typed_over: TypedOver | None = None) -> str:
    """Return the code of a card, or its beginning, before the cursor of a field; else "".

    The field keeps the rest, and gets back what was selected where the code began; Ctrl+Z brings
    the code back.
    """
    field = text_field(widget)
    if field is None or field.isReadOnly() or _is_secret(field):
        return ""
    if isinstance(field, QLineEdit):
        text, end = field.text(), field.cursorPosition()
    else:
        text, end = field.toPlainText(), field.textCursor().position()
    before_cursor = text.encode("utf-16-le")[: 2 * end].decode("utf-16-le")  # Qt's units
    card = _CARD.search(before_cursor)
    if card is None:
        return ""
    code = card[0]
    start = end - len(code)
    if isinstance(field, QLineEdit):
        replaced = ""
        if typed_over is not None and (typed_over.line, typed_over.start) == (field, start):
            replaced = typed_over.text
        field.setSelection(start, len(code))
        field.insert(replaced)
        _close_proposals(field.completer())
    else:
        cursor = field.textCursor()
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    return code


def _commit(widget: QWidget, text: str) -> None:
    """Text that the input method had not committed, written in its stead."""
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QCoreApplication.sendEvent(widget, commit)


def _is_secret(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal


def _way_back(widget: QWidget) -> Callable[[], None]:
    written = text_field(widget)
    if isinstance(written, QLineEdit):
        return _line_as_it_was(written)
    if written is not None:
        return _document_as_it_was(written)
    if isinstance(widget, QAbstractItemView):
        return _choice_as_it_was(widget)
    if isinstance(widget, QComboBox):
        return partial(widget.setCurrentIndex, widget.currentIndex())
    return _value_as_it_was(widget)


def _line_as_it_was(line: QLineEdit) -> Callable[[], None]:
    text, cursor, selected = line.text(), line.cursorPosition(), line.selectedText()
    start = line.selectionStart() if selected else cursor
    return partial(_put_line_back, line, text, cursor, selected, start)


def _put_line_back(line: QLineEdit, text: str, cursor: int, selected: str, start: int) -> None:
    if line.text() != text:
        line.setSelection(start, line.cursorPosition() - start)
        line.insert(selected)  # not setText: the person's own undo steps stay
    if line.text() != text:  # an input mask or the longest length cut the typing
        line.setText(text)
    line.setCursorPosition(cursor)
    if selected:
        line.setSelection(start, len(selected))
    _close_proposals(line.completer())


def _close_proposals(completer: QCompleter | None) -> None:
    popup = completer.popup() if completer is not None else None
    if popup is not None:
        popup.hide()


def _document_as_it_was(edit: QTextEdit | QPlainTextEdit) -> Callable[[], None]:
    before = edit.textCursor()
    start, position, anchor = before.selectionStart(), before.position(), before.anchor()
    selected = before.selectedText().replace("\u2029", "\n")

    def put_back() -> None:
        if edit.isReadOnly():
            return
        cursor = edit.textCursor()
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(selected)
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)

    return put_back


def _choice_as_it_was(view: QAbstractItemView) -> Callable[[], None]:
    """The current and the selected rows: the first keys of a run may search for a row."""
    if view.selectionModel() is None:
        return lambda: None
    current = QPersistentModelIndex(view.currentIndex())
    selection = view.selectionModel().selection()

    def put_back() -> None:
        model = view.selectionModel()
        index = view.model().index(current.row(), current.column(), current.parent())
        if model.currentIndex() != index:
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    return put_back


def _value_as_it_was(widget: QWidget) -> Callable[[], None]:
    """The value of number and date boxes and ticks, which is their user property in Qt."""
    user_property = widget.metaObject().userProperty()
    if not user_property.isValid() or not user_property.isWritable():
        return lambda: None
    before = user_property.read(widget)

    def put_back() -> None:
        user_property.write(widget, before)

    return put_back
