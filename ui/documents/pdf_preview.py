"""A PDF page under page, drawn by pypdfium2 off the GUI thread at the screen's resolution.

PDFium is not made for two threads at once: all of it is asked from jobs, which one worker runs.
"""

from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from cchc_desk.i18n import _
from ui.shell import jobs

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_INCH = 72
SCREEN_DPI = 96
A4_WIDTH_INCHES = 8.27
EDGE = 16  # points around the page
REFIT_MS = 60
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


def draw_pages(pdf: bytes, dots_per_inch: float) -> list[QImage]:
    """Every page as an image; heavy, so call it from a job."""
    with closing(_document(pdf)) as document:
        return [_image(document[n], dots_per_inch / POINTS_PER_INCH) for n in range(len(document))]


def first_page(pdf: bytes, side: int) -> QImage:
    """The first page within `side` pixels; null for none. Heavy, so call it from a job."""
    from pypdfium2 import PdfiumError

    try:
        with closing(_document(pdf)) as document:
            wide, high = document.get_page_size(0)
            return _image(document[0], side / max(wide, high))
    except PdfiumError:
        return QImage()


def width_inches(pdf: bytes) -> float:
    """Return the width of the widest page, in inches."""
    with closing(_document(pdf)) as document:
        wide: float = max(document.get_page_size(n)[0] for n in range(len(document)))
    return wide / POINTS_PER_INCH


def _document(pdf: bytes) -> "PdfDocument":
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    if document.get_formtype():
        document.init_forms()  # else a digital signature is not drawn
    return document


def is_to_be_signed(pdf: bytes) -> bool:
    """Return True for a paper with a field for a digital signature, filled or not; from a job."""
    with closing(_document(pdf)) as document:
        return bool(document.get_formtype())


def _image(page: Any, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    shape = (bitmap.width, bitmap.height, bitmap.stride)
    return QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_RGBX8888).copy()


class PdfPreview(QScrollArea):
    """Pages in a column."""

    drawn = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Bản xem trước"))
        self._pdf = b""
        self._wide = A4_WIDTH_INCHES
        self._zoom: float | None = None  # None: as wide as the window
        self._refit = QTimer(self, singleShot=True, interval=REFIT_MS)
        self._refit.timeout.connect(self._fit)
        self._asked = (b"", 0.0)  # what is drawn, or being drawn, and in how many dots an inch
        self._column = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(self._column)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.pages: list[QLabel] = []

    def show_pdf(self, pdf: bytes) -> None:
        """Draws this document in place of the one before."""
        self._pdf = pdf
        jobs.run(self, lambda: width_inches(pdf), lambda wide: self._measured(pdf, wide))

    def _measured(self, pdf: bytes, wide: float) -> None:
        if pdf is self._pdf:
            self._wide = wide
            self._draw()

    def _fit(self) -> None:
        """Draw again where the window has another width, or another screen."""
        if self._asked != (self._pdf, self._dots()):
            self._draw()

    def _dots(self) -> float:
        return SCREEN_DPI * self.devicePixelRatioF() * self.scale()

    def _draw(self) -> None:
        if not self._pdf:
            return
        ratio, pdf, dots = self.devicePixelRatioF(), self._pdf, self._dots()
        self._asked = (pdf, dots)
        jobs.run(self, lambda: draw_pages(pdf, dots), lambda images: self._show(pdf, images, ratio))

    def _show(self, pdf: bytes, images: list[QImage], ratio: float) -> None:
        if pdf is not self._pdf:  # another document was asked for meanwhile
            return
        for page in self.pages:
            self._column.removeWidget(page)
            page.deleteLater()
        self.pages = []
        for number, image in enumerate(images, 1):
            image.setDevicePixelRatio(ratio)
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setAccessibleName(_("Trang {number}").format(number=number))
            page.setStyleSheet("border: 1px solid #9aa5ab; background: white;")
            self._column.addWidget(page)
            self.pages.append(page)
        self.drawn.emit(len(images))

    def scale(self) -> float:
        """The scale as chosen (1 is life size), else pages as wide as the window, 1 at most."""
        fitting = (self.viewport().width() - 2 * EDGE) / (self._wide * SCREEN_DPI)
        return self._zoom or max(STEPS[0], min(1.0, fitting))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is None:
            self._refit.start()

    def zoom(self, step: int) -> None:
        """One step larger or smaller."""
        now = self.scale()
        larger = [value for value in STEPS if value > now]
        smaller = [value for value in STEPS if value < now]
        if step > 0 and larger:
            self._zoom = larger[0]
        elif step < 0 and smaller:
            self._zoom = smaller[-1]
        self._draw()
