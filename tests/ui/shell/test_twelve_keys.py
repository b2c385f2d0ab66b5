"""From an idle desk to a printed receipt: one scan and at most twelve keys, in the whole window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from cchc_desk.actions.dossiers import progress
from ui.documents import printing
from ui.documents.printing import PreviewDialog
from ui.intake.page import IntakePage
from ui.shell.window import Window

CARD = (
    "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|12 Nguyễn Trãi, phường Ninh Kiều, "
    "thành phố Cần Thơ|01072021"
)
MOST = 12


class Hands:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, window: Window) -> None:
        self.window, self.count = window, 0

    def press(
        self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            self.count += 1
            shown = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
            room = shown[-1] if shown else self.window
            QTest.keyClick(room.focusWidget() or room, key, with_)

    def type(self, text: str) -> None:
        for letter in text:
            self.count += 1
            field = self.window.focusWidget() or self.window
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                )


def test_one_scan_and_at_most_twelve_keys_to_the_printed_receipt(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hands, sheet = Hands(window), tmp_path / "giấy hẹn.pdf"

    def answered(dialog: QPrintDialog) -> int:
        """The system's own dialog: Enter takes the printer that it proposes."""
        hands.count += 1
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(sheet))
        return 1

    monkeypatch.setattr(printing, "printers", lambda: ["Máy in của quầy"])
    monkeypatch.setattr(QPrintDialog, "exec", answered)
    assert window.frame.current == "today"  # idle: the day board stands there
    before = len(progress.find_dossiers(window.desk))
    window.scanned(CARD)
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    hands.type("sao so")  # cấp bản sao từ sổ gốc
    hands.press(Qt.Key.Key_Return)
    hands.type("a")
    hands.press(Qt.Key.Key_F9, Qt.Key.Key_F9)
    newest = progress.find_dossiers(window.desk, limit=1, order="accepted")[0]
    assert (newest.name, len(progress.find_dossiers(window.desk))) == (
        "Nguyễn Thị Ánh Đào",
        before + 1,
    )
    shown = next(one for one in window.findChildren(PreviewDialog) if one.isVisible())
    hands.press(Qt.Key.Key_Return)  # the preview opens with the focus on its print key
    assert not shown.isVisible()
    assert sheet.stat().st_size > 10_000
    assert hands.count <= MOST, hands.count
