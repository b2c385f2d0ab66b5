"""The crash box: a bug shows a report that can be copied, without personal data, and the window lives on."""

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from cchc_desk import __version__
from ui.look import texts


def install(window: QWidget) -> None:
    """Every exception that nobody expected opens the crash box over `window`."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        CrashBox(report(kind, trace), window).open()

    sys.excepthook = hook


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it broke, in files and lines only: messages and values may hold a citizen's data and are left out."""
    frames = traceback.extract_tb(trace)
    lines = [f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    about = f"CCHC Desk {__version__} · Qt {qVersion()} · Python {platform.python_version()} · {platform.system()}"
    return "\n".join([about, kind.__name__, *lines])


class CrashBox(QDialog):
    """Says what happened and what to do; the report is selected with one key."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chương trình gặp lỗi")
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Báo cáo lỗi")
        column = QVBoxLayout(self)
        column.addWidget(
            texts.words(
                "Việc vừa rồi không làm được vì lỗi của chương trình. Những gì đã lưu vẫn còn; "
                "hãy làm lại, hoặc chép báo cáo dưới đây gửi người phụ trách (không có dữ liệu cá nhân)."
            )
        )
        column.addWidget(self.report)
        column.addWidget(texts.button("Chép báo cáo", self._copy, "Ctrl+C", self))
        column.addWidget(texts.button("Đóng, làm tiếp", self.accept, "Esc", self, "primary"))
        self.resize(560, 360)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
