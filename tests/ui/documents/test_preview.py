"""The preview of a paper: its pages, its size kept, the printer's sheet, the way out when the
printer is jammed.
"""

import io
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

import ui.documents.printing
from cchc_desk.actions.documents import paper_setup
from cchc_desk.actions.dossiers import progress
from cchc_desk.store.office import registers
from tests.ui.conftest import press
from ui.documents.pdf_preview import SCREEN_DPI, STEPS, draw_pages, width_inches
from ui.documents.printing import PreviewDialog, new_printer
from ui.shell.window import Window

OLD = "H13.999-200803-0001"


@pytest.fixture
def preview(window: Window) -> PreviewDialog:
    window.preview(OLD, "receipt")
    shown = window.findChildren(PreviewDialog)[-1]
    assert isinstance(shown, PreviewDialog)
    return shown


def test_both_copies_are_shown_and_esc_goes_back(preview: PreviewDialog) -> None:
    assert len(preview.preview.pages) == 2
    assert preview.pages.text() == "2 trang"
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_the_dialog_is_a_page_high_where_the_screen_has_room(preview: PreviewDialog) -> None:
    room = preview.screen().availableGeometry()
    assert preview.height() == room.height() - 60  # offscreen, a page is higher than the screen
    assert preview.width() <= room.width() - 40


def shown_width(preview: PreviewDialog) -> float:
    """The width of the first page on the screen."""
    return preview.preview.pages[0].pixmap().deviceIndependentSize().width()


def pressed(preview: PreviewDialog, key: str) -> float:
    """The width of the first page after this key, pressed where the focus is."""
    QTest.keyClicks(preview.focusWidget(), key)
    return shown_width(preview)


def test_plus_and_minus_zoom_a_step_each_and_stop_at_the_ends(
    qtbot: QtBot, preview: PreviewDialog
) -> None:
    qtbot.waitUntil(preview.print_button.hasFocus)  # as it opens
    fitting = shown_width(preview)
    larger = pressed(preview, "+")
    assert larger > fitting
    assert pressed(preview, "=") > larger  # the plus key without Shift
    assert pressed(preview, "-") == larger
    widths = [pressed(preview, "+") for _ in STEPS]
    assert widths[-1] == widths[-2] == pytest.approx(whole_width(preview) * STEPS[-1], abs=1)
    widths = [pressed(preview, "-") for _ in STEPS]
    assert widths[-1] == widths[-2] == pytest.approx(whole_width(preview) * STEPS[0], abs=1)
    assert len(preview.preview.pages) == 2


def test_minus_in_an_offset_is_typed_and_zooms_nothing(preview: PreviewDialog) -> None:
    before = shown_width(preview)
    preview.offsets[0].setFocus()
    preview.offsets[0].selectAll()
    for key in ("-", "3"):
        pressed(preview, key)
    assert preview.offsets[0].value() == -3
    assert shown_width(preview) == before


def whole_width(preview: PreviewDialog) -> float:
    """The width of a page at its own size."""
    return width_inches(preview.pdf) * SCREEN_DPI


def test_a5_is_kept_for_this_kind_of_paper_and_drawn_at_once(
    preview: PreviewDialog, window: Window
) -> None:
    preview.size_box.setCurrentText("A5")
    assert paper_setup.paper_setup(window.desk, "receipt").size == "A5"
    page = pypdf.PdfReader(io.BytesIO(preview.pdf)).pages[0]
    assert round(float(page.mediabox.height) / 72 * 25.4) == 210


def test_a_paper_of_a4_only_offers_no_a5_and_says_so_where_it_was_stored(window: Window) -> None:
    with window.desk.write() as connection:
        registers.keep_setting(connection, "control_paper", "A5")
    window.preview(OLD, "control")
    shown = window.findChildren(PreviewDialog)[-1]
    assert isinstance(shown, PreviewDialog)
    assert [shown.size_box.itemText(n) for n in range(shown.size_box.count())] == ["A4"]
    assert "phiếu kiểm soát in trên A4" in shown.told.text()
    assert not shown.told.isHidden()


@pytest.mark.parametrize(("size", "millimetres"), [("A4", (210, 297)), ("A5", (148, 210))])
def test_the_printer_gets_whole_sheets_of_the_chosen_size_and_the_ledger_an_entry(
    preview: PreviewDialog, window: Window, tmp_path: Path, size: str, millimetres: tuple[int, int]
) -> None:
    preview.size_box.setCurrentText(size)
    printer = new_printer(preview.setup())
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.send_to(printer)
    pages = pypdf.PdfReader(tmp_path / "printed.pdf").pages
    assert len(pages) >= 2
    box = pages[0].mediabox
    assert (
        round(float(box.width) / 72 * 25.4),
        round(float(box.height) / 72 * 25.4),
    ) == millimetres
    assert progress.show_dossier(window.desk, OLD).history[-1].words == "In giấy hẹn lần 1"


@pytest.mark.parametrize(
    ("kind", "size", "sheet"),
    [
        ("label", "A4", (210, 297)),
        ("label", "A5", (148, 210)),
        ("history", "A4", (210, 297)),
        ("receipt", "A5", (148, 210)),
    ],
)
def test_a_paper_is_printed_at_its_own_size_from_the_top_left_of_the_sheet(
    window: Window, tmp_path: Path, kind: str, size: str, sheet: tuple[int, int]
) -> None:
    paper_setup.keep_paper_setup(window.desk, kind, paper_setup.PaperSetup(size, 0, 0))
    window.preview(OLD, kind)
    shown = window.findChildren(PreviewDialog)[-1]
    assert isinstance(shown, PreviewDialog)
    printer = new_printer(shown.setup())
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    seen = shown.pdf
    shown.send_to(printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    box = pypdf.PdfReader(io.BytesIO(printed)).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == sheet
    assert inked(printed) == pytest.approx(inked(seen), abs=2)


def inked(pdf: bytes) -> tuple[int, int, int, int]:
    """The corners of what is drawn on the first page, in points from its top left."""
    page = draw_pages(pdf, 72)[0]
    dark = [
        (x, y)
        for y in range(page.height())
        for x in range(page.width())
        if page.pixelColor(x, y).lightness() < 99
    ]
    across, down = zip(*dark, strict=True)
    return min(across), min(down), max(across), max(down)


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says so too
def test_a_printer_that_does_not_begin_loses_nothing_and_says_what_to_do(
    preview: PreviewDialog, window: Window, tmp_path: Path
) -> None:
    printer = new_printer(preview.setup())
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    preview.send_to(printer)
    assert "Lưu PDF (Ctrl+S)" in window.notices.text
    assert preview.isVisible()
    assert [line.act for line in progress.show_dossier(window.desk, OLD).history] == ["accept"]


def test_the_pdf_is_saved_where_asked_and_a_bad_place_says_so(
    preview: PreviewDialog, window: Window, tmp_path: Path
) -> None:
    preview.save(tmp_path / "exports" / "giấy hẹn.pdf")
    assert (tmp_path / "exports" / "giấy hẹn.pdf").read_bytes() == preview.pdf
    assert str(tmp_path) in window.notices.text
    assert preview.paper.file.endswith("-giay-hen")
    assert PreviewDialog.folder == tmp_path / "exports"  # where the next paper is offered
    preview.save(tmp_path / "exports" / "missing" / "a.pdf")
    assert "chọn thư mục khác" in window.notices.text


# --- the system dialog, other printers, none


class _Named(QPrinter):
    """A printer of some name whose sheets go to a file; the world's own are not touched by
    tests.
    """

    name = "Máy in thử"

    def printerName(self) -> str:  # noqa: N802
        return self.name


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The system's dialog, which sets A4 and says yes; what comes out is in this file."""
    target = tmp_path / "printed.pdf"

    def says_yes(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
        printer.setFullPage(False)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ui.documents.printing, "printers", lambda: ["Máy in thử"])
    monkeypatch.setattr(ui.documents.printing, "QPrinter", _Named)
    monkeypatch.setattr(QPrintDialog, "exec", says_yes)
    return target


def test_the_paper_size_is_put_back_after_the_system_dialog(
    preview: PreviewDialog, printed: Path
) -> None:
    preview.size_box.setCurrentText("A5")
    QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    box = pypdf.PdfReader(printed).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (148, 210)
    across, down, *_rest = inked(printed.read_bytes())
    expected = inked(preview.pdf)
    assert abs(across - expected[0]) <= 1
    assert abs(down - expected[1]) <= 1


def test_the_paper_moves_by_the_offset_of_the_printer_that_was_chosen(
    preview: PreviewDialog, window: Window, printed: Path
) -> None:
    before = inked(preview.pdf)
    paper_setup.keep_paper_setup(
        window.desk, "label", paper_setup.PaperSetup("A4", 10.0, 5.0, "Máy in thử")
    )
    QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    after = inked(printed.read_bytes())
    assert abs(after[0] - before[0] - 10 / 25.4 * 72) <= 1
    assert abs(after[1] - before[1] - 5 / 25.4 * 72) <= 1
    assert paper_setup.paper_setup(window.desk, "receipt").printer == "Máy in thử"
    assert paper_setup.paper_setup(window.desk, "receipt").offset_x_mm == 10.0


def test_without_any_printer_one_key_saves_the_paper(
    preview: PreviewDialog, window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = str(tmp_path / "exports" / "giấy hẹn.pdf")
    monkeypatch.setattr(PreviewDialog, "without_printer", False)
    monkeypatch.setattr(ui.documents.printing, "printers", list)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (target, ""))
    QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert preview.told.isVisible()
    assert "chưa có máy in" in preview.told.text()
    assert "chưa có máy in" in window.notices.text
    QTest.keyClick(preview.focusWidget(), Qt.Key.Key_Return)
    assert Path(target).read_bytes() == preview.pdf
    assert preview.isVisible()
    assert not preview.told.isVisible()  # nothing red is left of what is mended
    assert "chưa có máy in" not in window.notices.text


def test_that_there_is_no_printer_is_remembered_with_the_next_paper(
    qtbot: QtBot,
    preview: PreviewDialog,
    window: Window,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    target = str(tmp_path / "exports" / "giấy hẹn.pdf")
    monkeypatch.setattr(PreviewDialog, "without_printer", False)
    monkeypatch.setattr(ui.documents.printing, "printers", list)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (target, ""))
    QTest.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview.reject()
    window.preview(OLD, "receipt")
    following = window.findChildren(PreviewDialog)[-1]
    assert isinstance(following, PreviewDialog)
    qtbot.waitUntil(following.save_button.hasFocus)
    QTest.keyClick(following.save_button, Qt.Key.Key_Return)
    assert Path(target).read_bytes() == following.pdf
    assert not following.told.isVisible()


def test_the_test_page_is_printed_from_the_settings(
    qtbot: QtBot, window: Window, printed: Path
) -> None:
    press(window, Qt.Key.Key_F12)
    press(window, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    shown = window.findChildren(PreviewDialog)[-1]
    assert isinstance(shown, PreviewDialog)
    assert "TRANG THỬ MÁY IN" in pypdf.PdfReader(io.BytesIO(shown.pdf)).pages[0].extract_text()
    qtbot.waitUntil(shown.print_button.hasFocus)
    QTest.keyClick(shown, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed.exists()
    assert "Đã in" in window.notices.text
    entries = [line.act for line in progress.show_dossier(window.desk, OLD).history]
    assert entries == ["accept"]
