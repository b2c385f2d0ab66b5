"""Start-up: one window per desk, the window before the heavy imports, the crash box."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cchc_desk import crash_report
from tests.ui.conftest import MakeWindow, press, write
from ui import app
from ui.dossiers.page import DossiersPage
from ui.shell import crash
from ui.shell.crash import CrashBox
from ui.shell.window import Window

HEAVY = {
    "sqlalchemy",
    "sqlite3",
    "reportlab",
    "argon2",
    "babel",
    "pypdfium2",
    "cchc_desk.actions",
    "cchc_desk.domain.time.deadlines",
    "cchc_desk.domain.text.legacy_text",
    "PySide6.QtNetwork",
    "ui.shell.frame",
    "ui.widgets.tables.table",
}
# Libraries of what a clerk may never ask for on a day: an idle window does not hold them.
HEAVY_AT_REST = {
    *("reportlab", "PIL", "babel", "pypdfium2", "docx", "xml", "PySide6.QtPrintSupport")
}
# What a window over a ward's file holds only once it is asked for, beside those.
ASKED_FOR = {
    "sqlalchemy.dialects.postgresql",
    "html.entities",
    "email.policy",
    "cchc_desk.papers",
    "cchc_desk.sheets",
    "cchc_desk.actions.lists",
    "cchc_desk.actions.lateness.letters",
    "cchc_desk.actions.data.repair",
    "cchc_desk.actions.training.prepared",
}
DAY_BOARD = """
import sys, ui.shell.window
import ui.shell.frame, ui.shell.upkeep.daily, ui.shell.upkeep.desk_clock, ui.shell.entry.access
import ui.today.page, ui.courtesy.strip, ui.training.strip, ui.city.courier
from ui.formatting import day_text, number
from cchc_desk.vietnam_time import vietnam_now
print(day_text(vietnam_now().date()), number(1000))
print(*sys.modules)
"""
AT_REST = """
import sys
from pathlib import Path
from tools.bench import desk_window
application = desk_window.make_application()
window = desk_window.logged_in(Path(sys.argv[1]), "an", "practice")
desk_window.settle()
print(*sys.modules)
"""
EVERY_PAGE = """
import sys, ui.shell.window
from importlib import import_module
from ui.shell.pages import PAGES
for page in PAGES:
    import_module(page.module)
print(*sys.modules)
"""
IMPORTS_OF_PYTHON = """
import ui.app, builtins, linecache
assert builtins.__import__.__name__ == "__import__"
assert "cchc_desk/i18n.py" not in " ".join(linecache.cache), "its source was read"
"""
SHOW_A_WINDOW = """
import sys
started_with = set(sys.modules)  # coverage, where it measures, has sqlite3 loaded by then
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.app import Window, qt_words, style
application = QApplication([])
style.load_fonts(application)
style.apply(application, practice=False)
qt_words.install(application)
window = Window(Path(sys.argv[1]))
window.show()
application.processEvents()
print(*(sys.modules.keys() - started_with))
"""


def python(*arguments: str, seconds: int = 60) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        env=dict(os.environ),
    )


def test_the_window_shows_before_anything_heavy_is_imported(folder: Path) -> None:
    shown = python("-c", SHOW_A_WINDOW, str(folder))
    loaded = set(shown.stdout.split())
    assert "ui.shell.window" in loaded, shown.stderr
    assert not loaded & HEAVY


def test_the_day_board_holds_no_library_of_papers_or_languages() -> None:
    loaded = set(python("-c", DAY_BOARD).stdout.split())
    assert {"sqlalchemy", "ui.today.page"} <= loaded
    if "coverage" in loaded:  # of `make coverage`, which reports in XML and HTML too
        loaded -= {"xml", "html.entities"}
    assert not loaded & HEAVY_AT_REST


@pytest.mark.one_pc("a window over a server loads its driver")
def test_a_window_at_rest_holds_only_what_it_was_asked_for(folder: Path) -> None:
    """As its memory is measured: over a practice ward, with the day's checks and counts done."""
    window = python("-c", AT_REST, str(folder))
    loaded = set(window.stdout.split())
    assert {"cchc_desk.actions.data.upkeep", "ui.shell.upkeep.ledger_check"} <= loaded, (
        window.stderr
    )
    if "coverage" in loaded:
        loaded -= {"xml", "html.entities"}
    assert not loaded & (HEAVY_AT_REST | ASKED_FOR)


def test_no_page_waits_for_what_draws_papers() -> None:
    loaded = set(python("-c", EVERY_PAGE).stdout.split())
    assert {"ui.dossiers.page", "cchc_desk.papers.forms.receipt"} <= loaded
    assert not loaded & {"reportlab.pdfgen", "reportlab.graphics", "PIL", "babel", "docx"}


def test_no_import_reads_the_source_of_a_module() -> None:
    started = python("-c", IMPORTS_OF_PYTHON)
    assert started.returncode == 0, started.stderr


def test_the_program_starts_and_its_first_field_takes_a_letter(folder: Path) -> None:
    started = python("-m", "ui.app", "--data", str(folder), "--exit-when-ready")
    assert started.returncode == 0, started.stderr


def test_a_second_start_raises_the_first_window_and_leaves(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    lock = app.lock_file(folder)
    assert lock.tryLock(0)
    window = make_window(folder)
    server = app.listen(folder, window)
    window.showMinimized()
    second = python(
        "-m", "ui.app", "--data", str(folder), seconds=20
    )  # would stay open, were it not the second
    assert second.returncode == 0, second.stderr
    qtbot.waitUntil(lambda: not window.isMinimized() and window.isVisible())
    server.close()
    lock.unlock()


def test_of_two_starts_at_once_one_opens_the_desk(
    make_window: MakeWindow, folder: Path, qtbot: QtBot
) -> None:
    lock = app.lock_file(folder)
    assert lock.tryLock(0)  # the first has begun, and does not listen yet
    second = subprocess.Popen([sys.executable, "-m", "ui.app", "--data", str(folder)])
    window = make_window(folder)
    server = app.listen(folder, window)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    server.close()
    lock.unlock()


def test_the_lock_of_a_killed_window_is_taken_over(folder: Path) -> None:
    killed = python(
        "-c",
        "import os, sys, pathlib; from ui import app\n"
        "assert app.lock_file(pathlib.Path(sys.argv[1])).tryLock(0); os._exit(9)",
        str(folder),
    )
    assert killed.returncode == 9, killed.stderr
    lock = app.lock_file(folder)
    assert lock.tryLock(0)
    lock.unlock()


def test_desks_in_other_folders_do_not_call_each_other(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder)
    server = app.listen(folder, window)
    assert app.call_first_instance(folder)
    assert not app.call_first_instance(folder / "another")
    server.close()


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes leave nothing behind")
def test_what_a_crash_left_behind_is_taken_over(make_window: MakeWindow, folder: Path) -> None:
    window = make_window(folder)
    first = app.listen(folder, window)
    name = first.fullServerName()
    first.close()
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(name)
    dead.close()
    assert Path(name).exists()
    assert not app.call_first_instance(folder)
    server = app.listen(folder, window)
    assert app.call_first_instance(folder)
    server.close()


def test_many_bugs_make_one_crash_box_and_work_goes_on(window: Window, qtbot: QtBot) -> None:
    before = sys.excepthook
    crash.install(window)
    try:
        for error in (
            ValueError("Đào 092190001234"),
            KeyError("Đào"),
            ValueError("Đào 092190001234"),
        ):
            sys.excepthook(type(error), error, None)
        qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(CrashBox)))
    finally:
        sys.excepthook = before
    (box,) = window.findChildren(CrashBox)
    report = box.report.toPlainText()
    assert report.count("ValueError") == report.count("KeyError") == 1
    assert "Đào" not in report
    QTest.keyClick(box.report, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert QApplication.clipboard().text() == report
    QTest.keyClick(box.report, Qt.Key.Key_Escape)
    assert not box.isVisible()
    window.open_page("dossiers")
    listed = window.page("dossiers")
    assert isinstance(listed, DossiersPage)
    write(listed.search, "đào")
    assert listed.search.text() == "đào"


def test_a_report_names_files_without_the_folders_of_a_person() -> None:
    windows = r"C:\Users\Nguyen Thi Dao\desk\ui\shell\window.py"
    assert crash_report._file(windows) == "ui/shell/window.py"
    assert crash_report._file("/home/dao/.venv/lib/babel/core.py") == "babel/core.py"
    assert crash_report._file("/home/dao/desk/ui/shell/window.py") == "ui/shell/window.py"


def test_a_key_of_the_rail_opens_its_page(window: Window) -> None:
    for key, name in (
        (Qt.Key.Key_F3, "dossiers"),
        (Qt.Key.Key_F5, "overdue"),
        (Qt.Key.Key_F6, "today"),
    ):
        press(window, key)
        assert window.stack.currentWidget() is window.page(name)


def test_the_rail_counts_what_waits(window: Window) -> None:
    assert window.frame.tabs["overdue"].waiting.text() == str(len(_owed(window)))
    assert (
        window.frame.tabs["overdue"].accessibleName()
        == f"Trễ hẹn: {len(_owed(window))} nợ thư xin lỗi"
    )


def _owed(window: Window) -> tuple[object, ...]:
    from cchc_desk.actions.dossiers import progress

    return progress.day_board(window.desk).letters_owed
