"""The check code and its QR on the drawn paper: readable, and in nobody's way."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from cchc_desk.domain.papers.check_codes import CheckText, scan_of
from cchc_desk.papers.forms.apology import apology_drawing
from cchc_desk.papers.forms.receipt import ReceiptPaper, receipt_drawing
from cchc_desk.papers.forms.slip import Paragraph
from cchc_desk.papers.forms.stop_notice import stop_notice_drawing
from tests.papers.forms.test_read_back import a_receipt, an_apology
from tests.papers.forms.test_slips import a_stop
from tests.papers.test_every_paper import lines_of

AT = datetime(2026, 11, 23, 10, 0)
CODE = "H13.31-261123-0004"
SIGNED = replace(
    scan_of(CheckText("receipt", CODE, "Nguyễn Thị Ánh Đào", AT, AT, "", "An")),
    key=bytes(range(4)),
    signature=bytes(range(64)),
)
CHECK, SCAN = SIGNED.check, SIGNED.text()
LINE = f"Mã kiểm tra: {CHECK}"
DPI = 200

PAPERS: dict[str, Callable[[str, str], bytes]] = {
    "receipt": lambda check, scan: receipt_drawing(a_receipt(check=check, scan=scan)).pdf(),
    "receipt on A5": lambda check, scan: receipt_drawing(
        a_receipt(check=check, scan=scan), paper="A5"
    ).pdf(),
    "full receipt": lambda check, scan: receipt_drawing(
        a_receipt(check=check, scan=scan, papers=(ReceiptPaper("Bản sao giấy tờ", 1, 0, 0),) * 9)
    ).pdf(),
    "apology": lambda check, scan: apology_drawing(an_apology(check=check, scan=scan)).pdf(),
    "stop": lambda check, scan: stop_notice_drawing(
        replace(a_stop("Đào"), check=check, scan=scan)
    ).pdf(),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_code_stands_below_the_signature_and_takes_no_room(name: str) -> None:
    without, pages = lines_of(PAPERS[name]("", "")), lines_of(PAPERS[name](CHECK, SCAN))
    assert len(pages) == len(without)
    signed = 0
    for (_, high, lines), (_, _, before) in zip(pages, without, strict=True):
        found = [line for line in lines if line.text == LINE]
        assert [line for line in lines if line not in found] == before  # nothing else has moved
        for line in found:
            margin = 20 if high > 250 else 12
            assert high - margin < line.top < line.bottom < high - 4
            assert line.left < 31
        signed += len(found)
    assert signed == (2 if "receipt" in name else 1)  # one a copy


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "full receipt"])
def test_the_qr_can_be_read_at_200_dpi(name: str) -> None:
    with closing(pypdfium2.PdfDocument(PAPERS[name](CHECK, SCAN))) as document:
        assert _modules_on(document[0]) in [_modules_of(SCAN, mask) for mask in range(8)]


def _modules_of(text: str, mask: int) -> list[list[bool]]:
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, mask)
    assert len(code.modules) == 45
    return [[bool(dark) for dark in row] for row in code.modules]


def _modules_on(page: pypdfium2.PdfPage, count: int = 45) -> list[list[bool]]:
    """What a reader sees in the middle of each module of the QR, a path of hundreds of bars."""
    picture = page.render(scale=DPI / 72).to_pil().convert("L")
    qr = max(
        page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH]),
        key=lambda path: pypdfium2.raw.FPDFPath_CountSegments(path.raw),
    )
    left, _bottom, right, top = (edge * DPI / 72 for edge in qr.get_bounds())
    upper, module = page.get_height() * DPI / 72 - top, (right - left) / count
    middle = [(number + 0.5) * module for number in range(count)]
    return [
        [picture.getpixel((int(left + x), int(upper + y))) < 128 for x in middle] for y in middle
    ]


def test_no_letter_grows_a_page_by_its_qr() -> None:
    for count in (10, 17, 18, 25):  # the signature at the foot of a page, and at the top of one
        letter = an_apology(body=(*[Paragraph("Một dòng nữa.")] * count, Paragraph("Chào./.")))
        checked = replace(letter, check=CHECK, scan=SCAN)
        pages = lines_of(apology_drawing(checked).pdf())
        assert len(pages) == len(lines_of(apology_drawing(letter).pdf()))
        assert [line.text for line in pages[-1][2]].count(LINE) == 1
