"""Preview of a paper, its size and the printer's offset; printing by dialog, saving as PDF.

Printing comes after the commit and can be repeated: a jammed printer never loses a dossier.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSignalBlocker, QSize, QSizeF, Qt
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

from cchc_desk.actions.documents import (
    digital_signature,
    given_papers,
    paper_setup,
    printing,
)
from cchc_desk.actions.documents.choosing import GIVEN_KINDS
from cchc_desk.actions.documents.digital_signature import SignedPaper
from cchc_desk.actions.documents.paper_setup import PaperSetup
from cchc_desk.domain.papers.frozen_papers import PaperChoice
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from cchc_desk.settings import PAPERS
from ui.documents.pdf_preview import PdfPreview, draw_pages, is_to_be_signed
from ui.documents.sign_dialog import SignDialog
from ui.formatting import PAPER
from ui.look import texts
from ui.shell import jobs, notices
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.decimal_box import DecimalBox

PRINT_DPI = 300
_MM_PER_INCH = 25.4
_A4 = 297 / 210  # height by width


@dataclass(frozen=True)
class Paper:
    """A paper to preview: `make` draws it, `file` is the name it is saved under.

    `kind` says whose size and offset are kept, `log` notes a printing in the ledger, `code` is the
    dossier it is about, `subject` the letter or slip; a list has none of them.
    """

    title: str
    file: str
    make: Callable[[], bytes]
    kind: str = ""
    log: Callable[[], int] | None = None
    code: str = ""
    subject: str | None = None


def paper_of(
    desk: Desk, code: str, kind: str, subject: str | None = None, number: int | None = None
) -> Paper:
    """One of the papers of a dossier (of none: the morning sheet).

    `subject` is the id of a letter or slip, `number` that of a paper given before; without them it
    is the newest.
    """
    printout = printing.Printout(desk, code, kind, subject, number)
    return Paper(
        " – ".join(filter(None, (_name(kind), code))),
        "-".join(filter(None, (code, fold(_(PAPERS[kind])).replace(" ", "-")))),
        printout.pdf,
        kind,
        printout.log if kind != "test" else None,
        code,
        subject,
    )


def _name(kind: str) -> str:
    name = _(PAPERS[kind])
    return name[0].upper() + name[1:]


class PreviewDialog(QDialog):
    """Shows the paper as it will come out.

    Ctrl+P prints, Ctrl+S saves, + and - zoom, Esc goes back to work.
    """

    folder = Path.home()  # where the last paper was saved since the program began
    print_words = later("In")
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
        self.size_box.addItems(paper_setup.sizes_of(self.kind) if self.kind else ("A4",))
        self.size_box.setAccessibleName(_("Khổ giấy"))
        if self.kind:
            self.size_box.setToolTip(paper_setup.sizes_in_words(self.kind))
        self.offsets = [DecimalBox(), DecimalBox()]
        texts.spaced(*self.offsets)
        self._printer_name = ""
        self.chooser = ComboBox()
        self.chooser.setAccessibleName(_("Giấy của hồ sơ"))
        self.chooser_row = texts.beside(_("Giấy của hồ sơ"), self.chooser)
        self.chooser_row.hide()
        self._choices: tuple[PaperChoice, ...] = ()
        self._lay_out()
        if self.kind:
            self._show_setup(paper_setup.paper_setup(desk, self.kind))
            self.size_box.currentIndexChanged.connect(self._changed)
            for box in self.offsets:
                box.editingFinished.connect(self._changed)
        self.draw()
        if self.kind in GIVEN_KINDS and paper.code:
            find = partial(given_papers.paper_choices, desk, paper.code)
            jobs.run(self, find, self._offer_choices, self._failed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        self._lay_out_head(row)
        row.addWidget(self.pages)
        row.addStretch(1)
        buttons = QHBoxLayout()
        self.print_button = texts.button(
            _(self.print_words), self.print_paper, "Ctrl+P", self, "primary", "print"
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
        page.addWidget(self.chooser_row, 0, Qt.AlignmentFlag.AlignLeft)
        page.addLayout(row)
        page.addWidget(self.preview, 1)
        page.addWidget(self.told)
        page.addLayout(buttons)
        self.resize(self._room())
        self.print_button.setFocus()
        if PreviewDialog.without_printer and not printers():  # said before; saving is a key away
            self._save_first()

    def _lay_out_head(self, row: QHBoxLayout) -> None:
        if not self.kind:
            return
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
        """Return the dialog's size: a page high, never larger than the screen."""
        screen = self.screen().availableGeometry().size()
        wide = min(self._wide(), screen.width() - 40)
        return QSize(wide, min(round(wide * _A4), screen.height() - 60))

    def _wide(self) -> int:
        return 880 if self.kind else 1200  # lists may lie on their side

    def _show_setup(self, setup: PaperSetup) -> None:
        self.size_box.setCurrentText(setup.size)
        self.told.setText(setup.told)
        self.told.setVisible(bool(setup.told))
        self._put_offsets(setup)
        self._printer_name = setup.printer

    def _put_offsets(self, setup: PaperSetup) -> None:
        self.setWindowTitle(
            " – ".join(filter(None, (self.paper.title, setup.printer)))
        )  # whose offset it is
        self.offsets[0].setValue(setup.offset_x_mm)
        self.offsets[1].setValue(setup.offset_y_mm)

    # --- which paper ------------------------------------------------------------------------------

    def _offer_choices(self, choices: tuple[PaperChoice, ...]) -> None:
        """Show the papers of the dossier, where there is another one than this."""
        self._choices = choices
        self.chooser.addItems([_choice_text(choice) for choice in choices])
        self.chooser.setCurrentIndex(self._shown(choices))
        self.chooser.currentIndexChanged.connect(self._choose)
        self.chooser_row.setVisible(len(choices) > 1)

    def _shown(self, choices: tuple[PaperChoice, ...]) -> int:
        """Return the place of the paper at hand, the last of its kind that fits; -1 for none."""
        wanted = self.paper.subject
        fitting = (
            place
            for place, choice in enumerate(choices)
            if choice.kind == self.kind and wanted in (None, choice.subject)
        )
        return max(fitting, default=-1)

    def _choose(self, place: int) -> None:
        choice = self._choices[place]
        self.kind = choice.kind
        subject = choice.subject or None
        self.paper = paper_of(self.desk, self.paper.code, choice.kind, subject, choice.paper)
        with QSignalBlocker(self.size_box):
            self.size_box.clear()
            self.size_box.addItems(paper_setup.sizes_of(self.kind))
            self.size_box.setToolTip(paper_setup.sizes_in_words(self.kind))
            self._show_setup(paper_setup.paper_setup(self.desk, choice.kind))
        self.draw()

    def _say_pages(self, count: int) -> None:
        self.pages.setText(_n("{n} trang", count).format(n=count))

    def setup(self) -> PaperSetup:
        """Return the size and offset in the fields; a list is printed on A4 as it is."""
        x, y = (box.value() for box in self.offsets)
        return PaperSetup(self.size_box.currentText(), x, y, self._printer_name)

    def _changed(self) -> None:
        self._keep_setup(self.draw)

    def _keep_setup(self, then: Callable[[], None]) -> None:
        if self.kind:
            keep = partial(paper_setup.keep_paper_setup, self.desk, self.kind, self.setup())
            jobs.run(self, keep, lambda _kept: then(), self._failed)

    def draw(self) -> None:
        """Makes the paper anew and shows it."""
        jobs.run(self, self.paper.make, self._drawn, self._failed)

    def _drawn(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.preview.show_pdf(pdf)
        jobs.run(self, lambda: is_to_be_signed(pdf), self._offer_signature)

    def _offer_signature(self, to_be_signed: bool) -> None:
        self.sign_button.setVisible(to_be_signed and digital_signature.may_sign(self.desk))

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
        if self.pdf and self.has_printer():
            self.ask_printer(self.setup())

    def has_printer(self) -> bool:
        """Return True where something can be printed; else the paper can still be saved."""
        if printers():
            return True
        PreviewDialog.without_printer = True
        self._offer_pdf(
            _(
                "Máy tính này chưa có máy in nào. Bấm Enter hoặc Ctrl+S để lưu PDF rồi in ở "
                "máy khác."
            )
        )
        return False

    def ask_printer(self, setup: PaperSetup) -> None:
        """Ask for the printer, the one of `setup` chosen, and print on it."""
        printer = new_printer(setup)
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
            self.say_jammed()
            return
        self._log()
        self._keep_setup(lambda: None)  # not drawn again: it would be a reprint already
        self.accept()

    def say_jammed(self) -> None:
        """The printer took nothing: printing again, or a PDF, is offered."""
        self._offer_pdf(
            _(
                "Máy in không nhận bản in. Hãy kiểm tra máy in rồi in lại, hoặc Lưu PDF (Ctrl+S); "
                "hồ sơ vẫn còn."
            )
        )

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
        save = partial(printing.save_drawn, self.desk, self.pdf, target, self.paper.log)
        jobs.run(self, save, lambda _saved: self._saved(target))

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


def _choice_text(choice: PaperChoice) -> str:
    """Return number or name, day and state of a paper, as it is chosen."""
    name = " ".join(filter(None, (_name(choice.kind), choice.number)))
    day = f"{choice.day:%d/%m/%Y}" if choice.day else ""
    return " · ".join(filter(None, (name, day, _(PAPER[choice.state]))))


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
