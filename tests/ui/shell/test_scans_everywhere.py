"""A scan is taken whole wherever the focus is, whatever the reader adds to it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.dossier import Status
from tests.actions.conftest import become
from tests.ui.conftest import press
from ui.dossiers.return_page import ReturnPage
from ui.look import texts
from ui.shell.pages import PAGES
from ui.shell.window import Window
from ui.widgets.fields.date_field import DayField
from ui.widgets.question_panel import QuestionPanel

CODE = "H13.999-261026-0001"
CARD = "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, Ninh Kiều, Cần Thơ|01072021"
SCANNER_MS = 4


class Reader:
    """A fast reader in keyboard mode: its keys go where Qt sends them, window first."""

    def __init__(self) -> None:
        self.now = 1_000_000

    def send(self, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        self.now += 5_000
        for letter in text:
            self._key(ord(letter.upper()) if letter.isascii() else 0, letter)
        self._key(end, "\t" if end == Qt.Key.Key_Tab else "\r")

    def _key(self, key: int, text: str) -> None:
        self.now += SCANNER_MS
        held = Qt.KeyboardModifier.ShiftModifier if text.isupper() else NONE
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, held, text)
            event.setTimestamp(self.now)
            receiver = _receiver()
            if receiver is not None:
                QApplication.sendEvent(receiver, event)


NONE = Qt.KeyboardModifier.NoModifier


def _receiver() -> QWidget | None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        inside = popup.focusWidget()
        return inside if inside is not None and isValid(inside) else popup
    return QApplication.focusWidget() or QApplication.activeWindow()


def _value(widget: QWidget) -> object:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    if isinstance(widget, QAbstractButton):
        return widget.isChecked()
    return widget.metaObject().userProperty().read(widget)


def focusable(page: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal)
    ]


@pytest.fixture
def came(window: Window) -> Iterator[list[str]]:
    """The scans that came; the window itself hears none of them."""
    heard = list[str]()
    window.scanner.scanned.disconnect(window.scanned)
    window.scanner.scanned.connect(heard.append)
    yield heard
    window.scanner.scanned.disconnect(heard.append)
    window.scanner.scanned.connect(window.scanned)


@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_a_scan_is_whole_wherever_the_focus_is(
    window: Window, came: list[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in ("settings", "procedures", "calendar", "process"):
        become(window.desk, "dung")
    monkeypatch.setattr(texts.Alone, "wait_ms", 45)
    reader = Reader()
    window.open_page(name)
    if name == "dossier":  # with the keys of its acts, one letter each
        window.open_dossier(
            progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))[0].code
        )
    page = window if name == "today" else window.page(name)
    wrong, widgets, kinds = [], focusable(page), set()
    for widget in filter(QWidget.isVisible, widgets):
        widget.setFocus()
        before = _value(widget)
        scans = [(CODE, Qt.Key.Key_Return), (CARD, Qt.Key.Key_Tab)]
        for text, end in scans[: 1 + (type(widget) not in kinds)]:
            came.clear()
            reader.send(text, end)
            QApplication.sendPostedEvents(window.scanner)
            assert window.frame.current == name
            if came != [text] or _value(widget) != before:
                wrong.append((type(widget).__name__, widget.accessibleName(), list(came)))
        kinds.add(type(widget))
    assert not wrong, "\n".join(map(str, wrong))
    assert widgets


@pytest.mark.parametrize("before", ["", "]Q1", "]C0", "]C1\x1d", "]d2\\000026", " "])
def test_a_receipt_is_found_whatever_the_reader_adds(window: Window, before: str) -> None:
    code = progress.find_dossiers(window.desk, status=frozenset({Status.READY}))[0].code
    window.open_page("return")
    window.scanned(f"{before}{code}\r\n")
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    assert page.view is not None
    assert page.view.dossier.code == code


def test_the_act_of_a_letter_waits_for_a_scanner_and_a_hand_does_not_feel_it(
    window: Window, came: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(texts.Alone, "wait_ms", 45)
    code = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))[0].code
    window.open_dossier(code)
    page = window.page("dossier")
    Reader().send("H13.999-261026-0001")  # H is an act of the page, «Nơi để hồ sơ»
    qtbot.wait(60)
    assert came == ["H13.999-261026-0001"]
    assert QuestionPanel.standing_in(page) is None
    press(window, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: QuestionPanel.standing_in(page) is not None, timeout=2_000)


def test_a_scan_is_whole_while_a_calendar_is_open(window: Window, came: list[str]) -> None:
    reader = Reader()
    window.open_page("intake")
    page = window.page("intake")
    day = next(one for one in page.findChildren(DayField) if one.isVisible())
    day.setFocus()
    QTest.keyClick(day, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is not None
    came.clear()
    reader.send(CARD)
    QApplication.sendPostedEvents(window.scanner)
    assert (came, day.text()) == ([CARD], "")
