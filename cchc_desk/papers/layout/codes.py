"""The dossier code as Code 128 and as QR, drawn as plain rectangles."""

from functools import lru_cache

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.units import mm

from cchc_desk.papers.layout.sheet import Sheet, Style


def code128(sheet: Sheet, value: str, x: float, y: float, height: float, most: float) -> None:
    """Draw Code 128 with its top left at (x, y); `height` and the greatest width in points."""
    bar = Code128(value, barHeight=height, barWidth=1.0, quiet=False)
    bar.barWidth = min(1.0, most / bar.width)
    bar.validate()
    bar.encode()
    bar.decompose()
    bottom = sheet.height - y - height
    box = (x, bottom, x + bar.width, bottom + height)
    with sheet.tags.figure(f"Mã vạch {value}", box):
        bar.drawOn(sheet.canvas, x, bottom)


def under_the_head(sheet: Sheet, value: str, top: float) -> None:
    """Draw Code 128 and its letters below the agency's name, as wide as that column."""
    scale, wide = sheet.scale, sheet.room * 0.42
    code128(sheet, value, sheet.left, top, 9 * mm * scale, wide)
    below = top + 9 * mm * scale + 9 * scale
    sheet.text(value, sheet.left + wide / 2, below, Style(size=9.5, align="centre"))
    sheet.y = max(sheet.y, below + 2 * scale)


def qr(sheet: Sheet, value: str, x: float, y: float, side: float, alt: str = "") -> None:
    """Draw a QR code with its top left at (x, y), `side` points long.

    Modules side by side are one bar. `alt` is read in place of the code, else what it holds.
    """
    rows = _modules(value)
    module = side / len(rows)
    bars = []  # written as they are: ReportLab's path takes a tenth of the paper's time for them
    for number, row in enumerate(rows, 1):
        bottom = sheet.height - y - number * module
        for start, length in _runs(row):
            left, long = x + start * module, length * module
            bars.append(f"{left:.3f} {bottom:.3f} {long:.3f} {module:.3f} re")
    bottom = sheet.height - y - side
    with sheet.tags.figure(alt or f"Mã QR {value}", (x, bottom, x + side, bottom + side)):
        sheet.canvas.addLiteral(" ".join([*bars, "f"]))


def check_line(sheet: Sheet, check: str) -> None:
    """Write the check code below the last line of a page, in the margin: it takes no room."""
    if check:
        style = Style(size=9 * sheet.scale**-0.5)  # as the foot of further pages: readable on A5
        y = sheet.height - (sheet.height - sheet.bottom) / 2
        with sheet.tags.element(style.role):
            sheet.text(f"Mã kiểm tra: {check}", sheet.left, y, style)


@lru_cache(maxsize=64)
def _modules(value: str) -> tuple[tuple[bool, ...], ...]:
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(value)
    code.make()
    return tuple(tuple(bool(dark) for dark in row) for row in code.modules)


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if not dark:
            continue
        if runs and runs[-1][0] + runs[-1][1] == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs
