"""Preview of a paper, its size and the printer's offset; printing by dialog, saving as PDF.

Printing comes after the commit and can be repeated: a jammed printer never loses a dossier.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QKeyEvent, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.documents import digital_signature, paper_setup, printing, saving
from cchc_desk.actions.documents.digital_signature import SignedPaper
from cchc_desk.actions.documents.paper_setup import PaperSetup
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from cchc_desk.settings import PAPERS
from ui.documents.pdf_preview import PdfPreview, draw_pages, is_to_be_signed
from ui.documents.sign_dialog import SignDialog
from ui.look import texts
from ui.shell import jobs, notices
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.decimal_box import DecimalBox

PRINT_DPI = 300
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Paper:
    """A paper to preview: `make` draws it, `file` is the name it is saved under.

    `kind` says whose size and offset are kept, `log` notes a printing in the ledger, `code` is the
    dossier it is about; a list has none of them.
    """

    title: str
    file: str
    make: Callable[[], bytes]
    kind: str = ""
    log: Callable[[], int] | None = None
    code: str = ""


def paper_of(desk: Desk, code: str, kind: str, letter_id: str | None = None) -> Paper:
    """One of the papers of a dossier (of none: the morning sheet)."""
    name = _(PAPERS[kind])
    return Paper(
        " – ".join(filter(None, (name[0].upper() + name[1:], code))),
        "-".join(filter(None, (code, fold(name).replace(" ", "-")))),
        partial(printing.paper_pdf, desk, code, kind, letter_id),
        kind,
        partial(printing.log_printed, desk, code, kind, letter_id) if kind != "test" else None,
        code,
    )


class PreviewDialog(QDialog):
    """Shows the paper as it will come out.

    Ctrl+P prints, Ctrl+S saves, + and - zoom, Esc goes back to work.
    """

    folder = Path.home()  # where the last paper was saved since the program began
    without_printer = False  # nothing could be printed since the program began

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.paper, self.kind = desk, paper, paper.kind
        self.pdf = b""
        self.setWindowTitle(paper.title)
        self.preview = PdfPreview()
        self.pages = texts.words("", "quiet", wrap=False)
        self.preview.drawn.connect(self._say_pages)
        self.told = texts.words("", "error")
        self.told.hide()
        self.size_box = ComboBox()
        self.size_box.addItems(list(paper_setup.SIZES))
        self.size_box.setAccessibleName(_("Khổ giấy"))
        self.offsets = [DecimalBox(), DecimalBox()]
        texts.spaced(*self.offsets)
        self._printer_name = ""
        self._lay_out()
        if self.kind:
            self._show_setup(paper_setup.paper_setup(desk, self.kind))
        self.draw()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        if self.kind:
            self._lay_out_setup(row)
        row.addWidget(self.pages)
        row.addStretch(1)
        buttons = QHBoxLayout()
        self.print_button = texts.button(
            _("In"), self.print_paper, "Ctrl+P", self, "primary", "print"
        )
        self.print_button.setAutoDefault(
            True
        )  # Enter prints while it has the focus, as it has at first
        buttons.addWidget(self.print_button)
        self.save_button = texts.button(_("Lưu PDF"), self.ask_and_save, "Ctrl+S", self)
        buttons.addWidget(self.save_button)
        self.sign_button = texts.button(_("Ký số"), self.ask_and_sign, "Alt+K", self)
        self.sign_button.hide()  # until a paper is there that may be signed
        buttons.addWidget(self.sign_button)
        buttons.addStretch(1)
        buttons.addWidget(texts.button(_("Đóng"), self.reject, "Esc"))
        page = QVBoxLayout(self)
        page.addLayout(row)
        page.addWidget(self.preview, 1)
        page.addWidget(self.told)
        page.addLayout(buttons)
        self.resize(self._room())
        self.print_button.setFocus()
        if PreviewDialog.without_printer and not printers():  # said before; saving is a key away
            self._save_first()

    def _lay_out_setup(self, row: QHBoxLayout) -> None:
        row.addWidget(QLabel(_("Khổ giấy")))
        row.addWidget(self.size_box)
        for box, name in zip(
            self.offsets, (_("Lệch phải (mm)"), _("Lệch xuống (mm)")), strict=True
        ):
            box.setRange(-paper_setup.FARTHEST_MM, paper_setup.FARTHEST_MM)
            box.setDecimals(1)
            box.setAccessibleName(name)
            row.addWidget(QLabel(name))
            row.addWidget(box)

    def _room(self) -> QSize:
        """Return the dialog's size: as large as helps, never larger than the screen."""
        screen = self.screen().availableGeometry().size()
        wanted = 880 if self.kind else 1200  # lists may lie on their side
        return QSize(min(wanted, screen.width() - 40), min(680, screen.height() - 60))

    def _show_setup(self, setup: PaperSetup) -> None:
        self.size_box.setCurrentText(setup.size)
        self._put_offsets(setup)
        self._printer_name = setup.printer
        self.size_box.currentIndexChanged.connect(self._changed)
        for box in self.offsets:
            box.editingFinished.connect(self._changed)

    def _put_offsets(self, setup: PaperSetup) -> None:
        self.setWindowTitle(
            " – ".join(filter(None, (self.paper.title, setup.printer)))
        )  # whose offset it is
        self.offsets[0].setValue(setup.offset_x_mm)
        self.offsets[1].setValue(setup.offset_y_mm)

    def _say_pages(self, count: int) -> None:
        self.pages.setText(_n("{n} trang", count).format(n=count))

    def setup(self) -> PaperSetup:
        """Return the size and offset in the fields; a list is printed on A4 as it is."""
        x, y = (box.value() for box in self.offsets)
        return PaperSetup(self.size_box.currentText(), x, y, self._printer_name)

    def _changed(self) -> None:
        if self.kind:
            keep = partial(paper_setup.keep_paper_setup, self.desk, self.kind, self.setup())
            jobs.run(self, keep, lambda _: self.draw(), self._failed)

    def draw(self) -> None:
        """Makes the paper anew and shows it."""
        jobs.run(self, self.paper.make, self._drawn, self._failed)

    def _drawn(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.preview.show_pdf(pdf)
        may = digital_signature.may_sign(self.desk) and is_to_be_signed(pdf)
        self.sign_button.setVisible(may)

    def _failed(self, error: DeskError) -> None:
        notices.trouble(error.message)
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, but for a field that takes + or - itself."""
        if event.text() in ("+", "="):
            self.preview.zoom(1)
        elif event.text() == "-":
            self.preview.zoom(-1)
        else:
            super().keyPressEvent(event)

    # --- printing ---------------------------------------------------------------------------------

    def print_paper(self) -> None:
        """Ask for the printer, restore the paper size that native dialogs reset, and print."""
        if not self.pdf:
            return
        if not printers():
            PreviewDialog.without_printer = True
            self._offer_pdf(
                _(
                    "Máy tính này chưa có máy in nào. Bấm Enter hoặc Ctrl+S để lưu PDF rồi in ở "
                    "máy khác."
                )
            )
            return
        printer = new_printer(self.setup())
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(_("In ra máy in"))
        if dialog.exec():
            self.send_to(printer)

    def send_to(self, printer: QPrinter) -> None:
        """Prints the paper on `printer`, moved by that printer's own offset."""
        set_page(printer, self.setup())
        name, shown = printer.printerName(), self.setup()
        if not self.kind or not name or name == self._printer_name:
            self._draw_pages(printer)
            return
        self._printer_name = name
        own = paper_setup.paper_setup(self.desk, self.kind, name)
        self._put_offsets(own)
        keep = partial(
            paper_setup.keep_paper_setup, self.desk, self.kind, replace(own, size=shown.size)
        )
        jobs.run(self, keep, lambda _saved: self._redraw(printer), self._failed)

    def _redraw(self, printer: QPrinter) -> None:
        jobs.run(self, self.paper.make, lambda pdf: self._redrawn(printer, pdf), self._failed)

    def _redrawn(self, printer: QPrinter, pdf: bytes) -> None:
        self._drawn(pdf)
        self._draw_pages(printer)

    def _draw_pages(self, printer: QPrinter) -> None:
        """Drawing the pages happens off the GUI thread."""
        pdf = self.pdf
        jobs.run(
            self,
            lambda: draw_pages(pdf, PRINT_DPI),
            lambda pages: self._print_pages(printer, pages),
        )

    def _print_pages(self, printer: QPrinter, pages: list[QImage]) -> None:
        if not paint_pages(printer, pages):
            self._offer_pdf(
                _(
                    "Máy in không nhận bản in. Hãy kiểm tra máy in rồi in lại, hoặc Lưu PDF "
                    "(Ctrl+S); hồ sơ vẫn còn."
                )
            )
            return
        self._log()
        self._changed()
        self.accept()

    def _offer_pdf(self, why: str) -> None:
        """Nothing could be printed: the paper can still be had with one key."""
        self.told.setText(why)
        self.told.show()
        self._save_first()
        notices.trouble(why)

    def _save_first(self) -> None:
        """Let Enter save the paper as PDF rather than print it."""
        self.save_button.setDefault(True)
        self.save_button.setFocus()

    def _log(self) -> None:
        if self.paper.log:
            jobs.run(self, self.paper.log, _say_printed)
        else:
            notices.say(_("Đã in."))

    def ask_and_save(self) -> None:
        """Asks where, then writes the PDF there."""
        proposed = str(PreviewDialog.folder / f"{self.paper.file}.pdf")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Lưu PDF"), proposed, "PDF (*.pdf)")
        if chosen:
            self.save(Path(chosen))

    def save(self, target: Path) -> None:
        pdf = self.pdf
        jobs.run(self, lambda: saving.save_file(pdf, target), lambda _saved: self._saved(target))

    def ask_and_sign(self) -> None:
        """Asks a leader for the key; the signed paper is then shown, to be saved."""
        if self.sign_button.isVisible():
            asked = SignDialog(self.pdf, self)
            asked.signed.connect(self._signed)
            asked.open()

    def _signed(self, signed: SignedPaper) -> None:
        self._drawn(signed.pdf)
        self.sign_button.hide()
        self.told.hide()
        self._save_first()
        notices.say(
            _("Đã ký số: {name}. Bấm Enter hoặc Ctrl+S để lưu tệp đã ký.").format(
                name=signed.signer
            )
        )

    def _saved(self, target: Path) -> None:
        self.told.hide()  # nothing could be printed: that is mended now
        PreviewDialog.folder = target.parent  # the next paper goes there too
        notices.say(_("Đã lưu {name} vào {folder}.").format(name=target.name, folder=target.parent))


def _say_printed(times: int) -> None:
    notices.say(
        _("Đã in.")
        if times == 1
        else _("Đã in lại (lần {times}); đã ghi vào sổ cái.").format(times=times)
    )


def printers() -> list[str]:
    """The printers of this computer."""
    return QPrinterInfo.availablePrinterNames()


def new_printer(setup: PaperSetup) -> QPrinter:
    """A printer at its own resolution, with the size and name kept for this kind of paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if setup.printer in printers():
        printer.setPrinterName(setup.printer)
    printer.setResolution(PRINT_DPI)
    set_page(printer, setup)
    return printer


def set_page(printer: QPrinter, setup: PaperSetup) -> None:
    """The whole sheet, without the printer's own margins: ours are in the paper."""
    size = QPageSize(getattr(QPageSize.PageSizeId, setup.size))
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))


def paint_pages(printer: QPrinter, pages: list[QImage]) -> bool:
    """Paint each image at its own size from the top left; return False if the printer failed.

    A wide page lies on its side. A page larger than the sheet chosen (a history on A5) gets a sheet
    of its own size.
    """
    _fit_sheet(printer, pages)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    dots = printer.resolution() / PRINT_DPI
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        painter.drawImage(QRectF(0, 0, page.width() * dots, page.height() * dots), page)
    return bool(painter.end())


def _fit_sheet(printer: QPrinter, pages: list[QImage]) -> None:
    wide, high = (pages[0].width(), pages[0].height()) if pages else (0, 0)
    if wide > high:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    sheet = printer.pageLayout().pageSize().size(QPageSize.Unit.Millimeter)
    page = QSizeF(min(wide, high), max(wide, high)) * (_MM_PER_INCH / PRINT_DPI)
    if page.width() > sheet.width() + 1 or page.height() > sheet.height() + 1:
        printer.setPageSize(QPageSize(page, QPageSize.Unit.Millimeter))
