"""The receipt: both copies, fonts warm, against plain ReportLab pages with uncut fonts.

These pages have the same text and codes. Then receipt and letter against themselves as ReportLab's
own canvas writes them: without tags, without what an archive wants.
"""

import gc
import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
from reportlab import rl_config
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.papers import apology_papers, dossier_papers
from cchc_desk.papers.forms.apology import Apology, apology_drawing
from cchc_desk.papers.forms.receipt import receipt_drawing
from cchc_desk.papers.layout import sheet
from cchc_desk.papers.layout.archive import ArchiveCanvas
from cchc_desk.papers.layout.fonts import REGULAR
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.tags import Box, Tags
from cchc_desk.session import Desk
from tools.bench import measure, ward
from tools.bench.measure import Result


def results() -> Iterator[Result]:
    """One receipt of a dossier with three papers."""
    with tempfile.TemporaryDirectory() as folder:
        desk = ward.empty_desk(Path(folder))
        dossier = intake.accept_dossier(desk, ward.an_intake())
        plain = PlainPages(printing.paper_pdf(desk, dossier.code, "receipt"), dossier.code)
        facts = dossier_papers.receipt_of(desk, dossier)
        gc.freeze()
        ours, floor = measure.timed(lambda: receipt_drawing(facts).pdf()), measure.timed(plain.draw)
        pairs = measure.in_turn(ours, floor, rounds=40, warm=3)
        yield Result("receipt PDF ÷ plain ReportLab page, full fonts", 0.55, pairs)
        yield _archive("receipt", lambda: receipt_drawing(facts).pdf())
        letter = _letter(desk, dossier.code)
        yield _archive("letter", lambda: apology_drawing(letter).pdf())
        desk.close()


def _archive(name: str, draw: Callable[[], bytes]) -> Result:
    """What tags and PDF/A cost a paper."""
    bare = measure.timed(lambda: _untagged(draw))
    pairs = measure.in_turn(measure.timed(draw), bare, rounds=40, warm=3)
    return Result(f"{name} PDF/A with tags ÷ the same without", 1.5, pairs)


def _untagged(draw: Callable[[], bytes]) -> bytes:
    sheet.ArchiveCanvas = Untagged  # type: ignore[attr-defined]
    try:
        return draw()
    finally:
        sheet.ArchiveCanvas = ArchiveCanvas  # type: ignore[attr-defined]


class Untagged(ArchiveCanvas):
    """The canvas as it was before the archive: ReportLab's document, marks written nowhere."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__(metadata)
        Canvas.__init__(self, None, pageCompression=1, invariant=1, initialFontName=REGULAR)
        self.tags = _NoTags(lambda operator: None)

    def signature_field(self, name: str, about: str, box: Box) -> None:
        """Leave none."""

    def pdf(self) -> bytes:
        return bytes(self.getpdfdata())


class _NoTags(Tags):
    def mark(self, role: str) -> None:
        """Mark nothing."""


def _letter(desk: Desk, code: str) -> Apology:
    letters.draft_mistake_letter(desk, code, "Ghi sai ngày sinh")
    with desk.read() as connection:
        dossier = progress.counted_dossier(connection, code)
    return apology_papers.apology_of(desk, dossier, dossier.letters[-1])


class PlainPages:
    """A straightforward script: one drawString per line, ReportLab's own codes, the full fonts."""

    def __init__(self, pdf: bytes, code: str) -> None:
        self.code = code
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        self.pages = [page.extract_text().splitlines() for page in pages]
        for name, file in full_fonts().items():
            pdfmetrics.registerFont(TTFont(name, str(file)))

    def draw(self) -> bytes:
        """The same text on as many pages."""
        rl_config.useA85 = 1  # as ReportLab comes
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=A4)
        for lines in self.pages:
            Code128(self.code, barHeight=25, barWidth=1).drawOn(canvas, 80, 740)
            square = Drawing(54, 54)
            square.add(QrCodeWidget(self.code, barWidth=54, barHeight=54))
            square.drawOn(canvas, 480, 740)
            for number, line in enumerate(lines):
                canvas.setFont(("Full", "Full-B", "Full-I")[number % 3], 12)
                canvas.drawString(80, 720 - 15 * number, line)
            canvas.showPage()
        canvas.save()
        rl_config.useA85 = 0  # as our papers have it
        return buffer.getvalue()


def full_fonts() -> dict[str, Path]:
    """Return the machine's uncut Liberation Serif (Debian: fonts-liberation2).

    Raises FileNotFoundError where it is missing.
    """
    for folder in ("liberation2", "liberation"):
        where = Path("/usr/share/fonts/truetype") / folder
        files = {"Full": "Regular", "Full-B": "Bold", "Full-I": "Italic"}
        fonts = {name: where / f"LiberationSerif-{style}.ttf" for name, style in files.items()}
        if all(file.exists() for file in fonts.values()):
            return fonts
    raise FileNotFoundError(
        "the benchmark compares with the uncut fonts: apt-get install fonts-liberation2"
    )


if __name__ == "__main__":
    measure.write(results())
