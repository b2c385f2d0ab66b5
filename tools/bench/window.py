"""The window: from the command to a letter painted in the first field, in whole processes."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.bench import measure, ward
from tools.bench.measure import Result

EMPTY_WINDOW = """
import os, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
field = QLineEdit()
window.setCentralWidget(field)
field.textChanged.connect(lambda: (field.repaint(), os._exit(0)))
window.show()
press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
QTimer.singleShot(0, lambda: QApplication.postEvent(field, press))
application.exec()
"""


def results() -> Iterator[Result]:
    """The program over a desk that exists, against an empty PySide6 window with one field."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        ward.empty_desk(desk).close()
        ours = [sys.executable, "-m", "ui.app", "--data", str(desk), "--exit-when-ready"]
        floor = [sys.executable, "-c", EMPTY_WINDOW]
        pairs = measure.in_turn(
            measure.timed(lambda: subprocess.run(ours, check=True)),
            measure.timed(lambda: subprocess.run(floor, check=True)),
            rounds=15,
        )
        yield Result("window ready to type ÷ empty PySide6 window", 1.7, pairs)


if __name__ == "__main__":
    measure.write(results())
