"""Pasted text: decomposed letters are composed, old encodings offered as Unicode.

A paste is a change that neither a key nor an input method typed, by whatever road it came (keys,
menu, middle button). Nothing is changed within the event that brought it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cchc_desk.domain.text.vietnamese import nfc
from cchc_desk.i18n import _
from ui.look import texts
from ui.look.tokens import SPACE
from ui.widgets.keys import key_watch
from ui.widgets.keys.key_watch import text_field

if TYPE_CHECKING:
    from cchc_desk.domain.text.legacy_text import Suggestion

TAKE = "Alt+U"
_NARROWEST = 480  # points, over a small dialog
_SHOWN = 70  # letters of what was pasted
_TOLD = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.ContextMenu,
    QEvent.Type.Drop,
)
_LETTERS_WITH = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)

Field = QLineEdit | QPlainTextEdit


@dataclass(frozen=True)
class _Paste:
    """Place of a pasted text in its field."""

    field: Field
    start: int
    text: str

    def stands(self) -> bool:
        return (
            isValid(self.field)
            and _text(self.field)[self.start : self.start + len(self.text)] == self.text
        )

    def replace(self, text: str) -> None:
        """Writes `text` in its place, as one step that Ctrl+Z takes back."""
        start, long = _units(_text(self.field)[: self.start]), _units(self.text)
        if isinstance(self.field, QLineEdit):
            self.field.setSelection(start, long)
            self.field.insert(text)
            return
        cursor = self.field.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + long, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)


class _Watch(QObject):
    """Follows the text field in focus."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._field: Field | None = None
        self._here: QWidget | None = None
        self._before = ""
        self._typing = False  # whether the change that comes next is typed
        self.offer: Offer | None = None
        application.focusChanged.connect(self._follow)
        self._follow(None, application.focusWidget())
        key_watch.of(application).listen(self._sees)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None and self.offer is not None and self.offer.isWindow():
            self._close()  # it would lie over other programs
        if new is None or new is self._here:
            return  # another window has the focus: the field waits
        self._leave()
        field = text_field(new)
        if (
            not isinstance(field, QLineEdit | QPlainTextEdit)
            or field.isReadOnly()
            or not _is_open(field)
        ):
            return
        self._field, self._here, self._before, self._typing = field, new, _text(field), False
        (field.textEdited if isinstance(field, QLineEdit) else field.textChanged).connect(
            self._changed
        )

    def _leave(self) -> None:
        self._close()
        field, self._field, self._here = self._field, None, None
        if field is not None and isValid(field):
            (field.textEdited if isinstance(field, QLineEdit) else field.textChanged).disconnect(
                self._changed
            )
            _put_together(_Paste(field, 0, _text(field)))

    def _sees(self, receiver: QWidget, event: QEvent) -> bool:
        if receiver is not self._here:
            return False
        if isinstance(event, QInputMethodEvent):
            self._typing = True
        elif isinstance(event, QKeyEvent) and self.offer is not None and self._answer(event):
            return True
        elif event.type() in _TOLD and self._field is not None:
            self._typing = isinstance(event, QKeyEvent) and _is_typed(event)
            if not self._typing:
                self._before = _text(self._field)
        return False

    def _answer(self, event: QKeyEvent) -> bool:
        """Return True if this key takes or leaves the offer."""
        take = event.key() == Qt.Key.Key_U and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if not take and event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()  # or a shortcut would have the key
        if event.type() == QEvent.Type.KeyPress:
            self.take() if take else self._close()
        return event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)

    # --- what was pasted --------------------------------------------------------------------------

    def _changed(self) -> None:
        assert self._field is not None, "signals of a field come while it is followed"
        if self.offer is not None and not self.offer.paste.stands():
            self._close()
        if self._typing:
            return
        before, self._before = self._before, _text(self._field)
        if len(self._before) < 2:
            return
        pasted = _difference(self._field, before, self._before)
        if len(pasted.text) > 1:
            QTimer.singleShot(0, self, lambda: self._look_at(pasted))

    def _look_at(self, pasted: _Paste) -> None:
        if not pasted.stands():
            return
        if (
            " " in pasted.text
        ):  # a lone syllable may be typed by an input method that goes through the clipboard
            _put_together(pasted)
        from cchc_desk.domain.text.legacy_text import as_unicode  # tables no first window needs

        suggestion = as_unicode(pasted.text)
        if suggestion is not None and pasted.field is self._field:
            self._close()
            self.offer = Offer(pasted, suggestion, self.take, self._close)

    def take(self) -> None:
        """Replace the pasted text by its Unicode form."""
        if self.offer is not None and self.offer.paste.stands():
            self._typing = True  # not one more paste
            self.offer.paste.replace(self.offer.found.text)
        self._close()

    def _close(self) -> None:
        offer, self.offer = self.offer, None
        if offer is not None and isValid(offer):
            offer.hide()
            offer.deleteLater()


class Offer(QFrame):
    """Before and after, under the field; it lies over the page and never takes the focus."""

    def __init__(
        self, paste: _Paste, found: "Suggestion", take: Callable[[], None], keep: Callable[[], None]
    ) -> None:
        super().__init__(paste.field.window())
        self.setObjectName("card")
        self.paste, self.found = paste, found
        self.setAccessibleName(_("Đổi chữ vừa dán sang Unicode"))
        said = _("Chữ vừa dán theo bảng mã {encoding}:")
        if not found.is_sure:
            said = _(
                "Chữ vừa dán có phần theo bảng mã {encoding}, không chắc (chữ ư dễ mất khi chép); "
                "xem kỹ từng chữ:"
            )
        self.said = texts.words(said.format(encoding=found.encoding), "warning")
        self.before, self.after = (
            texts.words(_short(paste.text), "quiet"),
            texts.words(f"→ {_short(found.text)}"),
        )
        buttons = QHBoxLayout()
        for words, key, act, kind in (
            (_("Đổi sang Unicode"), TAKE, take, "primary"),
            (_("Giữ nguyên"), "Esc", keep, ""),
        ):
            buttons.addWidget(_quiet(texts.button(words, act, key, kind=kind)))
        buttons.addStretch(1)
        column = self._column = QVBoxLayout(self)
        for label in (self.said, self.before, self.after):
            column.addWidget(label)
        column.addLayout(buttons)
        self._lie_down()
        self.show()
        self.raise_()

    def _lie_down(self) -> None:
        """Place the offer under the field, else above; over a small dialog as a window."""
        window, field = self.paste.field.window(), self.paste.field
        wide = min(
            max(field.width(), self.sizeHint().width()), max(window.width(), _NARROWEST) - 2 * SPACE
        )
        high = max(self.sizeHint().height(), self._column.heightForWidth(wide))
        below = field.mapTo(window, QPoint(0, field.height() + SPACE // 2))
        above = field.mapTo(window, QPoint(0, -high - SPACE // 2))
        place = below if below.y() + high <= window.height() else above
        if place.y() < 0 or wide > window.width():
            self.setWindowFlags(Qt.WindowType.ToolTip)  # shown without taking the focus
            self.setGeometry(QRect(window.mapToGlobal(below), QSize(wide, high)))
        else:
            self.setGeometry(
                max(SPACE, min(place.x(), window.width() - wide - SPACE)), place.y(), wide, high
            )


def _is_typed(event: QKeyEvent) -> bool:
    """Return True if this key alone writes or deletes: no paste key has a text alone."""
    return (event.text() != "" and event.modifiers() in _LETTERS_WITH) or not event.matches(
        QKeySequence.StandardKey.Paste
    )


def _quiet(button: QPushButton) -> QPushButton:
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _is_open(field: Field) -> bool:
    return not isinstance(field, QLineEdit) or field.echoMode() == QLineEdit.EchoMode.Normal


def _text(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _units(text: str) -> int:
    """Its length as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


def _difference(field: Field, before: str, now: str) -> _Paste:
    """Return the part of `now` between the ends that it shares with `before`."""
    start = _shared(before, now)
    end = _shared(before[start:][::-1], now[start:][::-1])
    return _Paste(field, start, now[start : len(now) - end])


def _shared(one: str, other: str) -> int:
    """Return the length of the common beginning."""
    return sum(
        1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )


def _put_together(paste: _Paste) -> None:
    if nfc(paste.text) != paste.text:
        paste.replace(nfc(paste.text))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


_watch: _Watch | None = None


def watch(application: QApplication) -> None:
    """Follows every text field of the application from now on."""
    global _watch
    if _watch is None or not isValid(_watch):
        _watch = _Watch(application)


def offered() -> Offer | None:
    """The offer that shows now."""
    return _watch.offer if _watch is not None and isValid(_watch) else None
