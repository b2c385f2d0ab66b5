"""The printer's test page read back: its measuring lines stand where they say, its letters and
codes are whole.
"""

import io
from dataclasses import replace
from datetime import datetime

import pypdf
import pytest
from PySide6.QtGui import QImage

from cchc_desk.papers.printer_page import LETTERS, MARK_MM, PrinterPage, printer_page_drawing
from tests.papers.forms.test_read_back import joined, squeezed
from ui.documents.pdf_preview import draw_pages

PAGE = PrinterPage(
    "Ủy ban nhân dân phường Ninh Kiều · Quầy 1",
    "H13.31-000000-0000",
    datetime(2026, 11, 23, 10, 0),
    "HP LaserJet",
    (1.5, -1.0),
)
DOTS = 10  # in a millimetre


def drawn(paper: str, offset: tuple[float, float] = (0, 0)) -> QImage:
    pdf = printer_page_drawing(replace(PAGE, offset_mm=offset), paper).pdf()
    (image,) = draw_pages(pdf, DOTS * 25.4)
    return image


def is_dark(image: QImage, x_mm: float, y_mm: float) -> bool:
    x, y = round(x_mm * DOTS), round(y_mm * DOTS)
    return any(
        image.pixelColor(x + dx, y + dy).lightness() < 128 for dx in (-1, 0, 1) for dy in (-1, 0, 1)
    )


@pytest.mark.parametrize(("paper", "wide", "high"), [("A4", 210, 297), ("A5", 148, 210)])
def test_the_lines_and_rulers_stand_where_they_say(paper: str, wide: float, high: float) -> None:
    image = drawn(paper)
    for x in (MARK_MM, wide - MARK_MM):
        for y in (MARK_MM + 3, high - MARK_MM - 3):  # beside the crossing
            assert is_dark(image, x, y)
            assert not is_dark(image, x + 1, y)
    for at in (1, 5, 10, 20, 25):
        for x, y in (
            (at, high / 2 + 0.7),
            (wide - at, high / 2 + 0.7),
            (wide / 2 + 0.7, at),
            (wide / 2 + 0.7, high - at),
        ):
            assert is_dark(image, x, y), (at, x, y)


def test_the_offset_that_is_set_holds_for_the_page_itself() -> None:
    image = drawn("A4", (2.0, 1.0))
    assert is_dark(image, MARK_MM + 2, MARK_MM + 4)
    assert not is_dark(image, MARK_MM, MARK_MM + 4)
    assert is_dark(image, MARK_MM + 5, MARK_MM + 1)


@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_everything_is_on_one_page(paper: str) -> None:
    pdf = printer_page_drawing(PAGE, paper).pdf()
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    told = squeezed(joined(pdf))
    for text in (
        *LETTERS,
        PAGE.desk,
        PAGE.code,
        "lệch phải 1,5 mm",
        "lệch xuống −1 mm",
        "nhập −0,5",
        "HP LaserJet",
    ):
        assert squeezed(text) in told
    assert printer_page_drawing(PAGE, paper).pdf() == pdf


def test_all_letters_with_their_marks_are_there() -> None:
    for vowels in ("aăâeêioôơuưy", "AĂÂEÊIOÔƠUƯY"):
        for vowel in vowels:
            assert sum(vowel in line for line in LETTERS) == 1
    assert [len(set(line)) for line in LETTERS] == [89, 89]  # 12 vowels in 6 tones, 17 consonants
