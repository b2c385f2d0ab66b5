"""Idle memory: the real window on the practice ward's board, against an empty PySide6 window.

Resident memory (RSS), each in a process of its own that has stood idle for a while. RSS, because a
process keeps its figure whatever else runs; the proportional share (PSS) of the very same window
falls as soon as another Qt program maps the same libraries. Both read more than a page of shared
libraries, so the ratio is kind to ours; what the program itself adds is the difference.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cchc_desk.actions.training import practice
from tools.bench import measure
from tools.bench.measure import Result

IDLE_MS = 10_000
ROUNDS = 3
_IDLE = f"""
from PySide6.QtCore import QTimer
QTimer.singleShot({IDLE_MS}, application.quit)
application.exec()
from pathlib import Path
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line))
"""
EMPTY_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
field = QLineEdit()
window.setCentralWidget(field)
window.show()
"""
REAL_WINDOW = """
import sys
from pathlib import Path
from tools.bench import desk_window
application = desk_window.make_application()
window = desk_window.logged_in(Path(sys.argv[1]), "an", "practice")
"""


def results() -> Iterator[Result]:
    """In megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        ward = Path(folder) / "ward"
        practice.make_practice_ward(ward).close()
        pairs = measure.in_turn(
            lambda: megabytes(REAL_WINDOW, str(ward)),
            lambda: megabytes(EMPTY_WINDOW),
            ROUNDS,
            warm=0,
        )
        yield Result("idle memory of the window ÷ empty PySide6 window", 1.8, pairs, unit="MB")


def megabytes(code: str, *arguments: str) -> float:
    """Return the resident megabytes of a process that runs `code` and then stands idle."""
    command = [sys.executable, "-c", code + _IDLE, *arguments]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return int(output.split()[-2]) / 1024


if __name__ == "__main__":
    measure.write(results())
