"""The window as somebody at the desk has it: words that stand on the screen, and keys. Nothing is
known by its code.

Controls are found by what is written on them or beside them, reached by Tab and the arrows, and
pressed by the key that is written on them. What cannot be seen cannot be used.
"""

import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

_KEY_BESIDE = re.compile(r"  ·  (\S+)$")  # as on every button: «Tiếp nhận và in  ·  F9»
_GLANCE_MS = 10
_MOST_STEPS = 120  # by Tab or an arrow, before somebody gives up


class Screen:
    """Reads what shows in front and presses keys where the focus is."""

    def __init__(self, window: QWidget, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot

    # --- the eyes ---------------------------------------------------------------------------------

    def words(self) -> list[str]:
        """All that can be read in the window or dialog in front, control by control."""
        return [text for widget in self._seen() for text in _read(widget) if text]

    def shows(self, words: str) -> bool:
        return any(words in text for text in self.words())

    def wait_for(self, words: str) -> None:
        """Looks until `words` stand on the screen; says what stands there instead."""

        def stands() -> None:
            assert self.shows(words), f"{words!r} is not on the screen: {self.words()}"

        self._qtbot.waitUntil(stands, timeout=3_000)

    def find(self, pattern: str) -> str:
        """What fits `pattern` first: a code, a date."""
        found = re.search(pattern, "\n".join(self.words()))
        assert found, f"nothing like {pattern} on the screen: {self.words()}"
        return found[0]

    def _front(self) -> QWidget:
        return (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or self._dialog()
            or self._window
        )

    def _dialog(self) -> QWidget | None:
        active = QApplication.activeWindow()
        return active if active is not self._window else None

    def _seen(self) -> Iterator[QWidget]:
        for widget in self._front().findChildren(QWidget):
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                yield widget

    # --- the hands --------------------------------------------------------------------------------

    def key(self, keys: str, *answers: Callable[[], None]) -> None:
        """One key where the focus is; each of `answers` is done in a dialog that waits for it, in
        their order.
        """
        waiting = list(answers)

        def answer() -> None:
            if QApplication.activeModalWidget() is not None:
                waiting.pop(0)()
            if waiting:
                QTimer.singleShot(_GLANCE_MS, self._window, answer)

        if waiting:
            QTimer.singleShot(0, self._window, answer)
        self._front().activateWindow()  # as the system does when a dialog has closed
        QApplication.processEvents()
        QTest.keySequence(self._receiver(), QKeySequence(keys))
        assert not waiting, (
            f"{keys} asked for {len(answers) - len(waiting)} answers of {len(answers)}"
        )
        QApplication.processEvents()

    def press(self, words: str, *answers: Callable[[], None]) -> None:
        """Presses the key that stands on the button with `words`, or beside them on the rail."""
        self.wait_for(words)
        on_buttons = [widget for widget in self._seen() if isinstance(widget, QAbstractButton)]
        keys = [
            _key_of(button)
            for button in on_buttons
            if button.text().startswith(words) and button.isEnabled()
        ]
        assert len(keys) == 1, f"{words!r} stands on {len(keys)} buttons, with the keys {keys}"
        assert keys[0], f"no key stands on {words!r}"
        self.key(keys[0], *answers)

    def write(self, text: str) -> None:
        """Types where the focus is, letters beyond ASCII as an input method hands them over."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self._receiver(), letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(self._receiver(), event)
        QApplication.processEvents()

    def write_into(self, words: str, text: str) -> None:
        """Goes by Tab to the field that says `words`, beside it or in it while it is empty, and
        types.
        """
        self.go_to(words)
        self.write(text)

    def go_to(self, words: str) -> None:
        """Tab until the field that `words` belong to has the focus."""
        self._step("Tab", lambda: any(words in said for said in self._said_at_focus()), words)

    def choose(self, words: str) -> None:
        """Arrow down, from the top, until the line with `words` is the chosen one of what has the
        focus.
        """
        self.key("Home")
        self._step("Down", lambda: any(words in said for said in _chosen(self._receiver())), words)

    def _step(self, keys: str, arrived: Callable[[], bool], words: str) -> None:
        steps = 0
        while not arrived():
            steps += 1
            assert steps < _MOST_STEPS, f"{keys} does not come to {words!r}: {self.words()}"
            self.key(keys)

    def _receiver(self) -> QWidget:
        front = self._front()
        return front.focusWidget() or front

    def _said_at_focus(self) -> Iterator[str]:
        """The words in the empty field, on its box, and the label at its left or over it."""
        field = self._receiver()
        written = field.lineEdit() if isinstance(field, QComboBox) else field
        if isinstance(written, QLineEdit | QPlainTextEdit):
            yield written.placeholderText()
        if isinstance(field, QAbstractButton):
            yield field.text()
        here = field.mapTo(self._front(), QPoint(0, 0))
        labels = [one for one in self._seen() if isinstance(one, QLabel) and one.text()]
        at_left = [one for one in labels if self._is_beside(one, here, field.height())]
        over = [one for one in labels if self._is_over(one, here, field.width())]
        if at_left:
            yield max(at_left, key=lambda one: one.mapTo(self._front(), QPoint(0, 0)).x()).text()
        if over:
            yield max(over, key=lambda one: one.mapTo(self._front(), QPoint(0, 0)).y()).text()

    def _is_beside(self, label: QLabel, here: QPoint, height: int) -> bool:
        place = label.mapTo(self._front(), QPoint(0, 0))
        middle = place.y() + label.height() // 2
        return place.x() < here.x() and here.y() <= middle <= here.y() + height

    def _is_over(self, label: QLabel, here: QPoint, width: int) -> bool:
        place = label.mapTo(self._front(), QPoint(0, 0))
        return (
            place.y() < here.y()
            and place.x() < here.x() + width
            and here.x() < place.x() + label.width()
        )


def _read(widget: QWidget) -> Iterator[str]:
    """What is written in one control."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.text() or widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText() or widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield widget.currentText()
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _lines(widget)


def _lines(view: QAbstractItemView) -> Iterator[str]:
    """The rows of a list or table that are in sight."""
    model = view.model()
    for row in range(model.rowCount()):
        if not view.visualRect(model.index(row, 0)).intersected(view.viewport().rect()).isEmpty():
            yield _row(view, row)


def _row(view: QAbstractItemView, row: int) -> str:
    model, columns = (
        view.model(),
        view.horizontalHeader().count() if isinstance(view, QTableView) else 1,
    )
    return " · ".join(str(model.index(row, column).data() or "") for column in range(columns))


def _chosen(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QComboBox):
        yield widget.currentText()
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        yield _row(widget, widget.currentIndex().row())


def _key_of(button: QAbstractButton) -> str:
    """The key written on it or, as on the rail, in a label within it."""
    on_it = _KEY_BESIDE.search(button.text())
    if on_it:
        return on_it[1]
    within = [label.text() for label in button.findChildren(QLabel) if label.isVisible()]
    return within[-1] if within else ""
