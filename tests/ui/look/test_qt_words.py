"""What Qt itself says, in Vietnamese: its dialogs and the menus of fields leave no English word."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QPushButton,
    QScrollBar,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cchc_desk import i18n
from ui.look import qt_words
from ui.widgets.fields.decimal_box import DecimalBox

_WORD = re.compile("[A-Za-z]{3}")
# Asked for but never shown, or the same in Vietnamese.
_NOT_OURS = {"QShortcut", "QPageSize", "QGuiApplication"}
_NO_WORDS = {"Form", "Alt+Left", "Alt+Right", "Alt+Up", "Pica (P̸)", "Didot (DD)", "Cicero (CC)"}


class Listening(qt_words.QtWords):
    """Notes what Qt asks for and we have no word for."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.lacking: set[str] = set()

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        words = super().translate(context, source, disambiguation, n)
        if (
            words is None
            and _WORD.search(source)
            and source not in _NO_WORDS
            and context not in {"QShortcut", "QPageSize", "QGuiApplication"}
        ):
            self.lacking.add(source)
        return words


@pytest.fixture
def qt(qapp: QApplication) -> Iterator[Listening]:
    made = Listening(qapp)
    qapp.installTranslator(made)
    before = QLocale()
    qt_words.set_language(i18n.SOURCE)
    yield made
    qt_words.set_language(i18n.SOURCE)
    QLocale.setDefault(before)
    qapp.removeTranslator(made)


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    QApplication.processEvents()
    return widget


def menu_of(qtbot: QtBot, widget: QWidget) -> list[str]:
    """What stands in the menu that the right button opens."""
    shown(qtbot, widget)
    found: list[str] = []

    def read() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found.extend(words(action) for action in menu.actions() if action.text())
        menu.close()

    QTimer.singleShot(0, read)
    place = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    qtbot.waitUntil(lambda: bool(found))
    return found


def words(action: QAction) -> str:
    return action.text().partition("\t")[0].replace("&", "")


def test_the_menu_of_a_field(qt: Listening, qtbot: QtBot) -> None:
    in_a_field = ["Hoàn tác", "Làm lại", "Cắt", "Sao chép", "Dán", "Xóa", "Chọn tất cả"]
    assert menu_of(qtbot, QLineEdit("Lý Thị Hường")) == in_a_field
    assert menu_of(qtbot, QPlainTextEdit("Lý Thị Hường").viewport()) == in_a_field
    assert menu_of(qtbot, QSpinBox()) == [*in_a_field, "Tăng", "Giảm"]
    label = QLabel("H13.31")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    assert menu_of(qtbot, label) == ["Sao chép", "Chọn tất cả"]
    assert menu_of(qtbot, QScrollBar())[0] == "Cuộn đến đây"
    assert menu_of(qtbot, QScrollBar(Qt.Orientation.Horizontal))[1] == "Sang mép trái"
    assert qt.lacking == set()


def test_buttons_of_dialogs(qt: Listening, qtbot: QtBot) -> None:
    every = QDialogButtonBox(QDialogButtonBox.StandardButton(0))
    for button in QDialogButtonBox.StandardButton:
        if button.value and button.name not in {"FirstButton", "LastButton"}:
            every.addButton(button)
    shown(qtbot, every)
    assert every.button(QDialogButtonBox.StandardButton.Ok).text() == "Đồng ý"
    assert every.button(QDialogButtonBox.StandardButton.Cancel).text() == "Thôi"
    box = QMessageBox(QMessageBox.Icon.Question, "", "?", QMessageBox.StandardButton.Yes)
    box.setDetailedText("…")
    for dialog in (box, QInputDialog(), QProgressDialog("…", "", 0, 3)):
        shown(qtbot, dialog)
    assert qt.lacking == set()


@pytest.mark.parametrize(
    ("accept", "mode", "typed", "said"),
    [
        (
            QFileDialog.AcceptMode.AcceptSave,
            QFileDialog.FileMode.AnyFile,
            "có.pdf",
            "Đã có tệp có.pdf.\nThay tệp ấy?",
        ),
        (
            QFileDialog.AcceptMode.AcceptOpen,
            QFileDialog.FileMode.ExistingFile,
            "x.pdf",
            "Không thấy tệp này.",
        ),
        (
            QFileDialog.AcceptMode.AcceptOpen,
            QFileDialog.FileMode.Directory,
            "x",
            "Không thấy thư mục này.",
        ),
    ],
)
def test_the_file_dialog(
    qt: Listening,
    qtbot: QtBot,
    tmp_path: Path,
    accept: QFileDialog.AcceptMode,
    mode: QFileDialog.FileMode,
    typed: str,
    said: str,
) -> None:
    (tmp_path / "có.pdf").write_bytes(b"")
    dialog = file_dialog(qtbot, tmp_path)
    dialog.setAcceptMode(accept)
    dialog.setFileMode(mode)
    assert "Thôi" in {button.text() for button in dialog.findChildren(QPushButton)}
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(typed)
    assert said in told_by(dialog.accept)
    assert qt.lacking == set()


def file_dialog(qtbot: QtBot, folder: Path) -> QFileDialog:
    """Qt's own, since the native one speaks the system's language."""
    dialog = QFileDialog(None, "", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    shown(qtbot, dialog)
    return dialog


def told_by(act: Callable[[], None]) -> str:
    """The sentence of the box that `act` opens; it is answered with no."""
    said: list[str] = []

    def read() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                said.append(box.text())
                box.reject()
                return
        QTimer.singleShot(0, read)  # it is not there yet

    QTimer.singleShot(0, read)
    act()
    return said[0]


@pytest.mark.skipif(
    sys.platform == "win32", reason="the print dialog of Windows speaks the system's language"
)
def test_the_print_dialog(qt: Listening, qtbot: QtBot) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer)
    shown(qtbot, dialog)
    buttons = {
        button.text().replace("&", ""): button for button in dialog.findChildren(QPushButton)
    }
    assert {"In", "Thôi", "Thuộc tính", "Tùy chọn >>"} <= buttons.keys()
    buttons["Tùy chọn >>"].click()
    QTimer.singleShot(0, lambda: close_others(dialog))
    buttons["Thuộc tính"].click()
    assert qt.lacking == set()


def close_others(but: QDialog) -> None:
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible() and dialog is not but:
            dialog.reject()


def test_english_is_what_qt_says_itself(qt: Listening, qtbot: QtBot) -> None:
    qt_words.set_language("en")
    assert menu_of(qtbot, QLineEdit("Hường"))[2:5] == ["Cut", "Copy", "Paste"]
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    assert shown(qtbot, box).findChildren(QPushButton)[0].text() == "OK"


def test_every_word_keeps_what_qt_puts_into_it() -> None:
    for source, vietnamese in qt_words.VIETNAMESE.items():
        assert source.count("%1") == vietnamese.count("%1"), source
        key = vietnamese.partition("&")[2][:1]
        assert ("&" in source, key.isascii()) == (bool(key), True), source


@pytest.mark.parametrize(("speaks", "reads"), [("vi", "-1,5 mm"), ("en", "-1.5 mm")])
@pytest.mark.parametrize("typed", ["-1,5", "-1.5"])
def test_a_decimal_number_is_typed_with_either_sign(
    qt: Listening, qtbot: QtBot, speaks: str, reads: str, typed: str
) -> None:
    qt_words.set_language(speaks)
    box = DecimalBox()
    box.setRange(-30, 30)
    box.setDecimals(1)
    box.setSuffix(" mm")
    qtbot.addWidget(box)
    box.selectAll()
    QTest.keyClicks(box.lineEdit(), typed)
    box.interpretText()
    assert (box.value(), box.text()) == (-1.5, reads)
