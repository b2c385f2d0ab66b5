"""The crash box: a report of a bug to copy, without personal data; the window lives on."""

import sys
from types import TracebackType

from PySide6.QtCore import Qt, QTimer, qVersion
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from cchc_desk.crash_report import report_of
from cchc_desk.i18n import _
from ui.look import texts
from ui.widgets import clipboard


def install(window: QWidget) -> None:
    """Show every unexpected exception in one crash box over `window`."""
    boxes: list[CrashBox] = []

    def show(text: str) -> None:
        if not isValid(window):
            return
        if not (boxes and isValid(boxes[-1])):
            boxes.append(CrashBox(window))
        boxes[-1].add(text)
        boxes[-1].open()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report(kind, trace)
        # Not inside whatever broke, which may be a paint event.
        QTimer.singleShot(0, lambda: show(text))

    sys.excepthook = hook


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return files and lines of the traceback; messages and values may hold personal data."""
    return report_of(kind, trace, f"Qt {qVersion()}")


class CrashBox(QDialog):
    """Says what happened and what to do; the report is copied with one key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Chương trình gặp lỗi"))
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Báo cáo lỗi"))
        column = QVBoxLayout(self)
        column.addWidget(
            texts.words(
                _(
                    "Việc vừa rồi không làm được vì lỗi của chương trình. Những gì đã lưu vẫn còn; "
                    "hãy làm lại, hoặc chép báo cáo dưới đây gửi người phụ trách (không có dữ "
                    "liệu cá nhân)."
                )
            )
        )
        column.addWidget(self.report)
        column.addWidget(texts.button(_("Chép báo cáo"), self._copy, "Alt+C", self))
        column.addWidget(texts.button(_("Đóng, làm tiếp"), self.accept, "Esc", self, "primary"))
        self.resize(texts.room_on_screen(self, 70, 20))

    def add(self, text: str) -> None:
        """Add a report; the same one is shown once."""
        shown = self.report.toPlainText()
        if text not in shown:
            self.report.setPlainText(f"{shown}\n\n{text}".strip())

    def _copy(self) -> None:
        clipboard.put(self.report.toPlainText())
