"""The papers' fonts: their letters, and how wide a text is in them."""

from functools import cache

import resources

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "CCHC", "CCHC-B", "CCHC-I", "CCHC-BI"
_FILES = {
    REGULAR: "CCHCSerif-Regular.ttf",
    BOLD: "CCHCSerif-Bold.ttf",
    ITALIC: "CCHCSerif-Italic.ttf",
    BOLD_ITALIC: "CCHCSerif-BoldItalic.ttf",
}
MISSING = "□"  # drawn in place of a character the fonts do not have


@cache
def fonts() -> frozenset[int]:
    """Register the fonts, once, and return the code points that all four can draw."""
    from reportlab.pdfbase import pdfmetrics  # with the first paper, as the canvas: sheet.py
    from reportlab.pdfbase.ttfonts import TTFont

    faces = []
    for name, file in _FILES.items():
        font = TTFont(name, str(resources.path(f"fonts/{file}")))
        pdfmetrics.registerFont(font)
        faces.append(font.face)
    known = frozenset.intersection(*(frozenset(face.charToGlyph) for face in faces))
    return known - {0xFFFF}  # the end mark of the fonts' own tables is no character


def missing_characters(text: str) -> str:
    """Return the characters of `text` that the papers cannot draw, each once, in order."""
    return "".join(
        dict.fromkeys(char for char in text if ord(char) not in fonts() and not char.isspace())
    )


def drawable(text: str) -> str:
    """Return `text` with every character the fonts lack as a visible box, never lost in silence.

    A blank of another width is a blank.
    """
    if text.isascii() or fonts().issuperset(map(ord, text)):
        return text
    return "".join(map(_drawn, text))


def _drawn(char: str) -> str:
    if ord(char) in fonts():
        return char
    return " " if char.isspace() else MISSING


@cache
def width(text: str, font: str, size: float) -> float:
    """Return the width of one word or line in points."""
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(text, font, size))
