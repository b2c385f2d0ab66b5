"""A scan as pictures: small in a list, large in a dialog; drawn off the GUI thread."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from cchc_desk.domain.dossiers.scans import ScanKind
from cchc_desk.i18n import _
from ui.documents.pdf_preview import PdfPreview, first_page
from ui.look import texts
from ui.shell import jobs

_MOST_MB = 256  # of memory for one picture: 60 million pixels in four bytes
_LARGE = 2400  # pixels: the longer side of what a dialog shows
_WIDE, _HIGH = 880, 1240


def picture_of(content: bytes, kind: ScanKind, side: int) -> QImage:
    """Return the picture, or a PDF's first page, within `side` pixels; null where it is broken.

    Heavy, so call it from a job.
    """
    if kind is ScanKind.PDF:
        return first_page(content, side)
    QImageReader.setAllocationLimit(_MOST_MB)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.value.encode()))
    reader.setAutoDetectImageFormat(False)  # by no other reader than that of its kind
    reader.setAutoTransform(True)  # as the camera was held
    size = reader.size()
    if max(size.width(), size.height()) > side:
        size.scale(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(size)
    return reader.read()


class ScanDialog(QDialog):
    """Shows one scan; Ctrl+S saves it into a file, Esc goes back."""

    def __init__(
        self, title: str, content: bytes, kind: ScanKind, save: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.told = texts.words("", "error")
        self.told.hide()
        self.picture = QLabel()
        self.picture.setAccessibleName(title)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview = PdfPreview()
        shown = self.preview if kind is ScanKind.PDF else self._area()
        buttons = QHBoxLayout()
        buttons.addWidget(texts.button(_("Lưu ra tệp"), save, "Ctrl+S", self))
        buttons.addStretch(1)
        close = texts.button(_("Đóng"), self.reject, "Esc")
        buttons.addWidget(close)
        page = QVBoxLayout(self)
        page.addWidget(self.told)
        page.addWidget(shown, 1)
        page.addLayout(buttons)
        close.setFocus()
        room = self.screen().availableGeometry().size()
        self.resize(min(_WIDE, room.width() - 40), min(_HIGH, room.height() - 60))
        if kind is ScanKind.PDF:
            self.preview.show_pdf(content)
        else:
            jobs.run(self, lambda: picture_of(content, kind, _LARGE), self._show)

    def _area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self.picture)
        area.setWidgetResizable(True)
        return area

    def _show(self, image: QImage) -> None:
        if image.isNull():
            self.told.setText(_("Ảnh này hỏng nên không xem được; vẫn lưu ra tệp được."))
            self.told.show()
            return
        ratio = self.devicePixelRatioF()
        room = QSize(self.width() - 60, 20_000) * ratio
        if image.width() > room.width():
            image = image.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        image.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(image))
