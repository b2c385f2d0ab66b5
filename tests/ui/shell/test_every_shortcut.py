"""Every shortcut of the program, pressed in every kind of field of every page."""

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.ui.conftest import press
from tests.ui.rooms import every_page
from tests.ui.widgets.fields.test_wheel import state
from ui.shell.palette.palette import Palette
from ui.shell.window import Window
from ui.widgets.keys.commands import EDITING

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CTRL_U = QKeyCombination(CTRL, Qt.Key.Key_U).toCombined()


def combination(shortcut: QShortcut) -> QKeyCombination:
    return next(iter(shortcut.key()))  # type: ignore[call-overload, no-any-return]


def is_command(shortcut: QShortcut) -> bool:
    """True unless it is a letter or an arrow, which a field has for itself."""
    keys = combination(shortcut)
    is_function_key = Qt.Key.Key_F1 <= keys.key() <= Qt.Key.Key_F35
    return bool(keys.keyboardModifiers() & (CTRL | ALT)) or is_function_key


def one_of_each_kind(page: QWidget) -> list[QWidget]:
    kinds: dict[tuple[str, bool], QWidget] = {}
    for field in page.findChildren(QWidget):
        if not (field.isVisible() and field.isEnabled() and field.focusProxy() is None):
            continue
        if not field.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        editable = isinstance(field, QComboBox) and field.isEditable()
        kinds.setdefault((type(field).__name__, editable), field)
    return list(kinds.values())


def fill(field: QWidget) -> None:
    """Something to lose, and the cursor in its middle."""
    line = field.lineEdit() if isinstance(field, QComboBox | QAbstractSpinBox) else field
    if isinstance(line, QLineEdit) and not isinstance(field, QAbstractSpinBox):
        line.setText("Nguyễn Thị Ánh Đào")
        line.setCursorPosition(6)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText("Nguyễn Thị\nÁnh Đào")


@pytest.mark.sweep
def test_every_shortcut_does_its_own_act_in_every_kind_of_field(window: Window) -> None:
    fired: list[str] = []
    heard: set[QShortcut] = set()
    pressed = 0
    for name, frame in every_page(window):
        page = window.page(window.frame.current)
        commands = [one for one in frame.findChildren(QShortcut) if is_command(one)]
        for shortcut in set(commands) - heard:
            shortcut.activated.disconnect()
            key = shortcut.key().toString()
            shortcut.activated.connect(lambda key=key: fired.append(key))
            shortcut.activatedAmbiguously.connect(lambda key=key: fired.append(f"{key}?"))
            heard.add(shortcut)
        for field in one_of_each_kind(page):
            field.setFocus()
            fill(field)
            before = state(page)
            for shortcut in commands:
                owner = shortcut.parent()
                assert isinstance(owner, QWidget)
                if combination(shortcut).toCombined() in EDITING:
                    continue
                if not shortcut.isEnabled() or not (owner is field or owner.isAncestorOf(field)):
                    continue
                keys = combination(shortcut)
                fired.clear()
                QTest.keyClick(field, keys.key(), keys.keyboardModifiers())
                pressed += 1
                here = f"{name}, {type(field).__name__}: {shortcut.key().toString()}"
                assert fired == [shortcut.key().toString()], here
                assert state(page) == before, here
    assert pressed > 1000


@pytest.mark.sweep
def test_no_shortcut_takes_from_a_field_what_it_edits_with(window: Window) -> None:
    """Where a page has such a key, it is the page's only outside its fields."""
    for name, frame in every_page(window):
        line = QLineEdit("Nguyễn Thị", window.page(window.frame.current))
        line.show()
        line.setFocus()
        for shortcut in frame.findChildren(QShortcut):
            keys = combination(shortcut)
            if keys.toCombined() in EDITING:
                shortcut.activated.connect(lambda name=name: pytest.fail(name))
                QTest.keyClick(line, keys.key(), keys.keyboardModifiers())
        line.hide()
        line.deleteLater()


class X11Line(QLineEdit):
    """A line that keeps for itself what Qt's do on X11, whatever system the test runs on."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.keyCombination().toCombined() == CTRL_U:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.clear()
                return True
        return super().event(event)


def test_ctrl_u_in_a_field_on_x11_changes_the_user_and_keeps_the_field(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    line = X11Line("Nguyễn Thị Ánh Đào", window.page("intake"))
    line.show()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_U, CTRL)
    assert window.screens.currentWidget() is window.login
    assert line.text() == "Nguyễn Thị Ánh Đào"


def test_what_means_nothing_in_a_dialog_writes_and_deletes_nothing(window: Window) -> None:
    """Qt's fields write a letter held with Alt, where it is no shortcut."""
    window.open_palette()
    search = next(one for one in window.findChildren(Palette) if one.isVisible()).search
    search.activateWindow()
    QApplication.processEvents()
    assert search.hasFocus()
    search.setText("Nguyễn Thị")
    search.setCursorPosition(3)
    meaningless = "bdefghijklmnopqrstuw"
    digits = "123456789"  # Alt and a digit takes the line with this number
    for held, letters in (
        (CTRL, meaningless + digits),
        (ALT, meaningless),
        (CTRL | Qt.KeyboardModifier.ShiftModifier, meaningless + digits),
    ):
        for letter in letters:
            QTest.keyClick(search, Qt.Key(ord(letter.upper())), held)
            assert (search.text(), search.cursorPosition()) == ("Nguyễn Thị", 3), letter
    QTest.keyClick(search, Qt.Key.Key_A, CTRL)
    assert search.selectedText() == "Nguyễn Thị"
