"""Answers to the panel of questions on a page, by the keys that a clerk presses."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit, QWidget

from tests.ui.conftest import write
from ui.widgets.question_panel import QuestionPanel


def panel_in(window: QWidget) -> QuestionPanel:
    """The panel that stands in front."""
    shown = [one for one in window.findChildren(QuestionPanel) if one.isVisible()]
    assert len(shown) == 1, f"{len(shown)} panels stand in front"
    return shown[0]


def answer(window: QWidget, *answers: str | None) -> QuestionPanel:
    """Answer field by field, then F9; the fields left over stay as they are, None too."""
    panel = panel_in(window)
    for field, text in zip(panel.fields, answers, strict=False):
        field.setFocus()
        control = field.control
        if text is None:
            continue
        if isinstance(control, QListWidget):
            _choose(control, text)
        else:
            assert isinstance(control, QPlainTextEdit)
            QTest.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(control, Qt.Key.Key_Delete)
            for number, line in enumerate(text.split("\n")):
                if number:
                    QTest.keyClick(control, Qt.Key.Key_Return)
                write(control, line)
    press(Qt.Key.Key_F9)
    return panel


def leave(window: QWidget) -> None:
    """Esc: nothing is done."""
    panel = panel_in(window)
    press(Qt.Key.Key_Escape)
    assert panel.isHidden()


def press(key: Qt.Key) -> None:
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, key)


def _choose(control: QListWidget, text: str) -> None:
    rows = [row for row in range(control.count()) if text in control.item(row).text()]
    assert len(rows) == 1, f"{text!r} fits {len(rows)} lines"
    QTest.keyClick(control, Qt.Key.Key_Home)
    for _time in range(rows[0]):
        QTest.keyClick(control, Qt.Key.Key_Down)
