"""Contact sheets of the pictures of each scene, and the page that shows them all."""

import html
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtWidgets import QApplication

from tools.gallery.table import (
    SCENES,
    WITHOUT,
    page_names,
)
from tools.gallery.visitor import Look
from tools.gallery.wanted import Wanted, look_name

_THUMB, _GAP, _CAPTION = 480, 8, 22


def sheet(wanted: Wanted, page: str, name: str) -> None:
    """Draw all looks of one scene on one picture: columns by size, rows by theme and screen."""
    rows = [[_thumb(wanted, page, name, screen, theme, size) for size in wanted.sizes]
            for screen in wanted.screens for theme in wanted.themes]  # fmt: skip
    rows = [row for row in rows if any(not thumb.isNull() for _caption, thumb in row)]
    columns = [n for n in range(len(wanted.sizes)) if any(not row[n][1].isNull() for row in rows)]
    if not rows:
        return
    heights = [max(thumb.height() for _caption, thumb in row) + _CAPTION + _GAP for row in rows]
    sheet = QImage(
        len(columns) * (_THUMB + _GAP) + _GAP, sum(heights) + _GAP, QImage.Format.Format_RGB32
    )
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    painter.setFont(_application().font())
    y = _GAP
    for row, height in zip(rows, heights, strict=True):
        for place, column in enumerate(columns):
            caption, thumb = row[column]
            x = _GAP + place * (_THUMB + _GAP)
            painter.drawText(QRect(x, y, _THUMB, _CAPTION), Qt.AlignmentFlag.AlignVCenter, caption)
            painter.drawImage(x, y + _CAPTION, thumb)
        y += height
    painter.end()
    target = Path(wanted.out) / "sheets" / f"{name}.jpg"
    target.parent.mkdir(exist_ok=True)
    sheet.save(str(target), quality=88)


def _thumb(
    wanted: Wanted, page: str, name: str, screen: str, theme: str, size: int
) -> tuple[str, QImage]:
    width, _x, height = screen.partition("x")
    file = f"{name}-{look_name(Look(size, theme, int(width), int(height)), screen)}.png"
    whole = QImageReader(str(Path(wanted.out) / page / file)).read()
    if whole.isNull():
        return file, whole
    mode = Qt.TransformationMode.SmoothTransformation
    return file, whole.scaled(QSize(_THUMB, _THUMB), Qt.AspectRatioMode.KeepAspectRatio, mode)


def index(out: Path) -> str:
    """Return one HTML page with every sheet there is and a link to each picture."""
    parts = [
        "<!doctype html><html lang='vi'><meta charset='utf-8'><title>CCHC Desk: gallery</title>",
        "<style>body{font:15px "
        "sans-serif;margin:1em}img{width:100%;max-width:1960px}h2{margin-top:2em}</style>",
        "<h1>CCHC Desk: every page in every state</h1><p>",
        " · ".join(f"<a href='#{page}'>{page}</a>" for page in page_names()),
        "</p>",
    ]
    for page in page_names():
        parts.append(f"<h2 id='{page}'>{page}</h2>")
        parts += [
            f"<p>{state}: no scene, {html.escape(why)}.</p>"
            for (of, state), why in WITHOUT.items()
            if of == page
        ]
        for scene in (scene for scene in SCENES if scene.page == page):
            for state in scene.states:
                parts.append(_on_index(out, page, scene.name(state)))
    return "\n".join([*parts, "</html>"])


def _on_index(out: Path, page: str, name: str) -> str:
    sheet = out / "sheets" / f"{name}.jpg"
    if not sheet.exists():
        return ""
    pictures = sorted((out / page).glob(f"{name}-*.png"))
    links = " ".join(
        f"<a href='{page}/{file.name}'>{file.stem.removeprefix(f'{name}-')}</a>"
        for file in pictures
    )
    shown = f"<a href='sheets/{sheet.name}'><img loading='lazy' src='sheets/{sheet.name}'></a>"
    return f"<h3>{name}</h3>{shown}<p>{links}</p>"


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
