"""The papers of a step on the screen: shown together, printed by one press, each noted."""

from pathlib import Path
from typing import ClassVar

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QSpinBox
from pytestqt.qtbot import QtBot

import ui.documents.printing
from cchc_desk.actions.documents.paper_setup import PaperSetup, keep_paper_setup, paper_setup
from cchc_desk.actions.dossiers import progress
from cchc_desk.settings import PaperStep
from tests.actions.conftest import keep_settings
from tests.ui.conftest import MakeWindow, press
from ui.documents.paper_set import SetDialog
from ui.documents.printing import PreviewDialog, new_printer
from ui.settings.page import SettingsPage
from ui.shell.window import Window

OLD = "H13.999-200803-0001"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def dialogs(window: Window) -> list[PreviewDialog]:
    return [one for one in window.findChildren(PreviewDialog) if one.isVisible()]


def in_front(qtbot: QtBot, window: Window) -> SetDialog:
    """The set that has just opened, once keys reach it."""
    (dialog,) = dialogs(window)
    assert isinstance(dialog, SetDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def words(window: Window) -> list[str]:
    return [line.words for line in progress.show_dossier(window.desk, OLD).history]


@pytest.fixture
def shown(qtbot: QtBot, window: Window) -> SetDialog:
    window.preview_set(OLD, PaperStep.ACCEPT)
    return in_front(qtbot, window)


def test_one_key_on_the_dossier_shows_the_papers_of_its_last_step(
    qtbot: QtBot, window: Window
) -> None:
    window.open_dossier(OLD)
    press(window, Qt.Key.Key_B, SHIFT)
    dialog = in_front(qtbot, window)
    assert dialog.windowTitle() == f"Bộ giấy – Tiếp nhận hồ sơ – {OLD}"
    assert dialog.lines.text().splitlines() == [
        "1 bản giấy hẹn · A4 · sẽ hỏi máy in",
        "1 bản phiếu kiểm soát · A4 · sẽ hỏi máy in",
        "1 bản nhãn hồ sơ · A4 · sẽ hỏi máy in",
    ]
    assert len(dialog.preview.pages) == 4
    assert dialog.print_button.accessibleName() == "In bộ giấy"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialogs(window) == []


def test_the_papers_go_to_the_printer_that_was_asked_for_and_are_noted(
    shown: SetDialog, window: Window, tmp_path: Path
) -> None:
    assert shown.made is not None
    printer = new_printer(shown.made.papers[0].setup)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    shown.send_to(printer)
    assert words(window)[-3:] == [
        "In giấy hẹn lần 1",
        "In phiếu kiểm soát lần 1",
        "In nhãn hồ sơ lần 1",
    ]
    assert "Đã in 3 bản: giấy hẹn, phiếu kiểm soát, nhãn hồ sơ." in window.notices.text
    assert not shown.isVisible()


class ToFile(QPrinter):
    """A printer of the name it is given, whose sheets go to a file of its own."""

    jobs: ClassVar[list["ToFile"]] = []
    folder: ClassVar[Path]

    def __init__(self, mode: QPrinter.PrinterMode) -> None:
        super().__init__(mode)
        ToFile.jobs.append(self)
        self.name = ""
        self.file = ToFile.folder / f"job-{len(ToFile.jobs)}.pdf"
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(self.file))

    def setPrinterName(self, name: str) -> None:  # noqa: N802
        self.name = name

    def printerName(self) -> str:  # noqa: N802
        return self.name


@pytest.fixture
def two_printers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[ToFile]:
    """The world's own are not touched by tests: a laser printer and one for labels."""
    monkeypatch.setattr(ToFile, "folder", tmp_path, raising=False)
    monkeypatch.setattr(ToFile, "jobs", [])
    monkeypatch.setattr(ui.documents.printing, "printers", lambda: ["Laser", "Nhãn"])
    monkeypatch.setattr(ui.documents.printing, "QPrinter", ToFile)
    return ToFile.jobs


def test_one_press_prints_each_kind_on_its_own_printer_and_asks_nothing(
    qtbot: QtBot, window: Window, two_printers: list[ToFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", never)
    for kind, printer in (("receipt", "Laser"), ("control", "Laser"), ("label", "Nhãn")):
        keep_paper_setup(window.desk, kind, PaperSetup("A4", 0, 0, printer))
    window.open_dossier(OLD)
    press(window, Qt.Key.Key_B, SHIFT)
    dialog = in_front(qtbot, window)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert [(job.name, pages(job.file)) for job in two_printers] == [("Laser", 3), ("Nhãn", 1)]
    assert len(words(window)) == 1 + 3
    assert dialogs(window) == []


def never(dialog: QPrintDialog) -> int:
    raise AssertionError("every printer is known")


def test_the_printer_of_a_kind_is_asked_once_and_remembered(
    qtbot: QtBot,
    shown: SetDialog,
    window: Window,
    two_printers: list[ToFile],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def says_laser(dialog: QPrintDialog) -> int:
        dialog.printer().setPrinterName("Laser")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", says_laser)
    keep_settings(window.desk, {"set_accept_receipt": 0})
    keep_paper_setup(window.desk, "label", PaperSetup("A4", 0, 0, "Nhãn"))
    shown.draw()
    QTest.keyClick(shown, Qt.Key.Key_P, CTRL)
    assert [(job.name, pages(job.file)) for job in two_printers] == [("Laser", 1), ("Nhãn", 1)]
    assert paper_setup(window.desk, "control").printer == "Laser"
    monkeypatch.setattr(QPrintDialog, "exec", never)
    window.preview_set(OLD, PaperStep.ACCEPT)
    again = in_front(qtbot, window)
    QTest.keyClick(again, Qt.Key.Key_P, CTRL)
    assert words(window)[-1] == "In nhãn hồ sơ lần 2"


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says so too
def test_what_a_jammed_printer_did_not_take_is_not_noted_and_can_be_printed_again(
    shown: SetDialog, window: Window, two_printers: list[ToFile], tmp_path: Path
) -> None:
    for kind, printer in (("receipt", "Laser"), ("control", "Laser"), ("label", "Nhãn")):
        keep_paper_setup(window.desk, kind, PaperSetup("A4", 0, 0, printer))
    shown.draw()
    (tmp_path / "job-2.pdf").mkdir()  # where the label should go
    QTest.keyClick(shown, Qt.Key.Key_P, CTRL)
    assert words(window)[-2:] == ["In giấy hẹn lần 1", "In phiếu kiểm soát lần 1"]
    assert "Lưu PDF (Ctrl+S)" in shown.told.text()
    assert shown.isVisible()


def pages(file: Path) -> int:
    return len(pypdf.PdfReader(file).pages)


def test_a_step_with_one_paper_shows_it_as_ever_with_its_size_and_offset(window: Window) -> None:
    keep_settings(window.desk, {"set_accept_control": 0, "set_accept_label": 0})
    window.preview_set(OLD, PaperStep.ACCEPT)
    (dialog,) = dialogs(window)
    assert dialog.kind == "receipt"


def test_a_set_without_papers_says_where_to_choose_them(window: Window) -> None:
    none = {f"set_accept_{kind}": 0 for kind in ("receipt", "control", "label")}
    keep_settings(window.desk, none)
    window.preview_set(OLD, PaperStep.ACCEPT)
    assert "Cài đặt, nhóm «Bộ giấy của từng bước»" in window.notices.text


def test_the_counts_are_set_on_one_line_for_each_step(
    make_window: MakeWindow, folder: Path
) -> None:
    window = make_window(folder, "chi")
    window.open_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.search.setFocus()
    QTest.keyClicks(page.search, "bo giay khi tiep nhan nhan")
    press(window, Qt.Key.Key_Return)
    box = window.focusWidget()
    assert isinstance(box, QSpinBox)
    assert box.accessibleName() == "Bộ giấy khi tiếp nhận: số bản nhãn hồ sơ"
    box.selectAll()
    QTest.keyClicks(box, "3")
    press(window, Qt.Key.Key_F9)
    assert window.desk.settings["set_accept_label"] == 3
    assert "số bản nhãn hồ sơ: «1» → «3»" in window.notices.text
