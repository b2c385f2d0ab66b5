"""The dossier code as Code 128 and as QR, drawn as plain rectangles."""

from functools import lru_cache

from reportlab.lib.units import mm

from cchc_desk.papers.layout.sheet import Sheet, Style

# The best of a QR's eight masks is sought for a small one; of a large one any is balanced, and the
# search would take a third of a receipt's time.
_LARGE, _MASK = 3, 0


def code128(sheet: Sheet, value: str, x: float, y: float, height: float, most: float) -> None:
    """Draw Code 128 with its top left at (x, y); `height` and the greatest width in points."""
    from reportlab.graphics.barcode.code128 import Code128  # with the first paper: sheet.py

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
    count, bars = _bars(value)
    module, bottom = side / count, sheet.height - y - side
    with sheet.tags.figure(alt or f"Mã QR {value}", (x, bottom, x + side, bottom + side)):
        # Written as they are, a module as the unit: ReportLab's path takes a tenth of the time.
        sheet.canvas.addLiteral(
            f"q {module:.5f} 0 0 {module:.5f} {x:.3f} {bottom:.3f} cm {bars} f Q"
        )


def check_line(sheet: Sheet, check: str, ledger: str = "") -> None:
    """Write the check code below the last line of a page, in the margin: it takes no room.

    The ledger's head, if any, stands above it.
    """
    style = Style(size=9 * sheet.scale**-0.5)  # as the foot of further pages: readable on A5
    y = sheet.height - (sheet.height - sheet.bottom) / 2
    high = style.size * sheet.scale * 1.2
    for words, at in ((ledger and f"Sổ cái: {ledger}", y - high), (check and _CHECK + check, y)):
        if words:
            with sheet.tags.element(style.role):
                sheet.text(words, sheet.left, at, style)


_CHECK = "Mã kiểm tra: "


@lru_cache(maxsize=64)  # both copies of a receipt, its preview and its print
def _bars(value: str) -> tuple[int, str]:
    """Return the modules of a side, and the dark ones as PDF rectangles, those side by side as one.

    A module is 1 long, the bottom left corner is 0, 0.
    """
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(value)
    code.version = code.calculate_version()
    if code.version < _LARGE:
        code.make()
    else:
        code.makeImpl(False, _MASK)
    count = len(code.modules)
    return count, " ".join(
        f"{start} {count - number} {length} 1 re"
        for number, row in enumerate(code.modules, 1)
        for start, length in _runs(tuple(map(bool, row)))
    )


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
